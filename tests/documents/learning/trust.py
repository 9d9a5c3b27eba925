"""`python -m tests.documents.learning.trust [--write] FOLDER …`: how far doubts are trusted.

The folders must be texts that nothing which doubts has seen: neither the finders of `bangfu.documents.certain` nor the
network of the links. What is thought of their doubts is learned from them too, so that each
text is judged here by the opinion that has not seen it (`tests.documents.learning.opinion --held FOLDER`, given here as well).
"""

from __future__ import annotations

import argparse
import functools
import multiprocessing
import random
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.doubts import Doubt, doubts_of, family_of, first_of_each, keys_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.opinion import opinion
from bangfu.documents.judging.scorer import Scorer, Told, scorer_in
from bangfu.documents.judging.trust import BRIEF_WEIGHTS, WEIGHTS, is_brief, trust_of, trusted
from bangfu.documents.limits import caps_of_text
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import Reading, read_text
from tests.documents.corpus import WIDE, Text, load_passages, load_text
from tests.documents.learning.fitting import Way, learn, write
from tests.documents.learning.meant import Meant, meant_in, says_all

FOLDS, HELD = 6, 6
WAY = Way(epochs=14, batch=128, inner=32, seeds=4, lost=0.15, dropout=0.3, frequent=40)
_SENTENCES = 24
"""How often a sentence counts: none that is sound may be accused."""
SENTENCES = Path("tests/unit/documents/sentences.yaml")


@dataclass
class Example:
    """A doubt with its cues; `says` is right, implied by another fault of the text, or false."""

    part: str
    text: str
    stated: int
    keys: tuple[object, object]
    told: Told
    says: str
    meets: frozenset[int]
    """The faults of the text that it tells, by number."""


@dataclass
class Examples:
    doubts: list[Example]
    sentences: list[Example]
    """What is brief: the sentences that the reader is tested by, and passages."""
    texts: Counter[str]
    faults: Counter[str]
    """By part of the corpus."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.trust")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--held", type=Path, required=True, help="the opinions that have not seen each text")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all texts")
    given = parser.parse_args()
    paths = [path for folder in given.folders for path in sorted(Path(folder).glob("*.yaml"))]
    examples = read_examples(paths, given.held)
    judge(examples)
    if given.write:
        write(_fit(examples.doubts), WEIGHTS)
        write(_fit([*examples.doubts, *examples.sentences]), BRIEF_WEIGHTS)


def held_out(name: str) -> int:
    """The number of the opinion that has not seen the text of this name."""
    return zlib.crc32(name.encode()) % HELD


def held_opinion(folder: Path, number: int) -> Path:
    return folder / f"opinion-{number}.npz"


def read_examples(paths: Sequence[Path], held: Path) -> Examples:
    with multiprocessing.get_context("fork").Pool(2) as pool:
        read = pool.map(functools.partial(_examples_of, held), paths, chunksize=4)
        sentences = pool.map(_examples_of_sentence, _sentences(), chunksize=16)
        several = [*load_passages(), *load_passages(WIDE)]
        passages = pool.map(_examples_of_passage, several, chunksize=16)
    return Examples(
        [one for found, _ in read for one in found],
        [one for found in (*sentences * _SENTENCES, *passages) for one in found],
        Counter(path.parent.name for path in paths),
        sum(
            (Counter({path.parent.name: faults}) for path, (_, faults) in zip(paths, read, strict=True)),
            Counter(),
        ),
    )


def _examples_of(held: Path, path: Path) -> tuple[list[Example], int]:
    text = load_text(path)
    return _examples(text, scorer_in(held_opinion(held, held_out(path.stem)))), len(text.violations())


def _examples_of_passage(text: Text) -> list[Example]:
    """What is known of them is known to the network too; they teach what little a sentence or two says."""
    return _examples(text, opinion()) if is_brief(Scene(read_text(text.plain))) else []


def _examples(text: Text, thinks: Scorer) -> list[Example]:
    reading = read_text(text.plain)
    faults = [one for one in meant_in(text, reading) if one.relation.holds is False]
    return [
        Example(
            text.part,
            text.name,
            one.stated,
            keys_of(one, reading.quantities),
            told,
            says(one, faults, reading),
            meets(one, faults, reading),
        )
        for one, told in _doubts(reading, thinks)
    ]


def _sentences() -> list[tuple[str, str, str]]:
    """The sentences that the reader is tested by, each with the kind of claim and the figure that is wrong, if one is."""
    content = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    faulty = [(case["text"], case["kind"], str(case["stated"])) for case in content["faulty"]]
    return [*((text, "", "") for text in content["sound"]), *faulty]


def _examples_of_sentence(sentence: tuple[str, str, str]) -> list[Example]:
    text, kind, wrong = sentence
    reading = read_text(text)
    found = []
    for one, told in _doubts(reading, opinion()):
        is_near = any(reading.quantities[at].text == wrong for at in one.everything)
        says_ = "false" if not is_near else "right" if one.family == family_of(kind) else "implied"
        keys = keys_of(one, reading.quantities)
        found.append(Example("", text, one.stated, keys, told, says_, frozenset()))
    return found


def _doubts(reading: Reading, thinks: Scorer) -> Iterator[tuple[Doubt, Told]]:
    scene = Scene(reading)
    evidence = evidence_of(scene, caps_of_text(reading), network())
    doubts = doubts_of(evidence)
    yield from zip(doubts, trust_of(doubts, scene, evidence, thinks), strict=True)


def meets(one: Doubt, faults: Sequence[Meant], reading: Reading) -> frozenset[int]:
    return frozenset(
        at
        for at, other in enumerate(faults)
        if one.stated == other.stated
        or other.everything <= one.everything
        or says_all(one.everything, other.everything, reading)
        or (other.relation.kind == "unit_slip" and one.stated in other.everything)
    )


def says(one: Doubt, faults: Sequence[Meant], reading: Reading) -> str:
    if meets(one, faults, reading):
        return "right"
    return "implied" if one.everything & {other.stated for other in faults} else "false"


def _fit(doubts: Sequence[Example]) -> Scorer:
    clear = [one for one in doubts if one.says != "implied"]
    return learn([one.told for one in clear], [one.says == "right" for one in clear], WAY)


def judge(examples: Examples) -> None:
    names = sorted({one.text for one in examples.doubts})
    random.Random(3).shuffle(names)
    scored: list[tuple[float, Example]] = []
    for fold in range(FOLDS):
        held_out = set(names[fold::FOLDS])
        kept = [one for one in examples.doubts if one.text not in held_out]
        learned = _fit(kept)
        apart = [one for one in examples.doubts if one.text in held_out]
        scored += zip(trusted([one.told for one in apart], learned), apart, strict=True)
    for part in examples.texts:
        own = [(chance, one) for chance, one in scored if one.part == part]
        for step in range(30, 95, 5):
            print(part, _line(examples, part, _best(own, step / 100), step / 100))


def _best(scored: Sequence[tuple[float, Example]], least: float) -> list[Example]:
    """Of each figure the doubt that is trusted most, as the reader tells it."""
    sure = [(chance, one) for chance, one in scored if chance >= least]
    first = first_of_each(sure, lambda one: [(one.text, key) for key in one.keys])
    return [one for _, one in first_of_each(first, lambda one: [(one.text, one.stated)])]


def _line(examples: Examples, part: str, told: Sequence[Example], least: float) -> str:
    right = len({(one.text, at) for one in told for at in one.meets})
    false = sum(one.says == "false" for one in told)
    share, each = right / examples.faults[part], false / examples.texts[part]
    return f"from {least:.2f}: {right} of {examples.faults[part]} faults told ({share:.1%}), {false} false ({each:.3f} a text)"


if __name__ == "__main__":
    main()
