"""One piece of arithmetic that a text claims, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from bangfu.documents.reading.quantity import Quantity, plain

Kind = Literal[
    "sum",
    "part",
    "households_persons",
    "share",
    "growth",
    "average",
    "restated",
    "counted_list",
    "unit_slip",
    "standard_multiple",
    "standard_cap",
    "difference",
    "order",
]
Severity = Literal["", "error", "suspicion", "reminder"]

KINDS: dict[Kind, str] = {
    "sum": "合计",
    "part": "其中",
    "households_persons": "户数与人数",
    "share": "占比",
    "growth": "增减",
    "average": "平均",
    "restated": "前后一致",
    "counted_list": "列举个数",
    "unit_slip": "单位",
    "standard_multiple": "标准乘数量",
    "standard_cap": "标准上限",
    "difference": "剩余",
    "order": "先后大小",
}
SEVERITIES: dict[Severity, str] = {"error": "错误", "suspicion": "疑点", "reminder": "提醒", "": ""}


@dataclass(frozen=True)
class Relation:
    """`members` and `stated` are indexes of quantities; `holds` None asks a question instead of accusing.

    `computed` is in base units of `stated`; `severity` is "" where the relation holds.
    """

    kind: Kind
    members: tuple[int, ...]
    stated: int
    computed: Decimal | None
    holds: bool | None
    severity: Severity = ""
    explanation: str = ""
    cause: str = ""

    @property
    def is_doubt(self) -> bool:
        return self.holds is not True

    def as_json(self) -> dict[str, Any]:
        text = "。".join(
            part for part in (self.explanation, f"可能的原因:{self.cause}" if self.cause else "") if part
        )
        return {
            "kind": self.kind,
            "members": list(self.members),
            "stated": self.stated,
            "computed": None if self.computed is None else plain(self.computed),
            "holds": self.holds,
            "severity": self.severity,
            "explanation": text,
        }


def shown(value: Decimal, like: Quantity) -> str:
    """A value in base units, written in the unit of a quantity of the text."""
    factor = like.base_value / like.value if like.value else Decimal(1)
    if like.unit.endswith("分之"):
        return f"{plain((value * 100).quantize(Decimal('0.01')))}%"
    number = value / factor
    if len(number.normalize().as_tuple().digits) > 10:
        number = number.quantize(Decimal("0.0001"))
    return f"{plain(number)}{like.unit or like.base_unit}"
