"""The session ends or the line goes down while somebody saves: it is said, nothing is lost, nothing is saved twice."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.web.workbench import Workbench, open_workbench
from playwright.sync_api import Browser, Locator, Page, Route, expect

from bangfu.demo.photo import house_photo
from tests.browser.browsing import DESK, PASSWORD, Desk
from tests.browser.conftest import copied

pytestmark = pytest.mark.xdist_group("browser")

DOWN, GONE, ENDED = "网络断开", "服务器没有回应", "登录已过期"


def _line(page: Page) -> Locator:
    return page.locator("#connection")


def _form_of(page: Page, place: int) -> str:
    page.goto("/households")
    address = f"{page.locator('#results tbody th a').nth(place).get_attribute('href')}/edit"
    page.goto(address)
    expect(page.locator("#checked")).to_contain_text("还没有改动", timeout=DESK)
    return address


def _task_of(page: Page, state: str, place: int = 0) -> str:
    page.goto("/tasks")
    rows = page.locator("tbody tr", has_text=state)
    address = rows.nth(place).locator("a").first.get_attribute("href") or ""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return address


def _log_in_again(page: Page, username: str) -> None:
    """From the word that the session has ended, back to where one was."""
    expect(_line(page)).to_contain_text(ENDED)
    expect(_line(page)).to_contain_text("登录后会恢复")
    page.get_by_role("link", name="重新登录").click()
    expect(page.get_by_text("登录后回到刚才的页面")).to_be_visible()
    page.get_by_label("账号").fill(username)
    page.get_by_label("密码").fill("not-the-password")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert").filter(has_text="账号或密码不对")).to_be_visible()
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(re.compile(r"^(?!.*/login)"))


def _end_session(page: Page) -> None:
    page.context.clear_cookies(name="sessionid")


def _save(page: Page) -> None:
    page.get_by_role("button", name="保存", exact=True).click()


def _versions(page: Page, address: str, typed: str) -> int:
    """How often a text was written into a household, after its page."""
    page.goto(address.removesuffix("/edit"))
    page.locator("#changes").scroll_into_view_if_needed()
    expect(page.locator("#changes")).to_contain_text("修改户")
    return page.locator("#changes ins", has_text=typed).count()


def test_an_edit_outlives_its_session(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    address = _form_of(page, 10)
    page.get_by_label("家庭住址", exact=True).fill("溪边 5 号")
    page.get_by_label("是否军烈属", exact=True).select_option(index=1)
    page.get_by_label("留守老人").check()
    page.get_by_label("改动的理由").fill("已入户核实")
    chosen = page.get_by_label("是否军烈属", exact=True).input_value()
    expect(page.locator("#checked")).not_to_contain_text("还没有改动")
    _end_session(page)
    _save(page)
    expect(page.get_by_label("家庭住址", exact=True)).to_have_value("溪边 5 号")
    _log_in_again(page, "cadre")
    expect(page).to_have_url(re.compile(f"{address}$"))
    expect(page.get_by_text("已恢复上次没有保存的内容")).to_be_visible()
    expect(page.get_by_label("家庭住址", exact=True)).to_have_value("溪边 5 号")
    expect(page.get_by_label("是否军烈属", exact=True)).to_have_value(chosen)
    expect(page.get_by_label("留守老人")).to_be_checked()
    expect(page.get_by_label("改动的理由")).to_have_value("已入户核实")
    expect(page.locator("#checked")).not_to_contain_text("还没有改动")
    _save(page)
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(page.get_by_text("已恢复")).to_have_count(0)
    expect(page.get_by_label("家庭住址", exact=True)).to_have_value("溪边 5 号")
    assert _versions(page, address, "溪边 5 号") == 1


def test_a_restored_draft_can_be_given_up(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    address = _form_of(page, 11)
    before = page.get_by_label("自然村", exact=True).input_value()
    page.get_by_label("自然村", exact=True).fill("写错了")
    page.goto(address)
    expect(page.get_by_label("自然村", exact=True)).to_have_value("写错了")
    page.get_by_role("button", name="不要了，重新填").click()
    expect(page.get_by_label("自然村", exact=True)).to_have_value(before)
    page.get_by_label("自然村", exact=True).fill("又写错了")
    page.get_by_role("link", name="取消").click()
    page.goto(address)
    expect(page.get_by_label("自然村", exact=True)).to_have_value(before)
    expect(page.get_by_text("已恢复")).to_have_count(0)


def test_nobody_else_gets_ones_draft(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    address = _form_of(page, 12)
    page.get_by_label("家庭住址", exact=True).fill("只有我知道")
    _end_session(page)
    _save(page)
    expect(_line(page)).to_contain_text(ENDED)
    page.get_by_role("link", name="重新登录").click()
    page.get_by_label("账号").fill("clerk")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"**{address}")
    expect(page.get_by_label("家庭住址", exact=True)).not_to_have_value("只有我知道")
    expect(page.get_by_text("已恢复")).to_have_count(0)


def test_an_answer_outlives_its_session(shared_desk: Desk, tmp_path: Path) -> None:
    page = shared_desk.sit("cadre")
    address = _task_of(page, "已退回")
    page.get_by_label("整改措施").fill("第一行\n第二行")
    page.get_by_label("整改成效").fill("已经改好")
    photo = tmp_path / "门口.png"
    photo.write_bytes(house_photo() + b"at the door")
    page.locator("#answer-files").set_input_files(photo)
    _end_session(page)
    page.get_by_role("button", name="答复（整改完成）").click()
    _log_in_again(page, "cadre")
    expect(page).to_have_url(re.compile(address))
    expect(page.get_by_text("已恢复上次没有保存的内容，文件要重新选")).to_be_visible()
    expect(page.get_by_label("整改措施")).to_have_value("第一行\n第二行")
    expect(page.get_by_label("整改成效")).to_have_value("已经改好")
    page.locator("#answer-files").set_input_files(photo)
    page.get_by_role("button", name="答复（整改完成）").click()
    expect(page.get_by_text("已答复，等待核实")).to_be_visible()
    expect(page.locator(".evidence")).to_contain_text("门口.png")


def test_who_logs_out_leaves_no_draft_behind(shared_desk: Desk) -> None:
    page = shared_desk.sit("minzheng")
    page.goto("/")
    page.evaluate("sessionStorage.setItem('draft:minzheng:x', '[]')")
    page.get_by_text("赵明霞").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_label("账号")).to_be_visible()
    assert [key for key in page.evaluate("Object.keys(sessionStorage)") if "minzheng" in key] == []


def test_a_plain_form_outlives_its_session(shared_desk: Desk) -> None:
    page = shared_desk.sit("clerk")
    page.goto("/findings/2")
    page.get_by_label("理由").fill("入户看过，台账是对的")
    _end_session(page)
    page.get_by_role("button", name="认定为误报").click()
    _log_in_again(page, "clerk")
    expect(page).to_have_url(re.compile("/findings/2$"))
    expect(page.get_by_label("理由")).to_have_value("入户看过，台账是对的")
    page.get_by_role("button", name="认定为误报").click()
    expect(page.get_by_text("认定为误报：入户看过，台账是对的")).to_be_visible()


def test_a_save_without_a_line_is_said_and_works_once_after(shared_desk: Desk) -> None:
    page = shared_desk.sit("cadre")
    address = _form_of(page, 13)
    page.context.set_offline(True)
    page.get_by_label("家庭住址", exact=True).fill("断网 6 号")
    expect(_line(page)).to_contain_text(DOWN)
    expect(page.locator("#checked")).to_contain_text("还没有校验")
    _save(page)
    expect(_line(page)).to_contain_text("刚才的操作没有保存")
    expect(_line(page)).to_be_in_viewport()
    expect(page.get_by_label("家庭住址", exact=True)).to_have_value("断网 6 号")
    page.context.set_offline(False)
    page.get_by_label("改动的理由").fill("核实")
    expect(_line(page)).to_contain_text("网络已经恢复")
    _save(page)
    expect(page.get_by_text("已保存")).to_be_visible()
    expect(_line(page)).to_be_hidden()
    assert _versions(page, address, "断网 6 号") == 1


def test_a_plain_form_without_a_line_stays_where_it_is(shared_desk: Desk) -> None:
    page = shared_desk.sit("clerk")
    page.goto("/findings/3")
    page.get_by_label("理由").fill("入户看过")
    page.context.set_offline(True)
    page.get_by_role("button", name="认定为误报").click()
    expect(_line(page)).to_contain_text("网络断开，刚才的操作没有保存")
    expect(page.get_by_label("理由")).to_have_value("入户看过")
    page.context.set_offline(False)
    page.get_by_role("button", name="认定为误报").dblclick()
    expect(page.get_by_text("认定为误报：入户看过")).to_be_visible()


@pytest.fixture
def killed(browser: Browser, town: Path, tmp_path: Path) -> Iterator[tuple[Desk, Workbench, Path]]:
    """A desk whose server can be killed and started again."""
    home = copied(town, tmp_path / "home")
    with open_workbench(home) as server:
        desk = Desk(browser, server.address)
        yield desk, server, home
        for context in browser.contexts:
            context.close()
        assert desk.wrong == []


def _written(home: Path, typed: str) -> int:
    """How many transactions of the journal wrote a text."""
    database = sqlite3.connect(home / "bangfu.sqlite3")
    try:
        asked = "SELECT COUNT(DISTINCT position) FROM journal_entry WHERE after LIKE ?"
        return int(database.execute(asked, [f"%{typed}%"]).fetchone()[0])
    finally:
        database.close()


def test_a_killed_server_takes_nothing_along_and_nothing_is_saved_twice(
    killed: tuple[Desk, Workbench, Path],
) -> None:
    desk, server, home = killed
    unsent, unheard, task = (desk.sit("cadre") for _ in range(3))
    _form_of(unsent, 0)
    unsent.get_by_label("家庭住址", exact=True).fill("停电 7 号")
    _task_of(task, "整改中")
    task.get_by_label("整改措施").fill("停电前写的")
    _form_of(unheard, 1)
    unheard.get_by_label("家庭住址", exact=True).fill("路上 8 号")
    unheard.route("**/edit", _lose_answer)
    _save(unheard)
    expect(_line(unheard)).to_contain_text("不会重复保存")
    server.kill()
    unsent.get_by_label("自然村", exact=True).fill("停电塆")
    expect(unsent.locator("#checked")).to_contain_text("还没有校验")
    _save(unsent)
    task.get_by_role("button", name="报进展").click()
    for page in (unsent, task):
        expect(_line(page)).to_contain_text(GONE)
    assert _written(home, "停电") == 0
    assert _written(home, "路上 8 号") == 1
    server.start()
    expect(unsent.get_by_label("家庭住址", exact=True)).to_have_value("停电 7 号")
    unsent.get_by_label("改动的理由").fill("核实")
    expect(unsent.locator("#checked")).to_contain_text("已校验", timeout=DESK)
    unheard.unroute("**/edit")
    for page in (unsent, unheard):
        _save(page)
        expect(page.get_by_text("已保存").first).to_be_visible()
    task.get_by_role("button", name="报进展").click()
    expect(task.get_by_text("进展已登记")).to_be_visible()
    assert _written(home, "停电 7 号") == 1
    assert _written(home, "路上 8 号") == 1


def _lose_answer(route: Route) -> None:
    """The server writes, and its answer never arrives."""
    route.fetch()
    route.abort("connectionreset")
