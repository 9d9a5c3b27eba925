"""`make bench-papers`: the papers of an office of a million persons, each as a command from its start; writes its section.

Making the home takes most of the time (some 40 minutes) and 12 GB; with `--keep FOLDER` it stays there and is used again,
also by `make bench-web`. The report is written before its figures are counted and after.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from bench.homes import filled_home, say
from bench.measure import Measure, measure
from bench.papers.report import TITLE, Papers, section
from bench.report_home import with_section

RESULTS = Path(__file__).parents[1] / "RESULTS.md"
CARDS = 1_000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=250_000)
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--keep", type=Path, help="folder in which the home stays")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        home = filled_home(given.keep or Path(folder), given.households)
        papers = _measured(home, Path(folder), given.repeat)
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = list(section(papers, day))
    RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLE, lines), encoding="utf-8")
    print("\n".join(lines))
    return 0


def _measured(home: Path, out: Path, repeat: int) -> Papers:
    """The ways by name, those of ours as commands from their start to their end."""
    document, annex = out / "report.docx", out / "annex.xlsx"
    reason = ("--reason", "测量")
    report = ("command", "report", "annual_report", "--home", home, "--out", document)
    village, numbers = _helped(home)
    households = [word for number in numbers for word in ("--household", number)]
    cards = ("command", "cards", "--home", home, "--out", out / "cards", *reason, "--village", village)
    load = os.getloadavg()[0]
    _forget_counts(home)
    ways = {"count": [asked(*report)]}
    for name, words in {
        "report": report,
        "annex": (*report, "--annex", annex, *reason),
        "cells": ("cells", annex, out / "bare.xlsx"),
        "cards": (*cards, *households),
        "pages": ("pages", CARDS, out / "bare.pdf"),
    }.items():
        ways[name] = [asked(*words) for _ in range(repeat)]
    printed = sum(path.stat().st_size for path in (out / "cards").rglob("*.pdf"))
    return Papers(ways, _sizes(home), annex.stat().st_size / 1e6, printed / 1e6, load)


def asked(*words: object) -> Measure:
    """With its start: the interpreter, the libraries, the rulebook."""
    say(" ".join(map(str, words[:4])))
    start = time.perf_counter()
    measured = measure("bench.papers.work", *words)
    inside, outside = measured.wall, time.perf_counter() - start
    return replace(measured, wall=outside if words[0] == "command" else inside)


def _forget_counts(home: Path) -> None:
    """As after any change of a fact: what was counted before does not stand."""
    with closing(sqlite3.connect(home / "bangfu.sqlite3")) as database:
        database.execute("UPDATE figure_run SET engine = 'before'")
        database.commit()


def _helped(home: Path) -> tuple[str, list[str]]:
    """A village and so many of its helped households, by their numbers."""
    told = _read(
        home,
        "SELECT v.village_name, h.nat_household_no FROM household_standing s JOIN household h ON h.id = s.household_key "
        "JOIN village v ON v.id = h.village_key WHERE s.status = '脱贫户' AND h.village_key = "
        "(SELECT village_key FROM household_standing WHERE status = '脱贫户' GROUP BY village_key "
        f"ORDER BY count(*) DESC LIMIT 1) ORDER BY h.id LIMIT {CARDS}",
    )
    return str(told[0][0]), [str(number) for _, number in told]


def _read(home: Path, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{home / 'bangfu.sqlite3'}?mode=ro", uri=True)) as database:
        return database.execute(sql).fetchall()


def _sizes(home: Path) -> dict[str, int]:
    tables = ("person", "household", "finding", "task")
    return {table: int(str(_read(home, f"SELECT count(*) FROM {table}")[0][0])) for table in tables}


if __name__ == "__main__":
    raise SystemExit(main())
