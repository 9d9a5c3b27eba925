"""What a text says to be within its limit and is not: 占31.3%,符合不超过30%的规定; 限额100箱,现场120箱,未超量."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_NOT = r"不(?:得|能|可|应|准|许|宜|允许|再|会)?"
_MOST = rf"(?:{_NOT}(?:超过|超出|高于|突破|大于|多于|超)|上限|封顶线?|限额|限高|至多|最高|最多|红线)[^,。;\d]{{0,16}}$"
_LEAST = rf"(?:{_NOT}(?:低于|少于|小于|不足)|下限|至少|最低|底线)[^,。;\d]{{0,16}}$"
_AT_MOST, _AT_LEAST, _NO = re.compile(_MOST), re.compile(_LEAST), re.compile(rf"{_NOT}$")
_KEPT = re.compile(
    r"(?:(?<![不未没])(?:符合|满足|达到|遵守|做到|执行|落实|未违反|没有违反|不违反|合乎)|在)[^。;\d]{0,24}$"
)
"""符合《考核办法》不超过…: the words before the limit that say it is kept."""
_NOT_BROKEN = re.compile(
    r"(?:未|没有?|不曾|从未|均未|都未|都没有?|并未|并没有)(?:有)?(?:突破|超过|超出|超|越过|高出|高于)(?:了|出)?[^,。;\d]{0,12}$"
)
_HELD_IN = re.compile(
    r"(?:控制|限制|保持|压减|压缩|稳定|降|压降|掌握|锁定|都|均|也|仍)(?:到|至)?(?:了)?在?[^,。;\d]{0,12}$"
)
_INSIDE = re.compile(
    r"^(?:的)?(?:\(含\))?(?:以内|之内|以下|内|(?:的)?(?:上限|红线|限额|控制线|范围|标准|规定|要求)(?:之内|以内|内))"
)
_WITHIN = re.compile(
    r"^[^。;\n\d]{0,26}?(?:(?:未|没有?|不|均未|并未|不存在)(?:有)?(?:突破|超过|超出|超|越过)(?:了|出)?(?![\d每])[^,。;\d]{0,4}"
    r"(?:规定|上限|限|标准|红线|线|标|量|编|支|出|载|员|范围|面积|现象|问题|[,。;”’\"]|$)|"
    r"(?:在|于)[^,。;\d]{0,6}(?:限额?|上限|标准|规定|红线|范围|核定量)(?:之|以)?内|符合(?:规定|要求|标准|政策|条件|上述)|按规定|合规|达标|合格)"
)
_LIMIT_BEFORE = re.compile(
    r"(?:上限|封顶线?|限额|限高|最高|最多|红线|核定|核准|许可|额定|规定|限定|限)[^,。;\d]{0,14}$"
)
_NOT_YET = re.compile("(?:未|没有?)$")
_QUOTES = re.compile('[“”"「」]')
_PLAN = re.compile("申请|计划|拟|目标|预算")
_CHANGED = re.compile("提高[到至]|调整[为到]|上调|增[至加到]")
_OTHERS = re.compile("其[他余它]|另")
_OWN_NOUN = re.compile(
    r"[一-龥](?:率|比例|占比|比重|面积|标准|金额|总额|费用?|支出)(?:均|都|也|仍|全部|全年)?(?:严格)?(?:控制|限制|保持|稳定|降|压)"
)
"""误差率控制在3%以内: what is kept is named anew, and is not the figure before."""
_PER = re.compile(r"[人户房村笔次亩栋生]均|每[人户村笔生]|单[户笔]")
_SAME = {"每人": "人均", "每户": "户均", "单户": "户均", "每村": "村均", "每笔": "笔均", "单笔": "笔均"}
_REACH = 46
_FAR = 4
_CAUSE = "数字写错,或者超出规定而说成未超"


def said_within(scene: Scene) -> Iterator[Relation]:
    """Each figure that the text measures by a limit right beside it and says to keep it."""
    told: set[int] = set()
    for limit in scene.mentions:
        for relation in (*_kept(scene, limit), *_called_kept(scene, limit)):
            if relation.stated not in told:
                told.add(relation.stated)
                yield relation


def _kept(scene: Scene, limit: Mention) -> Iterator[Relation]:
    """The figure, then that it keeps the limit: 4%,没有突破3%的最高限; 6%,控制在5%以内; 48%,达到不低于50%的要求."""
    lead = _lead(limit)
    if _says_least(limit, lead) and _KEPT.search(_AT_LEAST.sub("", lead)):
        yield from _compared(scene, limit, lowest=True)
    elif _is_kept(limit, lead):
        yield from _compared(scene, limit, lowest=False)


def _is_kept(limit: Mention, lead: str) -> bool:
    return bool(
        (_says_most(limit, lead) and _KEPT.search(_NO.sub("", _AT_MOST.sub("", lead))))
        or _NOT_BROKEN.search(lead)
        or _negated(limit, lead)
        or (_HELD_IN.search(lead) and _INSIDE.search(limit.right))
    )


def _lead(limit: Mention) -> str:
    """What is said since the figure before it, marks included."""
    return _QUOTES.sub("", limit.gap)


def _says_most(limit: Mention, lead: str) -> bool:
    approx = limit.quantity.approx
    return approx == "最多" or (approx == "超过" and bool(_NO.search(lead))) or bool(_AT_MOST.search(lead))


def _says_least(limit: Mention, lead: str) -> bool:
    return bool(_AT_LEAST.search(lead)) or limit.quantity.text.startswith(("不低于", "不少于"))


def _negated(limit: Mention, lead: str) -> bool:
    """没有超过30%, where 超过 is read as a part of the figure."""
    return limit.quantity.approx == "超过" and _NOT_YET.search(lead) is not None


def _compared(scene: Scene, limit: Mention, *, lowest: bool) -> Iterator[Relation]:
    figure = None if _OWN_NOUN.search(limit.gap) else _measured(scene, limit)
    if figure is not None and _same_measure(figure, limit) and _breaks(figure, limit, lowest=lowest):
        yield _told(scene, figure, limit, lowest=lowest)


def _measured(scene: Scene, limit: Mention) -> Mention | None:
    """The nearest figure of its kind before it in the sentence."""
    before = [one for one in scene.before(limit)[-_FAR:] if _alike(one, limit)]
    figure = before[-1] if before else None
    if figure is None or figure.quantity.end < limit.quantity.start - 2 * _REACH or _PLAN.search(figure.left):
        return None
    return figure


def _alike(one: Mention, limit: Mention) -> bool:
    return one.quantity.kind == limit.quantity.kind and one.is_like(limit)


def _same_measure(figure: Mention, limit: Mention) -> bool:
    """户均78平方米 is not measured by 人均18平方米."""
    own, theirs = (_per(one.left + one.right[:4]) for one in (figure, limit))
    return not own or not theirs or own == theirs


def _per(words: str) -> str:
    found = _PER.findall(words)
    return _SAME.get(found[-1], found[-1]) if found else ""


def _breaks(figure: Mention, limit: Mention, *, lowest: bool) -> bool:
    if figure.quantity.kind in ("time", "age"):
        return False
    least, most = figure.quantity.bounds()
    bound = limit.quantity.base_value
    if lowest:
        return most < bound
    return least > bound


def _called_kept(scene: Scene, limit: Mention) -> Iterator[Relation]:
    """The limit, then the figure, then that it is within: 核定100箱,现场清点120箱,检查记录写明未超量."""
    lead = _lead(limit)
    if not (_LIMIT_BEFORE.search(lead) or _says_most(limit, lead)) or _says_least(limit, lead):
        return
    after = _next_alike(scene, limit)
    if (
        after is None
        or _CHANGED.search(after.left)
        or not _same_measure(after, limit)
        or not _breaks(after, limit, lowest=False)
    ):
        return
    rest = scene.reading.flat[after.quantity.end : after.quantity.end + _REACH]
    claim = _WITHIN.match(_QUOTES.sub("", rest))
    if claim and not _OTHERS.search(claim[0]):
        yield _told(scene, after, limit, lowest=False)


def _next_alike(scene: Scene, limit: Mention) -> Mention | None:
    place = scene.place_of(limit)
    near: Sequence[Mention] = scene.mentions[place + 1 : place + 1 + _FAR]
    found = [one for one in near if one.segment == limit.segment and _alike(one, limit)]
    if found and (found[0].sentence != limit.sentence or _says_least(found[0], found[0].gap)):
        return None
    return found[0] if found else None


def _told(scene: Scene, figure: Mention, limit: Mention, *, lowest: bool) -> Relation:
    way = "低于" if lowest else "超过"
    said = f"文中说符合规定,而{figure.quantity.text}{way}文中的{limit.quantity.text}"
    bound = limit.quantity.base_value
    return Relation("standard_cap", (limit.index,), figure.index, bound, False, "error", said, _CAUSE)
