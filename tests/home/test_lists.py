"""Departments' lists go into the ledgers: known again next month, asked about where only a person can tell."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl

from bangfu.intake import batches
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.ledger import queries
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry.actions import Join, add_households, add_persons, join
from bangfu.samples.town import write_town
from bangfu.screening.job import Job, check_files, check_snapshot
from tests.home.hashes import facts_hash, models

DAY = 20231218
NUMBERS = {"田大山": "429999196001012017", "田小草": "429999200701012025"}


def load(path: Path, as_of: int = DAY) -> batches.Difference:
    staged = batches.stage(path, actor="张三", as_of=as_of)
    assert staged.problems == []
    written = batches.apply(staged.batch.pk, actor="张三")
    assert written.as_json() == staged.difference.as_json()
    return written


def a_household(joined_on: int = 20140101) -> list[int]:
    with transaction(actor="张三", source=Source("form")) as change:
        [household] = add_households(change, [{"nat_household_no": "610000000001", "village_name": "金峰村"}])
        people = [
            {"full_name": name, "id_no": number, "birth_date": int(number[6:14])}
            for name, number in NUMBERS.items()
        ]
        persons = add_persons(change, people)
        join(change, [Join(person, household, joined_on) for person in persons])
    return persons


def yulu(path: Path, rows: Sequence[tuple[str, str, int]]) -> Path:
    """A list of 雨露计划 of the autumn of 2023: name, number, amount."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2023年秋季雨露计划补助花名册"])
    sheet.append(
        ["序号", "村别", "学生姓名", "学生身份证号", "就读学校", "年级", "补助金额/秋季", "发放日期"]
    )
    for number, (name, id_no, amount) in enumerate(rows, 1):
        sheet.append([number, "金峰村", name, id_no, "赤壁职校", "中职二年级", amount, "2023-11-20"])
    book.save(path)
    return path


def paid(person: int) -> list[int | None]:
    return [row["amount"] for row in queries.rows_of_persons("benefit", [person])]


def test_a_list_and_its_next_version(any_home: Path, tmp_path: Path) -> None:
    father, child = a_household()
    rows = [("田小草", NUMBERS["田小草"], 1500), ("田大山", NUMBERS["田大山"], 1500)]
    empty = facts_hash()
    assert load(yulu(tmp_path / "一.xlsx", rows)).added == {"benefit": 2}
    first = facts_hash()
    assert load(tmp_path / "一.xlsx").is_empty
    assert facts_hash() == first

    twice = [("田小草", NUMBERS["田小草"], 1200), ("田小草", NUMBERS["田小草"], 1500)]
    second = load(yulu(tmp_path / "二.xlsx", twice), 20231231)
    assert (second.added, second.changed) == ({"benefit": 1}, {"benefit": 1})
    assert [(asked.kind, asked.table) for asked in second.questions] == [("名单里没有了", "benefit")]
    assert sorted(paid(child)) == [120_000, 150_000]
    assert paid(father) == [150_000]
    assert load(tmp_path / "二.xlsx", 20231231).is_empty

    batches.undo(3, actor="李四")
    assert facts_hash() == first
    batches.undo(1, actor="李四")
    assert facts_hash() == empty
    assert broken_links() == broken_facts(models()) == []


def test_a_corrected_number_is_the_same_row(home: Path, tmp_path: Path) -> None:
    _, child = a_household()
    wrong = NUMBERS["田小草"][:10] + "10" + NUMBERS["田小草"][12:]
    load(yulu(tmp_path / "一.xlsx", [("田小草", wrong, 1500)]))
    second = load(yulu(tmp_path / "二.xlsx", [("田小草", NUMBERS["田小草"], 1500)]), 20231231)
    assert (second.added, second.changed, second.questions) == ({}, {"benefit": 1}, [])
    assert paid(child) == [150_000]


def test_what_cannot_be_settled_is_asked(home: Path, tmp_path: Path) -> None:
    a_household(joined_on=20231201)
    rows = [
        ("田小草", NUMBERS["田小草"], 1500),
        ("田外人", "429999200702022030", 1500),
        ("田别名", NUMBERS["田大山"], 1500),
    ]
    told = load(yulu(tmp_path / "一.xlsx", rows))
    assert told.added == {"benefit": 3}
    assert [(asked.kind, asked.sheet_row) for asked in told.questions] == [
        ("登记前发放", 3),
        ("不在册", 4),
        ("对不上人", 5),
    ]
    assert "20231201" in told.questions[0].message
    assert "号码相同姓名不同" in told.questions[2].message


def test_a_snapshot_of_a_day_has_what_was_given_by_then(any_home: Path, tmp_path: Path) -> None:
    a_household()
    load(yulu(tmp_path / "一.xlsx", [("田小草", NUMBERS["田小草"], 1500)]))
    assert write_snapshot(20231119, tmp_path / "before").rows["benefit"] == 0
    assert write_snapshot(20231120, tmp_path / "then").rows["benefit"] == 1


def test_the_register_with_all_lists_is_checked_like_the_files(home: Path, tmp_path: Path) -> None:
    town = tmp_path / "town"
    write_town(town, 60, 4, faults=True)
    for path in sorted(file for file in town.rglob("*") if file.suffix in (".xlsx", ".csv")):
        if path.stem.startswith("（自定义）"):
            load_clean(path)
    for path in sorted(file for file in town.rglob("*") if file.suffix in (".xlsx", ".csv")):
        if not path.stem.startswith("（自定义）"):
            load_clean(path)
    write_snapshot(DAY, tmp_path / "snapshot")
    check_files(Job((town,), tmp_path / "by_file", workbooks=False, quiet=True))
    check_snapshot(Job((), tmp_path / "by_snapshot", workbooks=False, quiet=True), tmp_path / "snapshot")
    by_file, by_snapshot = found(tmp_path / "by_file"), found(tmp_path / "by_snapshot")
    of_lists = {key for key in by_file if key[0].startswith("report.list_total")}
    assert {key: told for key, told in by_file.items() if key not in of_lists} == by_snapshot != {}


def load_clean(path: Path) -> None:
    staged = batches.stage(path, actor="张三", as_of=DAY)
    batches.apply(staged.batch.pk, actor="张三", clean_only=bool(staged.problems))


def found(folder: Path) -> dict[tuple[str, str], str]:
    lines = (folder / "findings.jsonl").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    return {(one["check"], one["subject"]): one["explanation"] for one in told if one["status"] == "finding"}
