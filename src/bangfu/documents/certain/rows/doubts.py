"""What explains a row that does not come out: its figures belong to another row that does, or are no row at all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Candidate, Rows, class_of, steps
from bangfu.documents.certain.rows.completed import is_completed, skips_nearest
from bangfu.documents.certain.rows.instead import (
    comes_out_without,
    is_derived,
    is_first_itself,
    kin_of,
)
from bangfu.documents.certain.rows.numbers import comes_out, fine
from bangfu.documents.reading.structure import Mention

_REACH, _LEAST, _SMALL = 14, 3, 12
_FLOWS_IN = re.compile(
    r"新增|纳入|识别|迁入|调入|购入|入库|收储|新签|新放|新报|新办|转入|流入|出生|新登记|新受理|新进|新招|新聘|增聘|补聘|入职|入住|签订|补录"
)
_FLOWS_OUT = re.compile(
    r"退出|清退|迁出|调出|出库|注销|死亡|去世|消除|到期|已还|归还|收回|核减|减少|转出|流出|销号|出栏|离职|解聘|辞退|退休|退岗|调离|离岗|退役"
)
_MOVES = re.compile(r"变动|变更|调整|异动|增减|进出")
_STOCK = re.compile(r"[末底初]|在册|存栏|库存|余额|结转|净增|净减|现有|目前|在岗|滚存|期末|年末")
_STEPS = tuple(
    re.compile(words)
    for words in (
        r"申报|申请|受理|报名|收到|排查|登记|应",
        r"审核|审批|通过|合格|符合|核定|批准|核实",
        r"签约|签订|下达|立项",
        r"开工|动工|启动|在建",
        r"竣工|完工|完成|建成|投产|投用|投入使用|达产",
        r"兑付|发放|拨付|支付|兑现|打卡",
    )
)
_GOES_ON = re.compile(r"其中|已|还|未|尚|待|余|剩")
_SHARE = re.compile(r"^[^,。;、]{0,2}[,(]?占")
_OTHER_BOOKS = re.compile(r"口径|与[^,。;]{2,20}(?:不同|不一致|有别)|任务数|计划数|目标数")
_FARTHER = frozenset({"whole=second", "whole=other", "whole=sentence-first", "whole=paragraph-first"})
_LOOSE = frozenset(f"opener={name}" for name in ("comma", "bare", "semicolon", "among", "includes", "apart"))
_SUBJECT = re.compile(r"[一-龥]{2}")


def is_explained(rows: Rows, one: Candidate) -> bool:
    return (
        _last_come_out(rows, one)
        or _makes_nearer(one)
        or _closed_soundly(rows, one)
        or _in_sound_row(rows, one)
        or _inner_whole(rows, one)
        or _are_flows(rows, one)
        or _are_steps(rows, one)
        or _leaves_among(rows, one)
        or _leaves_out_rightly(rows, one)
        or _of_other_books(rows, one)
        or _is_counted_before(rows, one)
        or is_first_itself(rows, one)
        or is_derived(rows, one)
        or comes_out_without(rows, one)
        or skips_nearest(rows, one)
        or is_completed(rows, one)
    )


def _in_sound_row(rows: Rows, one: Candidate) -> bool:
    """Whether its items, or it with some of them, stand in a row that makes up the figure before or after the row."""
    if one.signs & {"number=same", "comes-next", "other-column"} or {"strong", "tight"} <= one.signs:
        return False
    beside = "whole=nearest" in one.signs and bool(one.signs & {"names=whole", "opener=among", "closed-list"})
    if beside:
        return False
    kin = kin_of(rows, one)
    own = {each.index for each in one.members}
    whole = one.total.index
    for first, last in _runs(kin):
        run = kin[first : last + 1]
        inside = {each.index for each in run}
        opens = first and whole not in inside and inside & own and kin[first - 1] is one.members[0]
        if opens and comes_out(run, one.members[0]):
            return True
        if not ((inside & own and whole in inside) or (inside > own and whole not in inside)):
            continue
        if len({each.paragraph for each in run}) > 1 and whole in inside:
            continue
        for other in (*kin[max(0, first - 3) : first], *kin[last + 1 : last + 2]):
            if other.index != whole and fine(other) >= fine_of(_SMALL) and comes_out(run, other):
                return True
    return False


def fine_of(value: int) -> int:
    return value * 10_000


def _runs(kin: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    for first in range(len(kin)):
        for last in range(first + _LEAST - 1, min(first + _REACH, len(kin))):
            yield first, last


def _last_come_out(rows: Rows, one: Candidate) -> bool:
    """Whether its last items alone make it up: 其中青壮年3924人;县内1562人,县外2654人."""
    if set(steps(rows, one.members)) == {"、"}:
        return False
    return any(comes_out(one.members[start:], one.total) for start in range(1, len(one.members) - 1))


def _makes_nearer(one: Candidate) -> bool:
    """批准372户,其中今年任务312户,…按身份分: what makes another figure near opens that one up."""
    return "another-total" in one.signs and bool(one.signs & _FARTHER)


def _closed_soundly(rows: Rows, one: Candidate) -> bool:
    """两类分别需要17.0万元、86.8万元,共需103.8万元: the row has its own total, and a figure far before it is not it."""
    if "side=before" in one.signs:
        return False
    if not any(sign.endswith("-next") for sign in one.signs) and one.signs.isdisjoint(_LOOSE):
        return False
    place = rows.scene.place_of(one.members[-1])
    return any(
        class_of(each) == class_of(one.total) and rows.is_total(each) and comes_out(one.members, each)
        for each in rows.scene.mentions[place + 1 : place + 3]
    )


def _inner_whole(rows: Rows, one: Candidate) -> bool:
    """Whether an item is made up by those right after it: 到期9户,已还8户,还有1户."""
    members = one.members
    for at in range(len(members) - 2):
        if fine(members[at]) < fine_of(5) or members[at].sentence != members[-1].sentence:
            continue
        for end in range(at + 3, len(members) + 1):
            rest = members[at + 1 : end]
            if sum(fine(each) for each in rest) == fine(members[at]) and _goes_on(rows, rest):
                return True
    return False


def _goes_on(rows: Rows, rest: Sequence[Mention]) -> bool:
    return any(_GOES_ON.match(rows.label(each)) for each in rest)


def _are_flows(rows: Rows, one: Candidate) -> bool:
    """新纳入28户,退出33户,月底在册1841户: what came, what went, and what is there are no row."""
    labels = [rows.called(each) + each.left[-8:] for each in one.members]
    into = any(_FLOWS_IN.search(label) for label in labels)
    out = any(_FLOWS_OUT.search(label) for label in labels)
    stock = any(_STOCK.search(label) for label in labels)
    stock = stock or _STOCK.search(one.total.left) is not None or "opener=among" in one.signs
    return into and out and stock and not _MOVES.search(one.total.left)


def _are_steps(rows: Rows, one: Candidate) -> bool:
    """新签46个,开工31个,投产14个: each step counts again what the step before has counted."""
    if "opener=divided" in one.signs or "opener=strict" in one.signs or "side=before" in one.signs:
        return False
    found = [
        max((place for place, step in enumerate(_STEPS) if step.search(_said(each))), default=-1)
        for each in (one.total, *one.members)
    ]
    known = [place for place in found if place >= 0]
    return len(known) > 2 and all(a < b for a, b in itertools.pairwise(known))


def _said(each: Mention) -> str:
    """31个 of 开工31个 and 14个 of 已有14个建成投产."""
    words = each.left[-8:]
    return words if any(step.search(words) for step in _STEPS) else words + each.right[:5]


def _leaves_among(rows: Rows, one: Candidate) -> bool:
    """其中稻虾5120亩,占80%;莲藕1850亩: what has no share after a semicolon is not among them."""
    if one.signs.isdisjoint({"opener=among", "opener=bare", "opener=includes"}) or len(one.members) > 2:
        return False
    first, second = one.members
    between = rows.between(first, second)
    if ";" not in between and "。" not in between and "另" not in between:
        return False
    if "另有" in between or "另外" in between:
        return True
    after = rows.flat[first.quantity.end : first.quantity.end + 6]
    last = rows.flat[second.quantity.end : second.quantity.end + 6]
    shapes = {rows.scene.group_of[each.index].signature for each in one.members}
    return bool(_SHARE.match(after)) != bool(_SHARE.match(last)) or len(shapes) > 1


def _leaves_out_rightly(rows: Rows, one: Candidate) -> bool:
    """中央、省、县…,农户自缴972万元,财政补贴合计3888万元: the total names those that it counts."""
    if "side=before" not in one.signs or len(one.members) < _LEAST:
        return False
    for cut in (one.members[:-1], one.members[1:]):
        left_out = one.members[-1] if cut[0] is one.members[0] else one.members[0]
        if not comes_out(cut, one.total):
            continue
        words = {one.total.left[at : at + 2] for at in range(len(one.total.left) - 1)}
        words = {word for word in words if _SUBJECT.fullmatch(word)}
        shared = sum(any(word in each.left[-10:] for word in words) for each in cut)
        if shared * 2 > len(cut) and not any(word in left_out.left[-10:] for word in words):
            return True
    return False


def _of_other_books(rows: Rows, one: Candidate) -> bool:
    """与农业部门口径的7300亩不同; 另外,8000亩是任务数."""
    spans = ((max(0, each.quantity.start - 9), each.quantity.end + 6) for each in one.members)
    return any(_OTHER_BOOKS.search(rows.flat, start, end) for start, end in spans)


def _is_counted_before(rows: Rows, one: Candidate) -> bool:
    """Whether a row of its own makes the total up, so that the items before it, which no word ties to it, do not."""
    if "side=before" not in one.signs or one.signs & {"comes-next", "number=same", "above", "other-column"}:
        return False
    kin = kin_of(rows, one)
    places = [at for at, each in enumerate(kin) if each.index == one.total.index]
    if not places:
        return False
    for start in range(places[0] + 1, min(places[0] + 4, len(kin))):
        for end in range(start + 2, min(start + 12, len(kin)) + 1):
            near = kin[start:end]
            if near[0].paragraph != one.total.paragraph:
                break
            if (end - start > 2 or "其中" in near[0].gap) and comes_out(near, one.total):
                return True
    return False
