"""A list of households: what it knows and no export of the register does is added to the households on file."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.comparing import Asked, Change, Comparison
from bangfu.intake.sheet_rows import sheet_rows
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions, queries
from bangfu.spreadsheets.extract import Emitted, Extract
from bangfu.terms.id_number import clean_id
from bangfu.terms.loader import load_terms

Values = dict[str, Any]
_KEYS = ("nat_household_no", "head_id_no")


@dataclass
class Overlay:
    """What the list adds to households and to their record of the year; ids of households -> columns."""

    households: dict[int, Values] = field(default_factory=dict)
    records: dict[int, Values] = field(default_factory=dict)


def compare_households(
    extract: Extract, emitted: Emitted, given: Set[str], year: int
) -> tuple[Overlay, Comparison]:
    """`given` are the fields that exports of the register gave: theirs stand; the list fills the others."""
    overlay, result = Overlay(), Comparison()
    rows = list(sheet_rows(extract, emitted))
    homes = queries.households_by_number(values.get("nat_household_no") for _, values in rows)
    known, records = queries.household_rows(homes.values()), queries.records_of(homes.values())
    heads = queries.person_rows(row["head_key"] for row in known.values() if row["head_key"] is not None)
    for sheet_row, values in rows:
        number = values.get("nat_household_no")
        home = homes.get(number or "")
        if home is None:
            result.questions.append(
                Asked("不在册", "household", f"户 {number or '(空)'} 不在册,没有登记", sheet_row)
            )
            continue
        head, stated = heads.get(known[home]["head_key"]), clean_id(values.get("head_id_no") or "")
        if head is not None and stated and clean_id(head["id_no"] or "") != stated:
            told = f"户 {number} 的户主证件号码与台账不同,请核对"
            result.questions.append(Asked("户主不同", "household", told, sheet_row, home))
        for table, now, target in (
            ("household", known[home], overlay.households),
            ("annual_record", records.get((home, year), {}), overlay.records),
        ):
            changes = {
                name: value
                for name, value in values.items()
                if name in _own(table) and name not in given and now.get(name) != value
            }
            if changes:
                target[home] = changes
                row = now.get("id", 0)
                result.changes.extend(
                    Change(table, row, name, now.get(name), value, sheet_row)
                    for name, value in changes.items()
                )
    return overlay, result


def apply_households(change: Writing, overlay: Overlay, year: int) -> None:
    actions.change_households(change, overlay.households)
    actions.put_annual_records(
        change,
        [{"household_key": home, "data_year": year, **values} for home, values in overlay.records.items()],
    )


def _own(table: str) -> frozenset[str]:
    return frozenset(item.name for item in load_terms().table(table).own_fields) - {*_KEYS, "data_year"}


def fields_given(columns: Iterable[Any]) -> frozenset[str]:
    """The fields of households that these exports have; `columns` are those of their sheets."""
    return frozenset(name for sheet in columns for name in sheet.get("household", ()))
