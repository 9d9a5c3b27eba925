"""A PostgreSQL server for tests: started as an ordinary user on a socket of its own, stopped when the tests end."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ORDINARY = "nobody"
ROOM = 1_000_000_000
"""Bytes that must be free in memory: databases are dropped test by test."""


def binaries() -> Path | None:
    """The folder of the newest installed server; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))
    return found[-1] if found else None


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh server, without a database in it."""
    programs = binaries()
    assert programs is not None, "PostgreSQL is not installed: .ci/postgres does it"
    folder = Path(tempfile.mkdtemp(prefix="bangfu-pg-", dir=_in_memory()))
    data, socket = folder / "data", folder / "socket"
    socket.mkdir()
    user = _give_away(folder)
    quick = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"
    try:
        _run([programs / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        options = f"-c listen_addresses='' -c unix_socket_directories={socket} {quick}"
        _run([programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", options, "start"])
        yield f"postgresql://{user}@{str(socket).replace('/', '%2F')}"
    finally:
        _run([programs / "pg_ctl", "-D", data, "-m", "immediate", "stop"], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _in_memory() -> Path | None:
    """A folder in memory, where making and dropping databases of a thousand files each takes no time."""
    room = Path("/dev/shm")
    is_roomy = room.is_dir() and os.access(room, os.W_OK) and shutil.disk_usage(room).free > ROOM
    return room if is_roomy else None


def _give_away(folder: Path) -> str:
    """Who runs the server: the one who runs the tests, unless that is root."""
    if os.getuid() != 0:
        return pwd.getpwuid(os.getuid()).pw_name
    entry = pwd.getpwnam(ORDINARY)
    for path in (folder, *folder.iterdir()):
        os.chown(path, entry.pw_uid, entry.pw_gid)
    return ORDINARY


def _run(command: list[object], check: bool = True) -> None:
    words = [str(word) for word in command]
    if os.getuid() == 0:
        words = [
            "setpriv",
            f"--reuid={ORDINARY}",
            f"--regid={pwd.getpwnam(ORDINARY).pw_gid}",
            "--clear-groups",
            *words,
        ]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/")
    if check and done.returncode:
        raise RuntimeError(f"{words[-1]}: {done.stderr}{done.stdout}")
