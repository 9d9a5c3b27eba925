"""各村: what figures come to in each village, for those whose rows are too many to be listed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.engine.indicators.cells import Period
from bangfu.policy.model import VILLAGE
from bangfu.policy.references import Resolved
from bangfu.registry.scope import Scope
from bangfu.reporting.papers.answers import Answers
from bangfu.reporting.queries import table
from bangfu.reporting.queries.figures import is_stored
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Book, Column, write_table

NAME = "各村"
Values = Mapping[str, Decimal | None]


@dataclass(frozen=True)
class InVillages:
    """A figure in each village, by the villages' names in their order, and in all."""

    title: str
    decimals: int
    values: Values
    whole: Decimal | None


def in_villages(titles: Mapping[str, str], answers: Answers, scope: Scope) -> list[InVillages]:
    """Of references, with the title of each, those that are counted by village. A fixed number of queries for each period."""
    groups: dict[tuple[int, Period | None], list[str]] = defaultdict(list)
    for reference in titles:
        resolved = answers.resolved[reference]
        if _has_villages(resolved, answers):
            groups[resolved.as_of, _period(resolved)].append(reference)
    found: dict[str, Values] = {}
    for (day, period), some in groups.items():
        indicators = [answers.resolved[one].reference.indicator for one in some]
        lines = table(answers.runs[day], indicators, VILLAGE, period, scope=scope).lines
        for place, reference in enumerate(some):
            found[reference] = {name: line[place].value for name, line in lines}
    return [
        InVillages(
            title,
            answers.resolved[reference].reference.indicator.decimals,
            found[reference],
            answers.figures[reference].value,
        )
        for reference, title in titles.items()
        if reference in found
    ]


def _has_villages(resolved: Resolved, answers: Answers) -> bool:
    indicator, period = resolved.reference.indicator, _period(resolved)
    is_kept = period is None or is_stored(answers.runs[resolved.as_of], indicator, period)
    return is_kept and VILLAGE in indicator.dimensions and not resolved.reference.only


def _period(resolved: Resolved) -> Period | None:
    return Period(*resolved.period) if resolved.period and resolved.reference.indicator.is_flow else None


def write_villages(book: Book, figures: Sequence[InVillages]) -> None:
    """One line a village, one column a figure; what the whole comes to stands below."""
    columns: tuple[Column, ...] = (
        ("村", 14, "text"),
        *((one.title, 14, "decimal" if one.decimals else "integer") for one in figures),
    )
    write_table(
        book,
        NAME,
        columns,
        _lines(figures),
        note="明细只列出一部分的指标，各村的数在这里是全的",
        look=Look(total=("合计", *(one.whole for one in figures)), frozen=1),
    )


def _lines(figures: Sequence[InVillages]) -> Iterator[tuple[object, ...]]:
    names = dict.fromkeys(name for one in figures for name in one.values)
    for name in names:
        yield (name, *(one.values.get(name) for one in figures))
