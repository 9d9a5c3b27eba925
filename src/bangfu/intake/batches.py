"""A file becomes a batch: read and compared, seen, applied in one transaction or not at all, undone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, Max

from bangfu.intake.contents import day_of, problems_of, read_file, sheets_of, unreadable
from bangfu.intake.difference import Difference
from bangfu.intake.files import keep, kept, let_go
from bangfu.intake.loading import ORDER, Loading, Say
from bangfu.intake.models import Batch, Question
from bangfu.intake.models import Source as Sheet
from bangfu.intake.preview import forget_preview, new_preview
from bangfu.intake.rulebook import home_rulebook
from bangfu.office.facts import Fact
from bangfu.office.journal.undoing import undo as undo_source
from bangfu.office.journal.waiting import write_lock
from bangfu.office.journal.writing import Source, transaction
from bangfu.screening.gather import Gathered, listed
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.grid import open_file
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.spreadsheets.recognise import recognise
from bangfu.terms.errors import UserError

STATES = {
    "received": "已收到,还没有读入",
    "refused": "不能导入",
    "staged": "已读入,还没有应用",
    "applied": "已经应用",
    "undone": "已经撤销",
    "dropped": "已放弃",
}
UNAPPLIED = ("received", "refused", "staged")
Reach = Callable[[float], None]


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

    UserError where the file cannot be read or is no list that the register takes; no batch is made then.
    """
    gathered = read_file(path, as_of, progress)
    batch = Batch.objects.create(
        file_name=path.name,
        sha256=keep(path),
        size=path.stat().st_size,
        state="received",
        actor=actor,
        received_at=datetime.now(UTC),
        given_as_of=as_of,
        as_of=gathered.as_of,
    )
    return _compare(batch, gathered, progress)


def compare(
    number: int,
    *,
    as_of: int | None = None,
    progress: Say = lambda message: None,
    reach: Reach = lambda fraction: None,
) -> Staged:
    """The same for a batch that was received, or once more for one that was not applied; the batch is staged then.

    `as_of`: what its sender says now of the day it speaks of. UserError where the file cannot be taken: the batch is
    refused then, and says why.
    """
    batch = _unapplied(number)
    batch.given_as_of = as_of or batch.given_as_of
    try:
        gathered = read_file(kept(batch), batch.given_as_of, progress)
    except UserError as error:
        _refuse(batch, str(error))
        raise
    return _compare(batch, gathered, progress, reach)


def apply(
    number: int,
    *,
    actor: str,
    clean_only: bool = False,
    gathered: Gathered | None = None,
    say: Say = lambda message: None,
    progress: Say = lambda message: None,
    reach: Reach = lambda fraction: None,
) -> Difference:
    """Applies a staged batch in one transaction; the difference that was written.

    It is compared anew with the register of this moment. UserError where it cannot be applied (unreadable cells,
    applied or undone already); Refused where the register refuses a row. Nothing is written then. With `clean_only`
    households with an unreadable cell are left out instead. `gathered`: what `stage` has just read, where that is at hand.
    """
    batch = _existing(number)
    if batch.state != "staged":
        raise UserError(f"批次 {number} {STATES[batch.state]},不能再应用;要再导入请重新读入文件")
    if gathered is None:
        gathered = read_file(kept(batch), batch.as_of, progress)
    problems = problems_of(gathered)
    if problems and not clean_only:
        raise UserError(unreadable(batch, problems))
    bad = frozenset((problem.sheet, problem.row) for problem in problems)
    loading = Loading(
        batch, gathered, home_rulebook(), day_of(gathered), bad=bad, progress=progress, reach=reach
    )
    with transaction(
        actor=actor, source=Source("batch", str(number)), reason=batch.file_name, say=say
    ) as change:
        _take(batch, actor)
        loading.change = change
        difference = loading.run()
        _note(batch, difference)
    return difference


def undo(number: int, *, actor: str, say: Say = lambda message: None) -> int:
    """Takes back an applied batch; the number of rows touched. CannotUndo where later changes rest on it."""
    batch = _existing(number)
    if batch.state != "applied":
        raise UserError(f"批次 {number} {STATES[batch.state]},没有可以撤销的")
    told = {"state": "undone", "undone_by": actor, "undone_at": datetime.now(UTC)}
    return undo_source(
        Source("batch", str(number)),
        fact_models(),
        actor=actor,
        say=say,
        also=lambda: Batch.objects.filter(pk=number).update(**told),
    )


def drop(number: int) -> None:
    """Nobody wants the batch: its file goes unless another batch has it. UserError where it was applied."""
    batch = _unapplied(number)
    with write_lock(lambda message: None):
        if not Batch.objects.filter(pk=number, state__in=UNAPPLIED).update(state="dropped"):
            raise UserError(f"批次 {number} 刚刚被应用,没有放弃")
    forget_preview(number)
    let_go(batch)


def sources() -> dict[str, dict[str, Any]]:
    """By number, the lists that rows came from: file, sheet, and table -> field -> column (counted from 0)."""
    return {
        str(sheet.pk): {"file": sheet.batch.file_name, "sheet": sheet.sheet, "columns": sheet.columns}
        for sheet in Sheet.objects.select_related("batch").order_by("pk")
    }


def open_questions() -> int:
    """How many questions of applied batches nobody has answered."""
    return Question.objects.filter(batch__state="applied", state="open").count()


def lists_loaded() -> tuple[int, str, int]:
    """What changes when a batch is applied or undone."""
    applied = Batch.objects.filter(state="applied").aggregate(count=Count("pk"), last=Max("applied_at"))
    return applied["count"], str(applied["last"]), Batch.objects.filter(state="undone").count()


def fact_models() -> dict[str, type[Fact]]:
    return {model.table: model for model in apps.get_models() if issubclass(model, Fact)}


def _existing(number: int) -> Batch:
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise UserError(f"没有批次 {number}")
    return batch


def _unapplied(number: int) -> Batch:
    batch = _existing(number)
    if batch.state not in UNAPPLIED:
        raise UserError(f"批次 {number} {STATES[batch.state]},不能再读入或放弃")
    return batch


def _compare(batch: Batch, gathered: Gathered, progress: Say, reach: Reach = lambda fraction: None) -> Staged:
    problems, compared_at = problems_of(gathered), datetime.now(UTC)
    with new_preview(batch.pk) as preview:
        loading = Loading(
            batch,
            gathered,
            home_rulebook(),
            day_of(gathered),
            progress=progress,
            reach=reach,
            preview=preview,
        )
        difference = loading.run()
        preview.problems(problems)
    batch.state, batch.staged_at = "staged", compared_at
    batch.as_of, batch.sheets, batch.problems = gathered.as_of, sheets_of(gathered), len(problems)
    batch.refusal = ""
    with nullcontext() if connection.in_atomic_block else write_lock(progress):
        _note(batch, difference)
    return Staged(batch, difference, problems, gathered)


def _take(batch: Batch, actor: str) -> None:
    """Of two programs that apply a batch at once the second finds it taken."""
    batch.state, batch.applied_at, batch.applied_by = "applied", datetime.now(UTC), actor
    if not Batch.objects.filter(pk=batch.pk, state="staged").update(state="applied"):
        raise UserError(f"批次 {batch.pk} 刚刚被另一个人应用或放弃,这次没有写入")


def _refuse(batch: Batch, why: str) -> None:
    batch.state, batch.refusal, batch.staged_at = "refused", why, datetime.now(UTC)
    with write_lock(lambda message: None):
        batch.save()
    forget_preview(batch.pk)


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
