"""Homes for tests: a fresh register in SQLite, or the same in PostgreSQL, each test with its own."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
os.environ["BANGFU_HOME"] = tempfile.mkdtemp(prefix="bangfu-home-")
os.environ["BANGFU_DAILY"] = "no"  # every worker that a test starts would count the figures first

import django
import pytest

django.setup()  # before anything imports a model

from tests.home.databases import Databases, use  # noqa: E402
from tests.home.servers import postgres  # noqa: E402
from tests.home.towns import counted_town, made_town, town  # noqa: E402

__all__ = ["counted_town", "made_town", "town"]
"""Imported here and nowhere else: a module that imports a fixture makes its own."""


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with Databases(tmp_path_factory.mktemp("databases"), postgres) as made:
        yield made


@pytest.fixture
def home(databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty home in SQLite: the town 421281102 with its villages."""
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path))
    monkeypatch.setenv("BANGFU_DATABASE", "")
    with use(databases.sqlite(tmp_path)):
        yield tmp_path


@pytest.fixture(params=["sqlite", "postgresql"])
def any_home(
    request: pytest.FixtureRequest, databases: Databases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """An empty home in each database."""
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path))
    monkeypatch.setenv("BANGFU_DATABASE", "")
    if request.param == "sqlite":
        with use(databases.sqlite(tmp_path)):
            yield tmp_path
        return
    address = databases.postgresql()
    monkeypatch.setenv("BANGFU_DATABASE", address)
    with use(address):
        yield tmp_path
    databases.drop(address)


@pytest.fixture(scope="session", autouse=True)
def _no_leftovers() -> Iterator[None]:
    yield
    shutil.rmtree(os.environ["BANGFU_HOME"], ignore_errors=True)
