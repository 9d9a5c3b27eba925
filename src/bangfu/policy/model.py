"""What the rulebook becomes: frozen objects in force at a date and a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from bangfu.policy.language.nodes import Node
from bangfu.policy.language.types import Type
from bangfu.terms.model import Terms

Severity = Literal["error", "suspicion", "reminder"]
Answer = Literal["finding", "pass", "unknown"]


@dataclass(frozen=True)
class StandardValue:
    since: int | None  # yyyymmdd
    until: int | None
    place: str
    value: int  # exact, by the standard's type
    verified: bool
    source: str
    source_read_on: int | None

    def covers(self, day: int, place: str) -> bool:
        return (
            (self.since is None or self.since <= day)
            and (self.until is None or day <= self.until)
            and place.startswith(self.place)
        )


@dataclass(frozen=True)
class Standard:
    id: str
    name: str
    unit: str
    type: Type
    values: tuple[StandardValue, ...]
    note: str = ""

    def at(self, day: int, place: str) -> StandardValue | None:
        """The value in force: the nearest place wins, then the latest start."""
        fitting = [value for value in self.values if value.covers(day, place)]
        return max(fitting, key=lambda value: (len(value.place), value.since or 0), default=None)


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
        return frozenset(label.label for version in self.versions for label in version.labels)


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

    def in_force(self, day: int) -> list[Check]:
        return [check for check in self.checks.values() if check.in_force(day)]
