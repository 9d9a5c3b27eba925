"""The steps of a task as people take them: one form each, one way to answer what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.hands import Hand
from bangfu.casework.refusals import Changed, NoSuchTask, NotAllowed, NotPossible, ValuesMoved, Wrong
from bangfu.office.journal.waiting import Busy
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.saved import mark_saved
from bangfu.web.tasks.acting import hand_of
from bangfu.web.tasks.details import Refused, show
from bangfu.web.tasks.people import named_link
from bangfu.web.tasks.posted import Posted

Doing = Callable[[Hand, int, Posted], object]
CONFLICT, WRONG = 409, 422


@dataclass(frozen=True)
class Way:
    """How a form is taken: the action it calls, what is said then, and the texts that the action cannot do without.

    `draft` is the form of another step whose button takes this one, too.
    """

    do: Doing
    said: str
    required: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""


@require_safe
def task(request: Request, task: int) -> HttpResponse:
    return show(request, task, opened=request.GET.get("step", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def take_step(request: Request, task: int, step: str) -> HttpResponse:
    """POST takes the step. GET is what a browser asks after a login in between: back to the task, the form open."""
    if request.method != "POST":
        show(request, task)  # not found where it is not there
        return redirect(f"{reverse('task', args=[task])}?step={step}")
    way, posted = WAYS[step], Posted(request, task)
    try:
        way.do(hand_of(request), task, posted)
    except UserError as error:
        return refuse(request, task, step, posted, error)
    for name in filter(None, (step, way.draft)):
        mark_saved(request, f"task-{task}-{name}")
    messages.success(request, way.said)
    return redirect("task", task)


def refuse(request: Request, task: int, step: str, posted: Posted, error: UserError) -> HttpResponse:
    """The page again, with what was typed and why it was not taken. 404 for a task that is not there."""
    if isinstance(error, NoSuchTask):
        raise Http404 from error
    return show(request, task, opened=step, refused=_refused(step, posted, error), status=_status(error))


def _refused(step: str, posted: Posted, error: UserError) -> Refused:
    told = "" if isinstance(error, Wrong) else str(error)
    wrong = error.fields if isinstance(error, Wrong) else {}
    if isinstance(error, Changed):
        told = "您打开以后，这个任务有人办理过，您的这一次没有保存。填写的内容还在下面，看过最新情况以后可以再提交。"
    return Refused(
        step,
        posted.typed,
        {**wrong, **posted.wrong},
        told,
        since=error.since if isinstance(error, Changed) else (),
        moved=error.moved if isinstance(error, ValuesMoved) else (),
        files=posted.sent_files.files,
    )


def _status(error: UserError) -> int:
    if isinstance(error, Busy | Changed | ValuesMoved | NotPossible | NotAllowed):
        return CONFLICT
    return WRONG


# -- what each form says to its action ---------------------------------------------------------------


def _acknowledge(hand: Hand, task: int, posted: Posted) -> object:
    return actions.acknowledge(hand, task, seen=posted.seen, once=posted.once)


def _answer(hand: Hand, task: int, posted: Posted) -> object:
    files = posted.files
    posted.refuse(WAYS["answer"].required)
    told = {"measure": posted.text("measure"), "effect": posted.text("effect")}
    more = {"proposals": posted.proposals(), "files": files}
    return actions.answer(hand, task, seen=posted.seen, once=posted.once, **told, **more)  # type: ignore[arg-type]


def _progress(hand: Hand, task: int, posted: Posted) -> object:
    files = posted.files
    posted.refuse(WAYS["progress"].required)
    return actions.report_progress(
        hand,
        task,
        seen=posted.seen,
        text=posted.text("measure"),
        proposals=posted.proposals(),
        files=files,
        once=posted.once,
    )


def _withdraw(hand: Hand, task: int, posted: Posted) -> object:
    return actions.withdraw(hand, task, seen=posted.seen, once=posted.once)


def _attach(hand: Hand, task: int, posted: Posted) -> object:
    files = posted.files
    posted.refuse({})
    return actions.attach(hand, task, seen=posted.seen, files=files, once=posted.once)


def _detach(hand: Hand, task: int, posted: Posted) -> object:
    file, reason = posted.number("file"), posted.text("reason")
    return actions.detach(hand, task, seen=posted.seen, file=file, reason=reason, once=posted.once)


def _verify(hand: Hand, task: int, posted: Posted) -> object:
    files, verdict = posted.files, _judgement(posted)
    posted.refuse(WAYS["verify"].required if "files" in posted.wrong else {})
    return actions.verify(
        hand,
        task,
        seen=posted.seen,
        verdict=verdict,
        decided=posted.decided(),
        files=files,
        once=posted.once,
    )


def _send_back(hand: Hand, task: int, posted: Posted) -> object:
    """With a verdict where one was begun."""
    begun = any(posted.text(name).strip() for name in ("conclusion", "people", "found"))
    return actions.send_back(
        hand,
        task,
        seen=posted.seen,
        reason=posted.text("reason"),
        verdict=_judgement(posted) if begun else None,
        due=posted.day("due_on", "新的时限"),
        once=posted.once,
    )


def _judgement(posted: Posted) -> Judgement:
    return Judgement(
        conclusion=posted.text("conclusion"),
        way=posted.text("way"),
        visited_on=posted.day("visited_on", "核实日期"),
        people=posted.text("people"),
        found=posted.text("found"),
        is_discipline_broken=posted.yes_no("is_discipline_broken"),
        discipline_note=posted.text("discipline_note"),
        handed_over_on=posted.day("handed_over_on", "移交纪检日期"),
    )


def _close(hand: Hand, task: int, posted: Posted) -> object:
    return actions.close(hand, task, seen=posted.seen, text=posted.text("text"), once=posted.once)


def _reopen(hand: Hand, task: int, posted: Posted) -> object:
    return actions.reopen(hand, task, seen=posted.seen, reason=posted.text("reason"), once=posted.once)


def _recheck(hand: Hand, task: int, posted: Posted) -> object:
    return actions.recheck(hand, task, seen=posted.seen, text=posted.text("text"), once=posted.once)


def _reassign(hand: Hand, task: int, posted: Posted) -> object:
    link, reason = named_link(posted.typed), posted.text("reason")
    return actions.reassign(hand, task, seen=posted.seen, link=link, reason=reason, once=posted.once)


def _extend(hand: Hand, task: int, posted: Posted) -> object:
    due = posted.day("due_on", "整改时限")
    return actions.extend(
        hand, task, seen=posted.seen, due=due, reason=posted.text("reason"), once=posted.once
    )


def _note_siblings(hand: Hand, task: int, posted: Posted) -> object:
    return actions.note_siblings(hand, task, seen=posted.seen, text=posted.text("text"), once=posted.once)


WAYS: Mapping[str, Way] = {
    "acknowledge": Way(_acknowledge, "已签收"),
    "answer": Way(_answer, "已答复，等待核实", {"measure": "整改措施", "effect": "整改成效"}),
    "progress": Way(_progress, "进展已登记", {"measure": "进展情况"}, draft="answer"),
    "withdraw": Way(_withdraw, "答复已撤回，可以重新填写"),
    "attach": Way(_attach, "佐证材料已补充"),
    "detach": Way(_detach, "佐证材料已撤下"),
    "verify": Way(_verify, "核实通过", {"people": "见到谁（见人）", "found": "核实情况（见事）"}),
    "send_back": Way(_send_back, "已退回", draft="verify"),
    "close": Way(_close, "已销号"),
    "reopen": Way(_reopen, "已重开"),
    "recheck": Way(_recheck, "现场复核已登记"),
    "reassign": Way(_reassign, "已改派"),
    "extend": Way(_extend, "时限已改"),
    "note_siblings": Way(_note_siblings, "举一反三已登记"),
}
"""By the step of `casework.steps` that a form takes; the route is named `task_<step>`."""
