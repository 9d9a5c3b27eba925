"""The workbooks that a clerk hands out, read back as the clerk sees them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check
from bangfu.samples import write_town
from bangfu.screening.cells import SourceCell
from bangfu.screening.findings import Finding
from bangfu.screening.hand_out import mask, where, write_village
from bangfu.screening.job import Job, check_files
from bangfu.screening.punctuation import full_width
from bangfu.screening.result import Result
from bangfu.screening.subjects import Subject

NUMBER = "429999197803308021"
EXPORT = "（自定义）监测对象信息.xlsx"


@pytest.fixture(scope="module")
def checks() -> dict[str, Check]:
    return dict(load_policy().checks)


def finding(check: Check, *, is_finding: bool = True, explanation: str = "号码不对,请核对") -> Finding:
    subject = Subject("person", "61001000003002", "张三", "罗峰村", "610010000030")
    source = SourceCell(EXPORT, "Sheet1", 9, "O", "证件号码", NUMBER)
    return Finding(check, "error", is_finding, subject, {}, (), explanation, (source,))


def rows(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_village_lists_findings_to_be_answered(tmp_path: Path, checks: dict[str, Check]) -> None:
    path = write_village(
        "罗峰村", [finding(checks["identity.checksum_wrong"])], "2023 年", tmp_path / "a.xlsx"
    )
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["疑点", "涉及单元格"]
    head, row = rows(path, "疑点")[2:4]
    assert dict(zip(head, row, strict=True)) | {"疑点": None, "整改要求": None} == {
        "序号": 1,
        "规则编号": "ID-003",
        "级别": "错误",
        "疑点": None,
        "户编号": "610010000030",
        "人编号": "61001000003002",
        "姓名": "张三",
        "说明": "号码不对，请核对",
        "所在位置": f"{EXPORT} O9",
        "责任部门": checks["identity.checksum_wrong"].department,
        "整改要求": None,
        "核实结论": None,
        "整改情况": None,
    }
    offered = book["疑点"].data_validations.dataValidation[0]
    assert (str(offered.sqref), offered.formula1) == ("L4", '"属实,不属实,情况特殊"')


def test_what_could_not_be_judged_stands_apart(tmp_path: Path, checks: dict[str, Check]) -> None:
    unknown = finding(checks["identity.checksum_wrong"], is_finding=False)
    path = write_village("罗峰村", [unknown], "2023 年", tmp_path / "a.xlsx")
    assert rows(path, "疑点")[3][0] == "没有查出疑点"
    assert [row[0] for row in rows(path, "无法判断")[3:]] == [1]


def test_wrapped_texts_get_the_height_they_need(tmp_path: Path, checks: dict[str, Check]) -> None:
    check = checks["identity.checksum_wrong"]
    found = [finding(check), finding(check, explanation="人均纯收入与家庭人口数不符" * 10)]
    path = write_village("罗峰村", found, "2023 年", tmp_path / "a.xlsx")
    sheet = openpyxl.load_workbook(path)["疑点"]
    short, long = (sheet.row_dimensions[row].height for row in (4, 5))
    assert long > 6 * 13 > short


def test_numbers_are_masked_unless_they_are_the_fault(tmp_path: Path, checks: dict[str, Check]) -> None:
    found = [finding(checks["identity.checksum_wrong"]), finding(checks["household.no_head"])]
    path = write_village("罗峰村", found, "2023 年", tmp_path / "a.xlsx")
    values = {row[0]: row[-1] for row in rows(path, "涉及单元格")[3:]}
    assert values == {1: "4299**********8021", 2: NUMBER}


@pytest.mark.parametrize(
    ("value", "shown"),
    [(NUMBER, "4299**********8021"), ("19900001234", "199****1234"), ("1234", "1234"), ("", "")],
)
def test_mask_keeps_the_ends(value: str, shown: str) -> None:
    assert mask(value) == shown


def test_place_names_each_list_once() -> None:
    cells = [SourceCell("a.xlsx", "Sheet1", row, "B", "", "") for row in (3, 4, 5, 6)]
    cells += [SourceCell("b.xlsx", "罗峰村", 7, "C", "", ""), SourceCell("c.xls", "Sheet1", 1, "A", "", "")]
    assert where(cells) == "a.xlsx B3、B4、B5等\nb.xlsx〔罗峰村〕 C7\n另有 1 张表"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("应享未享:水产奖补", "应享未享：水产奖补"),
        ("高于 0,纯收入 2,000.00 元,不符", "高于 0，纯收入 2,000.00 元，不符"),
        ("(标准“上限(四人以上户)”未经核实,只作疑点)", "（标准“上限（四人以上户）”未经核实，只作疑点）"),
        ("((工资+经营)-支出)-纯收入", "((工资+经营)-支出)-纯收入"),
        ("2023-12-18 (Sheet1) a,b", "2023-12-18 (Sheet1) a,b"),
    ],
)
def test_punctuation_is_chinese_beside_chinese(written: str, printed: str) -> None:
    assert full_width(written) == printed


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("town")
    write_town(folder / "files", 20, 7, False)
    (folder / "files" / "空.xlsx").write_bytes(b"")
    job = Job((folder / "files",), folder / "out", only=("ID-003", "HH-001", "ARC-004"), quiet=True)
    return check_files(job)


def test_summary_has_every_village_also_one_without_findings(checked: Result) -> None:
    table = rows(checked.out / "summary.xlsx", "各村")
    villages, total = table[2:-1], table[-1]
    assert len(villages) == 10
    assert {row[-1] for row in villages} == {"没有疑点，未出工作簿"}
    assert total[:2] == ("合计", 20)
    assert sum(int(str(row[2])) for row in villages) == total[2]
    assert list(checked.out.glob("*村.xlsx")) == []


def test_summary_says_what_was_not_found_and_not_run(checked: Result) -> None:
    summary = checked.out / "summary.xlsx"
    assert rows(summary, "村与规则")[2][0] == "没有查出疑点"
    assert rows(summary, "看不懂的单元格")[3][0] == "没有看不懂的单元格"
    assert [(row[2], row[0]) for row in rows(summary, "未运行规则")[3:]] == [
        ("ARC-004", "没有“档案材料”的表")
    ]


def test_summary_lists_refused_files_first(checked: Result) -> None:
    first = rows(checked.out / "summary.xlsx", "文件")[3]
    assert (first[0], first[2]) == ("空.xlsx", "没有读入")
    assert "0 字节" in str(first[-1])
