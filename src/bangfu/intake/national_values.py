"""National values kept beside corrected columns, when the next export comes: docs/adr/0010."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.registry.actions import Said
from bangfu.registry.canonical import canonical_text
from bangfu.registry.field_values import NATIONAL, FieldKey, Held, fields_of, national_kept


@dataclass(frozen=True)
class Settled:
    """A kept value that an export replaces: the register's column is what the national system says again."""

    row: int
    name: str  # table.field
    old: str | None
    new: str | None


class NationalValues:
    """Those kept of some households and persons."""

    def __init__(self, households: Iterable[int], persons: Iterable[int]) -> None:
        self.kept: dict[FieldKey, Held] = national_kept(households, persons)

    def settled(
        self, table: str, owner: int, values: Mapping[str, Any], year: int | None = None
    ) -> Iterator[Settled]:
        """Of the fields that an export names, those whose value was kept."""
        if not self.kept:
            return
        for name, field in fields_of(table).items():
            held = self.kept.pop(FieldKey(table, name, owner, year), None) if name in values else None
            if held is not None:
                yield Settled(held.id, f"{table}.{name}", held.value, canonical_text(field, values[name]))


def never_said(
    table: str, owner: int, known: Mapping[str, Any], values: Mapping[str, Any], year: int | None = None
) -> Iterator[Said]:
    """Of a row that somebody entered and an export names for the first time: what the export does not speak of.

    Without these the row would look exported whole.
    """
    if known["src"] is not None:
        return
    for name in fields_of(table):
        if known[name] is not None and name not in values:
            yield Said(FieldKey(table, name, owner, year), NATIONAL, None)
