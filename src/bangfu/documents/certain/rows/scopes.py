"""Which figures before a total may be its items: in its sentence, in pieces, sentences or lines, or called by name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.certain.rows.candidate import Rows, class_of, marks
from bangfu.documents.certain.rows.words import CHANGE
from bangfu.documents.reading.structure import Mention

_REACH, _FAR_REACH, _LINES, _FAR_BELOW = 60, 100, 14, 100
_TABLE = re.compile(r"[\t|]| {3}")
_STANDARD = re.compile(r"每|均|最高|单价|上限|标准|比|较|目标|任务|预算|上年|去年|同期|不足|少于")
_AMOUNT = re.compile(r"(?:金额|[计共]|合计|支出|发放?|兑现|补助|投资|保费|投入|价值|收入|资金|需|小计|造价|租金)$")
Key = Callable[[Mention], tuple[int, ...]]


@dataclass(frozen=True)
class Scope:
    """`level` says what divides the items."""

    members: tuple[Mention, ...]
    level: str


def earlier_of(rows: Rows, total: Mention, *, tiny: bool = False) -> list[Mention]:
    """The figures of its class before it that may be items, in their order; `tiny` keeps those of another order too."""
    place = rows.scene.place_of(total)
    kind, depth = class_of(total), rows.depth(total)
    found = []
    for one in rows.scene.mentions[max(0, place - (_FAR_REACH if tiny else _REACH)) : place]:
        if class_of(one) != kind or not can_add(one) or CHANGE.search(one.left[-8:]):
            continue
        if not one.quantity.is_exact or one.quantity.base_value <= 0:
            continue
        if rows.depth(one) > (depth if one.sentence == total.sentence else 0):
            continue
        if (tiny or not is_tiny(one, total)) and not _STANDARD.search(one.left[-6:]):
            found.append(one)
    return found


def is_tiny(one: Mention, total: Mention) -> bool:
    """人均468元 beside 1724.4万元: of another order, and written in another unit."""
    other_unit = one.quantity.unit != total.quantity.unit
    return other_unit and one.quantity.base_value * _FAR_BELOW < total.quantity.base_value


def scopes(rows: Rows, total: Mention, earlier: Sequence[Mention], number: int | None) -> Iterator[Scope]:
    """All rows that may be meant, the nearest first, none twice."""
    seen = set[tuple[int, ...]]()
    for scope in _all_scopes(rows, total, earlier):
        rows_of = [scope.members]
        if number is not None and len(scope.members) > number > 1:
            rows_of = [scope.members[-number:]]
            if len(scope.members) == number + 1 and scope.level == "line":
                rows_of.append(scope.members)
        for members in rows_of:
            key = tuple(one.index for one in members)
            if len(members) > 1 and key not in seen:
                seen.add(key)
                yield Scope(members, scope.level)


def _all_scopes(rows: Rows, total: Mention, earlier: Sequence[Mention]) -> Iterator[Scope]:
    own = [one for one in earlier if one.sentence == total.sentence]
    inner = [one for one in own if one.segment == total.segment]
    near = own or [one for one in earlier if earlier[-1].sentence == one.sentence == total.sentence - 1]
    yield Scope(tuple(inner), "clause")
    yield Scope(_run(rows, total, "、"), "clause")
    yield Scope(_run(rows, total, "、,"), "clause")
    yield from _pieced(near, "clause", lambda one: (one.index,))
    yield from _pieced(near, "segment", lambda one: (one.sentence, one.segment))
    before = [one for one in earlier if one.paragraph == total.paragraph]
    yield from _pieced(before, "segment", lambda one: (one.sentence, one.segment))
    yield from _pieced(before, "sentence", lambda one: (one.sentence,))
    lines = _lines_before(rows, total, earlier)
    yield from _pieced(lines, "line", lambda one: (one.paragraph,))
    yield from _pieced(lines, "line-sentence", lambda one: (one.sentence,))
    above = [one for one in earlier if 0 < total.paragraph - one.paragraph <= _LINES]
    if above and above != lines:
        yield from _pieced(above, "line", lambda one: (one.paragraph,))


def _run(rows: Rows, total: Mention, allowed: str) -> tuple[Mention, ...]:
    """What stands in its sentence marked off alike in its own unit, whatever it is called: 超标准收费45.6万元."""
    run: list[Mention] = []
    for one in reversed(rows.scene.before(total)):
        if one.quantity.unit != total.quantity.unit:
            continue
        if one.segment != total.segment or one.quantity.per or not one.quantity.is_exact:
            break
        if run and marks(rows.between(one, run[0])) not in allowed:
            break
        run.insert(0, one)
    return tuple(run)


def _lines_before(rows: Rows, total: Mention, earlier: Sequence[Mention]) -> list[Mention]:
    """The figures of the lines right above, without a gap, down to its own line."""
    kept: list[Mention] = []
    line = total.paragraph
    for one in reversed(earlier):
        if one.paragraph == total.paragraph:
            continue
        if line - one.paragraph > 1 or total.paragraph - one.paragraph > _LINES:
            break
        line = one.paragraph
        kept.insert(0, one)
    return kept


def _pieced(column: Sequence[Mention], level: str, key: Key) -> Iterator[Scope]:
    """Of each piece its last figure, its first, or that which is called an amount."""
    pieces = [list(several) for _, several in itertools.groupby(column, key=key)]
    if len(pieces) < 2:
        return
    yield Scope(tuple(one[-1] for one in pieces), level)
    yield Scope(tuple(one[0] for one in pieces), level)
    called = [next((each for each in reversed(one) if _AMOUNT.search(each.left)), one[-1]) for one in pieces]
    yield Scope(tuple(called), level)


def stands_in_table(rows: Rows, one: Mention) -> bool:
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    end = rows.flat.find("\n", one.quantity.end)
    return _TABLE.search(rows.flat, start, end if end >= 0 else len(rows.flat)) is not None
