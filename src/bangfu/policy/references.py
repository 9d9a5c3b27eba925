"""How texts and templates name a figure: `dibao_families@2019[村=罗峰村]`.

    reference = indicator [ "@" time ] [ "[" dimension "=" label { "," dimension "=" label } "]" ]
    time      = 2019 | 2019-05 | 2019-12-31 | 2019-01..2019-10 | ..2020-04-22 | 本年 | 上年 | 本月 | 上月 | 累计

An indicator is named by its id, its Chinese name or an alias, a dimension by its id or name. Without a time a stock is as
of the day of the text, and a flow of its year so far. A day means the state on it, of a flow the year up to it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.model import TIMES, VILLAGE, Indicator, Policy
from bangfu.terms.errors import UserError

_SHAPE = re.compile(r"\s*([^@\[\]{}]+?)\s*(?:@\s*([^\[\]]+?)\s*)?(?:\[\s*([^\[\]]*?)\s*\]\s*)?")
_POINT = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_RELATIVE = {
    "本年": "this_year",
    "今年": "this_year",
    "上年": "last_year",
    "去年": "last_year",
    "本月": "this_month",
    "上月": "last_month",
    "累计": "ever",
}
VILLAGE_NAMES = ("village", "村", "行政村")


@dataclass(frozen=True)
class When:
    """Days (yyyymmdd) between which; `is_span` where both ends were written. A start of 0 has no beginning."""

    start: int
    end: int
    is_span: bool = False


@dataclass(frozen=True)
class Reference:
    """A figure as it was named. `only` are dimensions and labels; the village's label is a name or a code."""

    text: str
    indicator: Indicator
    when: str
    only: tuple[tuple[str, str], ...]

    def on(self, as_of: int) -> Resolved:
        """Of which day and period, for a text as of a day. UserError where the time does not suit the indicator."""
        when = _when(self, as_of) if self.when else None
        if self.indicator.is_flow:
            return Resolved(self, as_of, _period(when, as_of))
        if when is not None and (when.is_span or when.start == 0):
            raise UserError(
                f"{self.text}:{self.indicator.name}是时点数,不能写一段时间,请写一个日期,如 @2019-12-31"
            )
        return Resolved(self, as_of if when is None else min(when.end, as_of), None)


@dataclass(frozen=True)
class Resolved:
    """A reference with the day (yyyymmdd) as of which it is asked, and of a flow first and last day."""

    reference: Reference
    as_of: int
    period: tuple[int, int] | None


def parse_reference(text: str, policy: Policy) -> Reference:
    """UserError where it is written wrongly or names what there is not, with what comes near."""
    found = _SHAPE.fullmatch(text)
    if not found:
        raise UserError(f"指标写法不对:{text}。应写成 指标@时间[维度=值],如 dibao_families@2019[村=罗峰村]")
    name, when, cut = found[1], found[2] or "", found[3] or ""
    indicator = named(name, policy)
    if when:
        _check_time(when, text)
    return Reference(text.strip(), indicator, when, tuple(_only(text, cut, indicator, policy)))


def named(name: str, policy: Policy) -> Indicator:
    """The indicator of an id, a name or an alias. UserError where there is none, or where several have that name."""
    if name in policy.indicators:
        return policy.indicators[name]
    found = names_of(policy).get(name, ())
    if len(found) > 1:
        raise UserError(f"叫“{name}”的指标不止一个,请写标识:{'、'.join(one.id for one in found)}")
    if not found:
        hint = did_you_mean(name, [*policy.indicators, *names_of(policy)])
        raise UserError(f"没有指标 {name}{hint or '。全部指标见 bangfu rules indicators'}")
    return found[0]


_NAMES: dict[int, tuple[Policy, Mapping[str, tuple[Indicator, ...]]]] = {}


def names_of(policy: Policy) -> Mapping[str, tuple[Indicator, ...]]:
    """By name and alias, the indicators that have it."""
    kept = _NAMES.get(id(policy))
    if kept is None or kept[0] is not policy:
        found: dict[str, tuple[Indicator, ...]] = {}
        for one in policy.indicators.values():
            for name in dict.fromkeys((one.name, *one.aliases)):
                found[name] = (*found.get(name, ()), one)
        _NAMES.clear()
        kept = _NAMES[id(policy)] = policy, found
    return kept[1]


def _only(text: str, cut: str, indicator: Indicator, policy: Policy) -> Iterator[tuple[str, str]]:
    for part in filter(None, re.split("[,,]", cut)):
        name, sign, label = (one.strip() for one in part.partition("="))
        if not sign or not label:
            raise UserError(f"{text}:方括号里应写成 维度=值,写的是 {part}")
        dimension = _dimension(text, name, indicator, policy)
        yield dimension, _label(text, dimension, label, indicator, policy)


def _dimension(text: str, name: str, indicator: Indicator, policy: Policy) -> str:
    known = policy.dimensions.get(indicator.table, {})
    names = {one: one for one in indicator.dimensions if one not in TIMES}
    names.update({known[one].name: one for one in indicator.dimensions if one in known})
    if VILLAGE in names:
        names.update(dict.fromkeys(VILLAGE_NAMES, VILLAGE))
    if name not in names:
        hint = did_you_mean(name, names) or f",可用的有 {'、'.join(names) or '(无)'}"
        raise UserError(f"{text}:{indicator.name}没有维度 {name}{hint}")
    return names[name]


def _label(text: str, name: str, label: str, indicator: Indicator, policy: Policy) -> str:
    """A label that the dimension has; of a programme the id, whichever of its names was written."""
    dimension = policy.dimensions.get(indicator.table, {}).get(name)
    if dimension is None:
        return label
    if dimension.of.type.codes == "programme":
        named = {one.name: one.id for one in policy.programmes.values()}
        label = named.get(label, label)
    if dimension.labels and label not in dimension.labels:
        hint = did_you_mean(label, dimension.labels) or f",可用的有 {'、'.join(dimension.labels[:20])}"
        raise UserError(f"{text}:{dimension.name}里没有 {label}{hint}")
    return label


# -- times ------------------------------------------------------------------------------------------


def _check_time(when: str, text: str) -> None:
    if when in _RELATIVE or when in _RELATIVE.values():
        return
    start, sign, end = when.partition("..")
    points = [point for point in (start.strip(), end.strip()) if point]
    if not points or (sign and not end.strip()) or not all(_POINT.fullmatch(point) for point in points):
        raise UserError(
            f"{text}:时间 {when} 不对,应写成 2019、2019-05、2019-12-31、2019-01..2019-10、{'、'.join(_RELATIVE)}"
        )
    for point in points:
        _ends(point, text)


def _when(reference: Reference, as_of: int) -> When:
    when = _RELATIVE.get(reference.when, reference.when)
    year, month = as_of // 10000, as_of // 100
    before = month - 1 if month % 100 > 1 else month - 89
    match when:
        case "this_year":
            return When(year * 10000 + 101, as_of)
        case "last_year":
            return When(year * 10000 - 9899, year * 10000 - 8769)
        case "this_month":
            return When(month * 100 + 1, as_of)
        case "last_month":
            return When(before * 100 + 1, _last(before))
        case "ever":
            return When(0, as_of, is_span=True)
    start, sign, end = (part.strip() for part in when.partition(".."))
    if not sign:
        return When(*_ends(start, reference.text))
    first = _ends(start, reference.text)[0] if start else 0
    last = _ends(end, reference.text)[1]
    if first > last:
        raise UserError(f"{reference.text}:时间段的开始晚于结束")
    return When(first, last, is_span=True)


def _ends(point: str, text: str) -> tuple[int, int]:
    """First and last day of a year, a month or a day."""
    found = _POINT.fullmatch(point)
    assert found is not None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    if not month:
        return year * 10000 + 101, year * 10000 + 1231
    if not (1 <= month <= 12 and year >= 1 and day <= monthrange(year, month)[1]) or (found[3] and not day):
        raise UserError(f"{text}:没有 {point} 这一天(月)")
    if not day:
        return (year * 100 + month) * 100 + 1, _last(year * 100 + month)
    return (year * 100 + month) * 100 + day, (year * 100 + month) * 100 + day


def _last(month: int) -> int:
    return month * 100 + monthrange(month // 100, month % 100)[1]


def _period(when: When | None, as_of: int) -> tuple[int, int]:
    """What a flow is counted over: none is the year so far; a single day is the year up to it."""
    if when is None:
        return as_of // 10000 * 10000 + 101, as_of
    start = when.start
    if start == when.end and not when.is_span:
        start = start // 10000 * 10000 + 101
    return start, min(when.end, as_of)
