"""What it was and what it is: the two figures that a change speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.words import (
    AGAINST,
    FROM,
    LAST,
    LIGHT,
    NOW,
    REACHED,
    RISEN,
    SHARE,
    has_stop,
    is_norm,
    sign_of,
)
from bangfu.documents.reading.structure import Mention


@dataclass(frozen=True)
class Pair:
    """What it was and what it is; with `sign`, one of the two and the change between them, down where it is negative."""

    old: Mention
    new: Mention
    sign: int = 0

    @property
    def change(self) -> Decimal:
        if self.sign:
            one = self.new if sign_of(self.new) else self.old
            return one.quantity.base_value * sign_of(one)
        return self.new.quantity.base_value - self.old.quantity.base_value

    @property
    def old_value(self) -> Decimal:
        if self.sign and sign_of(self.old):
            return self.new.quantity.base_value - self.change
        return self.old.quantity.base_value

    @property
    def new_value(self) -> Decimal:
        return self.old_value + self.change

    @property
    def is_exact(self) -> bool:
        return self.old.quantity.is_exact and self.new.quantity.is_exact and self.old_value > 0


def near_before(scene: Scene, change: Mention) -> list[Mention]:
    """The figures that a change may speak of: of its sentence, and of the one before."""
    near = scene.before(change, paragraph=True)[-6:]
    return [one for one in near if one.sentence >= change.sentence - 1 and not one.quantity.is_label]


def amount_of_change(percent: Mention, before: list[Mention]) -> Mention | None:
    """增加8户,增长5%; 增加8户,上年为160户,增长5%."""
    near = before[-2:] if before and LAST.search(before[-1].left) else before[-1:]
    found = [one for one in near if _is_amount_of_change(one)]
    return found[0] if found and not has_stop(percent.gap) and near[-1].is_like(found[0]) else None


def _is_amount_of_change(one: Mention) -> bool:
    return (
        bool(sign_of(one)) and one.quantity.kind not in ("share", "point", "times") and one.quantity.is_exact
    )


def changed_by(before: list[Mention], by: Mention) -> Pair | None:
    """B,比上年的A增加C,增长p: C comes out, so A and B are what p is of; A and C, or B and C, may do alone."""
    sign = sign_of(by)
    alike = [one for one in before if one.is_like(by)][-3:]
    for at in range(len(alike) - 1, 0, -1):
        for other in alike[:at]:
            low, high = sorted((alike[at], other), key=value_of)
            pair = Pair(low, high) if sign > 0 else Pair(high, low)
            if by.quantity.states(abs(pair.change)):
                return pair
    if not alike or alike[-1].index != by.index - 1 or by.segment != alike[-1].segment:
        return None
    nearest = alike[-1]
    if is_base(nearest, by) and not any(
        value_of(one) == value_of(nearest) + sign * value_of(by) for one in alike
    ):
        return Pair(nearest, by, sign=sign)
    if len(alike) == 1 and RISEN.match(by.gap):
        return Pair(by, nearest, sign=-sign)
    return None


def value_of(one: Mention) -> Decimal:
    return one.quantity.base_value


def compared(scene: Scene, change: Mention, before: list[Mention]) -> Pair | None:
    """由A增加到B,增长p; B,比上年的A增长p; 上年A,今年B,增长p: the two right before the change."""
    if len(before) < 2 or before[-1].index != change.index - 1 or has_stop(change.gap):
        return None
    second = before[-1]
    first = next((one for one in reversed(before[:-1]) if one.is_like(second) and not is_norm(one)), None)
    if first is None or sign_of(first) or sign_of(second) or names_other(change):
        return None
    if FROM.search(first.left) and REACHED.search(second.left):
        return Pair(first, second)
    if SHARE.search(second.left + first.left):
        return None
    if is_base(second, change) and not LAST.search(first.left):
        return Pair(second, first)
    if LAST.search(first.left) and NOW.search(second.left) and not LAST.search(second.left):
        return Pair(first, second)
    return None


_STANDARD = re.compile(
    r"(?:比|较|与|于|超|低|高|快|慢)[^,;。]{0,4}(?:序时|时序|目标|要求|计划|标准|任务|规定|平均|全[县市省国]|红线|警戒|预期|考核)"
)


def names_other(change: Mention) -> bool:
    """由12个村增加到15个村,资金增长30%: the growth of something else."""
    words = re.split(r"[,;。:、]", change.left)[-1]
    if "," in change.gap and _STANDARD.search(change.gap):
        return True
    return "," in change.gap and len(LIGHT.split(words, maxsplit=1)[0]) > 1


def is_base(base: Mention, change: Mention) -> bool:
    """比去年的31户多5户; 上年31户,今年多5户: nothing but the change stands after the base."""
    words = change.gap.strip(" ,")
    if words.startswith(("相比", "比较", "相较")):
        return len(words) <= 12
    if "," not in change.gap:
        return bool(AGAINST.search(base.left)) and len(words) <= 6
    return bool(LAST.search(base.left)) and len(words) <= 8 and not has_stop(change.gap)
