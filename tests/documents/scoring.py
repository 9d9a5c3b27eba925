"""What a reader scores on the corpus: quantities found, violations found, accusations that are false.

`python -m tests.documents.scoring [--reader module:function] [part or file name …]` prints the scores and
every miss with its context.

A reading is the JSON of `bangfu verify --json`. A quantity is found when a reported one overlaps its place
with the same base value and unit. A violation is found when a relation reported not to hold states the same
quantity, or covers all that the annotated one relates, wherever the text says the same amounts; of a slipped
unit either place will do. What else is reported not to hold is a false accusation, unless it rests on a figure
that is annotated wrong (`implied`). A question (`holds` null) accuses nobody and finds nothing; how many violations
are at least asked about, and how many questions are needless, is counted beside that.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from tests.documents.corpus import CORPUS, Quantity, Relation, Text, load_corpus

READER = "bangfu.documents:read_json"
Reading = Mapping[str, Any]
Reader = Callable[[str], Reading]
# Units that name the same thing: a reader may keep what is written.
ALIKE = (
    ("人", "名", "位"),
    ("场", "场次"),
    ("件", "件次"),
    ("批", "批次"),
    ("趟", "趟次"),
    ("车", "车次"),
    ("千瓦时", "度"),
    ("毫克每升", "毫克/升"),
    ("微克每立方米", "微克/立方米"),
)
CLOSE = Fraction(1, 10_000)


@dataclass(frozen=True)
class Reported:
    """A quantity of a reading, and the annotated one it stands on."""

    text: str
    start: int
    end: int
    value: Fraction | None
    unit: str
    high: Fraction | None = None
    approx: str = ""

    def overlaps(self, quantity: Quantity) -> bool:
        return self.start < quantity.end and quantity.start < self.end

    def says(self, quantity: Quantity) -> bool:
        amount = quantity.amount
        same = self.value is not None and is_close(self.value, amount.value)
        ends = self.high is None or amount.high is None or is_close(self.high, amount.high)
        return same and ends and are_alike(self.unit, amount.unit)


@dataclass
class Score:
    """Counts of one text or of many, and what was missed, in words."""

    texts: int = 0
    quantities: int = 0
    found: int = 0
    reported: int = 0
    correct: int = 0
    approx_agreed: int = 0
    violations: int = 0
    violations_found: int = 0
    violations_asked: int = 0
    """Found, or asked about."""
    needless: int = 0
    """Questions about what is neither wrong nor open."""
    false_accusations: int = 0
    implied: int = 0
    holding: int = 0
    holding_seen: int = 0
    questions: int = 0
    questions_asked: int = 0
    misses: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def recall(self) -> Fraction:
        return Fraction(self.found, self.quantities or 1)

    @property
    def precision(self) -> Fraction:
        return Fraction(self.correct, self.reported or 1)

    @property
    def violation_recall(self) -> Fraction:
        return Fraction(self.violations_found, self.violations or 1)

    @property
    def asked_recall(self) -> Fraction:
        return Fraction(self.violations_asked, self.violations or 1)

    @property
    def needless_per_text(self) -> Fraction:
        return Fraction(self.needless, self.texts or 1)

    @property
    def false_per_text(self) -> Fraction:
        return Fraction(self.false_accusations, self.texts or 1)


def is_close(left: Fraction, right: Fraction) -> bool:
    """A third is reported with as many digits as the reader likes."""
    return abs(left - right) <= abs(right) * CLOSE


def are_alike(left: str, right: str) -> bool:
    return left == right or any(left in group and right in group for group in ALIKE)


def exact(value: object) -> Fraction | None:
    return None if value is None or value == "" else Fraction(str(value))


def reported_quantities(reading: Reading) -> list[Reported]:
    return [
        Reported(
            entry["text"],
            int(entry["start"]),
            int(entry["end"]),
            exact(entry["base_value"]),
            entry["base_unit"],
            exact(entry.get("base_high")),
            entry.get("approx") or "",
        )
        for entry in reading["quantities"]
    ]


def score_text(text: Text, reading: Reading) -> Score:
    """The score of one reading of one text."""
    reported = reported_quantities(reading)
    score = Score(texts=1)
    score.misses += [f"{text.name}: {line}" for line in score_quantities(text, reported, score)]
    score.misses += [f"{text.name}: {line}" for line in score_relations(text, reported, reading, score)]
    return score


def score_quantities(text: Text, reported: Sequence[Reported], score: Score) -> Iterator[str]:
    for quantity in text.quantities:
        if quantity.optional:
            continue
        score.quantities += 1
        over = [one for one in reported if one.overlaps(quantity)]
        if right := [one for one in over if one.says(quantity)]:
            score.found += 1
            score.approx_agreed += right[0].approx == quantity.amount.approx
        else:
            got = ", ".join(f"{one.text} = {one.value} {one.unit}" for one in over) or "nothing"
            yield f"quantity {shown(text, quantity)}, read {got}"
    for one in reported:
        over_text = [quantity for quantity in text.quantities if one.overlaps(quantity)]
        if any(quantity.optional for quantity in over_text):
            continue
        score.reported += 1
        if any(one.says(quantity) for quantity in over_text):
            score.correct += 1
        elif not over_text:
            yield f"no quantity: {context(text.plain, one.start, one.end)} read as {one.value} {one.unit}"


def score_relations(
    text: Text, reported: Sequence[Reported], reading: Reading, score: Score
) -> Iterator[str]:
    claims = [Claim.of(text, entry, reported) for entry in reading["relations"]]
    accusations = [claim for claim in claims if claim.holds is False]
    for relation in text.relations:
        yield from score_relation(text, relation, claims, accusations, score)
    violations = text.violations()
    culprits = {relation.stated for relation in violations}
    for claim in accusations:
        if any(claim.meets(relation, text) for relation in violations):
            continue
        if claim.everything & culprits:
            score.implied += 1
            continue
        score.false_accusations += 1
        yield f"false accusation: {claim.words}"
    score.needless += sum(_is_needless(claim, text, culprits) for claim in claims)


def _is_needless(claim: Claim, text: Text, culprits: Set[str]) -> bool:
    if claim.holds is not None or claim.everything & culprits:
        return False
    return not any(claim.meets(relation, text) for relation in text.relations if not relation.holds)


def score_relation(
    text: Text,
    relation: Relation,
    claims: Sequence[Claim],
    accusations: Iterable[Claim],
    score: Score,
) -> Iterator[str]:
    if relation.holds is False:
        score.violations += 1
        if any(claim.meets(relation, text) for claim in accusations):
            score.violations_found += 1
            score.violations_asked += 1
        else:
            score.violations_asked += any(
                claim.holds is None and claim.meets(relation, text) for claim in claims
            )
            yield f"violation {relation.kind} {said(text, relation)} ({relation.cause})"
    elif relation.holds is True:
        score.holding += 1
        score.holding_seen += any(claim.holds and claim.meets(relation, text) for claim in claims)
    else:
        score.questions += 1
        score.questions_asked += any(claim.holds is None and claim.meets(relation, text) for claim in claims)


@dataclass(frozen=True)
class Claim:
    """A relation of a reading, in the keys of the annotation; what is not annotated has a key of its own."""

    kind: str
    holds: bool | None
    members: frozenset[str]
    stated: str
    words: str
    amounts: tuple[Reported, ...]

    @property
    def everything(self) -> frozenset[str]:
        return self.members | {self.stated}

    @classmethod
    def of(cls, text: Text, entry: Mapping[str, Any], reported: Sequence[Reported]) -> Claim:
        members = frozenset(key_of(text, reported[index]) for index in entry["members"])
        one = reported[entry["stated"]]
        quoted = "、".join(reported[index].text for index in entry["members"])
        words = f"{entry['kind']} {quoted} → {context(text.plain, one.start, one.end)}"
        return cls(
            entry["kind"],
            entry["holds"],
            members,
            key_of(text, one),
            f"{words} {entry.get('explanation', '')}",
            tuple(reported[index] for index in (*entry["members"], entry["stated"])),
        )

    def meets(self, relation: Relation, text: Text) -> bool:
        named = {*relation.members, relation.stated}
        if relation.kind == "unit_slip" and self.stated in named:
            return True
        return self.stated == relation.stated or named <= self.everything or self._says_all(named, text)

    def _says_all(self, named: Set[str], text: Text) -> bool:
        """Each of the annotated amounts once, at whichever of its mentions; what has no key says nothing of amounts."""
        left = list(self.amounts)
        if len(left) < len(named):
            return False
        for quantity in (text.quantity(key) for key in named):
            same = next((one for one in left if one.says(quantity)), None)
            if same is None:
                return False
            left.remove(same)
        return True


def key_of(text: Text, one: Reported) -> str:
    over = [quantity for quantity in text.quantities if one.overlaps(quantity)]
    return over[0].key or f"@{over[0].start}" if over else f"@{one.start}"


def context(plain: str, start: int, end: int, around: int = 12) -> str:
    before, after = plain[max(start - around, 0) : start], plain[end : end + around]
    return f"{before}【{plain[start:end]}】{after}".replace("\n", "⏎")


def shown(text: Text, quantity: Quantity) -> str:
    amount = quantity.amount
    return f"{context(text.plain, quantity.start, quantity.end)} = {float(amount.value):g} {amount.unit}"


def said(text: Text, relation: Relation) -> str:
    members = "、".join(text.quantity(key).text for key in relation.members)
    stated = text.quantity(relation.stated)
    return f"{members} → {context(text.plain, stated.start, stated.end)}"


def score_corpus(texts: Iterable[Text], read: Reader) -> dict[str, Score]:
    """The scores by part of the corpus, and of `all`."""
    scores: dict[str, Score] = {}
    for text in texts:
        score = score_text(text, read(text.plain))
        for part in (text.part, "all"):
            scores.setdefault(part, Score()).add(score)
    return scores


def describe(score: Score) -> str:
    return (
        f"{score.texts} texts: quantities recall {percent(score.recall)} of {score.quantities}, "
        f"precision {percent(score.precision)} of {score.reported}, "
        f"approximation as annotated in {score.approx_agreed} of {score.found}; "
        f"violations {score.violations_found} of {score.violations} ({percent(score.violation_recall)}), "
        f"at least asked about {score.violations_asked} ({percent(score.asked_recall)}), "
        f"false accusations {score.false_accusations}, implied {score.implied}, "
        f"needless questions {score.needless}; "
        f"holding seen {score.holding_seen} of {score.holding}; "
        f"questions asked {score.questions_asked} of {score.questions}"
    )


def percent(share: Fraction) -> str:
    return f"{float(share * 100):.1f} %"


def find_reader(name: str = READER) -> Reader:
    """The reader by its name, `module:function`: from a text to the JSON of its reading."""
    module, _, function = name.partition(":")
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.documents.scoring")
    parser.add_argument(
        "names", nargs="*", help="parts (seen, unseen) or files of the corpus; all by default"
    )
    parser.add_argument("--reader", default=READER, help="module:function from a text to its reading")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="the folder of the parts")
    given = parser.parse_args(arguments)
    texts = [
        text
        for text in load_corpus(given.corpus)
        if not given.names or text.part in given.names or text.name in given.names
    ]
    scores = score_corpus(texts, find_reader(given.reader))
    print("\n".join(scores["all"].misses))
    for part, score in scores.items():
        print(f"{part}: {describe(score)}")


if __name__ == "__main__":
    main(sys.argv[1:])
