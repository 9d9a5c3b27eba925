"""A comparison in words, as JSON, and as comments at the places of a marked copy."""

from __future__ import annotations

from typing import Any

from bangfu.documents.files.source import Mark
from bangfu.documents.reading.quantity import plain
from bangfu.documents.verification import Verification
from bangfu.engine.indicators.cells import Period
from bangfu.office.words import day_in_words
from bangfu.reporting.counterparts.beside import Compared, Ledgers
from bangfu.reporting.shown import FigureShown


def as_json(ledgers: Ledgers) -> dict[str, Any]:
    """`as_of`; `compared`, one a quantity that has a counterpart; `without_counterpart`, indexes of the others."""
    return {
        "as_of": day_in_words(ledgers.as_of),
        "compared": [_one_as_json(one) for one in ledgers.compared],
        "without_counterpart": [place for place, _, _ in ledgers.strangers],
    }


def as_text(ledgers: Ledgers, found: Verification) -> str:
    """For a terminal: what differs and what is asked with line and words, how many agree, and the rest in a row."""
    different, asked, alike = (ledgers.told(verdict) for verdict in ("differ", "ask", "agree"))
    lines = [
        f"和台账比(截至 {day_in_words(ledgers.as_of)}):一致 {len(alike)} 个,不同 {len(different)} 个,"
        f"要问一问 {len(asked)} 个,台账里没有对应的 {len(ledgers.strangers)} 个"
    ]
    told = [*(("台账不同", one) for one in different), *(("疑问·台账", one) for one in asked)]
    for number, (title, one) in enumerate(told, 1):
        line = found.source.line_of(one.quantity.start)
        lines.append(f"\n{number}. 【{title}】第 {line} 行 …{one.excerpt}…\n   {in_words(one)}")
    if ledgers.strangers:
        lines.append("\n台账里没有对应的:" + "、".join(quantity.text for _, quantity, _ in ledgers.strangers))
    return "\n".join(lines)


def marks(found: Verification, ledgers: Ledgers | None) -> list[Mark]:
    """Comments of the arithmetic and of the comparison, one a place."""
    remarks: dict[tuple[int, int], list[str]] = {
        (mark.start, mark.end): [mark.remark] for mark in found.marks()
    }
    for one in ledgers.compared if ledgers is not None else ():
        if one.verdict != "agree":
            remarks.setdefault((one.quantity.start, one.quantity.end), []).append(_remark(one))
    return [Mark(start, end, "\n".join(said)) for (start, end), said in sorted(remarks.items())]


def in_words(one: Compared) -> str:
    """What the ledgers have, and, where it is not sure that it is the same, the question."""
    has = f"台账:{one.name},{time_in_words(one.figure)},{one.value};文中写的是{one.quantity.text}"
    return f"{has}。是不是说的同一个数?" if one.verdict == "ask" else has


def time_in_words(figure: FigureShown) -> str:
    """截至 2020-04-22, 2019 年, 2020 年（截至 4 月 22 日）, 2019 年 5 月, 截至 2020-04-22 累计."""
    period = figure.period
    if period is None:
        return f"截至 {day_in_words(figure.as_of)}"
    if period.start == 0:
        return f"截至 {day_in_words(figure.as_of)} 累计"
    year, month = period.start // 10000, period.start // 100 % 100
    if when_of(figure) != str(year):
        return f"{year} 年 {month} 月"
    ended = period.end % 10000 == 1231
    return f"{year} 年" if ended else f"{year} 年（截至 {period.end // 100 % 100} 月 {period.end % 100} 日）"


def when_of(figure: FigureShown) -> str:
    """2019, 2019-05, or "" for a state and for what is since ever."""
    period = figure.period
    if period is None or period.start == 0:
        return ""
    year = period.start // 10000
    if period == Period.of_year(year, figure.as_of):
        return str(year)
    return f"{year}-{period.start // 100 % 100:02}"


def _remark(one: Compared) -> str:
    return f"【{'疑问·台账' if one.verdict == 'ask' else '台账不同'}】{in_words(one)}"


def _one_as_json(one: Compared) -> dict[str, Any]:
    figure = one.figure
    return {
        "quantity": one.place,
        "verdict": one.verdict,
        "indicator": figure.indicator,
        "reference": figure.reference,
        "name": one.name,
        "time": time_in_words(figure),
        "value": None if figure.value is None else plain(figure.value),
        "unit": figure.unit,
    }
