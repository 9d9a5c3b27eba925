"""Figures that are stated for one of something: 户均, 每人300元, 一亩480元; for what, and how often."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.claims.cues import Sight
from bangfu.documents.reading.structure import Mention

_UNIT = (
    "千瓦时|班次|车次|人次|平方米|公里|户|人|笔|年|村|亩|个|家|场|次|项|公斤|斤|千瓦|头|名|组|座|"
    "处|所|株|批|期|镇|乡|口|套|台|辆|条|间|栋|支|件|只|羽|棵|单|盏|份|箱|生|"
    "岗|米|吨|车|趟|位|床|月|天|课时|学期|队|社|店|班|点|条|度|问题|学员"
)
_EACH = re.compile(
    rf"(?P<unit>{_UNIT})均|(?:平均)?(?:每一?个?|(?<!第)一)(?P<other>{_UNIT})|户(?P<house>户)|每(?P<strange>[一-龥])|(?P<rare>[^平年月日人户均\W\d])均(?![衡匀等分])|(?P<only>折合|亩产|单价|单产|平均|均[为达价]*$|标准|各[一-龥]{{0,10}}$)"
)
_MONTH = re.compile(r"每月|月均|月人均|/月|[人户]均月|月补|每人月|按月|月工资|月收入|月报酬|月补贴")
UNITS = {
    "人": ("人", "人次"),
    "名": ("人",),
    "位": ("人",),
    "生": ("人", "人次"),
    "岗": ("个", "人"),
    "户": ("户", "户次"),
    "次": ("次", "人次", "场次", "户次", "期", "场"),
    "村": ("个", "村"),
    "项": ("项", "个"),
    "镇": ("个", "镇"),
    "乡": ("个", "乡"),
    "公里": ("米",),
    "点": ("个", "处"),
    "度": ("千瓦时",),
    "问题": ("个", "条"),
    "学员": ("人",),
    "吨": ("公斤",),
    "公斤": ("公斤",),
    "斤": ("公斤",),
    "队": ("支", "个"),
    "家": ("家", "个"),
    "店": ("家", "个"),
}
_SCALE = {"公里": Decimal(1000), "吨": Decimal(1000), "斤": Decimal("0.5")}
_DAY = re.compile(r"每天|每日|日均|/天|/日|一天|日工资|日薪")
_NONE = frozenset({"share", "point", "times", "age"})
_APART = re.compile(r"收入|工资|增收|纯收|可支配|线|标准(?:为|是)?$|最高|上限|不超过|以上|提高到")
_SPAN = re.compile(r"(\d{1,2})(?:月份?)?[-—~至到]+(\d{1,2})月")


@dataclass(frozen=True)
class Each:
    """A figure that is stated for one of something: `unit` is what, as written; empty where that is not said."""

    mention: Mention
    unit: str
    units: tuple[str, ...]
    scale: Decimal
    monthly: bool
    cues: tuple[str, ...]


def each_of(mention: Mention) -> Each | None:
    if mention.quantity.kind in _NONE:
        return None
    words = re.split(r"[,;。:\n]", mention.left)[-1]
    per = mention.quantity.per
    unit = ""
    if per:
        match = re.match(rf"[/·每]*({_UNIT})?", per)
        unit = match[1] or "" if match else ""
    else:
        found = list(_EACH.finditer(words))
        if not found:
            return None
        unit = _unit_of(found[-1]) or _unit_of(found[-2] if len(found) > 1 else found[-1])
        if unit in ("月", "天", "年") and len(found) > 1:
            unit = found[-2]["unit"] or found[-2]["other"] or unit
    monthly = bool(_MONTH.search(words + per) or unit == "月")
    units = UNITS.get(unit, (unit,)) if unit not in ("", "月", "年", "天") else ()
    cues = (
        "mean" if "均" in words else "per",
        "unit" if units else "no-unit",
        "monthly" if monthly else "once",
    )
    return Each(
        mention,
        unit,
        units,
        _SCALE.get(unit, Decimal(1)),
        monthly,
        (*cues, *(("apart",) if _APART.search(words) else ())),
    )


def _unit_of(found: re.Match[str]) -> str:
    return next((word for name, word in found.groupdict().items() if word and name != "only"), "")


def is_rate(each: Each) -> bool:
    """每亩16元 is meant to the yuan; 户均16元 is rounded."""
    return "per" in each.cues and "unit" in each.cues and each.mention.quantity.is_exact


def may_sum(each: Each, one: Mention) -> bool:
    """As much as the figure for one, or would be if 万 were not left out."""
    least = each.mention.quantity.base_value
    amount = one.quantity.base_value * (10_000 if one.quantity.unit == "元" else 1)
    return one.is_like(each.mention) and amount >= least


def may_count(each: Each, one: Mention) -> bool:
    quantity = one.quantity
    if quantity.kind in _NONE or quantity.kind == "money" or re.search(r"[均每]", one.left[-4:]):
        return False
    if one.is_like(each.mention):
        return quantity.base_unit in each.units
    return quantity.base_unit in each.units or not each.units or quantity.kind != "time"


def times_paid(sight: Sight, each: Each, count: Mention, total: Mention) -> list[tuple[Decimal, str]]:
    """How often the rate is paid: once, as many months as are said, or a year."""
    found = [(Decimal(1), "times=1")]
    if _DAY.search(each.mention.left + each.mention.quantity.per):
        return found + _said(sight, each, total, ("天", "日"))
    if not each.monthly:
        return found
    found += _said(sight, each, total, ("月", "个月"))
    words = sight.scene.clause(total) + sight.scene.clause(each.mention)
    if match := _SPAN.search(words):
        found.append((Decimal(max(1, int(match[2]) - int(match[1]) + 1)), "times=span"))
    found.append((Decimal(12), "times=year" if re.search("年", words) else "times=12"))
    whole = (
        total.quantity.base_value / count.quantity.base_value / each.mention.quantity.base_value * each.scale
        if each.mention.quantity.base_value
        else Decimal(0)
    )
    if 1 < whole <= 24 and whole == whole.to_integral_value():
        found.append((whole, "times=some"))
    if re.search(r"季度", words):
        found.append((Decimal(3), "times=season"))
    if re.search(r"半年", words):
        found.append((Decimal(6), "times=half"))
    return found


def _said(sight: Sight, each: Each, total: Mention, units: tuple[str, ...]) -> list[tuple[Decimal, str]]:
    """按100天计, 补助12个月: the numbers of days or months that stand about the rate and the sum."""
    scene = sight.scene
    near = {
        *scene.before(total)[-6:],
        *scene.after(total)[:3],
        *scene.before(each.mention)[-6:],
        *scene.after(each.mention)[:3],
    }
    said = sorted(
        one.quantity.base_value
        for one in near
        if one.quantity.kind == "time" and one.quantity.base_unit in units
    )
    return [(value, "times=said") for value in dict.fromkeys(said) if value > 1]
