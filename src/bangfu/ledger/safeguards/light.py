"""A light of 三保障 or 饮水: its colour, its rule in words, and the facts behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.policy.given import standard_at

GREEN, YELLOW, RED, UNKNOWN, NONE = "green", "yellow", "red", "unknown", "none"
WORDS = {GREEN: "有保障", YELLOW: "待核实", RED: "没有保障", UNKNOWN: "情况不明", NONE: "不涉及"}
_WORST = (RED, UNKNOWN, YELLOW, GREEN, NONE)


@dataclass(frozen=True)
class Fact:
    """A value that a light looked at, and the list and row that it came from."""

    whose: str
    label: str
    value: str
    colour: str = NONE
    src: int | None = None
    src_row: int | None = None


@dataclass(frozen=True)
class Light:
    name: str
    colour: str
    said: str
    rule: str
    facts: tuple[Fact, ...]

    @property
    def word(self) -> str:
        return WORDS[self.colour]


@dataclass(frozen=True)
class Person:
    """A member as the lights see one; `columns` are the register's, by name."""

    name: str
    age: int | None
    key: int
    columns: Mapping[str, Any]


@dataclass(frozen=True)
class Seen:
    """A row of a department's list: whose, when (a day or a year), what it says."""

    table: str
    person: int | None
    when: int | None
    word: str | None
    state: str | None
    src: int | None
    src_row: int | None


@dataclass(frozen=True)
class Given:
    """All that the lights look at; `record` is the last annual record, None where there is none."""

    persons: Sequence[Person]
    record: Mapping[str, Any] | None
    seen: Sequence[Seen]
    day: int
    place: str

    def of(self, table: str, person: int | None = None) -> list[Seen]:
        """Rows of a list, the latest first."""
        rows = [row for row in self.seen if row.table == table and (person is None or row.person == person)]
        return sorted(rows, key=lambda row: row.when or 0, reverse=True)

    def standard(self, name: str) -> int | None:
        found = standard_at(name, self.day, self.place)
        return found.value if found else None


def light(name: str, rule: str, facts: Iterable[Fact], nothing: str = "") -> Light:
    """As bad as its worst fact; `nothing` is said where no fact has a colour."""
    listed = tuple(facts)
    worst = next((colour for colour in _WORST if any(fact.colour == colour for fact in listed)), NONE)
    blamed = [fact for fact in listed if fact.colour == worst]
    said = nothing if worst == NONE else "" if worst == GREEN else "；".join(map(_in_words, blamed[:3]))
    return Light(name, worst, said, rule, listed)


def _in_words(fact: Fact) -> str:
    return f"{fact.whose}{fact.label}{fact.value}"


def of_row(row: Mapping[str, Any]) -> tuple[int | None, int | None]:
    return row.get("src"), row.get("src_row")
