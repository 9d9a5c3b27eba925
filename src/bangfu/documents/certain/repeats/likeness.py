"""How much speaks for two figures being one said twice: their words, their neighbours, their places, and the odds of chance."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_LEFT, IS_PLANNED, IS_RISE, Facts, worth
from bangfu.documents.certain.repeats.kinds import conflicts
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.slips import Pair, agree
from bangfu.documents.certain.repeats.words import RATE, RISE, SAID_ABOVE
from bangfu.documents.reading.structure import Mention

_WHOLE = tuple("全我本该")
_APART = re.compile(r"中|有|占|以上|上述|均|每|[::]")
_ROLE = re.compile(r"联系人|责任人|负责人|代表|评委|专家|[^学成社人党会]员(?![工额])|干部|教师|医[生师]|律师")
_PERSON = re.compile(r"[一-龥]某")
_OTHER_PERSON = -6.0
_OTHER_ROLE, _ROLE_NEAR = -2.5, 4
_GROWN = re.compile(r"新增|净增|增加|增长")
_SHORT = 7
_CLOSING, _LATE, _PROVEN, _AGAIN = 1.0, 1.0, 1.0, 1.0
_SAID_ABOVE, _OWN_SUM_ONLY = 1.5, -2.5
_SIBLINGS, _OWN_SUM, _TWIN, _TWIN_ELSEWHERE = 3.5, -5.0, -5.0, -1.5
_NAMELESS, _NAMELESS_AMID, _SAYS_LITTLE = -0.8, -2.0, 0.8
_WELL_NAMED = 2.5
_DIFFERENCE_SAID = -12.0
_REPAIRED, _REPAIRED_SHORT, _OF_REPEATS = 3.0, 1.0, 1.5
_CONTEXT, _HEAD, _LONG = 1.5, 1.0, 100
_BASED = re.compile(r"[^,。;]{0,8}(?:成果|基础上|的基础|成效|成绩)")
"""巩固改厕412户的成果: what is done, whatever year is spoken of."""
YEAR = re.compile(r"(?:19|20)\d\d年|[去今明上前]年")
_NO_PLACE = re.compile(r"^(?:当|本|今|上|下|年|月)+")
_NO_HEAD = re.compile(r"[总为共计约达是的已]")
_MEASURE = re.compile(r"(?:[价款额费分值量程率]|[保股租奖补罚]金|投资|资产|收入|产值|支出)$")
_OTHER_ROW = -6.0
_OF_CELL, _OF_TOTAL, _ROUNDED = -1.5, 1.3, -20.0
_ALL_PLACES = (
    _CLOSING + _LATE + _PROVEN + _AGAIN + _SAID_ABOVE + _SIBLINGS + _REPAIRED + _OF_REPEATS + _OF_TOTAL + 4.0
)
_OTHER_WHOLE, _OTHER_SPAN, _SPAN = -4.5, -6.0, 16
_OTHER_RATE, _TIMES_AND_HEADS = -4.0, -2.0
_SO_FAR = re.compile(r"累计|历年来?|至今|以来|先后")
_OF_YEAR = re.compile(r"全年|今年|本年|当年|年内|本[月季]|当月|上半年|20\d\d年")
_BOTH = re.compile(r"[、和及与]|[两三四五六]者|两[类项笔]")
_OPEN, _IN_TABLE, _SAME_LINE, _IN_ROW = -6.0, -20.0, -3.5, -1.0
_OTHER_KIND = -10.0
_BOTH_LEFT, _PAST_STATES = 1.0, 2
_OTHER_YEAR, _OTHER_PLACE = -2.0, -12.0
_STATES = (-3.0, -9.0, -3.0, -3.0, -1.5, -1.0, -3.0, -3.0)
"""What each of `STATES` says against two figures being one, where it is said of one alone."""


class Likeness(Facts):
    """Weighs pairs of a scene; what is seen of a figure is remembered."""

    def rarity(self, pair: Pair) -> float:
        """How unlikely chance brings such a slip among the figures before."""
        return -math.log(pair.chance * max(self.earlier[pair.second.index], 1))

    def of(self, pair: Pair, needed: float = -_ALL_PLACES) -> float:
        """Positive where more speaks for one figure than against it; where `needed` is out of reach no more is looked at."""
        if agree(pair.first.quantity, pair.second.quantity):
            return _ROUNDED
        score = self._of_words(pair)
        if score + _ALL_PLACES < needed:
            return score + _ROUNDED
        return score + sum(self._of_places(pair.first, pair.second))

    def _of_words(self, pair: Pair) -> float:
        said, part = self.names.shared(pair.first, pair.second)
        score = min(said, 6) * 0.5 + min(part, 1) * 1.5
        score += self._of_states(pair)
        if self.are_left(pair):
            score += _BOTH_LEFT
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
        proven = self.proofs.confirm(first)
        yield _PROVEN * proven
        yield _OF_REPEATS * (closing and self.is_of_repeats(second))
        yield _CONTEXT * self._share_context(first, second)
        based = _BASED.match(second.right) is not None
        yield _SAID_ABOVE * based
        yield _HEAD * self._are_headed_alike(first, second)
        yield _SAID_ABOVE * (SAID_ABOVE.search(second.gap[-12:]) is not None)
        yield _AGAIN * (len(self.same(first)) > 1)
        repaired = self.is_repaired(first, second)
        yield repaired
        if self.siblings(first, second):
            yield _SIBLINGS
        elif self.proofs.confirm(second) and not repaired:
            other = proven or (self.scene.is_total(second) and said < _WELL_NAMED)
            yield _OWN_SUM if other else _OWN_SUM_ONLY
        yield self._differ_openly(first, second)
        if repaired < _REPAIRED:
            yield self._of_wholes(first, second)
        yield self._of_spans(first, second)
        if self._are_other_rates(first, second):
            yield _OTHER_RATE
        if one.unit.endswith("次") != two.unit.endswith("次"):
            yield _TIMES_AND_HEADS
        yield _IN_ROW * sum(
            one.is_like(second) and _joins((second if one.index < second.index else one).gap)
            for one in self.beside(second)
        )
        if first.index in self.cells and second.index in self.cells:
            yield _IN_TABLE
        elif first.index in self.cells and first.index not in self.totals:
            yield from self._of_rows(first, second, said)
        elif first.index in self.totals and second.index not in self.cells:
            yield _OF_TOTAL
        if first.paragraph == second.paragraph:
            yield _SAME_LINE
        if (
            not (closing and not YEAR.search(self.scene.sentence_words(second)))
            and not based
            and one.time
            and two.time
            and one.time[:4] != two.time[:4]
            and one.time[:2] == two.time[:2]
        ):
            yield _OTHER_YEAR
        places = [_NO_PLACE.sub("", place) for place in (one.place, two.place)]
        if places[0] != places[1] and all(place and place[0] not in _WHOLE for place in places):
            yield _OTHER_PLACE

    def _of_rows(self, first: Mention, second: Mention, said: float) -> Iterator[float]:
        """A cell is told again only with the name of its row."""
        row = pairs_of(self.row_label(first))
        words = self.scene.reading.flat[self.scene.sentence_of(second).start : second.quantity.start]
        if row and row.isdisjoint(pairs_of(words + second.right[:8])):
            yield _OTHER_ROW
        elif said < _WELL_NAMED:
            yield _OF_CELL

    def _share_context(self, first: Mention, second: Mention) -> float:
        """How far other figures stand with both: 38户就是11.4万元 above, 38户,121人,今年11.1万元 below."""
        if self.states(first)[IS_PLANNED] != self.states(second)[IS_PLANNED]:
            return 0.0
        known = {worth(one) for one in self.around(first) if one.quantity.base_value > 9}
        said = {worth(one) for one in self.around(second) if not one.is_like(second)} & known
        return 1.0 if said else 0.0

    def _are_headed_alike(self, first: Mention, second: Mention) -> bool:
        """合同价 above, 本合同总价 below."""
        one, two = (_NO_HEAD.sub("", self.names.left(each))[-3:] for each in (first, second))
        return len(one) == 3 and one == two and _MEASURE.search(one) is not None

    def is_repaired(self, first: Mention, second: Mention) -> float:
        """What the arithmetic around one of the two says for it: with the other's number it comes out, with its own not."""
        one, two, proofs = first.quantity, second.quantity, self.proofs
        if first.sentence == second.sentence or self.same(second)[0] is not second:
            return 0.0
        if not (
            retyped(two, one.base_value) or retyped(one, two.base_value)
        ):
            return 0.0
        if not any(
            proofs.confirms(wrong, right.quantity.base_value) and not proofs.confirm(wrong)
            for wrong, right in ((first, second), (second, first))
        ):
            return 0.0
        return _REPAIRED if min(one.value, two.value) >= _LONG or digits(two) > 2 else _REPAIRED_SHORT

    def is_of_repeats(self, mention: Mention) -> bool:
        """Whether it alone of three or more figures of a summary was not said before."""
        several = [one for one in self.scene.sentence_of(mention).mentions if one is not mention]
        return len(several) > 1 and all(self._is_said_before(one) for one in several)

    def _is_of_both(self, mention: Mention) -> bool:
        """Whether it is said of more than one: 边缘户、监测户共55户."""
        return self.scene.is_total(mention) or _BOTH.search(self.scene.clause(mention)[-_SPAN:]) is not None

    def _of_wholes(self, first: Mention, second: Mention) -> float:
        """A part that is named with its whole is none of what was said without that."""
        scene = self.scene
        if not scene.is_nested(second) or SAID_ABOVE.search(second.left):
            return 0.0
        if scene.is_nested(first):
            wholes = (one for one in self.same(first) if one.paragraph == second.paragraph)
            return _OTHER_WHOLE if any(not scene.is_nested(one) for one in wholes) else 0.0
        wholes = (
            one for one in reversed(scene.before(second)) if one.is_like(second) and not scene.is_nested(one)
        )
        whole = next(wholes, None)
        if whole is not None and any(one.paragraph == first.paragraph for one in self.same(whole)):
            return 0.0
        return _OTHER_WHOLE

    def _are_other_rates(self, first: Mention, second: Mention) -> bool:
        """开工率 and 完工率."""
        if second.quantity.kind != "share":
            return False
        one, two = RATE.search(self.names.left(first)), RATE.search(self.names.left(second))
        return (
            one is not None
            and two is not None
            and {one[1][-3:], one[1][-2:]}.isdisjoint({two[1][-3:], two[1][-2:]})
        )

    def _of_spans(self, first: Mention, second: Mention) -> float:
        """累计 is more than the year's."""
        if second.quantity.base_value <= first.quantity.base_value or not _SO_FAR.search(second.gap[-_SPAN:]):
            return 0.0
        scene = self.scene
        if _OF_YEAR.search(scene.sentence_words(second)) or not _OF_YEAR.search(scene.sentence_words(first)):
            return 0.0
        return 0.0 if _SO_FAR.search(first.gap[-_SPAN:]) else _OTHER_SPAN

    def has_twin(self, second: Mention, said: float) -> bool:
        """Whether it says again another earlier figure of much the same name, one of now."""
        return any(
            twin.index < second.index
            and twin.sentence != second.sentence
            and not self.states(twin)[IS_LAST]
            and self.names.shared(twin, second)[0] >= said * 0.7
            for twin in self.same(second)
        )

    def siblings(self, first: Mention, second: Mention) -> bool:
        """Whether a neighbour of both says the same: 41户、140人 and 41户、104人."""
        known = {worth(one) for one in self.beside(second) if one.quantity.base_value > 9}
        return any(worth(one) in known and self._are_one_pair(one, first) for one in self.beside(first))

    def _are_one_pair(self, one: Mention, other: Mention) -> bool:
        """签约20个,开工18个 are two of one list, 41户,140人 one group said in two ways."""
        return not one.is_like(other) or (one.left[-2:] == other.left[-2:])

    def _is_share_of_others(self, share: Mention, first: Mention) -> bool:
        """建成148所,覆盖185个村的80%: the share joins the earlier figure with one beside it."""
        number = first.quantity.base_value
        beside = (one.quantity.base_value for one in self.around(share) if one.sentence == first.sentence)
        return share.sentence == first.sentence and any(
            share.quantity.states(number / other) or share.quantity.states(other / number)
            for other in beside
            if other not in (number, share.quantity.base_value, 0) and number
        )

    def _differ_openly(self, first: Mention, second: Mention) -> float:
        """Whether the text says beside the later one by how much, or to which part, the two differ."""
        one, two = first.quantity.base_value, second.quantity.base_value
        apart = abs(one - two)
        for near in (*self.around(first), *self.around(second)):
            quantity = near.quantity
            if near.sentence == second.sentence and near.is_like(second):
                if quantity.base_value == apart and RISE.search(near.left):
                    return _DIFFERENCE_SAID
                if quantity.base_value in (apart, one + two):
                    return _OPEN
            elif near.is_like(second) and quantity.base_value + one == two and self._is_of_both(second):
                return _OPEN
            ratios = (two / one, one / two, apart / one) if one and two else ()
            if (
                quantity.kind == "share"
                and quantity.is_exact
                and any(quantity.states(ratio) for ratio in ratios if ratio)
                and not self._is_share_of_others(near, first)
            ):
                return _OPEN
        return 0.0


def _joins(gap: str) -> bool:
    """Whether the two stand in one row: 种植基地12个,养殖基地6个."""
    return "、" in gap or (len(gap) < _SHORT and "," in gap and not _APART.search(gap))
