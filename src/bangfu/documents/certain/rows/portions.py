"""Parts that are more than their whole though no 其中 opens it: 抽检172份,合格176份; 集中供养人员中失能131人."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bangfu.documents.certain.rows.candidate import Rows, class_of, marks
from bangfu.documents.certain.rows.numbers import fine, is_one_digit, is_swap
from bangfu.documents.certain.rows.words import AMONG, TURNS
from bangfu.documents.reading.structure import Mention

_BACK, _NEAR = 6, 2
_STATE = re.compile(
    r"其中|当中|里面|里头|占了?$|[中里][,有]|合格|达标|有效|已|持证|取证|取得|入住|参加|参保|参训|享受|挂果|投产|采摘|成灾|绝收|受灾|"
    r"验收|整改|收回|追回|回收|兑付|通过|复检|复核|抽查|"
    r"纳入|正常|使用|在用|签订|[一-龥]的(?:只?有)?$|属实|办结|办理|销号|稳定|就业|确权|建立|配备"
)
_GROUP = re.compile(
    r"女|男|脱贫|低保|残疾|失能|党员|监测|贫困|特困|未成年|重点|岁以上|老人|儿童|妇女|学生|青壮|退役|边缘|易致贫|[村镇乡组县]$"
)
_FEW = 20
_MARKED = frozenset("已未男女")
_WORD = re.compile(r"已|未|男|女|[一-龥]{2}(?=的?$)")
_SURE = re.compile(r"(?:合格|有效|达标|挂果|成灾|绝收|持证|取证|优秀)(?:的|有|为|共)*$")
_TESTED = re.compile(
    r"抽检|检测|检查|监测|送检|化验|收回|回收|问卷|面积|种植|播种|受灾|成灾|参训|培训|参考|参评|考核"
)
_OTHER_THING = re.compile(
    r"另|此外|外县|此前|原|上[年月季]|去年|应|计划|任务|需|缺|超|累计|共|合计|新增|增加|扩|总"
)
_NAMED = re.compile(
    r"(?:^|[,;。:\n、])(?:在|从|这些)?([一-龥]{2,7}?)的?(?:人员|对象|户|人|劳动力|农户|项目|问题|面积|资金|群众|家庭)?"
    r"(?:当中|之中|里面|里头|中|里)(?!心|学|央|间|药|医|等|年|型|小)"
)
_DIGITS = re.compile(r"\D")
_FAR_OVER = 2


def portions(rows: Rows) -> Iterator[tuple[Mention, Mention]]:
    """Each part that is more than its whole, with that whole."""
    mentions = rows.scene.mentions
    for at, part in enumerate(mentions):
        if not rows.able(part) or not part.quantity.is_exact or _OTHER_THING.search(part.left[-8:]):
            continue
        earlier = [
            one
            for one in mentions[max(0, at - 2 * _BACK) : at][::-1]
            if class_of(one) == class_of(part) and one.paragraph == part.paragraph
        ]
        whole = _slipped(rows, part, earlier) or _tested(rows, part, earlier) or _named(rows, part, earlier)
        if whole is not None and rows.able(whole) and whole.quantity.is_exact:
            yield part, whole


def _slipped(rows: Rows, part: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """1342人…女学员1432人: the same digits but two, or all but one."""
    words = rows.scene.clause(part)[-16:] + part.left
    state, group = bool(_STATE.search(words)), bool(_GROUP.search(words))
    for place, one in enumerate(earlier[:_BACK]):
        first, second = fine(part), fine(one)
        if first <= second or one.sentence < part.sentence - 1 or rows.depth(one) > rows.depth(part):
            continue
        apart = one.sentence != part.sentence
        if apart and not (_is_opened(rows, part) and _stands_alone(rows, one)):
            continue
        if _are_siblings(rows, one, part) or not (state or group or AMONG.search(rows.between(one, part))):
            continue
        if _is_long(part) and is_swap(first, second):
            return None if _turned(rows, one, part) else one
        if place or not state or fine(one) < _FEW * 10_000:
            continue
        if is_one_digit(first, second) and _is_close(part, one):
            return None if _turned(rows, one, part) else one
    return None


def _is_opened(rows: Rows, part: Mention) -> bool:
    """Of another sentence: its own, up to it, says that it is a part."""
    return AMONG.search(rows.flat[rows.scene.sentence_of(part).start : part.quantity.start]) is not None


def _stands_alone(rows: Rows, one: Mention) -> bool:
    """肢体5230人、视力1146人、听力1012人。其中…: an item of a list is not what the next sentence opens up."""
    row = (*rows.scene.before(one)[-1:], one, *rows.scene.after(one)[:1])
    return not any(
        second.gap.startswith("、") and class_of(first) == class_of(second) for first, second in pairwise(row)
    )


def _are_siblings(rows: Rows, one: Mention, part: Mention) -> bool:
    """已交302人;四组…已交320人, 新造210亩、低改300亩、投产350亩: items of one row are no parts of each other."""
    between = rows.between(one, part)
    if marks(between) == "、" and len(between) < 24:
        return True
    swapped = is_swap(fine(part), fine(one))
    own, other = _WORD.findall(part.left[-8:]), _WORD.findall(one.left[-8:])
    shared = set(own) & set(other)
    if (
        any(_STATE.search(word) for word in shared)
        or shared & _MARKED
        or (shared and not swapped)
        or (len(shared) and ";" in between)
    ):
        return True
    if "、" in one.gap[:3] and AMONG.search(rows.scene.sentence_words(one)):
        return True
    if _GROUP.search(one.left[-8:]) and _GROUP.search(part.left[-8:]) and not AMONG.search(between):
        return not part.left.endswith("的")
    return ";" in between and not AMONG.search(between) and not swapped


def _turned(rows: Rows, one: Mention, part: Mention) -> bool:
    return TURNS.search(rows.between(one, part)) is not None


def _is_long(one: Mention) -> bool:
    return len(_DIGITS.sub("", one.quantity.text)) > 2


def _is_close(part: Mention, whole: Mention) -> bool:
    """The wrong digit is none of the first, unless there are but two."""
    return (_is_long(part) and fine(part) * 5 < fine(whole) * 6) or fine(part) * 10 < fine(whole) * 11


def _tested(rows: Rows, part: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """检测172份,合格176份: what passed, bore or failed is told right after what was tested or planted."""
    if not earlier or not _SURE.search(part.left) or not _TESTED.search(earlier[0].left[-8:]):
        return None
    whole = earlier[0]
    beside = whole.sentence == part.sentence and re.fullmatch(
        r"[^,;。]{0,6}[,、][^,;。\d]{0,8}", rows.between(whole, part)
    )
    above = fine(whole) < fine(part) <= _FAR_OVER * fine(whole)
    return whole if beside and above else None


def _is_called(rows: Rows, one: Mention, name: str) -> bool:
    words, label = one.left.rstrip("的有为共计"), rows.label(one)
    return words.endswith(name) or (len(label) > 1 and name.startswith(label))


def _named(rows: Rows, part: Mention, earlier: Sequence[Mention]) -> Mention | None:
    """集中供养118人…集中供养人员中失能131人: the whole is said by its name."""
    if len(part.gap) > 40:
        return None
    found = list(_NAMED.finditer(part.gap[-30:]))
    if not found:
        return None
    name = found[-1][1]
    called = [one for one in earlier if rows.able(one) and _is_called(rows, one, name)]
    if len(called) != 1 or not fine(called[0]) < fine(part) <= _FAR_OVER * fine(called[0]):
        return None
    return called[0]
