"""Counts all indicators of the register as of a day and keeps what they came to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from bangfu.engine.indicators.counting import Counted, count
from bangfu.findings.progress import Say, Stretch, silent, waiting
from bangfu.intake.rulebook import home_rulebook
from bangfu.intake.snapshots.writing import Manifest, write_snapshot
from bangfu.office.home import this_home
from bangfu.office.journal.waiting import write_lock
from bangfu.policy.model import Policy
from bangfu.reporting.folders import COUNTED, clear_all_but, new_folder, settle
from bangfu.reporting.keeping import keep, with_rows
from bangfu.reporting.models import FigureRun
from bangfu.reporting.standing import engine_version, lists_told, newest_run, standing_run
from bangfu.screening.job import open_engine
from bangfu.screening.snapshot import snapshot_facts
from bangfu.terms.divisions import area_prefix


def count_figures(as_of: int, *, actor: str, job: int | None = None, say: Say = silent) -> int:
    """The number of the run that holds every figure as of a day (yyyymmdd).

    Where no fact was written and no rule changed since the last count of the day, that one is given, as is the run of a job
    that was delivered before. In a process of its own and outside of any transaction, as snapshots are.
    """
    done = FigureRun.objects.filter(job=job).first() if job is not None else None
    standing = done or standing_run(as_of)
    if standing is not None:
        return standing.pk
    policy = home_rulebook()
    say("正在读取台账", 0.0)
    lists = lists_told()
    with new_folder() as folder:
        manifest = write_snapshot(as_of, folder)
        facts = snapshot_facts(folder, open_engine())
        place = area_prefix(manifest.place)
        counted = count(
            facts.dataset,
            policy,
            as_of,
            place,
            keep=folder / COUNTED,
            heard=Stretch(say, "正在计算指标:已读 {done} 张表,共 {of} 张", 0.3, 0.9).heard,
        )
        facts.dataset.connection.close()
        run = _run_of(counted, policy, manifest, lists, actor, job)
        say("正在保存指标", 0.9)
        with write_lock(waiting(say)):
            keep(run, counted.cells, policy)
        settle(folder, run.pk)
    clear_all_but(set(with_rows()))
    return run.pk


def count_days(
    days: Iterable[int], *, actor: str, say: Say = silent, as_counted: bool = False
) -> dict[int, int]:
    """The runs of several days, by day. `as_counted`: the last counts, also where facts were written since."""
    found = {day: newest_run(day) if as_counted else None for day in sorted(set(days))}
    return {
        day: count_figures(day, actor=actor, say=say) if run is None else run.pk for day, run in found.items()
    }


def _run_of(
    counted: Counted, policy: Policy, manifest: Manifest, lists: str, actor: str, job: int | None
) -> FigureRun:
    return FigureRun(
        job=job,
        at=datetime.now(UTC),
        actor=actor,
        as_of=counted.as_of,
        place=manifest.place,
        policy_hash=policy.hash,
        overlays=this_home().overlays,
        engine=engine_version(),
        position=manifest.position,
        seal=manifest.seal,
        lists=lists,
        counted=counted.indicators,
        not_counted=counted.not_counted,
    )
