"""Every decision record has its four parts, and the tests that it says hold it exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

FOLDER = ROOT / "docs" / "adr"
RECORDS = sorted(FOLDER.glob("[0-9][0-9][0-9][0-9]-*.md"))
HELD = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def section(record: Path, title: str) -> str:
    text = record.read_text(encoding="utf-8")
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[1].strip() if found else ""


def functions(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_numbers_run_without_gap() -> None:
    assert [int(record.name[:4]) for record in RECORDS] == list(range(1, len(RECORDS) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
@pytest.mark.parametrize("title", ["Context", "Decision", "Consequences", "Held by"])
def test_record_is_complete(record: Path, title: str) -> None:
    assert section(record, title)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.stem)
def test_record_is_held_by_tests_that_exist(record: Path) -> None:
    named = HELD.findall(section(record, "Held by"))
    assert named
    for file, function in named:
        assert (ROOT / file).is_file(), file
        assert not function or function in functions(ROOT / file), f"{file}::{function}"


def test_index_lists_every_record() -> None:
    index = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((\d{4}-[\w-]+\.md)\)", index) == [record.name for record in RECORDS]
