"""Figures reckoned on a basis that is named and stands elsewhere: 按受益人口计算,人均投资986元; 按总价款的8%支付9.702万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, told
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.certain.products.slips import slip, slip_of_total
from bangfu.documents.certain.products.totals import may_total
from bangfu.documents.reading.structure import Mention

_ONCE = Periods((Decimal(1),), Decimal(1))
_BASIS = re.compile(
    r"(?:按照?|以|依)(?P<basis>[一-龥]{2,12}?)(?:来)?(?:计算|测算|核算|折算|推算|计|算|平均|口径|为基数|为分母)"
)
_STOP = re.compile(r"[的总全实际计划数额量]+")
_REACH, _WIDE, _TELLING = 70, 40, 3
_SHARE_OF = re.compile(r"(?:按照?|以|按合同)?(?P<base>[一-龥]{2,12})的$")
_YEARLY = re.compile(r"(?:每年|年)(?!度)(?P<what>[一-龥]{2,8})$")
_IN_ALL = re.compile(r"期内|累计|合计|总|共|[两二三四五六七八九十\d]年")


def by_basis(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    yield from _means(scene, eaches)
    yield from _shares(scene)
    yield from _yearly(scene)


def _means(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """The count or the amount bears the name of the basis, the other that of the mean; one slip makes them agree."""
    for each in eaches.values():
        if not each.is_mean or not each.unit or each.term or digits(each.mention.quantity) < _TELLING:
            continue
        start = scene.sentence_of(each.mention).start
        before = scene.reading.flat[start : each.mention.quantity.start]
        said = list(_BASIS.finditer(before))
        if not said or not each.mention.quantity.is_exact:
            continue
        yield from _mean(scene, each, said[-1]["basis"], eaches)


def _mean(scene: Scene, each: Each, basis: str, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    at = scene.place_of(each.mention)
    before = [one for one in scene.mentions[max(0, at - _REACH) : at] if one.quantity.is_exact]
    counts = [one for one in before if one.index not in eaches and may_count(each, one)]
    totals = [one for one in before if may_total(each, one, eaches)]
    triples = [
        Triple(each, count, total, _ONCE) for count in counts for total in totals if count is not total
    ]
    if any(comes_out(one) for one in triples):
        return
    found = []
    for one in triples:
        count = one.count
        words = each.what[:2] if len(each.what) > 1 else ""
        of_count = count is not None and _is_of(basis, count)
        of_total = _is_of(basis, one.total)
        named = (of_count and bool(words) and _has(scene, one.total, words)) or of_total
        cause = slip(one, Decimal(1)) if named else None
        if cause is not None and cause.strong and "颠倒" in cause.words:
            found.append((one, cause))
    if found and len({(one.number, one.total.quantity.base_value) for one, _ in found}) == 1:
        yield told(found[0][0], Decimal(1), found[0][1].words)


def _has(scene: Scene, one: Mention, words: str) -> bool:
    return words in one.left or words in scene.label(one)


def _is_of(basis: str, one: Mention) -> bool:
    """受益人口 of 受益群众36482人, 计划投资 of 投资3020万元: two characters in common that tell the thing."""
    around = one.left + one.gap[-12:]
    pieces = [basis[at : at + 2] for at in range(len(basis) - 1)]
    return any(piece in around for piece in pieces if not _STOP.fullmatch(piece))


def _shares(scene: Scene) -> Iterator[Relation]:
    """总价款113.4万元 … 按购牛总价款的8%每年支付9.702万元."""
    for one in scene.mentions:
        quantity = one.quantity
        match = _SHARE_OF.search(one.left) if quantity.kind == "share" and quantity.is_exact else None
        after = scene.after(one)[:1]
        if match is None or not after or quantity.base_value in (0, 1):
            continue
        total = after[0]
        near = total.segment == one.segment and total.gap.count(",") <= 1 and total.quantity.is_exact
        if near and total.quantity.kind == "money":
            base = _base_named(scene, match["base"], total, one)
            if base is not None:
                yield from _share(base, one, total)


def _base_named(scene: Scene, name: str, total: Mention, share: Mention) -> Mention | None:
    """The only amount before that the name, or the end of it, stands right before."""
    before = scene.mentions[max(0, scene.place_of(share) - _REACH) : scene.place_of(share)]
    for size in range(len(name), 2, -1):
        tail = name[-size:]
        found = [one for one in before if one.is_like(total) and one.left.rstrip("为是达约共").endswith(tail)]
        if found:
            alike = len({one.quantity.base_value for one in found}) == 1
            return found[-1] if alike and found[-1].quantity.is_exact else None
    return None


def _share(base: Mention, share: Mention, total: Mention) -> Iterator[Relation]:
    true = base.quantity.base_value * share.quantity.base_value
    cause = None if total.quantity.states(true) else slip_of_total(total.quantity, true)
    if cause is None or digits(total.quantity) < _TELLING:
        return
    said = f"{base.quantity.text}的{share.quantity.text}是{shown(true, total.quantity)},文中写的是{total.quantity.text}"
    members = (base.index, share.index)
    yield Relation("standard_multiple", members, total.index, true, False, "error", said, cause.words)


def _yearly(scene: Scene) -> Iterator[Relation]:
    """委托期三年 … 每年支付9.702万元,委托期内累计支付27.216万元."""
    for one in scene.mentions:
        if one.quantity.kind != "money" or not _YEARLY.search(scene.clause(one)) or not one.quantity.is_exact:
            continue
        after = [other for other in scene.after(one)[:4] if other.is_like(one) and _IN_ALL.search(other.left)]
        if not after or not after[0].quantity.is_exact:
            continue
        at = scene.place_of(one)
        around = scene.mentions[max(0, at - _WIDE) : at + 4]
        years = [other for other in around if _is_term(other)]
        yield from _by_years(one, after[0], years)


def _is_term(one: Mention) -> bool:
    return (
        one.quantity.base_unit == "年" and one.quantity.kind == "time" and 2 <= one.quantity.base_value <= 30
    )


def _are_together(triple: Triple) -> bool:
    return len({one.sentence for one in triple.mentions}) == 1


def _by_years(rate: Mention, total: Mention, years: Sequence[Mention]) -> Iterator[Relation]:
    each = Each(rate, "", "", "", "", False)
    triples = [Triple(each, one, total, _ONCE) for one in years]
    if not triples or any(comes_out(one) for one in triples):
        return
    found = [
        (one, cause)
        for one in triples
        if (cause := slip(one, Decimal(1))) and (cause.strong or _are_together(one))
    ]
    if len({one.number for one, _ in found}) == 1:
        yield told(found[0][0], Decimal(1), found[0][1].words)
