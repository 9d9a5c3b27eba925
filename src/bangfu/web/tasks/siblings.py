from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from bangfu.casework import queries
from bangfu.casework.actions import take_back as take_back_task
from bangfu.casework.jobs import ask_all_villages
from bangfu.terms.errors import UserError
from bangfu.web.request import Request
from bangfu.web.tasks.acting import hand_of, reach
from bangfu.web.tasks.posted import Posted
from bangfu.web.tasks.steps import refuse


@require_POST
def ask(request: Request, task: int) -> HttpResponse:
    """举一反三: a run of the task's rule for all villages; tasks are opened for what it finds."""
    posted = Posted(request, task)
    try:
        ask_all_villages(hand_of(request), task, seen=posted.seen, once=posted.once)
    except UserError as error:
        return refuse(request, task, "everywhere", posted, error)
    messages.success(request, "已经开始核查，查出的会自动派发")
    return redirect("task", task)


@require_POST
def take_back(request: Request, task: int) -> HttpResponse:
    """Takes back everything that was handed out together with the task."""
    posted = Posted(request, task)
    if queries.task_detail(reach(request, "task.open"), task, hand_of(request), right="task.open") is None:
        raise Http404
    try:
        take_back_task(hand_of(request), task, reason=posted.text("reason"))
    except UserError as error:
        return refuse(request, task, "take_back", posted, error)
    messages.success(request, "这一次派发的任务已经全部撤回")
    return redirect("tasks")
