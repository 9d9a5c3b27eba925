"""What people ask of figures: to be counted, and to be kept because a document rests on them."""

from __future__ import annotations

from bangfu.jobs.actions import start_job
from bangfu.office.journal.waiting import write_lock
from bangfu.office.words import day_in_words
from bangfu.reporting.jobs import FIGURES
from bangfu.reporting.models import FigureRun
from bangfu.terms.errors import UserError


def order_count(as_of: int, *, actor: str) -> int:
    """The number of the job that counts all figures as of a day (yyyymmdd). Ordered twice at a time it is one job.

    Where nothing has changed since the last count of the day, the job only finds that one.
    """
    return start_job(
        FIGURES,
        label=f"计算指标，{day_in_words(as_of)}",
        actor=actor,
        parameters={"as_of": as_of},
        key=f"{FIGURES} {as_of}",
    )


def pin_run(run: int) -> None:
    """Keeps a run for ever: a document quotes its figures. UserError where it is not there any more."""
    with write_lock(lambda message: None):
        if not FigureRun.objects.filter(pk=run).update(is_pinned=True):
            raise UserError("这次计算已经被更新的一次代替,请重新计算")
