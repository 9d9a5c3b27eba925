"""Checking the register as long work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.findings.asked import Asked
from bangfu.findings.queries import counts_of
from bangfu.findings.runs import run_checks
from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.work import Work

CHECK = "check"


def register_kinds() -> None:
    """Called when Django starts."""
    register(Kind(CHECK, "核查", check, starts="run.start", sees="finding.see", page="run", number="run"))


def check(work: Work) -> Mapping[str, Any]:
    """Killed before its run was stored it has left nothing; afterwards the run is found by the job's number."""
    run = run_checks(Asked.from_json(work.parameters), actor=work.actor, job=work.number, say=work.say)
    return {"run": run, **counts_of(run)}
