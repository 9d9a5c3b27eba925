"""`python -m tests.documents.learning [--write] [--show CHANCE] FOLDER …`: what weights reach on texts not learned from."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bangfu.documents.claims.structure import structural, with_priors
from bangfu.documents.claims.verdict import Equation, equations, fault
from bangfu.documents.claims.weighing import Contests, with_chances, with_settled
from bangfu.documents.claims.weights import WEIGHTS
from tests.documents.learning.examples import KINDS, Example, Meant, load_examples, load_sentences
from tests.documents.learning.fitting import Row, fit_claims, fit_verdict, rounded

FOLDS = 6
FITTED = frozenset({"seen", "sentences"})
"""The parts that the finders of whole sentences were fitted to: what they say there is no evidence."""
SENTENCES = Path("tests/unit/documents/sentences.yaml")
_EXAMPLES: list[Example] = []
_SECOND: list[Contests] = []


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all texts")
    parser.add_argument("--show", type=float, help="list what is missed and falsely doubted at this chance")
    given = parser.parse_args()
    _EXAMPLES.extend([*load_examples(given.folders), *load_sentences(SENTENCES)])
    with _pool() as pool:
        first = list(pool.map(_fit_first, folds()))
    _SECOND.extend([{}] * len(_EXAMPLES))
    for fold, weights in zip(folds(), first, strict=True):
        for at in fold:
            one = _EXAMPLES[at]
            _SECOND[at] = with_settled(one.scene, with_chances(one.contests, weights))
    with _pool() as pool:
        second = list(pool.map(_fit_second, folds()))
        structures = list(pool.map(_fit_structure, folds()))
    found: dict[int, list[Equation]] = {}
    for fold, weights, structure in zip(folds(), second, structures, strict=True):
        for at in fold:
            one = _EXAMPLES[at]
            seen = () if one.part in FITTED else one.witnesses
            found[at] = equations(with_priors(again(one, weights), structure), seen)
    judge(found, given.show)
    if given.write:
        write(found)


def again(one: Example, weights: Mapping[str, float]) -> Contests:
    return with_chances(with_settled(one.scene, with_chances(one.contests, weights)), weights)


def _pool() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("fork"))


def folds() -> list[list[int]]:
    order = list(range(len(_EXAMPLES)))
    random.Random(5).shuffle(order)
    return [order[fold::FOLDS] for fold in range(FOLDS)]


def _fit_first(held_out: Sequence[int]) -> dict[str, float]:
    return fit_claims(list(_rows(held_out, second=False)))


def _fit_second(held_out: Sequence[int]) -> dict[str, float]:
    return fit_claims([*_rows(held_out, second=False), *_rows(held_out, second=True)])


def _fit_structure(held_out: Sequence[int]) -> dict[str, float]:
    """Which claims are meant by the words alone, however their numbers come out."""
    rows = _rows(held_out, second=True)
    return fit_claims([([structural(cues) for cues in claims], meant) for claims, meant in rows])


def _rows(held_out: Sequence[int], *, second: bool) -> Iterator[Row]:
    left_out = set(held_out)
    for at, one in enumerate(_EXAMPLES):
        if at not in left_out:
            for contest, several in (_SECOND[at] if second else one.contests).items():
                yield [claim.cues for claim in several], one.gold[contest]


def meets(one: Equation, fault_: Meant) -> bool:
    return (
        one.stated == fault_.stated
        or fault_.everything <= one.everything
        or (fault_.relation.kind == "unit_slip" and one.stated in fault_.everything)
    )


def label(one: Equation, example: Example) -> str:
    if any(meets(one, meant) for meant in example.faults):
        return "found"
    return "implied" if one.everything & example.culprits else "false"


def judge(found: Mapping[int, list[Equation]], show: float | None) -> None:
    scores: dict[int, list[float]] = {}
    for fold in folds():
        verdict = _verdict({at: several for at, several in found.items() if at not in set(fold)})
        for at in fold:
            scores[at] = [fault(one, verdict) for one in found[at]]
    for step in range(30, 95, 5):
        print(_line(found, scores, step / 100))
    if show is not None:
        for at in range(len(_EXAMPLES)):
            print("\n".join(_listed(_EXAMPLES[at], found[at], scores[at], show)))


def _verdict(found: Mapping[int, list[Equation]]) -> dict[str, float]:
    cues, faults = [], []
    for at, several in found.items():
        for one in several:
            what = label(one, _EXAMPLES[at])
            if what != "implied":
                cues.append(one.cues)
                faults.append(what == "found")
    return fit_verdict(cues, faults)


def _line(found: Mapping[int, list[Equation]], scores: Mapping[int, list[float]], least: float) -> str:
    texts = caught = faults = wrong = 0
    for at, several in found.items():
        if _EXAMPLES[at].part in FITTED:
            continue
        texts += 1
        doubted = [one for one, score in zip(several, scores[at], strict=True) if score > least]
        wanted = [one for one in _EXAMPLES[at].faults if one.relation.kind in KINDS]
        faults += len(wanted) + _EXAMPLES[at].missed
        caught += sum(any(meets(one, meant) for one in doubted) for meant in wanted)
        wrong += sum(label(one, _EXAMPLES[at]) == "false" for one in doubted)
    share, each = caught / faults, wrong / texts
    return f"above {least:.2f}: {caught} of {faults} found ({share:.1%}), {wrong} false in {texts} texts ({each:.2f})"


def _listed(
    example: Example, several: Sequence[Equation], scores: Sequence[float], least: float
) -> Iterator[str]:
    plain, read = example.scene.reading.plain, example.scene.reading.quantities

    def around(places: frozenset[int]) -> str:
        start, end = min(read[at].start for at in places) - 14, max(read[at].end for at in places) + 12
        words = plain[max(start, 0) : end].replace("\n", "⏎")
        return words if len(words) < 200 else f"{words[:100]} … {words[-100:]}"

    for one, score in zip(several, scores, strict=True):
        if score > least and label(one, example) == "false":
            yield f"F {example.name} {score:.2f} {_shown(one)} {{{around(one.everything)}}}"
    for meant in example.faults:
        near = [(score, one) for one, score in zip(several, scores, strict=True) if meets(one, meant)]
        if meant.relation.kind in KINDS and not any(score > least for score, _ in near):
            best = max(near, key=lambda each: each[0], default=None)
            said = (
                f"{best[0]:.2f} {best[1].top.claim.way} → {best[1].top.claim.stated.quantity.text} [{best[1].top.result}]"
                if best
                else "-"
            )
            yield f"M {example.name} {meant.relation.kind} {meant.relation.cause} {{{around(meant.everything)}}} {said}"


def _shown(one: Equation) -> str:
    claim = one.top.claim
    return f"{claim.kind} {claim.way} → {claim.stated.quantity.text} [{one.top.result}]"


def write(found: Mapping[int, list[Equation]]) -> None:
    claims = rounded(_fit_second(()))
    structure = rounded(_fit_structure(()))
    kept = json.loads(WEIGHTS.read_text(encoding="utf-8"))["trust"]
    content = {"claims": claims, "structure": structure, "verdict": rounded(_verdict(found)), "trust": kept}
    WEIGHTS.write_text(
        json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
    )
    print(f"{len(claims)} weights written")


if __name__ == "__main__":
    main()
