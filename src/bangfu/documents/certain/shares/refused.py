"""Percentages that are no part of a whole: changes, aims, rates that are set, and those of another time."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.reading.structure import Mention

_COMPARED = re.compile(r"[比较由从与同](?!例|重|对|期|价|步|意|贫|农|上线|业)")
_CHANGE = re.compile(
    r"增长|增加|减少|下降|增幅|降幅|涨|提高|净增|净减|同比|环比|上升|降低|减幅|增速|多出|少了|超出|超额|超过?计划|升幅|回落|"
    r"高于|低于|高出|低[了于]?$|高[了于]?$|上浮|下浮|[增减降升][了至到]?$|压减|压缩|缩减|翻|差距|偏差|误差"
)
_AIM = re.compile(
    r"不低于|不高于|不少于|不超过|不得|低于|高于|目标(?:值|为|是)|力争|确保|要求|达到.{0,6}以上|须|应达|红线|标准|上限|下限|以内|控制|"
    r"未达|未到|时序|序时|计划(?:值|率)|指标值|拟|预计|起付|最高|(?<![顺便])利率|税率|(?<![缴交收])费率|年息|月息|折旧|坡度|含水|湿度|浓度|概率|可能|规定|政策|"
    r"实行|执行标准|按比例|贴息|封顶|打底|保底"
)
_AIM_AFTER = re.compile(
    r"以上|以内|以下|及以上|保底|兜底|计息|年息|利率|的(?:目标|要求|标准|比例(?:补|报|给|予|执|进|计|提|分))|(?:给予|予以)?报销|目标|要求"
)
_OTHER_BASE = re.compile(r"[上去前]一?年|同期|上[月季期]|年初|期初|20\d\d年|历史|原来")
_ALL = re.compile(r"全部|全都|均已|都|全覆盖|悉数|无一")

_AHEAD = re.compile(
    r"明年|来年|(?<!结转)(?<!结转到)(?<!结转至)(?<!结余)下一?年(?!使用|结转)|下一?步|今后|下阶段|下一阶段|到20\d\d年底?[,,]?(?:[^。;]{0,12}(?:达到|要|将))|未来"
)


def is_ahead(words: str) -> bool:
    """明年目标?新增就业260人,就业率到64%: what is to come of figures that are to come."""
    return bool(_AHEAD.search(words))


def is_refused(words: str, right: str) -> bool:
    """Whether the words before and after make it a change, an aim or a rate that is set."""
    return bool(
        _COMPARED.match(words)
        or _CHANGE.search(words)
        or _AIM.search(words[-14:])
        or _AIM_AFTER.match(right.lstrip())
    )


def is_carried_change(before: Sequence[Mention], share: Mention) -> bool:
    """提高38公斤、6.8%; 农村增幅11.2%,城镇8.5%; 其余4个村各占15%: said of the change before, or of each one."""
    if not before:
        return False
    last = before[-1]
    if _EACH.search(share.left) and last.quantity.base_unit in _COUNTS:
        return True
    is_bare = _BARE.fullmatch(share.gap) is not None
    if last.quantity.kind == "share":
        return bool(_GROWTH.search(last.left)) and _PLACE_OR_KIND.fullmatch(share.gap) is not None
    return is_bare and bool(_GROWN.search(last.left))


_COUNTS = frozenset({"个", "户", "人", "家", "名", "所", "组", "村", "方"})
_EACH = re.compile(r"各(?:占|得|持|分|出|担|承担|负担|分得|提)|(?:每|平均每)[个户人家名村].{0,4}占")
_BARE = re.compile(r"[、,(]\s*")
_PLACE_OR_KIND = re.compile(r"[,、;]\s*[一-龥]{1,6}(?:为|是|也|则|只|仅)?")
_GROWTH = re.compile(r"增幅|增速|增长|降幅|下降|涨幅|跌幅|减幅|上涨|减少")
_GROWN = re.compile(
    r"(?:增长|增加|增产|增收|提高|提升|上升|上涨|净增|多出?|下降|减少|降低|减产|减收|净减|少|缩短|延长|节约|压减)(?:了|约|近)?$"
)


def is_of_all(words: str) -> bool:
    """全部参保,参保率100%: nothing to reckon."""
    return bool(_ALL.search(words))


def is_of_other_time(words: str) -> bool:
    return bool(_OTHER_BASE.search(words))
