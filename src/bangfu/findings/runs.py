"""Checks the register and keeps what it found, as a difference from the run before."""

from __future__ import annotations

import importlib.metadata
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bangfu.findings.asked import Asked
from bangfu.findings.collecting import Collected, collecting
from bangfu.findings.comparing import compared, last_run, span_of
from bangfu.findings.keeping import keep, keep_aside
from bangfu.findings.models import Run
from bangfu.findings.progress import Say, Stretch, silent, waiting
from bangfu.intake.rulebook import rulebook
from bangfu.intake.snapshots.writing import Manifest, write_snapshot
from bangfu.office.home import business_day, this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.screening.job import Job, check_snapshot
from bangfu.screening.result import Result


@dataclass(frozen=True)
class Kept:
    """A run and what the check of its snapshot came to."""

    run: Run
    result: Result


def run_checks(asked: Asked, *, actor: str, job: int | None = None, say: Say = silent) -> int:
    """Checks the register for the workbench; the run's number. A job that was delivered before has its run already.

    In a process of its own and outside of any transaction, as snapshots are.
    """
    done = Run.objects.filter(job=job).values_list("pk", flat=True).first() if job is not None else None
    if done is not None:
        return done
    wanted = Job((), None, only=asked.checks, workbooks=False, quiet=True)
    return check_register(
        wanted, as_of=asked.as_of, villages=asked.villages, actor=actor, number=job, say=say
    ).run.pk


def check_register(
    job: Job,
    *,
    as_of: int,
    actor: str,
    villages: tuple[int, ...] = (),
    number: int | None = None,
    say: Say = silent,
) -> Kept:
    """Checks the register as of a day (yyyymmdd) and stores the run. Writes what `bangfu check` writes, too.

    By the rulebook with the home's overlays, unless the job names others.

    A run of a day before the last run's, or after the business day, stands aside: what it finds is kept as its own and
    changes nothing of what is there now. `number` is that of the job that runs it.
    """
    started = datetime.now(UTC)
    say("正在读取台账", 0.0)
    with tempfile.TemporaryDirectory(prefix="bangfu-snapshot-") as folder:
        snapshot = Path(folder) / "snapshot"
        manifest = write_snapshot(as_of, snapshot)
        # After the snapshot, which may close the connection and with it the temporary tables.
        with collecting() as collected:
            wanted = replace(
                job,
                villages=frozenset(villages),
                overlays=job.overlays or tuple(this_home().overlays.split()),
            )
            result = _checked(wanted, snapshot, collected, say)
            checks = tuple(check.id for check in result.run.checks) if job.only else ()
            asked = Asked(as_of, villages, checks)
            run = _run_of(asked, wanted, result, manifest, actor, started, number)
            _store(run, asked, collected, result, say)
    return Kept(run, result)


def difference_lines(run: Run) -> Iterator[str]:
    """The run against the one before, in words."""
    counts = Counter(run.counts)
    if run.is_aside:
        yield f"第 {run.pk} 次核查是回看 {run.as_of} 的情况:查出 {counts['new']} 条,不影响现在的疑点"
        return
    yield (
        f"第 {run.pk} 次核查:新增 {counts['new']} 条,仍在 {counts['remaining']} 条,"
        f"重新出现 {counts['returned']} 条,消失 {counts['gone']} 条;其中已认定误报 {counts['silent']} 条"
    )


def _checked(job: Job, snapshot: Path, collected: Collected, say: Say) -> Result:
    result = check_snapshot(
        job,
        snapshot,
        collected.take,
        answering=Stretch(say, "正在核查:已完成 {done} 条规则,共 {of} 条", 0.2, 0.7).heard,
        telling=Stretch(say, "正在写出疑点:{done} 条,共 {of} 条", 0.7, 0.9).heard,
        policy=rulebook(" ".join(job.overlays)),
    )
    collected.flush()
    return result


def _run_of(
    asked: Asked,
    job: Job,
    result: Result,
    manifest: Manifest,
    actor: str,
    started: datetime,
    number: int | None,
) -> Run:
    households, persons = result.register or (0, 0)
    return Run(
        job=number,
        started_at=started,
        actor=actor,
        as_of=result.as_of,
        place=result.place,
        villages=list(asked.villages),
        chosen=[*asked.checks, *sorted(result.run.not_run)] if asked.checks else [],
        answered=[check.id for check in result.run.checks],
        not_run=result.run.not_run,
        is_whole=asked.is_whole,
        is_aside=_stands_aside(result.as_of),
        policy_hash=result.policy_hash,
        overlays=" ".join(job.overlays),
        engine=importlib.metadata.version("bangfu"),
        position=manifest.position,
        seal=manifest.seal,
        households=households,
        persons=persons,
    )


def _stands_aside(as_of: int) -> bool:
    before = Run.objects.filter(is_aside=False).order_by("-pk").values_list("as_of", flat=True).first()
    return as_of > business_day() or (before is not None and as_of < before)


def _store(run: Run, asked: Asked, collected: Collected, result: Result, say: Say) -> None:
    span = span_of(asked, run.answered, list(result.run.not_run))
    say("正在与上次核查比较", 0.9)
    difference = None if run.is_aside else compared(span)
    say("正在保存核查结果", 0.95)
    with write_lock(waiting(say)):
        run.at = datetime.now(UTC)
        if difference is None:
            keep_aside(run, collected)
            return
        if last_run() != difference.last:
            difference = compared(span)
        keep(run, collected, difference, span)
