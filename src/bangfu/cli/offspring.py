"""Processes that `bangfu serve` starts: started again when they die, stopped together, gone when their parent is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

FIRST_DELAY, LONGEST_DELAY = 1.0, 60.0
LIVED_LONG = 60.0
"""Seconds after which a process counts as one that works: if it dies then, it is started again at once."""
_PARENT = "BANGFU_PARENT"


@dataclass
class Child:
    """A command of ours in a process of its own."""

    name: str
    words: Sequence[str]
    say: Callable[[str], None]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        """A pipe to its input tells it when we are gone, however we went."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bangfu", *self.words],
            stdin=subprocess.PIPE,
            env={**os.environ, _PARENT: "pipe"},
            start_new_session=True,
        )

    def tend(self) -> None:
        """Starts it anew when it is dead, later each time; one that ended well is merely replaced."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.sweep()
        if code == 0 or now - self.started > LIVED_LONG:
            self.delay, self.due = FIRST_DELAY, now
        else:
            self.due = now + self.delay
            self.say(f"{self.name}意外结束（{_how(code)}），{self.delay:.0f} 秒后重新启动")
            self.delay = min(2 * self.delay, LONGEST_DELAY)
        self.deaths += code != 0
        self.process = None

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def end(self) -> None:
        """Whatever still runs of it is killed."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.kill()
        self.sweep()
        self.process.wait()

    def sweep(self) -> None:
        """What it started and left behind."""
        if self.process is None:
            return
        if self.process.stdin is not None:
            with suppress(OSError):
                self.process.stdin.close()
        if sys.platform != "win32":
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def end_with_parent() -> None:
    """For a child: ends like on Ctrl-C when the process that started it is gone."""
    if os.environ.get(_PARENT) != "pipe":
        return

    def watch() -> None:
        while os.read(0, 1024):
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _how(code: int) -> str:
    return f"信号 {-code}" if code < 0 else f"退出码 {code}"
