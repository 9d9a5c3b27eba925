"""The caps that a text's figures are held against, from the rulebook's standards in force at its date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from bangfu.documents.arithmetic.standards import SMALL_LOAN_WORDS, Cap
from bangfu.documents.reading.read import Reading
from bangfu.policy.language.types import unscaled
from bangfu.policy.root import default_root
from bangfu.policy.standard import Standard
from bangfu.policy.standards import load_standards

_CAPS = (("loan_cap", SMALL_LOAN_WORDS),)
"""Standards in yuan per household, each with the words of the sentences that it governs."""


def caps_of_text(reading: Reading, place: str = "") -> Sequence[Cap]:
    """The caps in force at the end of the text's year, or the latest known where it names none."""
    return caps_in_force(_shipped(), day=last_day_of(reading.year), place=place)


def last_day_of(year: int | None) -> int:
    """yyyymmdd; of no year a day after all others."""
    return year * 10_000 + 1231 if year else 99_991_231


@cache
def _shipped() -> Mapping[str, Standard]:
    return load_standards(default_root(), [], {name for name, _ in _CAPS})


def caps_in_force(standards: Mapping[str, Standard], *, day: int, place: str = "") -> tuple[Cap, ...]:
    """The caps known for a day (yyyymmdd) and a division code; one without a value in force is left out."""
    found = []
    for name, words in _CAPS:
        standard = standards.get(name)
        value = standard.at(day, place) if standard is not None else None
        if standard is not None and value is not None:
            found.append(
                Cap(standard.name, words, unscaled(value.value, standard.type.kind), source=value.source)
            )
    return tuple(found)
