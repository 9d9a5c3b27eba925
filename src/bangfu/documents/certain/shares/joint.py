"""Shares that come out of several figures together, or that were said before and came out there."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import Pair
from bangfu.documents.certain.shares.points import Weighing
from bangfu.documents.certain.shares.words import Asked
from bangfu.documents.reading.structure import Mention

_LAST = 4
_AND = re.compile(r"[、和及与]")


def comes_out_jointly(weighing: Weighing, one: Asked, pair: Pair) -> bool:
    """在校2131人、送教上门15人,入学率100%: parts taken together, or what is left, are the share that is stated."""
    scene, stated = weighing.scene, one.share.quantity
    if not weighing.is_plain(one, pair.part):
        if stated.states(1 - pair.ratio) and not is_of_other_part(one, pair):
            return True
        if _is_made_of_shares(scene, one):
            return True
    like = [other for other in scene.before(one.head) if other.is_like(pair.part) and other is not pair.whole]
    values = [other.quantity.base_value for other in like[-_LAST:]]
    return any(
        stated.states(sum(values[start:end], Decimal(0)) / whole)
        for start in range(len(values))
        for end in range(start + 2, len(values) + 1)
        for whole in (pair.whole.quantity.base_value, *values[:start])
        if pair.part in like[-_LAST:][start:end] or end == len(values) or "含" in one.head.gap
    )


_UP = re.compile(r"净增")
_DOWN = re.compile(r"净减")
_AT_A_TIME = re.compile(r"[年月季期周日](?:末|底|初)|上[年月季期]|去年|原有?|此前|期初")
_NEAR = 10


def comes_out_changed(scene: Scene, one: Asked, pair: Pair) -> bool:
    """上月末在库136个,净增6个,…96个占在库的67.6%: of what the whole has become by a change that is told after it."""
    whole = pair.whole
    if not _AT_A_TIME.search(whole.gap):
        return False
    at, base = scene.place_of(whole) + 1, whole.quantity.base_value
    for other in scene.mentions[at : at + _NEAR]:
        if not other.is_like(whole) or other.index > one.share.index:
            continue
        sign = 1 if _UP.search(other.left) else -1 if _DOWN.search(other.left) else 0
        now = base + sign * other.quantity.base_value
        if sign and now > 0 and one.share.quantity.states(pair.part.quantity.base_value / now):
            return True
    return False


def is_of_both(weighing: Weighing, one: Asked, pair: Pair) -> bool:
    """设计费5.04万元、检查费2.52万元,为直接投资的3%: of the two, with a whole told before, to the digit."""
    before = weighing.scene.before(one.head)
    wholes = [other for other in before[:-2] if other.is_like(pair.part)]
    mates = before[-2:]
    if len(mates) < 2 or mates[-1] is not pair.part or not all(other.is_like(pair.part) for other in mates):
        return False
    amount = sum((other.quantity.base_value for other in mates), Decimal(0))
    joined = _AND.match(weighing.scene.between(mates[0], mates[1])) is not None
    named = (one.form in ("of", "task") or "含" in one.head.gap) and not one.subject
    stated = one.share.quantity
    return joined and named and any(stated.states(amount / other.quantity.base_value) for other in wholes)


def is_of_other_part(one: Asked, pair: Pair) -> bool:
    """政府项目欠1196.4万元,占51.5%: a share of the figure right before, and not of what that leaves of the whole."""
    near = one.head.index - (1 if pair.whole.index != one.head.index - 1 else 2)
    own = one.form == "of" and one.length == 1 and pair.part.index == near
    return own and not one.subject and one.share.quantity.is_exact


def is_said_again(weighing: Weighing, one: Asked) -> bool:
    """A share said before of the same part, where it came out, and now in a summary."""
    return any(
        weighing.scene.reading.quantities[index].base_value == one.share.quantity.base_value
        and any(
            other.part.quantity.base_value == part.quantity.base_value
            for part in _before(weighing.scene, one)
        )
        for index, other in weighing.held.items()
        if index != one.share.index
    )


def _before(scene: Scene, one: Asked) -> list[Mention]:
    return scene.before(one.head)[-1:]


def _is_made_of_shares(scene: Scene, one: Asked) -> bool:
    """…占62%,…占12%,…占12%,三项占86%; or what they leave of the whole."""
    before = [other for other in scene.before(one.head, paragraph=True) if other.is_like(one.share)]
    values = [other.quantity.base_value for other in before[-5:]]
    stated = one.share.quantity.base_value
    for start in range(len(values) - 1):
        for end in range(start + 2, len(values) + 1):
            amount = sum(values[start:end], Decimal(0))
            if stated in (amount, 1 - amount):
                return True
    return False
