"""How much speaks for two figures being one said twice: their words, their neighbours, their places, and the odds of chance."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bangfu.documents.certain.repeats.evidence import REPAIRED, WELL_NAMED, Evidence, joins
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_LEFT, IS_RISE
from bangfu.documents.certain.repeats.kinds import conflicts
from bangfu.documents.certain.repeats.slips import Pair, agree
from bangfu.documents.certain.repeats.words import SAID_ABOVE
from bangfu.documents.reading.structure import Mention

_WHOLE = tuple("全我本该")
_ROLE = re.compile(r"联系人|责任人|负责人|代表|评委|专家|[^学成社人党会]员(?![工额])|干部|教师|医[生师]|律师")
_PERSON = re.compile(r"[一-龥]某")
_OTHER_PERSON = -6.0
_OTHER_ROLE, _ROLE_NEAR = -2.5, 4
_GROWN = re.compile(r"新增|净增|增加|增长")
_CLOSING, _LATE, _PROVEN, _AGAIN = 1.0, 1.0, 1.0, 1.0
_SAID_ABOVE, _OWN_SUM_ONLY = 1.5, -2.5
_SIBLINGS, _OWN_SUM, _TWIN, _TWIN_ELSEWHERE = 3.5, -5.0, -5.0, -1.5
_NAMELESS, _NAMELESS_AMID, _SAYS_LITTLE = -0.8, -2.0, 0.8
_BOTH_SAID, _BOTH_RATES = -3.0, -10.0
_OF_REPEATS, _CONTEXT, _HEAD = 1.5, 1.5, 1.0
_BASED = re.compile(r"[^,。;]{0,8}(?:成果|基础上|的基础|成效|成绩)")
"""巩固改厕412户的成果: what is done, whatever year is spoken of."""
_YEAR = re.compile(r"(?:19|20)\d\d年|[去今明上前]年")
_NO_PLACE = re.compile(r"^(?:当|本|今|上|下|年|月)+")
_OF_TOTAL, _ROUNDED = 1.3, -20.0
_ALL_SUMS = _PROVEN + _SIBLINGS + REPAIRED
_ALL_PLACES = 11.0
"""More than the places and the sums of two figures say together."""
_OTHER_RATE, _TIMES_AND_HEADS = -4.0, -2.0
_IN_TABLE, _SAME_LINE, _IN_ROW = -20.0, -3.5, -1.0
_OTHER_KIND = -10.0
_BOTH_LEFT, _PAST_STATES = 1.0, 2
_OTHER_YEAR, _OTHER_PLACE = -2.0, -12.0
_STATES = (-3.0, -9.0, -3.0, -3.0, -1.5, -1.0, -3.0, -3.0)
"""What each of `STATES` says against two figures being one, where it is said of one alone."""


class Likeness(Evidence):
    """Weighs pairs of a scene; what is seen of a figure is remembered."""

    def rarity(self, pair: Pair) -> float:
        """How unlikely chance brings such a slip among the figures before."""
        return -math.log(pair.chance * max(self.earlier[pair.second.index], 1))

    def of(self, pair: Pair, needed: float = -_ALL_PLACES) -> float:
        """Positive where more speaks for one figure than against it; where `needed` is out of reach no more is looked at."""
        if agree(pair.first.quantity, pair.second.quantity):
            return _ROUNDED
        score = self._of_words(pair, needed - _ALL_PLACES)
        if score + _ALL_PLACES < needed:
            return score + _ROUNDED
        score += sum(self._of_places(pair.first, pair.second))
        if score + _ALL_SUMS < needed:
            return score + _ROUNDED
        return score + sum(self._of_sums(pair.first, pair.second))

    def _of_words(self, pair: Pair, least: float) -> float:
        """What their words say; where `least` is out of reach, not all of it."""
        said, part = self.names.shared(pair.first, pair.second)
        score = min(said, 6) * 0.5 + min(part, 1) * 1.5
        score += self._of_states(pair)
        if self.are_left(pair):
            score += _BOTH_LEFT
        if score < least:
            return score
        score += _OTHER_KIND * min(2, conflicts(self.kinds(pair.first), self.kinds(pair.second)))
        if len({bool(_PERSON.search(one.left)) for one in (pair.first, pair.second)}) > 1:
            score += _OTHER_PERSON
        if self._is_new_role(pair.second):
            score += _OTHER_ROLE
        if said < _SAYS_LITTLE:
            back = self.is_closing(pair.second) or self.is_late(pair.second)
            score += _NAMELESS if back else _NAMELESS_AMID
        twins = [
            one
            for one in self.same(pair.second)
            if one.index < pair.second.index and not self.states(one)[IS_LAST]
        ]
        if self.has_twin(pair.second, said) or (twins and pair.slip in ("digit", "other")):
            return score + _TWIN
        return score + (_TWIN_ELSEWHERE if len(self.same(pair.second)) > 1 else 0.0)

    def _is_new_role(self, one: Mention) -> bool:
        """36名联系人 are none of those before where nobody is called so."""
        role = _ROLE.search(f"{one.left[-4:]}|{one.right[:5]}") if one.quantity.base_unit == "人" else None
        return role is not None and role[0] not in self.scene.reading.flat[: one.quantity.start - _ROLE_NEAR]

    def _of_states(self, pair: Pair) -> float:
        """去年 beside no year says nothing where both are of one year all the same."""
        one, two = pair.first.quantity.time[:4], pair.second.quantity.time[:4]
        from_state = _PAST_STATES if one and one == two else 0
        grown = all(_GROWN.search(self.names.left(each)) for each in (pair.first, pair.second))
        states = zip(self.states(pair.first), self.states(pair.second), _STATES, strict=True)
        return sum(
            weight
            for at, (here, there, weight) in enumerate(states)
            if here != there and at >= from_state and not (grown and at == IS_RISE)
        )

    def are_left(self, pair: Pair) -> bool:
        """Whether both are called what is left or not yet done."""
        return self.states(pair.first)[IS_LEFT] and self.states(pair.second)[IS_LEFT]

    def _of_places(self, first: Mention, second: Mention) -> Iterator[float]:
        one, two = first.quantity, second.quantity
        said = self.names.shared(first, second)[0]
        closing = self.is_closing(second)
        yield _CLOSING * closing
        yield _LATE * self.is_late(second)
        yield _OF_REPEATS * (closing and self.is_of_repeats(second))
        yield _CONTEXT * self._are_told_again(first, second)
        yield _CONTEXT * self.share_context(first, second)
        based = _BASED.match(second.right) is not None
        yield _SAID_ABOVE * based
        yield _HEAD * self._are_headed_alike(first, second)
        yield _SAID_ABOVE * (SAID_ABOVE.search(second.gap[-12:]) is not None)
        yield _AGAIN * (len(self.same(first)) > 1)
        if any(one.sentence == second.sentence for one in self.same(first)):
            yield _BOTH_RATES if two.kind == "share" else _BOTH_SAID
        yield self.differ_openly(first, second)
        yield self._of_spans(first, second)
        if self._are_other_rates(first, second):
            yield _OTHER_RATE
        if one.unit.endswith("次") != two.unit.endswith("次"):
            yield _TIMES_AND_HEADS
        yield _IN_ROW * sum(
            one.is_like(second) and joins((second if one.index < second.index else one).gap)
            for one in self.beside(second)
        )
        if first.index in self.cells and second.index in self.cells:
            yield _IN_TABLE
        elif first.index in self.cells and first.index not in self.totals:
            yield from self._of_rows(first, second, said)
        elif first.index in self.totals and second.index not in self.cells:
            yield _OF_TOTAL
        if first.paragraph == second.paragraph and not self._is_pointed(second):
            yield _SAME_LINE
        if (
            not (closing and not self.says_year(second))
            and not based
            and one.time
            and two.time
            and one.time[:4] != two.time[:4]
            and one.time[:2] == two.time[:2]
        ):
            yield _OTHER_YEAR
        if self.are_elsewhere(first, second):
            yield _OTHER_PLACE

    def _of_sums(self, first: Mention, second: Mention) -> Iterator[float]:
        """What the figures beside the two say for and against them."""
        said = self.names.shared(first, second)[0]
        proven = self.proofs.confirm(first)
        yield _PROVEN * proven
        repaired = self.is_repaired(first, second)
        yield repaired
        if self.siblings(first, second):
            yield _SIBLINGS
        elif self.proofs.confirm(second) and not repaired and not self._is_pointed(second):
            other = proven or (self.scene.is_total(second) and said < WELL_NAMED)
            yield _OWN_SUM if other else _OWN_SUM_ONLY
        if repaired < REPAIRED:
            yield self._of_wholes(first, second)

    def are_elsewhere(self, first: Mention, second: Mention) -> bool:
        """Whether each is of a place of its own."""
        places = [_NO_PLACE.sub("", one.quantity.place) for one in (first, second)]
        return places[0] != places[1] and all(place and place[0] not in _WHOLE for place in places)

    def says_year(self, mention: Mention) -> bool:
        """Whether a year is told before it in its sentence."""
        start = self.scene.sentence_of(mention).start
        return _YEAR.search(self.scene.reading.flat, start, mention.quantity.start) is not None

    def _is_pointed(self, mention: Mention) -> bool:
        """前面的7461万元."""
        return SAID_ABOVE.search(mention.left[-6:]) is not None
