"""A count is stored whole, and what a newer one has made needless is cleared away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection

from bangfu.engine.indicators.cells import ALL, Cell, last_day
from bangfu.policy.model import Policy
from bangfu.reporting.models import Figure, FigureRun

SNAPSHOTS = 6
"""Of how many runs the rows can be opened at once."""
DAYS = 31
"""Of how many days figures are kept, besides the ends of months."""
_CHUNK = 5_000
_COLUMNS = (
    *("run_id", "indicator", "period_start", "period_end", "is_of_village", "village_key", "cut", "label"),
    *("total", "count", "unknown", "value", "decimals"),
)


def keep(run: FigureRun, cells: Iterable[Cell], policy: Policy) -> None:
    """The caller holds the write lock. Cells without a row behind them are zero and need not be written."""
    run.save()
    listed = ", ".join(f'"{name}"' for name in _COLUMNS)
    marks = ", ".join(["%s"] * len(_COLUMNS))
    statement = f'INSERT INTO "{Figure._meta.db_table}" ({listed}) VALUES ({marks})'
    rows = (_row(run.pk, cell, policy) for cell in cells if _tells(cell))
    with connection.cursor() as cursor:
        while chunk := list(islice(rows, _CHUNK)):
            cursor.executemany(statement, chunk)
    _clear(run)


def _tells(cell: Cell) -> bool:
    return bool(cell.total or cell.count or cell.unknown) or (cell.cut == ALL and not cell.is_of_village)


def _row(run: int, cell: Cell, policy: Policy) -> tuple[Any, ...]:
    period = cell.period or (0, 0)
    decimals = policy.indicators[cell.indicator].decimals
    place = (cell.is_of_village, cell.village, cell.cut, cell.label)
    return (run, cell.indicator, *period, *place, cell.total, cell.count, cell.unknown, cell.value, decimals)


def _clear(run: FigureRun) -> None:
    """Earlier runs of the same day, and days long past that end no month."""
    loose = FigureRun.objects.filter(is_pinned=False).exclude(pk=run.pk)
    gone = list(loose.filter(as_of=run.as_of).values_list("pk", flat=True))
    others = loose.exclude(pk__in=gone).order_by("-pk").values_list("pk", "as_of")
    gone.extend(pk for pk, as_of in others[DAYS:] if not _ends_month(as_of))
    Figure.objects.filter(run__in=gone).delete()
    FigureRun.objects.filter(pk__in=gone).delete()


def _ends_month(day: int) -> bool:
    return day == last_day(day // 100)


def with_rows() -> Iterator[int]:
    """The runs whose snapshots stay."""
    yield from FigureRun.objects.order_by("-pk").values_list("pk", flat=True)[:SNAPSHOTS]
