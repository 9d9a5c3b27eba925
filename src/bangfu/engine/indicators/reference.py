"""Indicators in plain Python over a few rows: the judge of the compiled SQL, and what runs the rulebook's examples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from bangfu.engine.indicators.cells import Period, shown, value_of
from bangfu.engine.mutants import mutants
from bangfu.engine.reference import Context, Row, evaluate
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Indicator, Policy, Tally

_BEGINS = {"month": (100, 1), "integer": (10000, 101), "date": (1, 0)}


def tallied(indicator: Indicator, rows: Iterable[Row], context: Context) -> tuple[int, int, int]:
    """Total, rows behind it and rows that cannot be judged."""
    counted, unknown = [], 0
    for row in rows:
        condition = True if indicator.where is None else evaluate(indicator.where, row, context)
        happened = _happened(indicator.on, row, context)
        if condition is False or happened is False:
            continue
        value = _value(indicator, row, context)
        if condition is None or happened is None or value is None:
            unknown += 1
        else:
            counted.append(value)
    if indicator.measure in ("sum", "mean"):
        return sum(counted), len(counted), unknown
    return len(set(counted)) if indicator.measure == "distinct" else len(counted), len(counted), unknown


def _happened(on: n.Node | None, row: Row, context: Context) -> bool | None:
    if on is None:
        return True
    told = evaluate(on, row, context)
    if told is None:
        return None
    times, plus = _BEGINS[on.type.kind]
    day, period = told * times + plus, context.period or (0, context.as_of)
    has_begun = not period[0] or period[0] <= day
    return bool(has_begun and day <= min(period[1], context.as_of))


def _value(indicator: Indicator, row: Row, context: Context) -> Any:
    """What is counted once or added; None where it is missing."""
    if indicator.owner:
        key = row.get(f"{indicator.owner}_key")
        return _key(row.get(indicator.owner)) if key is None else key
    values = tuple(evaluate(node, row, context) for node in indicator.of)
    if None in values:
        return None
    return values[0] if len(values) == 1 else values if values else 1


def _key(owner: Any) -> Any:
    """Whose row it is: by its number where an example gives one, else by all that is said of it."""
    if owner is None:
        return None
    return owner.get("row_key") or repr(sorted(owner.items(), key=lambda item: item[0]))


def answer(indicator: Indicator, tally: Tally, policy: Policy) -> str:
    """What an indicator says of an example, as its number is written."""
    context = Context(policy, tally.as_of, tally.place, period=Period(*tally.period))
    total, rows, _ = tallied(indicator, tally.given, context)
    return str(shown(value_of(indicator, total, rows), indicator.decimals))


def failures(indicator: Indicator, policy: Policy) -> Iterator[str]:
    """The examples of an indicator that do not give what they expect."""
    for tally in indicator.examples:
        got = answer(indicator, tally, policy)
        if not _same(got, tally.expect):
            yield f"{indicator.file}:{tally.line}: {indicator.id} 的例子应是 {tally.expect},算得 {got}"


def lint_rows(together: Sequence[Indicator], policy: Policy) -> Iterator[str]:
    """What is wrong with the examples of the indicators of one file: none, or blind to a change of their condition."""
    first = together[0]
    where = f"{first.file}:{first.line}: {first.id}"
    if first.programme is not None or not first.is_counted:
        return
    for indicator in together:
        if not indicator.examples:
            yield f"{where}: {indicator.id} 没有例子"
    if first.where is not None:
        for words, changed in mutants(first.where):
            if not any(_notices(indicator, changed, policy) for indicator in together):
                yield f"{where} 把{words},例子都看不出来:请补边界两侧的行"


def files_of(policy: Policy) -> Iterator[list[Indicator]]:
    """The indicators by file: those of one count the same rows."""
    found: dict[str, list[Indicator]] = {}
    for indicator in policy.indicators.values():
        found.setdefault(indicator.file, []).append(indicator)
    yield from found.values()


def _notices(indicator: Indicator, changed: n.Node, policy: Policy) -> bool:
    other = replace(indicator, where=changed)
    return any(not _same(answer(other, tally, policy), tally.expect) for tally in indicator.examples)


def _same(got: str, expected: str) -> bool:
    if "None" in (got, expected):
        return got == expected
    return Decimal(got) == Decimal(expected)
