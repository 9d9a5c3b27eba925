"""A file becomes a batch: staged, seen, applied in one transaction or not at all, undone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from bangfu.intake.difference import SHOWN, Difference
from bangfu.intake.files import keep, kept
from bangfu.intake.loading import ORDER, Loading, Say
from bangfu.intake.models import Batch, Question
from bangfu.intake.models import Source as Sheet
from bangfu.intake.rulebook import rulebook
from bangfu.office.facts import Fact
from bangfu.office.journal.undoing import undo as undo_source
from bangfu.office.journal.writing import Source, transaction
from bangfu.screening.gather import Gathered, gather, listed
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.grid import open_file
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.spreadsheets.recognise import recognise
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

STATES = {"staged": "已读入,还没有应用", "applied": "已经应用", "undone": "已经撤销"}


@dataclass
class Staged:
    """A file that was read and compared, not applied; `gathered` is what was read."""

    batch: Batch
    difference: Difference
    problems: list[CellProblem]
    gathered: Gathered


def in_order(paths: Iterable[Path]) -> list[Path]:
    """Files, and those in folders, as they are to be loaded: villages, who is on file, who left, what lists say.

    Files that nothing can be read from come last: they tell why when their turn comes.
    """
    files = [path for path, _ in listed(paths)]
    return files if len(files) < 2 else sorted(files, key=lambda path: (_turn(path), path.name))


def _turn(path: Path) -> int:
    grids, _ = open_file(path, path.name)
    found = [recognised.layout.kind for grid in grids if (recognised := recognise(grid, load_layouts()))]
    return min((ORDER[kind] for kind in found), default=len(ORDER))


def stage(
    path: Path, *, actor: str, as_of: int | None = None, progress: Say = lambda message: None
) -> Staged:
    """Reads a file, keeps a copy of it, and compares it with the register; nothing of the register is touched.

    UserError where the file cannot be read or is no list that the register takes.
    """
    gathered = _read(path, as_of, progress)
    _refuse_older(gathered)
    batch = Batch.objects.create(
        file_name=path.name,
        sha256=keep(path),
        state="staged",
        actor=actor,
        staged_at=datetime.now(UTC),
        as_of=gathered.as_of,
    )
    difference = Loading(batch, gathered, rulebook(), _day(gathered), progress=progress).run()
    _note(batch, difference)
    problems = [problem for extract in gathered.extracts for problem in extract.problems]
    return Staged(batch, difference, problems, gathered)


def apply(
    number: int,
    *,
    actor: str,
    clean_only: bool = False,
    gathered: Gathered | None = None,
    say: Say = lambda message: None,
    progress: Say = lambda message: None,
) -> Difference:
    """Applies a staged batch in one transaction; the difference that was written.

    It is compared anew with the register of this moment. UserError where it cannot be applied (unreadable cells,
    applied or undone already); Refused where the register refuses a row. Nothing is written then. With `clean_only`
    households with an unreadable cell are left out instead. `gathered`: what `stage` has just read, where that is at hand.
    """
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise UserError(f"没有批次 {number}")
    if batch.state != "staged":
        raise UserError(f"批次 {number} {STATES[batch.state]},不能再应用;要再导入请重新读入文件")
    if gathered is None:
        gathered = _read(kept(batch), batch.as_of, progress)
    _refuse_older(gathered)
    problems = [problem for extract in gathered.extracts for problem in extract.problems]
    if problems and not clean_only:
        raise UserError(_unreadable(batch, problems))
    bad = frozenset((problem.sheet, problem.row) for problem in problems)
    loading = Loading(batch, gathered, rulebook(), _day(gathered), bad=bad, progress=progress)
    with transaction(
        actor=actor, source=Source("batch", str(number)), reason=batch.file_name, say=say
    ) as change:
        loading.change = change
        difference = loading.run()
        batch.state, batch.applied_at = "applied", datetime.now(UTC)
        _note(batch, difference)
    return difference


def undo(number: int, *, actor: str, say: Say = lambda message: None) -> int:
    """Takes back an applied batch; the number of rows touched. CannotUndo where later changes rest on it."""
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise UserError(f"没有批次 {number}")
    if batch.state != "applied":
        raise UserError(f"批次 {number} {STATES[batch.state]},没有可以撤销的")
    return undo_source(
        Source("batch", str(number)),
        fact_models(),
        actor=actor,
        say=say,
        also=lambda: Batch.objects.filter(pk=number).update(state="undone"),
    )


def open_questions() -> int:
    """How many questions of applied batches nobody has answered."""
    return Question.objects.filter(batch__state="applied", state="open").count()


def sources() -> dict[str, dict[str, Any]]:
    """By number, the lists that rows came from: file, sheet, and table -> field -> column (counted from 0)."""
    return {
        str(sheet.pk): {"file": sheet.batch.file_name, "sheet": sheet.sheet, "columns": sheet.columns}
        for sheet in Sheet.objects.select_related("batch").order_by("pk")
    }


def fact_models() -> dict[str, type[Fact]]:
    return {model.table: model for model in apps.get_models() if issubclass(model, Fact)}


def _note(batch: Batch, difference: Difference) -> None:
    """Keeps what the comparison came to; questions that an earlier one raised are raised anew or gone."""
    batch.counts = difference.as_json()
    batch.save()
    batch.questions.all().delete()
    Question.objects.bulk_create(
        Question(
            batch=batch,
            kind=asked.kind,
            table=asked.table,
            row=asked.row,
            sheet_row=asked.sheet_row,
            message=asked.message,
            household_no=asked.household_no,
        )
        for asked in difference.questions
    )


def _refuse_older(gathered: Gathered) -> None:
    """An older list would write old values over newer ones, where it does not speak of its own time only."""
    layouts = {
        extract.recognised.layout.id for extract in gathered.extracts if _is_of_now(extract.recognised.layout)
    }
    newer = Batch.objects.filter(state="applied", sources__layout__in=layouts, as_of__gt=_day(gathered))
    last = newer.order_by("-as_of").first()
    if last is not None:
        raise UserError(
            f"这份表是 {_day(gathered)} 的数据,台账里已有 {last.as_of} 的同一种表(批次 {last.pk},{last.file_name})。"
            "请导入更新的表,或先撤销那个批次"
        )


def _is_of_now(layout: Layout) -> bool:
    """Whether the list tells how things stand, rather than what was given in a period."""
    return layout.kind in ("register", "villages", "removals") or any(
        load_terms().table(emit.table).listed_by == () for emit in layout.emits
    )


def _day(gathered: Gathered) -> int:
    if gathered.as_of is None:
        raise UserError("文件没有写明导出时间,请用 --as-of 指明它是哪一天的数据,如 --as-of 2023-12-18")
    return gathered.as_of


def _read(path: Path, as_of: int | None, say: Say) -> Gathered:
    gathered = gather([path], rulebook(), load_layouts(), as_of, say)
    wrong = [f"{problem.file}:{problem.message}" for problem in (*gathered.problems, *gathered.unrecognised)]
    if wrong or not gathered.extracts:
        raise UserError("\n".join(wrong) or f"{path.name} 里没有可以读取的名单")
    return gathered


def _unreadable(batch: Batch, problems: list[CellProblem]) -> str:
    shown = "".join(f"\n  {problem}" for problem in problems[:SHOWN])
    return f"批次 {batch.pk}({batch.file_name})有 {len(problems)} 个单元格看不懂,没有写入:{shown}"
