"""Pages, worker or everything killed while people work, a file is imported and a run goes on: nothing is half-done."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from bench.web.acknowledged import broken_promises
from bench.web.crowd import Crowd
from bench.web.crowd_import import WHO, shared_households
from bench.web.importing import Clerk
from bench.web.told import EDIT, Told
from bench.web.wholeness import half_done
from bench.web.workbench import Workbench
from django.db import connection

from bangfu.demo.office import PASSWORD
from bangfu.findings.models import Run
from bangfu.intake.models import Batch
from bangfu.jobs.models import WAITING, Job
from tests.home.test_killed import REPEATS as FEW
from tests.home.towns import write_export

pytestmark = [pytest.mark.repeats, pytest.mark.xdist_group("browser")]
SEED = random.Random(20200701)
CLIENTS, HOUSEHOLDS = 6, 60
LONGEST = 6.0
"""Seconds from the asking for an import and a run to the latest kill: about what both take."""
PATIENCE = 180
PARTS = ("web", "worker", "")
REPEATS = max(FEW, len(PARTS))


def test_killed_at_any_moment_and_started_again(town: Path, tmp_path: Path) -> None:
    households, told, workbench = shared_households(), Told(), Workbench(town)
    try:
        workbench.start()
        for repeat in range(REPEATS):
            export = write_export(tmp_path / f"export{repeat}", HOUSEHOLDS, repeat + 1)
            kill_once(workbench, export, households, told, PARTS[repeat % len(PARTS)], f"第{repeat}次")
        workbench.stop()
    finally:
        workbench.kill()
    assert Run.objects.count() == REPEATS
    assert Batch.objects.filter(state="applied").count() == REPEATS
    assert len(told.of(EDIT)) > REPEATS
    assert len(told.of("close")) > REPEATS
    assert told.lost > 0


def kill_once(
    workbench: Workbench, export: Path, households: list[int], told: Told, part: str, mark: str
) -> None:
    """Everything that was acknowledged before, meanwhile and afterwards is there, and nothing is there by half."""
    connection.close()
    clerk = Clerk(workbench.address, ("clerk", PASSWORD))
    batch = clerk.upload(export)
    clerk.until_read(batch)
    crowd = Crowd(workbench.address, WHO, PASSWORD, households, clients=CLIENTS, mark=mark)
    try:
        ask = [lambda: clerk.apply(batch), clerk.start_run]
        SEED.shuffle(ask)
        jobs = [one() for one in ask]
        time.sleep(SEED.uniform(0.0, LONGEST))
        workbench.kill(part)
        if not part:
            workbench.start()
        clerk.until_applied(batch)
        wait_for_jobs()
        time.sleep(1.0)
    finally:
        told.add(crowd.end())
    wait_for_jobs()
    assert [*broken_promises(told), *half_done()] == []
    [job] = [number for number in jobs if number is not None]
    assert Run.objects.filter(job=job).count() == 1


def wait_for_jobs() -> None:
    until = time.monotonic() + PATIENCE
    while Job.objects.filter(state__in=WAITING).exists():
        assert time.monotonic() < until, list(Job.objects.values_list("kind", "state", "error"))
        time.sleep(0.1)
