"""What a page of figures is asked for, as it stands in the address: the day, the period, the village, the breakdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from bangfu.engine.indicators.cells import Period
from bangfu.office.home import business_day
from bangfu.office.words import day_in_words
from bangfu.policy.model import Indicator
from bangfu.reporting.queries import run_of_day, runs
from bangfu.reporting.queries.totals import Run
from bangfu.web.days import typed_day

EVER = "ever"
_YEARS, _MONTHS, _YEARS_BACK = 6, 12, 10
_WHEN = re.compile(r"(\d{4})(?:-(\d{2}))?")


@dataclass(frozen=True)
class Asked:
    """`when` is 2019, 2019-05 or ever; `by` and `label` a dimension and its value, None: rows that have none."""

    run: Run
    when: str
    village: int | None = None
    by: str = ""
    label: str | None = ""

    @property
    def period(self) -> Period:
        return period_of(self.when, self.run.as_of)

    def of(self, indicator: Indicator) -> Period | None:
        return self.period if indicator.is_flow else None

    @property
    def day(self) -> str:
        """2020-04-22."""
        return day_in_words(self.run.as_of)

    @property
    def in_words(self) -> str:
        """The period, or with it the day that it reaches to."""
        return period_in_words(self.when, self.run.as_of)

    @property
    def query(self) -> str:
        """The address's part that asks for it; what goes without saying is left out."""
        told: dict[str, Any] = {"day": self.day}
        if self.when != this_year(self.run):
            told["period"] = self.when
        if self.village is not None:
            told["village"] = self.village
        if self.by:
            told["by"] = self.by
        if self.label is None:
            told["none"] = 1
        elif self.label:
            told["label"] = self.label
        return urlencode(told)

    @property
    def only(self) -> tuple[tuple[str, str | None], ...]:
        """The label asked for, as figures and rows are narrowed to it."""
        return ((self.by, self.label),) if self.by and self.label != "" else ()

    def narrowed(self, **changes: Any) -> Asked:
        return replace(self, **changes)


def asked(query: QueryDict) -> Asked | None:
    """None before anything was counted, and for a day that was not; what cannot be meant is left out."""
    day = typed_day(query.get("day", ""), "日期")
    if day is not None and day_in_words(day) not in days_offered():
        return None
    day = _newest_day() if day is None else day
    if day is None:
        return None
    run = run_of_day(day)
    village, when = query.get("village", ""), query.get("period", "")
    if not _is_period(when, run):
        when = this_year(run)
    label = None if query.get("none") else query.get("label", "")
    return Asked(
        run,
        when,
        int(village) if village.isdecimal() and len(village) < 18 else None,
        query.get("by", ""),
        label,
    )


def _newest_day() -> int | None:
    """The last day counted that has come; of days to come only where there is no other."""
    days = [one.as_of for one in runs()]
    today = business_day()
    return max((day for day in days if day <= today), default=min(days, default=None))


def this_year(run: Run) -> str:
    return str(run.as_of // 10000)


def period_of(when: str, as_of: int) -> Period:
    if when == EVER:
        return Period.until(as_of)
    year, _, month = when.partition("-")
    if month:
        return Period.of_month(int(year) * 100 + int(month), as_of)
    return Period.of_year(int(year), as_of)


def _is_period(when: str, run: Run) -> bool:
    """Of what figures are stored: since ever, ten years, and the months of the last three."""
    found = _WHEN.fullmatch(when)
    if found is None:
        return when == EVER
    year, month = int(found[1]), int(found[2] or 1)
    back = (run.as_of // 10000 - year) * 12 + run.as_of // 100 % 100 - month
    if found[2]:
        return 1 <= month <= 12 and 0 <= back < 36
    return run.as_of // 10000 - _YEARS_BACK < year <= run.as_of // 10000


def period_in_words(when: str, as_of: int) -> str:
    """2020 年（截至 4 月 22 日）, 2019 年, 2019 年 5 月, 截至 2020-04-22 累计."""
    if when == EVER:
        return f"截至 {day_in_words(as_of)} 累计"
    year, _, month = when.partition("-")
    if month:
        return f"{year} 年 {int(month)} 月"
    ended = int(year) * 10000 + 1231 <= as_of
    return f"{year} 年" if ended else f"{year} 年（截至 {as_of // 100 % 100} 月 {as_of % 100} 日）"


def periods_offered(run: Run, when: str) -> list[tuple[str, str]]:
    """What can be chosen; whatever else the address asks for is among them."""
    offered = dict(_offered(run))
    if when not in offered:
        offered[when] = period_in_words(when, run.as_of)
    return list(offered.items())


def _offered(run: Run) -> Iterator[tuple[str, str]]:
    year, month = run.as_of // 10000, run.as_of // 100 % 100
    for back in range(_YEARS):
        yield str(year - back), period_in_words(str(year - back), run.as_of)
    yield EVER, period_in_words(EVER, run.as_of)
    for back in range(_MONTHS):
        index = year * 12 + month - 1 - back
        when = f"{index // 12}-{index % 12 + 1:02}"
        yield when, period_in_words(when, run.as_of)


def days_offered() -> list[str]:
    """The days that were counted, the newest first."""
    return sorted({day_in_words(one.as_of) for one in runs()}, reverse=True)
