"""Units that make no sense beside their neighbours or against a plain bound: 元 for 万元, 户 for 人, 亩 for 平方米."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.reading.structure import Mention

_TEN_THOUSAND = Decimal(10_000)
_EACH = re.compile(
    r"人均|户均|每人|每户|每月|每亩|每生|月均|亩均|月工资|月增收|纯收入|可支配收入|低保标准|补助标准"
)
_EACH_LIMIT = Decimal(500_000)
_GIFT_LIMIT = Decimal(300_000)
_TOTAL_MONEY = re.compile(
    r"共|合计|总|投入|投资|资金|发放|补助|补贴|奖补|贷款|报销|拨付|筹集|产值|救助|经费|收入"
)
_BUILT = re.compile(
    r"住房|房屋|危房|建筑|卫生室|活动室|活动中心|厕所|教室|校舍|厂房面积|办公|服务中心|人均住房"
)
_GROWN = re.compile(
    r"种植|造林|茶园|水稻|油茶|果园|耕地|林地|农田|退耕|公益林|楠竹|柑橘|猕猴桃|中药材|油菜|蔬菜"
)
_ROADS = re.compile(r"硬化|修建|新修|公路|道路|通组|通村|水渠|渠道|管网|管道|河道|堤")
_COUNTED_STOCK = re.compile(
    r"(?:总人口|常住人口|农业人口|总户数|总人数)(?:现有|共有|共计|共|有|为|达)*$|"
    r"(?:现有|共有|在册|全[镇县村乡]共?有?)(?:党员|低保对象|五保对象|特困(?:供养)?人员|在校学生|劳动力|监测对象|"
    r"(?:建档立卡)?(?:贫困|脱贫)(?:户|人口))共?$"
)
_HEADS = frozenset({"household", "household_times", "person", "person_times"})
_GIVEN = re.compile(r"补助|资助|救助|补贴|慰问|报销|低保金|奖补|奖励")
_INVESTED = re.compile(r"投资|资金|支出|造价|拨付|投入")
_WHO = re.compile(r"务工|就业|人口|参保|监测|对象|人员|劳动力|人数|学生|党员")
_WIDE = re.compile(r"宽|深|高|厚|直径|间距|距|长宽")
_STOCK = re.compile(r"建档立卡|贫困户|脱贫户|低保|五保|特困|监测(?:户|对象)|总人口|人口")


def slips(scene: Scene) -> Iterator[Relation]:
    done: set[int] = set()
    for mention in scene.mentions:
        for find in _FINDERS:
            if mention.index not in done and (relation := find(scene, mention)) is not None:
                done.add(mention.index)
                yield relation
                yield from _share_of_slip(scene, mention, relation)


def _share_of_slip(scene: Scene, mention: Mention, slip: Relation) -> Iterator[Relation]:
    """投资120元,占总投资468万元的25.6%: the share was computed of what should stand here."""
    share = next(iter(scene.after(mention)), None)
    if share is None or share.quantity.kind != "share" or "占" not in share.gap or len(slip.members) != 1:
        return
    whole, meant = scene.reading.quantities[slip.members[0]], slip.computed
    if whole.kind == "money" and meant is not None and share.quantity.states(meant / whole.base_value):
        said = f"{mention.quantity.text}÷{whole.text}算不出{share.quantity.text}"
        ratio = mention.quantity.base_value / whole.base_value
        members = (mention.index, slip.members[0])
        yield Relation("share", members, share.index, ratio, False, "error", said, slip.cause)


def _lost_ten_thousand(scene: Scene, mention: Mention) -> Relation | None:
    """51.65元 beside 1017人次: less than a yuan each, or far below its neighbours in 万元."""
    quantity = mention.quantity
    if (
        quantity.kind != "money"
        or quantity.unit not in ("元", "块钱")
        or PER.search(mention.left)
        or quantity.per
        or not quantity.base_value
        or not quantity.is_exact
        or mention.right.startswith("的")
    ):
        return None
    group = scene.group_of[mention.index].mentions
    counts = [
        one
        for one in group
        if one.quantity.base_unit in ("户", "人", "人次", "户次", "笔") and one.quantity.base_value > 0
    ]
    for count in counts:
        least = 10 if count.quantity.base_unit in ("户", "户次", "笔") else 5
        if quantity.base_value / count.quantity.base_value < least and count.quantity.base_value > 1:
            said = f"{count.quantity.text}共{quantity.text},平均每{count.quantity.base_unit}不到{least}元"
            return _slip((count,), mention, quantity.base_value * _TEN_THOUSAND, said, "单位应为“万元”")
    people = [
        one for one in scene.in_segment(mention) if one.index < mention.index and one.quantity.kind in _HEADS
    ]
    if people and quantity.step < 1 and quantity.base_value * 10 < people[-1].quantity.base_value:
        said = f"{people[-1].quantity.text}、{quantity.text},每{people[-1].quantity.base_unit}不到一角钱"
        return _slip(people[-1:], mention, quantity.base_value * _TEN_THOUSAND, said, "单位应为“万元”")
    return _below_neighbours(scene, mention)


def _below_neighbours(scene: Scene, mention: Mention) -> Relation | None:
    """14.55元 in a row of amounts in 万元 of its own order of magnitude."""
    quantity = mention.quantity
    near = _neighbours(scene, mention)
    large = [one for one in near if one.quantity.unit == "万元" and not PER.search(one.left)]
    if (
        len(large) >= 2
        and quantity.base_value < 1000
        and quantity.step < 1
        and _TOTAL_MONEY.search(scene.clause(mention))
    ):
        return _slip(
            large,
            mention,
            quantity.base_value * _TEN_THOUSAND,
            f"同列的金额都以万元计,这里写的是{quantity.text}",
            "单位应为“万元”",
        )
    if len(large) >= 2 and quantity.base_value < 1000 and _is_series(scene, mention, large):
        return _slip(
            large,
            mention,
            quantity.base_value * _TEN_THOUSAND,
            f"同列的金额都以万元计,这里写的是{quantity.text}",
            "单位应为“万元”",
        )
    return None


def _is_series(scene: Scene, mention: Mention, others: list[Mention]) -> bool:
    """The items before and after it in the same row are 万元 and in its own order of magnitude."""
    value = mention.quantity.value
    return (
        all(value / 30 <= one.quantity.value <= value * 30 for one in others)
        and mention.quantity.value < 1000
        and bool(_TOTAL_MONEY.search("".join(one.left for one in [mention, *others])))
    )


def _neighbours(scene: Scene, mention: Mention) -> list[Mention]:
    before = [one for one in scene.before(mention) if one.quantity.kind == "money"][-2:]
    after = [one for one in scene.after(mention) if one.quantity.kind == "money"][:2]
    return before + after


def _below_rate(scene: Scene, mention: Mention) -> Relation | None:
    """46人次,每人1500元,发放补助6.9元: all together got less than each."""
    quantity = mention.quantity
    before = scene.before(mention)[-2:]
    if quantity.kind != "money" or "万" in quantity.unit or PER.search(mention.left) or len(before) < 2:
        return None
    count, rate = before
    paid = _TOTAL_MONEY.search(mention.left) and rate.quantity.kind == "money" and "每" in rate.left
    if not paid or count.quantity.base_value < 2 or quantity.base_value * 2 > rate.quantity.base_value:
        return None
    if count.quantity.kind in ("money", "share") or not quantity.is_exact or mention.segment != count.segment:
        return None
    said = f"每份{rate.quantity.text},{count.quantity.text}一共才{quantity.text}"
    return _slip(before, mention, quantity.base_value * _TEN_THOUSAND, said, "单位应为“万元”")


def _below_whole(scene: Scene, mention: Mention) -> Relation | None:
    """468万元…其中养殖小区投资120元: an investment of a few hundred yuan among millions."""
    quantity = mention.quantity
    if quantity.unit != "元" or quantity.base_value >= 1000 or PER.search(mention.left) or quantity.per:
        return None
    whole = _whole_of(scene, mention)
    if whole is None or not _INVESTED.search(mention.left) or "万" not in whole.quantity.unit:
        return None
    if not quantity.is_exact or quantity.base_value * _TEN_THOUSAND > whole.quantity.base_value:
        return None
    said = f"前面的金额以万元计({whole.quantity.text}),这里写的是{quantity.text}"
    return _slip((whole,), mention, quantity.base_value * _TEN_THOUSAND, said, "单位应为“万元”")


def _whole_of(scene: Scene, mention: Mention) -> Mention | None:
    """The amount that the share after it speaks of, else the nearest before it."""
    amounts = [one for one in reversed(_around(scene, mention)) if one.quantity.kind == "money"]
    share = next(iter(scene.after(mention)), mention)
    meant = mention.quantity.base_value * _TEN_THOUSAND
    fitting = [
        one
        for one in amounts
        if share.quantity.kind == "share"
        and one.quantity.base_value
        and share.quantity.states(meant / one.quantity.base_value)
    ]
    return next(iter([*fitting, *amounts]), None)


def _around(scene: Scene, mention: Mention) -> list[Mention]:
    return scene.before(mention) or scene.sentence_before(mention)


def _times_of_persons(scene: Scene, mention: Mention) -> Relation | None:
    """务工2046人次,其中省外1102人、省内944人: what is made up of persons is persons."""
    quantity = mention.quantity
    if quantity.base_unit != "人次" or not _WHO.search(mention.left) or not quantity.is_exact:
        return None
    following = scene.after(mention)
    if not following or "其中" not in following[0].gap:
        return None
    persons = [one for one in following if one.quantity.base_unit == "人" and one.segment == mention.segment]
    for length in range(2, len(persons) + 1):
        if sum(one.quantity.base_value for one in persons[:length]) == quantity.base_value:
            said = f"各项都以“人”计,合计写成了“{quantity.text}”"
            return _slip(persons[:length], mention, quantity.base_value, said, "单位应为“人”")
    return None


def _too_rich(scene: Scene, mention: Mention) -> Relation | None:
    """人均纯收入9860万元; 1200万元 for 3户."""
    quantity = mention.quantity
    if quantity.kind != "money" or quantity.base_value < _EACH_LIMIT:
        return None
    if (
        _EACH.search(mention.left)
        and "万" in quantity.unit
        and not re.search("村|社|企|集体|园|场|总", mention.left[-12:])
    ):
        said = f"{mention.left.strip()[-10:]}{quantity.text},数额大得不合常理"
        return _slip((), mention, quantity.base_value / _TEN_THOUSAND, said, "单位应为“元”")
    group = scene.group_of[mention.index].mentions
    counts = [
        one
        for one in group
        if one.quantity.base_unit in ("户", "人", "人次", "户次") and one.quantity.base_value > 0
    ]
    if counts and _GIVEN.search(scene.label(mention) + mention.left):
        each = quantity.base_value / max(one.quantity.base_value for one in counts)
        if each > _GIFT_LIMIT:
            unit = counts[0].quantity.base_unit
            said = f"{counts[0].quantity.text}共{quantity.text},平均每{unit}超过{_GIFT_LIMIT / _TEN_THOUSAND}万元"
            return _slip(counts[:1], mention, quantity.base_value / _TEN_THOUSAND, said, "单位多写了“万”")
    return None


def _twice_households(scene: Scene, mention: Mention) -> Relation | None:
    """824户3299户: the second are persons. 824户3299人次 of a stock are persons, not times."""
    before = scene.before(mention)
    if not before or not re.fullmatch(r"[ ,]?[ ]*", mention.gap):
        return None
    first = before[-1]
    if not (first.quantity.is_exact and mention.quantity.is_exact):
        return None
    units = first.quantity.base_unit, mention.quantity.base_unit
    if units == ("户", "户") and mention.quantity.base_value > first.quantity.base_value:
        return _slip(
            (first,),
            mention,
            mention.quantity.base_value,
            f"“{first.quantity.text}”之后又是“{mention.quantity.text}”",
            "单位应为“人”",
        )
    if units == ("人", "人") and mention.quantity.base_value > first.quantity.base_value * 2:
        return _slip(
            (first,),
            mention,
            mention.quantity.base_value,
            f"“{first.quantity.text}”之后又是“{mention.quantity.text}”",
            "前一个单位应为“户”",
        )
    if (
        units == ("户", "人次")
        and not re.match("[一-龥]", mention.right)
        and _STOCK.search(first.left)
        and not re.search("享受|发放|补|培训|参加|救助|报销|带动|走访|服务", first.left)
    ):
        return _slip(
            (first,),
            mention,
            mention.quantity.base_value,
            f"人口数写成了“{mention.quantity.text}”",
            "单位应为“人”",
        )
    return None


def _times_of_stock(scene: Scene, mention: Mention) -> Relation | None:
    """全镇总人口31256人次: a stock is counted in persons, only what happens in times."""
    singular = {"人次": "人", "户次": "户"}.get(mention.quantity.base_unit)
    if singular is None or mention.right.strip() or not _COUNTED_STOCK.search(mention.left):
        return None
    said = f"“{mention.left.strip()[-8:]}”是现有的数,写成了“{mention.quantity.text}”"
    return _slip((), mention, mention.quantity.base_value, said, f"单位应为“{singular}”")


def _area(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    if (
        quantity.unit == "亩"
        and _BUILT.search(words)
        and quantity.base_value >= 20
        and not re.search("占地|园区|用地|土地|复垦|拆", words)
    ):
        return _slip((), mention, quantity.base_value, f"房屋面积写成了{quantity.text}", "单位应为“平方米”")
    if (
        quantity.kind == "floor"
        and "公里" not in quantity.unit
        and _GROWN.search(words)
        and not re.search("棚|馆|房|厂|基地建筑|路|广场|库", words)
    ):
        return _slip((), mention, quantity.base_value, f"种植面积写成了{quantity.text}", "单位应为“亩”")
    return None


def _road(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    if quantity.base_unit != "米" or _WIDE.search(words[-8:]) or not _ROADS.search(words):
        return None
    if quantity.unit == "米" and quantity.base_value < 20 and quantity.step < 1:
        return _slip(
            (), mention, quantity.base_value * 1000, f"道路、管渠的长度只有{quantity.text}", "单位应为“公里”"
        )
    if quantity.unit in ("公里", "千米") and quantity.value >= 1000:
        return _slip((), mention, quantity.value, f"道路、管渠的长度达{quantity.text}", "单位应为“米”")
    return None


def _slip(
    members: tuple[Mention, ...] | list[Mention], mention: Mention, computed: Decimal, said: str, cause: str
) -> Relation:
    return Relation(
        "unit_slip",
        tuple(one.index for one in members),
        mention.index,
        computed,
        False,
        "suspicion",
        f"{said},请核对单位",
        cause,
    )


_FINDERS = (
    _lost_ten_thousand,
    _below_rate,
    _below_whole,
    _times_of_persons,
    _too_rich,
    _twice_households,
    _times_of_stock,
    _area,
    _road,
)
