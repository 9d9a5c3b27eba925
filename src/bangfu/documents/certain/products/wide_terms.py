"""How often a rate is paid, by what stands around rate, count and amount in whatever order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.reading.structure import Mention

_ONE_MONTH = re.compile(r"(?<![\d至到—～~-])\d{1,2}月份(?!起|以来|底|末)|单月|当月|本月")
_MONTH_OF = re.compile(r"月(?:支|发|付|需|劳务|务工|工资|总)[一-龥]{0,6}$")
TURNS = frozenset(["晚", "课时", "餐", "顿", "节", "夜"])
_TIMES = frozenset({"次", "期", "趟", "场"})
_REPEATED = (
    _TIMES | TURNS | frozenset(["晚", "课时", "学时", "小时", "餐", "顿", "节", "节课", "班", "夜", "届"])
)
_ONCE = frozenset({"", "次", "期", "趟", "年"})
_TERM_UNITS = {"月": "月", "天": "天", "学期": "学期", "季度": "季度", "年": "年"}


def periods_around(scene: Scene, each: Each, count: Mention, total: Mention) -> Periods:
    by_times = count.quantity.base_unit in ("人次", "户次")
    if by_times or (each.term in _ONCE and each.term not in _REPEATED):
        return Periods((Decimal(1),), Decimal(1))
    three = sorted((each.mention, count, total), key=lambda one: one.index)
    if each.term in _REPEATED:
        return _repeated(scene, each, three)
    first, last = three[0], three[2]
    flat = scene.reading.flat
    words = flat[first.quantity.start - len(first.left) : last.quantity.end + len(last.right)]
    span = scene.mentions[scene.place_of(first) : scene.place_of(last) + 2]
    unit = _TERM_UNITS.get(each.term, each.term)
    times = [one for one in span if one.quantity.kind == "time" and one.quantity.base_unit == unit]
    found = periods_of(each.term, words, times, (first.index, last.index))
    if not found.all and each.term == "月" and (_ONE_MONTH.search(words) or _MONTH_OF.search(total.left)):
        return Periods((Decimal(1),), Decimal(1))
    return found


def _repeated(scene: Scene, each: Each, three: Sequence[Mention]) -> Periods:
    """每人每次50元,36名志愿者全年服务8次; 每人每晚60元,84人住了5晚."""
    span = scene.mentions[scene.place_of(three[0]) : scene.place_of(three[2]) + 1]
    units = _TIMES if each.term in _TIMES else {each.term[:2].removesuffix("课")}
    times = [one for one in span if one.quantity.base_unit in units and one.quantity.base_value > 1]
    words = scene.reading.flat[three[0].quantity.end : three[2].quantity.start]
    values = {one.quantity.base_value for one in times if one not in three}
    values |= {Decimal(one) for one in re.findall(r"(?<![\d.])(\d{1,3})个?" + re.escape(each.term), words)}
    if len(values) != 1:
        once = each.term in _TIMES and not values
        return Periods((Decimal(1), *values), Decimal(1) if once else None)
    value = values.pop()
    own = [one for one in times if one.quantity.base_value == value and one not in three]
    return Periods((Decimal(1), value) if each.term in _TIMES else (value,), value, own[0] if own else None)
