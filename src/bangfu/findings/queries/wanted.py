"""Which findings are asked for, and how a page of them is told from the next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class FindingFilter:
    """Of the findings that are there now those wanted; `state` gone: of those that are not there any more.

    `family` is what ids of checks begin with; `village` a number of the register; `text` begins a 户编号, 人编号 or name.
    """

    check: str = ""
    family: str = ""
    village: int | None = None
    department: str = ""
    severity: str = ""
    state: str = ""
    text: str = ""
    is_silent: bool | None = False
    is_handed_out: bool | None = None

    @property
    def is_of_tally(self) -> bool:
        """Whether the kept counts answer it."""
        is_kept = self.state != "gone" and (not self.state or self.is_silent is False)
        return is_kept and not self.text and self.is_handed_out is None


@dataclass(frozen=True)
class Line:
    """A finding in a list. `state` is one of `standing.STATES`."""

    number: int
    check: str
    severity: str
    table: str
    subject: str
    name: str
    household: str
    household_key: int | None
    village: str
    village_key: int | None
    department: str
    explanation: str
    state: str
    is_silent: bool
    is_handed_out: bool


@dataclass(frozen=True)
class Page:
    """Some lines; `after` is where the next page begins, None on the last."""

    lines: tuple[Line, ...]
    after: str | None


@dataclass(frozen=True)
class Count:
    """How many there are, or, where that is not exact, that there are more."""

    number: int
    is_exact: bool = True

    def __str__(self) -> str:
        return f"{self.number:,}" if self.is_exact else f"{self.number:,} 以上"


MOST = 1_000
"""What is counted one by one: beyond it there are "more"."""


def told_place(after: str | None, kinds: tuple[type[int] | type[str], ...]) -> tuple[Any, ...] | None:
    """Where a page begins, as the page before said; None for the first, and for what no page says."""
    parts = (after or "").split("~")
    if len(parts) != len(kinds):
        return None
    try:
        return tuple(kind(part) for kind, part in zip(kinds, parts, strict=True))
    except ValueError:
        return None
