"""What there was, what came in, what went out, what there is: 年初86户,新增23户,消除31户,年末78户."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import comes_out
from bangfu.documents.certain.remainders.slips import cause_of_slip, slip
from bangfu.documents.certain.remainders.words import words_of
from bangfu.documents.reading.structure import Mention

_START = re.compile(
    r"(?:年|期|季|月|学期)初|(?:上|去|前|往)(?:个|一)?(?:年|季度?|月|期|学期|半年|届)(?:末|底)?(?:[一-龥]{0,4})?(?:结余|结转|余额|库存|结存|存|未[决结办]|在[办册保管校岗院园]|留存|滞留)|原有|上期|历年结[余转]"
)
_END = re.compile(
    r"(?:年|期|季|月|学期)[末底]|累计结[余存]|结转下|转下|现有|目前|现存|实有|现库存|最终|账面|滚存|库存|结存|余额|未[决结]|在[册保管校岗院园]"
)
COMES = re.compile(
    r"收入|新增|增加|新[纳识入购收]|纳入|转入|迁入|调入|购[入进]|补充|到[账位]|下达|收[到取]|出生|婚入|返贫|入库|接收|识别|受理|立案|报案|新登记|新注册|新发现|购进|进货|入学|入院|入职|招[录聘]|吸纳"
)
_GOES = re.compile(
    r"支出|减少|退出|消除|清退|死亡|迁出|转出|调出|出库|发放|使用|用[去掉了]|核销|注销|核减|支付|拨付|销[售出]|售出|出栏|脱贫|归还|毕业|取消|消耗|结案|办结|审结|解除|解矫|注吊?销|吊销|终止|剔除|销号|整改|出院|离职|离校|辞[职退]|退休|去世|病故|报废|赔付"
)
_NET = re.compile(r"净|其中")
_LEAST, _MOST = 2, 6


def flows(scene: Scene) -> Iterator[Relation]:
    for end in scene.mentions:
        if can_add(end) and end.quantity.is_exact and _END.search(words_of(scene, end)):
            relation = _flow(scene, end)
            if relation is not None:
                yield relation


def _flow(scene: Scene, end: Mention) -> Relation | None:
    """All like figures of the sentence from the start on, each by its words; silent where one is neither."""
    likes = [one for one in scene.before(end) if one.is_like(end) and can_add(one)][-_MOST:]
    starts = [at for at, one in enumerate(likes) if _START.search(words_of(scene, one))]
    if not starts:
        return None
    start, moved = likes[starts[-1]], likes[starts[-1] + 1 :]
    signs = [_sign(words_of(scene, one)) for one in moved]
    if len(moved) < _LEAST or 0 in signs or len(set(signs)) < _LEAST:
        return None
    if not all(one.quantity.is_exact for one in (start, *moved)) or comes_out(scene, end, likes, likes):
        return None
    true = start.quantity.base_value + sum(
        (one.quantity.base_value * sign for one, sign in zip(moved, signs, strict=True)), Decimal(0)
    )
    if not slip(end.quantity, true):
        return None
    way = start.quantity.text + "".join(
        f"{'+' if sign > 0 else '-'}{one.quantity.text}" for one, sign in zip(moved, signs, strict=True)
    )
    said = f"{way}={shown(true, end.quantity)},文中写的是{end.quantity.text}"
    members = (start.index, *(one.index for one in moved))
    cause = cause_of_slip(end.quantity, true)
    return Relation("difference", members, end.index, true, False, "error", said, cause)


def _sign(words: str) -> int:
    """+1 for what came in, -1 for what went out, 0 where the words say neither or both."""
    comes, goes = COMES.search(words), _GOES.search(words)
    return 0 if bool(comes) == bool(goes) or _NET.search(words) else 1 if comes else -1
