"""What was done of what was due: 应免842头、免疫864头; 应参保18200人、已参保18564人; 上述项目中…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order, times_differ
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_DUE = re.compile(
    r"(?<![响适反相对])应(?![急该聘届用])(?:当|予|需)?(?P<what>[一-龥]{1,6}?)(?:金额|资金|人数|户数|面积|的|款|数)*(?:合计|共计|共|计|为|是)*$"
)
_OUGHT = re.compile(
    r"(?:^|[,、;:])(?:[一-龥]{0,4}(?:按规定|依规|按标准|按政策|依法))?(?:该|须|需要?|必须|本应)(?P<what>停发|退出|清退|退还|退回|拆除|拆|核减|上缴|追缴|补缴|注销|整改|回收|收回|免疫|扑杀|补发|发|补|缴|还)(?:的)?[一-龥]{0,6}$"
)
"""该停发的死亡老人214人,已停发241人."""
_REFER = re.compile(
    r"(?:上述|以上|前述|这些|该批|这批)(?:\d*[个些户人名批])?(?P<what>[一-龥]{2,4}?)(?:中|里|内|来自|,|当中|已|均)"
)
_PERIOD = re.compile(r"[一二三四]季度|[上下]半年|\d{1,2}月|[上本下]个?月|今年|明年|下一?年")
"""四季度应拨268万元 after 三季度末已拨付804万元: of another span of time."""
_REACH = 10
_SKIP = frozenset({"share", "point", "times", "age", "time"})
_WORD = re.compile("[一-龥]")
_DUE_WORD = re.compile("应")
_UNDONE = re.compile(r"[未没尚欠不少多差]|率|剩")
_HAVING_DONE = re.compile(r"已|实|完成|共|拨付|了")
_DONE_ALONE = re.compile(
    r"(?:^|[,、]|季度|月|[日年])(?:已|实际?|[县市]里|财政)*(?:完成|落实|到位|办理|兑付|拨付|支付|发放|兑现|打卡|到卡|到账|补发|赔付|结算|补助|补贴|付款|收回|收缴|缴纳|清退)+(?:到[户位人])?$"
)


def exceeded_dues(scene: Scene) -> Iterator[Relation]:
    for mention in scene.mentions:
        if mention.quantity.kind in _SKIP or is_each(mention):
            continue
        due = _DUE.search(_words(mention)) or _OUGHT.search(mention.left)
        if due is not None:
            yield from _done_of(scene, mention, due["what"])
        elif refer := _REFER.search(mention.left):
            yield from _part_of(scene, mention, refer["what"])


_ELIGIBLE = (
    (
        re.compile(r"重度残疾人(?:口)?(?:合计|共计|共|有|总计)*$"),
        re.compile(r"护理补贴(?::|,)?(?:已|实际|现)*(?:享受|发放|领取|覆盖|惠及|补助|纳入)(?:对象)?$"),
    ),
)
"""Who may have it, and who has it."""
_AMONG_OTHERS = re.compile(r"(?:对象|人员|人口|群众|户)(?:当)?中[,:]|其中")
"""在农村低保对象中,重度残疾人3465人: those of some others only."""


def unentitled(scene: Scene) -> Iterator[Relation]:
    """一、二级重度残疾人550人…护理补贴享受568人."""
    for entitled, granted in _ELIGIBLE:
        wholes = [
            one for one in scene.mentions if entitled.search(one.left) and one.quantity.kind == "person"
        ]
        for one in scene.mentions if wholes else ():
            words = one.gap[-12:].strip()
            among = _AMONG_OTHERS.search(scene.sentence_words(wholes[0]))
            if (
                not among
                and one.quantity.kind == "person"
                and granted.search(words)
                and is_more(one, wholes[0])
            ):
                yield out_of_order(
                    one, wholes[0], f"符合条件的只有{wholes[0].quantity.text},享受的却有{one.quantity.text}"
                )


def _words(one: Mention) -> str:
    return one.left if _WORD.search(one.left) and "\t" not in one.left else one.quantity.subject


def _done_of(scene: Scene, due: Mention, what: str) -> Iterator[Relation]:
    """The figure that says how much of it was done: the nearest, after it or before it."""
    at = scene.place_of(due)
    ahead = scene.mentions[at + 1 : at + 5]
    behind = list(reversed(scene.mentions[max(0, at - _REACH) : at]))
    name = _DUE_WORD.split(_words(due))[0][-2:]
    verb = what[:1]
    for side, ones in ((1, ahead), (-1, behind)):
        for one in ones:
            if one.paragraph != due.paragraph and "\t" not in one.gap:
                break
            if "\n" in _between(scene, due, one):
                break
            if not one.is_like(due) or is_each(one):
                continue
            words = _words(one)
            if _DUE.search(words) or not (
                _is_done(words, verb, side) or (side == 1 and _is_same_verb(words, what))
            ):
                if side == 1 and _DUE.search(words):
                    break
                continue
            if _are_of_other_spans(due, one):
                continue
            if side == -1 and not _is_named(name, one):
                continue
            beside = abs(one.index - due.index) == 1
            if (
                is_more(one, due)
                and (beside or not times_differ(one, due))
                and not _is_added(scene, due, one)
            ):
                yield out_of_order(
                    one, due, f"应{what}的是{due.quantity.text},实际{what}了{one.quantity.text}"
                )
            return


def _are_of_other_spans(due: Mention, done: Mention) -> bool:
    spans = _PERIOD.findall(due.left), _PERIOD.findall(done.left)
    return all(spans) and spans[0] != spans[1]


def _is_added(scene: Scene, due: Mention, done: Mention) -> bool:
    """应发86.4万元,补发上年2.2万元,实发88.6万元; or the text itself owns up to it."""
    at, to = sorted((scene.place_of(due), scene.place_of(done)))
    between = [one for one in scene.mentions[at + 1 : to] if one.is_like(due)]
    more = done.quantity.base_value - due.quantity.base_value
    return any(one.quantity.base_value == more for one in between) or is_owned(scene, done, due)


def _between(scene: Scene, first: Mention, second: Mention) -> str:
    one, two = sorted((first, second), key=lambda mention: mention.index)
    return scene.between(one, two)


def _is_done(words: str, verb: str, side: int) -> bool:
    """已免, 实发, 免疫: the same verb, with a word of having done it where it stands after."""
    if _UNDONE.search(words[-6:]):
        return False
    done = words.rfind(verb)
    if done < 0:
        return (
            side == 1
            and _DONE_ALONE.search(
                words,
            )
            is not None
        )
    return side == -1 or _HAVING_DONE.search(words) is not None


def _is_same_verb(words: str, what: str) -> bool:
    """应检疫3200头,检疫3320头: nothing but the verb."""
    return len(what) > 1 and words.strip(",、;: ") == what[:2]


def _is_named(name: str, one: Mention) -> bool:
    """猪应免842头 after 免疫生猪864头: what is due is named where it is done."""
    return bool(name) and name[-1] in one.left and not _DUE_WORD.search(one.left)


def _part_of(scene: Scene, part: Mention, what: str) -> Iterator[Relation]:
    """支持项目523个…上述项目中已移交的538个."""
    at = scene.place_of(part)
    for one in reversed(scene.mentions[max(0, at - _REACH) : at]):
        if one.paragraph != part.paragraph:
            return
        named = what in one.left[-8:] or what in one.right[:6]
        if one.quantity.base_unit == part.quantity.base_unit and named and not scene.is_nested(one):
            if is_more(part, one) and not is_owned(scene, part, one):
                yield out_of_order(part, one, f"上述{what}共{one.quantity.text},其中却有{part.quantity.text}")
            return
