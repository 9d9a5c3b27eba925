"""Fields of the household's other rows that are changed together with a form: some errors show only between rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, QueryDict

from bangfu.findings.examined import Examined, Place
from bangfu.ledger.editing import typed_ledgers
from bangfu.office.journal.rows import Row
from bangfu.registry.proposals import NEW
from bangfu.registry.queries import frozen_years, records_of
from bangfu.terms.forms import form_of, load_forms
from bangfu.web.editing.parts import Part
from bangfu.web.editing.reach import Family, row_of
from bangfu.web.editing.sheets import Sheet, part_of

WITH, ALSO = "with", "also"
"""The inputs that name fields taken into the form, and the button that takes in another."""
TYPED = ("household", "person", "annual_record")
MOST = 6
_OF_ALL = ("household_size", "per_capita_net_income")
_TOLERANCE = 100  # fen


@dataclass(frozen=True)
class Offer:
    """A field of another row that may be taken into the form; `name` is that of its input."""

    name: str
    label: str


def title_of(table: str, row: Row) -> str:
    """A row as pages call it."""
    if table == "person":
        return f"成员：{row['full_name'] or '未写明姓名'}"
    if table == "annual_record":
        return f"{row['data_year']} 年度"
    return form_of(table).table.label if table != "household" else "户的资料"


def closed_by(table: str, row: Row) -> str:
    """Why nobody changes a row in a form; empty where anybody who may does."""
    if table != "annual_record" or row["data_year"] not in frozen_years():
        return ""
    return f"{row['data_year']} 年度已经封存，不能在这里改。确需更正的，请在清单里登记问题，核实后更正"


def is_typed(table: str) -> bool:
    return table in TYPED or table in typed_ledgers()


def with_extra(sheet: Sheet, posted: QueryDict) -> Sheet:
    """The sheet with the fields that were taken in, beside those that it has from the start."""
    if sheet.family is None:
        return sheet
    there = _shown(sheet)
    wanted: dict[tuple[str, int], list[str]] = {}
    for name in [*posted.getlist(WITH), *posted.getlist(ALSO)]:
        place = _place(name)
        if place is not None and place not in there:
            wanted.setdefault((place.table, place.row), []).append(place.field)
    taken = [_part(sheet.family, *key, names, posted) for key, names in list(wanted.items())[:MOST]]
    return replace(sheet, extra=[*sheet.extra, *(part for part in taken if part is not None)])


def last_record(family: Family) -> Row | None:
    """The year's record that the checks compare the members with."""
    records = records_of([family.id]).values()
    return max(records, key=lambda one: int(one["data_year"]), default=None)


def of_all(family: Family, posted: QueryDict, change: int) -> list[Part]:
    """The last year's number of people and what falls to each, which somebody's coming or going changes.

    They are suggested where they were right before; nothing where that year is closed.
    """
    last = last_record(family)
    if last is None or closed_by("annual_record", last):
        return []
    part = part_of(*("annual_record", last, posted), title=title_of("annual_record", last), only=_OF_ALL)
    return [replace(part, suggested=_suggested(part.seen, len(family.members), change))]


def _suggested(record: Mapping[str, Any], size: int, change: int) -> dict[str, int]:
    then, net, each = size + change, record["net_income"], record["per_capita_net_income"]
    if record["household_size"] != size or then < 1:
        return {}
    if net is None or each is None or abs(round(net / size) - each) > _TOLERANCE:
        return {"household_size": then}
    return {"household_size": then, "per_capita_net_income": round(net / then)}


def offers(sheet: Sheet, examined: Examined | None) -> list[Offer]:
    """Of the errors that the edit brings in, the fields that the form does not have."""
    if sheet.family is None or examined is None:
        return []
    there, found = _shown(sheet), dict[Place, Offer]()
    for place in (place for fault in examined.errors for place in fault.places):
        if place in there or place in found or len(found) == MOST:
            continue
        label = _label(sheet.family, place)
        if label:
            found[place] = Offer(f"{place.table}-{place.row}-{place.field}", label)
    return list(found.values())


def _shown(sheet: Sheet) -> set[Place]:
    return {Place(part.table, part.row, name) for part in sheet.all_parts for name in part.fields}


def _place(name: str) -> Place | None:
    table, _, rest = name.partition("-")
    row, _, field = rest.partition("-")
    if not is_typed(table) or not row.isdecimal() or len(row) > 15 or field not in load_forms()[table].fields:
        return None
    return Place(table, int(row), field)


def _part(family: Family, table: str, row: int, names: Sequence[str], posted: QueryDict) -> Part | None:
    stored = _open_row(family, table, row)
    if stored is None:
        return None
    return part_of(table, stored, posted, title=title_of(table, stored), only=tuple(names), is_taken_in=True)


def _open_row(family: Family, table: str, row: int) -> Row | None:
    """Another household's row and a closed one are not taken in."""
    try:
        stored = row_of(family, table, row)
    except Http404:
        return None
    return None if closed_by(table, stored) else stored


def _label(family: Family, place: Place) -> str:
    if not is_typed(place.table) or place.row >= NEW:
        return ""
    field = load_forms()[place.table].fields.get(place.field)
    stored = _open_row(family, place.table, place.row) if field is not None else None
    return f"{title_of(place.table, stored)} {field.label}" if field and stored else ""


def taken_in(sheet: Sheet) -> Iterator[str]:
    """The names by which the form keeps what was taken in."""
    for part in sheet.extra:
        yield from (f"{part.table}-{part.row}-{name}" for name in part.fields)
