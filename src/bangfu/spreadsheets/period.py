"""The time that a list's rows speak of, from its title or from the rows themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bangfu.spreadsheets.layouts import STATED, Period

_TERM = re.compile(r"(20\d\d)\s*(?:-20\d\d)?[年-]?(?:学年)?\s*(?:第?([一二12])学期|(春|秋)[季期]?(?:学期)?)")
_MONTH = re.compile(r"(20\d\d)\s*[-年./]\s*(\d{1,2})(?:[-./]\d{1,2})?(?:\s|月|$)")
_YEAR = re.compile(r"(20\d\d)\s*(?:年度?)?$")
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
    if period.kind == STATED:
        return _stated_columns(period, columns, count)
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


def stated_period(text: str | None) -> tuple[str, str, int | None, int | None] | None:
    """Kind, period, first and last month of what a row says: 2019秋季, 2019-05, 2019, 一次. None for nothing of these."""
    said = (text or "").strip()
    if said.startswith("一次"):
        return "once", "一次", None, None
    if found := _TERM.match(said):
        season = "秋季" if found[2] in ("一", "1") or found[3] == "秋" else "春季"
        # the second term of a school year is the spring of the next
        year = int(found[1]) + (found[2] in ("二", "2"))
        first, last = _TERMS[season]
        return "term", f"{year}{season}", year * 100 + first, _plus(year * 100 + 1, last - 1)
    if (found := _MONTH.match(said)) and 1 <= int(found[2]) <= 12:
        month = int(found[1]) * 100 + int(found[2])
        return "month", f"{found[1]}-{int(found[2]):02d}", month, month
    if found := _YEAR.match(said):
        return "year", found[1], int(found[1]) * 100 + 1, int(found[1]) * 100 + 12
    return None


def _stated_columns(period: Period, columns: Mapping[str, list[Any]], count: int) -> dict[str, list[Any]]:
    """A row that says nothing is of its payment's month, once; what nobody can read stays as it is written."""
    rows = []
    for row in range(count):
        text, start = _cell(columns, period.text, row), _cell(columns, period.start, row)
        paid = start // 100 if start else None
        said = stated_period(text)
        if said is None:
            rows.append((None, text, None, None) if text else ("once", "一次", paid, paid))
        else:
            rows.append((*said[:2], said[2] or paid, said[3] or paid))
    names = ("period_kind", "period", "period_from", "period_to")
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


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
