"""The rows behind a figure, as the reader may see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.asking import Ask, Asking, CountedRow, Part
from bangfu.engine.indicators.cells import Period
from bangfu.engine.wording import shown
from bangfu.office.masking import masked, number_kind
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import of_field
from bangfu.policy.model import VILLAGE, Indicator, Policy
from bangfu.policy.references import Resolved
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.reporting.models import FigureRun
from bangfu.reporting.opening import asking_of
from bangfu.terms.model import Field, Table

_NAMES = ("full_name", "head_name", "project_name", "workshop_name", "asset_name", "title", "helper_name")
_MOST_FIELDS = 10
_CHUNK = 5_000


@dataclass(frozen=True)
class OpenedColumn:
    """A column of the rows; `field` where it is one of the table's own."""

    label: str
    field: Field | None = None


@dataclass(frozen=True)
class OpenedRow:
    """A row as it is shown. Its keys lead to the register; numbers of persons are masked."""

    row_key: int
    household: int | None
    village: int | None
    cells: tuple[str, ...]
    values: tuple[Any, ...]
    """What is summed of it or counted once, as it is held."""


@dataclass(frozen=True)
class Opened:
    """The rows that an indicator counts. `of` names the indicator they belong to: a ratio opens to its numerator."""

    of: str
    table: str
    columns: tuple[OpenedColumn, ...]
    rows: tuple[OpenedRow, ...]
    has_more: bool


def rows_of(
    run: FigureRun,
    resolved: Resolved,
    scope: Scope = EVERYTHING,
    *,
    limit: int = 100,
    after: int = -1,
) -> Opened:
    """The rows behind a figure in the reader's scope, in the order of their keys, from the one after `after` on.

    Without a scope that narrows it they are exactly those that the figure counts. UserError where the snapshot is gone or
    the rulebook is another by now, and for a village that there is not.
    """
    with asking_of(run) as asking:
        return rows_read(asking, resolved, scope, limit=limit, after=after)


def rows_read(
    asking: Asking, resolved: Resolved, scope: Scope = EVERYTHING, *, limit: int = 100, after: int = -1
) -> Opened:
    """The same on a snapshot that is open: who opens many figures opens it once."""
    return _opened(asking, _narrowed(asking.ask(resolved), scope), limit, after)


def rows_of_indicator(
    run: FigureRun,
    indicator: Indicator,
    period: Period | None,
    only: Sequence[tuple[str, str | None]] = (),
    *,
    villages: frozenset[int | None] | None = None,
    scope: Scope = EVERYTHING,
    limit: int = 100,
    after: int = -1,
) -> Opened:
    """The same for a cell of a table or chart, whose village and label need not have a name."""
    with asking_of(run) as asking:
        ask = Ask(indicator.id, period if indicator.is_flow else None, tuple(only), villages)
        return _opened(asking, _narrowed(ask, scope), limit, after)


def _narrowed(ask: Ask, scope: Scope) -> Ask:
    if scope.is_everything:
        return ask
    reach: tuple[Part, ...] = tuple(
        (part.villages, part.households) for part in scope.parts if part.departments is None
    )
    return Ask(ask.indicator, ask.period, ask.only, ask.villages, reach)


def _opened(asking: Asking, ask: Ask, limit: int, after: int) -> Opened:
    indicator = asking.opened(ask)
    if indicator is None:
        return Opened(ask.indicator, "", (), (), False)
    counted = asking.rows(ask, limit=limit + 1, after=after)
    table = asking.policy.terms.table(indicator.table)
    fields = list(_fields(indicator, table, asking.policy))
    columns = (
        OpenedColumn("村"),
        OpenedColumn("户编号"),
        OpenedColumn("姓名(名称)"),
        *(OpenedColumn(one.label, one) for one in fields),
    )
    rows = tuple(_rows(asking, table, fields, counted[:limit]))
    return Opened(indicator.id, table.name, columns, rows, len(counted) > limit)


def _fields(indicator: Indicator, table: Table, policy: Policy) -> Iterator[Field]:
    """What the indicator reads of the row itself, what tells it from others first; never a hidden identity of a person."""
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
    told = [
        name
        for name in names
        if name in table.fields and name not in (*_NAMES, "beneficiary", "village_name")
    ]
    yield from (table.fields[name] for name in told[:_MOST_FIELDS])


def _rows(
    asking: Asking, table: Table, fields: Sequence[Field], counted: Sequence[CountedRow]
) -> Iterator[OpenedRow]:
    dataset, policy = asking.dataset, asking.policy
    for start in range(0, len(counted), _CHUNK):
        part = counted[start : start + _CHUNK]
        values = {row.row_key: row.values for row in part}
        listed = ", ".join(map(str, values))
        for key, household, village, *cells in dataset.connection.execute(
            _sql(dataset, table, fields, listed)
        ).fetchall():
            shown_cells = (_cell(field, cell, policy) for field, cell in zip(fields, cells[3:], strict=True))
            told = (*(str(cell or "") for cell in cells[:3]), *shown_cells)
            yield OpenedRow(key, household, village, told, values[key])


def _sql(dataset: Dataset, table: Table, fields: Sequence[Field], keys: str) -> str:
    """The rows with village, household and name beside them, through whatever links the table has."""
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
        f"FROM {dataset.relations[table.name]} t{joins} WHERE t.row_key IN ({keys}) ORDER BY t.row_key"
    )


def _cell(field: Field, value: Any, policy: Policy) -> str:
    if value is None:
        return ""
    if field.codes == "programme" and value in policy.programmes:
        return policy.programmes[value].name
    kind = number_kind(field)
    if kind is not None:
        return masked(kind, str(value))
    return shown(value, of_field(field.type, field.codes).kind)
