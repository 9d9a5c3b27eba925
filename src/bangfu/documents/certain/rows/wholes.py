"""Which figure a row opens up, and which figure is rather the first of the row itself."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Rows, class_of, marks
from bangfu.documents.certain.rows.numbers import comes_out
from bangfu.documents.certain.rows.words import (
    AMONG,
    REST,
    STRONG,
    WHOLE,
    are_places,
    are_told_apart,
    makes_whole,
)
from bangfu.documents.reading.structure import Mention

NEAR_ONLY = frozenset({"comma", "pause", "semicolon", "bare", "bracket", "includes"})
_PLACE_END = re.compile(r"[村镇乡组区县片街社]")
_PLANNED = re.compile(r"目标|任务|计划|标准|比[^,。;、]{0,8}$")
_NUMBER = re.compile(r"^[ (]*[一二三四五六七八九十\d]+[)、. ]*")
_PASSED = re.compile(r"合格|通过|批准|核定|核准|认定|录取|实际|实有|兑付|落实")
_AT_ONCE = re.compile(r"[^,;:。一-龥]{0,6},?(?:又|再|共|可|其中)?(?:划?分[为成]|由|构成|组成)")
_ENDS = re.compile(r"[一-龥]{0,6}[,;。)\n]|$")
PIECES = re.compile(r"[。!?\n]")
_NAMED = re.compile(
    r"[ ]*(?!按|从|其中|分|逐|具体|资金|项目)([一-龥]{2,6}?)"
    r"(?:的?(?:原因|类型|去向|渠道|来源|结构|构成|用途)|的[^,:]{0,6}[中里]|[中里][,有]|(?:的?[人户]|人员|对象)[里中]|由(?:下列|以下|如下|[两三四五六七八九十]))"
)


def wholes_of(
    rows: Rows, first: Mention, earlier: Sequence[Mention], opener: str, words: str
) -> Iterator[tuple[Mention, str]]:
    """The figures that may be opened up, the nearest first; farther ones only where the words divide something."""
    if opener in NEAR_ONLY:
        yield earlier[0], "nearest"
        return
    small = first.quantity.base_value > earlier[0].quantity.base_value and len(earlier) > 1
    if opener == "among" and rows.able(earlier[0]) and _follows(rows, earlier[0], first) and not small:
        yield earlier[0], "nearest"
        return
    if opener == "strict" and _AT_ONCE.match(words):
        yield earlier[0], "nearest"
        return
    near = [earlier[0]]
    for one in earlier[1:]:
        if first.paragraph - one.paragraph > 1 or one.sentence < first.sentence - 3 or len(near) > 5:
            break
        near.append(one)
    able = [one for one in near if rows.able(one)] or _not_planned(near)[:1]
    head = _head(words)
    named = [one for one in able if _is_called(one, head)]
    for at, one in enumerate(named[:1] or able):
        yield one, "named" if named else place(rows, one, at)


def _not_planned(near: list[Mention]) -> list[Mention]:
    """The same without goals and figures to compare with, where others are left."""
    return [one for one in near if not _PLANNED.search(one.left[-8:])] or near


def _follows(rows: Rows, whole: Mention, first: Mention) -> bool:
    """Whether nothing but its group and the opening stands between: 公益岗46人,其中."""
    if whole.sentence != first.sentence or not AMONG.match(first.gap.lstrip(",;、( ")):
        return False
    return rows.scene.group_of[whole.index].mentions[-1].index + 1 == first.index


def _is_called(one: Mention, head: str) -> bool:
    """停发9人 is called by 停发原因; 未就业138人 is not called by 就业渠道."""
    pairs = (head[at : at + 2] for at in range(len(head) - 1))
    return any(pair in one.left and not any(no + pair in one.left for no in "未没不无") for pair in pairs)


def _head(words: str) -> str:
    """What the opening speaks of: 停发 of 停发原因:, 核减 of 核减的人里."""
    pieces = PIECES.split(words)
    match = _NAMED.match(pieces[-1]) or (_NAMED.match(_NUMBER.sub("", pieces[-2])) if pieces[1:] else None)
    return match[1] if match else ""


def place(rows: Rows, one: Mention, at: int) -> str:
    if at == 0:
        return "nearest"
    if not rows.scene.before(one, paragraph=True):
        return "paragraph-first"
    if not rows.scene.before(one):
        return "sentence-first"
    return "second" if at == 1 else "other"


def is_item(rows: Rows, whole: Mention, members: Sequence[Mention], opener: str) -> bool:
    """Whether it is the first of the row itself: 中央5万元,省级3万元,县级2万元; a line of the list."""
    if any(one.quantity.base_value == whole.quantity.base_value for one in members):
        return True
    labels, label = [rows.called(one) for one in members], rows.called(whole)
    if opener not in ("among", "strict", "divided") and any(
        one == label or (len(label) > 2 and one[:2] == label[:2]) for one in labels
    ):
        return True
    if opener in NEAR_ONLY and rows.scene.is_nested(whole) and rows.scene.is_nested(members[0]):
        return opener != "bracket"
    if REST.search(whole.left) and opener not in ("among", "bracket"):
        return True
    if members[0].quantity.base_value > whole.quantity.base_value and opener in NEAR_ONLY:
        return True
    if opener.startswith("lines"):
        after = rows.flat[whole.quantity.end : members[0].quantity.start]
        head = after[: after.find("\n")] if "\n" in after else after
        headed = ":" in head or "如下" in head or rows.is_total(whole)
        return not headed and "\n" in after
    if opener not in ("comma", "bare", "semicolon", "pause"):
        return False
    if is_closed_list(rows, whole, members, opener) and not _continues(rows, whole):
        return False
    labels.insert(0, label)
    if not label or rows.is_total(whole):
        return False
    if ":" in whole.gap[-14:] and "。" not in whole.gap[-14:]:
        return True
    if are_told_apart(labels[1:]) and not are_told_apart(labels):
        return False
    longest = max(len(one) for one in labels[1:])
    if marks(rows.between(whole, members[0])) and len(label) <= longest + 1 and not WHOLE.search(label):
        return True
    if are_places(labels) and _PLACE_END.search(label):
        return True
    return makes_whole(labels) and not makes_whole(labels[1:])


def is_closed_list(rows: Rows, whole: Mention, members: Sequence[Mention], opener: str) -> bool:
    """学校64所,小学43所、初中15所、一贯制5所: the items are bound closer to each other than to their whole."""
    if opener not in ("comma", "bare", "includes", "colon") or len(members) < 3:
        return False
    if {marks(rows.between(one, other)) for one, other in itertools.pairwise(members)} != {"、"}:
        return False
    after = rows.flat[members[-1].quantity.end : members[-1].quantity.end + 10]
    return _ENDS.match(after) is not None and len(rows.between(whole, members[0])) < 16


def _continues(rows: Rows, whole: Mention) -> bool:
    """Whether it is itself the last of a row: 甲12所、乙8所、丙64所,小学43所、…"""
    return marks(whole.gap[-12:]) == "、"


def is_divided_before(rows: Rows, whole: Mention, first: Mention) -> bool:
    """26家:服装11家、电子6家、…;从规模看,…: what was divided once is divided again."""
    scene, kind = rows.scene, class_of(whole)
    between = scene.mentions[scene.place_of(whole) + 1 : scene.place_of(first)]
    near = [one for one in between if class_of(one) == kind and rows.able(one)][:20]
    for start in range(len(near) - 1):
        for end in range(start + 2, min(start + 9, len(near) + 1)):
            if comes_out(near[start:end], whole) and (end - start > 2 or AMONG.search(near[start].gap)):
                return True
    return False


def is_passed(rows: Rows, whole: Mention, first: Mention) -> bool:
    """申报74人,审核合格68人,按病种分…: what is opened up is what came of it."""
    between = rows.scene.mentions[rows.scene.place_of(whole) + 1 : rows.scene.place_of(first)]
    return any(
        class_of(one) == class_of(whole) and one.sentence == whole.sentence and _PASSED.search(one.left[-8:])
        for one in between
    )


def is_said_below(rows: Rows, members: Sequence[Mention], whole: Mention) -> bool:
    """Whether the total that ends the row says the same figure again: it is told there."""
    place = rows.scene.place_of(members[-1])
    return any(
        one.quantity.base_value == whole.quantity.base_value
        and class_of(one) == class_of(whole)
        and STRONG.search(rows.scene.clause(one))
        for one in rows.scene.mentions[place + 1 : place + 4]
    )
