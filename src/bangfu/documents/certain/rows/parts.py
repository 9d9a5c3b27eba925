"""A part that is more than its whole: N户,其中 more than N."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.rows.candidate import Rows, are_posts, class_of, marks
from bangfu.documents.certain.rows.items import items_above
from bangfu.documents.certain.rows.numbers import fine, is_one_digit, is_power, is_swap
from bangfu.documents.certain.rows.portions import portions
from bangfu.documents.certain.rows.words import LEFT_OVER, PART, STRONG, TURNS
from bangfu.documents.reading.structure import Mention

_TIMES = frozenset({"人次", "户次", "场次", "件次", "次"})
_FAR, _LIST = 40, 4

_OF_SOME = re.compile(
    r"(?:其中|当中|里面|里头)[,有]?(?:有)?(?:不少|部分|一些|有些|有的|多数|大多|大部分|少数|个别|许多|很多|若干)[^,。;]*[,;]"
)
"""其中不少农户两样都种,实际涉及178户: the figure of the next clause is no part."""


def parts_above(rows: Rows) -> Iterator[Relation]:
    for part in rows.scene.mentions:
        if (
            not PART.search(part.gap)
            or _OF_SOME.search(part.gap)
            or not rows.able(part)
            or not part.quantity.is_exact
        ):
            continue
        if "," in part.gap and STRONG.search(part.left):
            continue
        whole = _of_list(rows, part) or _whole(rows, part)
        if whole is None or not whole.quantity.is_exact:
            continue
        if part.quantity.bounds()[0] > whole.quantity.bounds()[1]:
            yield _told(part, whole)

    known = set[int]()
    for part, whole in (*portions(rows), *items_above(rows)):
        if part.index not in known:
            known.add(part.index)
            yield _told(part, whole)


def _whole(rows: Rows, part: Mention) -> Mention | None:
    """The figure that is opened up; None where another before it is great enough and may as well be meant."""
    before = [one for one in rows.scene.before(part) if _counts_alike(one, part)]
    if not before:
        last = rows.scene.sentence_before(part)
        adjacent = part.gap.strip().startswith("其中") and last and part.paragraph == last[-1].paragraph
        before = [one for one in last if _counts_alike(one, part)] if adjacent else []
    wholes = [one for one in before if rows.is_whole(one) and rows.depth(one) <= rows.depth(part)]
    able = [one for one in wholes if rows.able(one)] or wholes
    if not able:
        return None
    nearest = able[-1]
    others = [one for one in able[:-1] if not TURNS.search(rows.between(one, nearest))]
    if part.quantity.unit in _TIMES and nearest.quantity.unit not in _TIMES:
        return None
    if not others or _is_slip(part, nearest):
        return nearest
    beside = part.segment == nearest.segment and part.sentence == nearest.sentence
    in_row = any(
        one.segment == nearest.segment and marks(rows.between(one, nearest)) in "、" for one in others
    ) and not rows.is_total(nearest)
    enough = any(one.quantity.base_value >= part.quantity.base_value for one in others)
    if not beside or in_row or (enough and LEFT_OVER.search(nearest.left)):
        return None
    return nearest if len(rows.between(nearest, part)) <= _FAR else None


def _of_list(rows: Rows, part: Mention) -> Mention | None:
    """持证9862人,分七类:肢体5230人、…、多重192人。其中重度4116人: after a list its whole is meant."""
    last = rows.scene.sentence_before(part)
    if rows.scene.before(part) or not last or not part.gap.strip(" 。").startswith("其中"):
        return None
    able = [one for one in last if _counts_alike(one, part) and rows.able(one)]
    if len(able) < _LIST or marks(rows.between(able[0], able[1])) == "、":
        return None
    listed = (marks(rows.between(one, other)) == "、" for one, other in itertools.pairwise(able[1:]))
    return able[0] if part.paragraph == last[-1].paragraph and all(listed) else None


def _counts_alike(one: Mention, part: Mention) -> bool:
    return class_of(one) == class_of(part) or (class_of(part) == "人" and are_posts(one))


def _is_slip(part: Mention, whole: Mention) -> bool:
    first, second = fine(part), fine(whole)
    long = len(re.sub(r"\D", "", part.quantity.text)) > 2
    return is_swap(first, second) or (long and is_one_digit(first, second)) or is_power(first, second)


def _told(part: Mention, whole: Mention) -> Relation:
    one, all_ = part.quantity, whole.quantity
    over = shown(one.base_value - all_.base_value, all_)
    cause = "两个数写颠倒了,或者其中一个有误"
    if is_swap(fine(part), fine(whole)):
        cause = f"“{one.text}”相邻两个数字写颠倒了"
    elif is_power(fine(part), fine(whole)):
        cause = "单位或小数点写错"
    said = f"其中的{one.text}比总数{all_.text}还大,相差{over}"
    return Relation("part", (part.index,), whole.index, one.base_value, False, "error", said, cause)
