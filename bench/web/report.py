"""The section of bench/RESULTS.md about the pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.machine import describe

TITLE = "## The pages of the workbench"


@dataclass(frozen=True)
class Size:
    """A home and what its pages took: by page p50, p95, longest (milliseconds), asked."""

    persons: int
    households: int
    findings: int
    tasks: int
    pages: Mapping[str, Mapping[str, float]]
    queries: Mapping[str, int]
    refused: Sequence[str]
    load: float


def section(sizes: Sequence[Size], users: int, day: str) -> Iterable[str]:
    small, large = sizes[0], sizes[-1]
    yield from (
        TITLE,
        "",
        f"Measured on {day} by `make bench-web`; {describe()}. Load when the asking began: "
        f"{', '.join(f'{size.load:.1f}' for size in sizes)}.",
        "",
        f"`bangfu serve` on demo homes in SQLite; {users} people ask one page after another without a pause, from the same "
        "machine (their own processor time is in it), as a clerk of the whole town: lists with all sorts of filters and their "
        "second pages, searches as far as they are typed, any household. One person in 25 has a fault, and three findings in "
        "four are handed out. The home's file is read once before, so that memory is measured and not the disk. Queries: the "
        "most that any of 60 ways of asking took, session and account included.",
        "",
    )
    for size in sizes:
        yield (
            f"- {size.persons:,} persons in {size.households:,} households, {size.findings:,} findings, "
            f"{size.tasks:,} tasks; answers other than 200: {len(size.refused)}"
        )
    yield from ("", _head(sizes), "|---|" + "---|" * (2 * len(sizes) + 4))
    for page in large.pages:
        p50 = " | ".join(f"{size.pages[page]['p50']:.0f}" for size in sizes)
        p95 = " | ".join(f"{size.pages[page]['p95']:.0f}" for size in sizes)
        ratio = large.pages[page]["p50"] / small.pages[page]["p50"]
        asked = int(large.pages[page]["asked"])
        longest = large.pages[page]["longest"]
        yield f"| {page} | {p50} | {ratio:.2f} | {p95} | {longest:.0f} | {large.queries[page]} | {asked} |"
    yield ""


def _head(sizes: Sequence[Size]) -> str:
    named = [f"{size.persons:,}" for size in sizes]
    p50 = " | ".join(f"p50 ms, {name}" for name in named)
    p95 = " | ".join(f"p95 ms, {name}" for name in named)
    return f"| page | {p50} | × p50 | {p95} | longest ms | queries | asked |"
