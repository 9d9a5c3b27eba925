"""Lines and lists of count, rate and amount, all alike but one: 护路员、18人、500元、10.08万元 among others times twelve."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.products.causes import fewer_periods
from bangfu.documents.certain.products.counts import is_limit
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple, comes_out, is_close, told
from bangfu.documents.certain.products.periods import Periods
from bangfu.documents.certain.products.slips import slip
from bangfu.documents.reading.structure import Mention, base_class

_TIMES = tuple(Periods((Decimal(one),), Decimal(one)) for one in (1, 12, 6, 3, 9, 10, 2, 4, 5, 7, 8, 11))
_SCALED = {"公里": "公里", "千米": "公里", "吨": "吨", "万吨": "吨"}
_ONCE = (Decimal(1),)
_FAR = Decimal("2.5")
_BARE = frozenset({"share", "point", "times", "age", "time"})
_JOINED = re.compile(r"[、和与及][^,;。:\d每]{0,6}")
_LEAST, _MOST = 3, 6


@dataclass(frozen=True)
class Line:
    """Figures that stand in one row of a table, a piece between semicolons, or the k-th places of parallel lists."""

    mentions: tuple[Mention, ...]

    @cached_property
    def signature(self) -> tuple[str, ...]:
        return tuple(base_class(one.quantity) for one in self.mentions)


def line_faults(scene: Scene, eaches: Mapping[int, Each]) -> Iterator[Relation]:
    blocks = [*_blocks(scene), *_parallels(scene)]
    for block in blocks:
        yield from _odd_one(block, eaches)


def _blocks(scene: Scene) -> Iterator[list[Line]]:
    """Lines of one signature that follow one another."""
    block: list[Line] = []
    for line in _lines(scene):
        if block and (line.signature != block[-1].signature or _are_apart(block[-1], line)):
            yield block
            block = []
        block.append(line)
    yield block


def _are_apart(first: Line, second: Line) -> bool:
    return second.mentions[0].paragraph > first.mentions[0].paragraph + 1


def _lines(scene: Scene) -> Iterator[Line]:
    line: list[Mention] = []
    for one in scene.mentions:
        if line and (one.sentence, one.segment) != (line[-1].sentence, line[-1].segment):
            yield Line(tuple(line))
            line = []
        line.append(one)
    if line:
        yield Line(tuple(line))


def _parallels(scene: Scene) -> Iterator[list[Line]]:
    """甲、乙、丙分别30人、20人、10人,每人100元、200元、300元,共3000元、4000元、3000元: one line for each place."""
    last: list[list[Mention]] = []
    for sentence in scene.sentences:
        runs = [run for run in _runs(sentence.mentions) if len(run) >= 2]
        for three in combinations(runs, 3):
            if len({len(run) for run in three}) == 1:
                yield [Line(tuple(places)) for places in zip(*three, strict=True)]
        here = [run for run in runs if len(run) > 2]
        for first in last:
            for two in combinations(here, 2):
                if {len(first)} == {len(run) for run in two} and two[0][0].is_like(two[1][0]):
                    yield [Line(tuple(places)) for places in zip(first, *two, strict=True)]
        last = here or last


def _runs(mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    run: list[Mention] = []
    for one in mentions:
        if run and not (one.is_like(run[-1]) and _JOINED.fullmatch(one.gap)):
            yield run
            run = []
        run.append(one)
    yield run


def _odd_one(block: Sequence[Line], eaches: Mapping[int, Each]) -> Iterator[Relation]:
    """The one line whose three figures do not agree as those of all others do."""
    if len(block) < 2 or not _LEAST <= len(block[0].mentions) <= _MOST:
        return
    for count, each, total in _places(block[0].signature):
        for periods in _TIMES:
            triples = [_triple(line, (count, each, total), periods, eaches) for line in block]
            wrong = [one for one in triples if one is not None and not comes_out(one)]
            if None in triples or len(wrong) != 1:
                continue
            cause = slip(wrong[0], periods.all[0]) or fewer_periods(wrong[0], periods.all[0])
            close = len(block) > _LEAST and is_close(wrong[0], periods.all[0], _FAR)
            if (cause is not None and (len(block) >= _LEAST or cause.strong)) or close:
                yield told(wrong[0], periods.all[0], cause.words if cause else "")
                return


def _places(signature: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Where count, rate and amount may stand: rate and amount alike, the count of another kind."""
    size = len(signature)
    for each in range(size):
        for total in range(size):
            for count in range(size):
                if each != total and signature[each] == signature[total] != signature[count] != "元":
                    yield count, each, total


def _triple(
    line: Line, places: tuple[int, int, int], periods: Periods, eaches: Mapping[int, Each]
) -> Triple | None:
    count, each, total = (line.mentions[place] for place in places)
    plain = all(one.quantity.is_exact and one.quantity.base_value > 0 for one in (count, each, total))
    if not plain or count.quantity.kind in (*_BARE, "money") or each.quantity.kind in _BARE:
        return None
    if total.index in eaches or count.index in eaches or is_limit(each) or is_limit(total):
        return None
    known = eaches.get(each.index)
    if known is not None and known.units and count.quantity.base_unit not in known.units:
        return None
    if periods.all != _ONCE and (places[1] > places[2] or (known is not None and known.term != "月")):
        return None
    term = "" if periods.all == _ONCE else "月"
    unit = known.unit if known is not None and known.unit else _SCALED.get(count.quantity.unit, "")
    return Triple(Each(each, unit, "", term, "", places[1] > places[2]), count, total, periods)
