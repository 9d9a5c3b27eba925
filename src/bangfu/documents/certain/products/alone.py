"""Whether a count or an amount is the only one that may be meant, or bears the name of what is paid for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple
from bangfu.documents.certain.products.rates import name_in
from bangfu.documents.reading.structure import Mention

BACK, _FAR_BACK = 20, 60
_SUM = re.compile(r"(?:[共总合]?计|共|总[一-龥]{0,4}|一共|总共)$")
SUM_AHEAD = re.compile(r"(?:[共总合]计?|一共|总共|累计|全[年部]共?)[一-龥]{0,6}$")
_OF_WHAT = re.compile(r"(?:平均|每|[户人村镇乡家次亩笔件头台车场站座处均])+均?[^,;。]{0,4}$")


def of_its_name(each: Each, counts: Sequence[Mention | None]) -> Sequence[Mention | None]:
    """助医86户、修房62户,共148户;助医户均1.2万元: of those that the name stands before, if there are any."""
    name = _name_of_mean(each)
    if not name:
        return counts
    paragraph = each.mention.paragraph
    own = [one for one in counts if one and one.paragraph == paragraph and name in one.left + one.right[:4]]
    return own or counts


def is_of_others(triple: Triple) -> bool:
    """老党员86户、困难户62户,使用154.7万元;困难户户均1.2万元: the amount is not said to be theirs alone."""
    name, count, total = _name_of_mean(triple.each), triple.count, triple.total
    if not name or count is None or name not in count.left + count.right[:4]:
        return False
    return (
        abs(total.index - count.index) > 1
        and name not in total.left
        and total.index < triple.each.mention.index
    )


def _name_of_mean(each: Each) -> str:
    """助医 of 助医户均."""
    name = _OF_WHAT.sub("", each.mention.left) if each.is_mean else ""
    return name if len(name) > 1 and name != each.mention.left else ""


def far_named(scene: Scene, each: Each, near: Sequence[Mention]) -> list[Mention]:
    """特困供养7人 … 特困供养每人每月860元: the one count further off that bears the name."""
    name = name_in(each.mention.left, "") if each.unit and not each.is_mean else ""
    if len(name) < 2:
        return []
    at = scene.place_of(each.mention)
    far = scene.mentions[max(0, at - _FAR_BACK) : max(0, at - BACK)]
    found = [one for one in far if name in one.left[-len(name) - 2 :] and may_count(each, one)]
    return found if len({one.quantity.base_value for one in found}) == 1 else []


def is_of_sum_before(triple: Triple, totals: Sequence[Mention]) -> bool:
    """县乡村道计2146.1公里。护路员640人,人均2.35公里: of the last sum of its unit in the sentence before."""
    each, count, total = triple.each.mention, triple.count, triple.total
    if (
        count is None
        or not triple.each.is_mean
        or count.index != each.index - 1
        or count.sentence != each.sentence
    ):
        return False
    before = [one for one in totals if one.index < each.index]
    last = before and max(before, key=lambda one: one.index) is total
    near = total.paragraph == each.paragraph and total.sentence == each.sentence - 1
    return bool(last) and near and bool(_SUM.search(total.left))


def is_alone(
    scene: Scene, triple: Triple, totals: Sequence[Mention], counts: Sequence[Mention | None]
) -> bool:
    """One count in the sentence (or paragraph), and one amount, or the amount right before the figure."""
    at, here = triple.each.mention.index, triple.each.mention.sentence
    if triple.count is None:
        return False
    if is_of_sum_before(triple, totals):
        return True
    known = _without_parts(scene, triple.count, [one for one in counts if one is not None])
    in_sentence = [one for one in known if one.sentence == here]
    in_paragraph = [one for one in known if one.paragraph == triple.each.mention.paragraph]
    sole = [one for one in totals if one.sentence == here] == [triple.total]
    beside = triple.total.index == at - 1 and triple.total.sentence == here
    if triple.count.sentence == here:
        return in_sentence == [triple.count] and (sole or beside)
    row = sorted(one.index for one in (triple.each.mention, triple.count, triple.total))
    consecutive = row[2] - row[0] == 2 and row[0] == triple.count.index
    follows = triple.total.index == at + 1 and sole and SUM_AHEAD.match(triple.total.left) is not None
    return consecutive or (in_paragraph == [triple.count] and (beside or follows))


def _without_parts(scene: Scene, whole: Mention, counts: Sequence[Mention]) -> Sequence[Mention]:
    """固定用工46人、灵活用工184人,全年用工230人,其中脱贫人口69人: of these the whole is meant."""
    rest = [
        one for one in counts if one is whole or one.sentence != whole.sentence or not scene.is_nested(one)
    ]
    parts = [one for one in rest if one is not whole and one.sentence == whole.sentence]
    many = sum((one.quantity.base_value for one in parts), Decimal(0))
    if len(parts) > 1 and many == whole.quantity.base_value and all(one.is_like(whole) for one in parts):
        return [one for one in rest if one not in parts]
    return rest if not scene.is_nested(whole) else counts


def is_named(scene: Scene, triple: Triple, counts: Sequence[Mention | None]) -> bool:
    """低改每亩400元: of the count that 低改 stands before; 脱贫户纯收入289万元: of the persons of 脱贫户."""
    if triple.count is None:
        return False
    tail = _tail_of(triple.count)
    for words in (
        _name_of(triple.each),
        triple.total.left[:3],
        tail if tail in triple.each.mention.left else "",
    ):
        if len(words) > 1 and re.fullmatch(r"[一-龥]+", words):
            bearing = [one for one in counts if one is not None and words in scene.label(one) + one.left]
            if bearing == [triple.count]:
                return True
    return False


def _tail_of(count: Mention) -> str:
    """管水员 of 9个村配管水员27人."""
    return count.left.strip()[-3:] if len(count.left.strip()) > 2 else ""


def _name_of(each: Each) -> str:
    """The word before 每 in its clause."""
    words = re.split(r"每|标准|补助|补贴|均", each.mention.left)[0]
    return words[-4:]
