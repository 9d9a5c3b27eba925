"""Layouts that borrow the spellings of another, and lists that only their title tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.policy.source import RulebookError
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.spreadsheets.recognise import recognise
from bangfu.spreadsheets.sheet import Grid

EXPORT = """
id: an_export
name: 导出
kind: register
require: [helper_name]
emit:
  - table: household
    columns: {nat_household_no: [户编号], exit_year: [脱贫年度], helper_name: [帮扶责任人]}
"""
VALUES = """
id: values
name: 核对表
kind: sources
titled: true
title: [档案核对]
like: an_export
require: [nat_household_no]
emit:
  - table: household
    fields: [nat_household_no, exit_year]
    columns: {exit_year: [退出年度], head_name: [户主]}
"""


def layouts(folder: Path, *texts: str) -> dict[str, Layout]:
    (folder / "layouts").mkdir()
    for text in texts:
        (folder / "layouts" / f"{text.split()[1]}.yaml").write_text(text.lstrip(), "utf-8")
    return {layout.id: layout for layout in load_layouts(folder)}


def test_a_layout_borrows_spellings_and_adds_its_own(tmp_path: Path) -> None:
    [emit] = layouts(tmp_path, EXPORT, VALUES)["values"].emits
    assert {column.field: column.headers for column in emit.columns} == {
        "nat_household_no": ("户编号",),
        "exit_year": ("脱贫年度", "退出年度"),
        "head_name": ("户主",),
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("like: an_export", "like: an_exprot", "like 里的版式 an_exprot 不存在,是不是 an_export"),
        ("exit_year]", "exit_yaer]", "fields 里的 exit_yaer 在 like 的版式里没有,是不是 exit_year"),
        ("title: [档案核对]", "title: []", "写了 titled 就要写 title"),
        (
            "kind: sources",
            "kind: source",
            "kind 应是 register、removals、villages、list、sources、feedback 之一",
        ),
    ],
)
def test_mistakes_are_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(RulebookError, match=message):
        layouts(tmp_path, EXPORT, VALUES.replace(old, new))


@pytest.mark.parametrize(("title", "found"), [("2023年档案核对表", "values"), ("2023年一览表", None)])
def test_a_titled_list_is_known_by_its_title_alone(tmp_path: Path, title: str, found: str | None) -> None:
    known = tuple(layouts(tmp_path, EXPORT, VALUES).values())
    rows: list[list[object]] = [[title, "", ""], ["户编号", "退出年度", "户主"], ["61001", 2016.0, "甲"]]
    recognised = recognise(Grid(file="名单.xlsx", sheet="Sheet1", rows=rows), known)
    assert (recognised.layout.id if recognised else None) == found
