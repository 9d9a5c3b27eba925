"""Databases of homes, copied from one that was made once: making the tables takes longer than most tests."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from types import TracebackType

from django.db import connection, connections

from bangfu.config.env import read_env
from bangfu.config.settings import databases as configured
from bangfu.office.home import make_home
from bangfu.screening.place import read_default_divisions

TOWN = "421281102000"


class Databases:
    """One template of each kind, and copies of it."""

    def __init__(self, folder: Path, server: Callable[[], AbstractContextManager[str]]) -> None:
        self.folder = folder
        self.server = server
        self.numbers = itertools.count()
        self.stack = ExitStack()
        self.address = ""

    def __enter__(self) -> Databases:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.stack.close()

    def sqlite(self, folder: Path) -> str:
        """A database file in `folder`; the address is empty, as in the settings."""
        template = self.folder / "template"
        if not template.exists():
            with _environment(template, ""), use(""):
                _make()
        shutil.copy(template / "bangfu.sqlite3", folder / "bangfu.sqlite3")
        return ""

    def postgresql(self) -> str:
        """The address of a new database on the tests' own server."""
        if not self.address:
            self.address = self.stack.enter_context(self.server())
            self._run("postgres", "CREATE DATABASE template_home")
            with (
                _environment(self.folder / "pg", f"{self.address}/template_home"),
                use(f"{self.address}/template_home"),
            ):
                _make()
        name = f"home_{next(self.numbers)}"
        self._run("postgres", f"CREATE DATABASE {name} TEMPLATE template_home")
        return f"{self.address}/{name}"

    def drop(self, address: str) -> None:
        """Takes away a database that `postgresql` gave, whoever is still connected."""
        self._run("postgres", f"DROP DATABASE {address.rpartition('/')[2]} WITH (FORCE)")

    def _run(self, database: str, statement: str) -> None:
        with (
            _environment(self.folder, f"{self.address}/{database}"),
            use(f"{self.address}/{database}"),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@contextmanager
def use(address: str) -> Iterator[None]:
    """Lets Django's one connection point at the database that the environment names."""
    old = dict(connections.settings["default"])
    with _environment(None, address):
        _point(configured(read_env())["default"])
    try:
        yield
    finally:
        _point(old)


def _point(settings: dict[str, object]) -> None:
    connection.close()
    connections.settings["default"].clear()
    connections.settings["default"].update(settings)
    connections.configure_settings({"default": connections.settings["default"]})
    del connections["default"]


@contextmanager
def _environment(folder: Path | None, address: str) -> Iterator[None]:
    wanted = {"BANGFU_DATABASE": address} | ({"BANGFU_HOME": str(folder)} if folder else {})
    old = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in old.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _make() -> None:
    make_home(TOWN, read_default_divisions())
