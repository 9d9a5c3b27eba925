"""The register as the national system's exports: written by a job, taken away with a reason that is journalled."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.intake.jobs import EXPORT, export_path
from bangfu.jobs import queries
from bangfu.jobs.actions import start_job
from bangfu.office.access import record_export, watermark
from bangfu.office.home import business_day
from bangfu.office.words import day_in_words
from bangfu.terms.errors import UserError
from bangfu.web.days import now_in_words, typed_day
from bangfu.web.imports.town import PART_ONLY, demand_all, is_for_all
from bangfu.web.request import Request


@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: Request) -> HttpResponse:
    if request.method == "POST":
        demand_all(request)
        reason = request.POST.get("reason", "").strip()
        if not reason:
            raise UserError("请写明导出的用途")
        as_of = typed_day(request.POST.get("as_of", ""), "哪一天") or business_day()
        start_job(
            EXPORT,
            label=f"导出国网样式的表，{day_in_words(as_of)}",
            actor=request.reader.username,
            parameters={
                "as_of": as_of,
                "reason": reason,
                "watermark": watermark(request.reader, on=now_in_words(), reason=reason),
            },
            key=f"export {as_of} {request.reader.username}",
        )
        return redirect("exports")
    if not is_for_all(request, "import.load"):
        return render(request, "web/imports/exports.html", {"section": "import", "refused": PART_ONLY})
    jobs = queries.jobs(request.reader, size=20, kinds_wanted=(EXPORT,))
    filled = {
        "section": "import",
        "jobs": [(one, export_path(one.number).exists()) for one in jobs],
        "today": business_day(),
    }
    return render(request, "web/imports/exports.html", filled)


@require_POST
def file(request: Request, number: int) -> HttpResponseBase:
    """UserError when it has been cleared away."""
    seen = queries.job(request.reader, number) if is_for_all(request, "import.load") else None
    if seen is None or "export" not in seen.result:
        raise Http404
    path = export_path(number)
    if not path.exists():
        raise UserError("这份导出已经清理（只留七天），请重新导出")
    reason, rows = str(seen.result.get("reason", "")), int(seen.result.get("rows", 0))
    record_export(request.reader, what="国网样式的全部户和人", reason=reason, rows=rows)
    return FileResponse(path.open("rb"), as_attachment=True, filename=f"国网导出-{number}.zip")
