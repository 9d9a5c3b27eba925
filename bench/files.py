"""One way of reading a folder of exports: `python -m bench.files WAY FOLDER OUT`."""

from __future__ import annotations

import cProfile
import csv
import pstats
import sys
import time
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from bangfu.samples.town import write_town
from bangfu.screening.findings import findings
from bangfu.screening.job import Job, check_files
from bangfu.screening.workbooks import write_workbooks
from bench.measure import timed

AS_OF, PLACE = 20231218, "421281102"


def bare(folder: Path) -> dict[str, Any]:
    """Every sheet into Python lists, and nothing else."""
    sheets = rows = 0
    for path in sorted(folder.rglob("*.xlsx")):
        with CalamineWorkbook.from_path(path) as workbook:
            for name in workbook.sheet_names:
                rows += len(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                sheets += 1
    size = sum(path.stat().st_size for path in folder.rglob("*.xlsx"))
    return {
        "files": len(list(folder.rglob("*.xlsx"))),
        "sheets": sheets,
        "rows": rows,
        "megabytes": size / 1e6,
    }


def write(folder: Path, households: int) -> dict[str, Any]:
    """A town's national exports; the one that the system gives out as .csv is stored as .xlsx like the rest."""
    write_town(folder, households, 7, faults=True, national_only=True)
    for path in folder.glob("*.csv"):
        book = xlsxwriter.Workbook(path.with_suffix(".xlsx"), {"constant_memory": True})
        sheet = book.add_worksheet("Sheet1")
        with path.open(encoding="gb18030", newline="") as lines:
            for row, cells in enumerate(csv.reader(lines)):
                for column, cell in enumerate(cells):
                    if cell.startswith('="'):
                        sheet.write_string(row, column, cell[2:-1])
                    elif cell.replace(".", "", 1).isdecimal():
                        sheet.write_number(row, column, float(cell))
                    elif cell:
                        sheet.write_string(row, column, cell)
        book.close()
        path.unlink()
    return {}


def check(folder: Path, out: Path, workbooks: bool) -> dict[str, Any]:
    """From the files to findings.jsonl; where workbooks are written too, `writing` is the seconds they took."""
    result = check_files(Job((folder,), out, AS_OF, PLACE, workbooks=False, quiet=True))
    notes = {"checks": len(result.run.checks), "findings": sum(result.by_severity.values())}
    if not workbooks:
        return notes
    start = time.perf_counter()
    write_workbooks(result, list(findings(result.run, result.facts)), quiet=True)
    return {**notes, "writing": time.perf_counter() - start}


def profiled(folder: Path, out: Path) -> dict[str, Any]:
    profile = cProfile.Profile()
    profile.runcall(check, folder, out, False)
    stats = pstats.Stats(profile)
    lines = []
    for (file, line, name), (_, calls, own, total, _) in stats.stats.items():  # type: ignore[attr-defined]
        lines.append((total, own, calls, f"{_short(file)}:{line} {name}" if line else name))
    by_total = sorted((x for x in lines if "bangfu/" in x[3]), reverse=True)[:18]
    by_own = sorted(lines, key=lambda x: -x[1])[:14]
    return {"by_total": by_total, "by_own": by_own}


def _short(file: str) -> str:
    parts = Path(file).parts
    at = next((i for i, part in enumerate(parts) if part in ("bangfu", "site-packages")), len(parts) - 2)
    return "/".join(parts[at:]).removeprefix("site-packages/")


def main() -> None:
    way, folder, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    if way == "write":
        timed(lambda: write(folder, int(sys.argv[4])))
    elif way == "bare":
        timed(lambda: bare(folder))
    elif way == "profile":
        timed(lambda: profiled(folder, out))
    else:
        timed(lambda: check(folder, out, way == "workbooks"))


if __name__ == "__main__":
    main()
