"""Corrected values that an answer proposes, and what verification makes of them.

A value is kept as a text, as it was seen and as it should be. The register holds it only once somebody else has
verified the answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bangfu.casework.refusals import Moved, ValuesMoved, Wrong
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger import actions as ledger_actions
from bangfu.ledger import queries as ledger
from bangfu.office.journal.rows import Row
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions as registry_actions
from bangfu.registry.canonical import canonical_text
from bangfu.registry.entries import ENTRIES, Home, entries, home_of, home_of_household, home_of_person
from bangfu.spreadsheets.convert import BadCell, converter
from bangfu.terms.id_number import checksum_ok
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

WAITING, APPLIED, DROPPED, WITHDRAWN = "待核实", "已更正", "不更正", "已撤回"
APPLY, DROP = "apply", "drop"
_NOT_CORRECTED = frozenset({"data_year", "data_on"})
"""These say which record it is."""
Place = tuple[str, int, str]
"""Table, row and field."""


@dataclass(frozen=True)
class Proposal:
    """A value as it was typed: what the field of a row should say. An empty text empties the field."""

    table: str
    row: int
    field: str
    text: str

    @property
    def name(self) -> str:
        """What the page calls the input."""
        return f"{self.table}.{self.row}.{self.field}"


@dataclass(frozen=True)
class Proposed:
    """A value that can be written, with the one it is to replace; both as `held_text`, None for empty."""

    table: str
    row: int
    field: str
    seen: str | None
    new: str | None


def proposed(
    proposals: Sequence[Proposal], task: Row, day: int, finding: tuple[str, int] | None
) -> list[Proposed]:
    """The proposals as values. Wrong names each field that cannot be corrected so.

    A task corrects only what it is about: its household with the members; where it names none, anything of its village; and
    the row that its `finding` is about.
    """
    rows = _rows((item.table, item.row) for item in proposals)
    wrong: dict[str, str] = {}
    found: dict[Place, Proposed] = {}
    for item in proposals:
        row = rows.get((item.table, item.row))
        field = fields_of(item.table).get(item.field)
        if row is None or field is None or not _is_about(task, item.table, row, finding):
            wrong[item.name] = f"这个任务不能更正 {item.field}：它不是任务所涉户、村的指标"
            continue
        try:
            seen, new = held_text(field, row[item.field]), _typed_text(field, item.text, day)
        except BadCell as bad:
            wrong[item.name] = f"{field.label}填的是“{item.text}”，应是{bad.expected}"
            continue
        if seen == new:
            wrong[item.name] = f"{field.label}要更正的值“{seen or '空'}”与台账里现在的一样"
        found[item.table, item.row, item.field] = Proposed(item.table, item.row, item.field, seen, new)
    if wrong:
        raise Wrong(wrong)
    return list(found.values())


def fields_of(table: str) -> Mapping[str, Field]:
    """The fields of a table that a correction may name; empty for a table whose rows nobody corrects."""
    if table not in ENTRIES and not ledger.is_ledger(table):
        return {}
    return _fields_of(table)


@cache
def _fields_of(table: str) -> Mapping[str, Field]:
    kept = ledger.columns_of(table) if ledger.is_ledger(table) else _columns(table)
    declared = load_terms().table(table).own_fields
    return {field.name: field for field in declared if field.name in kept - _NOT_CORRECTED}


def _columns(table: str) -> frozenset[str]:
    return frozenset(column.name for column in ENTRIES[table]._meta.concrete_fields)


def held_text(field: Field, value: Any) -> str | None:
    """A value as corrections hold it: its canonical text, but labels parted so that one with a 、 in it stays whole."""
    if field.type != "codes" or value is None:
        return canonical_text(field, value)
    return ";".join(sorted(label for label in value.split(",") if label))


def value_of(field: Field, text: str | None) -> Any:
    """The value that such a text stands for."""
    return None if text is None else _convert(field)(text)


def apply(
    change: Writing, waiting: Sequence[Row], decided: Mapping[int, str], labels: Callable[[Row], str]
) -> dict[int, str]:
    """Writes the waiting corrections; what became of each, by its number.

    Where the register says something else by now than what was to be replaced, `decided` has to say for that correction
    whether it is written all the same (APPLY) or not (DROP): else ValuesMoved. What the register says already is
    as good as written. Refused where the door of the table refuses it.
    """
    now = current(waiting)
    moved = [
        Moved(
            item["id"],
            labels(item),
            item["value_seen"] or "空",
            now[item["id"]] or "空",
            item["value_new"] or "空",
        )
        for item in waiting
        if now[item["id"]] not in (item["value_seen"], item["value_new"]) and item["id"] not in decided
    ]
    if moved:
        raise ValuesMoved(moved)
    result = {item["id"]: DROPPED if decided.get(item["id"]) == DROP else APPLIED for item in waiting}
    changes: dict[str, dict[int, dict[str, Any]]] = defaultdict(lambda: defaultdict(dict))
    for item in waiting:
        if result[item["id"]] == APPLIED:
            table, name = item["field_table"], item["field_name"]
            changes[table][item["field_row"]][name] = value_of(fields_of(table)[name], item["value_new"])
    for table, values in changes.items():
        if ledger.is_ledger(table):
            ledger_actions.correct(change, table, values)
        else:
            registry_actions.correct(change, table, values)
    return result


def current(corrections: Iterable[Row]) -> dict[int, str | None]:
    """What the register says now of each correction's field, by the correction's number."""
    listed = list(corrections)
    rows = _rows((item["field_table"], item["field_row"]) for item in listed)
    found: dict[int, str | None] = {}
    for item in listed:
        table, name = item["field_table"], item["field_name"]
        row = rows.get((table, item["field_row"]))
        found[item["id"]] = None if row is None else held_text(fields_of(table)[name], row[name])
    return found


def _rows(places: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Row]:
    wanted: dict[str, set[int]] = defaultdict(set)
    for table, row in places:
        wanted[table].add(row)
    found: dict[tuple[str, int], Row] = {}
    for table, ids in wanted.items():
        if not fields_of(table):
            continue
        read = ledger.rows_at if ledger.is_ledger(table) else entries
        found.update(((table, number), row) for number, row in read(table, sorted(ids)).items())
    return found


def _is_about(task: Row, table: str, row: Row, finding: tuple[str, int] | None) -> bool:
    if finding == (table, row["id"]):
        return True
    home = _home_of(table, row)
    if task["household_key"] is not None:
        return bool(home.household == task["household_key"])
    return home.village is not None and bool(home.village == task["village_key"])


def _home_of(table: str, row: Row) -> Home:
    if table in ENTRIES:
        return home_of(table, row)
    if row.get("household_key") is not None:
        return home_of_household(row["household_key"])
    if row.get("person_key") is not None:
        return home_of_person(row["person_key"])
    return Home(None, row.get("village_key"))


def _typed_text(field: Field, text: str, day: int) -> str | None:
    value = _convert(field)(text)
    if field.name == "id_no" and value and checksum_ok(value) is False:
        raise BadCell("校验码正确的证件号码")
    if field.codes is not None and value is not None:
        known = _labels(field.codes, day)
        given = [label for label in value.split(",") if label] if field.type == "codes" else [value]
        if unknown := [label for label in given if label not in known]:
            raise BadCell(f"{'、'.join(known)} 之一(没有“{'、'.join(unknown)}”)")
    return held_text(field, value)


def _labels(codes: str, day: int) -> tuple[str, ...]:
    return tuple(label.label for label in home_rulebook().codelists[codes].version(day).labels)


def _convert(field: Field) -> Callable[[str], Any]:
    return converter(field, home_rulebook().codelists)
