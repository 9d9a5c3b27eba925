"""What each role's pages offer: the menu, what lies outside, buttons that change something."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import Desk

pytestmark = pytest.mark.xdist_group("browser")
MENUS = {
    "clerk": "工作台 农户 台账 核查 清单 导入 材料 政策 系统",
    "leader": "工作台 农户 台账 核查 清单 材料 政策",
    "cadre": "工作台 农户 台账 核查 清单 材料 政策",
    "helper": "工作台 农户 台账 核查 清单 材料 政策",
    "minzheng": "工作台 台账 核查 清单 材料 政策",
    "county": "工作台 农户 台账 核查 清单 导入 材料 政策 系统",
    "auditor": "工作台 农户 台账 核查 清单 导入 材料 政策 系统",
    "admin": "工作台 政策 系统",
}
NOWHERE = "/households/987654"
HARMLESS = re.compile(
    r"核查记录|误报认定|待确认的问题|回到|下一页|更早|查看|查找|清除|清空|筛选|取消|打印|导出|看全|完整号码"
    r"|验证日志|全面核对|明白卡|下载"
)


@pytest.mark.parametrize("account", MENUS)
def test_the_menu_shows_what_the_role_may_open(desk: Desk, account: str) -> None:
    page = desk.sit(account)
    links = page.get_by_role("navigation", name="主菜单").get_by_role("link")
    assert links.all_inner_texts() == MENUS[account].split()


def _stands(page: Page, address: str) -> tuple[int, str]:
    """The answer and everything that is to be read."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status, page.locator("body").inner_text()


@pytest.mark.parametrize("account", ["cadre", "helper"])
def test_a_foreign_household_is_like_one_that_is_not_there(desk: Desk, account: str) -> None:
    page = desk.sit(account)
    nowhere = _stands(page, NOWHERE)
    assert nowhere[0] == 404
    assert "没有找到" in nowhere[1]
    page.goto("/households")
    own = page.locator("#results tbody th a").first.get_attribute("href") or ""
    assert _stands(page, own)[0] == 200
    assert _stands(page, "/households/1") == nowhere
    assert _stands(page, "/households/1/benefits") == nowhere
    if account == "cadre":
        assert _stands(page, "/households/1/edit") == nowhere
    page.get_by_role("link", name="回到工作台").click()
    expect(page).to_have_url(re.compile("/$"))


def test_a_cadre_sees_the_own_village_and_nothing_else(desk: Desk) -> None:
    page = desk.sit("cadre")
    for address in ("/households", "/findings", "/tasks"):
        page.goto(address)
        cells = page.locator("td[data-label='村组'] .keep, td[data-label='村']")
        assert {name.removesuffix("委会") for name in cells.all_inner_texts()} == {"中心坪村"}, address
    page.goto("/")
    assert "中心坪" in page.locator("main").inner_text()
    clerk = desk.sit("clerk")
    clerk.goto("/findings")
    assert len(set(clerk.locator("td[data-label='村']").all_inner_texts())) > 1


def test_the_administrator_sees_nothing_of_households(desk: Desk) -> None:
    clerk = desk.sit("clerk")
    clerk.goto("/households")
    names = set(clerk.locator("#results tbody th a").all_inner_texts())
    page = desk.sit("admin")
    for address in ("/", "/system/health", "/system/users", "/system/backups", "/jobs"):
        status, told = _stands(page, address)
        assert status == 200, address
        assert not [name for name in names if name in told], address
    for address in (
        "/households",
        "/households/1",
        NOWHERE,
        "/findings/1",
        "/tasks/1",
        "/imports",
        "/system/journal",
    ):
        status, told = _stands(page, address)
        assert status == 403, address
        assert "没有权限" in told


def test_an_auditor_finds_no_button_that_changes_anything(desk: Desk) -> None:
    page = desk.sit("auditor")
    for address in (
        *(
            "/",
            "/households",
            "/households/1",
            "/findings",
            "/findings/1",
            "/findings/alarms",
            "/runs",
            "/runs/2",
        ),
        *("/tasks", "/tasks/1", "/imports", "/imports/questions", "/system/journal", "/system/health"),
    ):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        offered = page.locator("main button, main a.button").all_inner_texts()
        assert [one for one in offered if not HARMLESS.search(one)] == [], address
