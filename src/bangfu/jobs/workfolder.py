"""What is told of jobs outside the database: a running job may hold its lock for minutes.

Small files in the folder `work` of the home, none of them kept in backups. A file is replaced whole, so that nobody
reads half of one.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bangfu.config.env import read_env

_TORN_AFTER = 86_400


@dataclass(frozen=True)
class Progress:
    """Where a job is; `fraction` from 0 to 1 where that is known."""

    message: str
    fraction: float | None = None


def work_folder() -> Path:
    """Made when it is not there."""
    folder = read_env().home / "work"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def uploads_folder() -> Path:
    """Where files are while they come in."""
    folder = work_folder() / "uploads"
    folder.mkdir(exist_ok=True)
    return folder


def forget_torn_uploads() -> None:
    """What a server that was killed left of files that were coming in."""
    for path in uploads_folder().iterdir():
        with suppress(FileNotFoundError):
            if time.time() - path.stat().st_mtime > _TORN_AFTER:
                path.unlink()


def mark() -> str:
    """What tells this folder from that of the same register elsewhere: a job of a restored backup has another."""
    path = work_folder() / "mark"
    if not path.exists():
        part = path.with_name(f"mark.{os.getpid()}.part")
        part.write_text(secrets.token_hex(8), encoding="ascii")
        with suppress(FileExistsError):
            os.link(part, path)  # of two that make one, one wins
        part.unlink()
    return path.read_text(encoding="ascii")


def tell(number: int, progress: Progress) -> None:
    """Says where a job is. On Windows a file that somebody reads cannot be replaced: the next word will be."""
    with suppress(PermissionError):
        _put(_of(number, "json"), json.dumps([progress.message, progress.fraction], ensure_ascii=False))


def told(number: int) -> Progress | None:
    with suppress(FileNotFoundError, ValueError, PermissionError):
        return Progress(*json.loads(_of(number, "json").read_text(encoding="utf-8")))
    return None


def ask_to_stop(number: int) -> None:
    _of(number, "stop").touch()


def is_asked_to_stop(number: int) -> bool:
    return _of(number, "stop").exists()


def forget(number: int) -> None:
    """Takes away what was told of a job that is over, or is to begin anew."""
    for suffix in ("json", "stop"):
        _of(number, suffix).unlink(missing_ok=True)


def wake() -> None:
    """Lets the worker look for a job at once."""
    (work_folder() / "wake").touch()


def woken_at() -> int:
    """When `wake` was called last; 0 before."""
    with suppress(FileNotFoundError):
        return (work_folder() / "wake").stat().st_mtime_ns
    return 0


def beat(name: str) -> None:
    """Says that a process is alive."""
    (work_folder() / f"{name}.alive").touch()


def seconds_since_beat(name: str) -> float | None:
    """None where it never said so."""
    with suppress(FileNotFoundError):
        return time.time() - (work_folder() / f"{name}.alive").stat().st_mtime
    return None


def stop_beating(name: str) -> None:
    (work_folder() / f"{name}.alive").unlink(missing_ok=True)


def _of(number: int, suffix: str) -> Path:
    return work_folder() / f"job-{number}.{suffix}"


def _put(path: Path, text: str) -> None:
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    os.replace(part, path)
