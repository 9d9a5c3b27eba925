"""A workbench that is served as at an office, `bangfu serve` in processes of its own, to be stopped or killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BANGFU = str(Path(sys.executable).with_name("bangfu"))
PATIENCE = 180


def bangfu(*arguments: str | Path, home: Path) -> str:
    """Runs a command of ours on a home; what it printed."""
    words = [BANGFU, *map(str, arguments), "--home", str(home)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
    return done.stdout


class Workbench:
    """Always at the same port, so that who works there finds it again after a restart."""

    def __init__(self, home: Path) -> None:
        self.home = home.resolve()
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        return (self.home / "serve.log").read_text(encoding="utf-8")

    def start(self) -> None:
        """Returns when it answers."""
        words = [BANGFU, "serve", "--home", str(self.home), "--port", str(self.port)]
        given = {**os.environ, "BANGFU_DAILY": "no"}  # what is measured has the machine to itself
        with (self.home / "serve.log").open("a") as log:
            self.process = subprocess.Popen(
                words, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, env=given
            )
        until = time.monotonic() + PATIENCE
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the workbench did not open: {self.log}")
            time.sleep(0.1)

    def answers(self) -> bool:
        with suppress(OSError), urllib.request.urlopen(f"{self.address}/alive", timeout=5):
            return True
        return False

    def kill(self, part: str = "") -> None:
        """Kills the processes of `web`, `worker` or `desk` at once, which are started again; without a part all."""
        for process in self.processes(part):
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        if not part and self.process is not None:
            self.process.wait()

    def stop(self) -> None:
        """As by Ctrl-C."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
            raise

    def processes(self, part: str = "") -> list[int]:
        """Those that were started on the home, with all that they started."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if str(self.home).encode() in words and state != "Z" and (not part or part.encode() in words):
                found.append(int(folder.name))
        return found


@contextmanager
def open_workbench(home: Path) -> Iterator[Workbench]:
    workbench = Workbench(home)
    try:
        workbench.start()
        yield workbench
        workbench.stop()
    finally:
        workbench.kill()


@contextmanager
def served(home: Path) -> Iterator[str]:
    """A home's address, while it is served."""
    with open_workbench(home) as workbench:
        yield workbench.address
