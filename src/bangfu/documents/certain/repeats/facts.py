"""What is asked of a scene's figures, each answered once: states, kinds, places, figures of one value, cells of tables."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.scene import PER, Scene
from bangfu.documents.certain.repeats.kinds import bounds_of, kinds_of
from bangfu.documents.certain.repeats.names import Names
from bangfu.documents.certain.repeats.proofs import Proofs
from bangfu.documents.certain.repeats.words import (
    ASIDE,
    BEFORE,
    CLOSING,
    LAST,
    NEED,
    NOT,
    NOW,
    OF_LAST,
    PLAN,
    RISE,
    STARTING,
    SUMMED_UP,
)
from bangfu.documents.reading.structure import Mention, base_class

STATES = (LAST, BEFORE, PER, RISE, NOT, PLAN, NEED, ASIDE)
"""Last year's, of each, the rise, what is left, what is planned: said of one figure alone they make it another."""
IS_LAST, IS_RISE, IS_LEFT, IS_PLANNED = 0, 3, 4, 5
_CELLS = re.compile(r"[\t|]|[ \u3000]{2,}|[ \u3000](?=[\d—-])|、(?=[\d—-])")
_CLAUSE_END = re.compile(r"[,;。、:\n]")
_LABEL = re.compile(r"[^\n\d一-龥]*\d{0,2}[^\n\d一-龥]*[一-龥]+")
_HAN = re.compile("[一-龥]")
_PROSE = re.compile(r"[。;,]")
_NOT_EACH = re.compile(r"高标准|标准化|达标准?|不?少于|不超过|平均海拔")
"""Words in which 标准 is no standard and 少 is no decline."""
_END = 0.75
"""From this part of the text on its figures are likely to be repeated ones."""
_OF_LEFT = (BEFORE, PER, RISE, NEED)
"""Words that bear on what follows them only."""
_RECITED, _RECITED_FROM = 2, 9
_WHOLE_NAMED = 20
"""So far before a part its whole is named."""


@dataclass
class Facts:
    """What is seen of a figure is remembered."""

    scene: Scene
    names: Names = field(init=False)
    proofs: Proofs = field(init=False)
    _kinds: dict[int, tuple[frozenset[str], ...]] = field(default_factory=dict)
    _closing: dict[int, bool] = field(default_factory=dict)
    _states: dict[int, tuple[bool, ...]] = field(default_factory=dict)
    _recitals: dict[int, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names, self.proofs = Names(self.scene), Proofs(self.scene)

    def is_closing(self, mention: Mention) -> bool:
        """Whether the words of its sentence before it look back on the text, or ahead from it."""
        if mention.index not in self._closing:
            start = self.scene.sentence_of(mention).start
            flat, line = self.scene.reading.flat, self.scene.reading.flat.rfind("\n", 0, start) + 1
            found = CLOSING.search(flat, start, mention.quantity.start)
            self._closing[mention.index] = (found or SUMMED_UP.match(flat, line)) is not None
        return self._closing[mention.index]

    def is_late(self, mention: Mention) -> bool:
        return mention.quantity.start > len(self.scene.reading.flat) * _END

    def is_back(self, mention: Mention) -> bool:
        return self.is_late(mention) or self.is_closing(mention)

    def states(self, mention: Mention) -> tuple[bool, ...]:
        if mention.index not in self._states:
            left, right = _NOT_EACH.sub("", self.names.left(mention)[-14:]), mention.right[:6]
            unsaid = {PLAN, NEED} if STARTING.search(mention.left) else set()
            unsaid |= set() if _HAN.search(mention.left) else {PER}
            found = tuple(
                pattern not in unsaid
                and bool(pattern.search(left if pattern in _OF_LEFT else f"{left}|{right}"))
                for pattern in STATES
            )
            self._states[mention.index] = (found[0] or self._is_of_last(mention), *found[1:])
        return self._states[mention.index]

    def _is_of_last(self, mention: Mention) -> bool:
        """附:上年审计项目22个,发现问题21个: all of it is last year's."""
        flat, start = self.scene.reading.flat, self.scene.sentence_of(mention).start
        begun = OF_LAST.search(flat[start : mention.quantity.start])
        return begun is not None and not NOW.search(flat, start + begun.end(), mention.quantity.start)

    def kinds(self, mention: Mention) -> tuple[frozenset[str], ...]:
        if mention.index not in self._kinds:
            flat, start = self.scene.reading.flat, mention.quantity.start
            whole = flat[max(0, start - _WHOLE_NAMED) : start] if self.scene.is_nested(mention) else ""
            right = mention.right.split("、", 1)[0][:8]
            words = f"{whole}|{self.names.left(mention)[-20:]}|{right}"
            after = _CLAUSE_END.split(
                flat[mention.quantity.end : mention.quantity.end + _WHOLE_NAMED], maxsplit=1
            )[0]
            bounds = bounds_of(self.scene.clause(mention)[-_WHOLE_NAMED:] + "|" + after)
            self._kinds[mention.index] = (*kinds_of(words), bounds)
        return self._kinds[mention.index]

    def same(self, mention: Mention) -> list[Mention]:
        """All figures of its unit and value, itself too."""
        return self._by_value[mention.quantity.base_unit, mention.quantity.base_value]

    def valued(self, unit: str, value: Decimal) -> list[Mention]:
        return self._by_value.get((unit, value), [])

    def is_recital(self, mention: Mention) -> bool:
        """Whether its sentence says again two other figures, and so looks back whatever its words."""
        if mention.sentence not in self._recitals:
            several = self.scene.sentence_of(mention).mentions
            again = [one.index for one in several if self._is_said_before(one)]
            self._recitals[mention.sentence] = frozenset(again)
        return len(self._recitals[mention.sentence] - {mention.index}) >= _RECITED

    def is_beside_repeats(self, mention: Mention) -> bool:
        """Whether a figure next to it was said before."""
        return any(self._is_said_before(one) for one in self.beside(mention))

    def _is_said_before(self, mention: Mention) -> bool:
        quantity = mention.quantity
        if quantity.kind in ("point", "times", "time") or (
            quantity.base_value <= _RECITED_FROM and quantity.kind != "share"
        ):
            return False
        return quantity.base_value != 1 and self.same(mention)[0].sentence < mention.sentence

    def beside(self, mention: Mention) -> list[Mention]:
        at = self.scene.place_of(mention)
        around = self.scene.mentions[max(0, at - 1) : at + 2]
        return [one for one in around if one is not mention and one.sentence == mention.sentence]

    def around(self, mention: Mention) -> list[Mention]:
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
    def earlier(self) -> dict[int, int]:
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
            found.setdefault(worth(one), []).append(one)
        return found

    @cached_property
    def totals(self) -> frozenset[int]:
        return frozenset(column.total for column in self.scene.reading.columns)

    def row_label(self, mention: Mention) -> str:
        """The words at the head of its line."""
        flat = self.scene.reading.flat
        start = flat.rfind("\n", 0, mention.quantity.start) + 1
        found = _LABEL.match(flat, start)
        return found[0] if found else ""

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


def worth(mention: Mention) -> tuple[str, Decimal]:
    return mention.quantity.base_unit, mention.quantity.base_value


def _index(mention: Mention) -> int:
    return mention.index
