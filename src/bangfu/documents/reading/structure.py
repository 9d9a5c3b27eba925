"""Where a quantity stands: paragraph, sentence, clause, the words before and after it, and the group it belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from bangfu.documents.reading.quantity import Quantity

_SENTENCE = re.compile(r"[^。!?\n]*(?:[。!?]+[”’)]?|\n|$)")
_CLAUSE_MARKS = ",;:。!?\n()"
_LINKS = (
    "的|共|计|共计|合计|涉及|惠及|受益|覆盖|贫困人口|人口|群众|补助|补助资金|资金|金额|补贴|奖补资金|奖补|投资|总投资|"
    "发放资金|奖励资金|贷款|(?:涉及|投入|发放|补助|拨付|落实|整合|安排)(?:资金|金额|补助|补贴|奖补)"
)
_SAME_GROUP = re.compile(rf"[ \u3000,、:/()]*(?:{_LINKS})?[ \u3000]*")


@dataclass(frozen=True)
class Mention:
    """A quantity in its surroundings; `left` and `right` end at the clause or at the neighbouring quantity."""

    index: int
    quantity: Quantity
    sentence: int
    paragraph: int
    segment: int
    left: str
    right: str
    gap: str
    """All between the quantity before, or the sentence's start, and this one, marks included."""

    def __eq__(self, other: object) -> bool:
        """The number of a mention tells it from all others of its text, without a look at its words."""
        if self is other:
            return True
        if not isinstance(other, Mention) or self.index != other.index:
            return False
        return self.gap == other.gap and self.sentence == other.sentence and self.quantity == other.quantity

    def __hash__(self) -> int:
        return hash(self.index)

    def is_like(self, other: Mention) -> bool:
        return self.quantity.added_as == other.quantity.added_as


@dataclass
class Group:
    """Quantities that say one thing: 水产奖补122户,8.52万元. `label` is what stands before the first."""

    label: str
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def signature(self) -> tuple[str, ...]:
        return tuple(base_class(mention.quantity) for mention in self.mentions)


@dataclass(frozen=True)
class Sentence:
    index: int
    paragraph: int
    start: int
    end: int
    mentions: tuple[Mention, ...]
    groups: tuple[Group, ...]


def base_class(quantity: Quantity) -> str:
    return quantity.added_as


def sentences_of(text: str, quantities: Sequence[Quantity]) -> list[Sentence]:
    """The sentences that hold quantities, in order; `text` is flattened."""
    sentences: list[Sentence] = []
    at = paragraph = 0
    for number, match in enumerate(_SENTENCE.finditer(text)):
        inside = []
        while at < len(quantities) and quantities[at].start < match.end():
            inside.append(at)
            at += 1
        if inside:
            mentions = tuple(_mention(text, quantities, index, number, paragraph, match) for index in inside)
            sentences.append(
                Sentence(number, paragraph, match.start(), match.end(), mentions, _grouped(mentions))
            )
        paragraph += match[0].endswith("\n")
    return sentences


def _mention(
    text: str,
    quantities: Sequence[Quantity],
    index: int,
    number: int,
    paragraph: int,
    sentence: re.Match[str],
) -> Mention:
    here = quantities[index]
    before = max(sentence.start(), quantities[index - 1].end if index else 0)
    after = min(sentence.end(), quantities[index + 1].start if index + 1 < len(quantities) else len(text))
    gap = text[before : here.start]
    clause = max((gap.rfind(mark) for mark in _CLAUSE_MARKS), default=-1)
    right = re.split(r"[,;:。!?\n()]", text[here.end : after], maxsplit=1)[0]
    segment = text.count(";", sentence.start(), here.start)
    return Mention(index, here, number, paragraph, segment, gap[clause + 1 :], right, gap)


def _grouped(mentions: Sequence[Mention]) -> tuple[Group, ...]:
    groups: list[Group] = []
    for mention in mentions:
        kinds = [base_class(one.quantity) for one in groups[-1].mentions] if groups else []
        fresh = base_class(mention.quantity) not in kinds
        fresh = fresh and mention.quantity.kind not in ("time", "age")
        if groups and fresh and ";" not in mention.gap and _SAME_GROUP.fullmatch(mention.gap):
            groups[-1].mentions.append(mention)
        else:
            groups.append(Group(mention.gap, [mention]))
    return tuple(groups)
