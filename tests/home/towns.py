"""A small demo town with its accounts, made once and copied: a home for tests that serve it whole."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bangfu.samples.town import write_town
from tests.home.databases import use

HOUSEHOLDS = 120


@pytest.fixture(scope="session")
def made_town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "home"
    command = [Path(sys.executable).with_name("bangfu"), "demo", "--households", str(HOUSEHOLDS)]
    subprocess.run([*command, "--home", folder], check=True, stdout=subprocess.DEVNULL)
    return folder


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
