"""What files asked and only a person can settle."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.intake import answers
from bangfu.intake.answers import WORDS
from bangfu.intake.rulebook import codelists
from bangfu.intake.standing import GONE, MOVED
from bangfu.office.home import business_day
from bangfu.terms.errors import UserError
from bangfu.web.days import typed_day
from bangfu.web.imports.town import PART_ONLY, is_for_all
from bangfu.web.request import Request

_SIZE = 50


@require_safe
def questions(request: Request) -> HttpResponse:
    """Those that wait; of one batch, of one kind."""
    if not is_for_all(request, "import.see"):
        return render(request, "web/imports/questions.html", {"section": "import", "refused": PART_ONLY})
    return _page(request)


@require_POST
def answer(request: Request, number: int) -> HttpResponse:
    if not is_for_all(request, "import.load") or not answers.is_asked(number):
        raise Http404
    said, actor = request.POST.get("answer", ""), request.reader.username
    try:
        _answer(request, number, said, actor)
    except UserError as refused:
        return _page(request, wrong={"number": number, "error": str(refused), "typed": request.POST})
    messages.success(request, f"问题 {number}：{'答复已撤回' if said == 'take_back' else WORDS[said]}")
    return redirect("import_questions")


def _answer(request: Request, number: int, said: str, actor: str) -> None:
    on = typed_day(request.POST.get("on", ""), "日期")
    match said:
        case "left":
            if on is None:
                raise UserError("请写减少日期，如 2023-12-18")
            answers.answer_left(number, on, request.POST.get("reason", ""), actor=actor)
        case "still_here":
            answers.answer_still_here(number, actor=actor)
        case "moved_in":
            answers.answer_moved_in(number, on, actor=actor)
        case "take_back":
            answers.take_back(number, actor=actor)
        case _:
            raise UserError("请选一个答复")


def _page(request: Request, wrong: dict[str, Any] | None = None) -> HttpResponse:
    asked, kind, after = (request.GET.get(name, "") for name in ("batch", "kind", "after"))
    batch = int(asked) if asked.isdecimal() else None
    found = answers.waiting(
        batch=batch, kind=kind, after=int(after) if after.isdecimal() else 0, size=_SIZE + 1
    )
    kinds = answers.waiting_by_kind(batch)
    if wrong is not None:
        wrong["is_listed"] = wrong["number"] in [one.pk for one in found[:_SIZE]]
    filled = {
        "section": "import",
        "questions": found[:_SIZE],
        "last": found[_SIZE - 1].pk if len(found) > _SIZE else None,
        "kinds": kinds,
        "total": sum(kinds.values()),
        "kind": kind,
        "batch": batch,
        "answered": [] if after or kind else answers.answered_lately(),
        "reasons": [one.label for one in codelists()["removed_reason"].version(business_day()).labels],
        "may_load": is_for_all(request, "import.load"),
        "about_persons": (GONE, MOVED),
        "moved": MOVED,
        "wrong": wrong,
        "words": WORDS,
    }
    return render(request, "web/imports/questions.html", filled, status=422 if wrong else 200)
