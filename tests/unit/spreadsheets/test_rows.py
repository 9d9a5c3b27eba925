"""Data, totals, footers and captions below a header."""

from __future__ import annotations

import time

from bangfu.spreadsheets.grid import Grid
from bangfu.spreadsheets.headers import Header
from bangfu.spreadsheets.rows import RowKinds, TotalKind, classify_rows

NAMES = ["序号", "村", "姓名", "金额"]


def classify(*rows: list[object]) -> RowKinds:
    return classify_rows(Grid("a", "s", [list(NAMES), *rows]), Header(0, 1, NAMES, NAMES), [2])


def person(number: float = 1.0) -> list[object]:
    return [number, "温泉村", "张三", 10.0]


def test_subtotals_sum_their_block_and_the_total_all_data() -> None:
    kinds = classify(
        person(),
        person(),
        ["", "小 计", "", 20.0],
        ["", "", "", ""],
        person(),
        ["", "峡山村小计", "", 10.0],
        ["合  计", "", "", 30.0],
    )
    assert kinds.data == [1, 2, 5]
    assert kinds.blanks == [4]
    assert [(t.row, t.kind, t.covers) for t in kinds.totals] == [
        (3, TotalKind.SUBTOTAL, [1, 2]),
        (6, TotalKind.SUBTOTAL, [5]),
        (7, TotalKind.TOTAL, [1, 2, 5]),
    ]


def test_total_in_front_covers_what_follows() -> None:
    kinds = classify(["合计", "", "", 20.0], person(), person())
    assert kinds.totals[0].covers == [2, 3]


def test_subtotals_in_front_cover_their_block() -> None:
    kinds = classify(["小计", "", "", 1.0], person(), ["小计", "", "", 1.0], person(), person())
    assert [t.covers for t in kinds.totals] == [[2], [4, 5]]


def test_several_totals_close_a_block_each() -> None:
    kinds = classify(person(), ["合计", "", "", 1.0], person(), ["合计", "", "", 1.0], ["总计", "", "", 2.0])
    assert [t.covers for t in kinds.totals] == [[1], [3], [1, 3]]


def test_total_in_the_key_column_and_with_a_count() -> None:
    kinds = classify(person(), ["", "", "合计:", 10.0], ["合计", "", "1人", 10.0])
    assert [t.row for t in kinds.totals] == [2, 3]


def test_a_filled_key_is_data_whatever_else_stands_there() -> None:
    kinds = classify(["医疗费用合计", "温泉村", "张三", 1.0], ["备注:已故", "温泉村", "李四", 1.0])
    assert kinds.data == [1, 2]


def test_a_missing_key_stays_data() -> None:
    assert classify(["1", "温泉村", "", 300.0], person()).data == [1, 2]


def test_footers_captions_and_repeated_headers() -> None:
    kinds = classify(
        ["1", "2", "3", "4"],
        ["一、温泉村", "", "", ""],
        person(),
        list(NAMES),
        person(),
        ["", "", "", ""],
        ["制表人:张干事", "", "审核人:", ""],
        ["赤壁市残疾人联合会", "", "", ""],
    )
    assert kinds.data == [3, 5]
    assert kinds.captions == [1, 2, 4]
    assert kinds.footers == [7, 8]


def test_a_long_sheet_is_sorted_quickly() -> None:
    row: list[object] = [1.0, "温泉村", "张三", *["是"] * 150]
    rows = [list(NAMES), *([row] * 180_000)]
    started = time.perf_counter()
    kinds = classify_rows(Grid("a", "s", rows), Header(0, 1, NAMES, NAMES), [2])
    assert len(kinds.data) == 180_000
    assert time.perf_counter() - started < 10
