"""Where a run is, told all along. What is raised by who listens ends the run, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


class Say(Protocol):
    """Takes a message and how much of the whole is done (0 to 1), where that is known."""

    def __call__(self, message: str, fraction: float | None = None, /) -> object: ...


def silent(message: str, fraction: float | None = None, /) -> None:
    """Tells nobody."""


@dataclass(frozen=True)
class Stretch:
    """A part of the work, from one share of the whole to another."""

    say: Say
    words: str
    start: float
    end: float

    def heard(self, done: int, of: int) -> None:
        share = done / of if of else 1.0
        self.say(self.words.format(done=done, of=of), self.start + (self.end - self.start) * share)


def waiting(say: Say) -> Callable[[str], None]:
    """For doors that tell words only."""

    def tell(message: str) -> None:
        say(message)

    return tell
