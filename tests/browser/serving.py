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
from contextlib import contextmanager
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


@contextmanager
def served(home: Path) -> Iterator[str]:
    """`bangfu serve` on a home; its address. Stopped as by Ctrl-C."""
    port = _free_port()
    log = home / "serve.log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [BANGFU, "serve", "--home", str(home), "--port", str(port)],
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, server, log)
        yield address
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(server.pid, signal.SIGKILL)
            raise


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
