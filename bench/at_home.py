"""One way of reading a register of a home: `python -m bench.at_home WAY FOLDER PERSONS`.

make, lists: fills the home (`bench.home`). copy: bare copies of the snapshot's tables. snapshot: the snapshot.
one: households, each checked by itself, and one bare query for each.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from bangfu.policy.loader import load_policy
from bench.measure import timed

AS_OF = 20231218
HOUSEHOLDS = 400  # checked one after the other
WARM = 20  # households before: the statements are written, the pages read


def use_home(folder: Path) -> None:
    """Makes Django read the home in a folder; nothing that has models may be imported before."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"BANGFU_HOME": str(folder), "BANGFU_DATABASE": ""}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
    import django

    django.setup()


def make(folder: Path, persons: int) -> dict[str, Any]:
    from bench.home import make_register_home

    make_register_home(persons, load_policy())
    return {}


def lists(folder: Path, persons: int) -> dict[str, Any]:
    from bench.home import add_lists

    add_lists(load_policy())
    return {}


def copy(folder: Path, persons: int) -> dict[str, Any]:
    """Each table that holds rows as it lies, through the scanner that the snapshot reads with."""
    from bangfu.intake.snapshots.reading import HOME, attach
    from bench.home import CORE

    connection, out = duckdb.connect(), folder / "copied"
    out.mkdir()
    attach(connection)
    rows = 0
    for table in CORE:
        copied = connection.execute(f"COPY {HOME}.{table} TO '{out / table}.parquet' (FORMAT parquet)")
        rows += copied.fetchall()[0][0]
    shutil.rmtree(out)
    return {"rows": rows}


def snapshot(folder: Path, persons: int) -> dict[str, Any]:
    from bangfu.intake.snapshots.writing import write_snapshot

    manifest = write_snapshot(AS_OF, folder / "snapshot")
    size = sum(path.stat().st_size for path in (folder / "snapshot").iterdir())
    shutil.rmtree(folder / "snapshot")
    return {"rows": sum(manifest.rows.values()), "megabytes": size / 1e6}


def one(folder: Path, persons: int) -> dict[str, Any]:
    """Medians in milliseconds: a bare query, the household's own rows, the answers, the findings in words."""
    from bangfu.findings.single import HouseholdDesk
    from bangfu.intake.snapshots.household import HouseholdRows
    from bench.home import ids_of_households

    start = time.perf_counter()
    desk = HouseholdDesk(AS_OF)
    notes: dict[str, Any] = {"desk": time.perf_counter() - start}
    asked = ids_of_households(WARM + HOUSEHOLDS)
    ways: dict[str, Callable[[int], object]] = {
        "bare": _bare,
        "fetch": lambda household: HouseholdRows(desk.narrow, household, desk.tables),
        "ask": desk.ask,
        "check": desk.check,
    }
    for name, way in ways.items():
        times = [_milliseconds(way, household) for household in asked][WARM:]
        notes[name] = statistics.median(times)
        notes[f"{name}_most"] = sorted(times)[int(len(times) * 0.95)]
    checked = [desk.check(household) for household in asked[WARM:]]
    beyond = [len(found.not_run) - len(desk.checks.not_run) for found in checked]
    return {
        **notes,
        "checks": len(desk.checks.checks),
        "households": HOUSEHOLDS,
        "findings": sum(len(found.findings) for found in checked),
        "beyond": statistics.median(beyond),
        "rows": statistics.median(_rows(desk, household) for household in asked[WARM:]),
    }


def _bare(household: int) -> object:
    """A household's row by its number, as any page would read it."""
    from django.db import connection

    connection.ensure_connection()
    return connection.connection.execute('SELECT * FROM "household" WHERE id = ?', (household,)).fetchall()


def _rows(desk: Any, household: int) -> int:
    return sum(len(row) for row in desk.ask(household).around.found.values())


def _milliseconds(way: Callable[[int], object], household: int) -> float:
    start = time.perf_counter()
    way(household)
    return (time.perf_counter() - start) * 1000


WAYS = {"make": make, "lists": lists, "copy": copy, "snapshot": snapshot, "one": one}


def main() -> None:
    way, folder, persons = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    use_home(folder)
    timed(lambda: WAYS[way](folder, persons))


if __name__ == "__main__":
    main()
