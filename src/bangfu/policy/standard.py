"""A standard of the rulebook: what it is, and its values in force at a date and a place."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.policy.language.types import Type


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
