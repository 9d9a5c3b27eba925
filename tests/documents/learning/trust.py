"""`python -m tests.documents.learning.trust [--write] FOLDER …`: how far certain faults are trusted.

The folders must be texts that neither the finders of `bangfu.documents.certain` nor the weights of the claims have seen.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.witnesses import witnesses
from bangfu.documents.certain.find import certain
from bangfu.documents.claims.infer import own_doubts
from bangfu.documents.claims.structure import with_priors
from bangfu.documents.claims.trust import Weighings, trust, trusted
from bangfu.documents.claims.verdict import equations, fault
from bangfu.documents.claims.weighing import weigh
from bangfu.documents.claims.weights import WEIGHTS, weights
from bangfu.documents.limits import caps_of_text
from bangfu.documents.reading.read import read_text
from tests.documents.corpus import Text, load_text
from tests.documents.learning.examples import Meant, meant_in
from tests.documents.learning.fitting import fit_verdict, rounded

FOLDS = 6


@dataclass
class Doubt:
    text: str
    cues: dict[str, float]
    says: str
    """right, implied by another fault of the text, or false."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.trust")
    parser.add_argument("folders", nargs="+")
    parser.add_argument("--write", action="store_true", help="write the weights learned from all texts")
    given = parser.parse_args()
    texts = [load_text(path) for folder in given.folders for path in sorted(Path(folder).glob("*.yaml"))]
    doubts = [doubt for text in texts for doubt in doubts_of(text)]
    judge(doubts, len(texts))
    if given.write:
        content = json.loads(WEIGHTS.read_text(encoding="utf-8")) | {"trust": rounded(_fit(doubts))}
        WEIGHTS.write_text(
            json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8"
        )


def doubts_of(text: Text) -> list[Doubt]:
    reading, known = read_text(text.plain), weights()
    scene = Scene(reading)
    weighed = with_priors(weigh(scene, known.claims), known.structure)
    seen = witnesses(scene)
    doubted = [(one, fault(one, known.verdict)) for one in equations(weighed, seen)]
    told = [
        one
        for one in (*certain(scene, caps_of_text(reading)), *own_doubts(scene, seen, weighed))
        if one.holds is False
    ]
    faults = [one for one in meant_in(text, reading) if one.relation.holds is False]
    cues = trust(told, scene, Weighings.of(weighed, doubted))
    return [Doubt(text.name, found, _label(one, faults)) for one, found in zip(told, cues, strict=True)]


def _label(one: Relation, faults: Sequence[Meant]) -> str:
    everything = frozenset({*one.members, one.stated})
    if any(one.stated == other.stated or other.everything <= everything for other in faults):
        return "right"
    return "implied" if everything & {other.stated for other in faults} else "false"


def _fit(doubts: Sequence[Doubt]) -> dict[str, float]:
    clear = [one for one in doubts if one.says != "implied"]
    return fit_verdict([one.cues for one in clear], [one.says == "right" for one in clear])


def judge(doubts: Sequence[Doubt], texts: int) -> None:
    names = sorted({one.text for one in doubts})
    random.Random(3).shuffle(names)
    scored = []
    for fold in range(FOLDS):
        held_out = set(names[fold::FOLDS])
        learned = _fit([one for one in doubts if one.text not in held_out])
        scored += [(trusted(one.cues, learned), one.says) for one in doubts if one.text in held_out]
    for step in range(0, 100, 10):
        told = [says for chance, says in scored if chance >= step / 100]
        print(
            f"from {step / 100:.1f}: {told.count('right')} right, {told.count('false')} false in {texts} texts"
        )


if __name__ == "__main__":
    main()
