"""Persons times a standard times months, totals over counts: 每人每月600元,12人全年8.46万元; 户均3000元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.bare import bare_faults
from bangfu.documents.certain.products.basis import by_basis
from bangfu.documents.certain.products.causes import reckoned_otherwise
from bangfu.documents.certain.products.chains import chain_faults
from bangfu.documents.certain.products.doubts import is_of_last_year, is_of_later_piece
from bangfu.documents.certain.products.each import Each, each_of, each_of_one
from bangfu.documents.certain.products.far import far_faults, fold_faults
from bangfu.documents.certain.products.judge import (
    Triple,
    apart,
    is_below_one,
    is_by_chance,
    is_close,
    told,
)
from bangfu.documents.certain.products.lines import line_faults
from bangfu.documents.certain.products.loose import loose_faults
from bangfu.documents.certain.products.readings import Reading, readings_of, with_siblings
from bangfu.documents.certain.products.rows import row_faults
from bangfu.documents.certain.products.sizes import size_faults
from bangfu.documents.certain.products.slips import Slip, slip
from bangfu.documents.certain.products.slips_rough import rough_slip, shifted_though_rough
from bangfu.documents.certain.products.standing import monthly_sums
from bangfu.documents.certain.products.vetoes import is_explained
from bangfu.documents.certain.products.wide import wide_faults
from bangfu.documents.certain.products.wide_means import mean_faults

_SUMS = re.compile(
    r"^[\s、|]*$|[共计总应需]|金额|合计|资金$|费用$|花费|折资|折价|货款|价款|投资$|保费$|付款?$|支出|开支|花[了去掉费]|[款钱费]$|兑付|兑现"
)
_WHOLE = re.compile(r"(?<!累计)(?:共(?!同)|总)")
_LONG = 4


def products(scene: Scene) -> Iterator[Relation]:
    eaches = {one.index: each for one in scene.mentions if (each := each_of(one)) is not None}
    eaches |= {
        one.index: each
        for last, one in pairwise(scene.mentions)
        if one.index not in eaches and (each := each_of_one(one, last)) is not None
    }
    eaches |= monthly_sums(scene, eaches)
    readings = with_siblings(scene, [readings_of(scene, each, eaches) for each in eaches.values()])
    settled = {
        one.triple.total.index: one.triple.each
        for several in readings
        for one in several
        if one.tier == 1 and one.comes_out
    }
    rates = tuple(eaches.values())
    faults = [relation for several in readings for relation in _judged(several, settled, rates)]
    found = [
        *row_faults(scene, eaches),
        *line_faults(scene, eaches),
        *faults,
        *far_faults(scene, eaches),
        *fold_faults(scene),
        *by_basis(scene, eaches),
        *loose_faults(scene, eaches),
        *chain_faults(scene, eaches),
        *size_faults(scene),
    ]
    closed = _closed(readings)
    found += wide_faults(scene, eaches, closed, found)
    known = {one.index for triple in closed for one in triple.mentions}
    known |= {index for one in found for index in (*one.members, one.stated)}
    found += bare_faults(scene, known)
    found += mean_faults(scene, eaches, known)
    yield from _each_once(scene, [one for one in found if not is_explained(scene, one)])


def _closed(readings: Sequence[Sequence[Reading]]) -> list[Triple]:
    """What comes out, of figures that stand near each other."""
    return [one.triple for several in readings for one in several if one.tier < 4 and one.comes_out]


def _each_once(scene: Scene, found: Sequence[Relation]) -> Iterator[Relation]:
    """Rows go first; the same count and amount are told once, where first said, and so is one figure."""
    value = {one.index: one.quantity.base_value for one in scene.mentions if one.quantity.kind != "time"}

    def values_of(relation: Relation) -> tuple[Decimal, ...]:
        return tuple(sorted(value[one] for one in {*relation.members, relation.stated} if one in value))

    first: dict[tuple[Decimal, ...], int] = {}
    for relation in found:
        first[values_of(relation)] = min(relation.stated, first.get(values_of(relation), relation.stated))
    said: list[frozenset[int]] = []
    stated: set[int] = set()
    for relation in found:
        figures = frozenset((*relation.members, relation.stated))
        if relation.stated != first[values_of(relation)] or relation.stated in stated:
            continue
        if all(len(figures & other) < 2 for other in said):
            stated.add(relation.stated)
            said.append(figures)
            yield relation


def _judged(
    readings: Sequence[Reading], settled: Mapping[int, Each], rates: Sequence[Each]
) -> Iterator[Relation]:
    """A mean has one total; a rate may be paid in several amounts that stand in a row."""
    readings = _likely([one for one in readings if _is_free(one.triple, settled)])
    out = {one.triple.total.index for one in readings if one.tier < 4 and one.comes_out}
    if not out:
        relation = _first_fault(readings, rates)
        if relation is not None:
            yield relation
    elif readings and not readings[0].triple.each.is_mean:
        at = readings[0].triple.each.mention.index
        rest = [one for one in readings if one.triple.total.index not in out and one.triple.total.index > at]
        if min(out) > at:
            strong = [one for one in rest if (found := _fault(one, rates)) and found[1] and found[1].strong]
            relation = _first_fault(strong, rates)
            if relation is not None:
                yield relation


def _likely(readings: Sequence[Reading]) -> list[Reading]:
    """Without those that a figure which closes its own row does not need."""
    kept = [one for one in readings if not is_of_last_year(one.triple)]
    if kept and kept[0].tier == 1 and _is_row(kept[0].triple):
        best = kept[0].triple
        kept = [one for one in kept if not is_of_later_piece(best, one.triple)]
    if kept and kept[0].tier == 1:
        kept = [one for one in kept if one.tier < 3 or not is_by_chance(one.triple)]
    return kept


def _is_free(triple: Triple, settled: Mapping[int, Each]) -> bool:
    """An amount that comes out with another figure for one is not this one's, but for a mean of another thing."""
    owner = settled.get(triple.total.index, triple.each)
    return owner is triple.each or (
        triple.each.is_mean and not (owner.is_mean and owner.unit == triple.each.unit)
    )


def _is_paid_often(triple: Triple, period: Decimal) -> bool:
    """Of those paid month by month some come and some go."""
    term = triple.periods.member
    return triple.each.term in ("月", "天") and not triple.is_behind and (term is None or period == 1)


def _is_row(triple: Triple) -> bool:
    """Whether the figures stand side by side, or the figure said of one closes the row."""
    places = sorted(one.index for one in triple.mentions)
    if triple.is_behind:
        return places[-1] - places[0] <= _LONG
    return places[-1] - places[0] == len(places) - 1


def _says_so(triple: Triple) -> bool:
    """What follows a rate is its product where it is called a sum or a price."""
    if triple.is_behind:
        return True
    return triple.each.mention.quantity.kind == "money" and bool(_SUMS.search(triple.total.left))


def _first_fault(readings: Sequence[Reading], rates: Sequence[Each]) -> Relation | None:
    for one in readings:
        if one.tier < 4 and one.comes_out:
            return None
        if found := _fault(one, rates):
            period, cause = found
            same = [other for other in readings if other.tier <= _rivals_to(one, cause)]
            rivals = [other for other in same if not _is_same_roughly(one, other)]
            if any(other.comes_out for other in rivals) or _of_several(one.triple, readings):
                return None
            return told(one.triple, period, cause.words if cause else "")
    return None


def _is_same_roughly(one: Reading, other: Reading) -> bool:
    """7010人 beside 7010人之内: the same number, only said less exactly."""
    first, second = one.triple, other.triple
    return first.total is second.total and first.number == second.number and not second.is_exact


def _rivals_to(one: Reading, cause: Slip | None) -> int:
    """How far off another reading that comes out speaks against this one."""
    if one.tier == 1:
        return 1 if cause and cause.strong else 2 if cause else 3
    return 4


def _fault(one: Reading, rates: Sequence[Each]) -> tuple[Decimal, Slip | None] | None:
    triple, period = one.triple, one.triple.periods.first
    if period is None or (triple.count is None and period == 1):
        return None
    if not triple.is_exact:
        rough = rough_slip(triple, period) if one.tier == 1 and triple.is_behind else None
        rough = rough or (shifted_though_rough(triple, period) if one.tier < 3 and not one.doubtful else None)
        return (period, rough) if rough else None
    cause = slip(triple, period)
    if (
        cause is None
        and (one.tier == 1 or (one.tier < 4 and one.alone))
        and not one.doubtful
        and not triple.is_behind
    ):
        cause = reckoned_otherwise(triple, period, rates)
    if one.doubtful or _is_paid_often(triple, period) or not (one.tier == 1 or (one.tier == 2 and one.alone)):
        alone = one.tier == 3 and one.alone and not one.doubtful
        enough = cause is not None and (cause.strong or alone)
    else:
        row = _is_row(triple) and _says_so(triple)
        counted = triple.each.mention.quantity.kind != "money" and not triple.is_behind
        whole = _WHOLE.search(triple.total.left) is not None
        typed = _is_row(triple) and (not counted or whole or triple.each.is_mean)
        enough = bool(cause and (cause.strong or typed or "错位" in cause.words)) or (
            row and (is_close(triple, period, apart(triple)) or is_below_one(triple))
        )
    return (period, cause) if enough else None


def _of_several(triple: Triple, readings: Sequence[Reading]) -> bool:
    """春季64人、秋季71人,每人500元,共6.75万元: of several counts in the row."""
    if triple.count is None:
        return False
    here = triple.each.mention.sentence
    row = {one.triple.count.index: one.triple.count for one in readings if one.triple.count is not None}
    counts = [one for _, one in sorted(row.items()) if one.sentence == here]
    each, total = triple.each.mention.quantity, triple.total.quantity
    for first in range(len(counts)):
        many = counts[first].quantity.base_value
        for one, last in zip(counts[first + 1 :], counts[first:], strict=False):
            if one.index > last.index + 2:
                break
            many += one.quantity.base_value
            if any(
                total.states(each.base_value * many / triple.each.scale * period)
                for period in triple.periods.all
            ):
                return True
    return False
