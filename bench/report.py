"""bench/RESULTS.md, from the measurements alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

from bench.machine import describe
from bench.measure import Measure


@dataclass
class Results:
    """Whatever was measured; each list holds the repetitions."""

    day: str
    sizes: dict[int, dict[str, list[Measure]]] = field(default_factory=dict)
    growth: list[tuple[int, Measure]] = field(default_factory=list)
    files: dict[str, list[Measure]] = field(default_factory=dict)
    households: int = 0
    different: list[str] = field(default_factory=list)
    lacking: int = 0
    often: int = 0


_WAYS = {
    "scan": "bare scan of all columns of person, household and benefit",
    "hand": "hand-written SQL, 40 checks",
    "forty": "ours, the same 40 checks",
    "whole": "ours, the whole rulebook",
}


def wall(measures: Sequence[Measure]) -> float:
    return median(measure.wall for measure in measures)


def markdown(results: Results) -> str:
    return "\n".join(_lines(results)) + "\n"


def _lines(results: Results) -> Iterable[str]:
    yield from (
        "# Measurements",
        "",
        "`make bench` measures all of this and writes this file; nothing in it is typed by hand.",
        "",
        f"- Date: {results.day}",
        f"- Machine: {describe()}",
        "- Every way runs in a process of its own with an empty DuckDB (`memory_limit` 3 GB). Imports, the reading of "
        "the rulebook and explanations are outside the time; planning and the writing of all rows are inside. Peak "
        "is that of the process.",
        "",
        "## The engine on generated registers",
        "",
        "Households of four, a benefit for every second person, last year's records of all, and the departments' lists "
        "(`bench/register.py`, `bench/lists.py`). Both ways of asking the 40 checks write one Parquet file per check: "
        "row, answer, values.",
        "",
    )
    yield from _engine(results)
    yield from _answers(results)
    yield from _growth(results)
    yield from _files(results)
    yield from _profiles(results)


def _engine(results: Results) -> Iterable[str]:
    yield "| persons | way | wall s | CPU s | persons/s | peak GB | runs |"
    yield "|---|---|---|---|---|---|---|"
    for persons, ways in results.sizes.items():
        for way, runs in ways.items():
            cpu, peak = median(run.cpu for run in runs), max(run.peak for run in runs)
            yield (
                f"| {persons:,} | {_named(way, runs)} | {wall(runs):.1f} | {cpu:.1f} | {persons / wall(runs):,.0f} | "
                f"{peak:.2f} | {len(runs)} |"
            )
    yield ""
    for persons, ways in results.sizes.items():
        ratios = [ours.wall / hand.wall for hand, ours in zip(ways["hand"], ways["forty"], strict=True)]
        listed = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        yield (
            f"- {persons:,} persons, the 40 checks: ours takes {wall(ways['forty']) / wall(ways['hand']):.2f} × the "
            f"hand-written time (pairs: {listed})."
        )
    small, large = (results.sizes[persons]["whole"] for persons in (min(results.sizes), max(results.sizes)))
    times = max(results.sizes) // min(results.sizes)
    yield f"- Whole rulebook: {times} × the persons takes {wall(large) / wall(small):.1f} × the time."
    yield ""


def _named(way: str, runs: Sequence[Measure]) -> str:
    return f"{_WAYS[way]} ({runs[0].notes['checks']} checks)" if way == "whole" else _WAYS[way]


def _answers(results: Results) -> Iterable[str]:
    if results.different:
        yield "**The two ways of asking the 40 checks differ:**"
        yield from ("", *(f"- {line}" for line in results.different), "")
    else:
        yield "Both ways give the same rows with the same answers and values (compared in every run)."
    for persons, ways in results.sizes.items():
        notes = ways["whole"][0].notes
        yield (
            f"The whole rulebook writes {notes['findings']:,} findings and {notes['unknown']:,} unknown answers on "
            f"{persons:,} persons."
        )
    yield (
        f"Left out: {results.lacking} checks that want a list or a standard the register lacks, and {results.often} "
        "that its invented values would hit in more than one row of twenty."
    )
    yield ""


def _growth(results: Results) -> Iterable[str]:
    persons = min(results.sizes)
    yield from (
        f"### As checks grow ({persons:,} persons)",
        "",
        "| checks | wall s | CPU s | ms CPU per check |",
    )
    yield "|---|---|---|---|"
    for checks, run in results.growth:
        yield f"| {checks} | {run.wall:.1f} | {run.cpu:.1f} | {run.cpu / checks * 1000:.0f} |"
    yield ""


def _files(results: Results) -> Iterable[str]:
    bare, ours, books = (results.files[way] for way in ("bare", "check", "workbooks"))
    notes, found = bare[0].notes, ours[0].notes
    yield from (
        f"## From files to findings: {results.households:,} households",
        "",
        f"The national exports of an invented town with faults: {notes['files']} .xlsx files, {notes['rows']:,} rows, "
        f"{notes['megabytes']:.0f} MB. {found['checks']} checks could be asked of them; {found['findings']:,} findings.",
        "",
        "| way | wall s | CPU s | peak GB | × bare |",
        "|---|---|---|---|---|",
    )
    for name, runs in (
        ("bare python-calamine, every sheet into Python lists", bare),
        ("ours, from the files to findings.jsonl", ours),
        ("ours, with the workbooks by village", books),
    ):
        cpu, peak = median(run.cpu for run in runs), max(run.peak for run in runs)
        yield f"| {name} | {wall(runs):.1f} | {cpu:.1f} | {peak:.2f} | {wall(runs) / wall(bare):.2f} |"
    writing = median(run.notes["writing"] for run in books)
    yield from (
        "",
        f"Explaining the findings once more and writing the workbooks takes {writing:.1f} s of it.",
        "",
    )


def _profiles(results: Results) -> Iterable[str]:
    for persons, ways in results.sizes.items():
        for way in ("forty", "whole"):
            notes = ways[way][0].notes
            yield from (f"## Profile: {_WAYS[way]}, {persons:,} persons", "")
            yield f"Planning {notes['planning']:.1f} s. The statements that took longest, by what they make:"
            yield from ("", "| statement | s |", "|---|---|")
            for name, seconds in notes["took"].items():
                yield f"| {name} | {seconds:.2f} |"
            yield ""
    profile = results.files["profile"][0]
    yield from (
        "## Profile: from files to findings.jsonl",
        "",
        f"cProfile, {profile.wall:.0f} s under the profiler.",
    )
    for key, title in (("by_total", "with what they call"), ("by_own", "alone")):
        yield from ("", f"| function, {title} | total s | own s | calls |", "|---|---|---|---|")
        for total, own, calls, name in profile.notes[key]:
            yield f"| `{name}` | {total:.1f} | {own:.1f} | {calls:,} |"
    yield ""
