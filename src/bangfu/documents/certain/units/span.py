"""The span in which a figure in the wrong unit is impossible for what is said of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_F = (
    r"(?:总计|合计|共计|共有|共|约|为|是|有|达到|达|只有|仅|完成|实现|突破|超过|近|已达|均|降到|降至|增至|只剩|"
    r"升到|回升到)*[ \t]*$"
)


@dataclass(frozen=True)
class Span:
    """A figure written in one of `units` is mistaken below `least` or from `most` on (both in base units).

    `said` ends where the figure begins; `around`, if any, must stand in its sentence and `never` must not in its clause.
    """

    said: re.Pattern[str]
    units: frozenset[str]
    least: Decimal
    most: Decimal
    meant: str
    factor: int = 0
    """What the number is to be taken times for its value in base units; 0 where that is not sure."""
    around: re.Pattern[str] | None = None
    never: re.Pattern[str] | None = None
    each: bool = False
    """Whether it may be said of each."""


_NO_END = Decimal("Infinity")


def at_least(
    said: str,
    units: str,
    least: int,
    meant: str,
    factor: int,
    *,
    around: str = "",
    never: str = "",
    each: bool = False,
) -> Span:
    return _span(said, units, (Decimal(least), _NO_END), meant, factor, around, never, each=each)


def below(
    said: str,
    units: str,
    most: int,
    meant: str,
    factor: int,
    *,
    around: str = "",
    never: str = "",
    each: bool = True,
) -> Span:
    return _span(said, units, (Decimal(0), Decimal(most)), meant, factor, around, never, each=each)


def _span(
    said: str,
    units: str,
    ends: tuple[Decimal, Decimal],
    meant: str,
    factor: int,
    around: str,
    never: str,
    *,
    each: bool,
) -> Span:
    return Span(
        re.compile(rf"(?:{said}){_F}"),
        frozenset(units.split()),
        *ends,
        meant,
        factor,
        re.compile(around) if around else None,
        re.compile(never) if never else None,
        each,
    )
