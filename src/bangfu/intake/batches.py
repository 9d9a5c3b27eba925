"""A file becomes a batch: staged, seen, applied in one transaction or not at all, undone."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.apps import apps

from bangfu.config.env import read_env
from bangfu.intake.applying import apply_chunk
from bangfu.intake.comparing import Asked, Change, Comparison, compare, missing
from bangfu.intake.models import Batch, Question
from bangfu.intake.models import Source as Sheet
from bangfu.intake.register_file import RegisterFile
from bangfu.intake.rulebook import rulebook
from bangfu.intake.source_values import compare_sources
from bangfu.intake.standing import lapse
from bangfu.intake.villages import ComparedVillage, apply_villages, compare_villages
from bangfu.office.facts import Fact
from bangfu.office.journal.undoing import undo as undo_source
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.screening.gather import Gathered, gather
from bangfu.spreadsheets.cell_problem import CellProblem
from bangfu.spreadsheets.extract import Extract
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.errors import UserError

Say = Callable[[str], None]
Cell = tuple[str, int]  # sheet and row
STATES = {"staged": "已读入,还没有应用", "applied": "已经应用", "undone": "已经撤销"}
EXAMPLES = 20
"""Changes of each table that a difference shows in words; all of them are in the batch's folder."""


@dataclass
class Difference:
    """What applying a file would do to the register."""

    added: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)  # rows
    unchanged: Counter[str] = field(default_factory=Counter)
    joined: int = 0
    events: Counter[str] = field(default_factory=Counter)
    examples: list[Change] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.added or self.changed or self.joined or self.events)

    def take(self, compared: Comparison) -> None:
        """Adds a chunk's difference."""
        rows = {(change.table, change.row) for change in compared.changes}
        self.changed.update(table for table, _ in rows)
        self.unchanged.update(compared.unchanged)
        self.added.update(compared.added)
        for home in compared.households:
            self.added["household"] += home.household is None
            self.added["annual_record"] += home.record is not None and not home.record_changes
            self.added["monitoring_episode"] += home.episode is not None and "id" not in home.episode
            self.added["person"] += sum(member.person is None for member in home.members)
            self.joined += sum(member.joins for member in home.members)
            self.events.update(event.event for event in home.events)
        self.added += Counter()  # drops zeros
        shown = Counter(change.table for change in self.examples)
        for change in compared.changes:
            if shown[change.table] < EXAMPLES:
                self.examples.append(change)
                shown[change.table] += 1
        self.questions.extend(compared.questions)

    def take_villages(self, villages: list[ComparedVillage], compared: Comparison) -> None:
        self.added["village"] += sum(item.village is None for item in villages)
        self.take(compared)

    def as_json(self) -> dict[str, Any]:
        return {
            "added": dict(self.added),
            "changed": dict(self.changed),
            "unchanged": dict(self.unchanged),
            "joined": self.joined,
            "events": dict(self.events),
            "questions": len(self.questions),
        }


@dataclass
class Staged:
    """A file that was read and compared, not applied."""

    batch: Batch
    difference: Difference
    problems: list[CellProblem]


def stage(path: Path, *, actor: str, as_of: int | None = None, say: Say = lambda message: None) -> Staged:
    """Reads a file, keeps a copy of it, and compares it with the register; nothing of the register is touched.

    UserError where the file cannot be read or is no list that the register takes.
    """
    gathered = _read(path, as_of, say)
    _refuse_older(gathered)
    batch = Batch.objects.create(
        file_name=path.name,
        sha256=_keep(path),
        state="staged",
        actor=actor,
        staged_at=datetime.now(UTC),
        as_of=gathered.as_of,
    )
    difference = Difference()
    for extract in gathered.extracts:
        if extract.recognised.layout.kind == "villages":
            difference.take_villages(*compare_villages(extract))
    for _, compared in _compared(gathered, batch, frozenset()):
        difference.take(compared)
    _note(batch, difference)
    problems = [problem for extract in gathered.extracts for problem in extract.problems]
    return Staged(batch, difference, problems)


def apply(
    number: int, *, actor: str, clean_only: bool = False, say: Say = lambda message: None
) -> Difference:
    """Applies a staged batch in one transaction; the difference that was written.

    It is compared anew with the register of this moment. UserError where it cannot be applied (unreadable cells,
    applied or undone already); Refused where the register refuses a row. Nothing is written then. With `clean_only`
    households with an unreadable cell are left out instead.
    """
    batch = Batch.objects.filter(pk=number).first()
    if batch is None:
        raise UserError(f"没有批次 {number}")
    if batch.state != "staged":
        raise UserError(f"批次 {number} {STATES[batch.state]},不能再应用;要再导入请重新读入文件")
    gathered = _read(_kept(batch), batch.as_of, say)
    _refuse_older(gathered)
    problems = [problem for extract in gathered.extracts for problem in extract.problems]
    if problems and not clean_only:
        raise UserError(_unreadable(batch, problems))
    bad = frozenset((problem.sheet, problem.row) for problem in problems)
    difference = Difference()
    with transaction(
        actor=actor, source=Source("batch", str(number)), reason=batch.file_name, say=say
    ) as change:
        _write(batch, gathered, change, difference, bad)
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


def _write(
    batch: Batch, gathered: Gathered, change: Writing, difference: Difference, bad: frozenset[Cell]
) -> None:
    sheets = [_sheet(batch, extract) for extract in gathered.extracts]
    for extract, sheet in zip(gathered.extracts, sheets, strict=True):
        if extract.recognised.layout.kind == "villages":
            villages, compared = compare_villages(extract)
            difference.take_villages(villages, compared)
            apply_villages(change, villages, sheet.pk)
    for number, compared in _compared(gathered, batch, bad):
        difference.take(compared)
        apply_chunk(change, compared, sheets[number].pk, _day(gathered))
        lapse(batch, compared.seen)


def _sheet(batch: Batch, extract: Extract) -> Sheet:
    columns = {
        emitted.table: {name: extract.first_column + place for name, place in emitted.positions.items()}
        for emitted in extract.emitted
    }
    return Sheet.objects.create(
        batch=batch, sheet=extract.sheet, layout=extract.recognised.layout.id, columns=columns
    )


def _compared(gathered: Gathered, batch: Batch, bad: frozenset[Cell]) -> Iterator[tuple[int, Comparison]]:
    """Every chunk of every sheet, compared one after the other: a chunk sees what the chunk before it wrote.

    Households with a row among the bad ones are left out.
    """
    named: set[str] = set()
    seen: set[int] = set()
    day = _day(gathered)
    for number, extract in enumerate(gathered.extracts):
        if extract.recognised.layout.kind == "sources":
            yield from ((number, compared) for compared in compare_sources(extract, day, bad))
        if extract.recognised.layout.kind != "register":
            continue
        for chunk in RegisterFile(extract).chunks():
            clean = [
                home
                for home in chunk
                if not any((extract.sheet, member.sheet_row) in bad for member in home.members)
            ]
            compared = compare(clean, day, named)
            seen |= compared.seen
            yield number, compared
    layouts = {extract.recognised.layout.id for extract in gathered.extracts}
    earlier = Sheet.objects.filter(layout__in=layouts, batch__state="applied").exclude(batch=batch)
    if not bad:
        yield 0, missing(earlier.values_list("pk", flat=True), seen, day)


def _refuse_older(gathered: Gathered) -> None:
    """An older export would write old values over newer ones; what sources say has a day of its own."""
    layouts = {
        extract.recognised.layout.id
        for extract in gathered.extracts
        if extract.recognised.layout.kind != "sources"
    }
    newer = Batch.objects.filter(state="applied", sources__layout__in=layouts, as_of__gt=_day(gathered))
    last = newer.order_by("-as_of").first()
    if last is not None:
        raise UserError(
            f"这份表是 {_day(gathered)} 的数据,台账里已有 {last.as_of} 的同一种表(批次 {last.pk},{last.file_name})。"
            "请导入更新的表,或先撤销那个批次"
        )


def _day(gathered: Gathered) -> int:
    if gathered.as_of is None:
        raise UserError("文件没有写明导出时间,请用 --as-of 指明它是哪一天的数据,如 --as-of 2023-12-18")
    return gathered.as_of


def _read(path: Path, as_of: int | None, say: Say) -> Gathered:
    gathered = gather([path], rulebook(), load_layouts(), as_of, say)
    wrong = [f"{problem.file}:{problem.message}" for problem in (*gathered.problems, *gathered.unrecognised)]
    wrong.extend(
        f"{extract.grid_file}:“{extract.recognised.layout.name}”还不能导入台账,现在只收国网的监测对象、脱贫人口和行政村导出表,以及档案、入户和手册核对表"
        for extract in gathered.extracts
        if extract.recognised.layout.kind not in ("register", "villages", "sources")
    )
    if wrong or not gathered.extracts:
        raise UserError("\n".join(wrong) or f"{path.name} 里没有可以读取的名单")
    return gathered


def _unreadable(batch: Batch, problems: list[CellProblem]) -> str:
    shown = "".join(f"\n  {problem}" for problem in problems[:EXAMPLES])
    return f"批次 {batch.pk}({batch.file_name})有 {len(problems)} 个单元格看不懂,没有写入:{shown}"


def _folder() -> Path:
    return read_env().home / "files"


def _keep(path: Path) -> str:
    """A copy of the file under its hash, so that what was loaded can always be read again."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    target = _folder() / digest / path.name
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return digest


def _kept(batch: Batch) -> Path:
    path = _folder() / batch.sha256 / batch.file_name
    if not path.exists():
        raise UserError(f"批次 {batch.pk} 的原始文件不在了({path.name}),请重新导入它")
    return path
