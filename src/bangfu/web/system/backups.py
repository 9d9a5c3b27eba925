"""Backups that the workbench makes itself; restoring is a command, while the workbench is down."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.config.env import read_env
from bangfu.jobs.actions import start_job
from bangfu.jobs.queries import last_job_of
from bangfu.office.access import record_export
from bangfu.office.keeping import archive_named, archives
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.system.jobs import BACKUP
from bangfu.web.system.tabs import with_tabs
from bangfu.web.system.town import PART_ONLY, demand_all, hide_from_others, is_for_all


@require_http_methods(["GET", "HEAD", "POST"])
def backups(request: Request) -> HttpResponse:
    if request.method == "POST":
        demand_all(request, "backup.make")
        name = f"备份-{timezone.localtime():%Y-%m-%d-%H%M%S}.zip"
        start_job(
            BACKUP,
            label=f"备份到 {name}",
            actor=request.reader.username,
            parameters={"file": name},
            key=BACKUP,
        )
        return redirect("backups")
    if not is_for_all(request, "backup.make"):
        return render(
            request, "web/system/backups.html", with_tabs(request, "backups", {"refused": PART_ONLY})
        )
    job = last_job_of(request.reader, BACKUP)
    filled = {
        "archives": archives(),
        "job": job if job is not None and job.state != "done" else None,
        "home": read_env().home.resolve(),
        "is_elsewhere": read_env().server is not None,
    }
    return render(request, "web/system/backups.html", with_tabs(request, "backups", filled))


@require_POST
def file(request: Request, name: str) -> HttpResponseBase:
    """The archive itself: it holds everything, so that it is taken away is journalled."""
    hide_from_others(request, "backup.make")
    path = archive_named(name)
    if path is None:
        raise Http404
    record_export(
        request.reader, what=f"整个台账的备份 {name}", reason=request.POST.get("reason", ""), rows=0
    )
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_POST
def remove(request: Request, name: str) -> HttpResponse:
    """UserError for the newest: one must stay."""
    hide_from_others(request, "backup.make")
    path, kept = archive_named(name), archives()
    if path is None:
        raise Http404
    if kept[0].name == name:
        raise UserError("这是最新的备份，不能删。先再做一个备份")
    path.unlink(missing_ok=True)
    messages.success(request, f"{name} 已删除")
    return redirect("backups")
