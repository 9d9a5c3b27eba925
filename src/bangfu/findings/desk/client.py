"""Asking the desk. Each thread keeps its line to it; a desk that is gone, silent or not ready yet is answered by None."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from bangfu.findings.desk.address import Door, known_door
from bangfu.findings.desk.lines import LONGEST, BadLine, Document, document_of, line_of
from bangfu.findings.examined import Examined, from_document
from bangfu.registry.proposals import ProposedRow
from bangfu.terms.errors import UserError

PATIENCE = 2.0
"""Seconds; who types must not wait longer for a word on it."""
_threads = threading.local()


def examine(household: int | None, rows: Sequence[ProposedRow]) -> Examined | None:
    """What the checks say of a household as the rows would make it; None where the desk cannot say so now.

    Without a household it is one row of a ledger, asked about by itself. UserError where the household is not on file.
    """
    asked = {
        "household": household,
        "rows": [{"table": item.table, "row": item.row, "values": dict(item.values)} for item in rows],
    }
    answer = _answer(asked)
    if answer is None or answer.get("preparing"):
        return None
    if "refused" in answer:
        raise UserError(answer["refused"])
    return from_document(answer["examined"])


def is_ready() -> bool:
    """Whether the desk answers and has its checks made."""
    answer = _answer({})
    return answer is not None and not answer.get("preparing")


def _answer(asked: Document) -> Document | None:
    """The desk's word on it. A line that broke since it was last used is opened once more."""
    door = known_door()
    if door is None:
        return None
    for _ in range(2):
        line: _Line | None = getattr(_threads, "line", None)
        is_used = line is not None and line.door == door
        try:
            line = line if line is not None and is_used else _opened(door)
            return line.ask(asked)
        except TimeoutError:
            hang_up()
            return None
        except (OSError, BadLine, ValueError):
            hang_up()
            if not is_used:
                return None
    return None


def _opened(door: Door) -> _Line:
    hang_up()
    _threads.line = line = _Line(door)
    return line


def hang_up() -> None:
    """Closes the thread's line; the next question opens one."""
    line: _Line | None = getattr(_threads, "line", None)
    if line is not None:
        line.close()
    _threads.line = None


class _Line:
    def __init__(self, door: Door) -> None:
        self.door = door
        self.socket = _connected(door)
        self.answers: BinaryIO = self.socket.makefile("rb")

    def ask(self, asked: Document) -> Document:
        once = secrets.token_hex(8)
        self.socket.sendall(line_of({**asked, "once": once}, self.door.key, "client"))
        answer = document_of(self.answers.readline(LONGEST), self.door.key, "desk")
        if answer.pop("once", None) != once:
            raise BadLine
        return answer

    def close(self) -> None:
        with suppress(OSError):
            self.answers.close()
            self.socket.close()


def _connected(door: Door) -> socket.socket:
    address: Any = door.address
    family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    made.settimeout(PATIENCE)
    try:
        made.connect(address)
    except OSError:
        made.close()
        raise
    return made
