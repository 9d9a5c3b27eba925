"""Whether a later figure is by its words a part of an earlier one, or of another thing, and so need not be equal to it."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.names import Names, pairs_of
from bangfu.documents.reading.structure import Mention

_AMONG = re.compile(
    r"([一-龥]{2,8}?)(?:当中|之中|里头?|里面|(?<![其高初集])中)(?!央|心|学|小|级|型|草|药|介|国|旬|标|期|层|等|秋|专|职|共|午|断|止|转|间|部|程|毒|餐|队|青|老|年|程)"
)
"""问题户中停保46户: the 46 are some of the 问题户."""
_NOT_AMONG = re.compile(r"工作|活动|过程|检查|抽查|排查|督查|审计|整改|建设|[一-龥]*[月年日期]$|行动|评比")
_DONE = re.compile(r"已(?:经|全部|有)?(?:修复|整改|拆除|兑现|解决|追回|[一-龥]{2})(?:了|的)?$")
_DO_NOW = re.compile(r"[^,。;]{0,8}?(?:的|户|个|人|名|处|村)?(?:已|均已|也已|先后)(?!经?全)")
_REACHED = re.compile(r"涉及|惠及|走访|参加|参与|受益|服务|抽[查取检]|到场|到会")
"""走访涉及留守儿童2290名: those that were reached, not all."""
_STILL = re.compile(r"仍|复[查核检]|回头看|依然|至今|再次")
_PROGRESS = re.compile(
    r"已|又|再|消除|整改|完成|退出|盘活|修复|解决|办结|销号|启用|复工|收回|结清|入住|[到返]岗|补"
)
_OF = re.compile(r"占(?!地|用|比)([^,。;占]*)$")
_OWNED = re.compile(
    r"之误|误[为写报作填录算]|原[报写填]|应为|勘误|更正|订正|修正|改正为|笔误|多[报写填算]了|少[报写填算]了"
)
_SEGMENT = re.compile(r"[;。\n]")
_NEAR = 60


def is_owned(scene: Scene, mention: Mention) -> bool:
    """原报1292人系1229人之误: the text tells of its own slip."""
    return _OWNED.search(scene.sentence_words(mention)) is not None


def is_part(scene: Scene, names: Names, first: Mention, second: Mention) -> bool:
    """Whether the later and smaller figure counts only some of the earlier, or what has been done of it since."""
    if second.quantity.base_value >= first.quantity.base_value or second.quantity.kind == "share":
        return False
    if _is_among(scene, names, first, second) or is_rest(scene, first, second):
        return True
    if _STILL.search(second.left) and not _STILL.search(first.left):
        return True
    done = _DONE.search(second.left)
    if done is not None and done[0][-2:] not in f"{first.left}{first.right}" and "已" not in first.left:
        return True
    if _REACHED.search(second.left) and not _REACHED.search(f"{first.left}{first.right}"):
        return True
    return _DO_NOW.match(second.right) is not None and "已" not in first.right


def is_rest(scene: Scene, first: Mention, second: Mention) -> bool:
    """闲置26处,盘活9处 above and 闲置的17处 below: what is left of it."""
    between = scene.mentions[scene.place_of(first) + 1 : scene.place_of(second)]
    gone = first.quantity.base_value - second.quantity.base_value
    return any(
        near.quantity.base_value == gone and near.is_like(second) and _PROGRESS.search(near.left)
        for near in between
    )


def _is_among(scene: Scene, names: Names, first: Mention, second: Mention) -> bool:
    """Whether its whole is called as the earlier one is."""
    flat, end = scene.reading.flat, second.quantity.start
    words = _SEGMENT.split(flat[max(scene.sentence_of(second).start, end - _NEAR) : end])[-1]
    known = names.of(first)
    for whole in _AMONG.finditer(words):
        if _NOT_AMONG.search(whole[1]):
            continue
        if not pairs_of(whole[1][-4:]).isdisjoint(known.near) and not _AMONG.search(first.left):
            return True
    return False


def are_other_shares(scene: Scene, first: Mention, second: Mention) -> bool:
    """到东江就业占转移总数的35.2% and 稳定就业占74.3%: shares of other things, or of other wholes."""
    one, two = _share_words(scene, first), _share_words(scene, second)
    if one is None or two is None:
        return False
    if one[1] is not None and two[1] is not None and one[1] != two[1]:
        return True
    return pairs_of(one[0]).isdisjoint(pairs_of(two[0]))


def _share_words(scene: Scene, share: Mention) -> tuple[str, object] | None:
    """What takes the share, in words and, where it is said just before, in numbers; none where no 占 is said."""
    of = _OF.search(share.left)
    if of is None:
        return None
    head, at = share.left[: of.start()].rstrip("仅只约共大"), scene.place_of(share)
    last = scene.mentions[at - 1] if at else None
    if last is None or last.sentence != share.sentence or len(head) > 2:
        return head, None
    return f"{last.left}{last.right[:6]}", last.quantity.base_value
