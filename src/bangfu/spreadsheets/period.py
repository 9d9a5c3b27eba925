"""The time that a list's rows speak of, from its title or from the rows themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bangfu.spreadsheets.layouts import Period

_TERMS = {"春季": (2, 7), "秋季": (8, 13)}  # month 13 is January of the next year


def year_of_title(title: str) -> int | None:
    """The last year that the title names, so that 2020-2023年 speaks of 2023."""
    years = re.findall(r"(20\d\d)(?=年|春|秋|学|\b|-|_)", title)
    return int(years[0]) if len(set(years)) == 1 else (int(max(years)) if years else None)


def season_of_title(title: str) -> str | None:
    return next((season for season in _TERMS if season in title or season[0] + "期" in title), None)


def month_of_title(title: str) -> int | None:
    """The one month that a monthly list names (2023年5月发放名册), not a range and not a day."""
    found = re.search(r"20\d\d年(\d{1,2})月(?![\d日])", title)
    return int(found[1]) if found and 1 <= int(found[1]) <= 12 else None


def period_columns(
    period: Period, columns: Mapping[str, list[Any]], title: str, count: int, default_year: int | None
) -> dict[str, list[Any]]:
    """period_kind, period, period_from and period_to of every row; missing where the list does not say."""
    year, season = year_of_title(title) or default_year, period.season or season_of_title(title)
    month = month_of_title(title)
    rows = [_row(period, columns, row, year, season, month) for row in range(count)]
    labels, starts, ends = ([row[i] for row in rows] for i in range(3))
    return {
        "period_kind": [period.kind] * count,
        "period": labels,
        "period_from": starts,
        "period_to": ends,
    }


def _row(
    period: Period,
    columns: Mapping[str, list[Any]],
    row: int,
    year: int | None,
    season: str | None,
    month: int | None,
) -> tuple[str | None, int | None, int | None]:
    if period.year is not None:
        year = _cell(columns, period.year, row) or year
    start = _cell(columns, period.start, row)
    if period.kind == "once":
        month = start // 100 if start and start > 1_000_000 else start
        return (
            "一次",
            month or (year * 100 + 12 if year else None),
            month or (year * 100 + 12 if year else None),
        )
    if year is None:
        return None, None, None
    if period.kind == "term":
        if season is None:
            return str(year), year * 100 + 1, year * 100 + 12
        first, last = _TERMS[season]
        return f"{year}{season}", year * 100 + first, _plus(year * 100 + 1, last - 1)
    begin = year * 100 + 1
    if start:
        begin = max(begin, start // 100 if start > 1_000_000 else start)
    months = _cell(columns, period.months, row)
    if period.months is None or period.months not in columns:
        if period.kind == "month" and month is not None:
            return f"{year}-{month:02d}", year * 100 + month, year * 100 + month
        return str(year), begin, year * 100 + 12
    if months is None:
        return str(year), begin, year * 100 + 12
    return str(year), begin, _plus(begin, int(months) - 1) if months > 0 else None


def _cell(columns: Mapping[str, list[Any]], name: str | None, row: int) -> Any:
    return columns[name][row] if name is not None and name in columns else None


def _plus(month: int, months: int) -> int:
    index = month // 100 * 12 + month % 100 - 1 + months
    return index // 12 * 100 + index % 12 + 1
