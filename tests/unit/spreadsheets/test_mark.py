"""The sender's file handed back with its faulty cells marked."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
import xlsxwriter

from bangfu.spreadsheets import mark
from bangfu.spreadsheets.grid import open_file
from bangfu.spreadsheets.mark import CellProblem, mark_copy

PROBLEM = CellProblem("名单", 2, 2, "=42999", "18 位身份证号", "核对后改正")


def sender(path: Path) -> Path:
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("名单")
        sheet.set_column(0, 0, 33)
        sheet.write_row(0, 0, ["姓名", "身份证号", "金额"])
        sheet.write_row(1, 0, ["=cmd|x", "=42999", 5])
        sheet.write_row(2, 0, ["李四", "429999197408204314", 7])
        sheet.write_formula(3, 2, "=SUM(C2:C3)", None, 12)
        sheet.merge_range(4, 0, 4, 2, "合并")
    return path


def marked(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path)


def test_copy_keeps_looks_formulas_and_texts(tmp_path: Path) -> None:
    merged = CellProblem("名单", 5, 3, "", "空", "删除")
    out = mark_copy(sender(tmp_path / "a.xlsx"), [PROBLEM, PROBLEM, merged], tmp_path / "out.xlsx")
    workbook = marked(out)
    assert workbook.sheetnames == ["问题清单", "名单"]
    sheet = workbook["名单"]
    assert sheet["B2"].fill.fgColor.rgb.endswith("FFFF00")
    assert sheet["B2"].comment.text == "发现:=42999\n应为:18 位身份证号\n处理:核对后改正"
    assert sheet["A5"].comment is not None  # the visible cell of the merged range
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A2"].quotePrefix) == ("=cmd|x", "s", True)
    assert (sheet["C4"].value, sheet["C4"].data_type) == ("=SUM(C2:C3)", "f")
    assert sheet.column_dimensions["A"].width == pytest.approx(33, abs=1)
    listed = workbook["问题清单"]
    assert [cell.value for cell in listed[2]] == ["1", "名单", "B2", "=42999", "18 位身份证号", "核对后改正"]
    assert listed["D2"].data_type == "s"
    assert listed["C2"].hyperlink.location == "'名单'!B2"


def test_macros_do_not_come_back(tmp_path: Path) -> None:
    path = sender(tmp_path / "a.xlsm")
    with ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    out = mark_copy(path, [PROBLEM], tmp_path / "out.xlsm")
    assert out.name == "out.xlsx"
    with ZipFile(out) as package:
        assert not [name for name in package.namelist() if "vba" in name]


def test_csv_comes_back_as_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,身份证号\n=cmd|x,42999\n李四,429999197408204314\n".encode("gbk"))
    problem = CellProblem("CSV", 2, 2, "42999", "18 位身份证号", "核对")
    out = mark_copy(path, [problem], tmp_path / "out")
    sheet = marked(out)["CSV"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["姓名", "身份证号"],
        ["=cmd|x", "42999"],
        ["李四", "429999197408204314"],
    ]
    assert (sheet["A2"].data_type, sheet["B2"].data_type) == ("s", "s")
    assert sheet["B2"].comment is not None
    assert sheet["B2"].fill.fgColor.rgb == "FFFFFF00"


def test_web_page_keeps_its_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes("<table><tr><td colspan=2>表</td></tr><tr><td>甲</td><td>1</td></tr></table>".encode())
    out = mark_copy(path, [CellProblem("表格1", 1, 1, "表", "空", "删")], tmp_path / "out")
    sheet = marked(out)["表格1"]
    assert [str(r) for r in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet["A1"].value == "表"


def test_large_files_give_only_the_faulty_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mark, "MAX_COPY_CELLS", 5)
    out = mark_copy(sender(tmp_path / "a.xlsx"), [PROBLEM], tmp_path / "out.xlsx")
    sheet = marked(out)["名单"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["原行号", None, None, None],
        [1, "姓名", "身份证号", "金额"],
        [2, "=cmd|x", "=42999", 5],
    ]
    assert sheet["C3"].comment is not None


def test_workbook_that_openpyxl_refuses_is_rebuilt(tmp_path: Path) -> None:
    path = sender(tmp_path / "a.xlsx")
    broken = tmp_path / "b.xlsx"
    with ZipFile(path) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/styles.xml":
                content = content.replace(
                    b'<fill><patternFill patternType="none"/>', b'<fill><patternFill patternType="x"/>'
                )
            new.writestr(name, content)
    out = mark_copy(broken, [PROBLEM], tmp_path / "out.xlsx")
    assert marked(out)["名单"]["B2"].comment is not None


def test_unreadable_file_gives_the_list_alone_and_no_leftovers(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n")
    out = mark_copy(path, [PROBLEM], tmp_path / "out.xlsx")
    assert marked(out).sheetnames == ["问题清单"]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "out.xlsx"]


def test_marked_copy_can_be_read_again(tmp_path: Path) -> None:
    out = mark_copy(sender(tmp_path / "a.xlsx"), [PROBLEM], tmp_path / "out.xlsx")
    grids, problems = open_file(out, out.name)
    assert problems == []
    assert grids[1].rows[2][:2] == ["李四", "429999197408204314"]
