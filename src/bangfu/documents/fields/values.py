"""What a field stands for, and where a name is looked up: the row, the rows around it, the document's own words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

BLANK = "（未统计）"
"""What stands where a figure is not known: never a 0, and marked in the document so that it is seen before printing."""


@dataclass(frozen=True)
class FieldValue:
    """A figure as a reference resolved it: `value` in its base unit (money in 元), None where it is not known.

    `text` is how it is written where the template asks for no format; empty means the plain number.
    """

    text: str = ""
    value: int | Decimal | None = None
    unit: str = ""
    is_empty: bool = False
    """A cell of a list with nothing in it, which is not the same as a figure that is not known."""

    @property
    def is_blank(self) -> bool:
        return self.value is None and not self.text and not self.is_empty

    @property
    def shown(self) -> str:
        if self.is_blank:
            return BLANK
        return self.text or ("" if self.is_empty else plain_number(self.value))


Cell: TypeAlias = "FieldValue | str | int | Decimal | date | bool | Sequence[Row] | None"
Row: TypeAlias = Mapping[str, "Cell"]
Listed: TypeAlias = Mapping[str, Sequence[Row]]
Resolver: TypeAlias = Callable[[str], FieldValue]
"""Answers a reference as it was written; UserError, with what comes near, where there is no such figure."""


def plain_number(value: int | Decimal | None) -> str:
    """A number as official texts write it: no thousands separators, no trailing zeros, no exponent."""
    if value is None:
        return BLANK
    text = f"{Decimal(value):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@dataclass(frozen=True)
class Scope:
    """Names in sight at one place: a row's columns, then those of the rows around it, then the document's words."""

    names: Mapping[str, Cell]
    around: Scope | None = None
    number: int = 0
    total: int = 0

    def find(self, name: str) -> tuple[bool, Cell]:
        if name in self.names:
            return True, self.names[name]
        if self.number and name in ("序号", "总数"):
            return True, self.number if name == "序号" else self.total
        return self.around.find(name) if self.around else (False, None)

    def rows(self, rows: Sequence[Row]) -> list[Scope]:
        """A scope for each row; 序号 is its number there, 总数 how many there are."""
        return [Scope(row, self, number, len(rows)) for number, row in enumerate(rows, 1)]

    def known(self) -> list[str]:
        return [*self.names, *(self.around.known() if self.around else [])]
