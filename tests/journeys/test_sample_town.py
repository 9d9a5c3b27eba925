"""A written town, read back: the clean one raises nothing, every planted fault is found at its row."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from bangfu.samples import write_town
from bangfu.screening.job import Job, check_files
from bangfu.screening.result import Result

SEED = 20231218
HOUSEHOLDS = 160


def checked(folder: Path, out: Path) -> Result:
    return check_files(Job(paths=(folder,), out=out, quiet=True, workbooks=False))


def findings(result: Result) -> list[dict[str, Any]]:
    lines = (result.out / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "faulty"
    write_town(folder, HOUSEHOLDS, SEED, faults=True)
    return folder


@pytest.fixture(scope="module")
def faulty_result(faulty: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    return checked(faulty, tmp_path_factory.mktemp("out"))


@pytest.fixture(scope="module")
def rows_by_ref(faulty_result: Result) -> Mapping[str, set[tuple[str, str, int]]]:
    found: dict[str, set[tuple[str, str, int]]] = defaultdict(set)
    for finding in findings(faulty_result):
        if finding["status"] == "finding":
            refs = finding["ref"] if isinstance(finding["ref"], list) else [finding["ref"]]
            places = {(s["file"], s["sheet"], s["row"]) for s in finding["sources"]}
            for ref in refs:
                found[ref] |= places
    return found


def planted(folder: Path) -> list[dict[str, str]]:
    with (folder / "已知问题.tsv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines, dialect="excel-tab"))


def test_clean_town_raises_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "clean"
    write_town(folder, HOUSEHOLDS, SEED, faults=False)
    result = checked(folder, tmp_path / "out")
    assert [(f["ref"], f["subject"], f["explanation"]) for f in findings(result)] == []
    assert len(result.run.checks) > 400


def test_every_planted_fault_is_found_at_its_row(
    faulty: Path, rows_by_ref: Mapping[str, set[tuple[str, str, int]]]
) -> None:
    missed = [
        (note["规则编号"], note["文件"], note["工作表"], note["行"], note["原因"])
        for note in planted(faulty)
        if (note["文件"], note["工作表"], int(note["行"])) not in rows_by_ref[note["规则编号"]]
    ]
    assert missed == []


def test_sixty_rules_are_tried(faulty: Path) -> None:
    assert len({note["规则编号"] for note in planted(faulty)}) >= 60


def test_every_file_of_the_town_is_recognised(faulty_result: Result) -> None:
    assert faulty_result.gathered.problems == []
    assert faulty_result.gathered.unrecognised == []


def test_date_and_place_are_read_from_the_exports(faulty_result: Result) -> None:
    assert (faulty_result.as_of, faulty_result.place) == (20231218, "421281102")
