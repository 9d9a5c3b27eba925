"""How much speaks for two figures being one said twice: their words, their neighbours, their places, and the odds of chance."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats_kinds import conflicts, kinds_of
from bangfu.documents.certain.repeats_names import Names
from bangfu.documents.certain.repeats_proofs import Proofs
from bangfu.documents.certain.repeats_slips import Pair, agree
from bangfu.documents.certain.repeats_words import (
    ASIDE,
    BEFORE,
    CLOSING,
    LAST,
    NEED,
    NOT,
    PLAN,
    RISE,
    SAID_ABOVE,
)
from bangfu.documents.reading.structure import Mention, base_class

_WHOLE = tuple("全我本该")
_CELLS = re.compile(r"[\t|]|[ \u3000]{2,}|[ \u3000](?=[\d—-])|、(?=[\d—-])")
_PROSE = re.compile(r"[。;,]")
_NOT_EACH = re.compile(r"高标准|标准化|达标准?|不?少于|不超过|平均海拔")
"""Words in which 标准 is no standard and 少 is no decline."""
_APART = re.compile(r"中|有|占|以上|上述|均|每|[::]")
_SHORT = 7
_END = 0.75
"""From this part of the text on its figures are likely to be repeated ones."""
_CLOSING, _LATE, _PROVEN, _AGAIN = 1.0, 1.0, 1.0, 1.0
_SAID_ABOVE, _OWN_SUM_ONLY = 1.5, -2.5
_SIBLINGS, _OWN_SUM, _TWIN, _TWIN_ELSEWHERE = 3.5, -5.0, -5.0, -1.5
_NAMELESS, _NAMELESS_AMID, _SAYS_LITTLE = -0.8, -2.0, 0.8
_DIFFERENCE_SAID = -12.0
_OF_CELL, _ROUNDED = -1.5, -20.0
_OPEN, _IN_TABLE, _SAME_LINE, _IN_ROW = -6.0, -20.0, -3.5, -1.0
_OTHER_KIND, _OWN_NAME, _OWN_NAME_MOST = -6.0, 0.05, 0.5
_BOTH_LEFT, _LEFT = 1.0, 4
_OTHER_YEAR, _OTHER_PLACE = -2.0, -12.0
_STATES = (
    (LAST, -3.0),
    (BEFORE, -9.0),
    (PER, -3.0),
    (RISE, -3.0),
    (NOT, -1.5),
    (PLAN, -1.0),
    (NEED, -3.0),
    (ASIDE, -3.0),
)
"""What is said of one figure alone makes it another: last year's, of each, the rise, what is left, what is planned."""
_OF_LEFT = (BEFORE, PER, RISE, NEED)
"""Words that bear on what follows them only."""
_WHOLE_NAMED = 20
"""So far before a part its whole is named."""


@dataclass
class Likeness:
    """Weighs pairs of a scene; what is seen of a figure is remembered."""

    scene: Scene
    names: Names = field(init=False)
    proofs: Proofs = field(init=False)
    _kinds: dict[int, tuple[frozenset[str], ...]] = field(default_factory=dict)
    _closing: dict[int, bool] = field(default_factory=dict)
    _states: dict[int, tuple[bool, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names, self.proofs = Names(self.scene), Proofs(self.scene)

    def rarity(self, pair: Pair) -> float:
        """How unlikely chance brings such a slip among the figures before."""
        return -math.log(pair.chance * max(self._earlier[pair.second.index], 1))

    def of(self, pair: Pair) -> float:
        """Positive where more speaks for one figure than against it; the odds of chance are left out."""
        if agree(pair.first.quantity, pair.second.quantity):
            return _ROUNDED
        return self._of_words(pair) + sum(self._of_places(pair.first, pair.second))

    def _of_words(self, pair: Pair) -> float:
        said, part = self.names.shared(pair.first, pair.second)
        score = min(said, 6) * 0.5 + min(part, 1) * 1.5
        states = zip(self.states(pair.first), self.states(pair.second), _STATES, strict=True)
        score += sum(weight for one, other, (_, weight) in states if one != other)
        if self.are_left(pair):
            score += _BOTH_LEFT
        score += _OTHER_KIND * min(2, conflicts(self.kinds(pair.first), self.kinds(pair.second)))
        if said < _SAYS_LITTLE:
            back = self.is_closing(pair.second) or self.is_late(pair.second)
            score += _NAMELESS if back else _NAMELESS_AMID
            if pair.slip != "unit":
                score -= min(_OWN_NAME_MOST, self.names.size(pair.second) * _OWN_NAME)
        twins = [
            one for one in self.same(pair.second) if one.index < pair.second.index and not self.states(one)[0]
        ]
        if self.has_twin(pair.second, said) or (twins and pair.slip in ("digit", "other")):
            return score + _TWIN
        return score + (_TWIN_ELSEWHERE if len(self.same(pair.second)) > 1 else 0.0)

    def are_left(self, pair: Pair) -> bool:
        """Whether both are called what is left or not yet done."""
        return self.states(pair.first)[_LEFT] and self.states(pair.second)[_LEFT]

    def _of_places(self, first: Mention, second: Mention) -> Iterator[float]:
        one, two = first.quantity, second.quantity
        closing = self.is_closing(second)
        yield _CLOSING * closing
        yield _LATE * self.is_late(second)
        proven = self.proofs.confirm(first)
        yield _PROVEN * proven
        yield _SAID_ABOVE * (SAID_ABOVE.search(second.gap[-12:]) is not None)
        yield _AGAIN * (len(self.same(first)) > 1)
        if self.siblings(first, second):
            yield _SIBLINGS
        elif self.proofs.confirm(second):
            yield _OWN_SUM if proven or self.scene.is_total(second) else _OWN_SUM_ONLY
        yield self._differ_openly(first, second)
        yield _IN_ROW * sum(
            one.is_like(second) and _joins((second if one.index < second.index else one).gap)
            for one in self._beside(second)
        )
        if first.index in self.cells and second.index in self.cells:
            yield _IN_TABLE
        elif first.index in self.cells and first.index not in self._totals:
            yield _OF_CELL
        if first.paragraph == second.paragraph:
            yield _SAME_LINE
        if (
            not closing
            and one.time
            and two.time
            and one.time[:4] != two.time[:4]
            and one.time[:2] == two.time[:2]
        ):
            yield _OTHER_YEAR
        if one.place != two.place and all(
            place and place[0] not in _WHOLE for place in (one.place, two.place)
        ):
            yield _OTHER_PLACE

    def is_closing(self, mention: Mention) -> bool:
        """Whether the words of its sentence before it look back on the text, or ahead from it."""
        if mention.index not in self._closing:
            start = self.scene.sentence_of(mention).start
            found = CLOSING.search(self.scene.reading.flat, start, mention.quantity.start)
            self._closing[mention.index] = found is not None
        return self._closing[mention.index]

    def is_late(self, mention: Mention) -> bool:
        return mention.quantity.start > len(self.scene.reading.flat) * _END

    def states(self, mention: Mention) -> tuple[bool, ...]:
        if mention.index not in self._states:
            left, right = _NOT_EACH.sub("", self.names.left(mention)[-14:]), mention.right[:6]
            found = tuple(
                bool(pattern.search(left if pattern in _OF_LEFT else f"{left}|{right}"))
                for pattern, _ in _STATES
            )
            self._states[mention.index] = found
        return self._states[mention.index]

    def kinds(self, mention: Mention) -> tuple[frozenset[str], ...]:
        if mention.index not in self._kinds:
            flat, start = self.scene.reading.flat, mention.quantity.start
            whole = flat[max(0, start - _WHOLE_NAMED) : start] if self.scene.is_nested(mention) else ""
            words = f"{whole}|{self.names.left(mention)[-20:]}|{mention.right[:8]}"
            self._kinds[mention.index] = kinds_of(words)
        return self._kinds[mention.index]

    def same(self, mention: Mention) -> list[Mention]:
        """All figures of its unit and value, itself too."""
        return self._by_value[mention.quantity.base_unit, mention.quantity.base_value]

    def valued(self, unit: str, value: Decimal) -> list[Mention]:
        return self._by_value.get((unit, value), [])

    def has_twin(self, second: Mention, said: float) -> bool:
        """Whether it says again another earlier figure of much the same name, one of now."""
        return any(
            twin.index < second.index
            and twin.sentence != second.sentence
            and not self.states(twin)[0]
            and self.names.shared(twin, second)[0] >= said * 0.7
            for twin in self.same(second)
        )

    def siblings(self, first: Mention, second: Mention) -> bool:
        """Whether a neighbour of both says the same: 41户、140人 and 41户、104人."""
        known = {_worth(one) for one in self._beside(second) if one.quantity.base_value > 9}
        return any(_worth(one) in known for one in self._beside(first))

    def _beside(self, mention: Mention) -> list[Mention]:
        at = self.scene.place_of(mention)
        around = self.scene.mentions[max(0, at - 1) : at + 2]
        return [one for one in around if one is not mention and one.sentence == mention.sentence]

    def _differ_openly(self, first: Mention, second: Mention) -> float:
        """Whether the text says beside the later one by how much, or to which part, the two differ."""
        one, two = first.quantity.base_value, second.quantity.base_value
        apart = abs(one - two)
        for near in (*self._around(first), *self._around(second)):
            quantity = near.quantity
            if near.sentence == second.sentence and near.is_like(second):
                if quantity.base_value == apart and RISE.search(near.left):
                    return _DIFFERENCE_SAID
                if quantity.base_value in (apart, one + two):
                    return _OPEN
            ratios = (two / one, one / two, apart / one) if one and two else ()
            if quantity.kind == "share" and any(quantity.states(ratio) for ratio in ratios if ratio):
                return _OPEN
        return 0.0

    def _around(self, mention: Mention) -> list[Mention]:
        at = self.scene.place_of(mention)
        near = self.scene.mentions[max(0, at - 3) : at + 4]
        return [one for one in near if one.sentence == mention.sentence and one is not mention]

    def before(self, mention: Mention) -> list[Mention]:
        """The figures of its class before it."""
        several = self._by_class[base_class(mention.quantity)]
        return several[: bisect_left(several, mention.index, key=_index)]

    @cached_property
    def _by_class(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}
        for one in self.scene.mentions:
            found.setdefault(base_class(one.quantity), []).append(one)
        return found

    @cached_property
    def _earlier(self) -> dict[int, int]:
        seen: Counter[str] = Counter()
        found: dict[int, int] = {}
        for one in self.scene.mentions:
            found[one.index] = seen[one.quantity.base_unit]
            seen[one.quantity.base_unit] += 1
        return found

    @cached_property
    def _by_value(self) -> dict[tuple[str, Decimal], list[Mention]]:
        found: dict[tuple[str, Decimal], list[Mention]] = {}
        for one in self.scene.mentions:
            found.setdefault(_worth(one), []).append(one)
        return found

    @cached_property
    def _totals(self) -> frozenset[int]:
        return frozenset(column.total for column in self.scene.reading.columns)

    @cached_property
    def cells(self) -> frozenset[int]:
        """The figures that stand in rows of a table or of a list with columns."""
        flat = self.scene.reading.flat
        found = {index for column in self.scene.reading.columns for index in (*column.items, column.total)}
        for one in self.scene.mentions:
            start = flat.rfind("\n", 0, one.quantity.start) + 1
            end = flat.find("\n", one.quantity.end)
            line = flat[start : end if end >= 0 else len(flat)].strip()
            if len(line) < 80 and not _PROSE.search(line) and ("\t" in line or len(_CELLS.findall(line)) > 1):
                found.add(one.index)
        return frozenset(found)


def _joins(gap: str) -> bool:
    """Whether the two stand in one row: 种植基地12个,养殖基地6个."""
    return "、" in gap or (len(gap) < _SHORT and "," in gap and not _APART.search(gap))


def _worth(mention: Mention) -> tuple[str, Decimal]:
    return mention.quantity.base_unit, mention.quantity.base_value


def _index(mention: Mention) -> int:
    return mention.index
