"""What a form says differently from the one sent last time."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bangfu.documents.fields.values import plain_number
from bangfu.documents.forms.book import Sheet, address, open_book, read_sheet
from bangfu.documents.forms.heads import described


@dataclass(frozen=True)
class Change:
    """A cell that has another value; empty where it had or has none. `difference` of numbers only."""

    sheet: str
    cell: str
    what: str
    before: str
    after: str
    difference: Decimal | None = None


def compare_forms(before: Path | bytes, after: Path | bytes) -> list[Change]:
    """By sheet and cell, in the order of the new form; sheets that one of them lacks count as empty.

    Values are compared, and those of sums and differences worked out, since a form just filled has none stored.
    """
    old = {sheet.title: read_sheet(sheet) for sheet in open_book(before, "上次报送的报表")}
    new = {sheet.title: read_sheet(sheet) for sheet in open_book(after, "这次的报表")}
    changes: list[Change] = []
    for title in dict.fromkeys((*new, *old)):
        changes.extend(_changes(old.get(title, Sheet(title)), new.get(title, Sheet(title))))
    return changes


def _changes(old: Sheet, new: Sheet) -> list[Change]:
    found: list[Change] = []
    for place in sorted({*old.values, *new.values, *old.formulas, *new.formulas}):
        before, after = _shown(old, place), _shown(new, place)
        if before == after:
            continue
        numbers = old.number(place), new.number(place)
        difference = numbers[1] - numbers[0] if numbers[0] is not None and numbers[1] is not None else None
        if difference == 0:
            continue
        named = described(new if place in new.values else old, place)
        found.append(Change(new.name, address(place), named, before, after, difference))
    return found


def _shown(sheet: Sheet, place: tuple[int, int]) -> str:
    value = sheet.values.get(place)
    if value is None:
        return sheet.formulas.get(place, "")
    return plain_number(value) if isinstance(value, Decimal) else value
