"""The comparison of sources as a workbook that villages can work through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from bangfu.intake.source_comparison import KINDS, Compared, Tally
from bangfu.office.words import HIDDEN
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, open_book, write_table

_COLUMNS: tuple[Column, ...] = (
    ("村", 11, "label"),
    ("户编号", 15, "id"),
    ("户主/姓名", 10, "label"),
    ("指标", 20, "wrap"),
    ("年度", 6, "count"),
    *((f"{kind}值", 17, "wrap") for kind in KINDS),
    ("一致否", 8, "label"),
    ("不一致的来源", 20, "wrap"),
)
_BY_FIELD: tuple[Column, ...] = (("指标", 28, "text"), ("比对", 9, "count"), ("不一致", 9, "count"))
_BY_PAIR: tuple[Column, ...] = (("来源", 18, "text"), ("比对", 9, "count"), ("不一致", 9, "count"))
_NOTE = "国网值是国网导出表里的值,台账后来更正过的仍写国网原来的。核实以后更正有错的一处。"
_SEEN = "证件号码、健康、账号等敏感内容写成 ***。"


def write_comparison(path: Path, rows: Iterable[Compared], counted: Tally, *, full: bool = False) -> None:
    """Writes the rows and their counts. Sensitive values are hidden unless `full`."""
    look = Look(empty="没有不一致的指标", tints={"不一致": "#B42318"})
    note = _NOTE if full else _NOTE + _SEEN
    with open_book(path, constant_memory=True) as book:
        write_table(book, "比对", _COLUMNS, _lines(rows, full), title="三方比对", note=note, look=look)
        write_table(book, "按指标", _BY_FIELD, counted.by_field, title="各指标比对情况")
        write_table(book, "按来源", _BY_PAIR, counted.by_pair, title="各来源比对情况")


def _lines(rows: Iterable[Compared], full: bool) -> Iterator[tuple[object, ...]]:
    for row in rows:
        is_hidden = row.field.sensitivity == "sensitive" and not full
        values = (HIDDEN if is_hidden and value else value for value in row.values.values())
        yield (
            row.village,
            row.household_no,
            row.name,
            row.field.label,
            row.year,
            *values,
            "不一致" if row.differing else "一致",
            "、".join(f"{left}与{right}" for left, right in row.differing),
        )
