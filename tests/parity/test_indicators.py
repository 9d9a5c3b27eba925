"""Indicators on wild rows: the compiled SQL counts what the reference counts, and every cell is what its rows are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.asking import Ask, Asking
from bangfu.engine.indicators.cells import Cell, Period
from bangfu.engine.indicators.counting import Counted, count
from bangfu.engine.indicators.kept import KeptBases
from bangfu.engine.indicators.reference import tallied
from bangfu.engine.reference import Context, evaluate
from bangfu.policy.model import Indicator
from tests.parity.graph import Graph
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import Tables, dataset_of
from tests.parity.wild_register import WildRegister

AS_OF, PLACE = 20231218, "421281102"
SPAN = Period(20190301, 20231031)
SAMPLE = 400


@cache
def wild() -> WildRegister:
    return WildRegister(policy(), 800, seed=11)


@cache
def graph() -> Graph:
    return wild().graph(AS_OF)


@cache
def dataset() -> Dataset:
    return wild().dataset(dataset_of(policy().terms, {}))


_KEPT = TemporaryDirectory(prefix="bangfu-kept-")


@cache
def whole_count() -> Counted:
    return count(dataset(), policy(), AS_OF, PLACE, keep=Path(_KEPT.name) / "counted")


def cells() -> list[Cell]:
    return whole_count().cells


def rows(indicator: Indicator) -> Iterator[Mapping[str, Any]]:
    table = graph().rows[indicator.table]
    yield from (graph().row(indicator.table, table[place]) for place in range(len(table)))


def counted() -> list[Indicator]:
    return [one for one in policy().indicators.values() if one.is_counted]


def judged(indicator: Indicator, period: Period, only: list[Mapping[str, Any]]) -> tuple[int, int, int]:
    return tallied(indicator, only, Context(policy(), AS_OF, PLACE, period=period))


def test_every_indicator_counts_what_the_reference_counts() -> None:
    asking = Asking(dataset(), policy(), AS_OF, PLACE)
    found = asking.figures(Ask(one.id, SPAN if one.is_flow else None) for one in counted())
    wrong = []
    for indicator, cell in zip(counted(), found, strict=True):
        expected = judged(indicator, SPAN, list(rows(indicator)))
        if (cell.total, cell.count, cell.unknown) != expected:
            wrong.append(f"{indicator.id}: reference {expected}, DuckDB {cell}")
    assert wrong == []
    assert sum(cell.total != 0 for cell in found) > len(found) / 3
    assert sum(cell.unknown != 0 for cell in found) > len(found) / 3


def test_cells_of_villages_labels_and_times_are_those_of_their_rows() -> None:
    wrong = []
    chosen = [cell for cell in cells() if policy().indicators[cell.indicator].is_counted]
    for cell in Random(5).sample(chosen, SAMPLE):
        indicator = policy().indicators[cell.indicator]
        expected = judged(
            indicator, cell.period or SPAN, [row for row in rows(indicator) if is_in(row, cell)]
        )
        if (cell.total, cell.count, cell.unknown) != expected:
            wrong.append(f"{cell}: reference {expected}")
    assert wrong == []


def is_in(row: Mapping[str, Any], cell: Cell) -> bool:
    """Whether a row belongs to the village and has the label of a cell."""
    if cell.is_of_village and village_of(row, cell.indicator) != cell.village:
        return False
    if not cell.cut:
        return True
    table = policy().indicators[cell.indicator].table
    dimension = policy().dimensions[table][cell.cut]
    value = evaluate(dimension.of, row, Context(policy(), AS_OF, PLACE))
    if dimension.of.type.kind == "codes":
        return value is not None and cell.label in value.split(",")
    if isinstance(value, bool):
        value = "是" if value else "否"
    return (None if value is None else str(value)) == cell.label


def village_of(row: Mapping[str, Any], indicator: str) -> Any:
    table = policy().terms.table(policy().indicators[indicator].table)
    if table.name == "village":
        return row["row_key"]
    if "village" in table.links:
        return row["village_key"]
    household = row["household"] if "household" in table.relations else None
    return None if household is None else household["village_key"]


def test_every_cell_is_asked_alone_as_it_was_counted() -> None:
    asking = Asking(dataset(), policy(), AS_OF, PLACE)
    chosen = Random(6).sample([cell for cell in cells() if not is_standard(cell)], SAMPLE)
    asked = asking.figures(ask_of(cell) for cell in chosen)
    assert [
        (one, other)
        for one, other in zip(chosen, asked, strict=True)
        if (one.total, one.count, one.unknown, one.value)
        != (other.total, other.count, other.unknown, other.value)
    ] == []


def test_rows_that_a_figure_opens_to_come_to_the_figure() -> None:
    """From what the count kept; the figures of the other tests are judged anew."""
    kept = KeptBases(Path(_KEPT.name) / "counted", whole_count().indicators)
    asking = Asking(dataset(), policy(), AS_OF, PLACE, kept)
    totals = [cell for cell in cells() if not cell.cut and not cell.is_of_village]
    if not os.environ.get("BANGFU_SOAK"):
        totals = list({cell.indicator: cell for cell in totals}.values())
    chosen = [*Random(7).sample(cells(), SAMPLE), *totals]
    asking.figures(ask_of(cell) for cell in chosen)  # reads every table once
    for cell in chosen:
        ask = ask_of(cell)
        indicator = asking.opened(ask)
        if indicator is None:
            assert asking.rows(ask) == []
            continue
        assert come_to(indicator, [row.values for row in asking.rows(ask)]) == cell.total, cell
    assert all(base.is_kept for base in asking.bases())


def come_to(indicator: Indicator, values: list[tuple[Any, ...]]) -> int:
    if indicator.measure == "rows":
        return len(values)
    known = [value for value in values if None not in value]
    return len(set(known)) if indicator.measure == "distinct" else sum(value[0] for value in known)


def is_standard(cell: Cell) -> bool:
    return policy().indicators[cell.indicator].measure == "standard"


def ask_of(cell: Cell) -> Ask:
    only = ((cell.cut, cell.label),) if cell.cut else ()
    return Ask(cell.indicator, cell.period, only, frozenset({cell.village}) if cell.is_of_village else None)


def test_examples_of_every_indicator_give_their_numbers_from_the_compiled_sql() -> None:
    wrong = []
    for indicator in policy().indicators.values():
        for tally in indicator.examples:
            tables = Tables(policy().terms)
            for number, row in enumerate(tally.given):
                tables.add_subject(indicator.table, row, number)
            share_owners(tables, indicator, tally.given)
            asking = Asking(tables.dataset(tally.as_of), policy(), tally.as_of, tally.place)
            period = Period(*tally.period) if indicator.is_flow else None
            [cell] = asking.figures([Ask(indicator.id, period)])
            got = None if cell.value is None else Decimal(cell.value).scaleb(-indicator.decimals)
            if got != Decimal(tally.expect):
                wrong.append(
                    f"{indicator.file}:{tally.line}: {indicator.id} expected {tally.expect}, DuckDB {got}"
                )
    assert wrong == []


def share_owners(tables: Tables, indicator: Indicator, given: tuple[Mapping[str, Any], ...]) -> None:
    """Examples number households and persons across rows; tables number them by row."""
    if not indicator.owner:
        return
    flat = {row["row_key"]: row for row in tables.rows[indicator.table]}
    for number, row in enumerate(given):
        owner = row.get(indicator.owner)
        if owner is not None and "row_key" in owner:
            flat[(number + 1) * 1000 + 100][f"{indicator.owner}_key"] = owner["row_key"] + 1000
