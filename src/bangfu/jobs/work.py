"""A job as the one who does it sees it: what was asked, and the word of where it is, which may bring an order to stop."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bangfu.jobs.workfolder import Progress, is_asked_to_stop, tell

_EVERY = 0.2  # seconds between two words that are written down


class Interrupted(BaseException):
    """Not an error: nobody but the worker catches it, and open transactions roll back."""


class Cancelled(Interrupted):
    """Somebody does not want the job any more."""


class Stopped(Interrupted):
    """The worker is told to end; the job is taken up again by the next one."""


@dataclass
class Work:
    """`attempt` is 1 the first time; a later one may find everything done."""

    number: int
    actor: str
    parameters: Mapping[str, Any]
    attempt: int = 1
    _said: Progress = field(default_factory=lambda: Progress(""))
    _at: float = 0.0

    def say(self, message: str, fraction: float | None = None) -> None:
        """Where the work is; without a fraction the last one stands. Raises Cancelled where it is not wanted any more."""
        if is_asked_to_stop(self.number):
            raise Cancelled
        self._said = Progress(message, self._said.fraction if fraction is None else fraction)
        if time.monotonic() - self._at >= _EVERY:
            self._at = time.monotonic()
            tell(self.number, self._said)

    def reach(self, fraction: float) -> None:
        """How much of the whole is done."""
        self.say(self._said.message, min(max(fraction, 0.0), 1.0))
