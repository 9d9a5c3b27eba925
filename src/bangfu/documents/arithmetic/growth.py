"""Growth: 由A增加到B,增长p%; B,比上年增加C,增长p%; 上年A,今年B,下降p%."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation, Severity, shown
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.reading.structure import Mention

_UP = re.compile(r"增长|增加|增幅|提高|提升|上升|净增|增收|上浮|多|扩大|涨幅|上涨|新增|超额|超出")
_DOWN = re.compile(r"下降|减少|降低|降幅|净减|缩减|下浮|少|压减|回落|下调")
_FROM = re.compile(r"(?:由|从|自)[^,;。]*$")
_TO = re.compile(
    r"(?:增加|增长|提高|提升|上升|发展|扩大|壮大|跃升|升|下降|减少|降低|降|减|压减|缩减|调整|变更|变|涨|增|回落|到|至|为)*(?:到|至|为|成)(?:(?:20)?\d\d年)?[^,;。\d]{0,14}$"
)
_AGAINST = re.compile(r"(?:比|较|同比|与)[^,;。]*")
_LAST = re.compile(r"上年|去年|同期|上一年|20\d\d年|计划|目标|任务")
_HAN = re.compile("[一-龥]")
_YEARLY = re.compile(r"年均|年平均|复合")
_WAYS = ("减少", "增加")
_VALUES = frozenset({"share", "point"})


def growth(scene: Scene) -> Iterator[Relation]:
    done: set[int] = set()
    for mention in scene.mentions:
        for relation in _of(scene, mention):
            if relation.stated not in done:
                done.add(relation.stated)
                yield relation


def _of(scene: Scene, change: Mention) -> Iterator[Relation]:
    if row := scene.row_of(change):
        yield from _in_row(scene, change, row)
        return
    sign = _sign(_lead(scene, change))
    if sign is None or not change.quantity.is_exact:
        return
    pair = _from_to(scene, change)
    if pair is not None:
        yield from _compare(change, *pair, sign)
        return
    yield from _against(scene, change, sign)


def _sign(lead: str) -> int | None:
    """+1 for a rise, -1 for a fall; None where the words before say neither, or say 增加到."""
    words = re.split(r"[,;。:]", lead)[-1]
    if re.search(r"(?:到|至|为|达|达到)$", words) and not re.search(
        r"(?:增幅|降幅|增长率|涨幅)[^,]*$", words
    ):
        return None
    up, down = _last(_UP, words), _last(_DOWN, words)
    if up < 0 and down < 0:
        return None
    return 1 if up > down else -1


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((match.end() for match in pattern.finditer(words)), default=-1)


def _from_to(scene: Scene, change: Mention) -> tuple[Mention, Mention] | None:
    """由A增加到B before this change, of one unit; the nearest such pair that the change can speak of."""
    before = scene.before(change)
    for at in range(len(before) - 1, 0, -1):
        new = before[at]
        old = next((one for one in reversed(before[:at]) if one.is_like(new)), None)
        if old is None or change.segment != new.segment or not _speaks_of(change, new):
            continue
        if _FROM.search(_lead(scene, old)) and _TO.search(_lead(scene, new)):
            return old, new
    return None


def _in_row(scene: Scene, change: Mention, row: Sequence[Mention]) -> Iterator[Relation]:
    """由A增加到B、由C增加到D,分别增长p%和q%: each with its own pair, where there are as many."""
    sign = _sign(row[0].gap)
    before = [one for one in scene.before(row[0]) if one.segment == change.segment]
    pairs = [
        (old, new)
        for old, new in pairwise(before)
        if old.is_like(new) and _FROM.search(_lead(scene, old)) and _TO.search(_lead(scene, new))
    ]
    if sign is not None and len(pairs) == len(row):
        yield from _compare(change, *pairs[row.index(change)], sign)


def _lead(scene: Scene, mention: Mention) -> str:
    """The words before it, or before the first of its group (725户1216人)."""
    return mention.gap if _HAN.search(mention.gap) else scene.group_of[mention.index].label


def _speaks_of(change: Mention, value: Mention) -> bool:
    kinds = change.quantity.kind, value.quantity.kind
    if kinds[1] == "share":
        return kinds[0] in ("point", "share")
    return kinds[0] in ("share", "times") or change.is_like(value)


def _against(scene: Scene, change: Mention, sign: int) -> Iterator[Relation]:
    """B,比上年(的A)增加C,增长p%: from C and B, or from A and B."""
    before = [one for one in scene.before(change) if one.segment == change.segment]
    if not before:
        return
    last = before[-1]
    if change.quantity.kind == "share" and _sign(last.gap) == sign and last.quantity.kind not in _VALUES:
        current = next(
            (one for one in reversed(before[:-1]) if one.is_like(last) and not PER.search(one.left)), None
        ) or next((one for one in reversed(before[:-1]) if one.is_like(last)), None)
        if (
            current is not None
            and _AGAINST.search(last.gap)
            and last.quantity.is_exact
            and "年" not in last.quantity.base_unit
        ):
            yield from _by_difference(change, last, current, sign)
        return
    alike = [one for one in before if one.is_like(last)] if _speaks_of(change, last) else []
    if len(alike) > 1 and _AGAINST.search(_lead(scene, last)) and _LAST.search(_lead(scene, last)):
        if not re.search("[,。;]", scene.between(last, change)):
            yield from _compare(change, last, alike[-2], sign)
    elif len(alike) > 1 and alike[-2] is before[-2] and _by_years(alike[-2], last):
        yield from _compare(change, alike[-2], last, sign)
    else:
        yield from _against_group(scene, change, before, sign)


def _against_group(scene: Scene, change: Mention, before: Sequence[Mention], sign: int) -> Iterator[Relation]:
    """36户102人,较去年底的42户120人减少6户18人: each unit with its own."""
    alike = [one for one in before if one.is_like(change)]
    if len(alike) < 2:
        return
    lead = _lead(scene, alike[-1])
    if _AGAINST.search(lead) and _LAST.search(lead) and "," not in scene.between(alike[-1], change):
        yield from _compare(change, alike[-1], alike[-2], sign)


def _by_years(old: Mention, new: Mention) -> bool:
    """去年A,今年B; 2018年A,2019年B."""
    if re.search(r"去年|上年", old.gap) and "今年" in new.gap:
        return True
    first, second = old.quantity.time[:4], new.quantity.time[:4]
    told = re.search(r"20\d\d年|去年|上年", old.gap) and re.search(r"20\d\d年|今年", new.gap)
    return bool(told and first and second and first < second)


def _compare(change: Mention, old: Mention, new: Mention, sign: int) -> Iterator[Relation]:
    before, after = old.quantity.base_value, new.quantity.base_value
    if not _speaks_of(change, new) or not before:
        return
    kind = change.quantity.kind
    if _YEARLY.search(change.gap):
        yield from _each_year(change, old, new)
        return
    if kind == "share" and new.quantity.kind != "share":
        computed = abs(after - before) / before
    elif kind == "times":
        computed = after / before - (0 if "是" in change.left else 1)
        if change.quantity.states(computed) or change.quantity.states(after / before):
            yield Relation("growth", (old.index, new.index), change.index, computed, True)
        return
    elif kind == "share":
        computed = abs(after - before) / before
        if not change.quantity.states(computed) and change.quantity.states(abs(after - before)):
            yield _wrong_point(change, old, new, abs(after - before))
            return
    else:
        computed = abs(after - before)
    yield _judged(change, old, new, computed, rises=after >= before, sign=sign)


def _each_year(change: Mention, old: Mention, new: Mention) -> Iterator[Relation]:
    """年均增长: by compound or by simple interest over the years named; nobody knows where none are."""
    first, last = old.quantity.time[:4], new.quantity.time[:4]
    if not (first.isdigit() and last.isdigit() and int(last) > int(first)) or change.quantity.kind != "share":
        return
    years = int(last) - int(first)
    ratio = new.quantity.base_value / old.quantity.base_value
    if ratio <= 0:
        return
    compound, simple = ratio ** (1 / Decimal(years)) - 1, (ratio - 1) / years
    for computed in (compound, simple):
        if change.quantity.states(abs(computed)):
            yield Relation("growth", (old.index, new.index), change.index, abs(computed), True)
            return
    each = shown(_short(abs(compound), change), change.quantity)
    way = f"从{old.quantity.text}到{new.quantity.text},{years}年的年均变化是{each}"
    said = f"{way},文中写的是{change.quantity.text}。请核对"
    yield Relation("growth", (old.index, new.index), change.index, abs(compound), None, "suspicion", said)


def _wrong_point(change: Mention, old: Mention, new: Mention, computed: Decimal) -> Relation:
    points = shown(computed, change.quantity).removesuffix("%")
    said = (
        f"从{old.quantity.text}到{new.quantity.text}是变化了{points}个百分点,文中写的是{change.quantity.text}。"
        "请核对是百分点还是百分比"
    )
    return Relation("growth", (old.index, new.index), change.index, computed, None, "reminder", said)


def _judged(
    change: Mention, old: Mention, new: Mention, computed: Decimal, *, rises: bool, sign: int
) -> Relation:
    members = (old.index, new.index)
    way = f"从{old.quantity.text}到{new.quantity.text}"
    turned = rises != (sign > 0) and computed > 0
    agrees = change.quantity.states(computed)
    if agrees and not turned:
        return Relation("growth", members, change.index, computed, True)
    if agrees:
        said = f"{way}是{_WAYS[rises]},文中写的是{_WAYS[sign > 0]}"
        return Relation("growth", members, change.index, computed, False, "error", said)
    said = f"{way},变化{shown(_short(computed, change), change.quantity)},文中写的是{change.quantity.text}"
    if not (old.quantity.is_exact and new.quantity.is_exact):
        if _is_near(change, computed):
            return Relation("growth", members, change.index, computed, True)
        return Relation("growth", members, change.index, computed, None, "reminder", f"{said}。请核对")
    return _wrong(change, members, computed, said)


def _wrong(change: Mention, members: tuple[int, ...], computed: Decimal, said: str) -> Relation:
    cut = change.quantity.cuts_off(computed)
    severity: Severity = "reminder" if cut else "error"
    cause = "小数直接舍去了,没有四舍五入" if cut else ""
    return Relation("growth", members, change.index, computed, False, severity, said, cause)


def _is_near(change: Mention, computed: Decimal) -> bool:
    return abs(change.quantity.base_value - computed) <= abs(computed) * Decimal("0.3") + change.quantity.step


def _short(value: Decimal, change: Mention) -> Decimal:
    """One digit more than is stated; a third has no last digit."""
    step = change.quantity.step
    return value.quantize(Decimal(1).scaleb(step.adjusted() - 1)) if step < 1 else value


def _by_difference(change: Mention, difference: Mention, current: Mention, sign: int) -> Iterator[Relation]:
    base = current.quantity.base_value - sign * difference.quantity.base_value
    if base <= 0 or not current.quantity.is_exact:
        return
    computed = difference.quantity.base_value / base
    members = (difference.index, current.index)
    if change.quantity.states(computed) or _within(change, difference, current, sign):
        yield Relation("growth", members, change.index, computed, True)
        return
    before = f"({current.quantity.text}{'-' if sign > 0 else '+'}{difference.quantity.text})"
    result = shown(_short(computed, change), change.quantity)
    said = f"{difference.quantity.text}÷{before}={result},文中写的是{change.quantity.text}"
    yield _wrong(change, members, computed, said)


def _within(change: Mention, difference: Mention, current: Mention, sign: int) -> bool:
    """The figures are rounded themselves (1.2亿): what their last digits leave open."""
    low_c, high_c = difference.quantity.bounds()
    low_b, high_b = current.quantity.bounds()
    lows, highs = high_b - sign * low_c, low_b - sign * high_c
    if min(lows, highs) <= 0:
        return False
    low, high = change.quantity.bounds()
    return min(low_c / lows, low_c / highs) <= high and low <= max(high_c / highs, high_c / lows)
