"""What indicators need of each other: parts that there are and are of one kind, and names of their own."""

from __future__ import annotations

from dataclasses import replace

from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Indicator
from bangfu.policy.source import Problem


def check_parts(indicators: dict[str, Indicator], vocabulary: Vocabulary, problems: list[Problem]) -> None:
    """Notes parts and standards that there are not; a ratio has the dimensions of both its parts."""
    for indicator in list(indicators.values()):
        if indicator.measure == "standard" and indicator.standard not in vocabulary.standards:
            hint = did_you_mean(indicator.standard, vocabulary.standards)
            _fail(problems, indicator, f"没有标准 {indicator.standard}{hint}")
        if indicator.measure == "ratio":
            _check_ratio(indicator, indicators, problems)


def check_names(indicators: dict[str, Indicator], problems: list[Problem]) -> None:
    """A name or alias means one figure: texts and templates use it."""
    known: dict[str, str] = {}
    for indicator in indicators.values():
        for name in dict.fromkeys((indicator.name, *indicator.aliases)):
            other = known.setdefault(name, indicator.id)
            if other != indicator.id:
                _fail(problems, indicator, f"{indicator.id} 的名称“{name}”与 {other} 相同")


def _check_ratio(indicator: Indicator, indicators: dict[str, Indicator], problems: list[Problem]) -> None:
    if len(indicator.parts) != 2:
        _fail(problems, indicator, "ratio 要在 parts 写明分子和分母两个指标")
        return
    for name in indicator.parts:
        if name not in indicators or not indicators[name].is_counted:
            hint = did_you_mean(name, indicators)
            _fail(problems, indicator, f"没有可以相除的指标 {name}{hint}")
            return
    above, below = (indicators[name] for name in indicator.parts)
    if above.is_flow != below.is_flow and not above.is_flow:
        _fail(problems, indicator, "时点数不能除以时期数")
    shared = tuple(name for name in above.dimensions if name in below.dimensions)
    indicators[indicator.id] = replace(indicator, is_flow=above.is_flow, dimensions=shared)


def _fail(problems: list[Problem], indicator: Indicator, message: str) -> None:
    problems.append(Problem(indicator.file, indicator.line, message))
