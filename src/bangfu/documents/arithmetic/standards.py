"""Amounts against standards: 156人×每人每月300元×12个月; loans against the cap in force."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.reading.structure import Mention

_PER = re.compile(
    r"每(?P<unit>人|户|亩|生|名|个|村|头|只|羽|株|吨|公里|平方米|岗|口|座|笔|次|场|家|套|棵|台|单|箱|件|车|趟|辆|间|份|盏|支|组|条|处)(?:[一-龥]{0,4}?(?:每|按)(?P<oft>月|年|天|学期|学年|次|期)|(?P<often>月|年|天|学期|学年|次|期))?[^,;。\d每]{0,16}$|"
    r"(?:^|[^每])每(?P<only>月|天|学期)[^,;。\d每]{0,10}$|(?P<head>人|户)均每(?P<term>年|月)$|(?P<all>各)(?:安排|补助|发放|奖励|投入|拨付|配套|支持|给予)[^,;。\d]{0,10}$"
)
_AFTER = re.compile(
    r"^(?P<unit>人|户|亩|生|头|只|羽|株|吨|个|公里|平方米|村|次)?[/·]?(?P<often>月|年|天|学期)?$"
)
_UNITS = {
    "生": ("人", "人次"),
    "人": ("人", "人次"),
    "名": ("人", "人次"),
    "岗": ("个", "人"),
    "户": ("户", "户次"),
    "公里": ("米",),
    "村": ("个", "村"),
    "吨": ("公斤",),
    "个": ("个", "人"),
}
_NAMED = re.compile(r"([一-龥]{3,8}?)(?:补助|补贴)?标准(?:为|是)?每")
_TERMS = {"月": "个月", "天": "天"}
_SCALE = {"公里": Decimal(1000), "吨": Decimal(1000)}
_ODD_RATIOS = (Decimal(10), Decimal("0.1"), Decimal(10_000), Decimal("0.0001"))
_YEAR = re.compile(r"全年|一年|年(?:发放|支付|补助|需|共)")
_PAID = re.compile(
    r"共|合计|总|发放|补助|补贴|奖补|奖励|支付|支出|兑现|拨付|落实|需|救助|资金|累计|价值|投入|投资|慰问|保费|物资|预算|经费|已付|已补|计划|安排|成本|费用"
)


_HEAD = 24
_SHORT = 4
"""So many first signs of a name are enough to know it again."""
_OTHER_LOANS = r"企业|合作社|公司|创业|担保|大户|基地|车间|农场|房贷|商业"


@dataclass(frozen=True)
class Cap:
    """A limit in force: `words` says which sentences it governs; amounts are yuan per household or loan."""

    name: str
    words: str
    limit: Decimal
    per: tuple[str, ...] = ("笔", "户")
    source: str = ""


SMALL_LOAN_WORDS = r"小额(?:信用)?(?:信贷|贷款|贷)|扶贫(?:小额)?(?:信贷|贷款)"


@dataclass(frozen=True)
class Rate:
    mention: Mention
    units: tuple[str, ...]
    scale: Decimal
    term: str
    """月 or 天 where it is paid so often, else empty."""
    has_unit: bool = field(default=True)


def multiples(scene: Scene) -> Iterator[Relation]:
    yield from _plain_multiples(scene)
    yield from _named_multiples(scene)


def _named_multiples(scene: Scene) -> Iterator[Relation]:
    """分散供养1482人。…分散供养标准每人每月780元,当月分散供养支出115.6万元: three figures under one name."""
    for mention in scene.mentions:
        rate = rate_of(mention)
        named = _NAMED.search(mention.left) if rate is not None else None
        if rate is None or named is None:
            continue
        amount = next(
            (
                one
                for one in scene.after(mention)[:3]
                if one.is_like(mention) and named[1][:_SHORT] in one.left
            ),
            None,
        )
        count = next(
            (one for one in reversed(scene.before(mention, paragraph=True)) if named[1][:_SHORT] in one.left),
            None,
        )
        if amount is None or count is None or count.sentence == mention.sentence:
            continue
        if count.quantity.base_unit in rate.units and _is_paid_once(rate, amount):
            yield from _compared(rate, count, amount)


def _is_paid_once(rate: Rate, amount: Mention) -> bool:
    return not rate.term or (
        rate.term == "月" and re.search(r"[当本]月|月发放|月支出", amount.left) is not None
    )


def _compared(rate: Rate, count: Mention, amount: Mention) -> Iterator[Relation]:
    computed = _product(rate, count, 1)
    if amount.quantity.states(computed):
        yield Relation("standard_multiple", _members(count, rate, []), amount.index, computed, True)
    elif amount.quantity.is_exact and count.quantity.is_exact and amount.quantity.base_value:
        ratio = amount.quantity.base_value / computed
        if (
            Decimal("0.4") < ratio < Decimal("2.5")
            or ratio in _ODD_RATIOS
            or is_mistyped(amount.quantity, computed)
        ):
            product = f"{count.quantity.text}×{rate.mention.quantity.text}={shown(computed, amount.quantity)}"
            said = f"{product},文中写的是{amount.quantity.text}"
            members = _members(count, rate, [])
            yield Relation("standard_multiple", members, amount.index, computed, False, "error", said)


def _plain_multiples(scene: Scene) -> Iterator[Relation]:
    for sentence in scene.sentences:
        rates = [rate for mention in sentence.mentions if (rate := rate_of(mention)) is not None]
        taken: set[int] = set()
        for rate in rates:
            relation = _multiple(scene, sentence.mentions, rate, single=len(rates) == 1)
            if relation is not None and relation.stated not in taken:
                taken.add(relation.stated)
                yield relation
            for other in _each_row(scene, sentence.mentions, rate):
                if other.stated not in taken:
                    taken.add(other.stated)
                    yield other


def _each_row(scene: Scene, mentions: Sequence[Mention], rate: Rate) -> Iterator[Relation]:
    """甲36.2万亩、524.9万元,乙18.5万亩、268.25万元,标准均为每亩14.5元: of every item before."""
    if rate.term or not rate.has_unit or not re.search(r"均[为按是]|统一", rate.mention.left):
        return
    for amount in mentions:
        if amount.index >= rate.mention.index or not amount.is_like(rate.mention):
            continue
        group = [one for one in scene.group_of[amount.index].mentions if one.quantity.base_unit in rate.units]
        if len(group) == 1 and amount.quantity.is_exact:
            yield from _compared(rate, group[0], amount)


def rate_of(mention: Mention) -> Rate | None:
    """What is paid for each, and how often, where this amount is such a rate."""
    quantity = mention.quantity
    if quantity.kind != "money" or not quantity.is_exact or "平均" in mention.left:
        return None
    match = _PER.search(mention.left) or (_AFTER.match(quantity.per) if quantity.per else None)
    if match is None:
        return None
    named = match.groupdict()
    unit = named.get("unit") or named.get("head") or ""
    often = named.get("often") or named.get("oft") or named.get("only") or named.get("term") or ""
    units = _UNITS.get(unit, (unit,)) if unit else ("人", "户", "个")
    if named.get("all"):
        return Rate(mention, ("个", "户", "人", "家", "村"), Decimal(1), "")
    monthly = often == "月" or "月" in mention.left[-8:] or "月" in quantity.per
    if (
        often in ("学期", "学年", "期", "次")
        or "增收" in mention.left
        or "收入" in mention.left
        or "工资" in mention.left
    ):
        return None
    term = "天" if often == "天" else "月" if monthly else ""
    return Rate(mention, units, _SCALE.get(unit, Decimal(1)), term, bool(unit))


def _multiple(scene: Scene, mentions: Sequence[Mention], rate: Rate, *, single: bool) -> Relation | None:
    posts = "人" in rate.units and any("岗位" in one.left + one.right[:6] for one in mentions)
    units = (*rate.units, "个") if posts else rate.units
    counts = [
        one
        for one in mentions
        if one.quantity.base_unit in units and one.quantity.is_exact and not re.search("每", one.left)
    ]
    amounts = [
        one
        for one in mentions
        if one is not rate.mention and one.is_like(rate.mention) and _is_amount(one, rate)
    ]
    months = [one for one in mentions if rate.term and one.quantity.base_unit == rate.term]
    periods = _periods(rate, months, mentions)
    for amount, count, period in product(amounts, counts, periods or range(1, 25)):
        computed = _product(rate, count, period)
        if amount.quantity.states(computed):
            return Relation("standard_multiple", _members(count, rate, months), amount.index, computed, True)
    return _wrong_multiple(scene, rate, counts, amounts, periods, months, single=single)


def _wrong_multiple(
    scene: Scene,
    rate: Rate,
    counts: Sequence[Mention],
    amounts: Sequence[Mention],
    periods: Sequence[int],
    months: Sequence[Mention],
    *,
    single: bool,
) -> Relation | None:
    """Settled where count, rate and amount stand in a row without a mark, or where there is but one of each."""
    if len(periods) != 1 or not rate.has_unit:
        return None
    at = rate.mention.index
    beside = [one for one in counts if one.index == at - 1], [one for one in amounts if one.index == at + 1]
    if beside[0] and beside[1] and not re.search("[,。;、]", rate.mention.gap + beside[1][0].gap):
        return _judged(rate, beside[0][0], beside[1][0], periods[0], months)
    here = {one.index for one in scene.in_segment(rate.mention)}
    counts = [one for one in counts if one.index in here] or counts
    amounts = [one for one in amounts if one.index in here] or amounts
    alone = single or len(here) < 5
    counts = [one for one in counts if not scene.is_nested(one)] or counts
    amounts = [one for one in amounts if not scene.is_nested(one)] or amounts
    if not alone or len(counts) != 1 or len(amounts) != 1:
        return None
    return _judged(rate, counts[0], amounts[0], periods[0], months)


def _is_amount(mention: Mention, rate: Rate) -> bool:
    return (
        not re.search(r"每|均|标准(?:为|是)?$", mention.left)
        and mention.quantity.base_value > rate.mention.quantity.base_value
    )


def _periods(rate: Rate, terms: Sequence[Mention], mentions: Sequence[Mention]) -> list[int]:
    """How many months or days the rate is paid; empty where nobody says how many."""
    if not rate.term:
        return [1]
    if terms:
        return [int(one.quantity.base_value) for one in terms]
    words = "".join(one.gap for one in mentions)
    return [12] if rate.term == "月" and _YEAR.search(words) else []


def _product(rate: Rate, count: Mention, period: int) -> Decimal:
    return rate.mention.quantity.base_value * count.quantity.base_value / rate.scale * period


def _members(count: Mention, rate: Rate, months: Sequence[Mention]) -> tuple[int, ...]:
    extra = (months[0].index,) if rate.term and months else ()
    return (count.index, rate.mention.index, *extra)


def _judged(
    rate: Rate, count: Mention, amount: Mention, period: int, months: Sequence[Mention]
) -> Relation | None:
    if (
        not amount.quantity.is_exact
        or not (
            _PAID.search(amount.left)
            or amount.left.strip("、 ") == ""
            or amount.index == rate.mention.index + 1
        )
        or amount.segment != count.segment
    ):
        return None
    computed = _product(rate, count, period)
    if not computed:
        return None
    ratio = amount.quantity.base_value / computed
    times = f"×{period}{_TERMS[rate.term]}" if rate.term else ""
    product = f"{count.quantity.text}×{rate.mention.quantity.text}{times}={shown(computed, amount.quantity)}"
    said = f"{product},文中写的是{amount.quantity.text}"
    near = Decimal("0.4") < ratio < Decimal("2.5") or ratio in _ODD_RATIOS
    settled = near or is_mistyped(amount.quantity, computed)
    each = rate.mention.quantity.base_value * period
    cause = ""
    if settled and amount.quantity.base_value % each == 0:
        cause = f"按{shown(amount.quantity.base_value / each * rate.scale, count.quantity)}计算的"
    return Relation(
        "standard_multiple",
        _members(count, rate, months),
        amount.index,
        computed,
        False if settled else None,
        "error" if settled else "suspicion",
        said if settled else f"{said}。请核对是不是同一批对象、同一段时间",
        cause,
    )


def caps(scene: Scene, limits: Sequence[Cap]) -> Iterator[Relation]:
    for cap in limits:
        words = re.compile(cap.words)
        for sentence in scene.sentences:
            for mention in sentence.mentions:
                if mention.quantity.kind != "money":
                    continue
                if words.search(_context(scene, mention)):
                    yield from _capped(scene, mention, cap)
                elif words.search(_topic(scene, mention)):
                    yield from _one_loan(scene, mention, cap)


def _context(scene: Scene, mention: Mention) -> str:
    """The words of its own ; segment before it."""
    flat, end = scene.reading.flat, mention.quantity.start
    start = max(flat.rfind(mark, 0, end) for mark in ";。!?\n") + 1
    return flat[start:end]


def _topic(scene: Scene, mention: Mention) -> str:
    """What its line, or else the whole text, is about: the first words of either."""
    flat, at = scene.reading.flat, mention.quantity.start
    line = flat.rfind("\n", 0, at) + 1
    return flat[line : min(at, line + _HEAD)] + "\n" + flat.lstrip()[:_HEAD]


def _one_loan(scene: Scene, mention: Mention, cap: Cap) -> Iterator[Relation]:
    """…;其中1户获贷50万元: one household's loan under a heading that names the kind of loan."""
    before = scene.before(mention)[-1:]
    if not before or before[0].quantity.base_unit not in cap.per or before[0].quantity.base_value != 1:
        return
    words = scene.between(before[0], mention)
    if not re.search(r"贷", words) or re.search(r"[,;]|" + _OTHER_LOANS, words + before[0].left):
        return
    if mention.quantity.bounds()[0] > cap.limit:
        said = f"1户贷款{mention.quantity.text},超过“{cap.name}”{_yuan(cap.limit)}"
        yield Relation("standard_cap", (mention.index,), mention.index, cap.limit, False, "suspicion", said)


def _capped(scene: Scene, mention: Mention, cap: Cap) -> Iterator[Relation]:
    if re.search(r"每户|户均|笔均|单户|单笔|户贷|最高|上限|额度|限额", mention.left) and not re.search(
        "贴息|利息|保证金|收入|增收", mention.left
    ):
        if mention.quantity.bounds()[0] > cap.limit and mention.quantity.base_value > cap.limit:
            said = f"每户{mention.quantity.text},超过“{cap.name}”{_yuan(cap.limit)}"
            yield Relation(
                "standard_cap", (mention.index,), mention.index, cap.limit, False, "suspicion", said
            )
        return
    group = scene.group_of[mention.index].mentions
    counts = [one for one in group if one.quantity.base_unit in cap.per and one.quantity.base_value > 0]
    if not counts or re.search(
        r"贴息|利息|补偿|保证金|还|回收|收回|增收|收入", scene.label(mention) + mention.left
    ):
        return
    count = max(counts, key=lambda one: one.quantity.base_value)
    least = mention.quantity.bounds()[0] / count.quantity.bounds()[1]
    average = mention.quantity.base_value / count.quantity.base_value
    if least > cap.limit:
        each = f"{(average / 10_000).quantize(Decimal('0.01'))}万元"
        repeated = count.quantity.base_unit == "户" and "累计" in scene.label(mention)
        per = f"{mention.quantity.text}÷{count.quantity.text},平均每{count.quantity.base_unit}{each}"
        yield Relation(
            "standard_cap",
            (mention.index, count.index),
            mention.index,
            cap.limit * count.quantity.base_value,
            None if repeated else False,
            "suspicion",
            f"{per},超过“{cap.name}”{_yuan(cap.limit)}",
            "可能混入了企业、合作社贷款,或把续贷、展期的一并算入",
        )


def _yuan(value: Decimal) -> str:
    return f"{(value / 10_000).normalize():f}万元"
