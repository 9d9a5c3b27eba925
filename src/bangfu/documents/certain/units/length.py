"""Lengths and widths that no road, ditch or pipe can have: 路宽3.5公里, 一条水渠620公里, 通村公路5.8米."""

from __future__ import annotations

import re
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import around, is_each, slip
from bangfu.documents.reading.structure import Mention

_ACROSS = re.compile(
    r"(?:(?<![拓加增放扩])宽度?|(?<!加)厚度?|(?<![挖加清])深度?|(?<![加抬垫])高度?|直径|管径|口径|[灯柱桩苗株行杆]间距|净空|跨径|水深|埋深|路幅|胸径|株距|行距)(?:均?约?为?|达到?|是|有|不[少小低]于)?$"
)
_ACROSS_AFTER = re.compile(r"(?:的)?(?:宽(?![带敞])|厚|深(?!山|处)|高(?!标|速|[压山]))")
_VAST = re.compile(r"林带|沙带|海峡|湖|水域|走廊|保护带|断层|风沙")
_LINES = re.compile(
    r"硬化|公路|水泥路|柏油路|沥青路|砂石路|环线|绿道|主干道|快速路|连接线|大道|游道|栈道|[一-龥]路(?=全长|总长|长|[^一-龥]|$)|道路|村道|机耕道|产业路|通组路|通村路|入户路|便道|步道|路面|水渠|渠道|干渠|支渠|沟渠|灌渠|[溉农毛斗]渠|渠系|引水渠|截洪沟|边沟|排水沟|管网|管道|主管|支管|水管|污水管|河道|河堤|堤防|护岸|护栏|围栏|电线|线路|光缆"
)
_BUILD = re.compile(
    r"新修|新建|修建|修通|硬化|拓宽|改造|建成|完成|整治|疏浚|铺设|维修|修复|更换|长|里程|清淤|架设|安装|里程|总长|延伸"
)
_PLAIN_METRES = re.compile(
    r"垮|塌|断|缺|口|被|水毁|桥|涵|墙|堡坎|高|宽|厚|深|门|井|差|超出|偏差|距|处|离|每|户均|间隔"
)
_THICK = 3
_SLAB = re.compile(
    r"(?:硬化|路面|混凝土|砼|水泥|垫层|基层|面层|沥青)[^,;。]{0,4}厚度?(?:均?约?为?|达到?|是|不[少小低]于)?$"
)
_SHORT = 20
_DEAR, _CHEAP = Decimal(30_000), Decimal(4)
"""Yuan for a metre: no village road costs more than the one, none less than the other."""
_SERVES = re.compile(r"惠及|受益|解决|方便|覆盖|供水")
_PAID = re.compile(r"投资|投入|造价|资金|花费|用去|支出|[,、(]$")
_WIRE = re.compile("光缆|电线|电缆|线缆|网线|围栏|护栏")
_FAR = 100_000
_PIECE_END = re.compile(r"[。;]")
_NETWORK = re.compile(
    r"全[县市省州区]|通车|里程|[县乡村省国]道|农村公路|养护|管养|输电|公路网|农村供水|城乡供水|安全饮水"
)


def length_mistaken(scene: Scene, mention: Mention) -> Relation | None:
    quantity = mention.quantity
    if quantity.kind != "length" or mention.right.startswith("次"):
        return None
    return _across(scene, mention) or _too_long(scene, mention) or _too_short(scene, mention)


def _across(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    if quantity.unit == "米" and quantity.base_value >= _THICK and _SLAB.search(mention.left):
        return slip(
            (), mention, quantity.value / 100, f"路面、垫层的厚度写成了{quantity.text}", "单位应为“厘米”"
        )
    if quantity.unit not in ("公里", "千米") or _VAST.search(words):
        return None
    before = scene.before(mention)[-1:]
    if before and before[0].quantity.kind == "length" and mention.gap == mention.left.strip():
        return None  # 3.5米宽9.2公里
    if _ACROSS.search(mention.left) or _ACROSS_AFTER.match(mention.right):
        said = f"宽、厚、深这类尺寸写成了{quantity.text}"
        return slip((), mention, quantity.value, said, "单位应为“米”")
    return None


def _too_long(scene: Scene, mention: Mention) -> Relation | None:
    quantity, words = mention.quantity, scene.clause(mention)
    vast = quantity.unit == "万公里"
    if not vast and (quantity.unit not in ("公里", "千米") or is_each(mention)):
        return None
    if vast and (quantity.base_value < 10**7 or _NETWORK.search(words + mention.right)):
        return None
    if not _LINES.search(words + mention.right):
        return None
    if any(
        one.quantity.kind == "length" and one.quantity.base_value >= _FAR for one in around(scene, mention, 2)
    ):
        return None  # 主管286公里、支管1342公里: of a whole county
    if quantity.base_value >= 10**6 and quantity.step >= 1000 and not _NETWORK.search(words + mention.right):
        return slip((), mention, quantity.value, f"道路、管渠的长度达{quantity.text}", "单位应为“米”")
    households = _households_served(scene, mention)
    if households is not None and quantity.value > 20 and quantity.value > households.quantity.base_value * 2:
        said = f"受益{households.quantity.text},道路、管渠却长{quantity.text}"
        return slip((households,), mention, quantity.value, said, "单位应为“米”")
    cost = None if _WIRE.search(words) else _cost(scene, mention)
    if cost is not None and quantity.value >= 10 and cost.quantity.base_value / quantity.base_value < _CHEAP:
        said = f"{cost.quantity.text}修{quantity.text},每公里不到{_CHEAP * 1000:f}元"
        return slip((cost,), mention, quantity.value, said, "单位应为“米”")
    return None


def _households_served(scene: Scene, mention: Mention) -> Mention | None:
    following = [one for one in scene.after(mention)[:2] if one.segment == mention.segment]
    served = (one for one in following if one.quantity.base_unit == "户" and _SERVES.search(one.gap))
    return next(served, None)


def _cost(scene: Scene, mention: Mention) -> Mention | None:
    """What was paid for it: the amount beside it in its own piece of the sentence."""
    beside = [one for one in around(scene, mention, 2) if one.segment == mention.segment]
    return next(
        (
            one
            for one in beside
            if one.sentence == mention.sentence
            and one.quantity.kind == "money"
            and not is_each(one)
            and _PAID.search(one.gap)
            and not _PIECE_END.search(one.gap)
        ),
        None,
    )


def _too_short(scene: Scene, mention: Mention) -> Relation | None:
    """硬化通组公路5.8米."""
    quantity, words = mention.quantity, scene.clause(mention)
    if quantity.unit != "米" or quantity.base_value >= _SHORT or is_each(mention) or not quantity.is_exact:
        return None
    if _PLAIN_METRES.search(words[-10:] + mention.right) or _ACROSS.search(mention.left):
        return None
    if not (_LINES.search(words) and _BUILD.search(words)) or not mention.left.strip("、,:的 长约共"):
        return None
    cost = _cost(scene, mention)
    dear = cost is not None and cost.quantity.base_value / max(quantity.base_value, Decimal(1)) > _DEAR
    if quantity.step < 1 or dear:
        members = (cost,) if cost is not None and dear else ()
        said = f"道路、管渠的长度只有{quantity.text}"
        return slip(members, mention, quantity.base_value * 1000, said, "单位应为“公里”")
    return None
