"""Files of every readable kind become grids with true row and column numbers."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from bangfu.spreadsheets.grid import CellError, Grid, Range, open_file

SAMPLES = Path(__file__).parents[4] / "shared" / "samples"


def only(path: Path) -> Grid:
    grids, problems = open_file(path, path.name)
    assert problems == []
    assert len(grids) == 1
    return grids[0]


def text_file(folder: Path, content: bytes) -> Path:
    path = folder / "名单.csv"
    path.write_bytes(content)
    return path


def test_cells_keep_their_place_below_and_right_of_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write_string(3, 2, "姓名")
        sheet.write_number(4, 3, 12)
        sheet.merge_range(5, 2, 5, 3, "合并")
        sheet.set_column(3, 3, None, None, {"hidden": True})
        sheet.write_blank(900, 60, None, workbook.add_format({"bold": True}))
    grid = only(path)
    assert (grid.first_row, grid.first_column, len(grid.rows), grid.width) == (1, 1, 6, 4)
    assert grid.rows[3] == ["", "", "姓名", ""]
    assert grid.rows[4] == ["", "", "", 12.0]
    assert grid.merged == (Range(5, 2, 5, 3),)
    assert grid.hidden_columns == {3}


def test_failed_and_uncomputed_formulas_are_no_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "金额"])
        sheet.write_formula(1, 1, "=Sheet9!A1", None, "#REF!")
        sheet.write_formula(3, 5, "=1/0", None, "#DIV/0!")
    assert [row[1] for row in only(path).rows] == ["金额", CellError("#REF!"), "", ""]
    assert only(path).rows[3][5] == CellError("#DIV/0!")

    book = openpyxl.Workbook()
    book.active.append(["合计", "=SUM(B2:B3)"])  # type: ignore[union-attr]
    book.save(path)
    assert only(path).rows[0] == ["合计", CellError("公式没有计算结果")]


def test_dates_of_the_1904_system_are_right(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": True}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.add_worksheet().write_datetime(0, 0, datetime(2023, 3, 1), day)
    assert only(path).rows == [[date(2023, 3, 1)]]


def test_space_filled_rows_at_the_end_are_cut(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "村"])
        for row in range(1, 5000):
            sheet.write_string(row, 0, "  ")
    assert only(path).rows == [["姓名", "村"]]


def test_hidden_and_empty_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("空表")
        workbook.add_worksheet("明细").write_string(0, 0, "甲")
        hidden = workbook.add_worksheet("旧表")
        hidden.write_string(0, 0, "乙")
        hidden.hide()
    grids, problems = open_file(path, "a.xlsx")
    assert [(grid.sheet, grid.is_hidden) for grid in grids] == [("明细", False), ("旧表", True)]
    assert problems == []


def test_xlsx_is_read_under_any_extension(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    book = openpyxl.Workbook()
    book.active.append(["姓名"])  # type: ignore[union-attr]
    book.save(path)
    assert only(path).rows == [["姓名"]]


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_csv_in_every_encoding(tmp_path: Path, codec: str) -> None:
    text = '村,姓名,身份证号\r\n温泉村,孟䶮,="429999197408204314"\r\n\r\n峡山村,"张,三",=cmd|x\r\n'
    assert only(text_file(tmp_path, text.encode(codec))).rows == [
        ["村", "姓名", "身份证号"],
        ["温泉村", "孟䶮", "429999197408204314"],
        ["", "", ""],
        ["峡山村", "张,三", "=cmd|x"],
    ]


def test_tab_separated_text_and_declared_separator(tmp_path: Path) -> None:
    assert only(text_file(tmp_path, "村\t姓名\n甲\t乙,丙\n".encode())).rows == [
        ["村", "姓名"],
        ["甲", "乙,丙"],
    ]
    assert only(text_file(tmp_path, "sep=;\n村;姓名\n甲;乙\n".encode())).rows == [
        ["村", "姓名"],
        ["甲", "乙"],
    ]


def test_guarded_text_with_a_comma_stays_one_cell(tmp_path: Path) -> None:
    assert only(text_file(tmp_path, '村,地址\n甲,="1组,2号"\n'.encode())).rows[1] == ["甲", "1组,2号"]


def test_web_page_with_spans(tmp_path: Path) -> None:
    path = tmp_path / "系统导出.xls"
    page = (
        "<html><head><meta charset='gb2312'><style>td{x}</style></head><body><p>说明</p><table>"
        "<tr><th rowspan=2>姓名</th><th colspan='2'>金额</th></tr><tr><td>春季<td>秋 季</tr>"
        "<tr><td>张&nbsp;三</td><td>1</td><td>a<br>b</td></tr></table><table></table></body></html>"
    )
    path.write_bytes(page.encode("gbk"))
    grid = only(path)
    assert grid.rows == [["姓名", "金额", ""], ["", "春季", "秋 季"], ["张 三", "1", "a\nb"]]
    assert set(grid.merged) == {Range(0, 0, 1, 0), Range(0, 1, 0, 2)}


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the office samples are not here")
def test_office_samples_are_read_as_they_are() -> None:
    folder = SAMPLES / "问题文件"
    assert only(folder / "1904日期.xlsx").rows[1][5] == date(2023, 1, 1)
    assert len(only(folder / "六万空行.xlsx").rows) == 41
    assert only(folder / "老格式改名.xlsx").rows[0][:2] == ["序号", "村"]
    assert only(folder / "生僻字姓名.csv").rows[2][2] == "孟䶮"
    assert only(folder / "系统导出.xls").rows[1][3] == "429999198702222374"
    assert only(folder / "公式注入.xlsx").rows[1][2] == "=cmd|'/C calc'!A0"
    errors = [
        cell.text
        for row in only(folder / "公式错误.xlsx").rows
        for cell in row
        if isinstance(cell, CellError)
    ]
    assert errors == ["#REF!", "#N/A", "#DIV/0!", "#VALUE!"]
    assert only(SAMPLES / "脱贫人口名单.csv").rows[1][6] == "610010000000"
    assert only(SAMPLES / "林业" / "2023年公益林生态效益补偿小班表.xlsx").hidden_columns == {3}
