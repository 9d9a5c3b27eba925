"""What a household received, a programme a row and a year a column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bangfu.ledger.sheets import Filled
from bangfu.office.words import open_value

YEARS = 6


@dataclass(frozen=True)
class Received:
    """Amounts in fen and how often, by year; None where nothing was received."""

    name: str
    years: tuple[tuple[int, int] | None, ...]
    total: int


@dataclass(frozen=True)
class ByProgramme:
    years: tuple[int, ...]
    rows: tuple[Received, ...]
    totals: tuple[int, ...]
    undated: int


def by_programme(sheets: Sequence[Filled]) -> ByProgramme | None:
    """Of what was paid; rows without a year that can be told are counted in `undated`. None where there is nothing."""
    found: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    undated = 0
    for row in (row for one in sheets for row in one.rows):
        year = _year(row["paid_on"], row["period"])
        if year is None:
            undated += 1
        else:
            name = open_value("benefit", "programme", row["programme"]) or "未写明的项目"
            found[name][year].append(row["amount"] or 0)
    years = tuple(sorted({year for by_year in found.values() for year in by_year})[-YEARS:])
    if not years:
        return None
    rows = tuple(
        Received(
            name,
            tuple((sum(amounts), len(amounts)) if (amounts := by_year.get(year)) else None for year in years),
            sum(sum(by_year[year]) for year in years if year in by_year),
        )
        for name, by_year in sorted(found.items())
    )
    totals = tuple(sum(one[0] for row in rows if (one := row.years[place])) for place in range(len(years)))
    return ByProgramme(years, rows, totals, undated)


def _year(paid_on: int | None, period: str | None) -> int | None:
    if paid_on is not None:
        return paid_on // 10000
    return int(period[:4]) if period and period[:4].isdecimal() else None
