"""The section of bench/RESULTS.md about a register in its home."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

from bench.machine import describe
from bench.measure import Measure

TITLE = "## A register in its home"
Ways = Mapping[str, Sequence[Measure]]


def home_section(ways: Ways, persons: int, day: str) -> Iterable[str]:
    yield from (
        TITLE,
        "",
        f"Measured on {day}; {describe()}.",
        "",
        f"A SQLite home with {persons:,} persons: what the national exports of one year bring, with the columns that they "
        "fill (`bench/home.py`). The bare way copies the same tables to Parquet as they lie, through the same scanner.",
        "",
        "| way | rows | wall s | CPU s | peak GB | × bare wall | × bare CPU | runs |",
        "|---|---|---|---|---|---|---|---|",
    )
    bare = ways["copy"]
    for way, name in (
        ("copy", "bare `COPY table`, table by table"),
        ("snapshot", "ours, the snapshot of a day"),
    ):
        runs = ways[way]
        peak = max(run.peak for run in runs)
        yield (
            f"| {name} | {runs[0].notes['rows']:,} | {_wall(runs):.1f} | {_cpu(runs):.1f} | {peak:.2f} | "
            f"{_wall(runs) / _wall(bare):.2f} | {_cpu(runs) / _cpu(bare):.2f} | {len(runs)} |"
        )
    yield from _one(ways["one"])
    yield from _loaded(ways["bare"][0], ways["load"][0])


def _one(runs: Sequence[Measure]) -> Iterable[str]:
    notes = runs[0].notes
    yield from (
        "",
        f"One household checked by itself, after the departments' lists were added: {notes['checks']} checks, of which "
        f"{notes['beyond']:.0f} want other households and are named as not answered; {notes['households']} households of all "
        f"villages one after the other, {notes['rows']:.0f} rows each, {notes['findings']:,} findings and unknown answers in "
        f"all. Making the desk ready takes {_note(runs, 'desk'):.1f} s once.",
        "",
        "| way | median ms | 95 % below, ms | × bare |",
        "|---|---|---|---|",
    )
    bare = _note(runs, "bare")
    for way, name in (
        ("bare", "bare query: the household's row by its number"),
        ("fetch", "its own rows of all tables"),
        ("ask", "all checks answered, reading included"),
        ("check", "the same with explanations and source cells"),
    ):
        most = _note(runs, f"{way}_most")
        yield f"| {name} | {_note(runs, way):.2f} | {most:.2f} | {_note(runs, way) / bare:.0f} |"
    yield ""


def _loaded(bare: Measure, load: Measure) -> Iterable[str]:
    notes = load.notes
    staged, applied = notes["staging"], notes["applying"]
    per = applied / notes["persons"] * 10_000
    yield from (
        f"An export of {notes['persons']:,} persons, imported into an empty home (`bench/imports.py`): {notes['rows']:,} "
        f"entries in the journal. The write lock is held for {per:.1f} s for each 10,000 persons of the file.",
        "",
        "| way | wall s | peak GB | × bare wall |",
        "|---|---|---|---|",
        f"| bare calamine, the same file | {bare.wall:.1f} | {bare.peak:.2f} | 1.00 |",
        f"| ours, read and compared (`import`) | {staged:.1f} | | {staged / bare.wall:.2f} |",
        f"| ours, written with its journal (`apply`) | {applied:.1f} | | {applied / bare.wall:.2f} |",
        f"| ours, both | {load.wall:.1f} | {load.peak:.2f} | {load.wall / bare.wall:.2f} |",
        "",
    )


def with_home(text: str, section: Iterable[str]) -> str:
    """The results with this section in place of the one before, or before the profiles."""
    return with_section(text, TITLE, section)


def with_section(text: str, title: str, section: Iterable[str]) -> str:
    """The results with a section in place of the one with its title, or before the profiles."""
    lines = text.splitlines()
    heads = [i for i, line in enumerate(lines) if line.startswith("## ")]
    start = next((i for i in heads if lines[i] == title), None)
    if start is None:
        start = end = next((i for i in heads if lines[i].startswith("## Profile")), len(lines))
    else:
        end = next((i for i in heads if i > start), len(lines))
    return "\n".join([*lines[:start], *section, *lines[end:]]).rstrip("\n") + "\n"


def _wall(runs: Sequence[Measure]) -> float:
    return median(run.wall for run in runs)


def _cpu(runs: Sequence[Measure]) -> float:
    return median(run.cpu for run in runs)


def _note(runs: Sequence[Measure], name: str) -> float:
    return float(median(run.notes[name] for run in runs))
