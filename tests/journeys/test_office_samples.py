"""Files as offices send them: every known fault is found at its cell, no near miss is reported.

They lie beside the repository and are not part of it: without them the tests are skipped, and
test_sample_town.py covers the same ground with files that `bangfu sample` writes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from bangfu.screening.job import Job, check_files
from bangfu.screening.result import Result

SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the offices' sample files are not here")
BROKEN = {
    "问题文件/会议通知.xls": "纯文字",
    "问题文件/低保名单(未传完).xlsx": "没传完整",
    "问题文件/加密-财政供养.xlsx": "密码",
    "问题文件/现场照片.xlsx": "图片",
    "问题文件/空文件.xlsx": "0 字节",
    "问题文件/空白工作簿.xlsx": "空白",
    "问题文件/超大展开.xlsx": "异常巨大",
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Result:
    out = tmp_path_factory.mktemp("office")
    return check_files(
        Job(paths=(SAMPLES,), out=out, as_of=20231218, place="421281102", quiet=True, workbooks=True)
    )


@pytest.fixture(scope="module")
def found(checked: Result) -> Mapping[str, list[dict[str, Any]]]:
    by_ref: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (checked.out / "findings.jsonl").read_text(encoding="utf-8").splitlines():
        finding = json.loads(line)
        if finding["status"] == "finding":
            refs = finding["ref"] if isinstance(finding["ref"], list) else [finding["ref"]]
            for ref in refs:
                by_ref[ref].append(finding)
    return by_ref


def known() -> list[tuple[str, dict[str, Any]]]:
    if not SAMPLES.is_dir():
        return []
    rules = yaml.safe_load((SAMPLES / "known-faults.yaml").read_text(encoding="utf-8"))["rules"]
    return [(ref, entry) for ref, entries in rules.items() for entry in entries]


def at_cell(findings: list[dict[str, Any]], entry: Mapping[str, Any]) -> list[dict[str, Any]]:
    place = tuple(entry[key] for key in ("file", "sheet", "row", "column"))
    return [
        finding
        for finding in findings
        if any(
            tuple(s[key] for key in ("file", "sheet", "row", "column")) == place for s in finding["sources"]
        )
    ]


@pytest.mark.parametrize(
    ("ref", "entry"),
    [pytest.param(ref, e, id=f"{ref}-{e['row']}") for ref, e in known() if e["expected"] == "finding"],
)
def test_known_fault_is_found_at_its_cell(
    found: Mapping[str, list[Any]], ref: str, entry: dict[str, Any]
) -> None:
    assert at_cell(found[ref], entry), [f["subject"] for f in found[ref]][:20]


@pytest.mark.parametrize(
    ("ref", "entry"),
    [pytest.param(ref, e, id=f"{ref}-{e['row']}") for ref, e in known() if e["expected"] == "clean"],
)
def test_near_miss_is_not_reported(found: Mapping[str, list[Any]], ref: str, entry: dict[str, Any]) -> None:
    assert not at_cell(found[ref], entry)


def test_broken_files_are_refused_with_their_reason(checked: Result) -> None:
    refused = {problem.file: problem.message for problem in checked.gathered.problems}
    assert refused.keys() == BROKEN.keys()
    assert {file for file, word in BROKEN.items() if word not in refused[file]} == set()


def test_every_other_file_is_recognised(checked: Result) -> None:
    assert checked.gathered.unrecognised == []


def test_hand_out_workbooks_are_written_for_every_village(checked: Result) -> None:
    assert {path.name for path in checked.out.glob("*.xlsx")} >= {
        "summary.xlsx",
        "白石村.xlsx",
        "青石桥社区.xlsx",
    }
