"""Nouns that take one kind of unit (面积 no metres, 库容 no square metres); counts too small or broken for what they count."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.reading.structure import Mention

_END = r"(?:总计|合计|共计|共|约|为|是|达到?|有)?$"
_NOUNS: tuple[tuple[re.Pattern[str], frozenset[str], str], ...] = (
    (re.compile(r"(?:面积)" + _END), frozenset({"length", "volume", "weight"}), "“亩”或“平方米”"),
    (
        re.compile(r"(?:库容|容积|蓄水量|土石?方|土方量|方量|清淤量|砂石料?)" + _END),
        frozenset({"floor", "area"}),
        "“立方米”",
    ),
    (
        re.compile(r"(?:全长|总长度?|长度|里程)" + _END),
        frozenset({"floor", "area", "weight", "volume"}),
        "“米”或“公里”",
    ),
    (
        re.compile(r"(?:路宽|路面宽度?|宽度|宽)" + _END),
        frozenset({"floor", "area", "weight", "volume"}),
        "“米”",
    ),
    (re.compile(r"(?:发电量?|上网电量|用电量|节电)" + _END), frozenset({"power"}), "“千瓦时”"),
    (re.compile(r"(?:装机(?:容量|规模)?)" + _END), frozenset({"energy"}), "“千瓦”"),
    (re.compile(r"(?:亩产|单产|总产量?)" + _END), frozenset({"area", "length", "floor"}), "“公斤”或“吨”"),
    (re.compile(r"(?:公示(?:期|时间)?(?:为|不少于)?)$"), frozenset({"long_time"}), "“天”"),
)
_LIVING = frozenset({"头", "只", "羽", "株", "尾", "棵", "匹"})
_HEADS = frozenset({"household", "household_times", "person", "person_times"})
_MEAN = re.compile(r"每|均|比|率|倍|相当于|折|平均|之|一[车户家桌组人天]|估|按")
_BY_SCALE: tuple[tuple[re.Pattern[str], str, int, str], ...] = (
    (re.compile(r"(?:土石?方|清淤|淤泥|弃土|挖方|填方)"), "立方米", 100, "万立方米"),
    (
        re.compile(r"(?:水库|山塘|库容|全年供水|年供水|供水总量|灌溉用水|调水|蓄水量)"),
        "立方米",
        1000,
        "万立方米",
    ),
    (re.compile(r"(?:年|累计|全年|上半年|已|半年|季度)[^,;。]{0,6}发电量?"), "千瓦时", 1000, "万千瓦时"),
)
_SERVED = re.compile(r"惠及|受益|涉及|覆盖|解决")
_CROWDS = re.compile(r"(?:客运量|旅客(?:量|发送量)?|客流量?|运送旅客)" + _END)
_ALL_COUNTY = re.compile(r"全[县市区州省][^,;。]{0,10}(?:游客|接待)")
_A_MU_YIELDS = re.compile(r"亩产(?:量|达|约|为)*$")
_AT_LARGE = re.compile(r"全年|全[县市]")


def noun_against_unit(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    kind = "long_time" if quantity.base_unit in ("月", "年") else quantity.kind
    for words, wrong, unit in _NOUNS:
        if kind in wrong and (found := words.search(mention.left)):
            said = f"“{found[0]}”写成了{quantity.text}"
            return slip((), mention, None, said, f"单位应为{unit}")
    return _beyond_harvest(mention)


def _beyond_harvest(mention: Mention) -> Relation | None:
    """亩产450吨."""
    quantity = mention.quantity
    if quantity.unit == "吨" and _A_MU_YIELDS.search(mention.left) and quantity.value > 60:
        return slip((), mention, quantity.value, f"亩产{quantity.text},不合常理", "单位应为“公斤”")
    return None


def broken_counts(scene: Scene, mention: Mention) -> Relation | None:
    """全县总人口38.6人: persons and beasts are counted in whole numbers."""
    quantity = mention.quantity
    counted = quantity.kind in _HEADS or quantity.base_unit in _LIVING
    if (
        not counted
        or quantity.step >= 1
        or not quantity.is_exact
        or is_each(mention)
        or _MEAN.search(scene.clause(mention))
        or _MEAN.search(scene.reading.flat[max(0, quantity.start - 14) : quantity.start].rpartition("。")[2])
    ):
        return None
    if quantity.value == quantity.value.to_integral_value():
        return None
    said = f"{quantity.text}:{quantity.unit}数不会是小数"
    return slip((), mention, quantity.base_value * 10_000, said, f"单位应为“万{quantity.unit}”")


def quantities_of_scale(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    if not quantity.is_exact or is_each(mention) or not quantity.base_value:
        return None
    for noun, unit, least, meant in _BY_SCALE:
        broken = quantity.step < 1 and "万" not in quantity.text and quantity.base_unit == unit
        if broken and quantity.base_value < least and noun.search(words):
            return slip(
                (),
                mention,
                quantity.base_value * 10_000,
                f"“{words[-12:]}{quantity.text}”小得不合常理",
                f"单位应为“{meant}”",
            )
    crowd = _CROWDS.search(mention.left) or _ALL_COUNTY.search(words)
    if crowd and quantity.base_unit == "人次" and quantity.base_value < 1000 and _AT_LARGE.search(words):
        return slip(
            (),
            mention,
            quantity.base_value * 10_000,
            f"“{words[-12:]}{quantity.text}”小得不合常理",
            "单位应为“万人次”",
        )
    return _less_than_a_room(scene, mention)


def _less_than_a_room(scene: Scene, mention: Mention) -> Relation | None:
    """改造面积52.6平方米,惠及居民5312户."""
    quantity = mention.quantity
    following = next(iter(scene.after(mention)), None)
    if quantity.unit != "平方米" or following is None or following.quantity.base_unit not in ("户", "人"):
        return None
    if (
        not _SERVED.search(following.gap)
        or "面积" not in mention.left
        or following.segment != mention.segment
    ):
        return None
    if quantity.base_value * 5 > following.quantity.base_value:
        return None
    said = f"{quantity.text},{following.quantity.text},平均每{following.quantity.base_unit}不到0.2平方米"
    return slip((following,), mention, quantity.base_value * 10_000, said, "单位应为“万平方米”")
