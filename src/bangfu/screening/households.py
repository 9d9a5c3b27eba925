"""Persons' rows of an export -> which rows are one household.

A household is a household number; but one number can be on two households (a fault to be found), and a number
can be missing. Nothing is merged that the rows themselves keep apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEAD = "户主"


@dataclass(frozen=True)
class Grouping:
    """`household_of[row]` is the household's number (0, 1, ...); `first_row` and `head_row` by household."""

    household_of: list[int]
    first_row: list[int]
    head_row: list[int | None]


def group_households(
    numbers: Sequence[str | None], relations: Sequence[str | None], signatures: Sequence[object]
) -> Grouping:
    """`signatures` are what a household repeats on every member's row (phone, account, village, ...)."""
    keys = _keys(numbers, relations, signatures)
    known: dict[object, int] = {}
    household_of: list[int] = []
    first_row: list[int] = []
    head_row: list[int | None] = []
    for row, key in enumerate(keys):
        household = known.setdefault(key, len(known))
        if household == len(first_row):
            first_row.append(row)
            head_row.append(None)
        household_of.append(household)
        if relations[row] == HEAD and head_row[household] is None:
            head_row[household] = row
    return Grouping(household_of, first_row, head_row)


def _keys(
    numbers: Sequence[str | None], relations: Sequence[str | None], signatures: Sequence[object]
) -> list[object]:
    shared = _numbers_of_two(numbers, relations, signatures)
    keys: list[object] = []
    run = 0
    for row, number in enumerate(numbers):
        if number is None:
            if _starts_run(row, numbers, relations, signatures):
                run += 1
            keys.append(("", run))
        elif number in shared:
            keys.append((number, signatures[row]))
        else:
            keys.append(number)
    return keys


def _starts_run(
    row: int, numbers: Sequence[str | None], relations: Sequence[str | None], signatures: Sequence[object]
) -> bool:
    """Rows without a number belong together while what a household repeats stays the same."""
    if row == 0 or numbers[row - 1] is not None:
        return True
    return signatures[row] != signatures[row - 1]


def _numbers_of_two(
    numbers: Sequence[str | None], relations: Sequence[str | None], signatures: Sequence[object]
) -> set[str]:
    """Numbers under which several sets of repeated values each have their own head."""
    parts: dict[str, set[object]] = {}
    headed: dict[str, set[object]] = {}
    for number, relation, signature in zip(numbers, relations, signatures, strict=True):
        if number is None:
            continue
        parts.setdefault(number, set()).add(signature)
        if relation == HEAD:
            headed.setdefault(number, set()).add(signature)
    return {number for number, found in parts.items() if len(found) > 1 and headed.get(number) == found}
