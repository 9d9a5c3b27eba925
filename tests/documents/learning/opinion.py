"""`python -m tests.documents.learning.opinion FOLDER …`: the small network of opinions, learned from annotated texts.

Needs PyTorch, as the network of the links does. The folders may be texts that the links were learned from; `--unseen` are
others, which teach more, since the links know their own texts better than those of others. Those that trust is learned from
are among them too: `--held FOLDER` gets opinions that have not seen one sixth of them each, for
`tests.documents.learning.trust` to judge that sixth by.
"""

from __future__ import annotations

import argparse
import multiprocessing
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.judging.doubts import doubts_of
from bangfu.documents.judging.evidence import evidence_of
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.opinion import WEIGHTS, told_of
from bangfu.documents.judging.scorer import Scorer, Told
from bangfu.documents.limits import caps_of_text
from bangfu.documents.linking.network import network
from bangfu.documents.reading.read import read_text
from tests.documents.corpus import load_text
from tests.documents.learning.fitting import Way, learn, write
from tests.documents.learning.meant import meant_in
from tests.documents.learning.trust import HELD, held_opinion, held_out, says

WAY = Way(epochs=12, batch=256, inner=48, seeds=2, lost=0.2, dropout=0.4, frequent=20)
_UNSEEN = 3
"""How often a text counts that the links have not seen."""


@dataclass
class Example:
    text: str
    told: Told
    is_right: bool


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.opinion")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument(
        "--unseen", nargs="*", default=[], type=Path, help="texts that the links have not seen"
    )
    parser.add_argument("--held", type=Path, required=True, help="where the opinions of each sixth are put")
    given = parser.parse_args()
    seen, unseen = _examples_in(given.folders), _examples_in(given.unseen)
    for number in range(HELD):
        others = [one for one in unseen if held_out(one.text) != number]
        write(_learned([*seen, *others * _UNSEEN]), held_opinion(given.held, number))
    learned = _learned([*seen, *unseen * _UNSEEN])
    write(learned, WEIGHTS)
    number = len(seen) + len(unseen)
    print(f"{number} doubts, {len(learned.names)} cues, {WEIGHTS.stat().st_size} bytes")


def _examples_in(folders: Sequence[Path]) -> list[Example]:
    paths = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return [one for found in pool.imap(examples_of, paths, chunksize=4) for one in found]


def _learned(examples: Sequence[Example]) -> Scorer:
    return learn([one.told for one in examples], [one.is_right for one in examples], WAY)


def examples_of(path: Path) -> list[Example]:
    """What follows from another fault of the text is neither right nor false."""
    text = load_text(path)
    reading = read_text(text.plain)
    faults = [one for one in meant_in(text, reading) if one.relation.holds is False]
    evidence = evidence_of(Scene(reading), caps_of_text(reading), network())
    doubts = doubts_of(evidence)
    known = told_of(
        doubts, reading.quantities, LinkedView.of(evidence.linked, reading.quantities), evidence.links
    )
    judged = ((one, says(doubt, faults, reading)) for one, doubt in zip(known, doubts, strict=True))
    return [Example(path.stem, one, word == "right") for one, word in judged if word != "implied"]


if __name__ == "__main__":
    main()
