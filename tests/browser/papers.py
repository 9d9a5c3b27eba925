"""Papers asked for as a clerk does, for the test and for the manual's pictures."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import Page

_WAIT = 120_000  # milliseconds: the first figures are counted on the way


def write_report(page: Page, template: str, reason: str, *, with_annex: bool = False) -> None:
    """Ends on the paper's page."""
    page.goto("/papers")
    page.get_by_label("模板").select_option(label=template)
    page.get_by_label("用途").fill(reason)
    page.get_by_label("同时写数据明细").set_checked(with_annex)
    page.get_by_role("button", name="开始写").click()
    page.get_by_role("heading", name="里面的数字").wait_for(timeout=_WAIT)


def fill_form(page: Page, folder: Path, day: str) -> None:
    """A small form of three villages, as of a day."""
    path = folder / "脱贫人口情况表.xlsx"
    path.write_bytes(_form())
    page.goto("/papers/forms")
    page.get_by_label("上传一张表").set_input_files(path)
    page.get_by_label("截至哪一天").fill(day)
    page.get_by_label("用途").fill("报县乡村振兴局")
    page.get_by_role("button", name="开始填").click()
    page.get_by_role("heading", name="合计核对").wait_for(timeout=_WAIT)


def print_cards(page: Page, village: str) -> None:
    page.goto("/papers/cards")
    page.get_by_label("范围").select_option(label=village)
    page.get_by_label("用途").fill("入户发放")
    page.get_by_label("办公室电话").fill("0715-5550123")
    page.get_by_label("怎样反映问题").fill("拨打 12317 监督举报电话")
    page.get_by_role("button", name="开始印").click()
    page.get_by_role("button", name="pdf").or_(page.get_by_role("button", name="PDF")).first.wait_for(
        timeout=_WAIT
    )


def _form() -> bytes:
    book, kept = Workbook(), BytesIO()
    assert book.active is not None
    book.active.append(["村", "户数", "人数", "上年产业奖补（万元）"])
    for village in ("罗峰村", "云台山村", "金锋村"):
        amount = "{{award_amount@上年[村=<A>] | 万元(2) | 数}}"
        book.active.append([village, "{{poor_households[村=<A>]}}", "{{poor_persons[村=<A>]}}", amount])
    total = "{{award_amount@上年 | 万元(2) | 数}}"
    book.active.append(["合计", "{{poor_households}}", "{{poor_persons}}", total])
    book.save(kept)
    return kept.getvalue()
