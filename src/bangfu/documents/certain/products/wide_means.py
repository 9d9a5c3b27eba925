"""A mean that is said first, or apart: 平均每天接诊86人次。十月31天没有休诊,门诊日志加起来是2356人次."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.doubts import EARLIER
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, is_close
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.certain.products.slips import slip
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention

_REACH, _SENTENCES = 7, 2
_ONCE = Periods((Decimal(1),), Decimal(1))
_SUM = re.compile(r"[共总]|合计|累计|加起来|整个|全部|全[年村乡镇县部]|一起")
_OTHER = re.compile(
    r"其中|其余|另|剩|余(?!额)|欠|还|退|扣|减|罚|逾期|新增|计划|目标|任务|最[高低多少大小]|不足|超过|预|首|差|比|增长|边角|含"
)
_SHORT_TERMS = frozenset({"天", "月"})
_FAR = Decimal("1.9")


def mean_faults(scene: Scene, eaches: Mapping[int, Each], known: Container[int]) -> Iterator[Relation]:
    """Where one count and one total alone can be meant; `known` are figures that come out or are told of."""
    for each in eaches.values():
        mention = each.mention
        if not each.is_mean or mention.index in known or not mention.quantity.is_exact:
            continue
        if (each.unit and each.term) or EARLIER.search(mention.left) or _OTHER.search(mention.left):
            continue
        triple = _sole(scene, each, eaches, known)
        if triple is not None and not comes_out(triple) and _is_sure(triple):
            yield _told(triple)


def _sole(scene: Scene, each: Each, eaches: Mapping[int, Each], known: Container[int]) -> Triple | None:
    """The only count and the only total near it."""
    at = scene.place_of(each.mention)
    near = [
        one
        for one in scene.mentions[max(0, at - _REACH) : at + _REACH + 1]
        if one.paragraph == each.mention.paragraph
        and abs(one.sentence - each.mention.sentence) <= _SENTENCES
        and one.index not in eaches
    ]
    if any(other.is_mean and other.mention in near for other in eaches.values()):
        return None
    counts = [one for one in near if _may_divide(each, one)]
    totals = [one for one in near if may_total(each, one, eaches) and one not in counts]
    if len(totals) > 1:
        totals = [one for one in totals if _SUM.search(one.left) and not _OTHER.search(one.left)]
    if len(totals) != 1 or len({one.quantity.base_value for one in counts}) != 1:
        return None
    count, total = counts[0], totals[0]
    if any(
        scene.is_nested(one) or EARLIER.search(one.left) or _OTHER.search(one.left) for one in (count, total)
    ):
        return None
    plain = count.quantity.is_exact and total.quantity.is_exact and not count.is_like(total)
    free = count.index not in known and total.index not in known
    return Triple(each, count, total, _ONCE) if plain and free else None


def _may_divide(each: Each, one: Mention) -> bool:
    """Days and months, too, where the mean is one of a day or a month."""
    if each.unit:
        return may_count(each, one)
    is_time = one.quantity.kind == "time" and one.quantity.base_unit == each.term
    return each.term in _SHORT_TERMS and is_time and one.quantity.base_value > 1


def _is_sure(triple: Triple) -> bool:
    """The total bears the name of the mean or says that it is a sum, and the two are not far apart; or one slip tells."""
    each, total = triple.each.mention, triple.total
    cause = slip(triple, Decimal(1))
    if cause is not None and (cause.strong or digits(each.quantity) > 1):
        return True
    words = re.sub(r"平均|[每均人户亩村镇乡次天月日]|[达到约为是有]", ",", each.left)
    pieces = {words[at : at + 2] for at in range(len(words) - 1)} - {",,"}
    named = any("," not in one and one in total.left for one in pieces) or _SUM.search(total.left) is not None
    return named and is_close(triple, Decimal(1), _FAR)


def _told(triple: Triple) -> Relation:
    each, total, count = triple.each.mention, triple.total, triple.count
    mean = triple.mean(Decimal(1))
    number = count.quantity.text if count is not None else ""
    near = shown(rounded(mean, max(each.quantity.step / 100, Decimal("0.0001"))), each.quantity)
    said = f"{total.quantity.text}÷{number}={near},文中写的是{each.quantity.text}"
    members = (total.index, *(one.index for one in (count,) if one is not None))
    cause = slip(triple, Decimal(1))
    words = cause.words if cause is not None else ""
    return Relation("average", members, each.index, mean, False, "error", said, words)
