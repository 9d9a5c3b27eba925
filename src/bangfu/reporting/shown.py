"""Figures as pages, documents and the command line are given them."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from bangfu.engine.indicators.cells import Period


@dataclass(frozen=True)
class RunShown:
    """A count: of which day (yyyymmdd), when and by whom it was made, and how much of it could be counted."""

    number: int
    as_of: int
    at: str
    actor: str
    counted: int
    not_counted: int
    has_rows: bool


@dataclass(frozen=True)
class FigureShown:
    """One number with all that is needed to tell it. `value` is None where there is none, and `why_not` says why.

    `unknown` rows could not be judged. `is_summed`: added up from villages, in which somebody may stand twice.
    """

    indicator: str
    name: str
    unit: str
    as_of: int
    period: Period | None
    value: Decimal | None
    count: int = 0
    unknown: int = 0
    village: str = ""
    cut: str = ""
    label: str | None = None
    aliases: tuple[str, ...] = ()
    definition: str = ""
    is_summed: bool = False
    why_not: tuple[str, ...] = ()
    reference: str = ""
    """How templates name it."""

    @property
    def text(self) -> str:
        """The number as it is written: 1,234.5; a dash where there is none."""
        return "—" if self.value is None else f"{self.value:,f}"


@dataclass(frozen=True)
class TableShown:
    """Figures of several indicators, one line a label, in the order of forms."""

    by: str
    columns: tuple[FigureShown, ...]
    """The totals, which also name the columns."""
    lines: tuple[tuple[str, tuple[FigureShown, ...]], ...] = field(default=())
