"""Without a mouse: everything is reached in order, one sees where one is, and dialogs give the place back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import DESK, PASSWORD, PHONE, Desk

pytestmark = pytest.mark.xdist_group("browser")
WHERE = """() => {
  const one = document.activeElement, area = one.closest(".drop-zone") ?? one, box = area.getBoundingClientRect();
  const look = getComputedStyle(area), x = box.left + Math.min(box.width, 24) / 2;
  const above = [0.1, 0.5, 0.9].map((part) => document.elementFromPoint(x, box.top + box.height * part));
  const before = window.lastFocused;
  window.lastFocused = one;
  return {
    name: (one.getAttribute("aria-label") ?? one.labels?.[0]?.textContent ?? one.textContent).trim().slice(0, 60),
    tag: one.tagName,
    isMain: Boolean(one.closest("main")),
    isSeen: (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none",
    isUncovered: above.some((top) => top !== null && (area.contains(top) || top.contains(area))),
    isInOrder: !before?.isConnected || Boolean(before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING),
  };
}"""


def _tab_to(page: Page, name: str, most: int = 90) -> None:
    """Tabs forward to what has this name; on the way each place is seen, uncovered, and follows the one before."""
    page.evaluate("() => { window.lastFocused = undefined; }")
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["tag"] == "BODY":
            continue
        assert here["isSeen"], here
        assert here["isUncovered"], here
        assert here["isInOrder"], here
        if re.search(name, here["name"]):
            return
    raise AssertionError(f"{name} is not reached on {page.url}")


def _enter(page: Page, name: str) -> None:
    _tab_to(page, name)
    page.keyboard.press("Enter")


def _log_in(page: Page, username: str) -> None:
    page.goto("/login")
    expect(page.get_by_label("账号")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="主菜单")).to_be_visible()


def test_a_household_is_found_changed_and_saved(shared_desk: Desk) -> None:
    page = shared_desk.visit()
    _log_in(page, "cadre")
    _tab_to(page, "跳到正文", most=1)
    expect(page.get_by_role("link", name="跳到正文")).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["isMain"]
    page.reload()
    _enter(page, "^农户$")
    expect(page.get_by_label("找户和人")).to_be_visible()
    found = page.locator("#results tbody th a").nth(15)
    name, address = found.inner_text(), found.get_attribute("href")
    page.keyboard.press("/")
    expect(page.get_by_label("找户和人")).to_be_focused()
    page.keyboard.type(name)
    expect(page.locator("#results tbody")).not_to_contain_text("何信帆")
    _enter(page, f"^{name}$")
    page.wait_for_url(f"**{address}")
    _enter(page, "^编辑$")
    expect(page.locator("#checked")).to_contain_text("还没有改动", timeout=DESK)
    _tab_to(page, "^家庭住址$")
    page.keyboard.press("Control+A")
    page.keyboard.type("键盘 9 号")
    expect(page.locator("#checked")).to_contain_text("已校验")
    _enter(page, "^保存$")
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_label("家庭住址", exact=True)).to_have_value("键盘 9 号")


def test_what_is_wrong_takes_the_focus(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    page.goto("/households")
    page.goto(f"{page.locator('#results tbody th a').nth(16).get_attribute('href')}/edit")
    page.get_by_label("离村日期").fill("去年")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="没有保存")).to_be_focused()
    assert page.evaluate(WHERE)["isUncovered"]
    _enter(page, "离村日期.*去年")
    expect(page.get_by_label("离村日期")).to_be_focused()


def test_a_task_is_acknowledged_and_answered(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    _enter(page, "^清单$")
    page.wait_for_url("**/tasks")
    new = page.locator("tbody tr", has_text="待整改")
    number = new.locator("a").first.inner_text()
    _enter(page, f"^{number}$")
    expect(page.get_by_role("heading", name="责任和时限")).to_be_visible()
    _enter(page, "^签收$")
    expect(page.get_by_text("已签收")).to_be_visible()
    page.wait_for_load_state("networkidle")
    _tab_to(page, "^整改措施")
    page.keyboard.type("入户核对了申请表")
    _tab_to(page, "^整改成效")
    page.keyboard.type("已更正")
    _tab_to(page, "选择照片或 PDF")
    _enter(page, "答复（整改完成）")
    expect(page.get_by_text("已答复，等待核实")).to_be_visible()


@pytest.mark.parametrize("address", ["/households", "/tasks", "/findings"])
def test_a_dialog_closes_with_escape_and_gives_the_place_back(shared_desk: Desk, address: str) -> None:
    page = shared_desk.sit("clerk")
    page.goto(address)
    opener = page.get_by_role("button", name=re.compile("^导出")).first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert dialog.get_attribute("aria-labelledby")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            f"() => ({WHERE})().tag === 'BODY' || document.activeElement.closest('dialog') !== null"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(opener).to_be_focused()


@pytest.mark.parametrize("size", [None, PHONE], ids=["office", "phone"])
def test_ones_own_menu_opens_and_closes(shared_desk: Desk, size: dict[str, int] | None) -> None:
    page = shared_desk.sit("cadre", size)
    _enter(page, "王秀兰")
    expect(page.get_by_role("link", name="修改密码")).to_be_visible()
    _tab_to(page, "修改密码", most=3)
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="修改密码")).to_be_hidden()
    assert page.evaluate(WHERE)["name"] == "王秀兰"


def test_a_number_is_revealed_and_the_place_is_kept(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    page.goto("/households")
    page.goto(page.locator("#results tbody th a").nth(17).get_attribute("href") or "")
    _enter(page, "看全.*银行账号")
    expect(page.locator(".number", has_text="已记入日志")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate(WHERE)["isMain"]
