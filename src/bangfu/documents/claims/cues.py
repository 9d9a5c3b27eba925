"""What speaks for a reading: words about a quantity, and how two quantities stand to each other, as short names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from bangfu.documents.arithmetic.scene import AMONG, CHANGE, PER, Scene, can_add
from bangfu.documents.reading.structure import Mention

T = TypeVar("T")
_HAN = re.compile("[一-龥]")
_NOT_NAMES = re.compile(
    r"其中|分别|共计|合计|总计|累计|一共|达到|截至|目前|以上|我[县镇乡村市]|全[县镇乡村市省]|本[县镇乡村]|[已均共约达为有的了等占和与及各]|20\d\d|\d"
)

DUE = re.compile(
    r"应|计划|任务|目标|下达|预算|核定|拟|排查|发现|摸排|受理|收到|交办|反馈|申请|申报|可|到位|安排|抽查|检测|发放|报名|到期|需"
)
DONE = re.compile(
    r"已|实|完成|落实|签|通过|整改|办结|拨付|支付|支出|回收|收回|就业|安置|参加|享受|救治|验收|销号|竣工|完工|开工|偿还|还款|取得|取证|参保|使用|报账|兑现|解决|脱贫|合格|达标|有效|化解|建成|到位|消除|批准|批复|获批"
)
NOT = re.compile(r"未|不|没|无|尚|待|剩|余|欠|缺|差|在建|正在|空置|闲置|其余|结转|沉淀|滞留")
LAST = re.compile(r"上年|去年|同期|上月|上季|上期|年初|期初|原|20\d\d年|上半年|前年|环比|历史")
NOW = re.compile(r"今年|本年|本月|本期|当年|现|目前|截至|20\d\d年")
TOTAL = re.compile(r"合计|总计|共计|总共|一共|总和|共|累计|总|全年|全部|计")


@lru_cache(maxsize=20_000)
def names(words: str) -> frozenset[str]:
    """The pairs of neighbouring signs of the words that name something."""
    kept = _NOT_NAMES.sub(" ", words)
    return frozenset(
        kept[at : at + 2] for at in range(len(kept) - 1) if _HAN.match(kept[at]) and _HAN.match(kept[at + 1])
    )


def overlap(one: frozenset[str], other: frozenset[str]) -> str:
    """none, some or most of the smaller name stands in the other; empty where there is nothing to compare."""
    if not one or not other:
        return "empty"
    shared = len(one & other)
    if not shared:
        return "none"
    return "most" if shared * 2 >= min(len(one), len(other)) else "some"


def bucket(number: int, limits: Sequence[int] = (0, 1, 2, 4, 8, 16)) -> str:
    at = bisect_left(limits, number)
    return str(limits[at]) if at < len(limits) else "more"


_MARKS = (
    ("line", "\n"),
    ("stop", "。!?"),
    ("semicolon", ";"),
    ("colon", ":"),
    ("bracket", "()"),
    ("comma", ","),
    ("and", "、"),
)


@dataclass(frozen=True)
class Sight:
    """A scene as the finders of claims look at it; what is seen once is remembered."""

    scene: Scene
    _words: dict[int, str] = field(default_factory=dict)
    _states: dict[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)
    _pairs: dict[tuple[int, int, str], tuple[str, ...]] = field(default_factory=dict)
    _marks: dict[tuple[int, int], str] = field(default_factory=dict)
    _seen: dict[str, Any] = field(default_factory=lambda: defaultdict(dict))

    def remember(self, what: str, mention: Mention, find: Callable[[Sight, Mention], T]) -> T:
        """What is found of a mention once need not be found again."""
        known: dict[int, T] = self._seen[what]
        index = mention.index
        if index not in known:
            known[index] = find(self, mention)
        return known[index]

    def is_total(self, mention: Mention) -> bool:
        return bool(self.scene.total_word(mention))

    def can_add(self, mention: Mention) -> bool:
        return mention.index in self._addable

    @cached_property
    def _addable(self) -> frozenset[int]:
        return frozenset(one.index for one in self.scene.mentions if can_add(one))

    def words(self, mention: Mention) -> str:
        """What is said of a quantity: its clause before it, or its group's, and what follows it."""
        found = self._words.get(mention.index)
        if found is None:
            left = mention.left if _HAN.search(mention.left) else self.scene.label(mention)
            right = mention.right if mention.quantity.kind in _NOUN_AFTER else ""
            found = self._words[mention.index] = left[-20:] + "|" + right[:8]
        return found

    def names(self, mention: Mention) -> frozenset[str]:
        return self._names[mention.index]

    @cached_property
    def _names(self) -> dict[int, frozenset[str]]:
        return {one.index: names(self.words(one)) for one in self.scene.mentions}

    def cell(self, mention: Mention) -> tuple[int, int] | None:
        """The line and the column of a figure in a table; None where it stands in prose."""
        return self._cells[mention.index]

    @cached_property
    def _cells(self) -> dict[int, tuple[int, int] | None]:
        return {one.index: _cell_of(self, one) for one in self.scene.mentions}

    def state(self, mention: Mention, role: str) -> tuple[str, ...]:
        """The words about one quantity that bear on any reading."""
        key = mention.index, role
        if key not in self._states:
            self._states[key] = tuple(f"{role}.{cue}" for cue in self._state(mention))
        return self._states[key]

    def _state(self, mention: Mention) -> Iterator[str]:
        words, left = self.words(mention), mention.left
        if self.scene.is_nested(mention):
            yield "nested"
        if AMONG.search(mention.gap):
            yield "among"
        if PER.search(left) or mention.quantity.per:
            yield "per"
        if CHANGE.search(left):
            yield "change"
        if mention.quantity.is_label:
            yield "label"
        if not mention.quantity.is_exact:
            yield "rough"
        for name, pattern in _WORDS:
            if pattern.search(words):
                yield name
        if self.is_total(mention):
            yield "total"

    def pair(self, first: Mention, second: Mention, role: str) -> tuple[str, ...]:
        """How two quantities stand to each other."""
        key = first.index, second.index, role
        if key not in self._pairs:
            self._pairs[key] = tuple(f"{role}.{cue}" for cue in self._pair(first, second))
        return self._pairs[key]

    def _pair(self, first: Mention, second: Mention) -> Iterator[str]:
        yield self.apart(first, second)
        yield f"between={bucket(self.between(first, second))}"
        yield f"skipped={bucket(self.skipped(first, second), (0, 1, 2, 4))}"
        yield f"marks={self.marks(first, second)}"
        if first.index > second.index:
            yield "after"
        one, two = first.quantity.time, second.quantity.time
        if one and two and one[:4] != two[:4]:
            yield "otheryear"

    def apart(self, first: Mention, second: Mention) -> str:
        """How far two quantities stand from each other, in the text's own pieces."""
        if first.sentence == second.sentence:
            if self.scene.group_of[first.index] is self.scene.group_of[second.index]:
                return "group"
            return "segment" if first.segment == second.segment else "sentence"
        if first.paragraph == second.paragraph:
            return "next" if abs(first.sentence - second.sentence) <= 1 else "paragraph"
        return "line" if abs(first.paragraph - second.paragraph) == 1 else "text"

    def between(self, first: Mention, second: Mention) -> int:
        """How many quantities stand between the two."""
        return abs(self.scene.place_of(second) - self.scene.place_of(first)) - 1

    def skipped(self, first: Mention, second: Mention) -> int:
        """How many quantities of the first one's unit stand between the two."""
        low, high = sorted((self.scene.place_of(first), self.scene.place_of(second)))
        places = self._places[first.quantity.added_as]
        return max(0, bisect_left(places, high) - bisect_right(places, low))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where the quantities of one unit stand among all."""
        found: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self.scene.mentions):
            found[one.quantity.added_as].append(at)
        return found

    def marks(self, first: Mention, second: Mention) -> str:
        """The strongest mark between two quantities."""
        key = (first.index, second.index) if first.index < second.index else (second.index, first.index)
        found = self._marks.get(key)
        if found is None:
            low, high = (first, second) if first.index < second.index else (second, first)
            words = self.scene.between(low, high)
            plain = "none" if len(words) < 8 else "words"
            found = next((name for name, marks in _MARKS if any(mark in words for mark in marks)), plain)
            self._marks[key] = found
        return found


def _cell_of(sight: Sight, mention: Mention) -> tuple[int, int] | None:
    flat, at = sight.scene.reading.flat, mention.quantity.start
    start, end = flat.rfind("\n", 0, at) + 1, flat.find("\n", at)
    if flat.count("\t", start, end if end >= 0 else len(flat)) < _CELLS:
        return None
    return start, flat.count("\t", start, at)


_CELLS = 2
"""A line with fewer tabs is prose."""


_NOUN_AFTER = frozenset({"count", "person", "household", "area", "length"})
_WORDS = (("due", DUE), ("done", DONE), ("not", NOT), ("last", LAST), ("now", NOW))
