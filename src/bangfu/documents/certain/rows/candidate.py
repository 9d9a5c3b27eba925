"""A row that may make up a figure, with what speaks for it; and what all readings of rows share."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.rows.words import ASIDE, CHANGE
from bangfu.documents.reading.structure import Mention

_NO_SUMS = frozenset({"share", "point", "times", "age", "time"})
_POSTS = re.compile("岗|名额|床位|学位|编制")
_ALSO = {"户次": "户", "人次": "人", "场次": "场", "件次": "件", "栋": "栋", "座次": "座"}
_TAIL, _FAR_GREATER = 8, 1000
_MORE = re.compile(r"(?:新?增加?|提高)(?=[一-龥]{2,6}$)")
"""增加学位360个: what is added is a whole; 增加360个 is a change."""
_THOSE = re.compile(r"(?:同比|环比)?(?:增长|增加|减少|下降|增收|减收|上升|降低|提高|新增)的$")
_EACH_TIME = re.compile(r"每[年月日天季]")
_JOINED = re.compile(r"^.?[和及与]|以及")
_MARK = re.compile(r"[,;、。:]")
_NOUN = re.compile(r"[一-龥A-Za-z]{0,6}")
_TRIMMED = re.compile(
    r"[ \t、]|\d[.、)]|[(][一二三四五六七八九十\d]+[)]|^(?:和|及|与|以及)|(?:有|为|是|的|共|计)+$"
)
_NUMBERED = re.compile(r"(?:^|(?<=[;。,:\n ]))\d{1,2}\)")
_BARE = re.compile(r"[^一-龥A-Za-z]|共|计|为|约|有")
_INCOME = re.compile(r"收入[一-龥]{0,4}$")
_CLOSES = re.compile(
    r"^[ \t]*(?:以上|上述|前述|[两三四五六七八九十]\w{1,4})?[^,。;]{0,6}?"
    r"(?:合计|总计|共计|总共|一共|小计|总额|累计|(?<![公中])共(?![同产建享青商识治性用赢荣度和]))|合计|总计|小计"
)


@dataclass(frozen=True)
class Candidate:
    """`signs` are what speaks for or against its words claiming the sum."""

    members: tuple[Mention, ...]
    total: Mention
    signs: frozenset[str]


@dataclass
class Rows:
    """The scene with what is asked of its mentions again and again."""

    scene: Scene
    _depths: dict[int, int] = field(default_factory=dict)
    _able: dict[int, bool] = field(default_factory=dict)
    _wholes: dict[int, bool] = field(default_factory=dict)
    _kin: dict[str, list[Mention]] = field(default_factory=dict)

    @property
    def flat(self) -> str:
        return self.scene.reading.flat

    def wholes(self, kind: str) -> list[Mention]:
        """The figures of a class that may be totals, in the order of the text."""
        if not self._kin:
            for one in self.scene.mentions:
                self._kin.setdefault(class_of(one), []).append(one)
                if are_posts(one):
                    self._kin.setdefault("人", []).append(one)
            self._kin = {
                key: [one for one in found if self.is_whole(one)] for key, found in self._kin.items()
            }
        return self._kin.get(kind, [])

    def depth(self, one: Mention) -> int:
        """How many brackets of its sentence are open at it."""
        if one.index not in self._depths:
            words = self.flat[self.scene.sentence_of(one).start : one.quantity.start]
            self._depths[one.index] = words.count("(") - words.count(")") + _marks_of_lists(words)
        return self._depths[one.index]

    def able(self, one: Mention) -> bool:
        """Whether it may be an item or a total: no standard, no change, no plan beside the row."""
        if one.index not in self._able:
            words = one.left[-_TAIL:]
            self._able[one.index] = (
                one.quantity.kind not in _NO_SUMS
                and can_add(one)
                and not ASIDE.search(words)
                and not _is_change(words)
            )
        return self._able[one.index]

    def between(self, one: Mention, other: Mention) -> str:
        return self.flat[one.quantity.end : other.quantity.start]

    def is_whole(self, one: Mention) -> bool:
        """Whether it may be a total: beside an item also what was planned, and income a head, whose sources are given."""
        if one.index not in self._wholes:
            self._wholes[one.index] = self.able(one) or self._is_aside_whole(one)
        return self._wholes[one.index]

    def _is_aside_whole(self, one: Mention) -> bool:
        quantity = one.quantity
        if quantity.kind in _NO_SUMS or quantity.is_label or _is_change(_MORE.sub("", one.left[-_TAIL:])):
            return False
        if one.quantity.kind == "money" and _INCOME.search(one.left):
            return True
        return can_add(replace(one, left=_EACH_TIME.sub("", one.left)))

    def is_total(self, one: Mention) -> bool:
        """Whether it closes a row; 每户2000元,共8万元 is an item that was multiplied out."""
        if not _CLOSES.search(one.left):
            return False
        place = self.scene.place_of(one)
        for other in self.scene.mentions[max(0, place - 2) : place][::-1]:
            if other.sentence != one.sentence or other.segment != one.segment:
                break
            if other.quantity.per or "每" in other.left or "单价" in other.left or "均" in other.left[-3:]:
                return False
            if class_of(other) == class_of(one):
                break
        return True

    def label(self, one: Mention) -> str:
        """What the item is called: the words before it, or before the group or the share that it follows."""
        group = self.scene.group_of[one.index]
        words = one.left if group.mentions[0] is one else group.mentions[0].left
        place = self.scene.place_of(one)
        if place and not _BARE.sub("", words) and not _MARK.search(one.gap):
            words = self.scene.mentions[place - 1].left
        return _TRIMMED.sub("", words)

    def called(self, one: Mention) -> str:
        after = _NOUN.match(one.right)
        label = self.label(one)
        return label if len(label) > 1 else label + (after[0] if after else "")


def _is_change(words: str) -> bool:
    """下降18户 is a change, 下降的18户 are households."""
    return CHANGE.search(_THOSE.sub("", words)) is not None


def _marks_of_lists(words: str) -> int:
    """1) and 2) of numbered lists close nothing."""
    return len(_NUMBERED.findall(words))


def class_of(one: Mention) -> str:
    """What may be added up."""
    unit = one.quantity.base_unit
    return _ALSO.get(unit, unit)


def are_posts(one: Mention) -> bool:
    """岗位156个,其中护林员62人: posts are held by one person each."""
    return one.quantity.base_unit == "个" and _POSTS.search(one.left[-6:] + one.right[:4]) is not None


def marks(words: str) -> str:
    """The heaviest mark between two items."""
    for mark in "\n。;,、":
        if mark in words:
            return mark
    return "、" if _JOINED.search(words) else "\t" if "\t" in words else ""


WEIGHT = {"": 0, "\t": 0, "、": 1, ",": 2, ";": 3, "。": 4, "\n": 5}


def steps(rows: Rows, row: Sequence[Mention]) -> list[str]:
    return [marks(rows.between(one, other)) for one, other in itertools.pairwise(row)]


def first_heavier(rows: Rows, row: Sequence[Mention]) -> int:
    """How many items stand before a mark that is heavier than all before it: 甲、乙、丙, then a comma."""
    found = steps(rows, row)
    for at in range(1, len(found)):
        if WEIGHT[found[at]] > max(WEIGHT[one] for one in found[:at]):
            return at + 1
    return len(row)


def one_of_each(row: Iterable[Mention], *, last: bool = False) -> list[Mention]:
    """Of each piece between semicolons, sentences or lines the first (or last)."""
    kept: dict[tuple[int, int], Mention] = {}
    for one in row:
        key = one.sentence, one.segment
        if last or key not in kept:
            kept[key] = one
    return list(kept.values())


def are_of_a_size(row: Sequence[Mention]) -> bool:
    """3.8元, 2.7元 and 2160万元 are no items of one row."""
    if len({one.quantity.unit for one in row}) == 1:
        return True
    return max(one.quantity.base_value for one in row) < _FAR_GREATER * min(
        one.quantity.base_value for one in row
    )
