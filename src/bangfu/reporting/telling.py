"""What the rows of a snapshot say, as people read it: whose they are, and the fields that an indicator reads."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.wording import shown
from bangfu.office.masking import masked, number_kind
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import of_field
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.terms.model import Field, Table

HEADINGS = ("村", "户编号", "姓名(名称)")
_NAMES = ("full_name", "head_name", "project_name", "workshop_name", "asset_name", "title", "helper_name")
_MOST_FIELDS = 10
_PICKED = "picked_rows"


@dataclass(frozen=True, slots=True)
class Told:
    """A row: keys of its household and village, what stands in HEADINGS, and the fields asked for in words."""

    household: int | None
    village: int | None
    heading: tuple[str, ...]
    cells: tuple[str, ...]


def fields_told(indicator: Indicator, policy: Policy) -> list[Field]:
    """What an indicator reads of the row itself, what tells it from others first; never a hidden identity of a person."""
    table = policy.terms.table(indicator.table)
    known = policy.dimensions.get(table.name, {})
    read = (
        indicator.where,
        indicator.on,
        *indicator.of,
        *(known[x].of for x in indicator.dimensions if x in known),
    )
    names = dict.fromkeys(table.identity)
    for node in filter(None, read):
        names.update((x.field, None) for x in n.walk(node) if isinstance(x, n.FieldRef) and not x.path)
    left = (*_NAMES, "beneficiary", "village_name")
    told = [name for name in names if name in table.fields and name not in left]
    return [table.fields[name] for name in told[:_MOST_FIELDS]]


def rows_told(
    dataset: Dataset, policy: Policy, table: str, fields: Sequence[Field], keys: Collection[int]
) -> dict[int, Told]:
    """By key, rows of a table. Numbers of persons are masked. One query, however many rows and fields."""
    if not keys:
        return {}
    declared = policy.terms.table(table)
    _pick(dataset, declared, fields, keys)
    tellers = [cache(_teller(field, policy)) for field in fields]  # most values stand in many rows
    rows = dataset.connection.execute(_sql(dataset, declared, fields)).fetchall()
    return {
        key: Told(
            household,
            village,
            (str(place or ""), str(number or ""), str(name or "")),
            tuple(tell(value) for tell, value in zip(tellers, values, strict=True)),
        )
        for key, household, village, place, number, name, *values in rows
    }


def _pick(dataset: Dataset, table: Table, fields: Sequence[Field], keys: Collection[int]) -> None:
    """The rows alone in a table of their own: joined to as many others, they and not a million persons are looked up."""
    names = [one.name for one in fields] + [name for name in _NAMES if name in table.fields]
    links = [f"{owner}_key" for owner in table.links if owner in ("person", "household", "village")]
    columns = ", ".join(f'"{name}"' for name in dict.fromkeys(["row_key", *links, *names]))
    listed = ",".join(map(str, sorted(keys)))  # a list DuckDB would take item by item, for minutes
    dataset.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {_PICKED} AS SELECT {columns} FROM {dataset.relations[table.name]} "
        "WHERE row_key IN (SELECT CAST(unnest(string_split(?, ',')) AS BIGINT))",
        [listed],
    )


def _sql(dataset: Dataset, table: Table, fields: Sequence[Field]) -> str:
    """The rows picked, with village, household and name beside them, through whatever links the table has."""
    joins, homes, places, names = "", ["NULL"], ["NULL"], []
    if "person" in table.links and "person" in dataset.relations:
        joins += f" LEFT JOIN {dataset.relations['person']} p ON p.row_key = t.person_key"
        names.append("p.full_name")
        if "former_person" in dataset.relations:
            joins += f" LEFT JOIN {dataset.relations['former_person']} f ON f.row_key = t.person_key"
            names.append("f.full_name")
    own = {"household": "row_key", "village": "row_key"}
    home = (
        "t.row_key" if table.name == "household" else "t.household_key" if "household" in table.links else ""
    )
    if home and "household" in dataset.relations:
        joins += f" LEFT JOIN {dataset.relations['household']} h ON h.row_key = {home}"
        homes.insert(0, home)
        places.insert(0, "h.village_key")
        if "person" not in table.links:
            names.append("h.head_name")
    if "village" in table.links or table.name == "village":
        places.insert(0, f"t.{own['village'] if table.name == 'village' else 'village_key'}")
    names = [*(f't."{name}"' for name in _NAMES if name in table.fields), *names, "NULL"]
    village = f"coalesce({', '.join(places)})"
    named = "NULL"
    if VILLAGE in dataset.relations:
        joins += f" LEFT JOIN {dataset.relations[VILLAGE]} v ON v.row_key = {village}"
        named = "v.village_name"
    number = "h.nat_household_no" if " h ON " in joins else "NULL"
    listed = "".join(f', t."{one.name}"' for one in fields)
    return (
        f"SELECT t.row_key, {homes[0]}, {village}, {named}, {number}, coalesce({', '.join(names)}){listed} "
        f"FROM {_PICKED} t{joins}"
    )


def _teller(field: Field, policy: Policy) -> Callable[[Any], str]:
    hidden, kind = number_kind(field), of_field(field.type, field.codes).kind

    def tell(value: Any) -> str:
        if value is None:
            return ""
        if field.codes == "programme" and value in policy.programmes:
            return policy.programmes[value].name
        return shown(value, kind) if hidden is None else masked(hidden, str(value))

    return tell
