"""Arithmetic on dates held as yyyymmdd and months held as yyyymm, for the reference evaluator."""

from __future__ import annotations

from datetime import date

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_month(value: int) -> bool:
    """A held date has eight digits, a held month six."""
    return value < 1_000_000


def days_in_month(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else _MONTH_DAYS[month - 1]


def is_calendar_day(value: int) -> bool:
    year, month, day = value // 10000, value // 100 % 100, value % 100
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def month_index(value: int) -> int:
    """Months since year 0 of a date or month."""
    month = value if is_month(value) else value // 100
    return month // 100 * 12 + month % 100 - 1


def day_of(value: int) -> int:
    return 1 if is_month(value) else value % 100


def months_between(start: int, end: int) -> int:
    """Complete months from start to end, toward zero."""
    months = month_index(end) - month_index(start)
    if months > 0 and day_of(end) < day_of(start):
        return months - 1
    if months < 0 and day_of(end) > day_of(start):
        return months + 1
    return months


def years_between(start: int, end: int) -> int:
    """Complete years from start to end, toward zero."""
    return int(months_between(start, end) / 12)


def days_between(start: int, end: int) -> int:
    return (_day(end) - _day(start)).days


def _day(value: int) -> date:
    return date(value // 10000, value // 100 % 100, value % 100)


def add_months(value: int, months: int) -> int | None:
    """The same day `months` later, or that month's last day when it is shorter; None outside years 1 to 9999."""
    index = month_index(value) + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    if is_month(value):
        return year * 100 + month + 1
    return year * 10000 + (month + 1) * 100 + min(value % 100, days_in_month(year, month + 1))
