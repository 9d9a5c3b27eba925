"""Where faults go, and the list of those planted."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from bangfu.samples.workbook import Cell, column_letter

FILE = "已知问题.tsv"
_HEADERS = ("规则编号", "文件", "工作表", "行", "列", "栏目", "值", "原因")
_FIRST_CHANCE = 0.7


class FaultNotes:
    """Says when the next fault of a rule is due; each is planted once soon, later now and then."""

    def __init__(self, folder: Path, seed: int, wanted: bool) -> None:
        self._wanted = wanted
        self._rng = Random(seed + 1)
        self._folder = folder
        self.planted: Counter[str] = Counter()
        self._lines: list[tuple[str, ...]] = []

    def due(self, ref: str, rate: float) -> bool:
        """Asked only where the fault is possible; `rate` is its share of such places once it has been planted.

        With a rate of 0 it comes once, at the first such place.
        """
        if not self._wanted:
            return False
        first = _FIRST_CHANCE if rate else 1.0
        return self._rng.random() < (rate if self.planted[ref] else first)

    def plant(self, ref: str) -> None:
        self.planted[ref] += 1

    def note(
        self,
        ref: str,
        file: Path,
        sheet: str,
        row: int,
        headers: Sequence[str],
        header: str,
        value: Cell,
        reason: str,
    ) -> None:
        name = str(file.relative_to(self._folder))
        letter = column_letter(headers.index(header))
        text = "" if value is None else str(value)
        self._lines.append((ref, name, sheet, str(row), letter, header, text, reason))

    def write(self) -> None:
        if not self._wanted:
            return
        with open(self._folder / FILE, "w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out, dialect="excel-tab")
            writer.writerow(_HEADERS)
            writer.writerows(sorted(self._lines))
