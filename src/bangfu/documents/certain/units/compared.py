"""What one beside it shows: 户均90亩,最大一户420平方米; 大米86公斤、58.48万元; 4月每公斤15.2万元,3月每公斤14.8元."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import is_each, slip
from bangfu.documents.reading.structure import Mention

_TOP = re.compile(r"最[大多高长](?:的)?[^,。;]{0,14}$")
_MEAN = re.compile(r"(?:[户人村处家社组个]均|平均(?:每[一-龥]{1,2})?)[^,。;]{0,6}$")
_MEAN_ONLY = re.compile(r"[,、(]?(?:平均)?(?:每)?[户人村家组社]均?(?:约|为|流转|达)?")
_AREA = frozenset({"area", "floor"})
_STAPLE = re.compile(
    r"大米|稻谷|稻米|粮|小麦|玉米|面粉|面条|土豆|马铃薯|红薯|薯|蔬菜|菜|白菜|萝卜|西瓜|水果|柑|橘|橙|桃|梨|苹果|南瓜|大豆|黄豆|辣椒|豆腐|鸡蛋|鲜蛋|禽蛋|牛奶|鲜奶|草料|饲料|化肥|肥料|水泥|鲜鱼|活鱼"
)
_FOOD = re.compile(
    r"油|肉|鸡|鸭|鹅|鱼|虾|蜂蜜|蜜|笋|菌|菇|木耳|茶|干货|腊|牛|羊|猪|葡萄|枣|核桃|花生|杨梅|蓝莓|枇杷|草莓"
)
_STAPLE_MOST, _FOOD_MOST, _LEAST = Decimal(200), Decimal(20_000), Decimal("0.05")
"""Yuan for a kilogram."""
_SOLD = re.compile(
    r"^(?:[,、(]|)?(?:销售额?|产值|金额|收入|货款|销售收入|总产值|价值|实现产值|实现销售额?|收款|计|共|合计|约)*$"
)
_PRICE = re.compile(
    r"(?:每|一)(公斤|千克|斤|吨|个|只|头|箱|盒|袋|瓶|亩|人|户|天|餐|次|度|方|立方米|平方米|米|公里|株|件|羽|尾)[^,。;]{0,6}$"
)


def compared(scene: Scene, mention: Mention) -> Relation | None:
    kind = mention.quantity.kind
    if kind in _AREA:
        return _top_below_mean(scene, mention)
    if kind == "weight":
        return _priced(scene, mention)
    return _beside_rate(scene, mention) if kind == "money" else None


def _top_below_mean(scene: Scene, mention: Mention) -> Relation | None:
    """The largest in 平方米 where the mean is in 亩; a total in 亩 where the largest is less than its mean."""
    quantity = mention.quantity
    if not quantity.is_exact or not quantity.base_value:
        return None
    if quantity.unit == "平方米" and _TOP.search(mention.left):
        for one in reversed(scene.before(mention)[-4:]):
            larger = one.quantity.kind == "area" and one.quantity.base_value * _MU > quantity.base_value
            if larger and _MEAN.search(one.left) and one.segment == mention.segment:
                said = f"最大的{quantity.text}比平均的{one.quantity.text}还小"
                return slip((one,), mention, quantity.value * _MU, said, "单位应为“亩”")
    following = scene.after(mention)[:1]
    if quantity.unit == "平方米" and following and _is_mean_of(following[0], mention):
        said = f"总共{quantity.text},平均却有{following[0].quantity.text}"
        return slip(following, mention, quantity.value * _MU, said, "单位应为“亩”")
    if quantity.unit == "亩":
        return _total_beyond_top(scene, mention)
    return None


def _is_mean_of(mean: Mention, total: Mention) -> bool:
    """流转土地1280平方米,户均6亩."""
    larger = mean.quantity.kind == "area" and mean.quantity.base_value * _MU > total.quantity.base_value
    return larger and _MEAN_ONLY.fullmatch(mean.gap) is not None and not is_each(total)


def _total_beyond_top(scene: Scene, mention: Mention) -> Relation | None:
    before, after = scene.before(mention)[-1:], scene.after(mention)[:1]
    if not before or not after or before[0].quantity.kind in ("money", "share") or is_each(mention):
        return None
    top, count = after[0], before[0].quantity.base_value
    if top.quantity.kind != "floor" or not _TOP.search(top.left) or count < 2:
        return None
    if (
        mention.gap not in ("、", ",", "")
        or mention.quantity.base_value * _MU <= top.quantity.base_value * count
    ):
        return None
    said = f"{before[0].quantity.text}共{mention.quantity.text},最大的却只有{top.quantity.text}"
    return slip((before[0], top), mention, mention.quantity.value, said, "单位应为“平方米”")


_MU = Decimal(2000) / 3


def _priced(scene: Scene, mention: Mention) -> Relation | None:
    quantity, following = mention.quantity, scene.after(mention)[:1]
    if not following or following[0].quantity.kind != "money" or is_each(mention) or is_each(following[0]):
        return None
    if not _SOLD.fullmatch(following[0].gap) or not quantity.is_exact or not quantity.base_value:
        return None
    words = mention.gap[-10:]
    price = following[0].quantity.base_value / quantity.base_value
    most = _STAPLE_MOST if _STAPLE.search(words) else _FOOD_MOST if _FOOD.search(words) else None
    if most is not None and price > most and quantity.unit in ("公斤", "斤", "千克"):
        said = f"{quantity.text}卖{following[0].quantity.text},每公斤合{price:.0f}元"
        return slip((following[0],), mention, quantity.value * 1000, said, "单位应为“吨”")
    if most is not None and 0 < price < _LEAST and quantity.unit == "吨":
        said = f"{quantity.text}卖{following[0].quantity.text},每公斤不到{_LEAST}元"
        return slip((following[0],), mention, quantity.value, said, "单位应为“公斤”")
    return None


def _beside_rate(scene: Scene, mention: Mention) -> Relation | None:
    """Another for one of the same is of its size in yuan."""
    quantity = mention.quantity
    found = _PRICE.search(mention.left) if quantity.unit in ("万元", "元") and quantity.is_exact else None
    if found is None or not quantity.value:
        return None
    for one in (*scene.before(mention)[-2:], *scene.after(mention)[:2]):
        other = one.quantity
        if other.kind != "money" or other.unit == quantity.unit or not other.value:
            continue
        same = _PRICE.search(one.left)
        if same is None or same[1] != found[1] or not Decimal("0.5") <= other.value / quantity.value <= 2:
            continue
        wrong = quantity.unit == "万元" and found[1] in _CHEAP
        if wrong:
            said = f"每{found[1]}{quantity.text},而另一处是每{found[1]}{other.text}"
            return slip((one,), mention, quantity.value, said, "单位应为“元”")
    return None


_CHEAP = frozenset(
    {
        "公斤",
        "千克",
        "斤",
        "个",
        "只",
        "箱",
        "盒",
        "袋",
        "瓶",
        "人",
        "天",
        "餐",
        "次",
        "度",
        "方",
        "立方米",
        "平方米",
        "株",
        "件",
        "羽",
        "尾",
    }
)
