"""The one place where writers queue: who waits is told so, and who waits too long gets a clear word."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

from bangfu.config.env import BUSY_SECONDS
from bangfu.office.models import Home
from bangfu.terms.errors import UserError

_STEP_MS = 1_000
_LOCKED = ("locked", "lock timeout", "LockNotAvailable")


class Busy(UserError):
    """Another writer kept the register to itself for too long."""


@contextmanager
def write_lock(say: Callable[[str], None], patience: float = BUSY_SECONDS) -> Iterator[None]:
    """A database transaction that no other writer shares. `say` is told, once, that it has to wait."""
    opened = _opened(say, time.monotonic() + patience)
    try:
        yield
    except BaseException as error:
        opened.__exit__(type(error), error, error.__traceback__)
        raise
    opened.__exit__(None, None, None)


def _opened(say: Callable[[str], None], until: float) -> transaction.Atomic:
    told = False
    while True:
        atomic = transaction.atomic(durable=True)
        try:
            _short_timeout()
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
        if not told:
            say("另一个程序正在写台账,正在等它写完……")
            told = True
        if time.monotonic() > until:
            raise Busy("台账一直被另一个程序占用,这次没有写入。请等它结束后重试,或关闭没有响应的程序")


def _short_timeout() -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {_STEP_MS}")


def _queue() -> None:
    """SQLite's BEGIN IMMEDIATE has the lock already; PostgreSQL's writers queue at the home's row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {_STEP_MS}")
            cursor.execute(f"SELECT 1 FROM {Home._meta.db_table} FOR UPDATE")
            cursor.execute("SET LOCAL lock_timeout = 0")


def _raise_unless_locked(error: OperationalError) -> None:
    if not any(word in str(error) for word in _LOCKED):
        raise error
