"""`make bench-web`: pages at 10 thousand and at a million persons, asked by eight people at once; writes its section.

Making the larger home takes most of the time (some 25 minutes) and 10 GB; with `--keep FOLDER` the homes stay there
and are used again.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

from bench.homes import filled_home, say
from bench.measure import measure
from bench.report_home import with_section
from bench.web.report import TITLE, Size, section
from bench.web.workbench import served

RESULTS = Path(__file__).parents[1] / "RESULTS.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, nargs="+", default=[2_500, 250_000])
    parser.add_argument("--users", type=int, default=8)
    parser.add_argument("--each", type=int, default=60, help="times that each user asks each page")
    parser.add_argument("--keep", type=Path, help="folder in which the homes stay")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        sizes = [
            _measured(filled_home(asked.keep or Path(folder), households), asked.users, asked.each)
            for households in sorted(asked.households)
        ]
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = list(section(sizes, asked.users, day))
    RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLE, lines), encoding="utf-8")
    print("\n".join(lines))
    return 1 if any(size.refused for size in sizes) else 0


def _measured(home: Path, users: int, each: int) -> Size:
    say(f"{home.name}: {users} users")
    _read(home / "bangfu.sqlite3")
    with served(home) as address:
        load = os.getloadavg()[0]
        notes: dict[str, Any] = measure("bench.web.asking", home, address, users, each).notes
    return Size(**_register(home), **notes, load=load)


def _read(file: Path) -> None:
    """So that the system holds in memory what fits: pages are measured, not the disk."""
    with file.open("rb", buffering=0) as opened:
        while opened.read(1 << 24):
            pass


def _register(home: Path) -> dict[str, Any]:
    tables = {"persons": "person", "households": "household", "findings": "finding", "tasks": "task"}
    with closing(sqlite3.connect(f"file:{home / 'bangfu.sqlite3'}?mode=ro", uri=True)) as database:
        return {
            name: int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for name, table in tables.items()
        }


if __name__ == "__main__":
    raise SystemExit(main())
