"""Of some processes a home may have one only: each holds a lock on a file, which the system takes back however it ends."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


class Taken(Exception):
    """Another process holds the lock; `word` is what it wrote into the file."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


@contextmanager
def alone(path: Path, word: str = "") -> Iterator[None]:
    """Holds the lock while the block runs and says `word` to those who want it meanwhile. Raises Taken."""
    path.parent.mkdir(parents=True, exist_ok=True)
    note = path.with_suffix(".note")
    with path.open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            told = ""
            with suppress(OSError):
                told = note.read_text(encoding="utf-8")
            raise Taken(told) from error
        note.write_text(word, encoding="utf-8")
        try:
            yield
        finally:
            note.unlink(missing_ok=True)
            _unlock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
