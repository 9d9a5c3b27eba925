"""Three sources of a field (三一致): loaded beside the register, compared, checked, and taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import duckdb
import openpyxl
import pytest

from bangfu.cli.main import main
from bangfu.intake import batches
from bangfu.intake.showing import difference_lines
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.intake.source_comparison import KINDS, Compared, compare_sources, tally
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.policy.loader import load_policy
from bangfu.registry import actions, queries
from bangfu.registry.actions import Refused, Said
from bangfu.registry.actions.field_values import SOURCES
from bangfu.registry.field_values import FieldKey, national_kept
from bangfu.screening.job import Job, check_files, check_snapshot
from bangfu.terms.errors import UserError
from tests.home.databases import Databases, use
from tests.home.hashes import facts_hash, models
from tests.home.source_lists import exported_rows, source_list
from tests.home.test_import import export, kinds, load, rewritten  # noqa: F401

DAY = 20231220
INCOME = "人均纯收入（元）"
STATED = "核对日期:2023年12月20日"


@pytest.fixture(scope="session")
def town(export: Path) -> list[dict[str, str]]:  # noqa: F811
    return exported_rows(export)


def heads_of(town: list[dict[str, str]]) -> list[dict[str, str]]:
    """Households of several villages."""
    return [row for row in town if row["与户主关系"] == "户主"][::10]


def income(row: Mapping[str, str]) -> str:
    return row[INCOME]


def more(row: Mapping[str, str]) -> str:
    return f"{float(income(row)) + 100:.2f}"


def archive(folder: Path, town: list[dict[str, str]]) -> Path:
    """Of three households: as the national system has it, another income, another schooling of the head."""
    one, two, three = heads_of(town)[:3]
    rows = [
        {
            "户编号": row["户编号"],
            "户主姓名": row["姓名"],
            "人编号": row["人编号"],
            "姓名": row["姓名"],
            "身份证号": row["证件号码"],
            "家庭人口": row["家庭人口数"],
            "人均纯收入": income(row),
            "致贫原因": row["主要致贫原因"],
            "文化程度": row["文化程度"],
        }
        for row in (one, two, three)
    ]
    rows[1]["人均纯收入"] = more(two)
    rows[2]["文化程度"] = "高中" if three["文化程度"] != "高中" else "初中"
    return source_list(folder, "档案", rows, stated=STATED)


def visits(folder: Path, town: list[dict[str, str]]) -> Path:
    """The first household seen twice, the second time with another income; nothing asked of it the first time."""
    one, two = heads_of(town)[:2]
    rows = [
        {"户编号": one["户编号"], "核查日期": "2023-12-01", "核查人": "王核", "是否危房户": "否"},
        {"户编号": one["户编号"], "核查日期": "2023-12-19", "核查人": "王核", "人均纯收入": more(one)},
        {"户编号": two["户编号"], "核查日期": "2023-12-18", "核查人": "王核", "人均纯收入": more(two)},
    ]
    return source_list(folder, "实际", rows)


def found(day: int = DAY, village: str | None = None) -> dict[tuple[str | None, str], dict[str, str | None]]:
    return {(row.household_no, row.field.name): dict(row.values) for row in compare_sources(day, village)}


def differing(day: int = DAY) -> dict[tuple[str | None, str], list[tuple[str, str]]]:
    return {
        (row.household_no, row.field.name): row.differing for row in compare_sources(day) if row.differing
    }


def test_lists_are_loaded_compared_and_taken_back(
    any_home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    exported = facts_hash()
    paper = load(archive(tmp_path, town))
    assert dict(paper.added) == {
        "field_value": 18
    }  # name, number and schooling of three, three fields of homes
    assert paper.questions == []
    seen = load(visits(tmp_path, town))
    assert dict(seen.added) == {"field_value": 3}
    one, two, three = (row["户编号"] for row in heads_of(town)[:3])
    assert differing() == {
        (one, "per_capita_net_income"): [("国网", "实际"), ("档案", "实际")],
        (two, "per_capita_net_income"): [("国网", "档案"), ("国网", "实际")],
        (three, "education_level"): [("国网", "档案")],
    }
    values = found()[one, "per_capita_net_income"]
    first = heads_of(town)[0]
    assert values["国网"] == values["档案"] == f"{float(income(first)):.2f}"
    assert (values["实际"], values["手册"]) == (more(first), None)
    assert found(20231218) == {
        (one, "is_dangerous_house"): {"国网": "否", "档案": None, "实际": "否", "手册": None},
        (two, "per_capita_net_income"): {
            **dict.fromkeys(("国网", "档案", "实际", "手册")),
            "国网": f"{float(income(heads_of(town)[1])):.2f}",
            "实际": more(heads_of(town)[1]),
        },
    }

    loaded = facts_hash()
    assert load(archive(tmp_path, town)).is_empty
    assert load(visits(tmp_path, town)).is_empty
    assert facts_hash() == loaded
    assert broken_links() == []
    assert broken_facts(models()) == []
    batches.undo(3, actor="张三")
    batches.undo(2, actor="张三")
    assert facts_hash() == exported
    assert found() == {}


def test_a_later_list_of_the_same_day_corrects_the_earlier_one(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    load(visits(tmp_path, town))
    before = facts_hash()
    one = heads_of(town)[0]
    row = {"户编号": one["户编号"], "核查日期": "2023-12-19", "核查人": "王核", "人均纯收入": "1"}
    staged = batches.stage(source_list(tmp_path, "实际", [row]), actor="张三")
    assert f"第 4 行 人均纯收入:{more(one)} → 1.00" in "\n".join(difference_lines(staged))
    batches.apply(staged.batch.pk, actor="张三")
    assert found()[one["户编号"], "per_capita_net_income"]["实际"] == "1.00"
    batches.undo(staged.batch.pk, actor="张三")
    assert facts_hash() == before


def test_a_correction_keeps_what_the_national_system_says(
    any_home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    load(visits(tmp_path, town))
    one = heads_of(town)[0]
    number, key = one["户编号"], "per_capita_net_income"
    [row] = queries.households_by_number([number]).values()
    before = facts_hash()
    true = round(float(more(one)) * 100)
    with transaction(actor="李四", source=Source("correction", "1"), reason="入户核实") as change:
        actions.put_annual_records(change, [{"household_key": row, "data_year": 2023, key: true}])
        actions.change_households(change, {row: {"is_absent_long": True}})
    corrected = facts_hash()
    assert queries.figures_of(2023, [row])[row][key] == true
    national = f"{float(income(one)):.2f}"
    assert found()[number, key]["国网"] == national
    kept = {kept.field: held.value for kept, held in national_kept([row], []).items()}
    assert kept == {key: national, "is_absent_long": None}
    with transaction(actor="李四", source=Source("correction", "2")) as change:  # corrected once more
        actions.put_annual_records(change, [{"household_key": row, "data_year": 2023, key: true + 1}])
    assert found()[number, key]["国网"] == national
    assert found()[number, key]["实际"] == more(one)

    take_back("2")
    assert facts_hash() == corrected
    take_back("1")
    assert facts_hash() == before
    assert found()[number, key]["国网"] == national


def take_back(correction: str) -> None:
    undo(Source("correction", correction), batches.fact_models(), actor="李四")


def corrected_export(export: Path, town: list[dict[str, str]], target: Path, value: str) -> Path:  # noqa: F811
    number = heads_of(town)[0]["户编号"]

    def change(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        for row in rows:
            if row[head.index("户编号")] == number:
                row[head.index(INCOME)] = value
        return rows

    return rewritten(export, target, change)


def test_the_next_export_says_it_anew(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    """Corrected in the register, then in the national system: the register does not change, the national value does."""
    load(export)
    load(visits(tmp_path, town))
    one = heads_of(town)[0]
    [row] = queries.households_by_number([one["户编号"]]).values()
    true = round(float(more(one)) * 100)
    with transaction(actor="李四", source=Source("correction", "1")) as change:
        record = {"household_key": row, "data_year": 2023, "per_capita_net_income": true}
        actions.put_annual_records(change, [record])
    corrected = facts_hash()
    written = load(corrected_export(export, town, tmp_path / "次月.xlsx", more(one)))
    assert dict(written.changed) == {"field_value": 1}
    assert (one["户编号"], "per_capita_net_income") not in differing()
    assert national_kept([row], []) == {}
    assert queries.figures_of(2023, [row])[row]["per_capita_net_income"] == true
    batches.undo(3, actor="张三")
    assert facts_hash() == corrected


def test_a_household_that_a_form_brought_has_no_national_value(home: Path, tmp_path: Path) -> None:
    number = "610000000077"
    with transaction(actor="李四", source=Source("form", "1")) as change:
        [row] = actions.add_households(change, [{"nat_household_no": number, "poverty_cause_main": "因病"}])
        actions.change_households(change, {row: {"poverty_cause_main": "因残"}})
    assert national_kept([row], []) == {}
    told = {"户编号": number, "致贫原因": "因残"}
    load(source_list(tmp_path, "档案", [told], stated=STATED))
    assert differing() == {}
    assert found()[number, "poverty_cause_main"] == {
        **dict.fromkeys(("国网", "档案", "实际", "手册")),
        "档案": "因残",
    }


def test_an_export_speaks_only_of_what_it_names(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    """What a clerk wrote of a household before its first export is not what the national system says."""
    number = heads_of(town)[0]["户编号"]
    with transaction(actor="李四", source=Source("form", "1")) as change:
        [row] = actions.add_households(change, [{"nat_household_no": number, "is_absent_long": True}])
    load(export)
    assert {key.field: held.value for key, held in national_kept([row], []).items()} == {
        "is_absent_long": None
    }
    before = facts_hash()
    load(export)
    assert facts_hash() == before


def test_unreadable_cells_are_named_and_nothing_is_applied(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    one, two = (row["户编号"] for row in heads_of(town)[:2])
    rows = [{"户编号": one, "人均纯收入": "五千左右"}, {"户编号": two, "人均纯收入": "5000"}]
    staged = batches.stage(source_list(tmp_path, "档案", rows, stated=STATED), actor="张三")
    assert [(problem.cell, problem.found) for problem in staged.problems] == [("B4", "五千左右")]
    before = facts_hash()
    with pytest.raises(UserError, match="五千左右"):
        batches.apply(staged.batch.pk, actor="张三")
    assert facts_hash() == before
    written = batches.apply(staged.batch.pk, actor="张三", clean_only=True)
    assert dict(written.added) == {"field_value": 1}
    assert found()[two, "per_capita_net_income"]["档案"] == "5000.00"


def test_who_is_not_on_file_is_asked_about(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    one, two = heads_of(town)[:2]
    rows = [
        {"户编号": "610000000099", "人均纯收入": "1"},
        {"户编号": "610000000099", "人均纯收入": "1"},
        {"户编号": one["户编号"], "姓名": "无此人", "身份证号": "429999195001010011", "文化程度": "小学"},
        {"户编号": one["户编号"], "姓名": two["姓名"], "身份证号": two["证件号码"], "文化程度": "小学"},
        {"户编号": one["户编号"], "户主姓名": "另一人", "家庭人口": "3"},
        {"户编号": one["户编号"], "家庭人口": "4"},
    ]
    staged = batches.stage(source_list(tmp_path, "档案", rows, stated=STATED), actor="张三")
    assert kinds(staged.difference.questions) == [
        "不在这一户",
        "前后不一",
        "户主不同",
        "没有这一户",
        "没有这个人",
    ]
    assert dict(staged.difference.added) == {"field_value": 2}  # the schooling, the first household size


def test_a_list_without_its_day_needs_one(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    path = source_list(tmp_path, "手册", [{"户编号": heads_of(town)[0]["户编号"], "家庭人口": "9"}])
    with pytest.raises(UserError, match="--as-of"):
        batches.stage(path, actor="张三")
    staged = batches.stage(path, actor="张三", as_of=20221231)
    batches.apply(staged.batch.pk, actor="张三")
    [row] = compare_sources(DAY)
    assert (row.year, row.values["手册"], row.values["国网"], row.pairs) == (2022, "9", None, {})


def test_an_older_visit_may_come_after_a_newer_one(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    number = heads_of(town)[0]["户编号"]
    for on, size in (("2023-12-19", 4), ("2023-11-01", 5)):
        load(source_list(tmp_path, "实际", [{"户编号": number, "核查日期": on, "家庭人口": size}]))
    assert found()[number, "household_size"]["实际"] == "4"
    assert found(20231201)[number, "household_size"]["实际"] == "5"


def test_a_later_visit_leaves_a_comparison_its_number(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    """So that a finding is the same finding in the next run."""
    load(export)
    number = heads_of(town)[0]["户编号"]
    numbers = []
    for on, size in (("2023-12-18", 98), ("2023-12-19", 99)):
        load(source_list(tmp_path, "实际", [{"户编号": number, "核查日期": on, "家庭人口": size}]))
        write_snapshot(DAY, tmp_path / on)
        path = tmp_path / on / "field_comparison.parquet"
        numbers.extend(duckdb.sql(f"SELECT row_key, survey_value FROM '{path}'").fetchall())
    assert numbers == [(1, "98"), (1, "99")]


def test_what_cannot_be_said_is_refused(home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [row] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        said = [
            Said(FieldKey("household", "no_such_field", row), "档案", "1", DAY),
            Said(FieldKey("household", "exit_year", row), "听说", "1", DAY),
            Said(FieldKey("household", "exit_year", row, 2023), "档案", "1", DAY),
            Said(FieldKey("household", "exit_year", row + 1), "档案", "1", DAY),
            Said(FieldKey("household", "exit_year", row), "档案", None, DAY),
            Said(FieldKey("household", "exit_year", row), "实际", "2016", DAY),
            Said(FieldKey("household", "exit_year", row), "实际", "2017", DAY),
        ]
        with pytest.raises(Refused) as refused:
            actions.say(change, said)
    assert [reason.row for reason in refused.value.reasons] == [0, 1, 2, 3, 4, 6]


def test_the_sources_are_those_of_the_code_list() -> None:
    listed = tuple(load_policy().codelists["source_kind"].all_labels)
    assert sorted(listed) == sorted(SOURCES) == sorted(KINDS)


def test_a_check_of_files_says_that_it_does_not_compare(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    paper = archive(tmp_path, town)
    result = check_files(Job((export, paper), tmp_path / "out", workbooks=False, quiet=True))
    assert (
        result.as_of,
        [paper.name in notice for notice in result.notices if "compare-sources" in notice],
    ) == (
        20231218,
        [True],
    )


def test_what_no_export_told_is_not_compared_with_nothing(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    """A year without export is a gap; a column that the export has and leaves empty is an empty value."""
    load(emptied(export, tmp_path / "空.xlsx", "主要致贫原因"))
    one = heads_of(town)[0]["户编号"]
    rows = [
        {"户编号": one, "年度": 2022, "家庭人口": 9, "致贫原因": "因病"},
        {"户编号": one, "年度": 2023, "家庭人口": 99, "致贫原因": "因病"},
    ]
    load(source_list(tmp_path, "档案", rows, stated=STATED))
    told = {(row.field.name, row.year): row for row in compare_sources(DAY)}
    assert {key: (row.is_in_export, row.differing) for key, row in told.items()} == {
        ("household_size", 2022): (False, []),
        ("household_size", 2023): (True, [("国网", "档案")]),
        ("poverty_cause_main", None): (True, [("国网", "档案")]),
    }
    write_snapshot(DAY, tmp_path / "snapshot")
    job = Job((), tmp_path / "out", only=("consistency.national_and_archive",), workbooks=False, quiet=True)
    assert check_snapshot(job, tmp_path / "snapshot").by_check == {"consistency.national_and_archive": 2}


def emptied(export: Path, target: Path, name: str) -> Path:  # noqa: F811
    def change(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        for row in rows:
            row[head.index(name)] = None
        return rows

    return rewritten(export, target, change)


def all_sources(town: list[dict[str, str]], folder: Path) -> None:
    load(archive(folder, town))
    load(visits(folder, town))
    number = heads_of(town)[3]["户编号"]
    load(source_list(folder, "手册", [{"户编号": number, "家庭人口": 99}], stated=STATED))


def test_the_checks_of_consistency_run_on_the_register(
    databases: Databases,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hashes, told = [], []
    for number, address in enumerate([databases.sqlite(tmp_path), databases.postgresql()]):
        monkeypatch.setenv("BANGFU_HOME", str(tmp_path))
        monkeypatch.setenv("BANGFU_DATABASE", address)
        with use(address):
            load(export)
            all_sources(town, tmp_path)
            folder = tmp_path / str(number)
            hashes.append(write_snapshot(DAY, folder / "snapshot").sha256)
            check_snapshot(
                Job((), folder, only=tuple(CHECKS), workbooks=False, quiet=True), folder / "snapshot"
            )
            told.append((folder / "findings.jsonl").read_text("utf-8"))
    assert hashes[0] == hashes[1]
    assert told[0] == told[1]
    lines = [json.loads(line) for line in told[0].splitlines()]
    counts: dict[str, int] = {}
    for line in lines:
        if line["check"].startswith("consistency.") and line["status"] == "finding":
            counts[line["check"]] = counts.get(line["check"], 0) + 1
    assert {name: counts.get(name) for name in CHECKS} == CHECKS
    [handbook] = [line for line in lines if line["check"] == "consistency.handbook_value_differs"]
    assert handbook["household"] == heads_of(town)[3]["户编号"]
    assert handbook["explanation"].startswith("2023年度家庭人口数:手册值 99")
    [schooling] = [line for line in lines if "文化程度" in line["explanation"]]
    assert (schooling["subject_type"], schooling["subject_name"]) == ("person", heads_of(town)[2]["姓名"])


CHECKS = {
    "consistency.national_and_archive": 2,
    "consistency.national_and_survey": 2,
    "consistency.archive_and_survey": 1,
    "consistency.handbook_value_differs": 1,
}


def test_the_clerk_sees_counts_and_gets_a_workbook(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    load(export)
    assert main(["compare-sources", "--as-of", "2023-12-20"]) == 0
    assert "没有可以比对的" in capsys.readouterr().out
    all_sources(town, tmp_path)
    path = tmp_path / "比对.xlsx"
    assert main(["compare-sources", "--as-of", "2023-12-20", "--all", "--out", str(path)]) == 0
    out = capsys.readouterr().out
    assert "比对 20 项,不一致 4 项" in out
    assert "  国网与档案:比对 18,不一致 2" in out
    assert "  档案与实际:比对 2,不一致 1" in out
    assert "  人均纯收入:比对 3,不一致 2" in out
    sheet = openpyxl.load_workbook(path)["比对"]
    rows = list(sheet.iter_rows(min_row=3, values_only=True))
    assert rows[0][:10] == (
        *("村", "户编号", "户主/姓名", "指标", "年度"),
        *("国网值", "档案值", "实际值", "手册值", "一致否"),
    )
    assert len(rows) == 1 + 20
    assert {row[5] for row in rows if row[3] == "证件号码"} == {"***"}
    assert sum(row[9] == "不一致" for row in rows) == 4
    one = heads_of(town)[0]
    assert (one["村"], one["姓名"]) in {(row[0], row[2]) for row in rows}
    assert main(["compare-sources", "--as-of", "2023-12-20", "--out", str(path), "--full"]) == 0
    few = list(openpyxl.load_workbook(path)["比对"].iter_rows(min_row=4, values_only=True))
    assert {row[9] for row in few} == {"不一致"}
    assert len(few) == 4
    capsys.readouterr()


def test_one_village_alone(
    home: Path,
    export: Path,  # noqa: F811
    town: list[dict[str, str]],
    tmp_path: Path,
) -> None:
    load(export)
    all_sources(town, tmp_path)
    rows: list[Compared] = list(compare_sources(DAY))
    village = rows[0].village
    own = list(compare_sources(DAY, village.removesuffix("村")))
    assert own == [row for row in rows if row.village == village]
    assert tally(own).rows == len(own) < len(rows)
    with pytest.raises(UserError, match="台账里没有乌有村的户"):
        list(compare_sources(DAY, "乌有村"))
