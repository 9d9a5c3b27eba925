"""A county's export of persons into an empty home: `python -m bench.imports WAY FOLDER HOUSEHOLDS`.

write: the export. bare: calamine alone reads it. load: it is staged and applied, as `bangfu import --apply` does.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from bangfu.samples.town import write_town
from bench.at_home import use_home
from bench.measure import timed

EXPORT = "（自定义）监测对象信息.xlsx"
TOWN = "421281102000"


def write(folder: Path, households: int) -> dict[str, Any]:
    write_town(folder / "export", households, 4, faults=False, national_only=True)
    return {}


def bare(folder: Path, households: int) -> dict[str, Any]:
    """What has to be read in any case."""
    workbook = CalamineWorkbook.from_path(folder / "export" / EXPORT)
    rows = sum(1 for _ in workbook.get_sheet_by_index(0).iter_rows())
    return {"rows": rows}


def load(folder: Path, households: int) -> dict[str, Any]:
    """`applying` is the time for which the register's write lock is held, and a little more."""
    use_home(folder / "home")
    from bangfu.intake import batches
    from bangfu.office.home import make_home
    from bangfu.office.journal.reading import last_entry
    from bangfu.screening.place import read_default_divisions

    make_home(TOWN, read_default_divisions())
    start = time.perf_counter()
    staged = batches.stage(folder / "export" / EXPORT, actor="bench")
    read = time.perf_counter()
    difference = batches.apply(staged.batch.pk, actor="bench", gathered=staged.gathered)
    return {
        "staging": read - start,
        "applying": time.perf_counter() - read,
        "persons": difference.added["person"],
        "rows": last_entry(),
    }


WAYS = {"write": write, "bare": bare, "load": load}


def main() -> None:
    way, folder, households = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    timed(lambda: WAYS[way](folder, households))


if __name__ == "__main__":
    main()
