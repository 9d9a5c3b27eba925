from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter
from docx import Document

from bangfu.documents.files.docx_text import open_docx
from bangfu.documents.files.marked import AUTHOR, write_marked
from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Mark, UnreadableText, pasted
from bangfu.documents.verification import verify

WRONG = "教育51万元、医疗14万元、住房68万元,合计143万元。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_any_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "材料.txt"
    path.write_bytes("改造危房32户\r\n".encode(encoding))
    assert open_text(path).text == "改造危房32户\n"


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"\xd0\xcf\x11\xe0 old", "另存为 .docx"),
        (b"%PDF-1.7", "扫描件"),
        (b"PK\x03\x04 broken", "另存为 .docx"),
        (b"\x00\x01\x02\xff\xfe", "不是文字文件"),
        (b"  \n", "没有文字"),
    ],
)
def test_what_is_no_text_is_refused_with_advice(tmp_path: Path, content: bytes, advice: str) -> None:
    path = tmp_path / "材料"
    path.write_bytes(content)
    with pytest.raises(UnreadableText, match=advice):
        open_text(path)


def report(path: Path) -> Path:
    document = Document()
    paragraph = document.add_paragraph("教育51万元、医疗14万")
    paragraph.add_run("元、住房68万元,").bold = True
    paragraph.add_run("合计14")
    paragraph.add_run("3万元。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "户数", "32户"
    document.add_paragraph("改造危房32户")
    document.save(str(path))
    return path


def test_a_word_file_is_read_in_order_with_its_tables(tmp_path: Path) -> None:
    source = open_text(report(tmp_path / "a.docx"))
    assert source.text.splitlines() == [WRONG, "户数\t32户", "改造危房32户"]


def test_every_character_of_a_word_file_leads_back_to_its_run(tmp_path: Path) -> None:
    word = open_docx(report(tmp_path / "a.docx"), "a")
    assert all(word.text[piece.start : piece.end] == piece.run.text for piece in word.pieces)


def test_a_marked_copy_has_a_comment_at_the_place(tmp_path: Path) -> None:
    path, out = report(tmp_path / "a.docx"), tmp_path / "b.docx"
    before = path.read_bytes()
    source = open_text(path)
    found = verify(source)
    write_marked(source, found.marks(), out)
    marked = Document(str(out))
    (comment,) = marked.comments
    assert (comment.author, "合计" in comment.text) == (AUTHOR, True)
    assert open_text(out).text == source.text
    assert path.read_bytes() == before
    with ZipFile(out) as package:
        body = package.read("word/document.xml").decode("utf-8")
    inside = body[body.index("commentRangeStart") : body.index("commentRangeEnd")]
    assert "14" in inside
    assert "3万元" in inside
    assert "合计" not in inside


def test_pasted_words_become_a_new_marked_document(tmp_path: Path) -> None:
    out = tmp_path / "b.docx"
    source = pasted(f"标题\n{WRONG}")
    write_marked(source, [Mark(3, 7, "请核对")], out)
    assert open_text(out).text.rstrip("\n") == source.text
    assert [comment.text for comment in Document(str(out)).comments] == ["请核对"]


def workbook(path: Path, rows: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("资金")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def test_a_workbook_is_read_by_rows_with_their_addresses(tmp_path: Path) -> None:
    rows = [
        ["附表2"],
        ["村名", "户数(户)", "金额(万元)", "支付率"],
        ["甲村", 12, 3.5, 0.875],
        ["乙村", 20, 6, 1],
    ]
    source = open_text(workbook(tmp_path / "表.xlsx", [*rows, ["合计", 32, 9.5, 0.95]]))
    assert source.text.splitlines()[0] == "资金!A1 附表2"
    assert source.text.splitlines()[2] == "资金!A3:D3\t甲村\t12\t3.5\t0.875"
    quantities = verify(source).reading.quantities
    assert [(one.text, one.base_value, one.subject) for one in quantities][:3] == [
        ("12", 12, "户数"),
        ("3.5", 35000, "金额"),
        ("0.875", Decimal("0.875"), "支付率"),
    ]
    assert verify(source).doubts == ()


def test_a_wrong_total_in_a_workbook_is_found(tmp_path: Path) -> None:
    rows: list[list[object]] = [["序号", "村名", "户数"], [1, "甲村", 12], [2, "乙村", 20], ["", "合计", 23]]
    (doubt,) = verify(open_text(workbook(tmp_path / "表.xlsx", rows))).doubts
    assert (doubt.relation.kind, doubt.quantity.text) == ("sum", "23")


def test_cells_after_a_merged_one_stand_under_their_own_heads(tmp_path: Path) -> None:
    document = Document()
    table = document.add_table(rows=3, cols=4)
    heads = table.rows[0].cells
    heads[0].text, heads[3].text = "村名", "资金(万元)"
    heads[1].merge(heads[2]).text = "脱贫"
    for cell, words in zip(table.rows[1].cells, ("", "户数", "人数", ""), strict=True):
        cell.text = words
    for cell, words in zip(table.rows[2].cells, ("甲村", "12", "36", "3.5"), strict=True):
        cell.text = words
    document.save(str(tmp_path / "a.docx"))
    quantities = verify(open_text(tmp_path / "a.docx")).reading.quantities
    assert [(one.base_value, one.base_unit, one.subject) for one in quantities] == [
        (12, "户", "脱贫户数"),
        (36, "人", "脱贫人数"),
        (35000, "元", "资金"),
    ]
