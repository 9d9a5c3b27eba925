"""How the installation is, each thing in words: right, worth a look, wrong."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.config.env import SETTINGS
from bangfu.jobs.actions import start_job
from bangfu.jobs.queries import last_job_of
from bangfu.web.request import Request
from bangfu.web.system.condition import condition, set_value
from bangfu.web.system.jobs import VERIFY
from bangfu.web.system.tabs import with_tabs
from bangfu.web.system.town import demand_all

_WORDS = {"ok": "正常", "warn": "留意", "error": "有问题"}


@require_safe
def health(request: Request) -> HttpResponse:
    lights = condition()
    worst = next((state for state in ("error", "warn") if any(one.state == state for one in lights)), "ok")
    job = last_job_of(request.reader, VERIFY)
    filled = {
        "lights": lights,
        "worst": worst,
        "words": _WORDS,
        "job": job if job is not None and not job.is_over else None,
        "settings": [(one.name, set_value(one), one.meaning) for one in SETTINGS],
        "may_check": request.reader.may("journal.see") or request.reader.may("backup.make"),
    }
    return render(request, "web/system/health.html", with_tabs(request, "health", filled))


@require_POST
def check(request: Request) -> HttpResponse:
    """Everything is compared with what was written: database, journal, facts, files."""
    demand_all(request, "health.see")
    start_job(VERIFY, label="核对台账和变更日志", actor=request.reader.username, key=VERIFY)
    return redirect("health")
