"""Where the snapshots lie that figures open to: in the home, beside the database, not in backups.

A snapshot can be made again from the journal, so only those of the latest runs are kept.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bangfu.config.env import read_env
from bangfu.jobs.alone import Taken, alone

COUNTED = "counted"
"""Beside the tables of a snapshot, in a folder of its own: what the count judged of their rows."""


def folder_of(run: int) -> Path:
    return _all() / str(run)


@contextmanager
def new_folder() -> Iterator[Path]:
    """A folder to write into; `settle` gives it its run, else it is gone afterwards, or, after a kill, at the next count."""
    _clear_left_behind()
    folder = _all() / f".{uuid.uuid4().hex}"
    with alone(_lock_of(folder)):
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    _lock_of(folder).unlink(missing_ok=True)


def _clear_left_behind() -> None:
    """What a killed count was writing: a count that still lives holds its lock."""
    for path in _all().iterdir():
        if path.name.startswith(".") and path.is_dir():
            with suppress(Taken), alone(_lock_of(path)):
                shutil.rmtree(path, ignore_errors=True)
            if not path.exists():
                _lock_of(path).unlink(missing_ok=True)


def _lock_of(folder: Path) -> Path:
    return folder.with_suffix(".lock")


def settle(folder: Path, run: int) -> None:
    """Gives a written folder to its run."""
    target = folder_of(run)
    shutil.rmtree(target, ignore_errors=True)
    folder.rename(target)


def clear_all_but(runs: set[int]) -> None:
    """Takes away the snapshots of other runs."""
    for path in _all().iterdir():
        if path.name.isdigit() and int(path.name) not in runs:
            shutil.rmtree(path, ignore_errors=True)


def _all() -> Path:
    folder = read_env().home / "figures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
