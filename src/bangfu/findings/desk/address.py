"""Where the desk listens and by which key both sides know each other: files of the home that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
import socket
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bangfu.config.env import read_env

Address = str | tuple[str, int]
"""A socket's path, or host and port."""
_LONGEST = 90
"""Bytes of a socket's path that every system takes."""


_ELSEWHERE = "bangfu-desk-"


@dataclass(frozen=True)
class Door:
    """An address and the key to it."""

    address: Address
    key: bytes


def folder() -> Path:
    return read_env().home.resolve() / "desk"


def new_door() -> Door:
    """A door that is not told to anybody yet; its key is made where the home has none."""
    place = folder()
    place.mkdir(mode=0o700, exist_ok=True)
    path = place / "key"
    with suppress(FileExistsError):
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(fd, "wb") as out:
            out.write(secrets.token_bytes(32))
    return Door(_free_address(place), path.read_bytes())


def tell(address: Address) -> None:
    """From now on clients find the desk there."""
    told = folder() / f"address.{os.getpid()}"
    told.write_text(json.dumps(address), encoding="utf-8")
    told.replace(folder() / "address")


def take_away(door: Door) -> None:
    """Removes what a door left in the file system."""
    if isinstance(door.address, str):
        path = Path(door.address)
        path.unlink(missing_ok=True)
        if path.parent.name.startswith(_ELSEWHERE):
            path.parent.rmdir()


def known_door() -> Door | None:
    """Where the desk was last told to be; None where no desk ever ran."""
    try:
        address = json.loads((folder() / "address").read_text("utf-8"))
        key = (folder() / "key").read_bytes()
    except (OSError, ValueError):
        return None
    return Door(address if isinstance(address, str) else (address[0], address[1]), key)


def _free_address(place: Path) -> Address:
    """A socket in the home; elsewhere where its path is too long, a local port where there are no such sockets."""
    if not hasattr(socket, "AF_UNIX"):
        return ("127.0.0.1", 0)
    for left in place.glob("socket.*"):
        if not _is_running(left.suffix[1:]):
            left.unlink(missing_ok=True)
    path = place / f"socket.{os.getpid()}"
    if len(os.fsencode(path)) > _LONGEST:
        path = Path(tempfile.mkdtemp(prefix=_ELSEWHERE)) / "socket"
    path.unlink(missing_ok=True)
    return str(path)


def _is_running(number: str) -> bool:
    try:
        os.kill(int(number), 0)
    except (ValueError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
