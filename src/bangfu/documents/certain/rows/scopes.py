"""Which figures before a total may be its items: in its sentence, in pieces, sentences or lines, or called by name."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.scene import PER, can_add
from bangfu.documents.certain.rows.candidate import Rows, class_of, marks
from bangfu.documents.certain.rows.said import Said
from bangfu.documents.certain.rows.words import CHANGE
from bangfu.documents.reading.structure import Mention

_REACH, _FAR_REACH, _LINES, _FAR_BELOW = 60, 100, 14, 100
_NEAREST = 10
_BY_STANDARD = re.compile(r"[按依照][^,。;]{0,10}?标准(?=[一-龥])|超标准|达标|标准化")
_PERIOD = re.compile(
    r"春季?|秋季?|夏季?|冬季?|[上下]半年|[一二三四]季度|\d{1,2}(?:至|到|—|-|~)\d{1,2}月|\d{1,2}月|第?[一二三]学期|[上下]学期|[上中下]旬|早造|晚造|早稻|晚稻"
)
_TABLE = re.compile(r"[\t|]| {3}")
_STANDARD = re.compile(r"每|均|最高|单价|上限|标准|比|较|目标|任务|预算|上年|去年|同期|不足|少于")
_AMOUNT = re.compile(
    r"(?:金额|[计共]|合计|支出|发放?|兑现|补助|投资|保费|投入|价值|收入|资金|需|小计|造价|租金)$"
)
Key = Callable[[Mention], tuple[int, ...]]


@dataclass(frozen=True)
class Scope:
    """`level` says what divides the items."""

    members: tuple[Mention, ...]
    level: str


class Items:
    """The figures of a text that may be items, class by class; told apart once for all totals."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._known: dict[str, list[tuple[int, Mention]]] = {}
        for place, one in enumerate(rows.scene.mentions):
            if _may_be_item(one):
                self._known.setdefault(class_of(one), []).append((place, one))

    def before(self, total: Mention, *, tiny: bool = False) -> list[Mention]:
        """Those of its class before it, in their order; `tiny` keeps what is of another order too."""
        least = self._rows.scene.place_of(total) - (_FAR_REACH if tiny else _REACH)
        depth, found = self._rows.depth(total), list[Mention]()
        for place, one in reversed(self._known.get(class_of(total), ())):
            if one.index >= total.index:
                continue
            if place < least:
                break
            if self._rows.depth(one) > (depth if one.sentence == total.sentence else 0):
                continue
            if tiny or not is_tiny(one, total):
                found.append(one)
        return found[::-1]


def _may_be_item(one: Mention) -> bool:
    return (
        one.quantity.is_exact
        and one.quantity.base_value > 0
        and _may_add(one)
        and not CHANGE.search(one.left[-8:])
        and not _STANDARD.search(_BY_STANDARD.sub("", one.left)[-6:])
    )


def _may_add(one: Mention) -> bool:
    """Also 按全额标准资助104.32万元, which is no standard."""
    if can_add(one):
        return True
    if one.quantity.kind != "money" or one.quantity.per or one.quantity.is_label:
        return False
    words = _BY_STANDARD.sub("", one.left)
    return words != one.left and not PER.search(words)


def is_tiny(one: Mention, total: Mention) -> bool:
    """人均468元 beside 1724.4万元: of another order, and written in another unit."""
    other_unit = one.quantity.unit != total.quantity.unit
    return other_unit and one.quantity.base_value * _FAR_BELOW < total.quantity.base_value


def scopes(rows: Rows, total: Mention, earlier: Sequence[Mention], said: Said) -> Iterator[Scope]:
    """All rows that may be meant, the nearest first, none twice."""
    seen, number = set[tuple[int, ...]](), said.number
    for scope in _all_scopes(rows, total, earlier, said):
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


def _all_scopes(rows: Rows, total: Mention, earlier: Sequence[Mention], said: Said) -> Iterator[Scope]:
    if said.label and (said.closes_piece or said.piece_number is not None):
        yield from _called(rows, total, earlier, said.label)
    own = [one for one in earlier if one.sentence == total.sentence]
    inner = [one for one in own if one.segment == total.segment]
    last = earlier[-1].sentence if earlier else total.sentence
    near = own or [one for one in earlier if last == one.sentence == total.sentence - 1]
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


def _called(rows: Rows, total: Mention, earlier: Sequence[Mention], label: str) -> Iterator[Scope]:
    """甲:自筹80万元; 乙:自筹55万元; 合计投资…,自筹293万元: of each piece what is called like the total."""
    alike = [one for one in earlier if one.left.rstrip("了为计共约 ").endswith(label)]
    for key in (lambda one: one.paragraph, lambda one: (one.sentence, one.segment)):
        kept = [list(several)[-1] for _, several in itertools.groupby(alike, key=key)]
        kept = [one for one in kept if (one.sentence, one.segment) != (total.sentence, total.segment)]
        if kept and total.paragraph - kept[0].paragraph <= _LINES:
            yield Scope(tuple(kept), "called")


def are_periods(rows: Rows, members: Sequence[Mention]) -> bool:
    """春季…、秋季…; 1至3月…、4至12月…: the halves of a year, each said before its figure."""
    found = []
    for place, one in enumerate(members):
        start = members[place - 1].quantity.end if place else max(0, one.quantity.start - 40)
        match = _PERIOD.search(rows.flat, start, one.quantity.start)
        found.append(match[0] if match else "")
    return all(found) and len(set(found)) == len(found)


def with_tiny(items: Items, total: Mention) -> Iterator[Scope]:
    """Runs with one figure whose unit makes it far smaller than its neighbours: 738万元、416.3元、92.7万元."""
    near = items.before(total, tiny=True)[-_NEAREST:]
    odd = [
        is_tiny(one, total) and one.quantity.base_value * _FAR_BELOW < total.quantity.base_value
        for one in near
    ]
    if sum(odd) != 1 or digits(total.quantity) < 2:
        return
    place = odd.index(True)
    for first in range(place + 1):
        for end in range(max(place + 1, first + 2), len(near) + 1):
            run = near[first:end]
            if digits(total.quantity) > 2 or run[0].sentence == total.sentence:
                yield Scope(tuple(run), "tiny")


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
