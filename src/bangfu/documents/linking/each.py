"""Figures that are stated for one of something: 户均, 每人300元, 一亩480元, 每公里18万元."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.reading.structure import Mention

_UNIT = (
    "千瓦时|班次|车次|人次|平方米|公里|户|人|笔|年|村|亩|个|家|场|次|项|公斤|斤|千瓦|头|名|组|座|"
    "处|所|株|批|期|镇|乡|口|套|台|辆|条|间|栋|支|件|只|羽|棵|单|盏|份|箱|生|"
    "岗|米|吨|车|趟|位|床|月|天|课时|学期|队|社|店|班|点|条|度|问题|学员"
)
_EACH = re.compile(
    rf"(?P<unit>{_UNIT})均|(?:平均)?(?:每一?个?|(?<!第)一)(?P<other>{_UNIT})|户(?P<house>户)|每(?P<strange>[一-龥])|(?P<rare>[^平年月日人户均\W\d])均(?![衡匀等分])|(?P<only>折合|亩产|单价|单产|平均|均[为达价]*$|标准|各[一-龥]{{0,10}}$)"
)
_SCALE = {"公里": Decimal(1000), "吨": Decimal(1000), "斤": Decimal("0.5")}
_SPANS = ("月", "天", "年")
_NONE = frozenset({"share", "point", "times", "age"})


def units_of_one(mention: Mention) -> Decimal:
    """How many base units the one has that a figure is stated for: 1000 metres of a kilometre, 1 where nothing is said."""
    return Decimal(1) if mention.quantity.kind in _NONE else _SCALE.get(_one_of(mention), Decimal(1))


def _one_of(mention: Mention) -> str:
    if per := mention.quantity.per:
        match = re.match(rf"[/·每]*({_UNIT})?", per)
        return match[1] or "" if match else ""
    found = list(_EACH.finditer(re.split(r"[,;。:\n]", mention.left)[-1]))
    if not found:
        return ""
    unit = _unit_of(found[-1]) or _unit_of(found[-2] if len(found) > 1 else found[-1])
    if unit in _SPANS and len(found) > 1:
        unit = found[-2]["unit"] or found[-2]["other"] or unit
    return unit


def _unit_of(found: re.Match[str]) -> str:
    return next((word for name, word in found.groupdict().items() if word and name != "only"), "")
