"""Asking for long work, not wanting it any more, asking again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bangfu.jobs.kinds import kind_of
from bangfu.jobs.models import WAITING, Job
from bangfu.jobs.queue import put
from bangfu.jobs.workfolder import ask_to_stop, forget, mark, wake
from bangfu.office.home import this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.terms.errors import UserError


def start_job(
    kind: str,
    *,
    label: str,
    actor: str,
    parameters: Mapping[str, Any] | None = None,
    key: str = "",
    place: str = "",
) -> int:
    """The number of the job that does it.

    Of jobs with the same `key` only one waits or runs: asked for again, its number is given. UserError where that is one of
    another kind. `place` is the division that it works on, the home's unless given. Parameters and label must hold no
    personal data.
    """
    with write_lock(lambda message: None):
        return add_job(kind, label=label, actor=actor, parameters=parameters, key=key, place=place)


def add_job(
    kind: str,
    *,
    label: str,
    actor: str,
    parameters: Mapping[str, Any] | None = None,
    key: str = "",
    place: str = "",
) -> int:
    """The same in the caller's own transaction: what the job needs and the job itself are there together or not."""
    if kind_of(kind) is None:
        raise KeyError(kind)
    same = Job.objects.filter(key=key, state__in=WAITING).first() if key else None
    if same is not None and same.kind == kind:
        return same.pk
    if same is not None:
        raise UserError(f"“{same.label}”还没有做完,请等它做完,或先取消")
    job = Job(
        kind=kind,
        label=label,
        parameters=dict(parameters or {}),
        key=key,
        actor=actor,
        place=place or this_home().place,
        mark=mark(),
        queued_at=datetime.now(UTC),
    )
    put(job)
    return job.pk


def cancel_job(number: int) -> None:
    """The job is not wanted any more. UserError where it is over.

    Nothing is written to the database, whose lock the job may hold: it looks itself, and what it did so far is undone.
    """
    state = Job.objects.filter(pk=number).values_list("state", flat=True).first()
    if state not in WAITING:
        raise UserError("这件工作已经结束,不能再取消")
    ask_to_stop(number)
    wake()


def retry_job(number: int) -> None:
    """A job that failed or was cancelled is queued anew. UserError where it waits, runs or is done."""
    with write_lock(lambda message: None):
        job = Job.objects.filter(pk=number).first()
        if job is None or job.state not in ("failed", "cancelled"):
            raise UserError("这件工作没有失败也没有取消,不用重试")
        if job.key and Job.objects.filter(key=job.key, state__in=WAITING).exists():
            raise UserError("同样的工作已经在排队了,不用重试")
        forget(job.pk)
        job.state, job.attempt, job.error, job.mark = "queued", 0, "", mark()
        job.queued_at, job.started_at, job.finished_at = datetime.now(UTC), None, None
        put(job)
