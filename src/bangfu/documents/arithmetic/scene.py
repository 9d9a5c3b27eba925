"""The sentences of a reading with what the finders ask of them: totals, parts, standards, and who stands before whom."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache

from bangfu.documents.arithmetic.nesting import is_closed_in, parts_named
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import Reading
from bangfu.documents.reading.structure import Group, Mention, Sentence, base_class

STRONG = re.compile(r"合计|总计|共计|总共|一共|累计共|总和")
WEAK = re.compile(
    r"(?<![公中])共(?![同产建享青商识治性用赢荣度和])|累计|总(?=[^,。;]{0,8}$)|(?:全年|全部)(?=[^,。;]{0,6}$)"
)
LOOSE = re.compile(r"累计|截至|目前|现有|现共有|总人口|至今|以来|历年")
AMONG = re.compile(r"其中|这其中|当中")
PER = re.compile(
    r"每|人均|户均|村均|笔均|亩均|平均|均(?=[^,。;]{0,6}$)|标准|低于|高于|不低于|单价|上限|封顶|最高|限额|起付线"
)
CHANGE = re.compile(
    r"增长|增加|减少|下降|增幅|降幅|提高|净增|净减|同比|环比|上升|降低|比上年|比去年|较上年|较去年|多出|少"
)
COUNTED = re.compile(
    r"([两二三四五六七八九十\d]+)(?:大|项|类|个?村|年|者|户|笔|所|批|次|期|种|个|块|级|部分|方面)"
)
_AND = re.compile(r"[、和与及以]+")
_CONTINUES = re.compile(r",[一-龥]{0,4}")
SKIPPED = frozenset({"share", "point", "times", "age"})


@dataclass(frozen=True)
class Scene:
    reading: Reading

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.reading.sentences

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        return tuple(mention for sentence in self.sentences for mention in sentence.mentions)

    @cached_property
    def group_of(self) -> dict[int, Group]:
        return {
            one.index: group
            for sentence in self.sentences
            for group in sentence.groups
            for one in group.mentions
        }

    @cached_property
    def _nested(self) -> frozenset[int]:
        return frozenset(
            index for sentence in self.sentences for index in parts_named(sentence.mentions, AMONG)
        )

    def is_nested(self, mention: Mention) -> bool:
        """Whether it stands in the reach of a 其中, and so is a part of something already said."""
        return mention.index in self._nested

    def label(self, mention: Mention) -> str:
        """What the mention's group is about."""
        group = self.group_of[mention.index]
        return own_label(group.label)

    def is_total(self, mention: Mention) -> bool:
        return bool(self.total_word(mention))

    def total_word(self, mention: Mention) -> str:
        """The word that makes it a total: in its own words, at the head of its group, or of the clause just before."""
        found = self._total_words.get(mention.index)
        if found is None:
            found = self._total_words[mention.index] = self._find_total_word(mention)
        return found

    @cached_property
    def _total_words(self) -> dict[int, str]:
        return {}

    def _find_total_word(self, mention: Mention) -> str:
        if found := self._own_total_word(mention):
            return found
        at = self._at[mention.index]
        last = self.mentions[at - 1] if at else mention
        if (
            last.sentence == mention.sentence
            and not last.is_like(mention)
            and _CONTINUES.fullmatch(mention.gap)
        ):
            return self._own_total_word(last)
        return ""

    def _own_total_word(self, mention: Mention) -> str:
        group = self.group_of[mention.index]
        for words in (mention.left, own_label(group.label)):
            if found := STRONG.search(words) or WEAK.search(words):
                return found[0]
        return ""

    @cached_property
    def _segments(self) -> dict[tuple[int, int], tuple[str, ...]]:
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for one in self.mentions:
            key = one.sentence, one.segment
            if not self._own_total_word(one):
                found[key] = (*found.get(key, ()), base_class(one.quantity))
        return found

    def in_segment(self, mention: Mention) -> list[Mention]:
        return [one for one in self._by_sentence[mention.sentence] if one.segment == mention.segment]

    def row_of(self, mention: Mention) -> list[Mention]:
        """The quantities that a 分别 hands out in order (分别增长66.7%和75%), if it is one of them; else empty."""
        row: list[Mention] = []
        if mention.sentence not in self._handing_out:
            return row
        for one in self._by_sentence[mention.sentence]:
            if row and one.is_like(row[-1]) and _AND.fullmatch(one.gap):
                row.append(one)
            else:
                if len(row) > 1 and mention in row:
                    break
                row = [one] if "分别" in one.gap else []
        return row if len(row) > 1 and mention in row else []

    @cached_property
    def _handing_out(self) -> frozenset[int]:
        return frozenset(one.sentence for one in self.mentions if "分别" in one.gap)

    def segment_classes(self, mention: Mention) -> tuple[str, ...]:
        """The classes of the quantities in its piece between semicolons, totals left out."""
        return self._segments.get((mention.sentence, mention.segment), ())

    def before(self, mention: Mention, *, paragraph: bool = False) -> list[Mention]:
        """Mentions earlier in its sentence (or paragraph), nearest last."""
        near = self._by_paragraph[mention.paragraph] if paragraph else self._by_sentence[mention.sentence]
        return near[: bisect_left(near, mention.index, key=_number)]

    def sentence_before(self, mention: Mention) -> list[Mention]:
        """The mentions of the last sentence with quantities before the mention's own, be it in the line before."""
        at = self._at[mention.index] - 1
        while at >= 0 and self.mentions[at].sentence == mention.sentence:
            at -= 1
        return self._by_sentence[self.mentions[at].sentence] if at >= 0 else []

    def visible_before(self, mention: Mention) -> list[Mention]:
        """The same without what stands in a bracket that is closed before it."""
        flat, end = self.reading.flat, mention.quantity.start
        return [one for one in self.before(mention) if not is_closed_in(flat[one.quantity.end : end])]

    def after(self, mention: Mention) -> list[Mention]:
        near = self._by_sentence[mention.sentence]
        return near[bisect_right(near, mention.index, key=_number) :]

    def place_of(self, mention: Mention) -> int:
        """Its place among `mentions`."""
        return self._at[mention.index]

    def sentence_words(self, mention: Mention) -> str:
        sentence = self.sentence_of(mention)
        return self.reading.flat[sentence.start : sentence.end]

    def sentence_of(self, mention: Mention) -> Sentence:
        return self._sentence_at[mention.sentence]

    @cached_property
    def _sentence_at(self) -> dict[int, Sentence]:
        return {sentence.index: sentence for sentence in self.sentences}

    @cached_property
    def _by_sentence(self) -> dict[int, list[Mention]]:
        return {sentence.index: list(sentence.mentions) for sentence in self.sentences}

    @cached_property
    def _by_paragraph(self) -> dict[int, list[Mention]]:
        found: dict[int, list[Mention]] = {}
        for one in self.mentions:
            found.setdefault(one.paragraph, []).append(one)
        return found

    @cached_property
    def _at(self) -> dict[int, int]:
        return {mention.index: at for at, mention in enumerate(self.mentions)}

    def clause(self, mention: Mention) -> str:
        """The words of its clause up to it, other quantities included."""
        if mention.index not in self._clauses:
            flat, end = self.reading.flat, mention.quantity.start
            start = max(flat.rfind(mark, 0, end) for mark in ",;:。!?\n(") + 1
            self._clauses[mention.index] = flat[start:end]
        return self._clauses[mention.index]

    @cached_property
    def _clauses(self) -> dict[int, str]:
        return {}

    def between(self, first: Mention, second: Mention) -> str:
        return self.reading.flat[first.quantity.end : second.quantity.start]


def _number(mention: Mention) -> int:
    return mention.index


@lru_cache(maxsize=20_000)
def own_label(label: str) -> str:
    """The last clause of the words before a group."""
    return _LABEL_ENDS.split(label)[-1].strip(" ,、")


_LABEL_ENDS = re.compile(r"[;:。!?\n]")


@lru_cache(maxsize=2_000)
def can_add(mention: Mention) -> bool:
    """Standards, shares, changes and labels are no members of a sum."""
    quantity = mention.quantity
    return (
        quantity.kind not in SKIPPED
        and not quantity.per
        and not quantity.is_label
        and not PER.search(mention.left)
        and not _is_size(mention)
        and not (quantity.kind == "time" and quantity.base_unit in ("年", "小时", "分钟"))
    )


def _is_size(mention: Mention) -> bool:
    """3.5米宽, 深2米: the size of one thing."""
    if mention.quantity.base_unit != "米":
        return False
    return bool(
        re.match(r"[宽高深厚长]", mention.right)
        or re.search(r"[一-龥,](?:宽|高|深|厚|直径|间距)(?:度|约|为|达)*$", mention.left)
    )


def total_of(mentions: Sequence[Mention]) -> Decimal:
    return sum((mention.quantity.base_value for mention in mentions), Decimal(0))


def reach(mentions: Sequence[Mention]) -> tuple[Decimal, Decimal]:
    """The least and greatest sum that approximate members leave open; exact members count as stated."""
    low = high = Decimal(0)
    for mention in mentions:
        quantity = mention.quantity
        bounds = (quantity.base_value, quantity.base_value) if quantity.is_exact else quantity.bounds()
        low, high = low + bounds[0], high + bounds[1]
    return low, high


def fits_total(mentions: Sequence[Mention], total: Quantity) -> bool:
    """Whether the members give the total stated, rounded half up to its digits."""
    if all(mention.quantity.is_exact for mention in mentions):
        return total.states(total_of(mentions))
    low, high = reach(mentions)
    least, most = total.bounds()
    return low <= most and least <= high
