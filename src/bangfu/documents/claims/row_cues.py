"""What speaks for a row being the items of a figure: its layout, how alike its items are, and what they are called."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.openings import REST
from bangfu.documents.arithmetic.parallels import says_overlap
from bangfu.documents.arithmetic.scene import CHANGE, COUNTED, STRONG
from bangfu.documents.claims.cues import NOT, Sight, bucket, overlap
from bangfu.documents.claims.flows import sign_of
from bangfu.documents.claims.rows import Row, opens
from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.structure import Mention

_OVERLAP = re.compile(
    r"低保|五保|特困|残疾|党员|妇女|女|老人|老年|学生|少数民族|劳动力|监测|务工|外出|重点|大病|慢病|慢性病|独生|退役|儿童|留守|易地"
)
_OPTIONAL = re.compile(r"可多选|多选|可重复|有交叉|有重复|存在交叉|身份交叉")


def row_cues(sight: Sight, total: Mention, ordered: Row, side: str, shape: tuple[str, ...]) -> Iterator[str]:
    yield from shape
    first, last = ordered[0], ordered[-1]
    yield f"length={bucket(len(ordered), (2, 3, 4, 6, 9))}"
    opener = sight.remember("opens", first, opens)
    yield f"{side}.opener={opener}"
    yield from (f"{side}.{one}" for one in sight.state(total, "total"))
    words = sight.scene.clause(total)
    if STRONG.search(words):
        yield f"{side}.total.strong"
    if sight.scene.before(total) == []:
        yield f"{side}.total.first"
    nearest = first if side == "after" else last
    if side == "after" and _is_parallel(sight, total, ordered):
        yield "total.parallel"
    yield f"{side}.where={sight.apart(total, nearest)}"
    yield f"{side}.between={bucket(sight.between(total, nearest))}"
    yield f"{side}.marks={sight.marks(total, nearest)}"
    yield f"span={sight.apart(first, last)}"
    yield from _alikeness(sight, ordered)
    if counted := COUNTED.search(words[-16:]):
        value = int(counted[1]) if counted[1].isdigit() else chinese_value(counted[1])
        yield "counted=same" if value == len(ordered) else "counted=other"
    of_total = sight.names(total)
    shared = [overlap(of_total, sight.names(one)) for one in ordered]
    yield f"names={max(sorted(set(shared)), key=shared.count)}"
    if any(one.quantity.base_value > total.quantity.base_value for one in ordered):
        yield "member>total"
    if total.quantity.base_unit != first.quantity.base_unit:
        yield "other-unit"
    if says_overlap(
        sight.scene, min(ordered[0], total, key=_index), max(total, last, key=_index)
    ) or _OPTIONAL.search(sight.scene.sentence_words(ordered[0])):
        yield "overlap.said"
    yield from _layout(sight, total, ordered)
    kinds = [frozenset(_OVERLAP.findall(sight.words(one))) for one in ordered]
    if any(kinds) and len(set(kinds)) > 1:
        yield "overlap.may"
    yield from _closure(sight, total, ordered)
    yield f"aspects={_aspects(sight, ordered)}"
    if {sight.remember("flow", one, sign_of) for one in ordered} >= {1, -1}:
        yield "flows=both"
    if _is_partition(sight, ordered):
        yield "partition"
    if REST.search(last.gap):
        yield "rest"
    if NOT.search(last.left + last.right[:4]) and len(ordered) == 2:
        yield "two.not"


_ASPECTS = tuple(
    re.compile(words)
    for words in (
        r"[男女]|妇女",
        r"岁|老人|老年|青年|儿童|学龄",
        r"脱贫|贫困|低保|特困|监测|边缘|五保|一般户|一般农户|易返贫|突发",
        r"残疾|失能|残联",
        r"大病|慢病|慢性病|重病|患病",
        r"务工|外出|就业",
        r"预备|正式党员|团员|群众",
        r"学生|中学|小学|高中|幼儿|大学|高职|中职",
    )
)


def _aspects(sight: Sight, ordered: Row) -> str:
    """Whether the items are told apart by one property (低保、特困、监测) or by several, and so may overlap."""
    named = [sight.remember("aspects", one, _aspects_named) for one in ordered]
    if not any(named):
        return "none"
    common = frozenset.intersection(*named)
    if len(frozenset.union(*named) - common) > 1:
        return "mixed"
    return "same" if common else "partly"


def _aspects_named(sight: Sight, one: Mention) -> frozenset[int]:
    words = sight.words(one)
    return frozenset(at for at, pattern in enumerate(_ASPECTS) if pattern.search(words))


_CLOSES = re.compile(
    r"加起来|之和|就这|再没有|再无|没有其他|没有别的|全部|以上便是|以上就是|合起来|凑成|正好|构成|组成|合在一起|两头"
)
_DIVIDES = re.compile(
    r"分为|分成|划分|按[^,。;]{1,8}分|按[^,。;]{1,8}[,:]|依次|分别|从[^,。;]{1,8}看|包括|分属|由[^,。;]{0,12}$"
)
_NUMBER = re.compile(
    r"([两二三四五六七八九十]|\d{1,2})(?:[者项样块类种笔级组家档头]|个(?:方面|部分|渠道|来源|乡镇|镇|村|片|月|季度))"
)
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
    if _CLOSES.search(closing) or _CLOSES.search(opening):
        yield "closed.said"
    if _DIVIDES.search(opening):
        yield "divided.said"
    for place, words in (("opening", opening), ("closing", closing)):
        if match := list(_NUMBER.finditer(words)):
            said = match[-1][1]
            number = int(said) if said.isdigit() else chinese_value(said)
            yield f"number.{place}={'same' if number == len(ordered) else 'other'}"


def _is_parallel(sight: Sight, total: Mention, ordered: Row) -> bool:
    """产业1937万元;基础设施1356万元;其他139万元: the first is an item like the others."""
    if sight.remember("opens", ordered[0], opens) != "none" or sight.is_total(total):
        return False
    return sight.marks(total, ordered[0]) == sight.marks(ordered[0], ordered[1])


def _is_partition(sight: Sight, ordered: Row) -> bool:
    """Whether the items are called by different names of one row that together make up a whole."""
    named = [sight.remember("partitions", one, _partition_names) for one in ordered]
    if not all(named):
        return False
    rows = lexicon().partitions
    return any(
        len({names[row] for names in named}) == len(named) >= min(len(rows[row]), 3)
        for row in named[0]
        if all(row in names for names in named[1:])
    )


def _partition_names(_: Sight, one: Mention) -> dict[int, str]:
    label = one.left[-8:] + one.right[:6]
    found = {}
    for at, row in enumerate(lexicon().partitions):
        name = max((name for name in row if name in label), key=len, default="")
        if name:
            found[at] = name
    return found


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


def _alikeness(sight: Sight, ordered: Sequence[Mention]) -> Iterator[str]:
    steps = [sight.marks(one, other) for one, other in itertools.pairwise(ordered)]
    yield "marks=same" if len(set(steps)) == 1 else f"marks={min(len(set(steps)), 3)}"
    for mark in sorted(set(steps)):
        yield f"mark:{mark}"
    gaps = [sight.between(one, other) for one, other in itertools.pairwise(ordered)]
    yield f"gaps={'same' if len(set(gaps)) == 1 else 'other'}"
    yield f"gap={bucket(max(gaps), (0, 1, 2, 4))}"
    shapes = {sight.scene.group_of[one.index].signature for one in ordered}
    yield f"shapes={'same' if len(shapes) == 1 else 'other'}"
    changed = {bool(CHANGE.search(one.left)) for one in ordered}
    yield f"changes={'mixed' if len(changed) > 1 else 'all' if True in changed else 'none'}"
    nested = {sight.scene.is_nested(one) for one in ordered}
    yield f"nested={'mixed' if len(nested) > 1 else 'all' if True in nested else 'none'}"
    if len({one.quantity.time[:4] for one in ordered}) > 1:
        yield "years=other"
    if any(sight.is_total(one) for one in ordered):
        yield "totals-within"
    if any(not one.quantity.is_exact for one in ordered):
        yield "rough"
    if len({one.quantity.unit for one in ordered}) > 1:
        yield "units=mixed"
