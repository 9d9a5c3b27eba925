"""The home of one office's register: made once, opened by every command, refused when it is not what it should be."""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from bangfu.config.env import read_env
from bangfu.office.journal.derived import make_up_for_missing
from bangfu.office.models import Division, Home
from bangfu.terms.divisions import Divisions
from bangfu.terms.errors import UserError

FORMAT = 1
"""Goes up when an older program could harm a newer home."""
_KEPT: ContextVar[list[Home] | None] = ContextVar("home", default=None)


def make_home(
    place: str, divisions: Divisions, *, business_on: int | None = None, overlays: str = ""
) -> Home:
    """A new, empty register for the office of a division. UserError where the folder holds one already."""
    folder = read_env().home
    if _tables():
        raise UserError(f"{folder} 里已经有台账,没有重建:要另建请换一个文件夹(BANGFU_HOME)")
    folder.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0, interactive=False)
    Division.objects.bulk_create(
        Division(code=item.code, name=item.name, level=item.level, aliases=" ".join(item.aliases))
        for item in (divisions.get(code) for code in divisions)
        if item is not None
    )
    return Home.objects.create(
        key=uuid.uuid4().hex, format=FORMAT, place=place, business_on=business_on, overlays=overlays
    )


def open_home() -> Home:
    """The register of `BANGFU_HOME`, brought up to this program's tables.

    UserError where there is none, where it is damaged, and where a newer program wrote it.
    """
    env = read_env()
    where = "PostgreSQL" if env.server else str(env.home)
    try:
        tables = _tables()
        if Home._meta.db_table not in tables:
            raise UserError(f"{where} 里没有台账。请先运行 bangfu init --place 区划代码")
        home = Home.objects.get()
    except (DatabaseError, sqlite3.DatabaseError) as error:
        raise UserError(
            f"{where} 的数据库不能读({error})。请不要改动它,用 bangfu restore 从备份恢复"
        ) from error
    if home.format > FORMAT:
        raise UserError(
            f"{where} 是更新版本的程序写的(格式 {home.format},本程序只认到 {FORMAT})。请升级程序后再打开"
        )
    if _is_behind():
        call_command("migrate", verbosity=0, interactive=False)
    make_up_for_missing()
    return home


def _is_behind() -> bool:
    """Whether tables are wanting: asked first, since every command opens the home and migrating does a lot besides."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def this_home() -> Home:
    """The register that `open_home` opened."""
    kept = _KEPT.get()
    if kept is None:
        return Home.objects.get()
    if not kept:
        kept.append(Home.objects.get())
    return kept[0]


@contextmanager
def home_read_once() -> Iterator[None]:
    """Within it the home's row is read once: a page asks for the place and the day at many places."""
    token = _KEPT.set([])
    try:
        yield
    finally:
        _KEPT.reset(token)


def business_day() -> int:
    """The day (yyyymmdd) that the home's deadlines count from: its own, else the day it is."""
    home = this_home()
    return home.business_on or int(timezone.localdate().strftime("%Y%m%d"))


def _tables() -> list[str]:
    env = read_env()
    if env.server is None and not env.sqlite_path.exists():
        return []
    return connection.introspection.table_names()
