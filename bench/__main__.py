"""`make bench`: the tables of bench/RESULTS.md, measured in one run (about half an hour on two processors)."""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

from bangfu.policy.loader import load_policy
from bench.compare import differences
from bench.engine import usual
from bench.measure import Measure, measure
from bench.register import make
from bench.report import Results, markdown
from bench.report_home import home_section, with_home

TRIAL = 100_000  # persons of the register that tells which checks suit the invented values


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, nargs="+", default=[1_000_000, 10_000_000])
    parser.add_argument("--households", type=int, default=50_000)
    parser.add_argument("--growth", type=int, nargs="+", default=[50, 100, 200, 400])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--home", type=int, default=1_000_000, help="persons of the register in its home")
    parser.add_argument(
        "--imported", type=int, default=80_000, help="households of the export that is imported"
    )
    parser.add_argument(
        "--only-home", action="store_true", help="measure the home alone, keep the other results"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).with_name("RESULTS.md"))
    asked = parser.parse_args()
    results = Results(datetime.datetime.now(tz=datetime.UTC).date().isoformat(), households=asked.households)
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        home = _home(Path(folder), asked.home, asked.repeat) | _imports(Path(folder), asked.imported)
        section = list(home_section(home, asked.home, results.day))
        if asked.only_home:
            asked.out.write_text(with_home(asked.out.read_text("utf-8"), section), encoding="utf-8")
            print("\n".join(section))
            return 0
        _engine(results, Path(folder), asked.persons, asked.growth, asked.repeat)
        _files(results, Path(folder), asked.households, asked.repeat)
    text = with_home(markdown(results), section)
    asked.out.write_text(text, encoding="utf-8")
    print(text)
    return 1 if results.different else 0


def _engine(results: Results, folder: Path, sizes: list[int], growth: list[int], repeat: int) -> None:
    policy = load_policy()
    make(folder / "trial", TRIAL, policy)
    kept, results.lacking, results.often = usual(policy, folder / "trial")
    whole = _listed(folder / "whole.json", kept)
    for persons in sorted(sizes):
        register, out = folder / f"register_{persons}", folder / "out"
        _say(f"making a register of {persons:,} persons")
        make(register, persons, policy)
        ways: dict[str, list[Measure]] = {"scan": [], "hand": [], "forty": [], "whole": []}
        results.sizes[persons] = ways
        ways["scan"].append(_asked("scan", register, out))
        for _ in range(repeat):
            ways["hand"].append(_asked("hand", register, out / "hand"))
            ways["forty"].append(_asked("forty", register, out / "ours"))
            results.different += differences(out / "hand", out / "ours")
        ways["whole"].append(_asked("whole", register, out / "whole", whole))
        if persons == min(sizes):
            mixed = sorted(kept, key=lambda name: hashlib.sha256(name.encode()).digest())
            for checks in growth:
                named = _listed(folder / f"checks_{checks}.json", mixed[:checks])
                results.growth.append((checks, _asked("some", register, out / str(checks), named)))
        shutil.rmtree(register)
        shutil.rmtree(out)


def _asked(way: str, register: Path, out: Path, *names: Path) -> Measure:
    _say(f"{way}, {register.name}")
    return measure("bench.engine", way, register, out, *names)


def _listed(path: Path, names: list[str]) -> Path:
    path.write_text(json.dumps(names), encoding="utf-8")
    return path


def _files(results: Results, folder: Path, households: int, repeat: int) -> None:
    town = folder / "town"
    _say(f"writing the exports of {households:,} households")
    measure("bench.files", "write", town, folder / "out", households)
    for way, times in (("bare", repeat), ("check", repeat), ("workbooks", 1), ("profile", 1)):
        for _ in range(times):
            _say(f"files: {way}")
            results.files.setdefault(way, []).append(measure("bench.files", way, town, folder / "out"))


def _home(folder: Path, persons: int, repeat: int) -> dict[str, list[Measure]]:
    """The snapshot of the national exports' tables, then single households with all lists beside."""
    ways: dict[str, list[Measure]] = {}
    for way in ("make", *("copy", "snapshot") * repeat, "lists", *("one",) * repeat):
        _say(f"a home of {persons:,} persons: {way}")
        ways.setdefault(way, []).append(measure("bench.at_home", way, folder / "home", persons))
    shutil.rmtree(folder / "home")
    return ways


def _imports(folder: Path, households: int) -> dict[str, list[Measure]]:
    ways: dict[str, list[Measure]] = {}
    for way in ("write", "bare", "load"):
        _say(f"an export of {households:,} households: {way}")
        ways[way] = [measure("bench.imports", way, folder / "imports", households)]
    shutil.rmtree(folder / "imports")
    return ways


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
