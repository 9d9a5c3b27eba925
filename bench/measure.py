"""Runs a measurement in a process of its own: time, processor time and peak memory belong to it alone."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Measure:
    wall: float
    cpu: float
    peak: float  # GB
    notes: dict[str, Any]


def measure(module: str, *args: object) -> Measure:
    """`python -m module args...`, which ends by calling `report`."""
    command = [sys.executable, "-m", module, *map(str, args)]
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=False, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed")
    return Measure(**json.loads(done.stdout.splitlines()[-1]))


def timed(work: Callable[[], dict[str, Any]]) -> None:
    """Does the work and prints what it took; imports and arguments are read before."""
    start, cpu = time.perf_counter(), time.process_time()
    notes = work()
    wall, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": _peak() / 2**20, "notes": notes}))


def _peak() -> int:
    """Kilobytes. What getrusage says a child inherits from its parent, so it is asked only elsewhere than on Linux."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
    return int(lines["VmHWM"].split()[0])
