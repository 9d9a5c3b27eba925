"""How errors are written down: where in the program they were raised, and nothing of what they say.

The message of an error may hold a person's name or number (a value that was refused, a row of the database).
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TypeAlias

Raised: TypeAlias = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Frames(logging.Formatter):
    """A line, and of an error its kind and frames, with those of the errors that led to it."""

    def formatException(self, ei: Raised) -> str:
        return "\n".join(_told(error) for error in _chain(ei[1]))


def _told(error: BaseException) -> str:
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{type(error).__module__}.{type(error).__qualname__}"


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The last one first, as one looks for the cause."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
