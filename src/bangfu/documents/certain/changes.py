"""Growth and decline against a figure that the words name: 由30户增加到36户,增长25%; 比上年的52笔增加8笔."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.outcome import retyped
from bangfu.documents.reading.quantity import Quantity, rounded
from bangfu.documents.reading.structure import Mention

_UP = re.compile(
    r"增长|增加|增幅|增速|增收|增产|增|提高|提升|上升|上浮|上涨|涨幅|涨|扩大|多|净增|新增|超过|高出|高|快|添|加码|扩容"
)
_DOWN = re.compile(
    r"下降|减少|降低|降幅|降|净减|减幅|减|缩减|压减|压缩|下浮|下调|下跌|跌|回落|缩短|缩小|少|低|慢|省下?|节约|节省|省"
)
_CHANGE = re.compile(
    rf"(?:{_UP.pattern}|{_DOWN.pattern})(?:幅度?|率|速)?(?:了|约|近|为|达|达到|共|是|就|有|出)*$|[多少增减][一-龥]?(?![到至为达成的])[一-龥]$"
)
_REACHED = re.compile(
    r"[到至成为](?:了)?(?:今年|现在|目前|本年|(?:20)?\d\d年[底末]?)?(?:的)?[^,;。:\d]{0,6}$"
)
_FROM = re.compile(r"(?:由|从|自)[^,;。:]*$")
_AGAINST = re.compile(
    r"(?:比|较|同比|与|和|跟|对比|相比)[^,;。:]*$|(?:上年|去年|同期|上月|上季度?|年初|上期|前年)[^,;。:]{0,8}$"
)
_RISEN = re.compile(r",(?:比|较|同比|与)(?:[^,今本当]{0,10})$")
_PRONE = re.compile(r"年均|复合|平均每年|年平均|环比|累计增长|百分点")
_SHARE = re.compile(r"占|其中|任务|计划|目标|率(?:为|达)?$")


_LAST = re.compile(
    r"(?:上|去|前|昨)(?:一?年|月|季度?|日|期|次)|同期|年初|月初|期初|去年|原来?|此前|当初|改造前|搬迁前"
)
_NOW = re.compile(r"今年|本年|本月|本期|本季|当年|现|目前|年末|年底|期末|月末|如今|到")


@dataclass(frozen=True)
class Pair:
    """What it was and what it is; with `sign`, one of the two and the change between them, down where it is negative."""

    old: Mention
    new: Mention
    sign: int = 0

    @property
    def change(self) -> Decimal:
        if self.sign:
            one = self.new if _sign(self.new) else self.old
            return one.quantity.base_value * _sign(one)
        return self.new.quantity.base_value - self.old.quantity.base_value

    @property
    def old_value(self) -> Decimal:
        if self.sign and _sign(self.old):
            return self.new.quantity.base_value - self.change
        return self.old.quantity.base_value

    @property
    def new_value(self) -> Decimal:
        return self.old_value + self.change

    @property
    def is_exact(self) -> bool:
        return self.old.quantity.is_exact and self.new.quantity.is_exact and self.old_value > 0


def changes(scene: Scene) -> Iterator[Relation]:
    """Percentages after the change that they are of, and changes between two figures that the words compare."""
    for mention in scene.mentions:
        quantity = mention.quantity
        if not quantity.is_exact or quantity.is_label or scene.row_of(mention):
            continue
        if quantity.kind == "share" and _sign(mention):
            yield from _of_percent(scene, mention)
        elif quantity.kind not in ("share", "times", "age", "time") and _sign(mention):
            yield from _of_amount(scene, mention)


def _sign(mention: Mention) -> int:
    """+1 for a rise, -1 for a fall, 0 where the words right before say neither."""
    words = re.split(r"[,;。:、]", mention.left)[-1]
    if not _CHANGE.search(words) or _PRONE.search(words):
        return 0
    return 1 if _last(_UP, words) > _last(_DOWN, words) else -1


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((match.end() for match in pattern.finditer(words)), default=-1)


def _of_percent(scene: Scene, percent: Mention) -> Iterator[Relation]:
    before = _before(scene, percent)
    by = _amount_of_change(percent, before)
    pair = (
        _compared(scene, percent, before)
        if by is None
        else _changed_by([one for one in before if one is not by], by)
    )
    if pair is not None and _is_in_points(percent, pair):
        return
    if pair is not None and pair.is_exact and pair.change and not _comes_out(percent, before, pair, by):
        true = abs(pair.change) / pair.old_value
        if (pair.change > 0) == (_sign(percent) > 0) and not percent.quantity.states(true):
            yield _wrong_percent(percent, pair, true)


def _is_in_points(percent: Mention, pair: Pair) -> bool:
    """收缴率由71%提高到86%,提高15%: loosely said of the points."""
    return pair.old.quantity.kind == "share" and percent.quantity.states(abs(pair.change))


def _before(scene: Scene, change: Mention) -> list[Mention]:
    """The figures that a change may speak of: of its sentence, and of the one before."""
    near = scene.before(change, paragraph=True)[-6:]
    return [one for one in near if one.sentence >= change.sentence - 1 and not one.quantity.is_label]


def _amount_of_change(percent: Mention, before: list[Mention]) -> Mention | None:
    """增加8户,增长5%; 增加8户,上年为160户,增长5%."""
    near = before[-2:] if before and _LAST.search(before[-1].left) else before[-1:]
    found = [one for one in near if _is_amount_of_change(one)]
    return found[0] if found and not _has_stop(percent.gap) and near[-1].is_like(found[0]) else None


def _is_amount_of_change(one: Mention) -> bool:
    return bool(_sign(one)) and one.quantity.kind not in ("share", "point", "times") and one.quantity.is_exact


def _changed_by(before: list[Mention], by: Mention) -> Pair | None:
    """B,比上年的A增加C,增长p: C comes out, so A and B are what p is of; A and C, or B and C, may do alone."""
    sign = _sign(by)
    alike = [one for one in before if one.is_like(by)][-3:]
    for at in range(len(alike) - 1, 0, -1):
        for other in alike[:at]:
            low, high = sorted((alike[at], other), key=_value)
            pair = Pair(low, high) if sign > 0 else Pair(high, low)
            if by.quantity.states(abs(pair.change)):
                return pair
    if not alike or alike[-1].index != by.index - 1 or by.segment != alike[-1].segment:
        return None
    nearest = alike[-1]
    if _is_base(nearest, by) and not any(_value(one) == _value(nearest) + sign * _value(by) for one in alike):
        return Pair(nearest, by, sign=sign)
    if len(alike) == 1 and _RISEN.match(by.gap):
        return Pair(by, nearest, sign=-sign)
    return None


def _value(one: Mention) -> Decimal:
    return one.quantity.base_value


def _compared(scene: Scene, change: Mention, before: list[Mention]) -> Pair | None:
    """由A增加到B,增长p; B,比上年的A增长p; 上年A,今年B,增长p: the two right before the change."""
    if len(before) < 2 or before[-1].index != change.index - 1 or _has_stop(change.gap):
        return None
    second = before[-1]
    first = next((one for one in reversed(before[:-1]) if one.is_like(second)), None)
    if first is None or _sign(first) or _sign(second) or _names_other(change):
        return None
    if _FROM.search(first.left) and _REACHED.search(second.left):
        return Pair(first, second)
    if _SHARE.search(second.left + first.left):
        return None
    if _is_base(second, change) and not _LAST.search(first.left):
        return Pair(second, first)
    if _LAST.search(first.left) and _NOW.search(second.left) and not _LAST.search(second.left):
        return Pair(first, second)
    return None


def _names_other(change: Mention) -> bool:
    """由12个村增加到15个村,资金增长30%: the growth of something else."""
    words = re.split(r"[,;。:、]", change.left)[-1]
    return "," in change.gap and len(_LIGHT.split(words, maxsplit=1)[0]) > 1


_LIGHT = re.compile(
    rf"今年|本年|同比|环比|比|较|人?户?总?[数量额](?=[^数量额]*$)|{_UP.pattern}|{_DOWN.pattern}"
)


def _is_base(base: Mention, change: Mention) -> bool:
    """比去年的31户多5户; 上年31户,今年多5户: nothing but the change stands after the base."""
    words = change.gap.strip(" ,")
    if words.startswith(("相比", "比较", "相较")):
        return len(words) <= 12
    if "," not in change.gap:
        return bool(_AGAINST.search(base.left)) and len(words) <= 6
    return bool(_LAST.search(base.left)) and len(words) <= 8 and not _has_stop(change.gap)


def _has_stop(words: str) -> bool:
    return any(mark in words for mark in ";:()。\n")


def _comes_out(percent: Mention, before: list[Mention], pair: Pair, by: Mention | None) -> bool:
    """Whether two other figures before it come out with the percentage."""
    own = {pair.old.index, pair.new.index, by.index if by else -1}
    for one in before:
        for other in before:
            if one is other or not one.is_like(other) or one.quantity.base_value <= 0:
                continue
            if {one.index, other.index} <= own:
                continue
            ratio = other.quantity.base_value / one.quantity.base_value
            if percent.quantity.states(abs(ratio - 1)) or percent.quantity.states(ratio):
                return True
    return False


def _wrong_percent(percent: Mention, pair: Pair, true: Decimal) -> Relation:
    old, new, change = (
        shown(one, pair.old.quantity) for one in (pair.old_value, pair.new_value, abs(pair.change))
    )
    said = f"{change}÷{old}={shown(true, percent.quantity)},文中写的是{percent.quantity.text}"
    if percent.quantity.cuts_off(true):
        return _relation(percent, pair, true, said, "没有四舍五入,截去了尾数")
    of_new = pair.new_value > 0 and percent.quantity.states(abs(pair.change) / pair.new_value)
    cause = f"误以{new}作了基数" if of_new else _slip(percent.quantity, true)
    return _relation(percent, pair, true, said, cause)


def _slip(stated: Quantity, true: Decimal) -> str:
    how = retyped(stated, true)
    words = {"swapped": "相邻两个数字写颠倒了", "digit": "有一个数字写错", "dropped": "多写或漏写了一个数字"}
    return words.get(how, "两数改过而它没有改")


def _of_amount(scene: Scene, change: Mention) -> Iterator[Relation]:
    """31户,比上年的26户增加7户; 新增9户,退出4户,净增6户."""
    before = _before(scene, change)
    flows = _flows(change, before)
    if flows:
        yield from _net(change, flows)
        return
    base = before[-1] if before else None
    percent = next(iter(scene.after(change)), None)
    follows = percent is not None and percent.quantity.kind == "share" and bool(_sign(percent))
    if base is None or (follows and percent and _agrees(change, base, percent)):
        return
    pair = _compared(scene, change, before)
    if pair is None and follows and percent is not None:
        pair = _proven(scene, change, base, percent)
    if pair is None or not pair.is_exact or change.quantity.states(abs(pair.change)):
        return
    gap, stated = abs(pair.change), change.quantity
    if not all(_is_alike(one, change) for one in (pair.old, pair.new)):
        return
    if (
        not gap
        or (pair.change > 0) != (_sign(change) > 0)
        or not stated.base_value / 10 <= gap <= stated.base_value * 10
    ):
        return
    if pair.old.sentence != pair.new.sentence and (gap < 10 * stated.step or not retyped(stated, gap)):
        return
    said = (
        f"{pair.new.quantity.text}与{pair.old.quantity.text}相差{shown(gap, stated)},文中写的是{stated.text}"
    )
    yield _relation(change, pair, gap, said, _slip(stated, rounded(gap, stated.step)))


def _is_alike(one: Mention, change: Mention) -> bool:
    return one.is_like(change) or (change.quantity.kind == "point" and one.quantity.kind == "share")


def _agrees(change: Mention, base: Mention, percent: Mention) -> bool:
    """Whether the percentage after it was computed of this change, be it of the wrong base."""
    if not base.is_like(change):
        return False
    by, old = change.quantity.base_value, base.quantity.base_value
    wholes = [one for one in (old, old + by, old - by) if one > 0]
    return any(percent.quantity.states(by / one) or percent.quantity.cuts_off(by / one) for one in wholes)


def _proven(scene: Scene, change: Mention, base: Mention, percent: Mention) -> Pair | None:
    """A figure somewhere before, from or to which the change comes out with the percentage."""
    old = base.quantity.base_value
    if not _is_base(base, change) or not base.is_like(change) or old <= 0:
        return None
    sign = _sign(change)
    for one in reversed(scene.mentions[max(0, scene.place_of(base) - 40) : scene.place_of(base)]):
        ratio = sign * (one.quantity.base_value / old - 1)
        if one.is_like(base) and ratio > 0 and percent.quantity.states(ratio):
            return Pair(base, one)
    return None


_NET = re.compile(r"净(?:增|减|变动|流入|流出)[一-龥]{0,3}$")
_IN = re.compile(r"新增|新识别|新纳入|纳入|增加|迁入|出生|转入|新办|新招|新聘|新签|调入|入库|补录|识别")
_OUT = re.compile(
    r"退出|减少|消除|死亡|迁出|核减|停发|取消|注销|解聘|清退|转出|退休|调出|出库|到期|清理|整户"
)


def _flows(change: Mention, before: list[Mention]) -> tuple[Mention, ...]:
    """What came in and what went out, in whatever order, right before a net change; else nothing."""
    alike = tuple(one for one in before if one.is_like(change) and one.sentence == change.sentence)[-2:]
    if len(alike) != 2 or not _NET.search(change.left):
        return ()
    one, other = (mention.left for mention in alike)
    both_ways = (_IN.search(one) and _OUT.search(other)) or (_OUT.search(one) and _IN.search(other))
    return alike if both_ways and all(mention.quantity.is_exact for mention in alike) else ()


def _net(change: Mention, flows: tuple[Mention, ...]) -> Iterator[Relation]:
    one, other = flows
    true = abs(one.quantity.base_value - other.quantity.base_value)
    if not change.quantity.states(true):
        low, high = sorted((other, one), key=_value)
        said = f"{high.quantity.text}-{low.quantity.text}={shown(true, change.quantity)},文中写的是{change.quantity.text}"
        yield _relation(change, Pair(low, high), true, said, _slip(change.quantity, true))


def _relation(stated: Mention, pair: Pair, true: Decimal, said: str, cause: str) -> Relation:
    members = (pair.old.index, pair.new.index)
    return Relation("growth", members, stated.index, true, False, "error", said, cause)
