"""A worker killed in the middle of a run: nothing of it is there, or all of it, and the next worker does it once."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from django.db import connection

from bangfu.findings.asked import Asked
from bangfu.findings.jobs import CHECK
from bangfu.findings.models import Finding, Run, Tally
from bangfu.jobs.actions import start_job
from bangfu.jobs.models import Job
from bangfu.jobs.workfolder import told
from tests.home.office_with_faults import DAY, make_office
from tests.home.test_jobs import until, worker
from tests.home.test_killed import REPEATS

pytestmark = pytest.mark.repeats
SEED = random.Random(20231218)


def ask() -> int:
    return start_job(CHECK, label="核查", actor="张三", parameters=Asked(DAY).as_json())


def done(number: int) -> bool:
    return Job.objects.filter(pk=number, state="done").exists()


def finish(home: Path) -> None:
    with worker(home, "--once") as running:
        assert running.wait(180) == 0


def test_killed_while_checking(home: Path) -> None:
    make_office(3)
    number, start = ask(), time.perf_counter()
    with worker(home):
        until(lambda: done(number), "not done")
    longest = time.perf_counter() - start
    found = Finding.objects.count()
    for repeat in range(REPEATS):
        number = ask()
        with worker(home) as running:
            time.sleep(SEED.uniform(0.5, longest + 1))
            os.killpg(running.pid, signal.SIGKILL)
            running.wait()
        connection.close()
        assert Run.objects.count() in (repeat + 1, repeat + 2)
        finish(home)
        connection.close()
        assert Run.objects.filter(job=number).count() == 1
        assert Run.objects.count() == repeat + 2
        assert Run.objects.get(job=number).counts["remaining"] == found == Finding.objects.count()
        assert sum(Tally.objects.values_list("open", flat=True)) == found


def test_a_worker_that_is_asked_to_end_in_a_query_puts_the_run_back(home: Path) -> None:
    make_office()
    number = ask()
    with worker(home) as running:
        until(
            lambda: (said := told(number)) is not None and said.message.startswith("正在核查"), "not checking"
        )
        os.killpg(running.pid, signal.SIGTERM)
        assert running.wait(60) == 0
    connection.close()
    assert Job.objects.get(pk=number).state == "queued"
    assert not Run.objects.exists()
    finish(home)
    assert done(number)
    assert Run.objects.count() == 1
