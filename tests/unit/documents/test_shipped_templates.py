"""The templates that come with the rulebook are what their texts say, and are filled with what they declare."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from tests.house.tree import ROOT
from tests.unit.documents.word_texts import DAY, opened

from bangfu.documents.word import FieldValue, references_of, render_report
from bangfu.documents.word.shipped import SHIPPED, Shipped, made_from_text

FOLDER = ROOT / "rulebook" / "reports"


def parts(content: bytes) -> Mapping[str, bytes]:
    """What is in the package: other machines pack the same texts to other bytes."""
    with ZipFile(BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def words_of(shipped: Shipped) -> Mapping[str, Any]:
    years = {"本年": 2020, "上年": 2019, "前年": 2018, "大前年": 2017}
    words = {name: years.get(name, f"〈{name}〉") for name in shipped.words}
    return {**words, "日期": DAY}


def lists_of(shipped: Shipped, length: int) -> Mapping[str, Any]:
    return {
        name: [{column: f"{column}{n}" for column in columns} for n in range(length)]
        for name, columns in shipped.lists.items()
    }


def filled(name: str, length: int, value: int | None = 3) -> Any:
    shipped = SHIPPED[name]
    return render_report(
        FOLDER / f"{name}.docx",
        lambda _: FieldValue("", value),
        day=DAY,
        words=words_of(shipped),
        lists=lists_of(shipped, length),
    )


def test_the_files_are_what_their_texts_say() -> None:
    made = made_from_text(FOLDER)
    changed = [
        name
        for name, content in made.items()
        if parts((FOLDER / f"{name}.docx").read_bytes()) != parts(content)
    ]
    assert not changed, "make reports"


def test_no_text_is_without_its_template() -> None:
    assert {path.stem for path in (FOLDER / "text").glob("*.txt")} == set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_filled_with_the_words_and_lists_that_it_declares(name: str) -> None:
    document = opened(filled(name, 3).content)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    everything = "\n".join([*(one.text for one in document.paragraphs), *cells])
    assert not [sign for sign in "{}｛｝%" if sign in everything]
    assert "（未统计）" not in everything


@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_filled_where_lists_are_empty_and_nothing_is_known(name: str) -> None:
    result = filled(name, 0, None)
    assert len(result.blanks) == len(result.uses)


def test_the_annual_report_states_the_figures_of_the_ledgers() -> None:
    shipped = SHIPPED["annual_report"]
    references = references_of(
        FOLDER / "annual_report.docx", words=words_of(shipped), lists=lists_of(shipped, 1)
    )
    assert len(references) > 90
    assert "inpatient_reimbursed@2019-01..2019-10" in references
    assert "projects_completed@2017" in references
    assert "projects_allotted_investment@2017..2019[村=村编码0]" in references
