"""`python -m tests.documents.learning.links [--again] FOLDER …`: learns the network from annotated texts, and writes it.

A round takes half of the texts and all passages, 4,500 and 3,400 of them a bit more than two minutes in two processes of one
thread each (`OMP_NUM_THREADS=1`). What is printed is the loss of each round.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from bangfu.documents.linking.network import ALPHABET, WEIGHTS, learned, packed
from tests.documents.corpus import WIDE, Text, load_passages, load_text
from tests.documents.learning.links.labelled import Source, alphabet_of, numbered, source_of
from tests.documents.learning.links.rounds import Plan, learn, mixed

_EPOCHS, _RATE, _PROCESSES = 25, 1.2e-3, 2


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.learning.links")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--epochs", type=int, default=_EPOCHS)
    parser.add_argument("--rate", type=float, default=_RATE, help="how fast it learns at most")
    parser.add_argument("--processes", type=int, default=_PROCESSES)
    parser.add_argument(
        "--again", action="store_true", help="go on from the network as it is, with its alphabet"
    )
    parser.add_argument(
        "--share",
        type=float,
        default=1.0,
        help="how much of what is learned again is written, beside what was known: the mean of both knows more than either",
    )
    given = parser.parse_args()
    annotated = [load_text(path) for folder in given.folders for path in sorted(folder.glob("*.yaml"))]
    texts, passages = _sources(annotated), _sources([*load_passages(), *load_passages(WIDE)])
    signs, units, kinds = _written() if given.again else alphabet_of([*texts, *passages])
    known = _known() if given.again else {}
    alphabet = numbered(signs, units, kinds)
    plan = Plan(texts, passages, alphabet, known, given.epochs, given.rate, given.processes)
    found = mixed(known, learn(plan), given.share) if given.again else learn(plan)
    np.savez_compressed(WEIGHTS, **packed({name: one.numpy() for name, one in found.items()}))
    content = {"signs": "".join(signs), "units": units, "kinds": kinds}
    ALPHABET.write_text(json.dumps(content, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{len(texts)} texts, {len(passages)} passages, {len(signs)} signs, {WEIGHTS.stat().st_size} bytes")


def _sources(several: Sequence[Text]) -> list[Source]:
    return [one for one in map(source_of, several) if len(one.quantities) > 1]


def _written() -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    content = json.loads(ALPHABET.read_text(encoding="utf-8"))
    return content["signs"], content["units"], content["kinds"]


def _known() -> dict[str, Tensor]:
    return {name: torch.from_numpy(values) for name, values in learned().items()}


if __name__ == "__main__":
    main()
