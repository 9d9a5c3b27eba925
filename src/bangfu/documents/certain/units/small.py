"""Small things in units for great ones: 单果重260公斤, 每盒净含量200公斤, 一小时降雨86米, 井深180公里, 深松30米."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import slip
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention

_TO = r"(?:量|重量?|达到?|约|为|有|是|在|均|平均|不[少低小]于|共|计|了|超过|最[大高深])*$"
_WEIGHTS: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (
        re.compile(
            r"(?:单果|每果|单个果|单粒|百粒|千粒|每[枚粒颗]|单枚|穗粒|单穗|一枚|一颗|每个(?:果|蛋|苹果|柑|橙|桃|梨|柿|薯))[^,。;]{0,6}?"
            + _TO
        ),
        20,
        "克",
    ),
    (
        re.compile(
            r"(?:(?:每[盒瓶包罐杯支]|单[盒瓶包罐杯])(?:装|净含量|净重|重|含量|容量)|净含量|每[盒瓶杯罐]牛?奶|每[人生](?:每天|每日)[^,。;]{0,6}(?:奶|菜|肉|蛋|油|盐))"
            + _TO
        ),
        40,
        "克或毫升",
    ),
    (
        re.compile(
            r"(?:每[单件箱袋筐包份]|单[件箱袋]|[单件箱袋]均|户均用盐|人均口粮)(?:重|装|净重|发货|平均)?" + _TO
        ),
        400,
        "公斤",
    ),
    (re.compile(r"(?:单株|每株|每棵|单棵|株均)(?:产[一-龥]{0,3}|挂果|结果|采收|收)?" + _TO), 2000, "公斤"),
    (re.compile(r"每[盒瓶包罐杯支袋][^,。;]{0,6}(?:净重|净含量|装|重)" + _TO), 40, "克或毫升"),
    (
        re.compile(r"每[人生名](?:每天|每日|每餐|一天)[^,。;]{0,8}?" + _TO),
        30,
        "克",
    ),
)
_RAIN = re.compile(
    r"(?:降雨|降水|雨量|雨强|积雪|降雪|雪深|蒸发|墒情)[^。;米水河库塘长宽塌路桥渠]{0,16}$|小时(?:最大)?(?:降雨|雨量|降水)[^,。;]{0,4}$"
)
_SHALLOW: tuple[tuple[re.Pattern[str], int, str], ...] = (
    (
        re.compile(r"(?:深松|深翻|深耕|耕深|耕层|耕作层|播深|播种深度|覆土|覆膜|土层|旋耕)[^,。;]{0,8}$"),
        3,
        "厘米",
    ),
    (
        re.compile(
            r"(?:胸径|地径|米径|茎粗|冠幅厚|冰层?厚|积雪|雪厚|板厚|壁厚|管径|口径|果径|体长)[^,。;]{0,6}$"
        ),
        5,
        "厘米",
    ),
    (re.compile(r"(?:苗高|株高|秧高|茬高|留茬)[^,。;]{0,6}$"), 40, "厘米"),
    (re.compile(r"(?:株距|行距|间距离|台阶高)[^,。;路灯]{0,4}$"), 20, "厘米"),
)
_TILLED = re.compile(
    r"(?:深松|深翻|深耕|旋耕|翻耕|播种|覆土)[^。;]{0,16}[,(]?(?:耕作?|作业|平均)?[深厚]度?(?:达到?|约|为|在|有|均)*$"
)
_DEEP = re.compile(
    r"(?:井深|(?:单井|机井|水井|钻井|打井|井)[^。;\d]{0,16}(?:深|达)|最深|埋深|水深|坑深|桩深|钻探|钻孔|孔深)[^。;\d]{0,12}$"
)
_TALL = re.compile(r"(?:塔|楼|坝|墙|桥墩|堤|杆|树|井架|浪|水位|房檐|檐口)[高深](?:度)?(?:达|约|为|有)*$")
_TILTH = 3
_STOP = re.compile("[。;\n]")
_ROADS = re.compile(r"公路|道路|路[^,。;]{0,4}$|管|渠|距|里程|隧道|全长")


def small_mistaken(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind == "weight":
        return _weight(mention)
    return _length(scene, mention) if quantity.kind == "length" else None


def _weight(mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.unit in ("克", "毫克") or "万" in quantity.text:
        return None
    for words, most, unit in _WEIGHTS:
        found = words.search(mention.left)
        if found and quantity.base_value > most:
            return _told(mention, found[0], unit)
    return None


def _length(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    words = _STOP.split(scene.reading.flat[max(0, quantity.start - 30) : quantity.start])[-1]
    great = quantity.unit in ("公里", "千米")
    if (found := _RAIN.search(words)) and (great or (quantity.unit == "米" and quantity.value > 3)):
        return _told(mention, found[0], "毫米")
    if great and not _ROADS.search(words) and (found := _DEEP.search(words) or _TALL.search(words)):
        return _told(mention, found[0], "米")
    for shallow, most, unit in _SHALLOW:
        tilled = _TILLED.search(words) if most == _TILTH else None
        found = shallow.search(mention.left) or tilled
        if found and quantity.unit == "米" and quantity.value >= most:
            return _told(mention, found[0], unit)
    return None


def _told(mention: Mention, words: str, unit: str) -> Relation:
    said = f"“{words.strip()[-12:]}”写成了{mention.quantity.text},不合常理"
    return slip((), mention, _as_small(mention.quantity, unit), said, f"单位应为“{unit}”")


def _as_small(quantity: Quantity, unit: str) -> Decimal | None:
    """In base units, where the unit meant is sure."""
    factor = {
        "公斤": Decimal(1),
        "米": Decimal(1),
        "厘米": Decimal("0.01"),
        "毫米": Decimal("0.001"),
        "克": Decimal("0.001"),
    }
    return quantity.value * factor[unit] if unit in factor else None
