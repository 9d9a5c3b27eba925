"""Findings as workbooks that a clerk hands out: a summary, one workbook a village, and the faulty files marked."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from bangfu.screening.findings import Finding
from bangfu.screening.hand_out import write_village
from bangfu.screening.result import Result
from bangfu.screening.summary import NO_VILLAGE, write_summary
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.mark import mark_copy


def write_workbooks(result: Result, found: Sequence[Finding], quiet: bool) -> list[Path]:
    """Everything a clerk opens; the paths of what was written."""
    by_village: dict[str, list[Finding]] = {}
    for finding in found:
        by_village.setdefault(finding.subject.village or NO_VILLAGE, []).append(finding)
    names = {village: f"{_file_name(village)}.xlsx" for village in by_village}
    written = [write_summary(result, found, names, result.out / "summary.xlsx")]
    date = day_in_words(result.as_of)
    for village in tqdm(sorted(by_village), desc="写出各村疑点表", unit="村", disable=quiet, file=sys.stderr):
        written.append(write_village(village, by_village[village], date, result.out / names[village]))
    written.extend(_marked(result))
    return written


def _marked(result: Result) -> Iterator[Path]:
    """Files with cells that could not be understood, handed back with those cells marked."""
    by_file: dict[str, list[CellProblem]] = {}
    for extract in result.gathered.extracts:
        by_file.setdefault(extract.grid_file, []).extend(extract.problems)
    for name, problems in by_file.items():
        if problems:
            target = result.out / "退回更正" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            yield mark_copy(result.gathered.files[name], problems, target)


def _file_name(village: str) -> str:
    name = "".join("_" if c in '\\/:*?"<>|' else c for c in village) or NO_VILLAGE
    return f"{name}(村)" if name == "summary" else name


def day_in_words(day: int) -> str:
    return f"{day // 10000} 年 {day // 100 % 100} 月 {day % 100} 日"
