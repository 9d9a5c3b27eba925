"""Rows of ledgers as tables and facts show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bangfu.ledger.columns import listed_fields
from bangfu.ledger.listing import ListedRow
from bangfu.ledger.watches.due import Now, Watch
from bangfu.office.masking import number_kind
from bangfu.office.words import open_value
from bangfu.registry.editing.entry import UNIT_WORDS
from bangfu.terms.model import Field, Table

QUANTITY, UNIT_OF = "quantity", "quantity_unit"
"""What is counted in a unit of its own is shown with it."""
NUMERIC = ("money", "decimal", "integer")
_UNITS = {"yuan": "元"}


@dataclass(frozen=True)
class Head:
    """A column's heading; `is_number`: set to the right."""

    label: str
    is_number: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Cell:
    """A value as it is printed; `is_whole`: never broken over lines."""

    label: str
    text: str
    is_number: bool = False
    kind: str = ""
    is_whole: bool = False


@dataclass(frozen=True)
class Line:
    """A row with what its table shows; `title` is what one opens it by."""

    id: int
    title: str
    village: str
    household: int | None
    head: str
    cells: tuple[Cell, ...]
    due: str = ""


@dataclass(frozen=True)
class Shown:
    """A table of lines: whom they mean, where, and the ledger's own columns."""

    table: Table
    who: str
    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    has_village: bool
    has_head: bool
    due: str = ""


def shown(
    table: Table,
    rows: Sequence[ListedRow],
    villages: Mapping[int, str],
    *,
    without: Sequence[str] = (),
    watch: Watch | None = None,
    now: Now | None = None,
) -> Shown:
    """`without`: columns that say the same in every row; `watch`: the list of due things that this is."""
    fields = [one for one in listed_fields(table.name) if one.name not in (*without, UNIT_OF)]
    fields = [one for one in fields if any(row.values[one.name] not in (None, "") for row in rows)]
    title = next((one for one in fields if is_title(one)), None) if "person" not in table.links else None
    own = [one for one in fields if one is not title]
    lines = tuple(_line(table, title, own, row, villages, watch, now) for row in rows)
    who = "姓名" if "person" in table.links else "户主" if "household" in table.links else ""
    return Shown(
        table,
        title.label if title else who or "编号",
        tuple(head_of(one) for one in own),
        lines,
        "village" in table.links,
        "household" in table.links and who != "户主",
        watch.group if watch else "",
    )


def is_title(field: Field) -> bool:
    """Whether a column names the thing that a row is."""
    return field.type == "text" and field.name.endswith(("_name", "title"))


def head_of(field: Field) -> Head:
    unit = "" if field.unit == "year" else UNIT_WORDS.get(field.unit or "", "")
    return Head(field.label, is_number(field), unit)


def is_number(field: Field) -> bool:
    return field.type in NUMERIC and field.unit != "year"


def cell_of(table: Table, field: Field, row: Mapping[str, object]) -> Cell:
    text = open_value(table.name, field.name, row[field.name])
    if field.type == "money" and text:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}.{rest}" if whole.lstrip("-").isdecimal() else text
    if text and field.name == QUANTITY and row.get(UNIT_OF):
        text = f"{text} {row[UNIT_OF]}"
    is_whole = field.type in ("date", "month")
    return Cell(field.label, text, is_number(field), number_kind(field) or "", is_whole)


def fact_of(table: Table, field: Field, row: Mapping[str, object]) -> Cell:
    """The same where no heading says the unit."""
    cell = cell_of(table, field, row)
    unit = head_of(field).unit
    return replace(cell, text=f"{cell.text} {unit}") if unit and cell.text else cell


def _codes(table: Table, values: Mapping[str, object]) -> Iterator[str]:
    """What tells rows apart that nothing names: 经营收入 of a village's income."""
    for name in table.identity:
        field = table.fields.get(name)
        if field is not None and field.type == "code" and values.get(name):
            yield str(open_value(table.name, name, values[name]))


def _line(
    table: Table,
    title: Field | None,
    fields: Sequence[Field],
    row: ListedRow,
    villages: Mapping[int, str],
    watch: Watch | None,
    now: Now | None,
) -> Line:
    values = row.values
    named = open_value(table.name, title.name, values[title.name]) if title else row.person
    if not named and "person" not in table.links:
        named = row.head
    if not named:
        named = next(iter(_codes(table, values)), "")
    return Line(
        row.id,
        named or ("未写明" if table.links else f"第 {row.id} 号"),
        villages.get(values.get("village_key") or 0) or str(values.get("village_name") or ""),
        values.get("household_key"),
        row.head,
        tuple(cell_of(table, one, values) for one in fields),
        watch.told(values, now) if watch and now else "",
    )
