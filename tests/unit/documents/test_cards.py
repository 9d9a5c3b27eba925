"""明白卡 as PDF: pages, what they say, and what happens on the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from bangfu.documents.pdf import (
    Card,
    Contact,
    Entitlement,
    Member,
    Office,
    Press,
    Receipt,
    card_pdf,
    cards_pdf,
)
from bangfu.terms.errors import UserError

OFFICE = Office(
    "茶庵岭镇",
    "镇扶贫办",
    "0715-0000000",
    2020,
    date(2020, 4, 22),
    ["拨打 12317 监督举报电话", "到镇纪委当面反映"],
)


def card(number: int, village: str = "罗峰村", *, head: str = "甲") -> Card:
    return Card(
        village,
        f"4299{number:06d}",
        head,
        "脱贫户",
        [Member(head, "户主", "429999********0011", "患慢性病"), Member("乙", "之子", "429999********002X")],
        [Entitlement("农村低保", "全家", "每人每月438元", "镇民政办")],
        [
            Receipt("农村低保", "全家", 131_400, "2020年1月至3月", "3期"),
            Receipt("学生资助", "乙", 62_505, "2020年3月12日"),
            Receipt("家庭医生签约", "全家", None, "2020年1月"),
        ],
        [Contact("帮扶责任人", "丙", "13900000000", "镇农业服务中心")],
        [("组别", "3组")],
    )


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def pages(content: bytes) -> list[str]:
    return ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]


def test_a_card_says_what_the_household_may_have_and_has_received(press: Press) -> None:
    [page] = pages(card_pdf(card(1), OFFICE, press))
    for text in (
        "帮扶政策明白卡",
        "截至2020年4月22日",
        "429999********0011",
        "家庭人口2人",
        "每人每月438元",
        "1,314.00",
        "合计1,939.05",
        "13900000000",
        "0715-0000000",
        "12317",
        "组别3组",
    ):
        assert text in page


def test_names_are_text_whatever_they_look_like(press: Press) -> None:
    [page] = pages(card_pdf(card(1, head='#x[y]*_$z$<b>"\\'), OFFICE, press))
    assert '户主#x[y]*_$z$<b>"\\' in page


def test_a_household_without_anything_is_told_so(press: Press) -> None:
    empty = Card("罗峰村", "1", "甲", "脱贫户", [], [], [], [])
    [page] = pages(card_pdf(empty, OFFICE, press))
    assert "目前没有登记可以享受的政策" in page
    assert "到截止日还没有发放记录" in page
    assert "合计" not in page


def test_the_year_before_stands_below_with_its_own_total(press: Press) -> None:
    told = replace(card(1), last_year=[Receipt("农村低保", "全家", 500_000, "2019年1月至12月")])
    [page] = pages(card_pdf(told, OFFICE, press))
    assert page.index("2020年已经领到的") < page.index("合计1,939.05") < page.index("2019年全年领到的")
    assert "合计5,000.00" in page


def test_a_village_is_one_file_of_a_page_a_household(press: Press, tmp_path: Path) -> None:
    heard: list[int] = []
    cards = [card(n, "罗峰村" if n < 20 else "金峰村") for n in range(30)]
    files = cards_pdf(iter(cards), tmp_path, OFFICE, progress=heard.append, press=press)
    assert [path.name for path in files] == ["罗峰村.pdf", "金峰村.pdf"]
    assert heard == [20, 30]
    found = pages(files[1].read_bytes())
    assert len(found) == 10
    assert all(f"户编号4299{n + 20:06d}" in page and "第1页" in page for n, page in enumerate(found))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["罗峰村.pdf", "金峰村.pdf"]


def test_a_large_village_is_cut_into_files_of_a_hundred(
    press: Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.documents.pdf.cards._PER_FILE", 2)
    files = cards_pdf((card(n) for n in range(5)), tmp_path, OFFICE, press=press)
    assert [path.stem for path in files] == ["罗峰村（第1—2户）", "罗峰村（第3—4户）", "罗峰村（第5—5户）"]
    assert [len(pages(path.read_bytes())) for path in files] == [2, 2, 1]


def test_a_file_a_household_is_named_by_its_number(press: Press, tmp_path: Path) -> None:
    cards = [card(1, "罗/峰:村"), card(1, "罗/峰:村")]
    files = cards_pdf(cards, tmp_path, OFFICE, per="household", press=press)
    assert [path.name for path in files] == ["罗_峰_村-4299000001.pdf", "罗_峰_村-4299000001(2).pdf"]


def test_the_same_card_is_the_same_file(press: Press) -> None:
    assert card_pdf(card(1), OFFICE, press) == card_pdf(card(1), OFFICE, Press())


def test_without_a_chinese_font_nothing_is_printed(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="fonts-noto-cjk"):
        Press([tmp_path], only_these=True)
