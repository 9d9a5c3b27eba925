"""The register is checked like the files it was loaded from."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from bangfu.intake import batches
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.samples.town import write_town
from bangfu.screening.job import Job, check_files, check_snapshot
from bangfu.terms.errors import UserError

DAY = 20231218


def found(folder: Path) -> dict[tuple[str, str], str]:
    lines = (folder / "findings.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return {(one["check"], one["subject"]): one["explanation"] for one in told if one["status"] == "finding"}


def test_a_snapshot_gives_the_findings_of_the_export(home: Path, tmp_path: Path) -> None:
    write_town(tmp_path / "town", 120, 4, faults=True, national_only=True)
    export = next((tmp_path / "town").glob("*监测对象*"))
    batches.apply(batches.stage(export, actor="张三").batch.pk, actor="张三")
    write_snapshot(DAY, tmp_path / "snapshot")
    check_files(Job((export,), tmp_path / "by_file", workbooks=False, quiet=True))
    result = check_snapshot(Job((), tmp_path / "by_snapshot", quiet=True), tmp_path / "snapshot")
    assert found(tmp_path / "by_snapshot") == found(tmp_path / "by_file") != {}
    assert (tmp_path / "by_snapshot" / "summary.xlsx").exists()
    cells = [
        json.loads(line)["sources"]
        for line in (tmp_path / "by_snapshot" / "findings.jsonl").read_text("utf-8").splitlines()
    ]
    assert any(
        cell["file"] == export.name and cell["row"] > 3 and cell["column"] for one in cells for cell in one
    )
    assert result.place == "421281102"


def test_a_folder_that_is_no_whole_snapshot_is_refused(home: Path, tmp_path: Path) -> None:
    job = Job((), tmp_path / "out", quiet=True)
    with pytest.raises(UserError, match=r"没有 manifest\.json"):
        check_snapshot(job, tmp_path)
    write_snapshot(DAY, tmp_path / "snapshot")
    (tmp_path / "snapshot" / "person.parquet").unlink()
    with pytest.raises(UserError, match="缺少 person"):
        check_snapshot(job, tmp_path / "snapshot")


def shuffled(snapshot: Path, target: Path, seed: int) -> Path:
    """The same snapshot with the rows of every table in another order."""
    target.mkdir()
    connection = duckdb.connect()
    for path in snapshot.iterdir():
        if path.suffix == ".parquet":
            connection.execute(
                f"COPY (FROM '{path}' ORDER BY hash(row_key, {seed})) TO '{target / path.name}' (FORMAT parquet)"
            )
        else:
            (target / path.name).write_bytes(path.read_bytes())
    return target


def test_neither_the_order_of_rows_nor_threads_change_a_finding(home: Path, tmp_path: Path) -> None:
    write_town(tmp_path / "town", 80, 4, faults=True)
    for path in batches.in_order([tmp_path / "town"]):
        staged = batches.stage(path, actor="张三", as_of=DAY)
        batches.apply(staged.batch.pk, actor="张三", clean_only=True)
    write_snapshot(DAY, tmp_path / "snapshot")
    check_snapshot(Job((), tmp_path / "plain", quiet=True), tmp_path / "snapshot")
    told = (tmp_path / "plain" / "findings.jsonl").read_bytes()
    assert told.count(b"\n") > 50
    for threads in (1, 4):
        out = tmp_path / f"by_{threads}"
        folder = shuffled(tmp_path / "snapshot", tmp_path / f"shuffled_{threads}", threads)
        check_snapshot(Job((), out, workbooks=False, quiet=True, threads=threads), folder)
        assert (out / "findings.jsonl").read_bytes() == told
