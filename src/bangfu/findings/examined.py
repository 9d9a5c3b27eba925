"""What checks say of a household as an edit would make it, against what they say of it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Standing = Literal["introduced", "remaining", "mended"]


@dataclass(frozen=True)
class Place:
    """A field of a row that a fault was read from."""

    table: str
    row: int
    field: str


@dataclass(frozen=True)
class Fault:
    """A finding on a row before or after the edit; `is_touched`: it was there, and the edit changes the values it rests on."""

    check: str
    table: str
    row: int
    name: str
    refs: tuple[str, ...]
    severity: str
    standing: Standing
    who: str
    explanation: str
    rectify: str
    places: tuple[Place, ...]
    is_touched: bool = False

    @property
    def identity(self) -> str:
        """The same finding has the same one however often the edit is examined."""
        return f"{self.check} {self.table} {self.row}"


@dataclass(frozen=True)
class Examined:
    """The faults of the day (yyyymmdd), the gravest first; `unasked` checks would have to look at other households."""

    day: int
    faults: tuple[Fault, ...]
    unasked: int = 0

    @property
    def errors(self) -> tuple[Fault, ...]:
        """What the edit may not bring in."""
        return self.of("introduced", "error")

    @property
    def suspicions(self) -> tuple[Fault, ...]:
        """What the edit brings in and needs a reason for."""
        return self.of("introduced", "suspicion")

    @property
    def reminders(self) -> tuple[Fault, ...]:
        """What else the edit brings in."""
        return self.of("introduced", "reminder")

    @property
    def remaining(self) -> tuple[Fault, ...]:
        """What was there and stays; those first whose values the edit changes."""
        return tuple(sorted(self.of("remaining"), key=lambda fault: not fault.is_touched))

    @property
    def mended(self) -> tuple[Fault, ...]:
        """What the edit does away with."""
        return self.of("mended")

    def of(self, standing: Standing, *severities: str) -> tuple[Fault, ...]:
        """Of one standing, of the severities named or of all."""
        return tuple(
            fault
            for fault in self.faults
            if fault.standing == standing and (not severities or fault.severity in severities)
        )


def as_document(examined: Examined) -> dict[str, Any]:
    return asdict(examined)


def from_document(document: Mapping[str, Any]) -> Examined:
    return Examined(document["day"], tuple(_faults(document["faults"])), document["unasked"])


def _faults(documents: Iterable[Mapping[str, Any]]) -> Iterable[Fault]:
    for document in documents:
        places = tuple(Place(**place) for place in document["places"])
        yield Fault(**{**document, "refs": tuple(document["refs"]), "places": places})
