"""Points of a rate that was told further before: 开工率63.8%. …开工率要到80%,比去年提高18.2个百分点."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.pairs import Pair, value_of
from bangfu.documents.certain.changes.told import relation_of, slip_in_words
from bangfu.documents.certain.changes.words import has_stop, sign_of
from bangfu.documents.certain.remainders.slips import cause_of_slip, slip
from bangfu.documents.reading.structure import Mention

_RATE = re.compile(r"[一-龥]{1,4}(?:率|比重|占比|比例|覆盖面)(?=[^率比]*$)")
_FAR = 80
_IS, _THAT_IS = re.compile(r"[是为达][^,;。]*$"), re.compile(r"即|也就是|等于|相当于|换言之|换句话说|折合")


def far_points(scene: Scene, points: Mention) -> Iterator[Relation]:
    at = scene.place_of(points)
    new = scene.mentions[at - 1] if at else points
    rate = _RATE.search(new.left)
    if found := list(_against(scene, points, new)):
        yield from found
        return
    if rate is None or new.sentence != points.sentence or has_stop(points.gap) or not _is_rate(new):
        return
    name = rate[0][-3:]
    olds = [one for one in scene.mentions[max(0, at - _FAR) : at - 1] if _is_rate(one) and name in one.left]
    gaps = [(abs(value_of(new) - value_of(one)), one) for one in olds]
    if any(points.quantity.states(gap) for gap, _ in gaps):
        return
    sign = sign_of(points)
    fitting = [
        (gap, one)
        for gap, one in gaps
        if slip(points.quantity, gap) == "clear" and (value_of(new) - value_of(one)) * sign > 0
    ]
    if len({gap for gap, _ in fitting}) == 1:
        gap, old = fitting[-1]
        apart = shown(gap, points.quantity)
        said = f"{new.quantity.text}与{old.quantity.text}相差{apart},文中写的是{points.quantity.text}"
        yield relation_of(points, Pair(old, new), gap, said, cause_of_slip(points.quantity, gap))


_COLUMN = re.compile(r"(?:占比|比重|比例|份额)$")
_RATE_OF = re.compile(r"([一-龥]{2,8}?)(?:的?(?:占比|比重|比例|份额))(?:同|比|较|与|从|由)[^,;。]*$")


def _against(scene: Scene, points: Mention, old: Mention) -> Iterator[Relation]:
    """因病占比同去年同期的39.8%相比下降1.8个百分点, where a table says that it is 37.0%."""
    named = _RATE_OF.search(old.left)
    if named is None or old.sentence != points.sentence or has_stop(points.gap) or not _is_rate(old):
        return
    news = [one for one in scene.mentions if _is_rate(one) and one is not old and _is_named(one, named[1])]
    gaps = {sign_of(points) * (value_of(one) - value_of(old)): one for one in news}
    if len(gaps) != 1:
        return
    gap, new = next(iter(gaps.items()))
    if gap > 0 and not points.quantity.states(gap) and retyped(points.quantity, gap) in ("digit", "swapped"):
        said = f"{new.quantity.text}与{old.quantity.text}相差{shown(gap, points.quantity)},文中写的是{points.quantity.text}"
        yield relation_of(points, Pair(old, new), gap, said, slip_in_words(points.quantity, gap))


def _is_named(one: Mention, name: str) -> bool:
    return (
        _COLUMN.sub("", one.quantity.subject) == name or one.left.strip("\t |,、;").removesuffix("占") == name
    )


def _is_rate(one: Mention) -> bool:
    return one.quantity.kind == "share" and one.quantity.is_exact


def times_as_growth(scene: Scene, percent: Mention) -> Iterator[Relation]:
    """是2019年的3倍,即增长300%: three times as much is two hundred per cent more."""
    at = scene.place_of(percent)
    times = scene.mentions[at - 1] if at else percent
    if times.quantity.kind != "times" or times.sentence != percent.sentence or sign_of(times):
        return
    number, stated = value_of(times), percent.quantity
    if number > 1 and stated.states(number) and _IS.search(times.left) and _THAT_IS.search(percent.gap):
        true = number - 1
        said = f"是{times.quantity.text}即增长{shown(true, stated)},文中写的是{stated.text}"
        members = (times.index,)
        yield Relation("growth", members, percent.index, true, False, "error", said, "把倍数当作了增长的幅度")
