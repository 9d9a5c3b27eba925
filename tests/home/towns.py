"""A small demo town with its accounts, made once and copied: a home for tests that serve it whole, or ask its figures."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bangfu.reporting.runs import count_days
from bangfu.samples.town import write_town
from tests.home.databases import use

HOUSEHOLDS = 120
DAY, YEAR_END = 20200422, 20191231


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "home"
    command = [Path(sys.executable).with_name("bangfu"), "demo", "--households", str(HOUSEHOLDS)]
    subprocess.run([*command, "--home", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="session")
def counted_town(made_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The town with its figures as of YEAR_END and of DAY; tests write nothing that changes them, or copy it."""
    folder = tmp_path_factory.mktemp("counted") / "home"
    shutil.copytree(made_town, folder)
    with inside(folder):
        count_days([YEAR_END, DAY], actor="测试")
    return folder


@contextmanager
def inside(folder: Path) -> Iterator[None]:
    """The SQLite home of a folder is open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", "")
        with use(""):
            yield


@pytest.fixture
def town(made_town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The town of this test alone, in SQLite."""
    home = tmp_path / "home"
    shutil.copytree(made_town, home)
    monkeypatch.setenv("BANGFU_HOME", str(home))
    monkeypatch.setenv("BANGFU_DATABASE", "")
    with use(""):
        yield home


def write_export(folder: Path, households: int, seed: int) -> Path:
    """A national export of households that the town does not have."""
    write_town(folder, households, seed, faults=False, national_only=True)
    return next(folder.glob("*监测对象*"))
