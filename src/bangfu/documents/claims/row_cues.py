"""What speaks for a row being the items of a figure: its layout, how alike its items are, and what they are called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.openings import REST
from bangfu.documents.arithmetic.parallels import says_overlap
from bangfu.documents.arithmetic.partitions import make_whole
from bangfu.documents.arithmetic.scene import COUNTED, STRONG
from bangfu.documents.claims.cues import NOT, Sight, bucket, overlap
from bangfu.documents.claims.row_items import Item, closing_words, item_of, number_of
from bangfu.documents.claims.rows import Row, opens
from bangfu.documents.reading.structure import Mention

_OPTIONAL = re.compile(r"可多选|多选|可重复|有交叉|有重复|存在交叉|身份交叉")


def row_cues(sight: Sight, total: Mention, ordered: Row, side: str, shape: tuple[str, ...]) -> Iterator[str]:
    yield from shape
    first, last = ordered[0], ordered[-1]
    yield f"length={bucket(len(ordered), (2, 3, 4, 6, 9))}"
    opener = sight.remember("opens", first, opens)
    yield f"{side}.opener={opener}"
    yield from sight.remember(side, total, _of_total if side == "after" else _of_total_before)
    nearest = first if side == "after" else last
    if side == "after" and _is_parallel(sight, total, ordered):
        yield "total.parallel"
    yield f"{side}.where={sight.apart(total, nearest)}"
    yield f"{side}.between={bucket(sight.between(total, nearest))}"
    yield f"{side}.marks={sight.marks(total, nearest)}"
    yield f"span={sight.apart(first, last)}"
    items = [item_of(sight, one) for one in ordered]
    yield from _alikeness(sight, ordered, items)
    for value in sight.remember("counted", total, _counted):
        yield "counted=same" if value == len(ordered) else "counted=other"
    of_total = sight.names(total)
    shared = [overlap(of_total, item.names) for item in items]
    yield f"names={max(sorted(set(shared)), key=shared.count)}"
    if any(one.quantity.base_value > total.quantity.base_value for one in ordered):
        yield "member>total"
    if total.quantity.base_unit != first.quantity.base_unit:
        yield "other-unit"
    if says_overlap(
        sight.scene, min(ordered[0], total, key=_index), max(total, last, key=_index)
    ) or sight.remember("optional", first, _is_optional):
        yield "overlap.said"
    yield from _layout(sight, total, ordered)
    if len({item.kinds for item in items}) > 1:
        yield "overlap.may"
    yield from _closure(sight, total, ordered)
    yield f"aspects={_aspects(items)}"
    if {item.flow for item in items} >= {1, -1}:
        yield "flows=both"
    if make_whole([item.parts for item in items]):
        yield "partition"
    if REST.search(last.gap):
        yield "rest"
    if NOT.search(last.left + last.right[:4]) and len(ordered) == 2:
        yield "two.not"


def _of_total(sight: Sight, total: Mention) -> tuple[str, ...]:
    return tuple(_total_cues(sight, total, "after"))


def _of_total_before(sight: Sight, total: Mention) -> tuple[str, ...]:
    return tuple(_total_cues(sight, total, "before"))


def _total_cues(sight: Sight, total: Mention, side: str) -> Iterator[str]:
    yield from (f"{side}.{one}" for one in sight.state(total, "total"))
    if STRONG.search(sight.scene.clause(total)):
        yield f"{side}.total.strong"
    if not sight.scene.before(total):
        yield f"{side}.total.first"


def _counted(sight: Sight, total: Mention) -> tuple[Decimal | int | None, ...]:
    """How many items its clause says that there are, if it does: 3个村."""
    found = COUNTED.search(sight.scene.clause(total)[-16:])
    return (number_of(found[1]),) if found else ()


def _is_optional(sight: Sight, one: Mention) -> bool:
    return _OPTIONAL.search(sight.scene.sentence_words(one)) is not None


def _aspects(items: Sequence[Item]) -> str:
    """Whether the items are told apart by one property (低保、特困、监测) or by several, and so may overlap."""
    named = [item.aspects for item in items]
    if not any(named):
        return "none"
    common = frozenset.intersection(*named)
    if len(frozenset.union(*named) - common) > 1:
        return "mixed"
    return "same" if common else "partly"


_AFTER = 14


def _closure(sight: Sight, total: Mention, ordered: Row) -> Iterator[str]:
    """Words that say that the items are all there are: 就这四块, 三样加起来, 按学段分."""
    flat, first, last = sight.scene.reading.flat, ordered[0].quantity, ordered[-1].quantity
    opening = (
        flat[max(total.quantity.end, first.start - 40) : first.start]
        if total.index < ordered[0].index
        else ""
    )
    opening = opening or ordered[0].gap
    closing = flat[last.end : last.end + _AFTER]
    if total.index > ordered[-1].index:
        closing = flat[last.end : total.quantity.end + 6][-40:]
    opens_up, closes = closing_words(opening), closing_words(closing)
    if opens_up.closes or closes.closes:
        yield "closed.said"
    if opens_up.divides:
        yield "divided.said"
    for place, words in (("opening", opens_up), ("closing", closes)):
        for number in words.numbers:
            yield f"number.{place}={'same' if number == len(ordered) else 'other'}"


def _is_parallel(sight: Sight, total: Mention, ordered: Row) -> bool:
    """产业1937万元;基础设施1356万元;其他139万元: the first is an item like the others."""
    if sight.remember("opens", ordered[0], opens) != "none" or sight.is_total(total):
        return False
    return sight.marks(total, ordered[0]) == sight.marks(ordered[0], ordered[1])


def _index(one: Mention) -> int:
    return one.index


def _layout(sight: Sight, total: Mention, ordered: Row) -> Iterator[str]:
    """Each item in a line of its own, one line after the other: a list, or a table copied as text."""
    lines = [one.paragraph for one in ordered]
    if len(set(lines)) == len(lines) and max(other - one for one, other in itertools.pairwise(lines)) == 1:
        yield "lines"
        if abs(total.paragraph - lines[0]) <= 1 or abs(total.paragraph - lines[-1]) <= 1:
            yield "lines.beside-total"
        first = [sight.scene.before(one, paragraph=True) for one in ordered]
        if all(
            not any(other.is_like(one) for other in before)
            for one, before in zip(ordered, first, strict=True)
        ):
            yield "lines.firsts"
    elif len({(one.sentence, one.segment) for one in ordered}) == len(ordered):
        yield "pieces"


def _alikeness(sight: Sight, ordered: Row, items: Sequence[Item]) -> Iterator[str]:
    steps = {sight.marks(one, other) for one, other in itertools.pairwise(ordered)}
    yield "marks=same" if len(steps) == 1 else f"marks={min(len(steps), 3)}"
    for mark in sorted(steps):
        yield f"mark:{mark}"
    places = [sight.scene.place_of(one) for one in ordered]
    gaps = {abs(other - one) - 1 for one, other in itertools.pairwise(places)}
    yield f"gaps={'same' if len(gaps) == 1 else 'other'}"
    yield f"gap={bucket(max(gaps), (0, 1, 2, 4))}"
    shapes = {item.shape for item in items}
    yield f"shapes={'same' if len(shapes) == 1 else 'other'}"
    changed = {item.is_change for item in items}
    yield f"changes={'mixed' if len(changed) > 1 else 'all' if True in changed else 'none'}"
    nested = {item.is_nested for item in items}
    yield f"nested={'mixed' if len(nested) > 1 else 'all' if True in nested else 'none'}"
    if len({one.quantity.time[:4] for one in ordered}) > 1:
        yield "years=other"
    if any(item.is_total for item in items):
        yield "totals-within"
    if any(not one.quantity.is_exact for one in ordered):
        yield "rough"
    if len({one.quantity.unit for one in ordered}) > 1:
        yield "units=mixed"
