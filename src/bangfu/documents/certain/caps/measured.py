"""Shares and heads above a limit that the text names just before: 每班不得多于45人。…(2)班现有53人."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_NOT = r"不(?:得|能|可|应|准|许|宜|允许|再|会)?"
_MOST = re.compile(
    rf"(?:{_NOT}(?:超过|超出|超|高于|大于|多于|突破)|上限|封顶线?|天花板|红线|限额|至多|最多|最高|顶多|控制在|"
    rf"限(?:定|制)?在?)[^,。;\d]{{0,8}}$"
)
_MOST_AFTER = re.compile(r"(?:\(含\))?(?:以内|之内|为限|封顶|为上限|为顶|包干|到顶)")
_LEAST = re.compile(rf"(?:{_NOT}(?:低于|少于|小于|不足)|下限|至少|最低|最少|底线)[^,。;\d]{{0,8}}$")
_RULE = re.compile(
    r"标准|规定|办法|要求|按|应|须|必须|不得|上限|下限|红线|为限|规范|制度|政策|每|底线|封顶|限|天花板|包干"
)
_NO_FIGURE = re.compile(
    rf"{_NOT}(?:超|高|大|多|低|少|小|突破)|应|须|必须|要求|上限|下限|限额|红线|计划|拟|目标|预计|力争|原|上年|去年|"
    rf"提高|增长|下降|降低|减少|增加|提升|其余|其他|另|标准|规定|超出|超过|高出|差|缺|少|多|距|特批|批准|可|平均|试点|另行|"
    r"占比[^,。;]{0,2}(?:由|从)|由|从|若|如|凡"
)
_ACTUAL = re.compile(
    r"现有|实际|实有|实|已|达到?|付|占|只有?|仅|才|就|用|花|收|配|提|支|放|拿|发|签|来|坐|住|装|报|选|请|吃|喝|是|"
    r"为|有|率|例|装载|核载|在岗|到"
)
_PER = re.compile(r"每(?:个|名|辆|张|间|处|所|台|条|位)?(?P<noun>[一-龥]{1,2})")
_WHOLE = re.compile(r"共|合计|总|全[县镇乡村校市]|累计|各[村班组校]")
_RATE = re.compile(r"([一-龥]{2,3}(?:率|占比|比例|比重))[^,。;]{0,8}$")
_WORD = re.compile("[一-龥]")
_STOP = frozenset(
    [
        "不得",
        "超过",
        "每个",
        "标准",
        "规定",
        "本县",
        "全县",
        "全镇",
        "我县",
        "今年",
        "最高",
        "最多",
        "不超",
        "上限",
        "应当",
        "必须",
        "按照",
        "办法",
        "要求",
        "县里",
        "镇里",
        "本镇",
        "其中",
        "以内",
        "比例",
        "占比",
        "不能",
        "多于",
        "低于",
        "少于",
        "高于",
        "控制",
        "制在",
        "不应",
        "可以",
        "政策",
        "文件",
        "全年",
    ]
)
_REACH = 4
_KINDS = frozenset({"share", "person", "count", "household"})
_CAUSE = "数字写错,或者超出文中的规定"
_MOST_TIMES = 3


def measured(scene: Scene) -> Iterator[Relation]:
    """The next figure of the kind that is said of the same, in this sentence or the next."""
    for limit in scene.mentions:
        if limit.quantity.kind not in _KINDS or limit.quantity.base_value <= 0:
            continue
        lowest = _side(limit)
        if lowest is not False or not _RULE.search(scene.sentence_words(limit)):
            continue
        figure = _next(scene, limit)
        if figure is not None and _is_of_it(scene, limit, figure) and _breaks(limit, figure, lowest=lowest):
            way = "低于" if lowest else "超过"
            said = f"{figure.quantity.text}{way}文中规定的{limit.quantity.text}"
            bound = limit.quantity.base_value
            yield Relation("standard_cap", (limit.index,), figure.index, bound, False, "error", said, _CAUSE)


def _side(limit: Mention) -> bool | None:
    """Whether it is a lowest limit (often a target not reached yet, and not told); None where it is none at all."""
    left = limit.left
    if limit.quantity.approx == "最多" or _MOST.search(left) or _MOST_AFTER.match(limit.right):
        return False
    if limit.quantity.approx == "超过" and re.search(rf"{_NOT}$", left) and not left.endswith(("未", "没有")):
        return False
    if limit.quantity.text.startswith(("不低于", "不少于", "至少")) or _LEAST.search(left):
        return True
    return None


def _next(scene: Scene, limit: Mention) -> Mention | None:
    place = scene.place_of(limit)
    for one in scene.mentions[place + 1 : place + 1 + _REACH]:
        if one.paragraph != limit.paragraph or one.sentence > limit.sentence + 1:
            return None
        if one.quantity.base_unit == limit.quantity.base_unit and one.quantity.kind == limit.quantity.kind:
            if (
                one.sentence == limit.sentence
                and one.segment == limit.segment
                and "," not in one.gap
                and "。" not in one.gap
            ):
                return None
            return one
    return None


def _is_of_it(scene: Scene, limit: Mention, figure: Mention) -> bool:
    words = scene.clause(figure)
    if _NO_FIGURE.search(words) or not _ACTUAL.search(words) or not figure.quantity.is_exact:
        return False
    ahead = scene.sentence_words(limit)[: limit.quantity.end - scene.sentence_of(limit).start + 1]
    flat = scene.reading.flat
    start = max(scene.sentence_of(figure).start, limit.quantity.end)
    lead = flat[start : figure.quantity.start]
    per = list(_PER.finditer(scene.clause(limit)))
    if per and (per[-1]["noun"][0] not in lead or _WHOLE.search(words)):
        return False
    if limit.quantity.kind != "share" and not per:
        return False
    rate, own = _RATE.search(limit.left), _RATE.search(figure.left)
    if own is not None and (rate is None or rate[1][-3:] != own[1][-3:]):
        return False
    if rate is not None and own is None:
        return any(char in words for char in rate[1][:2])
    return bool(_pairs(ahead) & _pairs(lead))


def _pairs(words: str) -> set[str]:
    found = {words[at : at + 2] for at in range(len(words) - 1)}
    return {pair for pair in found if pair not in _STOP and all(map(_WORD.match, pair))}


def _breaks(limit: Mention, figure: Mention, *, lowest: bool) -> bool:
    bound, (least, most) = limit.quantity.base_value, figure.quantity.bounds()
    if lowest:
        return bound / _MOST_TIMES <= most < bound
    return bound < least <= bound * Decimal(_MOST_TIMES)
