"""What the finders of wrong orders share: the relation, whether one is surely more, and whether the text owns up to it."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_OWNED = re.compile(
    r"多[发拨付领支补报贴收交缴还列计算]|超[付支拨发领额]|超出|超过|溢|追回|退回|垫付|预付|提前"
)
_WIDER = re.compile(
    r"累计|历年|往年|以前年度|上年|去年|结转|含|包括|另|此外|同时|合计|共计|总共|一共|加上|连同|追加|增补|调增|滚动|陆续|跨年|补录|补报|重复|超额|超计划|超任务"
)
_LAST_YEAR = re.compile(r"去年|上年|前年|往年")
_NO_CHANGE = re.compile(r"[未没无][见经有作做]?[^,。;]{0,4}(?:变更|追加|增补|调整)")
_BEYOND = re.compile("多|超|高|增|追加")
_DENIED = re.compile(
    r"(?:[未没无不]|并无|没有|别无)(?:有|存在|发生|涉及)?[^,。;、]{0,4}(?:垫付|超支|借款|超付|多付|追加|结转|挪用|超额|预付|重复|其他|别的)[^,。;、]{0,8}"
)
"""无垫付、无借款: what the text denies explains nothing."""
_SOLE = re.compile(
    r"(?:没有|无|别无|未有)[^,。;]{0,4}(?:其他|别的|另外|其它)[^,。;]{0,6}(?:来源|资金|钱|收入|渠道|进账|款)"
)
_EXPLAINED = re.compile(r"\((?:含|包括|其中)|(?:含|包括)|,(?:含|包括|系|因(?![^,。;]{0,10}未)|原因)")


def out_of_order(few: Mention, many: Mention, said: str, cause: str = "") -> Relation:
    """`many` is the figure that should be the greater: it is what the relation states."""
    return Relation(
        "order",
        (few.index,),
        many.index,
        few.quantity.base_value,
        False,
        "error",
        said,
        cause or _cause(few, many),
    )


def _cause(few: Mention, many: Mention) -> str:
    one, two = few.quantity.text, many.quantity.text
    digits = [sorted(char for char in text if char.isdigit()) for text in (one, two)]
    return "数字写颠倒了" if digits[0] == digits[1] else "其中一个数写错了"


def is_more(later: Mention, earlier: Mention) -> bool:
    """Beyond what the roundness of either leaves open."""
    return later.quantity.bounds()[0] > earlier.quantity.bounds()[1] and (
        earlier.quantity.is_exact or later.quantity.base_value > earlier.quantity.base_value * 2
    )


def is_owned(scene: Scene, later: Mention, earlier: Mention, *, of_price: bool = False) -> bool:
    """多发0.6万元: the text itself says by how much; or the later figure takes in more than the earlier."""
    words = _NO_CHANGE.sub("", later.left)
    sole = _SOLE.search(scene.reading.flat, max(0, later.quantity.start - 60), later.quantity.end + 30)
    words = words.replace("累计", "") if of_price or sole else words
    if _WIDER.search(words) and not _WIDER.search(earlier.left):
        return True
    gap = later.quantity.base_value - earlier.quantity.base_value
    if any(one.is_like(later) and one.quantity.base_value == gap for one in _since(scene, earlier, later)):
        return True
    for one in scene.after(later)[:2]:
        if one.is_like(later) and one.quantity.base_value == gap and _BEYOND.search(one.left):
            return True
    end = later.quantity.end
    rest = (
        _DENIED.sub("", _NO_CHANGE.sub("", scene.reading.flat[end : end + 24])).split("。")[0].split(";")[0]
    )
    return bool(_OWNED.search(rest) or _EXPLAINED.match(rest))


def _since(scene: Scene, earlier: Mention, later: Mention) -> list[Mention]:
    """指标36户,另有4户自筹,共完成40户: what was added on the way."""
    return [one for one in scene.before(later) if one.index > earlier.index]


def times_differ(first: Mention, second: Mention) -> bool:
    """In different years: within one, an earlier step may well be dated earlier."""
    if bool(_LAST_YEAR.search(first.left)) != bool(_LAST_YEAR.search(second.left)):
        return True
    one, two = first.quantity.time[:4], second.quantity.time[:4]
    return bool(one and two and one != two)
