from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from bangfu.config.env import read_env
from bangfu.intake.answers import waiting_by_kind
from bangfu.intake.history import BatchSeen, batches_seen, counts_by_state, questions_of, same_file
from bangfu.intake.jobs import APPLY, UNDO
from bangfu.intake.preview import KINDS, marked_path, noted_counts, noted_problems
from bangfu.intake.receiving import ACCEPTED, STAGE, Upload, batch_key, receive
from bangfu.jobs.queries import Seen, last_job_of, waiting_jobs
from bangfu.office.access import record_export
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.imports.rows import rows_asked
from bangfu.web.imports.town import PART_ONLY, demand_all, found_batch, is_for_all
from bangfu.web.request import Request
from bangfu.web.uploads import KeptFile, refused_uploads

_SIZE = 30
OF_BATCHES = (STAGE, APPLY, UNDO)
VIEWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": ("全部", ()),
    "waiting": ("等着处理", ("received", "staged", "refused")),
    "applied": ("已应用", ("applied",)),
    "over": ("已撤销、已放弃", ("undone", "dropped")),
}


@require_safe
def imports(request: Request) -> HttpResponse:
    if not is_for_all(request, "import.see"):
        return render(request, "web/imports/imports.html", {"section": "import", "refused": PART_ONLY})
    chosen, text, before = (request.GET.get(name, "") for name in ("view", "q", "before"))
    states = VIEWS.get(chosen, VIEWS[""])[1]
    found = batches_seen(
        states=states, text=text, before=int(before) if before.isdecimal() else None, size=_SIZE + 1
    )
    jobs = waiting_jobs(request.reader, OF_BATCHES)
    filled = {
        "section": "import",
        "batches": [(one, jobs.get(batch_key(one.number))) for one in found[:_SIZE]],
        "last": found[_SIZE - 1].number if len(found) > _SIZE else None,
        "is_moving": bool(jobs),
        "has_ready": any(one.state == "staged" and not one.problems for one in found[:_SIZE]),
        "tabs": _tabs(chosen),
        "text": text,
        "view": chosen,
        "questions": sum(waiting_by_kind().values()),
        "may_load": is_for_all(request, "import.load"),
        "most_megabytes": read_env().upload_megabytes,
        "accepted": ACCEPTED,
    }
    return render(request, "web/imports/imports.html", filled)


def _tabs(chosen: str) -> list[dict[str, Any]]:
    counts = counts_by_state()
    return [
        {
            "view": view,
            "label": label,
            "count": sum(counts.get(state, 0) for state in states) if states else sum(counts.values()),
            "is_current": view == chosen,
        }
        for view, (label, states) in VIEWS.items()
    ]


@require_POST
def upload(request: Request) -> HttpResponse:
    demand_all(request)
    as_of = typed_day(request.POST.get("as_of", ""), "数据日期")
    uploads = [_upload(file) for file in request.FILES.getlist("files")]
    uploads += [Upload(name, wrong=why) for name, why in refused_uploads(request)]
    if not uploads:
        raise UserError("没有选文件。请选一个或几个表格，或者把它们拖到虚线框里")
    received = receive(uploads, actor=request.reader.username, as_of=as_of)
    taken = sum(one.job is not None for one in received)
    if taken:
        messages.success(request, f"收到 {taken} 个文件，正在读入，读完可以看到和台账的差异")
    if taken < len(received):
        messages.error(request, f"{len(received) - taken} 个文件不能导入，原因写在下面")
    only = received[0].batch if len(received) == 1 else None
    address = reverse("import", args=[only]) if only else reverse("imports")
    return _went(request, address)


def _upload(file: UploadedFile) -> Upload:
    assert isinstance(file, KeptFile)
    return Upload(file.name or "", file.path())


def _went(request: Request, address: str) -> HttpResponse:
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else redirect(address)


@require_safe
def batch(request: Request, number: int) -> HttpResponse:
    seen = found_batch(request, number)
    job = last_job_of(request.reader, batch_key(number))
    counts = noted_counts(number)
    filled = {
        "section": "import",
        "batch": seen,
        "job": job if job is not None and _tells(job, seen) else None,
        "problems": noted_problems(number),
        "kinds": _kinds(counts),
        "counts": counts,
        "rows": rows_asked(request, number),
        "asked": questions_of(number),
        "same": same_file(number) if seen.state == "staged" else None,
        "may_load": is_for_all(request, "import.load"),
        "may_see_cells": request.reader.may("import.load"),
    }
    return render(request, "web/imports/batch.html", filled)


def _tells(job: Seen, seen: BatchSeen) -> bool:
    """A job that is over says something only where it did not come to what the batch says itself."""
    return not job.is_over or job.state in ("failed", "cancelled")


def _kinds(counts: Mapping[tuple[str, str], int]) -> list[tuple[str, str, str, int]]:
    """Members who come and go and events: what stands in no table of its own."""
    return [
        (kind, table, KINDS[kind], count)
        for (kind, table), count in sorted(counts.items(), key=lambda one: list(KINDS).index(one[0][0]))
        if kind in ("joined", "left", "event")
    ]


@require_POST
def marked(request: Request, number: int) -> HttpResponseBase:
    """The sender's own file with its faulty cells marked; that it left the house is journalled."""
    seen = found_batch(request, number, "import.load")
    path = marked_path(number)
    if not path.exists():
        raise UserError("标好的表不在了，请点“重新比对”后再下载")
    record_export(request.reader, what=f"批次 {number} 标出问题的原表", reason="退回更正", rows=seen.rows)
    name = f"{seen.file_name.rpartition('.')[0]}（请更正）.xlsx"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)
