"""The one place where writers queue: who waits is told so, and who waits too long gets a clear word."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction

from bangfu.config.env import BUSY_SECONDS
from bangfu.office.models import Home
from bangfu.terms.errors import UserError

_STEP, _PAUSE = 1.0, 0.01  # seconds
_LOCKED = ("locked", "lock timeout", "LockNotAvailable")
_TURN = threading.Lock()
"""Of the threads of a process one asks SQLite for its lock, which knows no queue: who asks most often would get it."""
_PATIENCE: ContextVar[float] = ContextVar("patience", default=BUSY_SECONDS)


class Busy(UserError):
    """Another writer kept the register to itself for too long."""


@dataclass
class _Wait:
    say: Callable[[str], None]
    until: float
    is_told: bool = False

    def go_on(self) -> None:
        if not self.is_told:
            self.say("另一个程序正在写台账,正在等它写完……")
            self.is_told = True
        if time.monotonic() > self.until:
            raise Busy("台账一直被另一项工作占用(多半正在应用一个大的批次),这次没有写入。请等它做完再试一次")


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """For what is written in the block: who sits before a page does not wait as long as a program may."""
    token = _PATIENCE.set(seconds)
    try:
        yield
    finally:
        _PATIENCE.reset(token)


@contextmanager
def write_lock(say: Callable[[str], None]) -> Iterator[None]:
    """A database transaction that no other writer shares. `say` is told, once, that it has to wait.

    Busy after `BUSY_SECONDS`, or what `waiting_at_most` says.
    """
    wait = _Wait(say, time.monotonic() + _PATIENCE.get())
    with _turn(wait):
        opened = _opened(wait)
        try:
            yield
        except BaseException as error:
            opened.__exit__(type(error), error, error.__traceback__)
            raise
        opened.__exit__(None, None, None)


@contextmanager
def _turn(wait: _Wait) -> Iterator[None]:
    if connection.vendor != "sqlite" or connection.in_atomic_block:  # the latter is refused with its own word
        yield
        return
    while not _TURN.acquire(timeout=_STEP):
        wait.go_on()
    try:
        yield
    finally:
        _TURN.release()


def _opened(wait: _Wait) -> transaction.Atomic:
    while True:
        atomic = transaction.atomic(durable=True)
        try:
            _set_timeout(0)
            atomic.__enter__()
        except OperationalError as error:
            _raise_unless_locked(error)
        else:
            try:
                _queue()
                return atomic
            except OperationalError as error:
                atomic.__exit__(type(error), error, error.__traceback__)
                _raise_unless_locked(error)
        wait.go_on()
        if connection.vendor == "sqlite":
            time.sleep(_PAUSE)


def _set_timeout(seconds: float) -> None:
    """Who waits inside of SQLite keeps the connection's mutex; any other thread whose garbage collection comes upon a
    statement of that connection waits as well, with the page it was making."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {seconds * 1000:.0f}")


def _queue() -> None:
    """SQLite's BEGIN IMMEDIATE has the lock already; PostgreSQL's writers queue at the home's row."""
    _set_timeout(_STEP)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {_STEP * 1000:.0f}")
            cursor.execute(f"SELECT 1 FROM {Home._meta.db_table} FOR UPDATE")
            cursor.execute("SET LOCAL lock_timeout = 0")


def _raise_unless_locked(error: OperationalError) -> None:
    if not any(word in str(error) for word in _LOCKED):
        raise error
    # Frames know their error and its statement: such garbage is found by a collection only, in any thread.
    cause: BaseException | None = error
    while cause is not None:
        cause.__traceback__, cause = None, cause.__cause__
