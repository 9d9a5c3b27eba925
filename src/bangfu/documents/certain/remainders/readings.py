"""Ways to read a remainder: which figure is the whole, which were taken from it, and what makes a way certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.slips import cause_of_slip, swapped
from bangfu.documents.reading.structure import Mention

_BACK, _MOST = 24, 10
_AHEAD = 8
_STANDARD_THING = re.compile("标准(?:化|厂房|农田|车间|件|校|间|地|园|库)[^,]{0,8}$")
_POST = re.compile("岗|编|床|席位|座位|名额|住")
_EMPTY = re.compile("空|缺|闲")
_ZERO = Decimal(0)
_LEFT_TOO = re.compile("未|没|待|在|余|另|不|还|尚|停|取消")


@dataclass(frozen=True)
class Way:
    """One reading: what is left of `whole` when `taken` is taken away."""

    whole: Mention
    taken: tuple[Mention, ...]

    @property
    def left(self) -> Decimal:
        return self.whole.quantity.base_value - sum((one.quantity.base_value for one in self.taken), _ZERO)

    @property
    def is_exact(self) -> bool:
        return all(one.quantity.is_exact for one in (self.whole, *self.taken))


def earlier(scene: Scene, rest: Mention) -> list[Mention]:
    """What stands before it and counts the same, nearest last."""
    at = scene.place_of(rest)
    found: list[Mention] = []
    for one in reversed(scene.mentions[max(0, at - _BACK) : at]):
        if rest.paragraph - one.paragraph > 2 or len(found) == _MOST:
            break
        if (can_add(one) or _STANDARD_THING.search(one.left)) and (one.is_like(rest) or _is_post(rest, one)):
            found.append(one)
    return found[::-1]


def _is_post(rest: Mention, one: Mention) -> bool:
    """岗位2150个,在岗2128人,空岗22个; 床位42张,住人27张."""
    if not _EMPTY.search(rest.left) or not _POST.search(rest.left + one.left + one.right):
        return False
    units = {rest.quantity.base_unit, one.quantity.base_unit}
    return "人" in units and len(units) == 2 and bool(units & {"个", "张", "床", "套", "间", "席"})


def comes_out(
    scene: Scene,
    rest: Mention,
    pool: Sequence[Mention],
    wholes: Sequence[Mention],
    way: Way | None = None,
    *,
    beside: bool = False,
) -> bool:
    """Whether some figure, or several in a row, taken from one of `wholes` leave it, alone or with what follows.

    `beside` where the words bind the three so closely that nothing of another sentence can be meant.
    """
    ahead, behind = _followers(scene, rest), _next(scene, rest)
    if beside:
        ahead, behind = ahead[:1], [one for one in behind if one.sentence == rest.sentence]
    if rest.quantity.is_exact:
        pool = [one for one in pool if one.quantity.is_exact]
    kept = (way.whole, *way.taken) if way else ()
    pool = without_parts(_before_total(scene, pool), kept)
    for whole in (one for one in wholes if one in pool):
        for left in _lefts(whole, [*pool, *behind]):
            if any(rest.quantity.states(left - more) for more in ahead):
                return True
    return False


def _before_total(scene: Scene, pool: Sequence[Mention]) -> list[Mention]:
    """脱岗7人、代岗2人、超龄5人,三类合计14人: parts that the total after them holds."""
    for at in range(len(pool) - 1, 1, -1):
        if not scene.is_total(pool[at]):
            continue
        amount = _ZERO
        for start in range(at - 1, -1, -1):
            amount += pool[start].quantity.base_value
            if amount == pool[at].quantity.base_value and at - start > 1:
                return [*pool[:start], *pool[at:]]
    return list(pool)


def without_parts(pool: Sequence[Mention], kept: Sequence[Mention] = ()) -> list[Mention]:
    """来自电子厂3人、工地2人 after 5人: parts that make up the figure before them are no wholes of their own."""
    found: list[Mention] = []
    at = 0
    while at < len(pool):
        count = _parts_of(pool, at)
        found += [pool[at], *(one for one in pool[at + 1 : at + 1 + count] if one in kept)]
        at += 1 + count
    return found


def _parts_of(pool: Sequence[Mention], at: int) -> int:
    amount = _ZERO
    for count, one in enumerate(pool[at + 1 :], 1):
        amount += one.quantity.base_value
        if amount >= pool[at].quantity.base_value:
            return count if count > 1 and amount == pool[at].quantity.base_value else 0
    return 0


def _lefts(whole: Mention, pool: Sequence[Mention]) -> Iterator[Decimal]:
    value = whole.quantity.base_value
    yield from (value - one.quantity.base_value for one in pool if one.quantity.base_value < value)
    after = [one.quantity.base_value for one in pool if whole.index < one.index]
    for start in range(len(after) - 1):
        left = value
        for one in after[start:]:
            left -= one
            yield left


def is_first_of_several(scene: Scene, rest: Mention) -> bool:
    """在建98处,未动工31处: what is left is told in several figures."""
    for one in scene.after(rest)[:3]:
        if one.segment != rest.segment:
            return False
        if one.is_like(rest):
            return (
                "其中" not in one.gap
                and "(" not in one.gap
                and bool(_LEFT_TOO.search(one.left + one.right[:6]))
            )
    return False


def _next(scene: Scene, rest: Mention) -> list[Mention]:
    """同比增加8人(去年同期195人): what was taken may stand behind."""
    at = scene.place_of(rest)
    return [one for one in scene.mentions[at + 1 : at + 3] if one.is_like(rest)]


def _followers(scene: Scene, rest: Mention) -> list[Decimal]:
    """The sums of the like figures that follow in its paragraph, nothing first."""
    sums = [_ZERO]
    for one in scene.mentions[scene.place_of(rest) + 1 :][:_AHEAD]:
        if one.paragraph != rest.paragraph or len(sums) > 4:
            break
        if one.is_like(rest):
            sums.append(sums[-1] + one.quantity.base_value)
    return sums


def far_whole(scene: Scene, rest: Mention, done: Mention) -> Mention | None:
    """The one figure anywhere before that a rate just beside the part names: 支付19251万元,支付率93%."""
    at, here = scene.place_of(rest), scene.place_of(done)
    rates = [one.quantity for one in scene.mentions[here + 1 : at + 2] if one.quantity.kind == "share"]
    rates = [one for one in rates if one.base_high is None and one.step * 2 < one.base_value < 1]
    if not rates or not done.quantity.base_value:
        return None
    part, rate = done.quantity.base_value, rates[0]
    low, high = part / (rate.base_value + rate.step), part / (rate.base_value - rate.step)
    fitting = [
        one
        for one in scene.mentions[:here]
        if low <= one.quantity.base_value <= high
        and one.is_like(rest)
        and can_add(one)
        and one.quantity.is_exact
        and rate.states(part / one.quantity.base_value)
    ]
    return fitting[-1] if len({one.quantity.base_value for one in fitting}) == 1 else None


def has_rate(scene: Scene, rest: Mention, way: Way) -> bool:
    """A rate beside them that comes out of whole and part: 完成19个,完成率86.4%."""
    (done,) = way.taken
    ratio = done.quantity.base_value / way.whole.quantity.base_value
    first, at = min(done.index, way.whole.index), scene.place_of(rest)
    return any(
        one.quantity.kind == "share"
        and one.index > first
        and one.paragraph == rest.paragraph
        and (one.quantity.states(ratio) or one.quantity.cuts_off(ratio))
        for one in scene.mentions[max(0, at - _BACK) : at + 3]
    )


def told(way: Way, rest: Mention) -> Relation:
    names = "-".join(one.quantity.text for one in (way.whole, *way.taken))
    said = f"{names}={shown(way.left, rest.quantity)},文中写的是{rest.quantity.text}"
    members = (way.whole.index, *(one.index for one in way.taken))
    return Relation("difference", members, rest.index, way.left, False, "error", said, _cause(way, rest))


def _cause(way: Way, rest: Mention) -> str:
    """The slip that explains it, in words; "" where more was done than there was to do."""
    if way.left < 0:
        return f"“{way.taken[0].quantity.text}”大于“{way.whole.quantity.text}”,其中一个写错"
    if cause := cause_of_slip(rest.quantity, way.left):
        return cause
    off = rest.quantity.base_value - way.left
    for one, right in (
        *((one.quantity, one.quantity.base_value - off) for one in way.taken),
        (way.whole.quantity, way.whole.quantity.base_value + off),
    ):
        if swapped(one, right):
            return f"“{one.text}”写错了数位,应为{shown(right, one)}"
    return ""
