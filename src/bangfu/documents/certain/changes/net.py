"""Net changes: 新增9户,退出4户,净增6户."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.certain.changes.pairs import Pair, value_of
from bangfu.documents.certain.changes.told import relation_of, slip_in_words
from bangfu.documents.reading.structure import Mention

_NET = re.compile(r"净(?:增|减|变动|流入|流出)[一-龥]{0,3}$")
_IN = re.compile(
    r"新(?:增|识|纳|入|登|办|开|设|招|聘|签|建|收|接|发|进|吸|加|参|立|评|录|转|调|购|注|成立)|入[规统库职股社户学园院会党团编保]|升规|[登注]记|开业|设立|流入|"
    r"返乡|回流|进来|招[录聘收]|录用|加入|转进|接收|吸纳|净入|婚入|出栏补|补栏|购入|购进|纳入|增加|迁入|出生|转入|新办|新招|新聘|新签|调入|入库|补录|识别"
)
OUT = re.compile(
    r"退[规统股社学园院职伍役租保库会党团编出休]|注吊销|吊销|歇业|关停|关闭|停业|流出|外迁|出去|离[职岗退]|辞[职退]|脱保|婚出|转走|送走|出栏|去世|病故|亡故|"
    r"解除|终止|剔除|淘汰|到龄|毕业|结清|销号|脱贫|出[库职]|退出|减少|消除|死亡|迁出|核减|停发|取消|注销|解聘|清退|转出|退休|调出|出库|到期|清理|整户"
)


def flows_before(change: Mention, before: list[Mention]) -> tuple[Mention, ...]:
    """What came in and what went out, in whatever order, right before a net change; else nothing."""
    alike = tuple(one for one in before if one.is_like(change) and one.sentence == change.sentence)[-2:]
    if len(alike) != 2 or alike[0].segment != change.segment or not _NET.search(change.left):
        return ()
    one, other = (mention.left for mention in alike)
    both_ways = (_IN.search(one) and OUT.search(other)) or (OUT.search(one) and _IN.search(other))
    return alike if both_ways and all(mention.quantity.is_exact for mention in alike) else ()


def net_changes(change: Mention, flows: tuple[Mention, ...]) -> Iterator[Relation]:
    one, other = flows
    true = abs(one.quantity.base_value - other.quantity.base_value)
    if not change.quantity.states(true):
        low, high = sorted((other, one), key=value_of)
        said = f"{high.quantity.text}-{low.quantity.text}={shown(true, change.quantity)},文中写的是{change.quantity.text}"
        yield relation_of(change, Pair(low, high), true, said, slip_in_words(change.quantity, true))
