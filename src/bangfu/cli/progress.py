"""What long work is at: on a terminal a line that moves, elsewhere nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tqdm import tqdm


@contextmanager
def moving() -> Iterator[Callable[[str], None]]:
    """The function that says where the work is."""
    with tqdm(bar_format="{desc}", leave=False, disable=not sys.stderr.isatty(), file=sys.stderr) as bar:
        yield bar.set_description_str


def say(message: str) -> None:
    """What must be known whoever reads it, such as having to wait."""
    tqdm.write(message, file=sys.stderr)
