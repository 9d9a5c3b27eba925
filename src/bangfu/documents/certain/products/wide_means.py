"""A mean that is said first, or apart: 平均每天接诊86人次。十月31天没有休诊,门诊日志加起来是2356人次."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
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
_LEVEL = re.compile(r"(?:全|我|本|该|各)(?P<level>[国省市县区乡镇村组]|街道|社区)")
_WHOSE = re.compile(r"(?P<whose>[一-龥]{1,3}[户村员人家])(?:平均|[户村人家]均)")
_NET = re.compile(r"扣除|除去|减去|成本")
_AFTER = 14
_FAR = Decimal("1.9")


def mean_faults(scene: Scene, eaches: Mapping[int, Each], known: Container[int]) -> Iterator[Relation]:
    """Where one count and one total alone can be meant; `known` are figures that come out or are told of."""
    for each in eaches.values():
        mention = each.mention
        if not each.is_mean or mention.index in known or not mention.quantity.is_exact:
            continue
        if (
            (each.unit and each.term)
            or (each.unit == "个" and "每" not in mention.left)
            or EARLIER.search(mention.left)
            or _OTHER.search(mention.left)
        ):
            continue
        triple = _sole(scene, each, eaches, known)
        if triple is None or comes_out(triple):
            continue
        wrong = _by_other_count(scene, triple)
        if wrong or _is_sure(triple):
            yield _told(triple, wrong)


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
    counts = [one for one in near if _may_divide(each, one)]
    totals = [one for one in near if may_total(each, one, eaches) and one not in counts]
    if any(
        comes_out(Triple(each, count, total, _ONCE))
        for count in counts
        for total in totals
        if count is not total
    ):
        return None
    if len(totals) > 1:
        totals = [one for one in totals if _SUM.search(one.left) and not _OTHER.search(one.left)]
    if len(totals) != 1 or len({one.quantity.base_value for one in counts}) != 1:
        return None
    count, total = counts[0], totals[0]
    if any(
        scene.is_nested(one) or EARLIER.search(one.left) or _OTHER.search(one.left) for one in (count, total)
    ):
        return None
    if _is_of_others(scene, each, count, total):
        return None
    plain = count.quantity.is_exact and total.quantity.is_exact and not count.is_like(total)
    free = count.index not in known and total.index not in known
    return Triple(each, count, total, _ONCE) if plain and free else None


def _is_of_others(scene: Scene, each: Each, count: Mention, total: Mention) -> bool:
    """全县人均耕地1.2亩,我村1860人、2604亩; 示范村村均60万元 beside 全乡14个村; 收益 beside what costs are taken from."""
    words = each.mention.left
    said = count.left + count.right + total.left
    own, others = ({one["level"] for one in _LEVEL.finditer(text)} for text in (words, said))
    if own and others and not own & others:
        return True
    whose = _WHOSE.search(words)
    if (
        whose is not None
        and whose["whose"] not in said
        and not whose["whose"].startswith(("全", "我", "本", "每", "各"))
    ):
        return True
    end = total.quantity.end
    return _NET.search(scene.reading.flat[end : end + _AFTER]) is not None


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
    words = re.sub(r"平均|[每均人户亩村镇乡次天月日]|[达到约为是有]", ",", f"{each.left},{triple.each.what}")
    pieces = {words[at : at + 2] for at in range(len(words) - 1)} - {",,"}
    named = any("," not in one and one in total.left for one in pieces) or _SUM.search(total.left) is not None
    return named and (cause is not None or is_close(triple, Decimal(1), _FAR))


def _by_other_count(scene: Scene, triple: Triple) -> str:
    """1020户、3570人, 分红107.1万元,人均1050元: the mean is right for the other count."""
    count, each = triple.count, triple.each.mention.quantity
    if count is None or digits(each) < 2:
        return ""
    at = scene.place_of(count)
    for one in scene.mentions[max(0, at - 1) : at + 2]:
        beside = one.sentence == count.sentence and one.quantity.kind in ("person", "household", "count")
        if one is not count and beside and one.quantity.base_value and one.quantity.is_exact:
            mean = triple.total.quantity.base_value / one.quantity.base_value
            if mean == each.base_value or (digits(each) > 2 and each.states(mean)):
                return f"误按“{one.quantity.text}”计算"
    return ""


def _told(triple: Triple, wrong: str) -> Relation:
    each, total, count = triple.each.mention, triple.total, triple.count
    mean = triple.mean(Decimal(1))
    number = count.quantity.text if count is not None else ""
    near = shown(rounded(mean, max(each.quantity.step / 100, Decimal("0.0001"))), each.quantity)
    said = f"{total.quantity.text}÷{number}={near},文中写的是{each.quantity.text}"
    members = (total.index, *(one.index for one in (count,) if one is not None))
    cause = slip(triple, Decimal(1))
    words = wrong or (cause.words if cause is not None else "")
    return Relation("average", members, each.index, mean, False, "error", said, words)
