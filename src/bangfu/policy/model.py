"""What the rulebook becomes: frozen objects in force at a date and a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bangfu.policy.language.nodes import Node, RunConstant, walk
from bangfu.policy.standard import Standard
from bangfu.terms.model import Terms

Severity = Literal["error", "suspicion", "reminder"]
Answer = Literal["finding", "pass", "unknown"]
Measure = Literal["rows", "distinct", "sum", "mean", "ratio", "standard"]
OWNERS = ("person", "household", "village")
"""What rows point to: counted once each by `distinct`."""
TIMES = ("year", "month")
VILLAGE = "village"
"""Dimensions that need no declaration: when a row happened, and where it belongs."""


@dataclass(frozen=True)
class Label:
    label: str
    code: str | None
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class CodeListVersion:
    since: int | None
    until: int | None
    source: str
    labels: tuple[Label, ...]


@dataclass(frozen=True)
class CodeList:
    id: str
    name: str
    versions: tuple[CodeListVersion, ...]
    groups: Mapping[str, tuple[str, ...]]

    def version(self, day: int) -> CodeListVersion:
        """The version in force on a day; before the first one, the first."""
        fitting = [
            item
            for item in self.versions
            if (item.since or 0) <= day and (item.until is None or day <= item.until)
        ]
        return fitting[-1] if fitting else self.versions[0]

    @property
    def all_labels(self) -> frozenset[str]:
        return frozenset(self.ordered_labels)

    @property
    def ordered_labels(self) -> tuple[str, ...]:
        """The labels of all versions, each once, those of the newest version first."""
        return tuple(
            dict.fromkeys(label.label for version in reversed(self.versions) for label in version.labels)
        )


@dataclass(frozen=True)
class Example:
    given: Mapping[str, Any]
    expect: str
    as_of: int
    place: str
    line: int


@dataclass(frozen=True)
class Check:
    """A question asked of every row of `subject`; `when` true is a finding."""

    id: str
    name: str
    subject: str
    severity: Severity
    when: Node
    text: str
    refs: tuple[str, ...]
    codes: tuple[str, ...]
    since: int | None
    until: int | None
    focus: tuple[str, ...]
    missing_passes: bool
    department: str
    rectify: str
    basis: str
    examples: tuple[Example, ...]
    file: str
    line: int
    programme: str | None = None

    def in_force(self, day: int) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Programme:
    id: str
    name: str
    department: str
    subject: str
    period: str
    eligible: Node | None
    eligible_text: str
    amount: Node | None
    since: int | None
    until: int | None
    verified: bool
    refs: Mapping[str, tuple[str, ...]]
    basis: str
    examples: tuple[Example, ...]
    file: str
    line: int
    unit: str = ""
    """Of the quantities that it is paid by, where it is."""


@dataclass(frozen=True)
class Dimension:
    """How figures of a table's rows can be broken down; `labels` in the order of forms, as far as they are known.

    Where `of` is a multi-select cell a row counts under each of its options.
    """

    id: str
    name: str
    table: str
    of: Node
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Tally:
    """Rows, and what counting them comes to: an example of an indicator."""

    given: tuple[Mapping[str, Any], ...]
    expect: str
    as_of: int
    period: tuple[int, int]
    place: str
    line: int


@dataclass(frozen=True)
class Indicator:
    """A figure of the office: which rows of `table` are counted, and how.

    A stock is a state on a day. A flow is what happened in a period: rows whose `on` lies in it, or whose `where` reads
    `period_start` and `period_end`. `of` is what is summed or averaged, or the values that are counted once each;
    `owner` stands for them where persons, households or villages are counted. `parts` are numerator and denominator.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    topic: str
    unit: str
    definition: str
    basis: str
    is_flow: bool
    measure: Measure
    table: str
    where: Node | None
    text: str
    on: Node | None
    of: tuple[Node, ...]
    owner: str
    parts: tuple[str, ...]
    standard: str
    divide: int
    dimensions: tuple[str, ...]
    decimals: int
    """Places behind the point of its value, which is held as an integer."""
    refs: tuple[str, ...]
    examples: tuple[Tally, ...]
    file: str
    line: int
    programme: str | None = None

    @property
    def reads_period(self) -> bool:
        """Whether its condition names the period: such a figure is asked anew for each."""
        return self.where is not None and any(
            isinstance(node, RunConstant) and node.name.startswith("period_") for node in walk(self.where)
        )

    @property
    def is_counted(self) -> bool:
        """Whether it has rows of its own; ratios and standards have none."""
        return self.measure not in ("ratio", "standard")


@dataclass(frozen=True)
class StatisticColumn:
    """A column of a form: the figure that fills it (a reference), or why nothing can; `share_of` names the whole."""

    label: str
    figure: str
    share_of: str
    missing: str


@dataclass(frozen=True)
class StatisticTable:
    """A form that offices hand in, one line a village."""

    id: str
    name: str
    columns: tuple[StatisticColumn, ...]
    note: str
    file: str


@dataclass(frozen=True)
class Policy:
    """A rulebook that loaded whole; `hash` changes with any file of it."""

    terms: Terms
    standards: Mapping[str, Standard]
    codelists: Mapping[str, CodeList]
    programmes: Mapping[str, Programme]
    checks: Mapping[str, Check]
    hash: str
    overlays: tuple[str, ...] = field(default=())
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    dimensions: Mapping[str, Mapping[str, Dimension]] = field(default_factory=dict)
    """By table and id."""
    statistics: Mapping[str, StatisticTable] = field(default_factory=dict)

    def in_force(self, day: int) -> list[Check]:
        return [check for check in self.checks.values() if check.in_force(day)]
