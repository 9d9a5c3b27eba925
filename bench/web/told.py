"""What a server said to people who changed things: acknowledged, refused, or never said because the line broke."""

from __future__ import annotations

import http.client
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from statistics import quantiles

BROKEN = (OSError, http.client.HTTPException)
EDIT, OPEN = "edit", "open"


@dataclass(frozen=True)
class Change:
    """Something that somebody sent: `what` is EDIT, OPEN or a step of a task.

    `subject` is a household or a task, 0 for one to be opened; `text` what was typed, no two alike; `seen` what stood
    there in the form.
    """

    what: str
    subject: int = 0
    text: str = ""
    seen: str = ""


@dataclass
class Told:
    """What was acknowledged, what nobody knows of, how often the server answered what, and how long it took (seconds)."""

    done: list[Change] = field(default_factory=list)
    unsure: list[Change] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    waits: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: int = 0  # connections that broke
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def sending(self, change: Change) -> Iterator[None]:
        """A line that breaks in the block leaves it open whether the change was written."""
        try:
            yield
        except BROKEN:
            with self.lock:
                self.unsure.append(change)
            raise

    def acknowledge(self, change: Change, subject: int = 0) -> None:
        with self.lock:
            self.done.append(replace(change, subject=subject or change.subject))

    def note(self, what: str, status: int, seconds: float) -> None:
        with self.lock:
            self.statuses[f"{what} {status}"] += 1
            self.waits[what].append(seconds)

    def lose(self) -> None:
        with self.lock:
            self.lost += 1

    def add(self, other: Told) -> None:
        """Takes in what was told to others at another time."""
        self.done += other.done
        self.unsure += other.unsure
        self.statuses += other.statuses
        self.lost += other.lost
        for what, seconds in other.waits.items():
            self.waits[what] += seconds

    def of(self, what: str) -> list[Change]:
        return [change for change in self.done if change.what == what]

    @property
    def failures(self) -> dict[str, int]:
        """Answers of 500 and above."""
        return {key: count for key, count in self.statuses.items() if key.split()[-1] >= "500"}

    @property
    def conflicts(self) -> int:
        return sum(count for key, count in self.statuses.items() if key.endswith(" 409"))

    def longest(self, *, pages: bool) -> tuple[float, float, float]:
        """The median, what 95 of 100 lie below, and the most, of pages or of what was saved."""
        taken = [one for what, some in self.waits.items() if (what == "page") == pages for one in some]
        cuts = quantiles(taken, n=20)
        return cuts[9], cuts[-1], max(taken)
