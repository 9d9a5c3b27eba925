"""Texts about a home's own figures (tests/home/ledger_texts): filled from the ledgers, so that what each number is is known.

`{dibao_amount@2019;万;+20000}`: the figure in 万, told wrong by 20,000. `{a/b}`: either figure may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bangfu.documents.reading.quantity import plain

FOLDER = Path(__file__).parent / "ledger_texts"
_PLACE = re.compile(r"\{([^{};]+)(;万)?(?:;([+-]\d+))?\}")


@dataclass(frozen=True)
class Told:
    """A number of a text: where it starts, the references that it may be, and whether it was told wrong."""

    start: int
    references: tuple[str, ...]
    is_wrong: bool


@dataclass(frozen=True)
class Text:
    name: str
    words: str
    told: tuple[Told, ...]


def filled(name: str, value_of: Callable[[str], Decimal]) -> Text:
    """The template `name`, its places filled by what the first of their references came to."""
    template = (FOLDER / f"{name}.txt").read_text("utf-8")
    words, told, at = "", [], 0
    for place in _PLACE.finditer(template):
        words += template[at : place.start()]
        references = _alternatives(place[1])
        value = value_of(references[0]) + int(place[3] or 0)
        told.append(Told(len(words), references, bool(place[3])))
        words += plain(value / 10_000 if place[2] else value)
        at = place.end()
    return Text(name, words + template[at:], tuple(told))


def _alternatives(written: str) -> tuple[str, ...]:
    return tuple(written.split("/"))
