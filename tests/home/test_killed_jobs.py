"""A worker killed at any moment: the next one takes its job up again, and it is done once."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from bangfu.intake.jobs import APPLY, UNDO
from bangfu.intake.models import Batch
from bangfu.intake.preview import noted_counts
from bangfu.jobs.models import Job
from bangfu.office.models import Transaction
from tests.home.hashes import facts_hash
from tests.home.test_jobs import ask, until, upload, worker
from tests.home.test_killed import REPEATS, assert_whole, export, facts_hash_of_values

__all__ = ["export"]
pytestmark = pytest.mark.repeats
SEED = random.Random(20200422)
EXTRA = 1.0  # seconds a worker may live after its job was done when it ran undisturbed


def done(number: int) -> bool:
    return Job.objects.filter(pk=number, state="done").exists()


def undisturbed(home: Path, number: int) -> float:
    """How long a worker takes from its start until the job is done."""
    start = time.perf_counter()
    with worker(home):
        until(lambda: done(number), "not done")
    return time.perf_counter() - start


def disturbed(home: Path, number: int, longest: float) -> None:
    """A worker is killed at a random moment, and another does what is left."""
    with worker(home) as running:
        time.sleep(SEED.uniform(0.5, longest + EXTRA))
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    assert_whole()
    with worker(home, "--once") as running:
        assert running.wait(180) == 0
    assert done(number)
    assert_whole()


def test_killed_while_reading_applying_and_undoing(home: Path, export: Path) -> None:
    empty = facts_hash()
    batch = upload(export)
    reading = undisturbed(home, Job.objects.get().pk)
    whole = noted_counts(batch)
    applying = undisturbed(home, ask(APPLY, parameters={"batch": batch}))
    undoing = undisturbed(home, ask(UNDO, parameters={"batch": batch}))
    for repeat in range(REPEATS):
        batch = upload(export, f"{repeat}.xlsx")
        disturbed(home, Job.objects.latest("pk").pk, reading)
        assert noted_counts(batch) == whole
        disturbed(home, ask(APPLY, parameters={"batch": batch}), applying)
        assert (facts_hash_of_values(), Batch.objects.get(pk=batch).state) == ("full", "applied")
        disturbed(home, ask(UNDO, parameters={"batch": batch}), undoing)
        assert (facts_hash(), Batch.objects.get(pk=batch).state) == (empty, "undone")
    connection.close()
    assert Transaction.objects.filter(kind="batch").count() == REPEATS + 1
    assert Transaction.objects.filter(kind="undo").count() == REPEATS + 1
