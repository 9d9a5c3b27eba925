"""The desk's process: a thread for each line, and one that makes the checks anew when lists, day or rules have changed."""

from __future__ import annotations

import logging
import os
import signal
import socketserver
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

from django.db import connections

from bangfu.findings.desk.address import Address, Door, new_door, take_away, tell
from bangfu.findings.desk.holdings import looking_up
from bangfu.findings.desk.lines import LONGEST, BadLine, Document, document_of, line_of
from bangfu.findings.examined import Examined, as_document
from bangfu.findings.single import HouseholdDesk
from bangfu.intake.batches import lists_loaded
from bangfu.office.home import business_day, this_home
from bangfu.office.trouble import told
from bangfu.policy.root import default_root
from bangfu.policy.source import files
from bangfu.registry.proposals import ProposedRow

LOOKS = 2.0
"""Seconds between two looks at what the checks rest on."""
AGAIN = 300.0
"""Seconds after which a field that nobody had filled may be worth another look."""
IDLE = 60.0
"""Seconds after which a silent line is hung up, and its connection to the database with it."""
_log = logging.getLogger(__name__)
State = tuple[object, ...]


class Desk:
    """The checks as last made; the old ones answer while new ones are being made."""

    def __init__(self) -> None:
        self.checks: HouseholdDesk | None = None
        self.made_for: State = ()
        self.made_at = 0.0
        self.is_wanting = False

    def answer(self, asked: Document) -> Document:
        checks = self.checks
        if checks is None:
            return {"preparing": True}
        if "household" not in asked:
            return {}
        rows = [ProposedRow(**item) for item in asked["rows"]]
        self.is_wanting |= any(checks.wants(item) for item in rows)
        try:
            return {"examined": as_document(_examined(checks, asked["household"], rows))}
        except Exception as error:
            words = told(error)
            if words is None:
                _log.exception("household %s", asked["household"])
                return {"preparing": True}
            return {"refused": words}

    def renew(self) -> None:
        """Makes the checks where what they rest on has changed."""
        state = state_of_home()
        is_old = self.is_wanting and time.monotonic() - self.made_at > AGAIN
        if state == self.made_for and not is_old:
            return
        self.is_wanting = False
        day, overlays = business_day(), tuple(this_home().overlays.split())
        self.checks = HouseholdDesk(day, overlays=overlays, holdings=looking_up(day))
        self.made_for, self.made_at = state, time.monotonic()


def _examined(checks: HouseholdDesk, household: int | None, rows: list[ProposedRow]) -> Examined:
    if household is not None:
        return checks.examine(household, rows)
    return checks.examine_alone(rows[0]) if rows else Examined(checks.checks.as_of, ())


def state_of_home() -> State:
    """What the checks rest on: the day, the lists that are loaded, the rulebook's files."""
    stats = [path.stat() for path in files(default_root())]
    return (
        business_day(),
        this_home().overlays,
        lists_loaded(),
        len(stats),
        max(x.st_mtime_ns for x in stats),
    )


def serve_desk(*, parent: int | None = None) -> None:
    """Answers until it is told to stop, or the process `parent` is gone."""
    door, desk, over = new_door(), Desk(), threading.Event()
    server = desk_server(door, desk)
    bound: Address = server.server_address if isinstance(door.address, str) else tuple(server.server_address)
    tell(bound)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stopping(over))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        _keep_new(desk, over, parent)
    finally:
        server.shutdown()
        server.server_close()
        take_away(door)


def _stopping(over: threading.Event) -> Callable[[int, FrameType | None], None]:
    return lambda number, frame: over.set()


def _keep_new(desk: Desk, over: threading.Event, parent: int | None) -> None:
    while not over.is_set():
        try:
            desk.renew()
        except Exception:
            _log.exception("the checks could not be made; the old ones answer on")
            over.wait(LOOKS * 10)
        connections.close_all()
        if parent is not None and os.getppid() != parent:
            return
        over.wait(LOOKS)


class _Handler(socketserver.StreamRequestHandler):
    server: Any
    timeout = IDLE

    def handle(self) -> None:
        door, desk = self.server.door, self.server.desk
        with suppress(OSError, BadLine, ValueError):
            while line := self.rfile.readline(LONGEST):
                asked = document_of(line, door.key, "client")
                answer = {**desk.answer(asked), "once": asked.get("once")}
                self.wfile.write(line_of(answer, door.key, "desk"))
        connections.close_all()


def desk_server(door: Door, desk: Desk) -> Any:
    """A server that is bound to the door; each line that is opened gets a thread."""
    base: Any = socketserver.UnixStreamServer if isinstance(door.address, str) else socketserver.TCPServer
    attributes = {"daemon_threads": True, "request_queue_size": 64, "door": door, "desk": desk}
    kind = type("DeskServer", (socketserver.ThreadingMixIn, base), attributes)
    return kind(door.address, _Handler)
