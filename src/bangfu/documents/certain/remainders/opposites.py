"""Two figures whose words are opposites, and how far they are apart: 旧桥86米,新桥134米,加长48米."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import AMONG, Scene
from bangfu.documents.certain.remainders.readings import Way, told
from bangfu.documents.certain.remainders.slips import slip
from bangfu.documents.certain.remainders.sound import is_in_sum
from bangfu.documents.reading.structure import Mention

_SKIP = frozenset({"share", "times", "age"})
_APART = re.compile(
    r"(?:省[了下出去]?|节[省约][了出]?|便宜[了]?|加[长宽高厚深大密][了]?|[缩压][短小减缩][了]?|抢[回出]|赶[回出]|流失[了]?|走[了掉]|外流|"
    r"[多少高低快慢早晚长短重轻贵涨落跌降升增减扩超][了出掉打收卖得种养产用花赚报付]?|增加|减少|提高|降低|上升|下降|提[前速]|"
    r"[只相还仍足]?差[了]?|悬殊|相[差距]|落差|差[距额值价]|虚[高增报]|[毛净纯]?[赚挣亏赔]|拉开|领先|落后|回[落升]|退步|进步)(?:达|约)?$"
)
_OTHER_BASIS = re.compile(r"[比较]|到$|至$|为$|人均|户均|平均|同比|环比|其中|每[人户]")
_PAST = (
    r"上[个一]?(?:年|月|季|期|届|轮|批|次|学[年期]|周|旬|半年)|[去前]年|去[冬春夏秋]|"
    r"前[一]?[次轮期天日]|头一?[年茬批次遍]|往[年届常]|昨[天日年]|原|早先|过去|"
    r"以[前往]|从前|旧|老|[年季月期学]初|开[春年]|起初|最初|此前|之?前$|同期|当初|先前|[一-龥]{2}前"
)
_NOW = (
    r"[今本当][年月季期届轮批次周旬学天日春冬夏秋]|这[一]?[年月季期届轮批次周学]|如今|现|眼下|目前|此次|"
    r"二[茬批遍]|第二|新|之?后$|以来|[年季月期]末|[年月]底|当前|[一-龥]{2}后"
)
_SIDES = tuple(
    (re.compile(one), re.compile(other))
    for one, other in (
        (_PAST, _NOW),
        (r"第一|冠军|头名|榜首|首位", r"第二|亚军|次席|第三|末位|最后"),
        (r"最[高多大好长重快早贵]", r"最[低少小差短轻慢晚便]"),
        (
            r"计划|合同|定额|批复|核定|应|预算|目标|概算|限|标准",
            r"实|现|完成|花|决算|结算|审定|到位|中标|成交",
        ),
        (r"[申上自填]报|送审|登记|台账|账面", r"核[实定查]|审定|认定|实[有际测]|盘点"),
        (r"[进买]价|成本|收购|本钱|投入|开销", r"[卖售]价|收入|销售|批发|卖|零售"),
        (r"白班|日班|上午", r"夜班|晚班|下午"),
        (r"男", r"女"),
        (r"城[里镇市区]?", r"乡[下村]?|农村"),
        (r"省里|省级|市里|市级", r"县里|县级|镇里|乡里"),
        (r"高峰|旺季|丰水", r"低谷|平时|淡季|枯水"),
        (r"收入|进账|流入|入库", r"支出|开支|流出|出库"),
    )
)


def opposites(scene: Scene) -> Iterator[Relation]:
    for stated in scene.mentions:
        likes = [one for one in scene.before(stated) if one.is_like(stated)]
        if len(likes) != 2 or not _may_be_apart(stated):
            continue
        if not all(one.quantity.is_exact for one in likes) or not _are_opposite(*likes):
            continue
        high, low = sorted(likes, key=lambda one: -one.quantity.base_value)
        way = Way(high, (low,))
        if not slip(stated.quantity, way.left) or is_in_sum(scene, stated, likes):
            continue
        if not _comes_out_behind(scene, stated, likes):
            yield told(way, stated)


def _may_be_apart(stated: Mention) -> bool:
    if stated.quantity.kind in _SKIP or not stated.quantity.is_exact or AMONG.search(stated.gap):
        return False
    return _APART.search(stated.left) is not None and not _OTHER_BASIS.search(stated.left)


def _are_opposite(first: Mention, second: Mention) -> bool:
    """Each side said of one of them only."""
    one, two = first.left or first.gap, second.left or second.gap
    return any(
        (here.search(one) and there.search(two) and not here.search(two))
        or (there.search(one) and here.search(two) and not there.search(two))
        for here, there in _SIDES
    )


def _comes_out_behind(scene: Scene, stated: Mention, likes: list[Mention]) -> bool:
    """Another like figure close behind leaves it: the comparison is with that."""
    return any(
        one.is_like(stated)
        and any(
            stated.quantity.states(abs(one.quantity.base_value - two.quantity.base_value)) for two in likes
        )
        for one in scene.after(stated)[:3]
    )
