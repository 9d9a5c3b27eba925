"""How the figures about a pair stand to it: other shares of the same whole, what is left, the row that adds up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.certain.shares.pairs import NO_PARTS, Pair, same_unit
from bangfu.documents.certain.shares.said import BORNE, Said
from bangfu.documents.certain.shares.stems import stem_of
from bangfu.documents.certain.shares.words import Asked, is_general
from bangfu.documents.reading.structure import Mention

LEFT_OVER = re.compile(
    r"未|不|没|无|尚|待|剩|(?<!盈)余(?!额)|欠|缺|差(?!额)|其余|其他|结转|沉淀|滞留|另|个人|自付|自筹"
)
QUOTED = re.compile(r"[“\"「][^”\"」]*[”\"」]")
_SMALL = 20
_ROW = 6
_TAKEN, _CALLED = -3.0, 12
_PASSED = NO_PARTS | {"time"}


@dataclass
class Company(Said):
    """What was found of the other percentages, by index: how they are put, and the pair each comes out with."""

    held: Mapping[int, Pair] = field(default_factory=dict)
    asked: Mapping[int, Asked] = field(default_factory=dict)
    parts: dict[tuple[int, int], float] = field(default_factory=dict)
    sums: dict[tuple[int, int], bool] = field(default_factory=dict)
    company: dict[int, list[tuple[int, Pair]]] = field(default_factory=dict)

    called: dict[str, list[tuple[Mention, Decimal]]] = field(default_factory=dict)
    """What the shares that come out call a figure: the share and the value of the figure."""
    rated: list[tuple[str, Mention]] = field(default_factory=list)
    """配套149家,配套率95.5%: what the rates that come out call the figure before them."""

    def hold(self, held: Mapping[int, Pair]) -> None:
        """The pairs that the percentages come out with, once they are known."""
        self.held = held
        self.company.clear()
        self.called.clear()
        self.rated.clear()
        for index, pair in held.items():
            one = self.asked[index]
            if one.form == "rate" and pair.part.index + 1 == one.head.index and (stem := stem_of(one.name)):
                self.rated.append((stem, pair.part))
            for name, figure in ((one.whole_name, pair.whole), (one.subject, pair.part)):
                sure = one.form != "taken" or (len(name) > 1 and self._shared(name, figure) >= BORNE)
                if len(name) > 1 and sure and not is_general(name):
                    value = figure.quantity.base_value
                    self.called.setdefault(name, []).append((one.share, value))

    def _by_rate(self, name: str, whole: Mention) -> float:
        """占已配套的, where a rate before says which were 配套."""
        stem = stem_of(name)
        if not stem or not self.rated or self._bearers(name):
            return 0.0
        known = [
            one
            for said, one in self.rated
            if stem.endswith(said) and same_unit(one, whole) and abs(one.index - whole.index) <= _CALLED
        ]
        if not known:
            return 0.0
        values = {one.quantity.base_value for one in known}
        return 2.0 if whole.quantity.base_value in values else -2.0

    def _by_other_share(self, one: Asked, whole: Mention) -> float:
        """占审定价90%, and 按审定价的3%: the whole that a share about has by the same name."""
        name = one.whole_name
        if len(name) < 2 or not self.called:
            return 0.0
        known = [
            (share, value)
            for other, said in self.called.items()
            if other.endswith(name)
            for share, value in said
            if share is not one.share
        ]
        if not known:
            return 0.0
        here = [value for share, value in known if share.paragraph == one.share.paragraph]
        if whole.quantity.base_value in here:
            return 2.0
        if here:
            return -2.0
        return 1.5 if any(value == whole.quantity.base_value for _, value in known) else 0.0

    def _siblings(self, one: Asked, pair: Pair) -> float:
        """Other shares about that come out with the same whole, or with a pair placed in the same way."""
        part, whole, share = pair.part, pair.whole, one.share
        best, others = 0.0, 0
        for index, other in self._company_of(share):
            same_way = index - other.part.index == share.index - part.index
            alike = self._put_alike(one, index)
            if other.whole is whole and other.part is part and not self._says_same(one, index):
                return _TAKEN
            if other.whole is whole and other.part is not part:
                if other.ratio > 1 or self._strays(index, other, pair, share):
                    continue
                best = max(best, (3.0 if same_way else 1.8) if alike else 0.8)
                others += alike
            elif (
                same_way
                and alike
                and index - other.whole.index == share.index - whole.index
                and abs(share.index - whole.index) <= _ROW
                and (one.form != "of" or whole.paragraph == share.paragraph)
            ):
                best = max(best, 3.0)
        return best + 0.4 * min(max(others - 1, 0), 3)

    def _company_of(self, share: Mention) -> list[tuple[int, Pair]]:
        if share.index not in self.company:
            near = range(share.index - 12, share.index + 13)
            self.company[share.index] = [
                (index, self.held[index]) for index in near if index in self.held and index != share.index
            ]
        return self.company[share.index]

    def _says_same(self, one: Asked, index: int) -> bool:
        other = self.scene.reading.quantities[index]
        return other.base_value == one.share.quantity.base_value or abs(index - one.share.index) > _ROW

    def _strays(self, index: int, other: Pair, pair: Pair, share: Mention) -> bool:
        """A whole that stands in the line of the other share is the whole of that line."""
        line = self.asked[index].share.paragraph
        return other.whole.paragraph == line and pair.whole.paragraph != share.paragraph

    def _put_alike(self, one: Asked, index: int) -> bool:
        """Two shares put in the same way; two rates only where they are called the same."""
        other = self.asked.get(index)
        if other is None or other.form != one.form:
            return other is not None and {other.form, one.form} <= {"of", "bare"}
        return one.form != "rate" or one.name[-2:] == other.name[-2:]

    def _rest_stands(self, one: Asked, pair: Pair) -> bool:
        """应办27件,已办25件,办结率92.6%,还有2件: what is left confirms part and whole."""
        part, whole = pair.part.quantity, pair.whole.quantity
        rest = whole.base_value - part.base_value
        if rest <= 0 or not same_unit(pair.part, pair.whole):
            return False
        at = self.scene.place_of(one.share)
        around = self.scene.mentions[max(0, at - 6) : at + 6]
        return any(
            other.quantity.base_unit == part.base_unit
            and other is not pair.part
            and other is not pair.whole
            and abs(other.quantity.base_value - rest) <= other.quantity.step / 2
            and other.quantity.kind not in NO_PARTS
            and (rest > _SMALL or bool(LEFT_OVER.search(other.left)))
            for other in around
        )

    def _row_adds_up(self, pair: Pair) -> bool:
        """Whether the part is one of the items after the whole (or before it) that add up to it."""
        key = pair.part.index, pair.whole.index
        if key not in self.sums:
            self.sums[key] = same_unit(pair.part, pair.whole) and self._adds_up(pair.part, pair.whole)
        return self.sums[key]

    def _adds_up(self, part: Mention, whole: Mention) -> bool:
        at, to = self.scene.place_of(whole), self.scene.place_of(part)
        if abs(at - to) > 40:
            return False
        step = 1 if to > at else -1
        amount, count, seen = Decimal(0), 0, False
        for place in range(at + step, to + step * 16, step):
            if not 0 <= place < len(self.scene.mentions):
                return False
            other = self.scene.mentions[place]
            if not same_unit(other, part) or not can_add(other):
                continue
            amount, count, seen = amount + other.quantity.base_value, count + 1, seen or other is part
            if amount > whole.quantity.base_value:
                return False
            if amount == whole.quantity.base_value:
                return seen and count > 1
        return False

    def _are_fellows(self, part: Mention, whole: Mention) -> bool:
        """集中供养336人,分散供养872人 of 1208人 before: two that make up a third are no part of each other."""
        at = self.scene.place_of(part)
        amount = part.quantity.base_value + whole.quantity.base_value
        return same_unit(part, whole) and any(
            same_unit(other, part) and other.quantity.base_value == amount
            for other in self.scene.mentions[max(0, at - 8) : at]
        )

    def _like_before(self, part: Mention, whole: Mention) -> int:
        """How many quantities of the unit, as great as the part, stand between the two: each may be the whole."""
        low, high = sorted((part.index, whole.index))
        at = self.scene.place_of(part if part.index < whole.index else whole)
        between = self.scene.mentions[at + 1 : at + high - low]
        return sum(
            same_unit(other, part)
            and can_add(other)
            and other.quantity.base_value >= part.quantity.base_value
            for other in between
        )

    def _between(self, first: Mention, second: Mention) -> int:
        """How many figures stand between that are not told of the same thing, nor its items."""
        here, mates = self.scene.sentence_of(second).mentions, self.scene.group_of[first.index].mentions
        between = [
            other
            for other in here
            if first.index < other.index < second.index
            and other.quantity.kind not in _PASSED
            and other not in mates
        ]
        items = [other.quantity.base_value for other in between if same_unit(other, first)]
        if len(items) > 1 and sum(items) == first.quantity.base_value:
            return len(between) - len(items)
        return len(between)

    def _is_aligned(self, one: Asked, part: Mention) -> bool:
        """甲、乙、丙分别为3户、2户、1户,占50%、33.3%、16.7%: the second share is of the second figure."""
        before = [
            other
            for other in self.scene.before(one.head)
            if same_unit(other, part) and other.quantity.kind not in NO_PARTS
        ][-one.length :]
        return len(before) == one.length and before[one.place] is part
