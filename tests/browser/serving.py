"""Homes and the servers that show them; also used for the pictures of the manual."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BANGFU = str(Path(sys.executable).with_name("bangfu"))
PATIENCE = 120  # seconds until a server answers on a machine that has much else to do


def bangfu(*arguments: str | Path, home: Path) -> str:
    """Runs a command of ours on a home; what it printed."""
    done = subprocess.run(
        [BANGFU, *map(str, arguments), "--home", str(home)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


class Server:
    """`bangfu serve` on a home, always at the same address; within `with` it runs. It can be killed and started again."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        log = self.home / "serve.log"
        with log.open("w") as out:
            self.process = subprocess.Popen(
                [BANGFU, "serve", "--home", str(self.home), "--port", str(self.port)],
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            _wait(self.address, self.process, log)
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """As by Ctrl-C."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def kill(self) -> None:
        """As by a power cut: with all its processes at once."""
        assert self.process is not None
        for process in (
            self.process.pid,
            *_children(self.process.pid),
        ):  # the first would raise the others again
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait(30)
        self.process = None


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A home's address, while it is served."""
    with Server(home) as server:
        yield server.address


def _children(process: int) -> list[int]:
    """And theirs."""
    told = " ".join(path.read_text() for path in Path(f"/proc/{process}/task").glob("*/children"))
    found = [int(one) for one in told.split()]
    return [*found, *(inner for one in found for inner in _children(one))]


def _wait(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/alive", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise AssertionError(f"the server did not answer: {log.read_text()}")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
