"""A checking desk in a process of its own, for the home of a test."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bangfu.findings.desk import client
from bangfu.findings.desk.address import new_door, take_away, tell
from bangfu.findings.desk.serving import Desk, desk_server
from bangfu.findings.single import HouseholdDesk
from bangfu.office.home import business_day

LONGEST = 90.0


@contextmanager
def running_desk(home: Path) -> Iterator[subprocess.Popen[bytes]]:
    """It answers inside; whatever the test did to it, it is gone afterwards."""
    command = [Path(sys.executable).with_name("bangfu"), "desk", "--home", str(home)]
    desk = subprocess.Popen(command)
    try:
        wait_until(client.is_ready)
        yield desk
    finally:
        desk.kill()
        desk.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST
    while not holds():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.05)


@contextmanager
def desk_here() -> Iterator[None]:
    """The same desk in a thread of the test: it saves the start of a process where what it says is the matter."""
    door, desk = new_door(), Desk()
    desk.checks = HouseholdDesk(business_day())
    server = desk_server(door, desk)
    tell(door.address)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        serving.join()
        client.hang_up()
        take_away(door)
