"""Counting the register and making papers as long work."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.work import Work
from bangfu.office.home import business_day
from bangfu.reporting.papers.kinds import CARDS, FORM, JOBS, REPORT
from bangfu.reporting.runs import count_figures

FIGURES = "figures"
SEE = "household.see"
"""The right that shows figures, as far as it reaches whole villages."""


def register_kinds() -> None:
    """Called when Django starts."""
    register(Kind(FIGURES, "计算指标", figures, starts="run.start", sees=SEE, is_daily=True))

    of_paper = partial(Kind, run=paper, sees="table.export", number="paper")
    register(
        of_paper(JOBS[REPORT], "写报告", starts="table.export", page="paper"),
        of_paper(JOBS[FORM], "填上级的表", starts="table.export", page="paper"),
        Kind(JOBS[CARDS], "印明白卡", paper, "personal.reveal", "personal.reveal", page="paper_cards"),
    )


def figures(work: Work) -> Mapping[str, Any]:
    """Killed before its run was stored it has left nothing; afterwards the run is found by the job's number.

    Without a day in the parameters it is the office's own, every day; the end of last year, which annual reports name as well,
    is counted before it.
    """
    as_of = int(work.parameters.get("as_of") or business_day())
    if not work.parameters.get("as_of"):
        count_figures((as_of // 10000 - 1) * 10000 + 1231, actor=work.actor, say=work.say)
    run = count_figures(as_of, actor=work.actor, job=work.number, say=work.say)
    return {"run": run, "as_of": as_of}


def paper(work: Work) -> Mapping[str, Any]:
    """What prints is loaded when something is to be printed: every command of ours starts without it."""
    from bangfu.reporting.papers.making import make_paper

    return make_paper(work)
