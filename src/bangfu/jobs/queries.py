"""Jobs as pages show them, each reader's own and those that a right lets him see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet

from bangfu.jobs.kinds import Kind, kind_of, kinds
from bangfu.jobs.models import WAITING, Job
from bangfu.jobs.workfolder import Progress, is_asked_to_stop, seconds_since_beat, told
from bangfu.office.readers import Reader

STATES = {"queued": "排队", "running": "进行中", "done": "完成", "failed": "没有完成", "cancelled": "已取消"}
WORKER = "worker"
DEAD_AFTER = 30
"""Seconds without a sign of life after which the worker counts as dead."""


@dataclass(frozen=True)
class Seen:
    """A job, and what the reader may do with it. `state` is one of STATES, or stopping."""

    number: int
    kind: str
    label: str
    state: str
    actor: str
    queued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    progress: Progress | None
    before: int  # jobs that are done first; not counted in lists
    error: str
    result: Mapping[str, Any]
    page: str
    page_number: int | None
    may_cancel: bool
    may_retry: bool
    has_worker: bool

    @property
    def is_over(self) -> bool:
        return self.state in ("done", "failed", "cancelled")

    @property
    def words(self) -> str:
        return "正在取消" if self.state == "stopping" else STATES[self.state]

    @property
    def percent(self) -> int | None:
        fraction = self.progress.fraction if self.progress else None
        return None if fraction is None else round(100 * fraction)

    @property
    def seconds(self) -> int:
        """How long it has run."""
        if self.started_at is None:
            return 0
        return round(((self.finished_at or datetime.now(UTC)) - self.started_at).total_seconds())


def job(reader: Reader, number: int) -> Seen | None:
    """None where there is none, or it is not the reader's to see."""
    found = _visible(reader).filter(pk=number).first()
    return None if found is None else _seen(reader, found)


def jobs(
    reader: Reader, *, before: int | None = None, size: int = 50, kinds_wanted: tuple[str, ...] = ()
) -> list[Seen]:
    """The newest first; `before`: older than that number."""
    found = _visible(reader).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    if kinds_wanted:
        found = found.filter(kind__in=kinds_wanted)
    return [_seen(reader, one, is_listed=True) for one in found[:size]]


def waiting_jobs(reader: Reader, kinds_wanted: tuple[str, ...]) -> dict[str, Seen]:
    """Those of some kinds that wait or run, by their keys."""
    found = _visible(reader).filter(kind__in=kinds_wanted, state__in=WAITING).exclude(key="")
    return {one.key: _seen(reader, one, is_listed=True) for one in found}


def last_job_of(reader: Reader, key: str) -> Seen | None:
    """The latest with that key."""
    found = _visible(reader).filter(key=key).order_by("-pk").first()
    return None if found is None else _seen(reader, found)


def waiting_job(key: str) -> int | None:
    """The job with that key that waits or runs."""
    return Job.objects.filter(key=key, state__in=WAITING).values_list("pk", flat=True).first()


def last_job(kind: str, state: str = "done") -> tuple[datetime, Mapping[str, Any]] | None:
    """When the latest of a kind ended in that state, and with what."""
    found = Job.objects.filter(kind=kind, state=state).order_by("-pk").first()
    return None if found is None or found.finished_at is None else (found.finished_at, found.result)


def counts_by_state() -> dict[str, int]:
    """How many wait and run."""
    rows = Job.objects.filter(state__in=WAITING).values_list("state", flat=True)
    return {state: list(rows).count(state) for state in WAITING}


def has_worker() -> bool:
    since = seconds_since_beat(WORKER)
    return since is not None and since < DEAD_AFTER


def _visible(reader: Reader) -> QuerySet[Job]:
    wanted = Q(actor=reader.username)
    for kind in kinds().values():
        for grant in reader.grants(kind.sees):
            wanted |= Q(kind=kind.id, place__startswith=grant.prefix)
    return Job.objects.filter(wanted)


def _may_steer(reader: Reader, kind: Kind | None, found: Job) -> bool:
    if kind is None:
        return False
    mine = found.actor == reader.username and reader.may(kind.starts)
    return mine or any(grant.covers(found.place) for grant in reader.grants(kind.starts))


def _seen(reader: Reader, found: Job, *, is_listed: bool = False) -> Seen:
    kind, waits = kind_of(found.kind), found.state in WAITING
    stopping = waits and is_asked_to_stop(found.pk)
    steers = _may_steer(reader, kind, found)
    number = kind.number if kind else ""
    page_number = found.result.get(number) or found.parameters.get(number)
    return Seen(
        number=found.pk,
        kind=kind.label if kind else found.kind,
        label=found.label,
        state="stopping" if stopping else found.state,
        actor=found.actor,
        queued_at=found.queued_at,
        started_at=found.started_at,
        finished_at=found.finished_at,
        progress=told(found.pk) if found.state == "running" else None,
        before=_before(found) if found.state == "queued" and not is_listed else 0,
        error=found.error,
        result=found.result,
        page=kind.page if kind and (page_number or not number) else "",
        page_number=page_number,
        may_cancel=waits and not stopping and steers,
        may_retry=found.state in ("failed", "cancelled") and steers,
        has_worker=has_worker(),
    )


def _before(found: Job) -> int:
    return Job.objects.filter(state__in=WAITING, pk__lt=found.pk).count()
