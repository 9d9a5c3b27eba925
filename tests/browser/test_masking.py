"""Numbers of persons are starred until a click, and the click is written down."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import Desk

pytestmark = pytest.mark.xdist_group("browser")
HOME = "/households/1"
KINDS = {
    "证件号码": (r"\d{6}\*{8}\d{3}[\dX]", r"\d{17}[\dX]"),
    "户联系电话": (r"\d{3}\*{4}\d{4}", r"\d{11}"),
    "银行账号": (r"\*{8,}\d{4}", r"\d{12,}"),
}
IN_FULL = re.compile(r"(?<!\d)(\d{17}[\dX]|1\d{10}|\d{15,})(?!\d)")


def _number(page: Page, label: str) -> Locator:
    """The first number of a kind, with its button; the list of facts names it, or the column of a table."""
    fact = page.locator(f"dt:text-is('{label}') + dd .number")
    return fact.or_(page.locator(f"td[data-label='{label}'] .number")).first


def _journal_of_reveals(desk: Desk) -> Page:
    page = desk.sit("auditor")
    page.get_by_role("link", name="系统", exact=True).click()
    page.get_by_role("link", name="变更日志").click()
    page.get_by_label("谁").fill("county")
    page.locator("select[name=kind]").select_option(label="查看号码")
    page.get_by_role("button", name="查看").click()
    return page


def test_a_click_shows_a_number_and_the_auditor_sees_who_clicked(shared_desk: Desk) -> None:
    page = shared_desk.sit("county")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(HOME)
    for label, (starred, whole) in KINDS.items():
        code = _number(page, label).locator(".code")
        expect(code).to_have_text(re.compile(f"^{starred}$"))
        before = code.inner_text()
        _number(page, label).get_by_role("button").click()
        expect(code).to_have_text(re.compile(f"^{whole}$"))
        assert re.fullmatch(before.replace("*", r"\d"), code.inner_text())
        expect(_number(page, label)).to_be_focused()
        expect(_number(page, label)).to_contain_text("已记入日志")
    assert [url for url in asked if IN_FULL.search(url)] == []
    seen = _journal_of_reveals(shared_desk)
    expect(seen.locator("table.list tbody tr")).to_have_count(len(KINDS))
    assert not IN_FULL.search(seen.locator("main").inner_text())
    seen.locator("table.list tbody a").first.click()
    expect(seen.locator("main")).to_contain_text("银行账号")


def test_a_number_is_starred_again_when_the_page_is_opened_again(shared_desk: Desk) -> None:
    page = shared_desk.sit("clerk")
    page.goto(HOME)
    _number(page, "证件号码").get_by_role("button").click()
    expect(_number(page, "证件号码")).to_contain_text("已记入日志")
    page.reload()
    page.wait_for_load_state("networkidle")
    assert not IN_FULL.search(page.locator("main").inner_text())


def test_who_may_not_reveal_has_no_button_anywhere(shared_desk: Desk) -> None:
    page = shared_desk.sit("leader")
    for address in (HOME, "/findings/1", "/tasks/1"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert not IN_FULL.search(page.locator("main").inner_text()), address
        expect(page.get_by_role("button", name=re.compile("看全|完整号码"))).to_have_count(0)
    page.goto(HOME)
    expect(page.locator(".number .code", has_text="*").first).to_be_visible()


def test_a_search_for_a_number_stands_in_no_address(shared_desk: Desk) -> None:
    page = shared_desk.sit("clerk")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(HOME)
    ending = _number(page, "证件号码").locator(".code").inner_text()[-4:]
    page.goto("/households")
    page.get_by_label("找户和人").fill(ending)
    expect(page.locator("#results tbody a[href='/households/1']")).to_be_visible()
    assert [url for url in [*asked, page.url] if ending in url] == []
    page.goto(HOME)
    page.go_back()
    expect(page.get_by_label("找户和人")).to_have_value(ending)
    expect(page.locator("#results tbody a[href='/households/1']")).to_be_visible()
