"""Every sum and count that an average, a rate or a product may be made of: 户均, 每人300元, 共 A."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket, overlap
from bangfu.documents.claims.rates import Each, each_of, is_rate, may_count, may_sum, times_paid
from bangfu.documents.reading.structure import Mention

_BACK, _AHEAD, _REACH = 12, 5, 40


def average_claims(sight: Sight) -> Iterator[Claim]:
    for mention in sight.scene.mentions:
        each = each_of(mention)
        if each is not None:
            for count, total, rank in _pairs(sight, each):
                for times, said in times_paid(sight, each, count, total):
                    cues = said, f"rank={bucket(rank)}"
                    if not is_rate(each):
                        yield _mean(sight, each, count, total, times, cues)
                    yield _product(sight, each, count, total, times, cues)


def _pairs(sight: Sight, each: Each) -> Iterator[tuple[Mention, Mention, int]]:
    """Counts and sums near the figure, nearest first; further on those that stand side by side, as rows of a list do."""
    scene, mention = sight.scene, each.mention
    before = scene.before(mention, paragraph=True)[-_BACK:]
    if len(before) < 4:
        before = [
            *[
                one
                for one in scene.sentence_before(before[0] if before else mention)[-6:]
                if one not in before
            ],
            *before,
        ]
    near = [*before, *scene.after(mention)[:_AHEAD]]
    near.sort(key=lambda one: abs(one.index - mention.index))
    counts = [one for one in near if one is not mention and may_count(each, one)]
    sums = [one for one in near if one is not mention and may_sum(each, one)]
    for rank, count in enumerate(counts):
        for order, total in enumerate(sums):
            if count is not total and count.quantity.base_value > 0:
                yield count, total, rank + order
    at = scene.place_of(mention)
    far = scene.mentions[max(0, at - _REACH) : at + _REACH]
    seen = {one.index for one in near}
    for count, total in itertools.pairwise(far):
        close = count.index in seen and total.index in seen
        if not close and may_count(each, count) and may_sum(each, total) and count.quantity.base_value > 0:
            yield count, total, 99


def _cues(
    sight: Sight, each: Each, count: Mention, total: Mention, extra: tuple[str, ...], form: str
) -> Iterator[str]:
    for cue in (*each.cues, *extra, *_roles(sight, each, count, total)):
        yield f"{form}.{cue}"


def _roles(sight: Sight, each: Each, count: Mention, total: Mention) -> Iterator[str]:
    mention = each.mention
    yield from sight.pair(count, mention, "count")
    yield from sight.pair(total, mention, "sum")
    yield from sight.pair(count, total, "pair")
    yield from sight.state(count, "count")
    yield from sight.state(total, "sum")
    if not mention.quantity.is_exact:
        yield "each.rough"
    if re.search(r"[每均]", total.left):
        yield "sum.each"
    if count.quantity.base_unit in each.units:
        yield "unit=same" if count.quantity.base_unit in each.units[:1] else "unit=alike"
    elif each.units:
        yield "unit=noun" if each.unit in count.left[-4:] + count.right[:3] else "unit=other"
    yield f"each-sum={overlap(sight.names(mention), sight.names(total))}"
    yield f"each-count={overlap(sight.names(mention), sight.names(count))}"
    yield f"count-sum={overlap(sight.names(count), sight.names(total))}"
    if _is_row(mention, count, total):
        yield "three-in-a-row"


def _is_row(*three: Mention) -> bool:
    places = [one.index for one in three]
    return len({one.sentence for one in three}) == 1 and max(places) - min(places) <= 3


def _mean(
    sight: Sight, each: Each, count: Mention, total: Mention, months: Decimal, extra: tuple[str, ...]
) -> Claim:
    number, amount = count.quantity, total.quantity
    times = months / each.scale
    low, high = amount.span
    least, most = number.span
    over = f"÷{months}个月" if months > 1 else ""
    return Claim(
        "average",
        (total, count),
        each.mention,
        amount.base_value / number.base_value / times,
        low / most / times if most > 0 else Decimal(0),
        high / least / times if least > 0 else amount.base_value,
        f"{amount.text}÷{number.text}{over}",
        _is_row(each.mention, count, total),
        partial(_cues, sight, each, count, total, extra, "a"),
    )


def _product(
    sight: Sight, each: Each, count: Mention, total: Mention, months: Decimal, extra: tuple[str, ...]
) -> Claim:
    number, rate = count.quantity, each.mention.quantity
    times = months / each.scale
    low, high = rate.span
    least, most = number.span
    if rate.is_exact and "per" in each.cues:
        low = high = rate.base_value
    least, most = low * least * times, high * most * times
    if "mean" in each.cues and rate.states(total.quantity.base_value / number.base_value / times):
        least = most = total.quantity.base_value
    over = f"×{months}个月" if months > 1 else ""
    return Claim(
        "standard_multiple",
        (count, each.mention),
        total,
        number.base_value * rate.base_value * times,
        least,
        most,
        f"{number.text}×{rate.text}{over}",
        _is_row(each.mention, count, total),
        partial(_cues, sight, each, count, total, extra, "p"),
    )
