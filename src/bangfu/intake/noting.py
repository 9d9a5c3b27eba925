"""What was compared, as rows for the preview: each under the name that the file gives it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bangfu.intake.comparing import Change, Comparison
from bangfu.intake.lists.comparing import ComparedList
from bangfu.intake.preview import Noted
from bangfu.intake.removals import Removal, Removals
from bangfu.intake.source_values import TABLE as SAID
from bangfu.intake.villages import ComparedVillage
from bangfu.spreadsheets.extract import Extract

_NAMED = (
    ("village_name",),
    ("nat_household_no",),
    ("full_name", "head_name", "project_name", "name"),
)
"""Of each group the first that a row fills says what the row is about."""


@dataclass
class Notes:
    """The rows of one sheet; values are the register's, as it holds them."""

    extract: Extract

    def of_register(self, compared: Comparison) -> Iterator[Noted]:
        for home in compared.households:
            row = home.row.sheet_row
            if home.household is None:
                yield self.added("household", row, home.changes)
            for member in home.members:
                if member.person is None:
                    yield self.added("person", member.row.sheet_row, member.changes)
                elif member.joins:
                    yield self.told("joined", "membership", member.row.sheet_row, {})
            if home.record is not None and not home.record_changes:
                yield self.added("annual_record", row, home.record)
            if home.episode is not None and "id" not in home.episode:
                yield self.added("monitoring_episode", row, home.episode)
            for event in home.events:
                yield self.told(
                    "event",
                    "status_event",
                    row,
                    {"event": (None, event.event), "happened_on": (None, event.on)},
                )
        yield from self.changed(compared.changes)

    def of_villages(self, villages: Iterable[ComparedVillage], compared: Comparison) -> Iterator[Noted]:
        for item in villages:
            if item.village is None:
                yield self.added("village", item.sheet_row, item.changes)
        yield from self.changed(compared.changes)

    def of_removals(self, removals: Removals) -> Iterator[Noted]:
        for item in (*removals.leaving, *removals.past):
            yield self.told("left", "former_person", item.sheet_row, _leaving(item))

    def of_sources(self, compared: Comparison) -> Iterator[Noted]:
        known = {(change.column, change.sheet_row) for change in compared.changes}
        for said in compared.said:
            name = f"{said.key.table}.{said.key.field}"
            if (name, said.src_row) not in known:
                yield self.added(SAID, said.src_row, {name: said.value})
        yield from self.changed(compared.changes)

    def of_lists(self, lists: Iterable[ComparedList], compared: Comparison) -> Iterator[Noted]:
        for item in lists:
            for row in item.rows:
                if row.row is None:
                    yield self.added(item.table, row.sheet_row, row.values)
        yield from self.changed(compared.changes)

    def changed(self, changes: Iterable[Change]) -> Iterator[Noted]:
        """A row once, with all its columns."""
        rows: dict[tuple[str, int, int], dict[str, tuple[Any, Any]]] = {}
        for change in changes:
            values = rows.setdefault((change.table, change.row, change.sheet_row), {})
            values[change.column] = (change.old, change.new)
        for (table, _, sheet_row), values in rows.items():
            yield self.told("changed", table, sheet_row, values)

    def added(self, table: str, sheet_row: int | None, values: Mapping[str, Any]) -> Noted:
        filled = {
            name: (None, value)
            for name, value in values.items()
            if value is not None and not name.endswith("_key")
        }
        return self.told("added", table, sheet_row, filled)

    def told(
        self, kind: str, table: str, sheet_row: int | None, values: Mapping[str, tuple[Any, Any]]
    ) -> Noted:
        return Noted(kind, table, self.extract.sheet, sheet_row, self.about(sheet_row), values)

    def about(self, sheet_row: int | None) -> str:
        place = self.places.get(sheet_row or 0)
        if place is None:
            return ""
        found = (next((text for column in group if (text := column[place])), None) for group in self.names)
        return " ".join(str(text) for text in found if text)

    @cached_property
    def places(self) -> dict[int, int]:
        return {number: place for place, number in enumerate(self.extract.row_numbers)}

    @cached_property
    def names(self) -> list[list[list[Any]]]:
        """For each group its columns, one value for each row of the sheet."""
        groups = [[column for name in group if (column := self.column(name)) is not None] for group in _NAMED]
        return [group for group in groups if group]

    def column(self, name: str) -> list[Any] | None:
        for emitted in self.extract.emitted:
            if name in emitted.columns:
                values: list[Any] = [None] * len(self.extract.row_numbers)
                for place, value in zip(emitted.source_rows, emitted.columns[name].to_pylist(), strict=True):
                    values[place] = value
                return values
        return None


def _leaving(item: Removal) -> dict[str, tuple[Any, Any]]:
    names = ("removed_on", "removed_reason")
    return {name: (None, item.values.get(name)) for name in names if item.values.get(name) is not None}
