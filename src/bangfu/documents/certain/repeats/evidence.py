"""What the surroundings of two figures say of their being one: sums, wholes, rows, neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.mistyped import digits, retyped
from bangfu.documents.certain.repeats.facts import IS_LAST, IS_PLANNED, Facts, worth
from bangfu.documents.certain.repeats.names import pairs_of
from bangfu.documents.certain.repeats.words import RATE, RISE, SAID_ABOVE
from bangfu.documents.reading.structure import Mention

_APART = re.compile(r"中|有|占|以上|上述|均|每|[::]")
_SHORT = 7
WELL_NAMED = 2.5
_DIFFERENCE_SAID = -12.0
REPAIRED, _REPAIRED_SHORT, _LONG = 3.0, 1.0, 100
_NO_HEAD = re.compile(r"[总为共计约达是的已]")
_MEASURE = re.compile(r"(?:[价款额费分值量程率]|[保股租奖补罚]金|投资|资产|收入|产值|支出)$")
_TELLING = 9
_OTHER_ROW = -6.0
_OF_CELL = -1.5
_OTHER_WHOLE, _OTHER_SPAN, _SPAN = -4.5, -6.0, 16
_SO_FAR = re.compile(r"累计|历年来?|至今|以来|先后")
_OF_YEAR = re.compile(r"全年|今年|本年|当年|年内|本[月季]|当月|上半年|20\d\d年")
_BOTH = re.compile(r"[、和及与]|[两三四五六]者|两[类项笔]")
_OPEN = -6.0
_FINE = Decimal("0.01")
"""A share in tenths fits too many figures."""


class Evidence(Facts):
    """Asked of pairs of a scene."""

    def _of_rows(self, first: Mention, second: Mention, said: float) -> Iterator[float]:
        """A cell is told again only with the name of its row."""
        row = pairs_of(self.row_label(first))
        words = self.scene.reading.flat[self.scene.sentence_of(second).start : second.quantity.start]
        if row and row.isdisjoint(pairs_of(words + second.right[:8])):
            yield _OTHER_ROW
        elif said < WELL_NAMED:
            yield _OF_CELL

    def share_context(self, first: Mention, second: Mention) -> bool:
        """Whether another figure stands with both: 38户就是11.4万元 above, 38户,121人,今年11.1万元 below."""
        if self.states(first)[IS_PLANNED] != self.states(second)[IS_PLANNED]:
            return False
        known = {worth(one) for one in self.around(first) if one.quantity.base_value > 9}
        return any(worth(one) in known for one in self.around(second) if not one.is_like(second))

    def _are_told_again(self, first: Mention, second: Mention) -> bool:
        """Whether two more figures of its list are those of the earlier paragraph."""
        if self.states(first)[IS_PLANNED] != self.states(second)[IS_PLANNED]:
            return False
        others = [one for one in self.scene.sentence_of(second).mentions if one is not second]
        again = {
            worth(one)
            for one in others
            if one.quantity.base_value > _TELLING
            and any(twin.paragraph == first.paragraph for twin in self.same(one))
        }
        return first.paragraph != second.paragraph and len(again) > 1

    def _are_headed_alike(self, first: Mention, second: Mention) -> bool:
        """合同价 above, 本合同总价 below."""
        one, two = (_NO_HEAD.sub("", self.names.left(each))[-3:] for each in (first, second))
        return len(one) == 3 and one == two and _MEASURE.search(one) is not None

    def is_repaired(self, first: Mention, second: Mention) -> float:
        """What the arithmetic around one of the two says for it: with the other's number it comes out, with its own not."""
        one, two, proofs = first.quantity, second.quantity, self.proofs
        if first.sentence == second.sentence or self.same(second)[0] is not second:
            return 0.0
        if not (retyped(two, one.base_value) or retyped(one, two.base_value)):
            return 0.0
        if not any(
            proofs.confirms(wrong, right.quantity.base_value) and not proofs.confirm(wrong)
            for wrong, right in ((first, second), (second, first))
        ):
            return 0.0
        return REPAIRED if min(one.value, two.value) >= _LONG or digits(two) > 2 else _REPAIRED_SHORT

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

    def _adds_to(self, near: Mention, first: Mention) -> bool:
        """红事14场、白事9场,共23场: the 9 are in the 23 already."""
        rest = first.quantity.base_value - near.quantity.base_value
        return any(one.is_like(first) and one.quantity.base_value == rest for one in self.around(first))

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

    def differ_openly(self, first: Mention, second: Mention) -> float:
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
            elif (
                near.is_like(second)
                and quantity.base_value + one == two
                and self._is_of_both(second)
                and not self._adds_to(near, first)
            ):
                return _OPEN
            ratios = (two / one, one / two, apart / one) if one and two else ()
            if (
                quantity.kind == "share"
                and quantity.is_exact
                and quantity.step <= _FINE
                and any(quantity.states(ratio) for ratio in ratios if ratio)
                and not self._is_share_of_others(near, first)
            ):
                return _OPEN
        return 0.0


def joins(gap: str) -> bool:
    """Whether the two stand in one row: 种植基地12个,养殖基地6个."""
    return "、" in gap or (len(gap) < _SHORT and "," in gap and not _APART.search(gap))
