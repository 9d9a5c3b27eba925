from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.jobs import queries
from bangfu.jobs.actions import cancel_job, retry_job
from bangfu.jobs.queries import Seen
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.trouble import forbidden

_SIZE = 50


@require_safe
def jobs(request: Request) -> HttpResponse:
    before = request.GET.get("before", "")
    found = queries.jobs(request.reader, before=int(before) if before.isdecimal() else None, size=_SIZE + 1)
    filled = {"jobs": found[:_SIZE], "last": found[_SIZE - 1].number if len(found) > _SIZE else None}
    return render(request, "web/jobs/jobs.html", {**filled, "has_worker": queries.has_worker()})


@require_safe
def job(request: Request, number: int) -> HttpResponse:
    return render(request, "web/jobs/job.html", {"job": _found(request, number)})


@require_safe
def progress(request: Request, number: int) -> HttpResponse:
    """The part of a page that asks for itself. With `then=reload` the page around it is loaded anew when the job is over."""
    seen, then = _found(request, number), request.GET.get("then", "")
    answer = render(request, "web/parts/job.html", {"job": seen, "then": then})
    if seen.is_over and then == "reload":
        answer.headers["HX-Refresh"] = "true"
    return answer


@require_POST
def cancel(request: Request, number: int) -> HttpResponse:
    return _steer(request, number, cancel_job, lambda seen: seen.may_cancel or seen.is_over)


@require_POST
def retry(request: Request, number: int) -> HttpResponse:
    return _steer(request, number, retry_job, lambda seen: seen.may_retry or not seen.is_over)


def _steer(
    request: Request, number: int, act: Callable[[int], None], may: Callable[[Seen], bool]
) -> HttpResponse:
    """Of a job that went on meanwhile the act itself says so; who may not steer it at all is refused."""
    if not may(_found(request, number)):
        return forbidden(request)
    error = ""
    try:
        act(number)
    except UserError as refused:
        if not request.htmx:
            raise
        error = str(refused)
    if not request.htmx:
        return redirect("job", number=number)
    filled = {"job": _found(request, number), "then": request.POST.get("then", ""), "error": error}
    return render(request, "web/parts/job.html", filled)


def _found(request: Request, number: int) -> Seen:
    seen = queries.job(request.reader, number)
    if seen is None:
        raise Http404
    return seen
