"""What is done every day without anybody asking: queued by the worker that waits, once for each day of the office."""

from __future__ import annotations

from bangfu.config.env import read_env
from bangfu.jobs.actions import start_job
from bangfu.jobs.kinds import kinds
from bangfu.jobs.models import Job
from bangfu.office.home import business_day

NOBODY = "系统"


def queue_daily(last: int | None) -> int:
    """The office's day (yyyymmdd) whose daily work is queued now; nothing is asked again for the day `last`.

    Nothing is queued where the settings say so.
    """
    day = business_day()
    if day == last or not read_env().is_daily:
        return day
    for kind in kinds().values():
        key = f"{kind.id} {day}"
        if kind.is_daily and not Job.objects.filter(key=key).exists():
            start_job(kind.id, label=kind.label, actor=NOBODY, key=key)
    return day
