"""What every programme yields by itself: persons, households, times, quantity and amount, by period and village."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bangfu.policy.language.parser import parse
from bangfu.policy.language.types import SCALE
from bangfu.policy.language.vocabulary import Vocabulary
from bangfu.policy.model import Indicator, Measure, Programme

TABLE = "benefit"
_RECEIVED = 'programme == "{}" and refusal_reason is None and (state is None or state != "退回")'
_IN_UNIT = ' and (quantity_unit is None or quantity_unit == "{}")'
_ON = "default(period_from, month_of(paid_on))"
_DIMENSIONS = ("village", "year", "month")


@dataclass(frozen=True)
class _Yield:
    """One figure of a programme; its name and what it counts."""

    kind: str
    words: str
    unit: str
    measure: Measure
    of: str = ""
    owner: str = ""
    definition: str = ""


_YIELDS = (
    _Yield("persons", "{}享受人数", "人", "distinct", "beneficiary", definition="享受过的人,一人算一次"),
    _Yield(
        "households",
        "{}享受户数",
        "户",
        "distinct",
        owner="household",
        definition="享受过的在册户,一户算一次",
    ),
    _Yield("times", "{}享受{}次", "{}次", "rows", definition="发放名册上的行数,一期算一次"),
    _Yield("amount", "{}金额", "元", "sum", "amount", definition="名册上的金额合计"),
)
_QUANTITY = _Yield("quantity", "{}数量", "{}", "sum", "quantity", definition="名册上的数量合计")


def yielded(programmes: Mapping[str, Programme], vocabulary: Vocabulary) -> Iterator[tuple[str, Indicator]]:
    """By id: `<programme>_persons`, `_households`, `_times`, `_amount`, and `_quantity` where it is paid by quantity."""
    for programme in programmes.values():
        for kind in (*_YIELDS, _QUANTITY) if programme.unit else _YIELDS:
            text = _RECEIVED.format(programme.id)
            if kind is _QUANTITY:
                text += _IN_UNIT.format(programme.unit)
            made = _made(programme, kind, text, vocabulary)
            yield made.id, made


def _made(
    programme: Programme,
    kind: _Yield,
    text: str,
    vocabulary: Vocabulary,
) -> Indicator:
    who = "人" if programme.subject == "person" else "户"
    of = (parse(kind.of, TABLE, vocabulary, None),) if kind.of else ()
    return Indicator(
        id=f"{programme.id}_{kind.kind}",
        name=kind.words.format(programme.name, who),
        aliases=(),
        topic="programmes",
        unit=kind.unit.format(programme.unit if kind.kind == "quantity" else who),
        definition=kind.definition,
        basis=programme.basis,
        is_flow=True,
        measure=kind.measure,
        table=TABLE,
        where=parse(text, TABLE, vocabulary),
        text=text,
        on=parse(_ON, TABLE, vocabulary, None),
        of=of,
        owner=kind.owner,
        parts=(),
        standard="",
        divide=1,
        dimensions=_DIMENSIONS,
        decimals=sum(SCALE.get(node.type.kind, 0) for node in of) if kind.measure == "sum" else 0,
        refs=(),
        examples=(),
        file=programme.file,
        line=programme.line,
        programme=programme.id,
    )
