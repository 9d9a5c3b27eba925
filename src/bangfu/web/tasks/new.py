from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from bangfu.casework.actions import open_task, open_tasks
from bangfu.casework.chain import Link
from bangfu.casework.deadlines import DAYS, LONGEST_DAYS, later
from bangfu.casework.drafts import BY_HAND, FROM_INSPECTION, Draft
from bangfu.casework.feedback import Feedback, Letter, read_feedback
from bangfu.casework.placing import registered_before
from bangfu.casework.refusals import NotAllowed, Wrong
from bangfu.config.env import read_env
from bangfu.office.words import day_in_words
from bangfu.registry.naming import household_numbered, households_named
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.saved import mark_saved
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.details import Sent
from bangfu.web.tasks.filters import departments, options
from bangfu.web.tasks.posted import Posted
from bangfu.web.uploads import KeptFile, refused_uploads

KINDS = (BY_HAND, FROM_INSPECTION)
LEVELS = ("中央", "省", "市", "县", "镇")
_SALT = "bangfu.feedback"
_TEXTS = ("problem", "source_kind", "source_document", "source_level", "reporter", "issue_type", "severity")
_ALWAYS = ("problem", "source_kind", "severity")
_MORE = ("department", "requirement", "note", "object_name")


# -- one problem, typed -------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: Request) -> HttpResponse:
    if request.method != "POST":
        return _form(request, _begun(request))
    posted = Posted(request, 0)
    try:
        number = open_task(hand_of(request), _draft(posted), once=posted.once)
    except Wrong as wrong:
        return _form(request, posted.typed, {**wrong.fields, **posted.wrong}, status=422)
    except NotAllowed as error:
        return _form(request, posted.typed, {"village": str(error)}, status=422)
    mark_saved(request, "task-new")
    messages.success(request, "问题已登记")
    return redirect("task", number)


def _begun(request: Request) -> Mapping[str, str]:
    """What is known before anything is typed: the day, who, and the household that the link came from."""
    hand = hand_of(request)
    begun = {
        "source_on": day_in_words(hand.day),
        "reporter": request.reader.name,
        "source_kind": BY_HAND,
        "severity": next(iter(DAYS)),
    }
    asked = request.GET.get("household", "")
    if asked.isdecimal() and len(asked) < 19:
        home = households_named([int(asked)]).get(int(asked))
        if home and reach(request, "task.open").has(village=home.village, household=int(asked)):
            begun["household_no"] = home.number or ""
    return begun


def _draft(posted: Posted) -> Draft:
    told = {name: posted.text(name).strip() for name in (*_TEXTS, *_MORE)}
    household = _household(posted)
    village = posted.number("village") or None
    posted.refuse({"problem": "问题", "source_document": "来源文件（或来源）", "reporter": "发现人"})
    optional: dict[str, Any] = {name: text or None for name, text in told.items() if name not in _ALWAYS}
    return Draft(
        problem=told["problem"],
        source_kind=told["source_kind"],
        severity=told["severity"],
        source_on=posted.day("source_on", "来源日期"),
        due_on=posted.day("due_on", "整改时限"),
        village=village,
        household=household,
        **optional,
    )


def _household(posted: Posted) -> int | None:
    """The household of the number that was typed; one out of reach is as unknown as one that is not there."""
    number = posted.text("household_no").strip()
    if not number:
        return None
    found = household_numbered(number)
    home = households_named([found]).get(found) if found else None
    scope = reach(posted.request, "task.open")
    if found is None or home is None or not scope.has(village=home.village, household=found):
        posted.wrong["household_no"] = f"台账里没有户编号“{number}”，请核对，或留空"
        return None
    return found


def _form(
    request: Request, typed: Mapping[str, str], wrong: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    day = hand_of(request).day
    shown = {
        "section": "tasks",
        "sent": Sent(typed, wrong or {}),
        "once": typed.get("once") or secrets.token_hex(8),
        "villages": options(reach(request, "task.open")).villages,
        "departments": departments(),
        "kinds": KINDS,
        "levels": LEVELS,
        "severities": DAYS,
        "today": day_in_words(day),
        "last_day": day_in_words(later(day, LONGEST_DAYS)),
        "due_help": "不填按级别：" + "、".join(f"{name} {days} 天" for name, days in DAYS.items()),
    }
    return render(request, "web/tasks/new.html", shown, status=status)


# -- many problems, from an inspection's file -----------------------------------------------------------


@dataclass(frozen=True)
class Preview:
    """A file as it was read: nothing is written yet. `ticket` carries the rows to the step that registers them."""

    feedback: Feedback
    rows: list[tuple[Any, bool]]
    ticket: str

    @property
    def new(self) -> int:
        return sum(not before for _, before in self.rows)


@require_http_methods(["GET", "HEAD", "POST"])
def feedback(request: Request) -> HttpResponse:
    posted = Posted(request, 0)
    if request.method != "POST":
        return _feedback_page(request, posted)
    on = posted.day("on", "反馈日期")
    upload = request.FILES.get("file")
    if refused := refused_uploads(request):
        posted.wrong["file"] = "\n".join(f"{name}：{why}" for name, why in refused)
    elif upload is None:
        posted.wrong["file"] = "请选择问题清单文件（.xlsx、.xls 或 .csv）"
    if posted.wrong or not isinstance(upload, KeptFile):
        return _feedback_page(request, posted, status=422)
    texts = (posted.text(name).strip() for name in ("document", "reporter", "level"))
    document, reporter, level = texts
    letter = Letter(document, on, reporter, level)
    try:
        read = read_feedback(upload.path(), upload.name or "文件", letter, day=hand_of(request).day)
    except UserError as error:
        posted.wrong["file"] = str(error)
        return _feedback_page(request, posted, status=422)
    status = 422 if read.problems else 200
    return _feedback_page(request, posted, _preview(request, read), status=status)


@require_POST
def open_feedback(request: Request) -> HttpResponse:
    """Registers the problems of a file that somebody has looked at."""
    try:
        kept = signing.loads(request.POST.get("ticket", ""), salt=_salt(request), max_age=86_400)
    except signing.BadSignature as error:
        raise UserError("预览放得太久或不完整，没有登记。请重新上传文件") from error
    drafts = [Draft(**{**one, "link": Link(**one["link"])}) for one in kept["drafts"]]
    opened = open_tasks(hand_of(request), drafts, once=kept["once"])
    messages.success(request, opened.told)
    return redirect("tasks")


def _preview(request: Request, read: Feedback) -> Preview:
    before = registered_before(read.drafts) if not read.problems else [False] * len(read.rows)
    rows = list(zip(read.rows, before, strict=True))
    if read.problems:
        return Preview(read, rows, "")
    kept = {"drafts": [asdict(draft) for draft in read.drafts], "once": secrets.token_hex(8)}
    return Preview(read, rows, signing.dumps(kept, salt=_salt(request), compress=True))


def _feedback_page(
    request: Request, posted: Posted, preview: Preview | None = None, status: int = 200
) -> HttpResponse:
    typed = posted.typed or {"on": day_in_words(hand_of(request).day)}
    shown = {
        "section": "tasks",
        "sent": Sent(typed, posted.wrong),
        "levels": LEVELS,
        "preview": preview,
        "limit": read_env().upload_megabytes * 1024 * 1024,
        "today": day_in_words(hand_of(request).day),
    }
    return render(request, "web/tasks/feedback.html", shown, status=status)


def _salt(request: Request) -> str:
    return f"{_SALT}.{request.reader.username}"
