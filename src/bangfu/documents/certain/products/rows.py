"""Rows of counts and amounts under one rate: 甲9840亩93.48万元、乙5420亩51.94万元, every 亩 95元."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, told
from bangfu.documents.certain.products.named import by_name, by_same_rate
from bangfu.documents.certain.products.namesakes import by_namesakes
from bangfu.documents.certain.products.pairs import Pair, may_be_of, pairs_of, periods_for
from bangfu.documents.certain.products.rates import rates_of
from bangfu.documents.certain.products.slips import Slip, slip, slip_of_total
from bangfu.documents.certain.products.standing import by_standing_rate

_FEW, _ENOUGH = 2, 3


def row_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    pairs = list(pairs_of(scene, eaches))
    rates = [
        one
        for one in eaches.values()
        if not one.is_mean
        and one.unit
        and one.mention.quantity.is_exact
        and not one.mention.quantity.is_label
    ]
    for row in _rows(pairs):
        for rate in rates:
            yield from _by_rate(row, rate, rates)
        yield from _by_ratio(row)
    named = rates_of(scene, eaches)
    yield from by_name(scene, pairs, named)
    yield from by_standing_rate(scene, eaches, named)
    yield from by_same_rate(scene, pairs, rates)
    yield from by_namesakes(scene, eaches, named)


def _rows(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Pairs of one kind in lines or pieces that follow one another."""
    rows: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        row = rows.setdefault(pair.signature, [])
        if row and pair.count.paragraph > row[-1].count.paragraph + 2:
            yield row
            row = rows[pair.signature] = []
        row.append(pair)
    yield from rows.values()


def _by_rate(row: Sequence[Pair], rate: Each, rates: Sequence[Each]) -> Iterator[Relation]:
    """Some come out by a rate that the text names, and one has a slip of the pen."""
    own = [one for one in row if may_be_of(rate, one)]
    if len(own) < _FEW:
        return
    for periods in periods_for(rate):
        triples = [Triple(rate, one.count, one.total, periods) for one in own]
        fitting = [one for one in triples if comes_out(one)]
        if not fitting:
            continue
        for one in triples:
            cause = None if one in fitting else slip(one, periods.all[0])
            if cause is not None and _is_enough(cause, one, fitting) and not _fits_other(one, rates):
                yield told(one, periods.all[0], cause.words)
        return


def _is_enough(cause: Slip, one: Triple, fitting: Sequence[Triple]) -> bool:
    if len(fitting) >= _FEW:
        return True
    near = abs(one.total.index - fitting[0].total.index) <= 3 * _FEW
    return near and (cause.strong or "颠倒" in cause.words)


def _fits_other(triple: Triple, rates: Sequence[Each]) -> bool:
    count = triple.count
    return count is not None and any(
        comes_out(Triple(other, count, triple.total, periods))
        for other in rates
        if may_be_of(other, Pair(count, triple.total))
        for periods in periods_for(other)
    )


def _by_ratio(row: Sequence[Pair]) -> Iterator[Relation]:
    """Three or more have exactly the same amount for one, and one has not."""
    if len(row) <= _ENOUGH:
        return
    ratio, often = Counter(one.ratio for one in row).most_common(1)[0]
    others = [one for one in row if one.ratio != ratio]
    if often < _ENOUGH or len(others) != 1:
        return
    odd, like = others[0], next(one for one in row if one.ratio == ratio)
    true = Decimal(ratio.numerator) * odd.count.quantity.base_value / Decimal(ratio.denominator)
    cause = None if odd.total.quantity.states(true) else slip_of_total(odd.total.quantity, true)
    if cause is not None:
        yield _told_by_ratio(odd, like, true, cause)


def _told_by_ratio(odd: Pair, like: Pair, true: Decimal, cause: Slip) -> Relation:
    stated = odd.total.quantity
    said = (
        f"各行都按“{like.count.quantity.text}、{like.total.quantity.text}”的标准,"
        f"{odd.count.quantity.text}应为{shown(true, stated)},文中写的是{stated.text}"
    )
    members = (odd.count.index, like.count.index, like.total.index)
    return Relation("standard_multiple", members, odd.total.index, true, False, "error", said, cause.words)
