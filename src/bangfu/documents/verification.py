"""The door: a text -> its quantities, what it claims of them, and the doubts, each with place, computation and cause."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bangfu.documents.arithmetic.relation import KINDS, SEVERITIES, Relation, Severity
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.files.source import Mark, Source
from bangfu.documents.judging.infer import infer
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.read import Reading, read_text

_AROUND = 12


@dataclass(frozen=True)
class Doubt:
    """One relation that does not hold, or that only its writer can settle (`is_question`)."""

    relation: Relation
    quantity: Quantity
    """What the text states as the result: the place of the doubt."""
    line: int
    excerpt: str

    @property
    def is_question(self) -> bool:
        return self.relation.holds is None

    @property
    def severity(self) -> Severity:
        return self.relation.severity

    @property
    def title(self) -> str:
        """疑问·合计, 错误·占比."""
        return f"{'疑问' if self.is_question else SEVERITIES[self.severity]}·{KINDS[self.relation.kind]}"

    @property
    def remark(self) -> str:
        """What a reader is told at the place."""
        cause = f"可能的原因:{self.relation.cause}。" if self.relation.cause else ""
        return f"【{self.title}】{self.relation.explanation}。{cause}"


@dataclass(frozen=True)
class Verification:
    source: Source
    reading: Reading
    relations: tuple[Relation, ...]
    doubts: tuple[Doubt, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "quantities": [quantity.as_json() for quantity in self.reading.quantities],
            "relations": [relation.as_json() for relation in self.relations],
        }

    def marks(self) -> list[Mark]:
        """Comments for a marked copy: one a place, with all that is doubted there."""
        remarks: dict[tuple[int, int], list[str]] = {}
        for doubt in self.doubts:
            remarks.setdefault((doubt.quantity.start, doubt.quantity.end), []).append(doubt.remark)
        return [Mark(start, end, "\n".join(said)) for (start, end), said in remarks.items()]


def verify(source: Source, limits: Callable[[Reading], Sequence[Cap]] | Sequence[Cap] = ()) -> Verification:
    """Never fails on a text: one without quantities has no doubts. `limits` may depend on the text's date."""
    with _no_garbage_sought():
        reading = read_text(source.text)
        caps = limits(reading) if callable(limits) else limits
        relations = infer(reading, caps)
    doubts = tuple(_doubt(source, reading, relation) for relation in relations if relation.is_doubt)
    return Verification(source, reading, relations, doubts)


@contextmanager
def _no_garbage_sought() -> Iterator[None]:
    """A report makes some hundred thousand objects, hardly any in a ring: to look for those takes a tenth of the time."""
    sought = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if sought:
            gc.enable()


def _doubt(source: Source, reading: Reading, relation: Relation) -> Doubt:
    quantity = reading.quantities[relation.stated]
    start, end = max(0, quantity.start - _AROUND), quantity.end + _AROUND
    excerpt = source.text[start:end].replace("\n", " ").replace("\t", " ").strip()
    return Doubt(relation, quantity, source.line_of(quantity.start), excerpt)
