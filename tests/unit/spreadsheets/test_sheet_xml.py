"""The scan of a sheet's XML, cut into pieces anywhere."""

from __future__ import annotations

import pytest

from bangfu.spreadsheets.sheet_xml import column_number, scan_sheet

SHEET = (
    b'<worksheet><cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols><sheetData>'
    b'<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="e"><f>x</f><v>#N/A</v></c></row>'
    b'<row r="7"><c r="A7"><f>SUM(A1)</f><v></v></c><c r="D7" t="str"><f>y</f><v></v></c></row>'
    b'<row r="8" s="1"><c r="XFD8" s="1"/></row></sheetData></worksheet>'
)


@pytest.mark.parametrize("size", [1, 7, 64, 10_000])
def test_pieces_of_any_size_give_the_same(size: int) -> None:
    scan = scan_sheet(SHEET[i : i + size] for i in range(0, len(SHEET), size))
    assert scan.errors == {(0, 1): "#N/A", (6, 0): "公式没有计算结果"}
    assert scan.hidden_columns == {1, 2}
    assert (scan.last_row, scan.last_column) == (7, 4)


def test_prefixed_tags_are_understood() -> None:
    sheet = (
        b'<x:worksheet xmlns:x="u"><x:sheetData><x:row r="2"><x:c r="C2" t="e"><x:v>#REF!</x:v></x:c></x:row>'
    )
    assert scan_sheet([sheet]).errors == {(1, 2): "#REF!"}


def test_coloured_blank_cells_do_not_reach() -> None:
    row = b'<worksheet><row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row></worksheet>'
    assert scan_sheet([row]).last_column == 1


def test_errors_without_a_reference_are_counted() -> None:
    scan = scan_sheet([b'<worksheet><row><c t="e"><v>#REF!</v></c><c ><v>1</v></c></row></worksheet>'])
    assert (scan.unplaced_errors, scan.last_column) == (1, 2)


def test_column_number() -> None:
    assert [column_number(name) for name in (b"A", b"Z", b"AA", b"XFD")] == [1, 26, 27, 16384]
