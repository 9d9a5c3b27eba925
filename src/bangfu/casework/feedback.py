"""An inspection's feedback as a table: read, compared with what is on file, shown; nothing is written here.

Who looks at it registers its rows with `actions.open_tasks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bangfu.casework.chain import Link
from bangfu.casework.deadlines import DAYS
from bangfu.casework.drafts import FROM_INSPECTION, Draft
from bangfu.casework.filled import LONGEST
from bangfu.intake.places import Villages
from bangfu.intake.rulebook import home_rulebook
from bangfu.intake.sheet_rows import sheet_rows
from bangfu.office.words import day_in_words
from bangfu.registry.naming import Named, households_named
from bangfu.registry.queries import households_by_number
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.extract import Emitted, Extract, Extractor
from bangfu.spreadsheets.grid import open_file
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.spreadsheets.recognise import recognise
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

LAYOUT = "inspection_feedback"
_TEXTS = ("issue_type", "object_name", "source_document", "source_level", "reporter", "requirement", "note")
_LINK = {
    "unit": "responsible_unit",
    "lead_leader": "lead_leader",
    "responsible_person": "responsible_person",
}


@dataclass(frozen=True)
class Letter:
    """What the covering letter says of all rows: they are so where a row does not say otherwise."""

    document: str = ""
    on: int | None = None
    reporter: str = ""
    level: str = ""


@dataclass(frozen=True)
class Row:
    """A problem, and where it stands in the file."""

    sheet: str
    number: int
    draft: Draft


@dataclass
class Feedback:
    """The problems of a file, what is wrong with its cells, and the heads of columns that nobody reads."""

    rows: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)

    @property
    def drafts(self) -> list[Draft]:
        return [row.draft for row in self.rows]


def read_feedback(path: Path, name: str, letter: Letter, *, day: int) -> Feedback:
    """Reads a file (`name` is what the sender called it). Everything wrong is told at its cell; then nothing is to be opened.

    UserError where no sheet has a column with problems.
    """
    grids, refused = open_file(path, name)
    if not grids:
        raise UserError("\n".join(f"{problem.file}:{problem.message}" for problem in refused))
    layout, extractor = _layout(), Extractor(home_rulebook().terms, home_rulebook().codelists)
    found = [(grid, seen) for grid in grids if (seen := recognise(grid, [layout])) is not None]
    if not found:
        raise UserError(f"{name} 里没有找到问题清单：表头要有“问题”（或“存在问题”“问题描述”）一栏")
    feedback, places = Feedback(), Villages()
    for grid, recognised in found:
        extract = extractor.extract(grid, recognised)
        feedback.problems.extend(extract.problems)
        feedback.unread.extend(recognised.unread)
        _Sheet(extract, letter, places, day, feedback).read()
    if not feedback.rows and not feedback.problems:
        raise UserError(f"{name} 的问题清单里一条问题也没有")
    return feedback


def _layout() -> Layout:
    """Who says that a file is a feedback need not have it in the title, too."""
    return replace(next(layout for layout in load_layouts() if layout.id == LAYOUT), titled=False)


class _Sheet:
    """One sheet being read."""

    def __init__(
        self, extract: Extract, letter: Letter, places: Villages, day: int, feedback: Feedback
    ) -> None:
        self.extract, self.letter, self.places, self.day = extract, letter, places, day
        self.feedback = feedback
        self.emitted: Emitted = extract.emitted[0]
        self.homes: Mapping[str, int] = {}
        self.named: Mapping[int, Named] = {}

    def read(self) -> None:
        rows = list(sheet_rows(self.extract, self.emitted))
        self.homes = households_by_number(values.get("object_no") for _, values in rows)
        self.named = households_named(self.homes.values())
        bad = {problem.row for problem in self.extract.problems}
        for number, values in rows:
            wrong = list(self.wrong(number, values))
            self.feedback.problems.extend(wrong)
            if not wrong and number not in bad:
                self.feedback.rows.append(Row(self.extract.sheet, number, self.draft(values)))

    def wrong(self, row: int, values: Mapping[str, Any]) -> Iterator[CellProblem]:
        if not values.get("problem"):
            yield self.problem(row, "problem", "", "问题的内容", "请补写，或删掉这一行")
        village, written = self.places.key(values.get("village_name")), values.get("village_name")
        if written and village is None:
            yield self.problem(row, "village_name", written, "台账里有的村名", "请按台账改正村名")
        home = self.homes.get(values.get("object_no") or "")
        if values.get("object_no") and home is None:
            yield self.problem(row, "object_no", values["object_no"], "台账里有的户编号", "请核对，或留空")
        elif home is not None and written and village not in (None, self.named[home].village):
            yield self.problem(row, "village_name", written, "这一户所在的村", "请核对村名和户编号")
        yield from self.wrong_days(row, values)
        severity = values.get("severity")
        if severity and severity not in DAYS:
            yield self.problem(row, "severity", severity, f"{'、'.join(DAYS)} 之一", "请改正，或留空")
        for name in ("problem", *_TEXTS):
            if len(values.get(name) or "") > LONGEST:
                found = f"{values[name][:20]}……({len(values[name])} 字)"
                yield self.problem(row, name, found, f"不超过 {LONGEST} 字", "请写简短些")

    def wrong_days(self, row: int, values: Mapping[str, Any]) -> Iterator[CellProblem]:
        on, due = values.get("source_on") or self.letter.on, values.get("due_on")
        if not (values.get("source_document") or self.letter.document):
            yield self.problem(row, "source_document", "", "问题的来源", "请补写，或在导入时统一填写来源文件")
        if not (values.get("reporter") or self.letter.reporter):
            yield self.problem(row, "reporter", "", "发现人或检查组", "请补写，或在导入时统一填写")
        if on is None:
            yield self.problem(row, "source_on", "", "反馈日期", "请补写，或在导入时统一填写")
        elif on > self.day:
            yield self.problem(row, "source_on", day_in_words(on), "今天或以前的日期", "请改正日期")
        if due and on and due < on:
            yield self.problem(row, "due_on", day_in_words(due), "反馈日期以后的日期", "请改正时限，或留空")

    def problem(self, row: int, name: str, found: str, expected: str, advice: str) -> CellProblem:
        """At the field's own cell, or at the row where the sheet has no such column."""
        position = self.emitted.positions.get(name)
        column = 0 if position is None else self.extract.first_column + position
        label = load_terms().table("task").fields[name].label
        told = expected if position is not None else f"{expected}（没有“{label}”这一栏）"
        return CellProblem(self.extract.sheet, row, column, found, told, advice)

    def draft(self, values: Mapping[str, Any]) -> Draft:
        home = self.homes.get(values.get("object_no") or "")
        village = (
            self.named[home].village if home is not None else self.places.key(values.get("village_name"))
        )
        return Draft(
            problem=values["problem"],
            source_kind=FROM_INSPECTION,
            source_document=values.get("source_document") or self.letter.document or None,
            source_level=values.get("source_level") or self.letter.level or None,
            reporter=values.get("reporter") or self.letter.reporter or None,
            issue_type=values.get("issue_type"),
            object_name=values.get("object_name"),
            requirement=values.get("requirement"),
            note=values.get("note"),
            source_on=values.get("source_on") or self.letter.on,
            severity=values.get("severity") or "错误",
            village=village,
            village_name=values.get("village_name"),
            household=home,
            object_no=values.get("object_no"),
            department=values.get("department"),
            due_on=values.get("due_on"),
            link=Link(**{name: values.get(field) for name, field in _LINK.items()}),
        )
