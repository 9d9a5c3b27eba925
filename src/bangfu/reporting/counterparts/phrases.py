"""What a text says around each of its quantities: in its own words, before them in the sentence, and in headings."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import Reading
from bangfu.documents.reading.structure import Group, Mention, Sentence, base_class
from bangfu.documents.reading.times import times_in
from bangfu.reporting.counterparts.words import Heard, Lexicon

_WHOLE_YEAR = re.compile("全年|年度|一年来|年内")
_EVER = re.compile("累计|以来|历年|至今|为止|先后")
_SINCE = re.compile("今年以来|年初以来|疫情[^,。]{0,4}以来")
_NOW = re.compile("目前|现有|现在|尚有|还有|为止|至今")
_RATE = re.compile("[户人笔月年村亩场次]均|平均|每[一-龥]|标准")
_PART = re.compile(r"(?<!春)[春秋]季|[上下]半年|[一二三四]季度|分别|依次|以上的?|以下的?|以内的?")
_TOUCHED = re.compile(
    "惠及|吸纳|涉及|覆盖|受益|带动|帮扶|走访|结对|组织|发放|享受|安置|服务|评定|评的|其中|当年|新增|减少|增加|脱贫(?![户人攻])"
)
_ONE_CLAUSE = re.compile("[^,、;:。]*[,、]?[^,、;:。]*")
_HEADING, _AROUND, _SHORT, _FEW = 40, 24, 10, 3
_PLAIN_UNITS = frozenset("人户元个家次笔亩米")
_NOTHING = Heard()


@dataclass(frozen=True)
class Phrase:
    """What is said of a quantity, and how.

    `own`: its words; `before`: those of the quantity that it stands beside; `near` (its sentence) and `far` (headings) lend
    what is left out. `goes_on`: the words are of the quantity before. `is_own_time`: the sentence itself says when.
    `is_year`, `is_ever`, `is_now`: it speaks of the whole year, of all years, of the state today. `is_rate`: so much for
    each. `is_part`: of a term, a quarter, or of one of several in a row. `is_object`: what is counted stands after it, and
    who does what to them before (走访480户贫困户).
    """

    quantity: Quantity
    own: Heard
    before: Heard
    near: Heard
    far: Heard
    goes_on: bool
    is_own_time: bool
    is_year: bool
    is_ever: bool
    is_now: bool
    is_rate: bool
    is_part: bool
    is_object: bool


def phrases(reading: Reading, lexicon: Lexicon, names: tuple[str, ...] = ()) -> dict[int, Phrase]:
    """By the quantity's index; labels (三项保障) are none. `names` of places say nothing of what is counted."""
    return dict(_Hearing(reading, lexicon, names).phrases())


class _Hearing:
    def __init__(self, reading: Reading, lexicon: Lexicon, names: tuple[str, ...]) -> None:
        self._reading = reading
        self._lexicon = lexicon
        self._places = (
            re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True)))) if names else None
        )
        self._times = [(time.start, time.end) for time in times_in(reading.flat)]
        self._starts = [start for start, _ in self._times]
        self._headings = [
            (start, self._hear(line)) for start, line in _lines(reading.flat) if _is_heading(line)
        ]

    def phrases(self) -> Iterator[tuple[int, Phrase]]:
        for sentence in self._reading.sentences:
            own = self._own_of(sentence)
            so_far, last = self._hear(sentence.mentions[0].gap), _NOTHING
            for mention in sentence.mentions:
                heard, goes_on, is_part = own[mention.index]
                before = last if _ONE_CLAUSE.fullmatch(mention.gap) else _NOTHING
                if not mention.quantity.is_label:
                    yield (
                        mention.index,
                        self._phrase(sentence, mention, (heard, before, so_far), goes_on, is_part),
                    )
                so_far, last = so_far | heard, heard

    def _phrase(
        self,
        sentence: Sentence,
        mention: Mention,
        heard: tuple[Heard, Heard, Heard],
        goes_on: bool,
        is_part: bool,
    ) -> Phrase:
        start = mention.quantity.start
        said = self._reading.flat[sentence.start : start]
        paragraph = self._reading.flat.rfind("\n", 0, start) + 1
        index = bisect_right(self._starts, start) - 1
        return Phrase(
            mention.quantity,
            *heard,
            self._far(start),
            goes_on,
            index >= 0 and self._starts[index] >= sentence.start,
            bool(_WHOLE_YEAR.search(self._reading.flat[paragraph:start])),
            bool(_EVER.search(said[-_AROUND:])) and not _SINCE.search(said),
            bool(_NOW.search(said[-_AROUND:])),
            bool(_RATE.search(mention.left)) or bool(mention.quantity.per),
            is_part or bool(_PART.search(mention.left)),
            self._is_object(mention),
        )

    def _is_object(self, mention: Mention) -> bool:
        if "\t" in mention.gap:
            return False
        return bool(_TOUCHED.search(mention.gap[-_SHORT:])) or not self._says_something(
            self._hear(mention.left)
        )

    def _own_of(self, sentence: Sentence) -> dict[int, tuple[Heard, bool, bool]]:
        """Where the words beside a quantity say nothing, it goes on about what was spoken of just before.

        One that goes on in a unit that was used for it is another of a row (6户、4户、3户), and stands for none alone.
        """
        own: dict[int, tuple[Heard, bool, bool]] = {}
        last, units, last_quantity = _NOTHING, set[str](), None
        for group in sentence.groups:
            shared = self._shared(group)
            for place, mention in enumerate(group.mentions):
                heard = self._beside(mention, is_last=place == len(group.mentions) - 1)
                unit = base_class(mention.quantity)
                goes_on, is_part = False, self._is_one_case(last_quantity, mention)
                if not self._says_something(heard):
                    before = self._clause_before(mention)
                    goes_on = before is None and (place > 0 or not self._says_something(shared))
                    is_another = unit in units or mention.left.strip().startswith("的")
                    is_part = is_part or (goes_on and is_another)
                    heard = heard | (before or (shared if self._says_something(shared) else last))
                units = {*units, unit} if goes_on else {unit}
                last, last_quantity = heard, mention.quantity
                own[mention.index] = heard, goes_on, is_part
        return own

    def _says_something(self, heard: Heard) -> bool:
        """每月, 就业 alone do not say of what."""
        return bool(heard.concepts - self._lexicon.weak or heard.strange)

    def _is_one_case(self, before: Quantity | None, mention: Mention) -> bool:
        """1户贷款8万元: an example, no total."""
        return (
            before is not None
            and before.base_value <= _FEW
            and before.base_unit in ("户", "人", "笔", "家")
            and not re.search("[,;。:]", mention.gap)
        )

    def _clause_before(self, mention: Mention) -> Heard | None:
        """The nearest clause since the last quantity that says something: 各村开发公益岗位,目前在岗93人."""
        clauses = re.split("[,;:、]", mention.gap)[:-1]
        heard = (self._hear(clause) for clause in reversed(clauses))
        return next((one for one in heard if self._says_something(one)), None)

    def _shared(self, group: Group) -> Heard:
        """725户1216人享受低保: what stands before the first or after the last is of all."""
        first, last = group.mentions[0], group.mentions[-1]
        before = self._hear(first.left)
        return before if self._says_something(before) else self._hear(last.right)

    def _beside(self, mention: Mention, *, is_last: bool) -> Heard:
        """Of a table's cell its heads; else what is before it, and after it where nothing was, or at a clause's end."""
        if "\t" in mention.gap:
            return self._hear(mention.quantity.subject)
        unit = mention.quantity.unit
        named = "" if unit in _PLAIN_UNITS else unit
        before = self._hear(f"{mention.left} {named}")
        after = self._hear(mention.right.split("、")[0])
        if not self._says_something(before):
            return before | after
        return before | Heard(after.concepts) if is_last and mention.right.strip() else before

    def _far(self, start: int) -> Heard:
        """The line's own beginning (【就业扶贫】) and the two headings before."""
        line = self._reading.flat.rfind("\n", 0, start) + 1
        found = self._hear(self._reading.flat[line : min(start, line + 12)])
        for _, heard in [one for one in self._headings if one[0] < start][-2:]:
            found = found | heard
        return found

    def _hear(self, words: str) -> Heard:
        kept = self._places.sub(" ", words) if self._places is not None else words
        for start, end in reversed([(time.start, time.end) for time in times_in(kept)]):
            kept = f"{kept[:start]} {kept[end:]}"
        return self._lexicon.hear(kept)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for line in text.split("\n"):
        yield at, line
        at += len(line) + 1


def _is_heading(line: str) -> bool:
    return 0 < len(line.strip()) <= _HEADING and line.rstrip()[-1] not in "。;,、"
