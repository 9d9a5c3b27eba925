"""Rate, count and amount of one paragraph, in any order and in any of its sentences, that one slip of the pen makes agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import is_exactly, says_much
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.doubts import EARLIER
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, is_close
from bangfu.documents.certain.products.periods import Periods, periods_of
from bangfu.documents.certain.products.slips import Slip, slip_of_total
from bangfu.documents.certain.products.spoken import is_risen, spoken_rates
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.reading.quantity import Quantity, plain
from bangfu.documents.reading.structure import Mention

_REACH, _SENTENCES, _LINE = 7, 2, 26
_AFTER = 12
_LET = frozenset(["间", "套", "亩", "个", "台", "辆", "处", "栋", "张", "座", "家", "户"])
_ONE_MONTH = re.compile(r"(?<![\d至到—～~-])\d{1,2}月份(?!起|以来|底|末)|单月|当月|本月")
_MONTH_OF = re.compile(r"月(?:支|发|付|需|劳务|务工|工资|总)[一-龥]{0,6}$")
_BY_IT = re.compile(r"推算|测算|据此|按此|照此|依此|以此|由此|折算|估算|计算|核算|按[^,;。]{0,6}(?:标准|口径)")
_ASKED = re.compile(r"[^。!?]{0,16}(?:怎么|如何|咋|怎样|从哪|哪来|何来|哪里|怎)[^。?]{0,10}\?|[^。!?]{0,8}(?:是这[样么]|这[样么])(?:得|算|来)")
_TIMES = frozenset({"次", "期", "趟", "场"})
_REPEATED = _TIMES | frozenset(["晚", "课时", "学时", "小时", "餐", "顿", "节", "节课", "班", "夜", "届"])
_LONG = 4
_FAR = Decimal("2.5")
_ONCE = frozenset({"", "次", "期", "趟", "年"})
_INCOME = re.compile(r"收入|增收|产值|利润|门票|贴息|利息|贷款?")
_OTHER = re.compile(
    r"其余|其他|另|剩|余|欠|结(?!算|账|清)|还|罚|捐|自筹|首批|预|部分|扣|超|节|退(?!耕|休|役|捕)|追|差|缺|下降|减|增长|同比|定金|订金"
)
_LESS = re.compile(
    r"免[缴交费]|减免|除外|不含|扣|除去|停发|折扣|优惠|损耗|退出|中途|陆续|去世|死亡|病休|首批|先付|预拨|预付|部分|封顶|"
    r"分期|余款|尾款|抵|实际"
)
_PART = re.compile(r"其中|其余|未|退|停|死亡|去世|离")
_TERM_UNITS = {"月": "月", "天": "天", "学期": "学期", "季度": "季度", "年": "年"}
_MONTHS = tuple(Decimal(one) for one in range(1, 13))


@dataclass(frozen=True)
class _Fault:
    triple: Triple
    period: Decimal
    cause: Slip


def wide_faults(
    scene: Scene, eaches: Mapping[int, Each], closed: Sequence[Triple], found: Sequence[Relation]
) -> Iterator[Relation]:
    """Only of rates that come out with nothing (`closed` does) and of which nothing is told (`found`)."""
    rates = {**eaches, **spoken_rates(scene, eaches)}
    told = {index for one in found for index in (*one.members, one.stated)}
    settled = {one.total.index for one in closed} | told
    done = {one.each.mention.index for one in closed} | told
    open_ = [each for index, each in rates.items() if index not in done and each.mention.quantity.is_exact]
    triples = {each.mention.index: list(_triples(scene, each, rates)) for each in open_}
    out = [one for several in triples.values() for one in several if comes_out(one)]
    out = [*closed, *(one for one in out if not _is_anothers(one, rates))]
    settled |= {one.total.index for one in out}
    done |= {one.each.mention.index for one in out}
    for each in open_:
        if each.mention.index in done:
            continue
        free = [one for one in triples[each.mention.index] if one.total.index not in settled]
        fault = _only(scene, each, [one for one in free if _is_plain(scene, one)], rates, out) if free else None
        if fault is not None:
            yield _told(fault)


def _only(
    scene: Scene, each: Each, free: Sequence[Triple], rates: Mapping[int, Each], out: Sequence[Triple]
) -> _Fault | None:
    """The fault that all readings agree on."""
    rivals = [one for one in rates.values() if _are_rivals(each, one)]
    faults = [
        _Fault(one, one.periods.first, cause)
        for one in free
        if one.periods.first is not None
        and _may_belong(one, rivals)
        and (
            cause := _cause(one, one.periods.first, rivals, alone=len(free) == 1)
            or _without_doubt(scene, one, out)
        )
        is not None
    ]
    faults = [one for one in faults if _is_together(one.triple)] or faults
    values = {(one.triple.number, one.triple.total.quantity.base_value) for one in faults}
    return faults[0] if len(values) == 1 else None


def _triples(scene: Scene, each: Each, rates: Mapping[int, Each]) -> Iterator[Triple]:
    mention = each.mention
    at = scene.place_of(mention)
    near = [
        one
        for one in scene.mentions[max(0, at - _REACH) : at + _REACH + 1]
        if one.index not in rates and one.quantity.is_exact and _is_near(scene, mention, one)
    ]
    totals = [one for one in near if one.is_like(mention) and may_total(each, one, rates)]
    if not totals:
        return
    for count in near:
        if count.is_like(mention) or not _may_count(each, count):
            continue
        for total in totals:
            first = min(count.sentence, mention.sentence, total.sentence)
            last = max(mention.sentence, total.sentence)
            behind = each.is_mean and total.index < mention.index
            near_by = last <= first + _SENTENCES or mention.paragraph != total.paragraph
            if count.sentence <= last and near_by and not behind:
                yield Triple(each, count, total, _periods(scene, each, count, total))


def _may_count(each: Each, one: Mention) -> bool:
    """Also hours where paid by the hour, and what is let where no unit is said: 月租1200元,28间."""
    if each.unit == "小时" and one.quantity.base_unit == "小时":
        return True
    if not each.unit and each.term and "租" in each.mention.left:
        return one.quantity.base_unit in _LET
    return may_count(each, one)


def _is_near(scene: Scene, mention: Mention, one: Mention) -> bool:
    """In its paragraph, not far; or in the short lines right above and below: 面积12860亩⏎标准68元/亩⏎金额…."""
    if one.paragraph == mention.paragraph:
        return abs(one.sentence - mention.sentence) <= _SENTENCES
    apart = scene.reading.flat[
        min(one.quantity.end, mention.quantity.end) : max(one.quantity.start, mention.quantity.start)
    ]
    lines = apart.split("\n")
    alone = abs(one.index - mention.index) == abs(one.paragraph - mention.paragraph) <= 3
    return alone and all(len(line) <= _LINE and "。" not in line for line in lines)


def _is_plain(scene: Scene, triple: Triple) -> bool:
    """Nothing that tells of another purpose, of parts that were paid, or of some who were not."""
    count, total = triple.count, triple.total
    if count is None or _PART.search(count.left) or EARLIER.search(total.left + count.left):
        return False
    three = sorted((triple.each.mention, count, total), key=lambda one: one.index)
    start, end = three[0].quantity.start, three[2].quantity.end
    words = scene.reading.flat[start : end + _AFTER]
    if _LESS.search(words) or (scene.is_nested(total) and not scene.is_nested(count)):
        return False
    by_it = _BY_IT.search(words[: end - start]) is not None
    if by_it:
        return True
    income = _INCOME.search(total.left)
    other = _OTHER.search(total.left) or (income and income[0][:2] not in triple.each.mention.left + count.left)
    return not (triple.each.is_mean or other)


def _periods(scene: Scene, each: Each, count: Mention, total: Mention) -> Periods:
    if each.term in _ONCE and each.term not in _REPEATED:
        return Periods((Decimal(1),), Decimal(1))
    three = sorted((each.mention, count, total), key=lambda one: one.index)
    if each.term in _REPEATED:
        return _repeated(scene, each, three)
    first, last = three[0], three[2]
    flat = scene.reading.flat
    words = flat[first.quantity.start - len(first.left) : last.quantity.end + len(last.right)]
    span = scene.mentions[scene.place_of(first) : scene.place_of(last) + 2]
    unit = _TERM_UNITS.get(each.term, each.term)
    times = [one for one in span if one.quantity.kind == "time" and one.quantity.base_unit == unit]
    found = periods_of(each.term, words, times, (first.index, last.index))
    if not found.all and each.term == "月" and (_ONE_MONTH.search(words) or _MONTH_OF.search(total.left)):
        return Periods((Decimal(1),), Decimal(1))
    return found


def _repeated(scene: Scene, each: Each, three: Sequence[Mention]) -> Periods:
    """每人每次50元,36名志愿者全年服务8次; 每人每晚60元,84人住了5晚."""
    span = scene.mentions[scene.place_of(three[0]) : scene.place_of(three[2]) + 1]
    units = _TIMES if each.term in _TIMES else {each.term[:2].removesuffix("课")}
    times = [one for one in span if one.quantity.base_unit in units and one.quantity.base_value > 1]
    words = scene.reading.flat[three[0].quantity.end : three[2].quantity.start]
    values = {one.quantity.base_value for one in times if one not in three}
    values |= {Decimal(one) for one in re.findall(r"(?<![\d.])(\d{1,3})个?" + re.escape(each.term), words)}
    if len(values) != 1:
        once = each.term in _TIMES and not values
        return Periods((Decimal(1), *values), Decimal(1) if once else None)
    value = values.pop()
    own = [one for one in times if one.quantity.base_value == value and one not in three]
    return Periods((Decimal(1), value) if each.term in _TIMES else (value,), value, own[0] if own else None)


def _are_rivals(each: Each, other: Each) -> bool:
    """Another rate of the neighbourhood, of the same things, that the amount may be reckoned by."""
    one, two = each.mention, other.mention
    near = abs(one.index - two.index) <= _REACH and abs(one.paragraph - two.paragraph) <= 1
    return one is not two and near and one.is_like(two)


def _is_anothers(triple: Triple, rates: Mapping[int, Each]) -> bool:
    """旱地65亩 with the rate of 水田; 去年1100元,今年1250元: what is paid now with the rate before it was raised."""
    mention = triple.each.mention
    later = rates.get(mention.index + 1)
    if later is not None and is_risen(later.mention) and later.mention.is_like(mention):
        return triple.total.index > later.mention.index
    rivals = [one for one in rates.values() if _are_rivals(triple.each, one)]
    own, theirs = _names_said(triple, rivals)
    return bool(theirs) and not own


def _names_said(triple: Triple, rivals: Sequence[Each]) -> tuple[set[str], set[str]]:
    """What of the rate's own words, and what of the words of others, stands before count and amount."""
    count, total = triple.count, triple.total
    like = [one for one in rivals if count is not None and may_count(one, count)]
    mine = _pieces(triple.each.mention.left)
    others = {piece for one in like for piece in _pieces(one.mention.left)}
    said = _pieces(count.left if count is not None else "") | _pieces(total.left)
    return (mine - others) & said, (others - mine) & said


def _may_belong(triple: Triple, rivals: Sequence[Each]) -> bool:
    """Where several rates of such things stand near, the name or the place in the clause tells which is meant."""
    each, count = triple.each, triple.count
    like = [one for one in rivals if count is not None and may_count(one, count)]
    if not like or count is None:
        return True
    if is_risen(each.mention) and {one.mention.index for one in like} == {each.mention.index - 1}:
        return count.index > each.mention.index
    own, theirs = _names_said(triple, rivals)
    return bool(own) and not theirs


def _pieces(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}


def _cause(triple: Triple, period: Decimal, rivals: Sequence[Each], *, alone: bool) -> Slip | None:
    total, count = triple.total.quantity, triple.count
    true = triple.product(period)
    cause = slip_of_total(total, true) or _dropped(total, true)
    if cause is not None:
        return cause if _is_telling(triple, true, cause, alone=alone) else None
    if not says_much(total) or count is None or not _is_together(triple):
        return None
    for other in rivals:
        rate = other.mention.quantity.base_value
        if other.term == triple.each.term and is_exactly(total, true / triple.each.mention.quantity.base_value * rate):
            return Slip(f"误按“{other.mention.quantity.text}”的标准计算", True)
    if triple.each.term == "月" and len(set(triple.periods.all)) == 1:
        for months in _MONTHS:
            if months != period and is_exactly(total, triple.product(months)):
                return Slip(f"按{plain(months)}个月计算的", True)
    return None


def _dropped(total: Quantity, true: Decimal) -> Slip | None:
    """39.84 for 39.984, 13.08 for 13.8."""
    wrote, right = (plain(one).strip("0").replace(".", "") for one in (total.base_value, true))
    short, long = sorted((wrote, right), key=len)
    if len(long) != len(short) + 1 or len(long) < _LONG or total.base_value >= 10 * true or true >= 10 * total.base_value:
        return None
    if any(long[:at] + long[at + 1 :] == short for at in range(len(long))):
        return Slip("漏写或多写了一个数字", True)
    return None


def _without_doubt(scene: Scene, triple: Triple, out: Sequence[Triple]) -> Slip | None:
    """Words or a twin that comes out leave no doubt what belongs together."""
    period = triple.periods.first or Decimal(1)
    total, end = triple.total, triple.total.quantity.end
    if _is_together(triple) and _ASKED.match(scene.reading.flat[end : end + 32]):
        return Slip("", True)
    if not is_close(triple, period, _FAR) or triple.count is None:
        return None
    twins = [
        one
        for one in out
        if one.count is not None
        and one.each.unit == triple.each.unit
        and one.each.term == triple.each.term
        and one.each.mention.quantity.base_value != triple.each.mention.quantity.base_value
        and {triple.each.mention.index - one.each.mention.index, triple.count.index - one.count.index} <= {1, 2, 3}
        and 1 <= total.index - one.total.index <= 3
        and total.sentence == one.total.sentence
    ]
    return Slip("", True) if twins and says_much(total.quantity) | bool(_slight(triple, period)) else None


def _slight(triple: Triple, period: Decimal) -> Slip | None:
    return slip_of_total(triple.total.quantity, triple.product(period))


def _is_telling(triple: Triple, true: Decimal, cause: Slip, *, alone: bool) -> bool:
    """The more digits agree the less it is chance; where nothing else can be meant three are enough."""
    total = triple.total.quantity
    said = len(plain(total.value).replace(".", "").strip("0"))
    if "错位" in cause.words:
        return is_exactly(total, total.base_value) and (said > 2 or (alone and digits(total) > 1))
    return said > 3 or (said > 2 and (alone or _is_together(triple)))


def _is_together(triple: Triple) -> bool:
    """The three in one row, with nothing but a term between."""
    places = sorted(one.index for one in triple.mentions)
    return places[-1] - places[0] <= len(places)


def _told(fault: _Fault) -> Relation:
    triple, period = fault.triple, fault.period
    each, total = triple.each.mention, triple.total
    true = triple.product(period)
    times = "" if period == 1 else f"{plain(period)}{'个' if triple.each.term in ('月', '学期', '季度') else ''}{triple.each.term}"
    names = [triple.count.quantity.text if triple.count is not None else "", each.quantity.text, times]
    said = "×".join(name for name in names if name)
    words = f"{said}={shown(true, total.quantity)},文中写的是{total.quantity.text}"
    members = [triple.count, each, triple.periods.member]
    indexes = tuple(one.index for one in members if one is not None)
    return Relation("standard_multiple", indexes, total.index, true, False, "error", words, fault.cause.words)
