"""One demo town for all tests of a process, looked at only; tests that change something get a copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.web.workbench import bangfu, served
from playwright.sync_api import Browser

from tests.browser.browsing import Desk, browsing


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo town after a month of work, as `make run` makes it."""
    home = tmp_path_factory.mktemp("town") / "home"
    bangfu("demo", "--month", home=home)
    return home


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For a module: while it is open, its event loop keeps Django from the database in this process."""
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="session")
def shown(town: Path) -> Iterator[str]:
    """The town's address; nobody changes anything there."""
    with served(town) as address:
        yield address


@pytest.fixture
def desk(browser: Browser, shown: str) -> Iterator[Desk]:
    yield from _watched(browser, shown)


@pytest.fixture(scope="session")
def worked_in(town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of the town that tests change, each at households and tasks of its own."""
    with served(copied(town, tmp_path_factory.mktemp("worked-in") / "home")) as address:
        yield address


@pytest.fixture
def shared_desk(browser: Browser, worked_in: str) -> Iterator[Desk]:
    yield from _watched(browser, worked_in)


@pytest.fixture
def own_desk(browser: Browser, town: Path, tmp_path: Path, shown: str) -> Iterator[Desk]:
    """A desk at a copy of the town, to be changed."""
    home = copied(town, tmp_path / "home")
    with served(home) as address:
        yield from _watched(browser, address)


def copied(town: Path, home: Path) -> Path:
    """The copy of a home that may be served: what was written but not yet merged comes along."""
    shutil.copytree(town, home, ignore=shutil.ignore_patterns("work", "desk", "*.log"))
    return home


def _watched(browser: Browser, address: str) -> Iterator[Desk]:
    sitting = Desk(browser, address)
    yield sitting
    for context in browser.contexts:
        context.close()
    assert sitting.wrong == []
