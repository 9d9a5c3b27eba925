"""Every row that may make up a figure: before it (甲、乙,共丙), after it (甲,其中乙、丙), or column by column across items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial

from bangfu.documents.arithmetic.openings import REST
from bangfu.documents.arithmetic.parallels import says_overlap
from bangfu.documents.arithmetic.scene import AMONG, CHANGE, COUNTED, STRONG, can_add
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import NOT, Sight, bucket, overlap
from bangfu.documents.reading.lexicon import lexicon
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.quantity import rounded
from bangfu.documents.reading.structure import Mention

_LONGEST, _REACH, _START = 16, 34, 14
_OPENERS = (
    ("among", re.compile(r"其中|当中")), ("respectively", re.compile(r"分别")), ("made-of", re.compile(r"包括|包含|含|由|分为|即|按|从")),
    ("colon", re.compile(r":")), ("bracket", re.compile(r"\(")),
)  # fmt: skip
_OVERLAP = re.compile(r"低保|五保|特困|残疾|党员|妇女|女|老人|老年|学生|少数民族|劳动力|监测|务工|外出|重点|大病|慢病|慢性病|独生|退役|儿童|留守|易地")
_OPTIONAL = re.compile(r"可多选|多选|可重复|有交叉|有重复|存在交叉|身份交叉")
Row = tuple[Mention, ...]


def sum_claims(sight: Sight) -> Iterator[Claim]:
    by_class: dict[str, list[Mention]] = {}
    for one in sight.scene.mentions:
        if one.quantity.kind not in ("share", "point", "times", "age"):
            by_class.setdefault(base_of(one), []).append(one)
    for several in by_class.values():
        for at, total in enumerate(several):
            yield from _of(sight, total, several[at + 1 : at + 1 + _REACH], "after")
            yield from _of(sight, total, several[max(0, at - _REACH) : at][::-1], "before")
    yield from _mixed(sight)


_POSTS = re.compile("岗|名额|床位|学位|编制")


def base_of(one: Mention) -> str:
    """What may be added up: posts are held by one person each."""
    unit = one.quantity.base_unit
    if unit == "个" and _POSTS.search(one.left[-6:] + one.right[:4]):
        return "人"
    return {"户次": "户", "人次": "人", "场次": "场", "件次": "件"}.get(unit, unit)


def _mixed(sight: Sight) -> Iterator[Claim]:
    """岗位156个,其中护林员62人: persons in posts; 12处, 8个: places and pieces."""
    for total in sight.scene.mentions:
        if total.quantity.kind != "count":
            continue
        after = [one for one in sight.scene.after(total) if not one.is_like(total)][:8]
        if len(after) > 1 and all(one.quantity.kind in ("count", "person") for one in after[:2]) and after[0].is_like(after[1]):
            yield from _of(sight, total, [one for one in after if one.is_like(after[0])], "after")


def _of(sight: Sight, total: Mention, others: Sequence[Mention], side: str) -> Iterator[Claim]:
    seen: set[tuple[int, ...]] = set()
    stated = float(total.quantity.base_value)
    others = [one for one in others if _near(sight, total, one)]
    for column, several in _columns(sight, total, others, side):
        values = [float(one.quantity.base_value) for one in several]
        for start in range(0, min(_START, len(several) - 1)):
            if start > 2 and not _begins(sight, several[start - 1], several[start], side):
                continue
            for length in _lengths(values, start, stated):
                row = tuple(several[start : start + length])
                key = tuple(one.index for one in row)
                if key not in seen:
                    claim = _made(sight, total, row, several[start + length :], side, (column, start))
                    if claim is not None:
                        seen.add(key)
                        yield claim


def _lengths(values: Sequence[float], start: int, stated: float) -> Iterator[int]:
    """How long a row may be: as long as its sum is of the total's size, or a power of ten away."""
    amount = values[start]
    for at in range(start + 1, min(start + _LONGEST, len(values))):
        amount += values[at]
        ratio = amount / stated if stated else 99.0
        if ratio > _LARGEST:
            return
        if _LEAST <= ratio <= _MOST or _is_power(ratio):
            yield at - start + 1


_LEAST, _MOST, _LARGEST = 0.3, 10.3, 10_500
_POWERS = (10_000, 0.1, 0.01, 0.0001)


def _is_power(ratio: float) -> bool:
    return any(abs(ratio / power - 1) < 0.02 for power in _POWERS)


def _made(
    sight: Sight, total: Mention, row: Row, rest: Sequence[Mention], side: str, place: tuple[str, int]
) -> Claim | None:
    """The claim of a row that comes out, or ends where a row may end."""
    bound = _boundary(sight, row, rest)
    column, start = place
    shape = (
        f"side={side}", f"column={column}", f"start={bucket(start, (0, 1, 2, 4))}", f"bound={bound or 'none'}",
        f"side-bound={side},{bound or 'none'}",
    )  # fmt: skip
    claim = _claim(sight, total, row, side, shape)
    return claim if bound is not None or _is_close(claim) else None


def _begins(sight: Sight, before: Mention, first: Mention, side: str) -> bool:
    """Whether a row may begin here: with a new sentence, piece or line, or after words that open one up."""
    low, high = sorted((before, first), key=lambda one: one.index)
    if (low.sentence, low.segment) != (high.sentence, high.segment):
        return True
    return side == "after" and sight.remember("opens", first, _opens) != "none"


def _opens(_: Sight, first: Mention) -> str:
    return next((name for name, pattern in _OPENERS if pattern.search(first.gap)), "none")


def _near(sight: Sight, total: Mention, one: Mention) -> bool:
    return abs(one.paragraph - total.paragraph) <= 8 and sight.scene.group_of[one.index] is not sight.scene.group_of[total.index]


def _columns(sight: Sight, total: Mention, others: Sequence[Mention], side: str) -> Iterator[tuple[str, list[Mention]]]:
    """The rows that may be meant: all; those that are no part of a part; one of each item between semicolons or lines."""
    able = [one for one in others if can_add(one) or one.quantity.kind == "time"]
    yield "all", list(able)
    if not able:
        return
    depth = _depth(sight, able[0])
    flat = [one for one in able if _depth(sight, one) <= depth]
    if len(flat) != len(able):
        yield "flat", flat
    plain = [one for one in able if not sight.scene.is_nested(one)]
    if len(plain) not in (0, len(able)):
        yield "plain", plain
    heads = [one for at, one in enumerate(able) if at == 0 or _item(one) != _item(able[at - 1])]
    if side == "before":
        heads = [one for at, one in enumerate(able) if at == len(able) - 1 or _item(one) != _item(able[at + 1])]
    if len(heads) != len(able):
        yield "heads", heads
    lasts = [one for at, one in enumerate(able) if at == len(able) - 1 or _item(one) != _item(able[at + 1])]
    if side == "before":
        lasts = [one for at, one in enumerate(able) if at == 0 or _item(one) != _item(able[at - 1])]
    if len(lasts) not in (len(able), 0) and lasts != heads:
        yield "lasts", lasts
    groups = [one for one in able if len(sight.scene.group_of[one.index].mentions) == len(sight.scene.group_of[able[0].index].mentions)]
    if len(groups) not in (len(able), len(flat)):
        yield "groups", groups
    alike = [one for one in able if overlap(sight.names(one), sight.names(able[0])) in ("most", "some")]
    if 1 < len(alike) < len(able):
        yield "named", alike
    called = [one for one in able if overlap(sight.names(one), sight.names(total)) in ("most", "some")]
    if 1 < len(called) < len(able) and called != alike:
        yield "called", called
    if side == "before":
        no_totals = [one for one in able if not sight.is_total(one)]
        if 1 < len(no_totals) < len(able):
            yield "no-totals", no_totals


def _item(one: Mention) -> tuple[int, int]:
    return one.sentence, one.segment


def _depth(sight: Sight, one: Mention) -> int:
    return sight.remember("depth", one, _depth_of)


def _depth_of(sight: Sight, one: Mention) -> int:
    flat = sight.scene.reading.flat
    words = flat[sight.scene.sentence_of(one).start : one.quantity.start]
    return words.count("(") - words.count(")")


def _boundary(sight: Sight, row: Row, rest: Sequence[Mention]) -> str | None:
    """Why the row ends where it ends; None where it might as well go on."""
    if not rest:
        return "end"
    last, following = row[-1], rest[0]
    low, high = sorted((last, following), key=lambda one: one.index)
    if low.paragraph != high.paragraph:
        return "paragraph"
    if low.sentence != high.sentence:
        return "sentence"
    if sight.is_total(following) or sight.is_total(low if low is following else high):
        return "total"
    words = sight.scene.between(low, high)
    if AMONG.search(words):
        return "among"
    if ")" in words or "(" in words:
        return "bracket"
    if ";" in words:
        return "semicolon"
    inner = {sight.marks(one, other) for one, other in zip(row, row[1:], strict=False)}
    outer = sight.marks(low, high)
    if outer not in inner:
        return "mark"
    if REST.search(max(row, key=lambda one: one.index).gap):
        return "rest"
    groups = {len(sight.scene.group_of[one.index].mentions) for one in row}
    if len(groups) == 1 and len(sight.scene.group_of[following.index].mentions) not in groups:
        return "shape"
    if sight.between(last, following) > max(sight.between(one, other) for one, other in zip(row, row[1:], strict=False)):
        return "gap"
    return None


def _claim(sight: Sight, total: Mention, row: Row, side: str, shape: tuple[str, ...]) -> Claim:
    computed = sum((one.quantity.base_value for one in row), Decimal(0))
    bounds = [one.quantity.bounds() for one in row]
    low, high = sum((one[0] for one in bounds), Decimal(0)), sum((one[1] for one in bounds), Decimal(0))
    members = tuple(sorted(row, key=lambda one: one.index))
    way = "+".join(one.quantity.text for one in members)
    nearest = members[0] if side == "after" else members[-1]
    tight = total.sentence == nearest.sentence and sight.between(total, nearest) <= 2
    return Claim("sum", members, total, computed, low, high, way, tight, partial(_cues, sight, total, members, side, shape))


def _is_close(claim: Claim) -> bool:
    stated = claim.stated.quantity
    if stated.is_exact and claim.low == claim.high:
        return rounded(claim.computed, stated.step) == stated.base_value
    low, high = stated.bounds()
    return claim.low <= high and low <= claim.high


def _cues(sight: Sight, total: Mention, ordered: Row, side: str, shape: tuple[str, ...]) -> Iterator[str]:
    yield from shape
    first, last = ordered[0], ordered[-1]
    yield f"length={bucket(len(ordered), (2, 3, 4, 6, 9))}"
    opener = sight.remember("opens", first, _opens)
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
    yield f"names={max(set(shared), key=shared.count)}"
    if any(one.quantity.base_value > total.quantity.base_value for one in ordered):
        yield "member>total"
    if total.quantity.base_unit != first.quantity.base_unit:
        yield "other-unit"
    if says_overlap(sight.scene, min(ordered[0], total, key=_index), max(total, last, key=_index)) or _OPTIONAL.search(sight.scene.sentence_words(ordered[0])):
        yield "overlap.said"
    yield from _layout(sight, total, ordered)
    kinds = [frozenset(_OVERLAP.findall(sight.words(one))) for one in ordered]
    if any(kinds) and len(set(kinds)) > 1:
        yield "overlap.may"
    yield f"aspects={_aspects(sight, ordered)}"
    if _is_partition(sight, ordered):
        yield "partition"
    if REST.search(last.gap):
        yield "rest"
    if NOT.search(last.left + last.right[:4]) and len(ordered) == 2:
        yield "two.not"


_ASPECTS = tuple(
    re.compile(words)
    for words in (
        r"[男女]|妇女", r"岁|老人|老年|青年|儿童|学龄", r"脱贫|贫困|低保|特困|监测|边缘|五保|一般户|一般农户|易返贫|突发", r"残疾|失能|残联",
        r"大病|慢病|慢性病|重病|患病", r"务工|外出|就业", r"党员|预备|团员|群众", r"学生|中学|小学|高中|幼儿|大学|高职|中职",
    )
)  # fmt: skip


def _aspects(sight: Sight, ordered: Row) -> str:
    """Whether the items are told apart by one property (低保、特困、监测) or by several, and so may overlap."""
    named = [sight.remember("aspects", one, _aspects_named) for one in ordered]
    if not any(named):
        return "none"
    if frozenset.intersection(*named):
        return "same"
    return "mixed" if len(frozenset.union(*named)) > 1 else "partly"


def _aspects_named(sight: Sight, one: Mention) -> frozenset[int]:
    words = sight.words(one)
    return frozenset(at for at, pattern in enumerate(_ASPECTS) if pattern.search(words))


def _is_parallel(sight: Sight, total: Mention, ordered: Row) -> bool:
    """产业1937万元;基础设施1356万元;其他139万元: the first is an item like the others."""
    if sight.remember("opens", ordered[0], _opens) != "none" or sight.is_total(total):
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
    if len(set(lines)) == len(lines) and max(other - one for one, other in zip(lines, lines[1:], strict=False)) == 1:
        yield "lines"
        if abs(total.paragraph - lines[0]) <= 1 or abs(total.paragraph - lines[-1]) <= 1:
            yield "lines.beside-total"
        first = [sight.scene.before(one, paragraph=True) for one in ordered]
        if all(not any(other.is_like(one) for other in before) for one, before in zip(ordered, first, strict=True)):
            yield "lines.firsts"
    elif len({(one.sentence, one.segment) for one in ordered}) == len(ordered):
        yield "pieces"


def _alikeness(sight: Sight, ordered: Sequence[Mention]) -> Iterator[str]:
    steps = [sight.marks(one, other) for one, other in zip(ordered, ordered[1:], strict=False)]
    yield "marks=same" if len(set(steps)) == 1 else f"marks={min(len(set(steps)), 3)}"
    for mark in sorted(set(steps)):
        yield f"mark:{mark}"
    gaps = [sight.between(one, other) for one, other in zip(ordered, ordered[1:], strict=False)]
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
