"""What speaks for a pair of figures as part and whole of a percentage: words, order, and other figures that agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bangfu.documents.certain.shares.pairs import Pair
from bangfu.documents.certain.shares.said import CLAUSE, NOT_HAN
from bangfu.documents.certain.shares.wholes import Wholes
from bangfu.documents.certain.shares.words import Asked, pairs_of
from bangfu.documents.reading.structure import Mention

_POPULATION = re.compile(r"人口|农业|农村|总|应|辖|全[县镇乡村市]")
_PLACE = re.compile(r"(?![全我本该各每农]|乡村)[一-龥]{1,3}(?:乡|镇|村|县|社区|街道)")
_ALIKE = 2.0


_SOME, _TAIL = 2, 3


def _says(name: str, words: str) -> bool:
    """不合格 is not 合格."""
    at = words.rfind(name)
    return at >= 0 and words[at - 1 : at] not in ("不", "未", "没", "非", "无")


@lru_cache(maxsize=1_000)
def _place_in(words: str) -> re.Match[str] | None:
    return _PLACE.match(words)


@dataclass
class Weighing(Wholes):
    """Points for and against a pair; a pair with few is no reading of the words."""

    def points(self, one: Asked, pair: Pair) -> float:
        return sum(self._points(one, pair))

    def _points(self, one: Asked, pair: Pair) -> Iterator[float]:
        siblings = self._siblings(one, pair)
        yield siblings
        if one.form == "bare" and not siblings:
            yield -1.5
        if self.is_strange(one, pair):
            yield -4.0
        if one.share.quantity.base_value == 1:
            yield -2.0
        yield self.of_part(one, pair.part)
        yield from self._of_whole(one, pair, told_alike=siblings > _ALIKE)
        yield from self._of_both(one, pair)
        if self._both_follow(one, pair):
            yield 4.5
        if pair.whole.gap == "/" and pair.part.index + 1 == pair.whole.index == one.share.index - 1:
            yield 6.0
        if one.form == "rate":
            yield from self._of_rate(one, pair, told_alike=siblings > _ALIKE)
        if (place := _place_in(one.subject or one.name)) is not None:
            start = pair.part.quantity.start
            yield 0.0 if place[0] in self.scene.reading.flat[max(0, start - 40) : start + 16] else -3.0
            if one.form == "bare":
                yield 2.0 if pair.part.sentence == pair.whole.sentence else -3.0
        if self._rest_stands(one, pair):
            yield 2.5 if self.is_near(one, pair.part) else 0.5
        elif self._row_adds_up(pair):
            yield 2.0

    def _both_follow(self, one: Asked, pair: Pair) -> bool:
        """入住率仅52%,1640张床位入住918人."""
        if one.form != "rate" or pair.part.index != pair.whole.index + 1:
            return False
        after = self.scene.after(one.share)[:2]
        return (
            len(after) > 1
            and after[0] is pair.whole
            and after[1] is pair.part
            and after[0].gap.startswith((",", "("))
            and not CLAUSE.search(after[1].gap)
        )

    def is_strange(self, one: Asked, pair: Pair) -> bool:
        return any(self.is_of_strange_row(one, figure) for figure in (pair.part, pair.whole))

    def fellows_of(self, one: Asked, pair: Pair) -> int:
        """How many other shares, put alike, come out with the same whole or in the same columns."""
        return sum(
            self._put_alike(one, index)
            and other.part is not pair.part
            and (
                other.whole is pair.whole
                or (
                    self.scene.mentions[0] is not other.whole
                    and index - other.part.index == one.share.index - pair.part.index
                    and index - other.whole.index == one.share.index - pair.whole.index
                    and one.form == "bare"
                )
            )
            for index, other in self._company_of(one.share)
        )

    def name_of_whole(self, one: Asked, pair: Pair) -> str:
        """What the words call the whole; empty where they do not name it."""
        if one.basis or (one.name and one.form in ("of", "task")):
            return one.basis or one.name
        return self.set_by_rate(one, pair) or self.named_among(pair.part)

    def is_of_unknown(self, one: Asked, pair: Pair) -> bool:
        """占当年地方财力增量的: of something that the text never tells."""
        name = one.whole_name
        if (
            self.is_told_alike(one, pair)
            or one.is_generic
            or not pairs_of(name)
            or self._named_whole(one.head) is not None
        ):
            return False
        return (
            self._by_name(name, pair.whole) < 0
            and self._by_other_share(one, pair.whole) + self._by_rate(name, pair.whole) <= 0
        )

    def value_of_name(self, name: str, whole: Mention) -> float:
        return self._by_name(name, whole) + self._by_rate(name, whole)

    def is_of_same_thing(self, coming: Pair, meant: Pair, name: str) -> bool:
        """经营性资产收益 is of 经营性资产's 原值, though 原值 alone is written with the whole of all."""
        shared = pairs_of(self._words(coming.part)) & pairs_of(self._words(coming.whole))
        own = shared - pairs_of(self._words(meant.whole)) - pairs_of(name)
        return len(own) >= _SOME

    def is_without_whole(self, one: Asked) -> bool:
        """The shares of a list none of which comes out are of something that the text does not say."""
        if one.form not in ("of", "bare") or not one.is_generic:
            return False
        fellows = [
            other.share.index
            for other in self.asked.values()
            if other.share.sentence == one.share.sentence
            and other.share is not one.share
            and other.form in ("of", "bare")
            and other.is_generic
        ]
        return len(fellows) >= _SOME and not any(index in self.held for index in (*fellows, one.share.index))

    def is_plain(self, one: Asked, part: Mention) -> bool:
        """培训后就业216人,就业率40%: the figure just before bears the name of the rate."""
        return one.form == "rate" and part.index + 1 == one.head.index and _says(one.name[-2:], part.left)

    def is_told_alike(self, one: Asked, pair: Pair) -> bool:
        return self._siblings(one, pair) > _ALIKE

    def _are_called_alike(self, pair: Pair) -> bool:
        """小学在校生2400人;初中在校生1600人: each the whole of a rate of its own."""
        part, whole = (NOT_HAN.sub("", one.left)[-_TAIL:] for one in (pair.part, pair.whole))
        return len(part) == _TAIL and part == whole and pair.part.sentence == pair.whole.sentence

    def _of_rate(self, one: Asked, pair: Pair, *, told_alike: bool) -> Iterator[float]:
        """办结率 is of what was 办结: its name stands with the part, or at least with the whole."""
        if self._bears_name(one, pair.part):
            yield 1.0
            return
        if pair.part.segment != pair.whole.segment and self._are_called_alike(pair):
            yield -6.0
        if told_alike:
            return
        if one.name.endswith("发生") and not _POPULATION.search(self._words(pair.whole)):
            yield -2.0
        together = pair.part.sentence == pair.whole.sentence == one.head.sentence
        nearest = together and not self._between(pair.part, one.head)
        yield 0.0 if self._bears_name(one, pair.whole) else -0.8 if nearest else -1.2
        here = self.scene.sentence_of(one.head).mentions
        if any(
            pair.part.index < other.index < one.head.index and other.quantity.kind == "share"
            for other in here
        ):
            yield -1.5
