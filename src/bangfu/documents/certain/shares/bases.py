"""Shares reckoned on the wrong whole: they come out, but with a figure that the words do not speak of."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.scene import AMONG
from bangfu.documents.certain.shares.company import LEFT_OVER
from bangfu.documents.certain.shares.pairs import Pair, same_unit
from bangfu.documents.certain.shares.points import Weighing
from bangfu.documents.certain.shares.said import TOTAL
from bangfu.documents.certain.shares.words import Asked, pairs_of

_NAMED, _UNNAMED = 2.0, 1.0
_FELLOWS = 2


def is_wrong_base(weighing: Weighing, one: Asked, coming: Pair, meant: Pair) -> bool:
    """Whether that a share comes out with `coming` shows how its writer went wrong, where `meant` is spoken of."""
    if not weighing.is_near(one, meant.part):
        return False
    if one.turn:
        return meant.part is weighing.of_turn(one) and coming.whole is meant.whole
    if _is_of_other_unit(one, coming, meant):
        return True
    if coming.part is not meant.part:
        return _is_of_the_next(weighing, one, coming, meant)
    return (
        _is_of_the_rest(coming, meant)
        or _is_of_total_before(one, coming, meant)
        or _is_of_unanswered(one, coming, meant)
        or _is_of_fellows(weighing, one, coming, meant)
        or _is_named(weighing, one, coming, meant)
    )


def _is_of_other_unit(one: Asked, coming: Pair, meant: Pair) -> bool:
    """742个、4.15亿元,价值占58.5%: the share of the number, where that of the value is spoken of."""
    mates = abs(coming.part.index - meant.part.index) == 1 and coming.part.sentence == meant.part.sentence
    units = coming.part.quantity.base_unit, meant.part.quantity.base_unit
    return bool(one.unit) and mates and units[0] not in one.unit and units[1] in one.unit


def _is_of_the_next(weighing: Weighing, one: Asked, coming: Pair, meant: Pair) -> bool:
    """省级810万元,占40%,县级540万元,占60%: the figure that fits has a share of its own right after it."""
    other = weighing.asked.get(coming.part.index + 1)
    if other is None or other.share is one.share or coming.whole is not meant.whole:
        return False
    plain = {one.form, other.form} <= {"of", "bare"} and not one.subject
    return plain and meant.part.index + 1 == one.share.index and not other.subject


def _is_of_the_rest(coming: Pair, meant: Pair) -> bool:
    """在档128户,脱困47户,脱困率58%,年末在档81户: on those that are left."""
    whole, rest, part = meant.whole.quantity, coming.whole, meant.part.quantity
    is_rest = rest.quantity.base_value + part.base_value == whole.base_value
    later = rest.index > meant.part.index or LEFT_OVER.search(rest.left) is not None
    return is_rest and same_unit(rest, meant.part) and same_unit(meant.whole, meant.part) and later


def _is_of_total_before(one: Asked, coming: Pair, meant: Pair) -> bool:
    """住房与配套总投资4537.5万元,配套占18.2%: the total right before, of which the share names its subject."""
    total = meant.whole
    before = total.index + 1 == one.head.index and total.sentence == one.head.sentence
    named = bool(one.subject) and one.is_generic and TOTAL.search(total.left) is not None
    return before and named and coming.whole.sentence != total.sentence and meant.ratio < 1


_ANSWER = re.compile(r"满意|认可|支持|知晓|好评|赞成|有效|合格|获得感")
_OUT = re.compile(r"发放|发出|发送|下发|印发|拟|应|计划|邀请|应访|应到")
_BACK = re.compile(r"收回|回收|收到|有效|实访|受访|接受|完成|实到|实收|参评|参加|接通")


def _is_of_unanswered(one: Asked, coming: Pair, meant: Pair) -> bool:
    """发放600份,收回588份,满意573份: who answers is among those that came back."""
    answers = one.form == "rate" and _ANSWER.search(one.name) is not None
    sent, back = coming.whole, meant.whole
    near = sent.sentence == back.sentence and sent.index < back.index < meant.part.index
    return answers and near and bool(_OUT.search(sent.left) and _BACK.search(back.left))


def _is_of_fellows(weighing: Weighing, one: Asked, coming: Pair, meant: Pair) -> bool:
    """教育占23%,农林占20%: two others of the list are of the same whole, and none is of the one that fits."""
    if AMONG.search(meant.part.gap) and coming.whole.index + 1 == meant.part.index:
        return False
    fellows = weighing.fellows_of(one, meant)
    return fellows >= _FELLOWS and not weighing.fellows_of(one, coming)


def _is_named(weighing: Weighing, one: Asked, coming: Pair, meant: Pair) -> bool:
    """高血压患者862人: 占高血压患者的 is of them, and not of all 1176 that are ill."""
    near = meant.whole.paragraph == one.share.paragraph
    if not near or (meant.ratio > 1 and one.share.quantity.base_value < 1):
        return False
    name = weighing.name_of_whole(one, meant)
    if not pairs_of(name) or weighing.value_of_name(name, meant.whole) < _NAMED:
        return False
    if weighing.value_of_name(name, coming.whole) >= _UNNAMED:
        return False
    return not weighing.is_of_same_thing(coming, meant, name)
