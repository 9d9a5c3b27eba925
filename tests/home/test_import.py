"""A clerk's weekly work: this month's export, next month's, each once more, and back again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.intake import batches
from bangfu.intake.comparing import Asked
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.models import Transaction
from bangfu.registry import queries
from bangfu.samples.town import write_town
from bangfu.terms.errors import UserError
from tests.home.hashes import facts_hash, models
from tests.house.tree import ROOT

SAMPLES = ROOT.parent / "shared" / "samples"
NEXT_MONTH = "导出时间:2024年1月18日"


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The monitored households' export of an invented town of 60 households."""
    folder = tmp_path_factory.mktemp("town")
    write_town(folder, 60, 3, faults=False, national_only=True)
    return next(folder.glob("*监测对象*"))


@pytest.fixture(scope="session")
def next_export(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same a month later: one income changed, one child born, one member and one household not named."""
    return rewritten(export, tmp_path_factory.mktemp("next") / export.name, a_month_later)


def a_month_later(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
    """Of an export's rows those of the next month."""
    at = {name: place for place, name in reversed(list(enumerate(head)))}
    numbers = list(dict.fromkeys(row[at["户编号"]] for row in rows))
    first, second, third = numbers[:3]
    for row in rows:
        if row[at["户编号"]] == first:
            row[at["工资性收入"]] = "4321"
    of_second = [row for row in rows if row[at["户编号"]] == second]
    child = list(of_second[0])
    values = {"人编号": "61999999999999", "姓名": "田新苗", "性别": "女", "出生日期": "20231229"}
    values |= {
        "证件号码": "429999202312292044",
        "与户主关系": "之女",
        "新增原因": "新生儿",
        "新增日期": "20240102",
    }
    for name, value in values.items():
        child[at[name]] = value
    leaving = next(row for row in of_second if row[at["与户主关系"]] != "户主")
    return [*(row for row in rows if row is not leaving and row[at["户编号"]] != third), child]


def rewritten(
    source: Path,
    target: Path,
    change: Callable[[list[str], list[list[str | None]]], list[list[str | None]]],
    stated: str = NEXT_MONTH,
) -> Path:
    sheet = openpyxl.load_workbook(source).active
    assert sheet is not None
    rows = [
        [None if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]
    start = next(number for number, row in enumerate(rows) if "户编号" in row)
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in [
        rows[0],
        [stated],
        rows[start],
        *change([cell or "" for cell in rows[start]], rows[start + 1 :]),
    ]:
        book.active.append(row)
    book.save(target)
    return target


def load(path: Path, clean_only: bool = False) -> batches.Difference:
    staged = batches.stage(path, actor="张三")
    assert clean_only or staged.problems == []
    written = batches.apply(staged.batch.pk, actor="张三", clean_only=clean_only)
    assert written.as_json() == staged.difference.as_json()
    return written


def kinds(asked: list[Asked]) -> list[str]:
    return sorted(question.kind for question in asked)


def test_two_months_and_back(any_home: Path, export: Path, next_export: Path) -> None:
    empty = facts_hash()
    first = load(export)
    assert first.added["household"] == 60
    assert first.added["person"] == first.joined > 60
    assert (first.events["识别"], len(first.questions)) == (60, 0)
    january = facts_hash()
    assert load(export).is_empty
    assert facts_hash() == january

    second = load(next_export)
    assert (second.added, second.joined) == ({"person": 1}, 1)
    assert {(change.table, change.column, change.new) for change in second.examples} >= {
        ("annual_record", "wage_income", 432_100)
    }
    assert {change.table for change in second.examples} == {"annual_record"}
    assert set(kinds(second.questions)) == {"名单里没有了"}
    [child] = queries.persons_by_number(["61999999999999"]).values()
    assert [(spell.joined_on, spell.left_on) for spell in queries.history_of(child)] == [(20240102, None)]
    february = facts_hash()
    assert load(next_export).is_empty
    assert facts_hash() == february
    assert Transaction.objects.count() == 2
    assert broken_links() == []
    assert broken_facts(models()) == []

    batches.undo(3, actor="李四")
    assert facts_hash() == january
    batches.undo(1, actor="李四")
    assert facts_hash() == empty
    assert broken_links() == []


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the offices' sample files are not here")
def test_two_months_of_an_offices_export(home: Path, tmp_path: Path) -> None:
    export = next(SAMPLES.glob("*监测对象*"))
    empty = facts_hash()
    first = load(export, clean_only=True)
    assert first.added["person"] == first.joined > 400
    december = facts_hash()
    assert load(export, clean_only=True).is_empty
    second = load(rewritten(export, tmp_path / export.name, a_month_later), clean_only=True)
    assert (second.added, second.joined, second.changed) == ({"person": 1}, 1, {"annual_record": 1})
    january = facts_hash()
    assert load(tmp_path / export.name, clean_only=True).is_empty
    assert facts_hash() == january != december
    assert broken_links() == broken_facts(models()) == []
    batches.undo(3, actor="李四")
    assert facts_hash() == december
    batches.undo(1, actor="李四")
    assert facts_hash() == empty


def test_staging_touches_nothing(home: Path, export: Path) -> None:
    before = facts_hash()
    batches.stage(export, actor="张三")
    assert facts_hash() == before
    assert not Transaction.objects.exists()


def test_one_unreadable_cell_and_nothing_is_applied(home: Path, export: Path, tmp_path: Path) -> None:
    def spoil(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        rows[4][head.index("工资性收入")] = "三千多"
        return rows

    staged = batches.stage(rewritten(export, tmp_path / "坏.xlsx", spoil), actor="张三")
    assert [(problem.row, problem.found) for problem in staged.problems] == [(8, "三千多")]
    before = facts_hash()
    with pytest.raises(UserError, match="三千多"):
        batches.apply(staged.batch.pk, actor="张三")
    assert facts_hash() == before


def test_what_cannot_be_settled_is_asked(home: Path, export: Path, tmp_path: Path) -> None:
    def confuse(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        number, relation = head.index("户编号"), head.index("与户主关系")
        homes = list(dict.fromkeys(row[number] for row in rows))
        moved = next(row for row in rows if row[number] == homes[0] and row[relation] != "户主")
        moved[number] = homes[1]
        for row in rows:
            if row[number] == homes[2]:
                row[relation] = "户主"
            if row[number] == homes[3]:
                row[number] = None
        return [*rows, list(rows[0])]

    load(export)
    staged = batches.stage(rewritten(export, tmp_path / "乱.xlsx", confuse), actor="张三")
    found = set(kinds(staged.difference.questions))
    assert found >= {"换户", "两个户主", "没有户编号", "同一人出现两次", "名单里没有了"}
    assert staged.difference.joined == 0


def test_the_rest_can_be_applied_without_the_bad_rows(home: Path, export: Path, tmp_path: Path) -> None:
    def spoil(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        rows[0][head.index("工资性收入")] = "三千多"
        return rows

    staged = batches.stage(rewritten(export, tmp_path / "坏.xlsx", spoil), actor="张三")
    written = batches.apply(staged.batch.pk, actor="张三", clean_only=True)
    assert written.added["household"] == 59
    mended = rewritten(export, tmp_path / "好.xlsx", lambda head, rows: rows)
    assert load(mended).added["household"] == 1


def test_a_new_year_keeps_what_was_said_of_the_old_one(home: Path, export: Path, tmp_path: Path) -> None:
    def next_year(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        for row in rows:
            row[head.index("年度")] = "2024"
            row[head.index("文化程度")] = "初中"
        return rows

    people = load(export).added["person"]
    written = load(rewritten(export, tmp_path / "新年度.xlsx", next_year))
    assert written.added["annual_record"] == 60
    [person] = queries.persons_by_number(["61001000000001"]).values()
    known = queries.person_rows([person])[person]
    assert (known["data_year"], known["education_level"]) == (2024, "初中")
    records = queries.person_records_of([person])
    assert list(records) == [(person, 2023)]
    assert records[person, 2023]["education_level"] == "小学"
    assert written.changed["person"] == people


def test_an_older_export_does_not_overwrite_a_newer_one(home: Path, export: Path, next_export: Path) -> None:
    load(next_export)
    with pytest.raises(UserError, match="已有 20240118 的同一种表"):
        batches.stage(export, actor="张三")


def test_villages_and_the_households_that_name_them(any_home: Path, export: Path) -> None:
    load(export)
    villages = next(export.parent.glob("*行政村信息*"))
    written = load(villages)
    assert written.added == {"village": 10}
    assert queries.households_without_village() == {}
    before = facts_hash()
    assert load(villages).is_empty
    assert facts_hash() == before
    batches.undo(2, actor="张三")
    assert len(queries.households_without_village()) == 60


def test_a_list_that_no_layout_knows_is_refused(home: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["花名册"])
    book.active.append(["姓名", "爱好"])
    book.active.append(["田大山", "下棋"])
    book.save(tmp_path / "爱好.xlsx")
    with pytest.raises(UserError, match="认不出是什么名单"):
        batches.stage(tmp_path / "爱好.xlsx", actor="张三")


def test_twice_the_households_take_no_more_queries(home: Path, export: Path, tmp_path: Path) -> None:
    def half(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        homes = list(dict.fromkeys(row[head.index("户编号")] for row in rows))
        return [row for row in rows if row[head.index("户编号")] in homes[:30]]

    some = rewritten(export, tmp_path / "一半.xlsx", half)
    queries_of(export)  # gives the first numbers of its tables, which takes a few queries more
    assert queries_of(some) == queries_of(export)


def queries_of(path: Path) -> int:
    """Of reading, comparing and applying a file to an empty register, which it leaves empty again."""
    with CaptureQueriesContext(connection) as asked:
        staged = batches.stage(path, actor="张三")
        batches.apply(staged.batch.pk, actor="张三")
    batches.undo(staged.batch.pk, actor="张三")
    return len(asked)
