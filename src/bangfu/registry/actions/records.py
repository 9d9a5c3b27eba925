"""Records of a year: a household's, a person's, a village's. A closed year is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import batched, columns
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.actions.field_values import keep_national
from bangfu.registry.models import AnnualRecord, FrozenYear, PersonRecord, VillageRecord
from bangfu.registry.queries import frozen_years

CORRECTION = "correction"
"""The kind of a transaction that may change a frozen year."""
_OWNERS: dict[type[Fact], str] = {
    AnnualRecord: "household_key",
    PersonRecord: "person_key",
    VillageRecord: "village_key",
}


def put_annual_records(change: Writing, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Writes households' records of a year, adding or changing them; the ids, in order.

    Each row names `household_key` and `data_year`. Columns that a row lacks are left alone. Refused: a year that is
    frozen, unless this is a correction that gives its reason; a second row of the same household and year.
    """
    return _put(change, AnnualRecord, rows)


def put_person_records(change: Writing, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The same of persons: each row names `person_key` and `data_year`."""
    return _put(change, PersonRecord, rows)


def put_village_records(change: Writing, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The same of villages: each row names `village_key` and `data_year`."""
    return _put(change, VillageRecord, rows)


def past_person(row: Mapping[str, Any], household: int | None) -> dict[str, Any]:
    """A person's row as the record of its year."""
    return {**_past(PersonRecord, row), "person_key": row["id"], "household_key": household}


def past_village(row: Mapping[str, Any]) -> dict[str, Any]:
    """A village's row as the record of its year."""
    return {**_past(VillageRecord, row), "village_key": row["id"]}


def _past(table: type[Fact], row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in columns(table) if name in row and name != "id"}


def freeze_year(change: Writing, year: int) -> None:
    """Closes a year: its records change only by a correction that says why. Refused: a year that is closed."""
    if year in frozen_years():
        refuse("封存", [Reason(0, f"{year} 年度已经封存")])
    change.create(FrozenYear, [{"data_year": year}])


def _put(change: Writing, table: type[Fact], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    owner = _OWNERS[table]
    is_correction = change.source.kind == CORRECTION and change.reason.strip()
    frozen = frozenset() if is_correction else frozen_years()
    reasons, keys = [], set()
    for number, row in enumerate(rows):
        key = (row[owner], row["data_year"])
        if row["data_year"] in frozen:
            reasons.append(Reason(number, f"{row['data_year']} 年度已经封存,只能作为更正来改,并写明理由"))
        if key in keys:
            reasons.append(Reason(number, f"{row['data_year']} 年度的记录重复"))
        keys.add(key)
    refuse("年度记录", reasons)
    known = _known(table, owner, rows)
    old = {
        known[row[owner], row["data_year"]]: row for row in rows if (row[owner], row["data_year"]) in known
    }
    if table is AnnualRecord:
        keep_national(change, table, old)
    change.change(table, old)
    new = [row for row in rows if (row[owner], row["data_year"]) not in known]
    made = dict(zip(((row[owner], row["data_year"]) for row in new), change.create(table, new), strict=True))
    ids = {**known, **made}
    return [ids[row[owner], row["data_year"]] for row in rows]


def _known(table: type[Fact], owner: str, rows: Sequence[Mapping[str, Any]]) -> dict[tuple[int, int], int]:
    found: dict[tuple[int, int], int] = {}
    owners = list(dict.fromkeys(row[owner] for row in rows))
    name = f"{owner.removesuffix('_key')}_id"
    for some in batched(owners):
        kept = table._default_manager.filter(**{f"{name}__in": some})
        for row, key, year in kept.values_list("id", name, "data_year"):
            found[key, year] = row
    return found
