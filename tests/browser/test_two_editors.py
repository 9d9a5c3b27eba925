"""Two people have the same form open: the second sees both versions and decides, and nothing goes unseen."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.browsing import DESK, Desk, is_wider_than_the_screen, unmet

pytestmark = pytest.mark.xdist_group("browser")


def _own_household(cadre: Page, place: int) -> str:
    """The form of a household that both the cadre and the clerk may change."""
    cadre.goto("/households")
    return f"{cadre.locator('#results tbody th a').nth(place).get_attribute('href')}/edit"


def _opened(page: Page, form: str) -> Page:
    page.goto(form)
    expect(page.locator("#checked")).to_contain_text("还没有改动", timeout=DESK)
    return page


def _fill(page: Page, **typed: str) -> None:
    for label, text in typed.items():
        page.get_by_label(label, exact=True).fill(text)


def _save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def _row(page: Page, heading: str, label: str) -> Locator:
    panel = page.locator("section.panel", has=page.get_by_role("heading", name=heading))
    return panel.get_by_role("row", name=label)


def _meet(desk: Desk, place: int) -> tuple[Page, Page, str]:
    """The cadre has saved when the clerk saves: the clerk's page shows both versions."""
    cadre, clerk = desk.sit("cadre"), desk.sit("clerk")
    form = _own_household(cadre, place)
    for page in (cadre, clerk):
        _opened(page, form)
    _fill(cadre, 家庭住址="村东 1 号", 自然村="东塆", 开户名="甲")
    _save(cadre)
    expect(cadre.get_by_text("已保存")).to_be_visible()
    _fill(clerk, 家庭住址="村西 2 号", 自然村="西塆", 村民小组="九组")
    _save(clerk)
    expect(clerk.get_by_role("heading", name="两边都改了的")).to_be_visible()
    return cadre, clerk, form


def test_the_second_sees_both_versions_and_takes_of_each(shared_desk: Desk) -> None:
    _, clerk, form = _meet(shared_desk, 2)
    assert unmet(clerk) == []
    assert not is_wider_than_the_screen(clerk)
    both = _row(clerk, "两边都改了的", "家庭住址")
    for said in ("村东 1 号", "村西 2 号", "王秀兰"):
        expect(both).to_contain_text(said)
    expect(_row(clerk, "只有对方改了的", "开户名")).to_contain_text("甲")
    expect(_row(clerk, "只有您改了的", "村民小组")).to_contain_text("九组")
    both.get_by_role("radio", name="村西 2 号").check()
    _row(clerk, "两边都改了的", "自然村").get_by_role("radio", name="东塆").check()
    clerk.get_by_role("button", name="按选定的保存").click()
    expect(clerk.get_by_text("已保存")).to_be_visible()
    _opened(clerk, form)
    for label, text in {
        "家庭住址": "村西 2 号",
        "自然村": "东塆",
        "村民小组": "九组",
        "开户名": "甲",
    }.items():
        expect(clerk.get_by_label(label, exact=True)).to_have_value(text)
    expect(clerk.get_by_text("已恢复")).to_have_count(0)
    clerk.goto(form.removesuffix("/edit"))
    clerk.locator("#changes").scroll_into_view_if_needed()
    for said in ("村东 1 号", "村西 2 号", "cadre", "clerk"):
        expect(clerk.locator("#changes")).to_contain_text(said)


def test_nothing_is_saved_before_every_difference_is_decided(shared_desk: Desk) -> None:
    cadre, clerk, form = _meet(shared_desk, 3)
    _row(clerk, "两边都改了的", "家庭住址").get_by_role("radio", name="村西 2 号").check()
    clerk.get_by_role("button", name="按选定的保存").click()
    expect(_row(clerk, "两边都改了的", "自然村")).to_be_visible()
    _opened(cadre, form)
    expect(cadre.get_by_label("家庭住址", exact=True)).to_have_value("村东 1 号")


def test_who_gives_way_sees_the_others_version_and_no_draft_of_the_own(shared_desk: Desk) -> None:
    _, clerk, form = _meet(shared_desk, 4)
    clerk.get_by_role("link", name="放弃我的改动，看现在的").click()
    expect(clerk.get_by_label("家庭住址", exact=True)).to_have_value("村东 1 号")
    _opened(clerk, form)
    expect(clerk.get_by_label("家庭住址", exact=True)).to_have_value("村东 1 号")
    expect(clerk.get_by_text("已恢复")).to_have_count(0)


def test_a_third_change_while_one_decides_is_shown_too(shared_desk: Desk) -> None:
    cadre, clerk, form = _meet(shared_desk, 5)
    _opened(cadre, form)
    _fill(cadre, 家庭住址="村北 3 号")
    _save(cadre)
    expect(cadre.get_by_text("已保存")).to_be_visible()
    for label in ("家庭住址", "自然村"):
        _row(clerk, "两边都改了的", label).get_by_role("radio", name="西").check()
    clerk.get_by_role("button", name="按选定的保存").click()
    expect(_row(clerk, "两边都改了的", "家庭住址")).to_contain_text("村北 3 号")
