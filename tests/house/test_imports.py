"""The import contracts hold, and would notice a breach."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, SOURCE

CONTRACTS = ROOT / ".importlinter"
DJANGO_HALF = {
    "demo",
    "web",
    "field",
    "portal",
    "api",
    "cli",
    "reporting",
    "casework",
    "findings",
    "intake",
    "ledger",
}
DJANGO_HALF |= {"registry", "jobs", "office", "config"}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command as c; c()",
        "--no-cache",
    ]
    environment = {**os.environ, "PYTHONPATH": str(folder / "src")}
    return subprocess.run(
        [*command, "--config", str(CONTRACTS)], cwd=folder, env=environment, capture_output=True, text=True
    )


def contracts() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(CONTRACTS, encoding="utf-8")
    return parser


def test_contracts_hold() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("terms/breach.py", "import bangfu.policy"),
        ("engine/breach.py", "import bangfu.linkage"),
        ("policy/breach.py", "import django"),
        ("spreadsheets/breach.py", "import bangfu.cli"),
        ("helpers/__init__.py", ""),
    ],
)
def test_a_breach_is_noticed(tmp_path: Path, module: str, line: str) -> None:
    copy = tmp_path / "src" / "bangfu"
    shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("__pycache__", "*.yaml"))
    (copy / module).parent.mkdir(exist_ok=True)
    (copy / module).write_text(line, encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr


def test_every_package_without_django_is_in_its_contract() -> None:
    packages = {path.parent.name for path in SOURCE.glob("*/__init__.py")}
    listed = contracts()["importlinter:contract:engine-half"]["source_modules"].split()
    assert packages - DJANGO_HALF == {name.removeprefix("bangfu.") for name in listed}


def unprotected_models(source: Path, parser: configparser.ConfigParser) -> set[str]:
    """Stations whose models no `protected` contract keeps private."""
    protected = {
        name
        for section in parser.sections()
        if parser[section].get("type") == "protected"
        for name in parser[section]["protected_modules"].split()
    }
    stations = {path.parent.name for path in [*source.glob("*/models.py"), *source.glob("*/models")]}
    return {station for station in stations if f"bangfu.{station}.models" not in protected}


def test_models_are_private_to_their_station(tmp_path: Path) -> None:
    assert unprotected_models(SOURCE, contracts()) == set()
    (tmp_path / "somewhere").mkdir()
    (tmp_path / "somewhere" / "models.py").touch()
    assert unprotected_models(tmp_path, contracts()) == {"somewhere"}


def test_every_package_says_what_it_takes_and_gives() -> None:
    for path in SOURCE.glob("*/__init__.py"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith('"""Takes '), path
        assert "gives" in text.lower(), path
        assert "Must not know" in text, path
