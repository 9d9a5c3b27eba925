"""What is wrong with a cell, and how the problems of a file are looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bangfu.spreadsheets.cells import column_letter


@dataclass(frozen=True)
class CellProblem:
    """`row` and `column` are those of the sheet, counted from 1; column 0 means the whole row."""

    sheet: str
    row: int
    column: int
    found: str
    expected: str
    advice: str

    @property
    def cell(self) -> str:
        return f"{column_letter(max(self.column, 1))}{max(self.row, 1)}"

    def __str__(self) -> str:
        return (
            f"工作表“{self.sheet}”{self.cell}:发现“{self.found or '空'}”,应为{self.expected}。{self.advice}"
        )

    @property
    def comment(self) -> str:
        return f"发现:{self.found or '空'}\n应为:{self.expected}\n处理:{self.advice}"


Places = Mapping[tuple[int, int], str]
"""(row, column), from 1 -> the comment of the cell, several problems one below the other."""


def places_by_sheet(problems: Sequence[CellProblem]) -> dict[str, Places]:
    found: dict[str, dict[tuple[int, int], list[str]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        found[problem.sheet][max(problem.row, 1), max(problem.column, 1)].append(problem.comment)
    return {
        sheet: {place: "\n\n".join(dict.fromkeys(texts)) for place, texts in places.items()}
        for sheet, places in found.items()
    }
