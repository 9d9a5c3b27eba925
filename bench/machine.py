"""What the measurements ran on, in words."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path


def describe() -> str:
    memory = _field(Path("/proc/meminfo"), "MemTotal")
    gigabytes = f", {int(memory.split()[0]) / 2**20:.0f} GB of memory" if memory else ""
    model = _field(Path("/proc/cpuinfo"), "model name") or platform.processor() or platform.machine()
    packages = ", ".join(f"{name} {version(name)}" for name in ("duckdb", "sqlglot", "python-calamine"))
    return (
        f"{model}, {os.cpu_count()} processors{gigabytes}; {platform.system()}, "
        f"Python {platform.python_version()}, {packages}"
    )


def _field(path: Path, name: str) -> str:
    if not path.exists():
        return ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(name):
            return line.split(":", 1)[1].strip()
    return ""
