"""The people of the invented town while it is being made: homes, who stays in them, and what they are given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bangfu.samples.household import House, Land
from bangfu.samples.people import Person
from bangfu.samples.places import Village

TODAY = date(2020, 4, 22)
AS_OF = 20200422
YEAR = 2019
"""The last closed year: the register's data year, and the one that most published figures cover."""
_FIRST_NUMBER = 421_020_000_000
Values = dict[str, Any]


@dataclass(slots=True)
class Stay:
    """A person in a home: since when, until when, and why; days are yyyymmdd. `key` is known once written."""

    person: Person
    joined: int = 0
    join_reason: str | None = None
    left: int | None = None
    leave_reason: str | None = None
    place: int = 0
    key: int = 0
    told: Values = field(default_factory=dict)
    """Columns of the person's row that say otherwise than the person is: see `faults`."""

    def covers(self, day: int) -> bool:
        return self.joined <= day and (self.left is None or day < self.left)


@dataclass(slots=True)
class Line:
    """A row of a ledger before it is written; without a home it means somebody whom the register does not know."""

    table: str
    values: Values
    village: Village | None = None
    home: Home | None = None
    stay: Stay | None = None


@dataclass(slots=True)
class Home:
    """A registered household."""

    nth: int
    village: Village
    hamlet: str
    local_class: str
    stays: list[Stay]
    account: str
    house: House
    land: Land
    identified: int = 201312  # yyyymm
    exit_year: int = 2018
    cause: str = ""
    helper: tuple[str, str] = ("", "")
    collector: tuple[str, str] = ("", "")
    is_monitored: bool = False
    renovated_in: int | None = None
    out_of_pocket: int = 0  # fen
    in_coop: bool = False
    paid: Counter[str] = field(default_factory=Counter)  # fen of the year by programme
    years: dict[int, Values] = field(default_factory=dict)  # income by year, in fen
    key: int = 0
    told: Values = field(default_factory=dict)
    told_of_year: Values = field(default_factory=dict)
    """Columns of the household's row and of its record of the year that say otherwise than it is: see `faults`."""

    @property
    def number(self) -> str:
        return str(_FIRST_NUMBER + self.nth)

    @property
    def members(self) -> list[Person]:
        return [stay.person for stay in self.stays if stay.left is None]

    @property
    def head(self) -> Stay:
        return self.stays[0]

    @property
    def phone(self) -> str:
        return self.head.person.phone

    @property
    def has_labor(self) -> bool:
        return any(person.has_labor for person in self.members)

    @property
    def has_able(self) -> bool:
        return any(person.is_able for person in self.members)

    @property
    def is_dibao(self) -> bool:
        return any(person.dibao for person in self.members)

    @property
    def is_tekun(self) -> bool:
        return any(person.tekun for person in self.members)

    @property
    def attribute(self) -> str:
        prefix = "特困供养" if self.is_tekun else "低保" if self.is_dibao else "一般"
        return f"{prefix}脱贫户"

    def number_of(self, stay: Stay) -> str:
        """The person's number in the national system."""
        return f"{self.number}{stay.place:02d}"

    def size_on(self, day: int) -> int:
        return sum(stay.covers(day) for stay in self.stays)

    def staying(self) -> list[Stay]:
        return [stay for stay in self.stays if stay.left is None]


@dataclass(slots=True)
class Block:
    """As many homes as the real town has, or fewer, with all that they are given; `nth` counts the blocks."""

    nth: int
    homes: list[Home] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)

    def give(self, table: str, home: Home, stay: Stay | None, values: Values) -> None:
        """A row about a home on file, its head where nobody else is named; benefits count for the home's income."""
        if table == "benefit":
            home.paid[values["programme"]] += values["amount"]
        self.lines.append(Line(table, values, home.village, home, stay or home.head))

    def give_town(self, table: str, values: Values) -> None:
        """A row that belongs to no village."""
        self.lines.append(Line(table, values))

    def give_outsider(self, table: str, village: Village, values: Values) -> None:
        """A row about somebody who is not on file: as written only."""
        self.lines.append(Line(table, values, village))


def day(value: date) -> int:
    return value.year * 10000 + value.month * 100 + value.day
