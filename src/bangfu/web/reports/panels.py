"""The parts of the dashboard: each a table whose numbers lead to their rows, with a chart that shows it at a glance."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bangfu.findings import queries as findings
from bangfu.findings.queries import FindingFilter
from bangfu.policy.families import family_name, family_of
from bangfu.policy.language.types import unscaled
from bangfu.policy.model import VILLAGE, Indicator
from bangfu.registry.scope import Scope
from bangfu.reporting.queries.totals import totals
from bangfu.terms.divisions import area_prefix
from bangfu.web.findings.filters import query_of
from bangfu.web.reports.figures import Looked, broken_down, chart_of, figure_address, over_time
from bangfu.web.reports.grid import Chart, Grid, Head, Line, Number, Series
from bangfu.web.templatetags.addresses import address_of
from bangfu.web.templatetags.words import figured

MEASURES = (
    *("benefit_amount", "benefit_times", "visits", "loans_granted_amount", "loans_settled_amount"),
    *("members_joined", "members_left", "status_changes", "monitoring_started", "risk_removed_households"),
)
"""What the table of villages and months can show, as far as the rulebook has it."""
_BARS = 20
_LINES = (("exit_standard", "脱贫标准"), ("monitoring_line", "监测线"))


@dataclass(frozen=True)
class Panel:
    """`note` says what to know of it in a line; `link` leads to more."""

    id: str
    title: str
    grid: Grid
    chart: Chart | None = None
    note: str = ""
    link: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(number.value for line in self.grid.lines for number in line.numbers)


def measures(looked: Looked) -> list[Indicator]:
    """What the table of villages and months can show."""
    known = looked.policy.indicators
    return [
        known[name]
        for name in MEASURES
        if name in known and {VILLAGE, "month"} <= set(known[name].dimensions)
    ]


def of_months(looked: Looked, measure: Indicator) -> Panel:
    grid = over_time(looked, measure, "month", by=VILLAGE)
    title = f"各村各月{measure.name}（{measure.unit}）"
    address = figure_address(measure.id, looked.asked.narrowed(by=VILLAGE, label=""))
    return Panel("months", title, grid, note="颜色越深数越大，点数字看明细", link=f"{address}&every=month")


def of_benefits(looked: Looked) -> Panel | None:
    """The largest amount first; programmes that paid nothing are left out."""
    wanted = _known(looked, "benefit_amount", "benefit_persons", "benefit_times")
    if not wanted:
        return None
    grid = broken_down(looked, wanted, "programme")
    lines = sorted(
        (line for line in grid.lines if any(one.value for one in line.numbers)),
        key=lambda line: -(line.numbers[0].value or Decimal(0)),
    )
    grid = replace(grid, first="补助项目", lines=tuple(lines))
    chart = chart_of(replace(grid, lines=grid.lines[:_BARS]), wanted[0].name, "元", is_lying=True)
    note = "" if len(lines) <= _BARS else f"图上是金额最大的 {_BARS} 项，其余见表"
    link = figure_address(wanted[0].id, looked.asked.narrowed(by="programme", label=""))
    return Panel("benefits", f"各项补助，{looked.asked.in_words}", grid, chart, note, link)


def of_incomes(looked: Looked) -> Panel | None:
    """Bands of income, against the lines in force on the day."""
    wanted = _known(looked, "poor_households", "poor_population")
    if not wanted or "income_group" not in wanted[0].dimensions:
        return None
    grid = broken_down(looked, wanted, "income_group")
    limits = [upper_limit(line.name) for line in grid.lines]
    lines = dict(_lines_in_force(looked))
    lowest = max(lines.values(), default=Decimal(0))
    below = [limit is not None and limit <= lowest for limit in limits]
    told = [replace(line, tag="线以下" if low else "") for line, low in zip(grid.lines, below, strict=True)]
    grid = replace(grid, lines=tuple(told))
    chart = chart_of(grid, "户数", "户", is_lying=False)
    if chart is not None:
        marks = tuple((_place_of(amount, limits), f"{name} {amount:,f} 元") for name, amount in lines.items())
        labels = tuple(line.name.replace("元", "") for line in grid.lines)
        chart = replace(
            chart, labels=labels, marks=marks, tones=tuple("alarm" if low else "main" for low in below)
        )
    note = "，".join(f"{name} {amount:,f} 元" for name, amount in lines.items())
    link = figure_address(wanted[0].id, looked.asked.narrowed(by="income_group", label=""))
    return Panel("incomes", "建档立卡户人均纯收入分布", grid, chart, note or "当年的标准还没有公布", link)


def _place_of(amount: Decimal, limits: Sequence[Decimal | None]) -> float:
    """Where an amount lies among bands that end at these limits: 1.5 is the middle of the second."""
    before = Decimal(0)
    for place, limit in enumerate(limits):
        if limit is None or amount < limit:
            return place + (float((amount - before) / (limit - before)) if limit is not None else 0.0)
        before = limit
    return float(len(limits))


def upper_limit(label: str) -> Decimal | None:
    """Where a band of income ends, by its name: 5000元以下, 5000-7600元; None of the last, and of what is no band."""
    numbers = [Decimal(one) for one in re.findall(r"\d+", label)]
    return numbers[-1] if numbers and ("以下" in label or len(numbers) == 2) else None


def _lines_in_force(looked: Looked) -> Iterator[tuple[str, Decimal]]:
    """The lines known for the day and the place, from the lowest up."""
    run, found = looked.asked.run, []
    for name, words in _LINES:
        standard = looked.policy.standards.get(name)
        value = standard.at(run.as_of, area_prefix(run.place)) if standard else None
        if standard is not None and value is not None:
            found.append((words, unscaled(value.value, standard.type.kind).normalize()))
    yield from sorted(found, key=lambda one: one[1])


def of_loans(looked: Looked) -> Panel | None:
    """What is still owed, by the month in which it falls due; months before the day's are overdue."""
    wanted = _known(looked, "loans_open", "loans_outstanding")
    if not wanted or "due_month" not in wanted[0].dimensions:
        return None
    grid = broken_down(looked, wanted, "due_month")
    month = looked.asked.day[:7]
    told = [replace(line, tag="逾期" if line.name < month else "") for line in grid.lines]
    grid = replace(grid, first="到期月份", lines=tuple(told))
    chart = chart_of(replace(grid, lines=grid.lines[-24:]), "贷款余额", "元", column=1, is_lying=False)
    if chart is not None:
        chart = replace(chart, tones=tuple("alarm" if line.tag else "main" for line in grid.lines[-24:]))
    note = _overdue_in_words(looked)
    link = figure_address(wanted[0].id, looked.asked.narrowed(by="due_month", label=""))
    return Panel("loans", "贷款到期", grid, chart, note, link)


def _overdue_in_words(looked: Looked) -> str:
    """How much is overdue on the very day; months tell it only roughly."""
    wanted = _known(looked, "loans_overdue", "loans_overdue_amount")
    if not wanted:
        return ""
    found = totals(looked.asked.run, wanted, looked.asked.period, looked.scope)
    count, amount = (found[one.id].value or Decimal(0) for one in wanted)
    day = looked.asked.day
    return f"截至 {day} 逾期 {count:,f} 笔，{figured(amount, '元')} 元" if count else f"截至 {day} 没有逾期"


def of_projects(looked: Looked) -> Panel | None:
    wanted = _known(looked, "projects", "projects_investment_all", "projects_paid_all")
    if not wanted or "stage" not in wanted[0].dimensions:
        return None
    grid = replace(broken_down(looked, wanted, "stage"), first="阶段")
    chart = chart_of(grid, "项目数", "个", is_lying=True)
    link = figure_address(wanted[0].id, looked.asked.narrowed(by="stage", label=""))
    return Panel("projects", "项目到了哪一步", grid, chart, "", link)


_SEVERITIES: Mapping[str, tuple[str, str]] = {
    "error": ("错误", "alarm"),
    "suspicion": ("疑点", "warn"),
    "reminder": ("提醒", "soft"),
}


def of_findings(looked: Looked, scope: Scope) -> Panel:
    """Those there are now, by kinds of check; `scope` is of the right to see findings."""
    wanted = FindingFilter(village=looked.asked.village)
    sums: dict[str, dict[str, int]] = {}
    for one in findings.summary(scope, by="check", wanted=wanted):
        counts = sums.setdefault(family_of(str(one.key)), dict.fromkeys(_SEVERITIES, 0))
        for severity in _SEVERITIES:
            counts[severity] += one.by_severity.get(severity, 0)
    ordered = sorted(((sum(counts.values()), name) for name, counts in sums.items()), reverse=True)
    lines = [
        _of_family(looked, name, sums[name], replace(wanted, family=name)) for total, name in ordered if total
    ]
    heads = (Head("合计", "条"), *(Head(label, "条") for label, _ in _SEVERITIES.values()))
    whole = [
        Number(sum((line.numbers[at].value or Decimal(0) for line in lines), Decimal(0))) for at in range(4)
    ]
    grid = Grid("类别", heads, tuple(lines), Line("合计", tuple(whole)))
    labels, links = tuple(line.name for line in lines), tuple(line.link for line in lines)
    series = tuple(
        Series(label, tuple(line.numbers[at].value for line in lines), tone)
        for at, (label, tone) in enumerate(_SEVERITIES.values(), 1)
    )
    chart = Chart("现有疑点", labels, series, "条", links, is_lying=True) if lines else None
    note = "是现在的疑点，不是所选日期的；核实后才能认定为问题"
    return Panel("findings", "疑点按类别", grid, chart, note, address_of("findings"))


def _of_family(looked: Looked, family: str, counts: Mapping[str, int], wanted: FindingFilter) -> Line:
    numbers = (sum(counts.values()), *counts.values())
    link = f"{address_of('findings')}?{query_of(wanted)}"
    told = tuple(
        Number(Decimal(number), link if number and not at else "") for at, number in enumerate(numbers)
    )
    return Line(family_name(looked.policy, family), told, link)


PANELS: Mapping[str, Callable[[Looked], Panel | None]] = {
    "benefits": of_benefits,
    "incomes": of_incomes,
    "loans": of_loans,
    "projects": of_projects,
}
"""Those that need nothing but the count."""


def _known(looked: Looked, *names: str) -> Sequence[Indicator]:
    """All of these, where the rulebook has them and they were counted; else none."""
    known, counted = looked.policy.indicators, looked.asked.run.counted
    return [known[name] for name in names] if all(one in known and one in counted for one in names) else []
