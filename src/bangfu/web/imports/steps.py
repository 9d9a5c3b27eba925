"""What is done with a batch: read anew, applied, undone, dropped. All but the last are jobs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bangfu.intake import batches
from bangfu.intake.history import BatchSeen, batch_seen
from bangfu.intake.jobs import APPLY, UNDO
from bangfu.intake.receiving import batch_key, queue_reading
from bangfu.jobs.actions import start_job
from bangfu.jobs.queries import waiting_job
from bangfu.office.journal.waiting import write_lock
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.imports.town import demand_all, found_batch
from bangfu.web.request import Request


@require_POST
def read_again(request: Request, number: int) -> HttpResponse:
    """Compared anew with the register of now, or as of the day that its sender says now."""
    seen = _free(request, number)
    as_of = typed_day(request.POST.get("as_of", ""), "数据日期")
    if not seen.is_unapplied:
        raise UserError(f"批次 {number} {seen.words}，不用再比对")
    with write_lock(lambda message: None):
        queue_reading(number, seen.file_name, actor=request.reader.username, as_of=as_of)
    return redirect("import", number=number)


@require_POST
def apply(request: Request, number: int) -> HttpResponse:
    seen = _free(request, number)
    if seen.state != "staged":
        raise UserError(f"批次 {number} {seen.words}，不能应用")
    _start_applying(request, seen, clean_only="clean_only" in request.POST)
    return redirect("import", number=number)


@require_POST
def apply_chosen(request: Request) -> HttpResponse:
    """Several at once, in the order in which they must come; those that cannot be applied are told."""
    demand_all(request)
    numbers = [int(number) for number in request.POST.getlist("batch") if number.isdecimal()]
    chosen = [seen for number in numbers if (seen := batch_seen(number)) is not None]
    ready = [one for one in chosen if one.state == "staged" and not one.problems and not _is_busy(one.number)]
    if not ready:
        raise UserError("没有选可以应用的批次。请先勾选已读入、没有看不懂的单元格的批次")
    for seen in sorted(ready, key=lambda one: (one.turn, one.as_of or 0, one.number)):
        _start_applying(request, seen)
    messages.success(request, f"{len(ready)} 个批次按先后顺序排队应用：先是谁在册，再是各部门名单")
    if len(ready) < len(chosen):
        messages.warning(
            request, f"{len(chosen) - len(ready)} 个批次没有排队：有看不懂的单元格，正在处理，或已经处理过"
        )
    return redirect("imports")


@require_POST
def undo(request: Request, number: int) -> HttpResponse:
    seen = _free(request, number)
    if seen.state != "applied":
        raise UserError(f"批次 {number} {seen.words}，没有可以撤销的")
    start_job(
        UNDO,
        label=f"撤销批次 {number}（{seen.file_name}）",
        actor=request.reader.username,
        parameters={"batch": number},
        key=batch_key(number),
    )
    return redirect("import", number=number)


@require_POST
def drop(request: Request, number: int) -> HttpResponse:
    seen = _free(request, number)
    batches.drop(number)
    messages.success(request, f"批次 {number}（{seen.file_name}）已放弃，台账没有改动")
    return redirect("imports")


def _start_applying(request: Request, seen: BatchSeen, *, clean_only: bool = False) -> None:
    start_job(
        APPLY,
        label=f"应用批次 {seen.number}（{seen.file_name}）",
        actor=request.reader.username,
        parameters={"batch": seen.number, "clean_only": clean_only},
        key=batch_key(seen.number),
    )


def _free(request: Request, number: int) -> BatchSeen:
    """A batch that no job is working on."""
    seen = found_batch(request, number, "import.load")
    if _is_busy(number):
        raise UserError(f"批次 {number} 正在处理，请等它做完，或先取消")
    return seen


def _is_busy(number: int) -> bool:
    return waiting_job(batch_key(number)) is not None
