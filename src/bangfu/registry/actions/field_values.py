"""What a source says of a field, kept beside the register's own columns, which stay as they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import Row, batched, rows_of
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.canonical import canonical_text
from bangfu.registry.field_values import COMPARED, NATIONAL, FieldKey, Held, fields_of, national_kept, said_by
from bangfu.registry.models import FieldValue, Household, Person

SOURCES = (NATIONAL, "档案", "实际", "手册")
EXPORT = "batch"
"""The kind of a transaction whose values of register columns are what the national system says."""


@dataclass(frozen=True)
class Said:
    """A source's value of a field, as `canonical_text`, on a day (yyyymmdd); `src`, `src_row`: its list and row."""

    key: FieldKey
    source: str
    value: str | None
    on: int | None = None
    by: str | None = None
    src: int | None = None
    src_row: int | None = None


def say(change: Writing, values: Sequence[Said]) -> int:
    """Keeps what sources say; the number of rows added or changed.

    The same source, field and day again takes the place of what it said. Refused: a field that the register does
    not keep, an unknown source, an owner who is not on file, the same twice among them, an empty value that is not
    the national one.
    """
    known = _known(values)
    owners = _there(values)
    reasons, seen = [], set()
    for number, item in enumerate(values):
        place = (item.key, item.source, item.on)
        if why := _refusal(item, owners):
            reasons.append(Reason(number, why))
        elif place in seen:
            reasons.append(Reason(number, f"{item.source}对 {item.key.field} 在 {item.on} 说了两次"))
        seen.add(place)
    refuse("指标来源值", reasons)
    old, new = {}, []
    for item in values:
        held = known[item.source].get((item.key, item.on))
        if held is None:
            new.append(_row(item))
        elif (held.value, held.by) != (item.value, item.by):
            old[held.id] = _told(item)
    change.change(FieldValue, old)
    change.create(FieldValue, new)
    return len(old) + len(new)


def withdraw_values(change: Writing, ids: Sequence[int]) -> None:
    """Takes values away; the journal keeps them."""
    change.remove(FieldValue, ids)


def keep_national(change: Writing, model: type[Fact], changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Before columns change by anything but an export: keeps what the national system still says of them.

    Rows that no list brought have no national value.
    """
    if change.source.kind == EXPORT or not changes:
        return
    fields, now = fields_of(model.table), rows_of(model, list(changes))
    found = [
        Said(
            _key(model.table, name, row),
            NATIONAL,
            canonical_text(fields[name], row[name]),
            None,
            None,
            *_list(row),
        )
        for row in now.values()
        if row["src"] is not None
        for name, value in changes[row["id"]].items()
        if name in fields and row[name] != value
    ]
    owners = [item.key.owner for item in found]
    kept = national_kept(*(([], owners) if model is Person else (owners, [])))
    say(change, [item for item in found if item.key not in kept])


def _key(table: str, name: str, row: Row) -> FieldKey:
    if table == "annual_record":
        return FieldKey(table, name, row["household_key"], row["data_year"])
    return FieldKey(table, name, row["id"])


def _list(row: Row) -> tuple[int, int | None]:
    return row["src"], row["src_row"]


def _refusal(item: Said, owners: Mapping[str, set[int]]) -> str | None:
    key = item.key
    if key.table not in COMPARED or key.field not in fields_of(key.table):
        return f"台账没有指标 {key.table}.{key.field}"
    if item.source not in SOURCES:
        return f"没有来源“{item.source}”,可用的有 {'、'.join(SOURCES)}"
    if (key.year is None) == (key.table == "annual_record"):
        return f"{key.field} 的年度 {key.year} 不对:年度记录的指标要有年度,别的没有"
    if key.owner not in owners[_owner_column(key)]:
        return f"没有编号为 {key.owner} 的{'人' if key.table == 'person' else '户'}"
    if item.source != NATIONAL and (item.value is None or item.on is None):
        return f"{item.source}的 {key.field} 没有值或日期"
    return None


def _known(values: Sequence[Said]) -> dict[str, dict[tuple[FieldKey, int | None], Held]]:
    """By source, what is on file of the owners."""
    owners: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for item in values:
        owners[item.source][_owner_column(item.key)].append(item.key.owner)
    return {source: said_by(source, by["household_key"], by["person_key"]) for source, by in owners.items()}


def _there(values: Sequence[Said]) -> dict[str, set[int]]:
    """Of the owners those on file, by the column that names them."""
    found: dict[str, set[int]] = {}
    for column, model in (("household_key", Household), ("person_key", Person)):
        wanted = list({item.key.owner for item in values if _owner_column(item.key) == column})
        found[column] = {
            row
            for some in batched(wanted)
            for row in model._default_manager.filter(id__in=some).values_list("id", flat=True)
        }
    return found


def _owner_column(key: FieldKey) -> str:
    return "person_key" if key.table == "person" else "household_key"


def _row(item: Said) -> dict[str, Any]:
    return {
        _owner_column(item.key): item.key.owner,
        "field_table": item.key.table,
        "field_name": item.key.field,
        "data_year": item.key.year,
        "source_kind": item.source,
        "said_on": item.on,
        **_told(item),
    }


def _told(item: Said) -> dict[str, Any]:
    return {"value": item.value, "said_by": item.by, "src": item.src, "src_row": item.src_row}
