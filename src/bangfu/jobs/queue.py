"""The queue: rows of django-tasks-db in the register's own database, taken by the one worker of a home.

The library puts a task in and claims it. What it does not do is done here: a task that was claimed and not finished
belongs to a worker that died, for only one lives at a time; so whoever starts may give back all of them. What a job did
before it died is its kind's to find out. The library's own worker is not used: it takes the write lock every second.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from django.db import transaction
from django.db.models import QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bangfu.jobs.models import Job
from bangfu.jobs.tasks import do_job
from bangfu.jobs.workfolder import forget, is_asked_to_stop, mark, wake
from bangfu.office.journal.waiting import write_lock

Entry: TypeAlias = "DBTaskResult[[int], int]"
MOST_ATTEMPTS = 3
_GAVE_UP = (
    f"后台程序做这件工作时 {MOST_ATTEMPTS} 次意外中断(常见原因是内存不足或断电),不再自动重做。"
    "没有写完的不会留下。请看“系统”里的运行情况,排除原因后再点“重试”"
)
_FROM_BACKUP = "这件工作是备份时留下的,恢复以后没有自动执行。还需要的话请点“重试”"


def put(job: Job) -> None:
    """Queues it when the caller's transaction commits."""
    job.save()
    do_job.enqueue(job.pk)
    transaction.on_commit(wake)


def take() -> Job | None:
    """The oldest job that waits, now running; those that nobody wants any more are over. None where none waits."""
    if not DBTaskResult.objects.ready().exists():
        return None
    with write_lock(_silent):
        for entry in sorted(DBTaskResult.objects.ready(), key=_number):
            job = Job.objects.filter(pk=_number(entry), state="queued").first()
            if job is None:
                entry.delete()
            elif is_asked_to_stop(job.pk):
                _end(job, "cancelled")
            else:
                entry.claim(str(os.getpid()))
                job.state, job.started_at, job.attempt = "running", datetime.now(UTC), job.attempt + 1
                job.save(update_fields=["state", "started_at", "attempt"])
                return job
    return None


def give_back() -> list[int]:
    """What a dead worker left waits again, but not for ever; jobs of another home are over. The numbers given back."""
    waiting = Job.objects.filter(state__in=("queued", "running"))
    if not waiting.filter(state="running").exists() and not waiting.exclude(mark=mark()).exists():
        return []
    given = []
    with write_lock(_silent):
        for job in waiting.order_by("pk"):
            if job.mark != mark():
                _end(job, "cancelled", error=_FROM_BACKUP)
            elif job.state == "running" and job.attempt >= MOST_ATTEMPTS:
                _end(job, "failed", error=_GAVE_UP)
            elif job.state == "running":
                Job.objects.filter(pk=job.pk).update(state="queued")
                _wait_again(job)
                given.append(job.pk)
    return given


def put_back(job: Job) -> None:
    """The worker was told to end: this attempt does not count."""
    with write_lock(_silent):
        Job.objects.filter(pk=job.pk, state="running").update(state="queued", attempt=job.attempt - 1)
        _wait_again(job)


def finish(job: Job, state: str, *, result: Mapping[str, Any] | None = None, error: str = "") -> None:
    """`state`: done, failed or cancelled."""
    with write_lock(_silent):
        _end(job, state, result=result, error=error)


def _end(job: Job, state: str, *, result: Mapping[str, Any] | None = None, error: str = "") -> None:
    job.state, job.finished_at, job.error = state, datetime.now(UTC), error
    job.result = dict(result or {})
    job.save(update_fields=["state", "finished_at", "error", "result"])
    _entries(job).delete()  # what became of it stands in the job
    transaction.on_commit(lambda: forget(job.pk))


def _wait_again(job: Job) -> None:
    if not _entries(job).update(status=TaskResultStatus.READY):
        do_job.enqueue(job.pk)


def _entries(job: Job) -> QuerySet[Entry]:
    """The library's row of a job that is not over."""
    return DBTaskResult.objects.filter(args_kwargs__args=[job.pk])


def _number(entry: Entry) -> int:
    return int(entry.args_kwargs["args"][0])


def _silent(message: str) -> None:
    """A worker waits for other writers without a word: its job tells that it is waiting."""
