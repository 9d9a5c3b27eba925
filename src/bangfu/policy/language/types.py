"""The types of the expression language and how their values are held.

Numbers are exact integers with a fixed scale: an integer as it is, money in fen (2), a decimal in ten-thousandths (4).
Dates are integers yyyymmdd, months yyyymm. A multi-select cell is a text ",label,label,".
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, cast

Kind = Literal[
    "bool", "text", "code", "codes", "integer", "decimal", "money", "date", "month", "number", "null", "row"
]
SCALE: dict[str, int] = {"integer": 0, "money": 2, "decimal": 4}
NUMERIC = frozenset({"integer", "decimal", "money", "number"})
TEXTUAL = frozenset({"text", "code"})

_FIELD_KINDS: dict[str, Kind] = {"yes_no": "bool"}
_UNIT_KINDS: dict[str, Kind] = {
    "yuan": "money",
    "days": "integer",
    "months": "integer",
    "years": "integer",
    "count": "integer",
    "date": "date",
    "month": "month",
}


@dataclass(frozen=True)
class Type:
    kind: Kind
    codes: str | None = None

    @property
    def is_numeric(self) -> bool:
        return self.kind in NUMERIC


BOOL = Type("bool")
INTEGER = Type("integer")
DECIMAL = Type("decimal")
MONEY = Type("money")
TEXT = Type("text")
DATE = Type("date")
MONTH = Type("month")
NUMBER = Type("number")
NULL = Type("null")


def of_field(field_type: str, codes: str | None) -> Type:
    """The type of a term's field as rules see it."""
    return Type(_FIELD_KINDS.get(field_type, cast(Kind, field_type)), codes)


def of_unit(unit: str) -> Type:
    """The type of a standard, by its unit: yuan is money, counts and durations integers, the rest decimals."""
    return Type(_UNIT_KINDS.get(unit, "decimal"))


def scaled(value: Decimal | int | float | str, kind: str) -> int:
    """A number as the exact integer that the type holds, rounded half away from zero."""
    exact = Decimal(str(value)).scaleb(SCALE[kind])
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def unscaled(value: int, kind: str) -> Decimal:
    """The number that a held integer stands for."""
    return Decimal(value).scaleb(-SCALE[kind])
