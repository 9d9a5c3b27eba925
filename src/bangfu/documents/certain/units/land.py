"""Fields in 平方米, buildings in 亩, a county's crops in a few 亩."""

from __future__ import annotations

import re

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import around, is_each, slip
from bangfu.documents.reading.structure import Mention

_BUILT = re.compile(
    r"住房|房屋|危房|民房|农房|新房|旧房|建筑|卫生室|卫生院|诊所|活动室|活动中心|服务中心|服务站|便民大厅|文化站|图书室|农家书屋|厕所|公厕|教室|校舍|宿舍|食堂|"
    r"办公|村部(?!门)|党群|敬老院|幸福院|养老院|礼堂|祠堂|厂房|车间|库房|仓库|冷库|冷藏|门面|铺面|商铺|店铺|墙|屋面|屋顶|圈舍|牛舍|猪舍|羊舍|鸡舍|栏舍|篮球场|球场|广场|停车场|路面|晒坝|晒场|舞台|戏台|长廊|凉亭|围墙|挡墙|外墙|墙体|住宅|门店|展厅|展馆|会议室|服务用房|办公用房|业务用房|管理用房|公共用房|阅览室|卫生间|浴室|厨房|安置房|周转房|公租房|商品房|大厅"
)
_ON_LAND = re.compile(r"供地|开发边界|土地出让|用地(?:指标|规模)|建设用地|土地收储")
_BARE = re.compile(r"(?:建筑|总)?(?:面积|建成|共|计|约|为|达)*")
"""The clause names no thing itself: 文化广场37万元,面积860亩."""
_SITE = re.compile(r"占地(?:面积)?(?:约|共|总计|达|为)?$")
_LARGE_SITE = re.compile(
    r"厂|园区|基地|小区|学校|市场|养殖场|车间|电站|大棚|牧场|牛场|猪场|羊场|鸡场|产业园|游客中心|水库|公园"
)
_ON_GROUND = re.compile(
    r"占地|园区|用地|供地|出让|开发边界|规划区|收储|储备|征收|宅基地|土地|复垦|拆|基地|征|流转|腾退|小区|周边|绿化|配套.{0,4}地"
)
_GROWN = re.compile(
    r"种植|种有|栽种|栽植|补植|造林|播种|承保|茶园|种茶|茶叶|水稻|稻田|稻谷|小麦|玉米|大豆|土豆|马铃薯|红薯|高粱|油茶|油菜|花生|棉花|烟叶|烤烟|"
    r"果园|柑橘|脐橙|猕猴桃|苹果|桃树|桃林|黄桃|蜜桃|李子|梨树|梨园|葡萄|西瓜|百合|辣椒|中药材|药材|黄精|天麻|楠竹|毛竹|竹林|耕地|林地|山林|农田|水田|旱地|旱田|"
    r"退耕|公益林|天然林|高标准农田|鱼塘|池塘|水塘|水面|荷塘|莲藕|藕田|草地|草场|牧草|饲草|撂荒|荒地|桑园|果树|农作物|粮食作物"
)
_GARDENS = re.compile(r"菜地|菜园|苗圃|花圃|庭院")
"""Small fields: theirs may well be in 平方米."""
_UNDER_ROOF = re.compile(
    r"棚|馆|房|厂|仓|库|路|广场|场地|院|室|面积每|墙|人总|总面积|温室|栏|舍|展|车间|中心|晒|育苗盘"
)
_WIDE = re.compile(r"全[县市区州省旗](?![^,;。]*(?:每|平均))")
_STAPLE = re.compile(
    r"水稻|小麦|玉米|大豆|油菜|粮食|粮油|耕地|农田|林地|公益林|油茶|茶园|茶叶|柑橘|果园|蔬菜|中药材|农作物|承保|播种|种植面积|造林|马铃薯|烟叶|蔬菜"
)
_PARTIAL = re.compile(
    r"新增|其中|试点|示范|受灾|增加|减少|净|退|收回|违|核减|差|多|少|每|均|绝收|被占|流转|复垦|补植|撂荒|户"
)
_ROOM = re.compile(
    r"(?:人均|户均|生均|每人|每户|每间|每床|床均|间均|套均|每套)(?:的|[一-龥]{0,4})?(?:居室|住房|居住|住宅|建筑|校舍|宿舍|房屋|教室|铺位|用房|病房|卧室)(?:使用|建筑)?(?:面积)?(?:达|约|为|有|只有|仅)*$"
)
_HOMES = re.compile(r"房|住宅|宅基")
_RAISED = re.compile(r"(?:建成|建房|建了|新建|重建|盖了?)(?:面积)?$")
_PER_MU = re.compile(r"[,、(]?(?:平均)?每亩|[,、(]?亩均|[,、(]?亩产")


def land_mistaken(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind not in ("area", "floor"):
        return None
    words = scene.clause(mention)
    if quantity.unit in ("亩", "万亩"):
        return (
            _rooms_in_mu(mention)
            or _building_in_mu(scene, mention, words)
            or _county_in_mu(scene, mention, words)
        )
    return _field_in_metres(scene, mention, words) if quantity.kind == "floor" else None


def _building_in_mu(scene: Scene, mention: Mention, words: str) -> Relation | None:
    quantity = mention.quantity
    if _BARE.fullmatch(words):
        words = scene.in_segment(mention)[0].left + mention.gap
    built = _BUILT.search(words) or _BUILT.search(mention.right)
    if _is_home(scene, mention, words):
        return slip((), mention, quantity.base_value, f"房屋的面积写成了{quantity.text}", "单位应为“平方米”")
    grown = any(field.search(said) for field in (_GROWN, _GARDENS) for said in (words, mention.right))
    whole = _ON_LAND.search(scene.sentence_words(mention))
    if whole or not built or quantity.base_value < 20 or _ON_GROUND.search(words + mention.right) or grown:
        return None
    said = f"房屋、场馆的面积写成了{quantity.text}"
    return slip((), mention, quantity.base_value, said, "单位应为“平方米”")


def _rooms_in_mu(mention: Mention) -> Relation | None:
    """人均居室面积15.8亩."""
    if mention.quantity.base_value < 1 or not _ROOM.search(mention.left):
        return None
    said = f"“{mention.left.strip()[-10:]}”写成了{mention.quantity.text}"
    return slip((), mention, mention.quantity.base_value, said, "单位应为“平方米”")


def _is_home(scene: Scene, mention: Mention, words: str) -> bool:
    """重建房屋…60平方米以内…罗某家3人,建成95亩: the lines speak of homes, all others in 平方米."""
    if not _RAISED.search(mention.left) or mention.quantity.base_value < 20:
        return False
    others = [one for one in around(scene, mention, 12) if one.quantity.kind in ("area", "floor")]
    homes = _HOMES.search(scene.sentence_words(mention) + "".join(one.left for one in others))
    return bool(homes and others) and all(one.quantity.kind == "floor" for one in others)


def _county_in_mu(scene: Scene, mention: Mention, words: str) -> Relation | None:
    """全县水稻承保36.4亩: it is counted in 万亩."""
    quantity = mention.quantity
    if "万" in quantity.text or quantity.base_value >= 500 or is_each(mention) or not quantity.is_exact:
        return None
    if not (_WIDE.search(words) and _STAPLE.search(words)) or _PARTIAL.search(words):
        return None
    return slip(
        (), mention, quantity.base_value * 10_000, f"全县范围的面积只有{quantity.text}", "单位应为“万亩”"
    )


def _field_in_metres(scene: Scene, mention: Mention, words: str) -> Relation | None:
    quantity = mention.quantity
    if "公里" in quantity.unit or "千米" in quantity.unit:
        return None
    in_row = _in_row_of_mu(scene, mention)
    if in_row is not None:
        said = f"同列的面积都以亩计({in_row.quantity.text}),这里写的是{quantity.text}"
        return slip((in_row,), mention, quantity.base_value, said, "单位应为“亩”")
    if _SITE.search(mention.left) and quantity.base_value < 50 and _LARGE_SITE.search(words):
        return slip((), mention, quantity.base_value, f"“{words[-12:]}”只有{quantity.text}", "单位应为“亩”")
    if "\t" in mention.gap and any(one.quantity.kind == "length" for one in scene.before(mention)[-3:]):
        return None  # 新屋至茶园, 1.85公里, 3.5米, 6475平方米: a road's surface
    following = next(iter(scene.after(mention)), None)
    per_mu = following is not None and _PER_MU.match(following.gap)
    if (per_mu or _GROWN.search(words)) and not _UNDER_ROOF.search(words + mention.right):
        return slip((), mention, quantity.base_value, f"种植、养殖面积写成了{quantity.text}", "单位应为“亩”")
    return None


def _in_row_of_mu(scene: Scene, mention: Mention) -> Mention | None:
    """1.8万亩、1.5万亩、0.9万平方米."""
    before = scene.before(mention)[-2:]
    if (
        len(before) == 2
        and mention.gap in ("、", "和", "与", "及")
        and before[-1].gap in ("、", "和", "与", "及")
    ):
        return before[-1] if all(one.quantity.unit == "亩" for one in before) else None
    return None
