"""The section of bench/RESULTS.md about an office's papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from bench.machine import describe
from bench.measure import Measure

TITLE = "## The papers of an office of a million persons"


@dataclass(frozen=True)
class Papers:
    """What was measured, by way; rows of the home's tables; megabytes of annex and cards."""

    ways: Mapping[str, Sequence[Measure]]
    rows: Mapping[str, int]
    annex: float
    cards: float
    load: float


def section(papers: Papers, day: str) -> Iterable[str]:
    rows, ways = papers.rows, papers.ways
    yield from (
        TITLE,
        "",
        f"Measured on {day} by `make bench-papers`; {describe()}. Load when it began: {papers.load:.1f}.",
        "",
        f"A demo home in SQLite with {rows['person']:,} persons in {rows['household']:,} households, {rows['finding']:,} "
        f"findings and {rows['task']:,} tasks. Ours are commands, from the start of the process to its end; the bare ways do "
        "their work alone. Peak is that of the process. The asked times are those of the work's order, at most 2 GB.",
        "",
        "| what | asked s | wall s | longest s | CPU s | peak GB | runs | × bare CPU |",
        "|---|---|---|---|---|---|---|---|",
    )
    for way, asked, bare, name in (
        (
            "annex",
            "10",
            "cells",
            f"annual report with annex ({papers.annex:.1f} MB), its two days counted before",
        ),
        ("report", "", "", "annual report without annex, its two days counted before"),
        (
            "cells",
            "",
            "",
            f"bare XlsxWriter, constant memory, the annex's {_cells(papers):,} cells without form",
        ),
        ("count", "", "", "annual report that must first count the figures of its two days"),
        ("cards", "120", "pages", f"1,000 cards as PDF ({papers.cards:.1f} MB)"),
        ("pages", "", "", "bare Typst, 1,000 pages with a table of twelve rows"),
    ):
        yield line(name, asked, ways[way], ways.get(bare))
    said = ways["annex"][0].notes["said"].rpartition(":")[2].removesuffix("行").strip()
    yield from (
        "",
        f"The annex holds {int(said):,} rows: of more than 200,000 each figure has an equal share, its sheet says how many there "
        "are, and a sheet has all villages. Counted figures stand until a fact is written; then the next report counts first, as "
        "in the line before the cards.",
        "",
    )


def line(name: str, asked: str, runs: Sequence[Measure], bare: Sequence[Measure] | None) -> str:
    cpu, peak = median(run.cpu for run in runs), max(run.peak for run in runs)
    ratio = f"{cpu / median(run.cpu for run in bare):.1f}" if bare else ""
    longest = max(run.wall for run in runs)
    return f"| {name} | {asked} | {_wall(runs):.2f} | {longest:.2f} | {cpu:.2f} | {peak:.2f} | {len(runs)} | {ratio} |"


def _cells(papers: Papers) -> int:
    return int(papers.ways["cells"][0].notes["cells"])


def _wall(runs: Sequence[Measure]) -> float:
    return median(run.wall for run in runs)
