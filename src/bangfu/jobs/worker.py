"""The worker: takes one job after another and does it, in a process of its own."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from types import FrameType
from typing import TypeVar

from django.db import OperationalError, connection

from bangfu.jobs.alone import Taken, alone
from bangfu.jobs.daily import queue_daily
from bangfu.jobs.kinds import followers, kind_of
from bangfu.jobs.models import Job
from bangfu.jobs.queries import WORKER
from bangfu.jobs.queue import finish, give_back, put_back, take
from bangfu.jobs.work import Cancelled, Stopped, Work
from bangfu.jobs.workfolder import beat, forget_torn_uploads, stop_beating, woken_at, work_folder
from bangfu.office.journal.waiting import Busy
from bangfu.office.trouble import told
from bangfu.terms.errors import UserError

T = TypeVar("T")
logger = logging.getLogger("bangfu.jobs")
LOOKS_EVERY = 3.0  # seconds between two looks into the database when nobody wakes it
WAKES_WITHIN = 0.1
_PAUSE, _BEATS_EVERY = 2.0, 5.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_STOP_ASKED = threading.Event()
MOST_MEMORY = 1_500_000  # KB: a worker that has grown beyond is replaced by a fresh one
_BUG = "程序出错了,没有完成,没有写完的不会留下。请重试;还不行就把任务编号告诉维护者"


def work_until_stopped(*, once: bool = False) -> None:
    """Does what is queued; with `once` ends when nothing waits. UserError where the home has a worker already.

    SIGTERM and Ctrl-C end it: the job in hand is rolled back and waits for the next worker.
    """
    try:
        with alone(work_folder() / f"{WORKER}.lock"), _alive(), _stoppable():
            _work(once)
    except Taken as taken:
        raise UserError("这个台账的后台程序已经在运行") from taken
    except Stopped:
        return


def _work(once: bool) -> None:
    forget_torn_uploads()
    _patiently(give_back)
    day: int | None = None
    while True:
        woken = woken_at()
        if not once:
            day = _patiently(partial(queue_daily, day))
        job = _patiently(take)
        if job is not None:
            perform(job)
            if not once and _has_grown():
                return
        elif once:
            return
        else:
            connection.close()
            _wait(woken)


def perform(job: Job) -> None:
    """Does a job that was taken and writes down what became of it."""
    state, result, error = "failed", None, ""
    try:
        result, state = _run(job), "done"
    except Cancelled:
        state = "cancelled"
    except Stopped:
        connection.close()
        put_back(job)
        raise
    except Exception as raised:
        if _STOP_ASKED.is_set():  # DuckDB makes an error of its own of what a signal raises inside of a query
            connection.close()
            put_back(job)
            raise Stopped from raised
        error = told(raised) or _bug(job, raised)
    connection.close()  # whatever the job left open or half-open
    _patiently(lambda: finish(job, state, result=result, error=error))


def _run(job: Job) -> dict[str, object]:
    kind = kind_of(job.kind)
    if kind is None:
        raise UserError(f"这个版本的程序不会做“{job.kind}”这种工作")
    work = Work(job.pk, job.actor, job.parameters, job.attempt)
    work.say("开始", 0.0)
    result = dict(kind.run(work))
    for follow in followers(kind.id):
        follow(work, result)
    return result


def _bug(job: Job, error: Exception) -> str:
    """Frames only: what an error says may hold a person's data."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    logger.error("job %s (%s): %s\n%s", job.pk, job.kind, type(error).__name__, frames)
    return _BUG


def _patiently(ask: Callable[[], T]) -> T:
    """Asks again while the database is held by others or away; a worker has nothing else to do."""
    while True:
        try:
            return ask()
        except (OperationalError, Busy) as error:
            logger.warning("waiting for the database (%s)", type(error).__name__)
            connection.close()
            time.sleep(_PAUSE)


def _wait(woken: int) -> None:
    until = time.monotonic() + LOOKS_EVERY
    while time.monotonic() < until and woken_at() == woken:
        time.sleep(WAKES_WITHIN)


@contextmanager
def _stoppable() -> Iterator[None]:
    """The first signal raises Stopped wherever the work is; later ones must not disturb putting the job back."""

    def stop(number: int, frame: FrameType | None) -> None:
        for one in _SIGNALS:
            signal.signal(one, signal.SIG_IGN)
        _STOP_ASKED.set()
        raise Stopped

    _STOP_ASKED.clear()
    before = {one: signal.signal(one, stop) for one in _SIGNALS}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


@contextmanager
def _alive() -> Iterator[None]:
    """Says every few seconds that the worker lives, also while a job keeps it busy."""
    ended = threading.Event()

    def go_on() -> None:
        while True:
            beat(WORKER)
            if ended.wait(_BEATS_EVERY):
                return

    thread = threading.Thread(target=go_on, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        stop_beating(WORKER)


def _has_grown() -> bool:
    """Memory that a large job took is seldom given back to the system."""
    if sys.platform == "win32":
        return False
    import resource

    scale = 1024 if sys.platform == "darwin" else 1
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // scale > MOST_MEMORY
