"""The whole loop in a browser: exports in, checked, handed out, answered at the door, verified by another, gone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.web.workbench import bangfu, served
from playwright.sync_api import Browser, Page, expect

from bangfu.demo.photo import house_photo
from tests.browser.browsing import PHONE, Desk

pytestmark = pytest.mark.xdist_group("browser")
WRONG = "性别与身份证不符"
NEW_PASSWORD = "valley-without-signal-7"


@pytest.fixture(scope="module")
def exports(town: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What the national system would give of the town."""
    folder = tmp_path_factory.mktemp("exports")
    bangfu("export", "national", folder, home=town)
    return sorted(folder.glob("*.xlsx"))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A new, empty home with a clerk, a leader and, later, a cadre."""
    home = tmp_path / "home"
    bangfu("init", "--place", "421281102", "--business-date", "2020-04-22", home=home)
    return home


def _new_user(home: Path, username: str, name: str, role: str) -> str:
    """`bangfu user add`; the password that it made."""
    told = bangfu("user", "add", username, "--name", name, "--role", role, home=home)
    found = re.search(r"[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}", told)
    assert found, told
    return found[0]


def _first_login(desk: Desk, username: str, password: str, size: dict[str, int] | None = None) -> Page:
    page = desk.sit(username, size, password)
    expect(page).to_have_url(re.compile("/password$"))
    page.get_by_label("原密码").fill(password)
    page.get_by_label("新密码").fill(NEW_PASSWORD)
    page.get_by_label("再写一遍").fill(NEW_PASSWORD)
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("密码已经修改")).to_be_visible()
    return page


def _load(page: Page, files: list[Path]) -> None:
    page.get_by_role("link", name="导入", exact=True).click()
    page.locator("#files").set_input_files(files)
    page.get_by_role("button", name="上传").click()
    page.wait_for_url("**/imports*")
    expect(page.locator("#batches tbody tr")).to_have_count(len(files), timeout=120_000)
    expect(page.locator("#batches input[name=batch]")).to_have_count(len(files), timeout=300_000)
    for box in page.locator("#batches input[name=batch]").all():
        box.check()
    page.get_by_role("button", name="应用选中的批次").click()
    expect(page.locator("#batches .tag.ok", has_text="已经应用")).to_have_count(len(files), timeout=300_000)


def _check(page: Page) -> None:
    page.get_by_role("link", name="核查", exact=True).click()
    page.get_by_role("link", name="开始核查").click()
    page.get_by_role("button", name="开始核查").click()
    page.get_by_role("link", name="看结果").click(timeout=300_000)
    page.wait_for_url("**/runs/*")


def _hand_out(page: Page) -> str:
    """Hands the one finding out; the village it lies in."""
    page.goto("/findings")
    row = page.locator("#results tbody tr", has_text=WRONG)
    expect(row).to_have_count(1)
    village = row.locator("td[data-label=村]").inner_text().strip()
    row.get_by_role("checkbox").check()
    page.get_by_role("button", name="派发选中的").click()
    page.get_by_role("button", name="确认派发 1 条").click()
    expect(page.get_by_text(re.compile("派发 1 条"))).to_be_visible()
    return village


def _answer(page: Page, photo: Path) -> None:
    page.goto("/tasks")
    page.get_by_role("link", name=WRONG).first.click()
    page.get_by_role("button", name="签收").click()
    expect(page.locator(".tag", has_text="整改中")).to_be_visible()
    page.get_by_label("整改措施").fill("入户核对户口簿和身份证，性别登记错误")
    page.get_by_label("整改成效").fill("已按户口簿更正，户主签字确认")
    now = page.locator(".correct", has=page.get_by_text("性别", exact=True))
    other = {"男": "女", "女": "男"}[now.locator(".now").inner_text().removeprefix("台账现在是").strip()]
    now.get_by_role("combobox").select_option(other)
    page.locator("input[type=file][name=files]").first.set_input_files(photo)
    page.get_by_role("button", name="答复（整改完成）").click()
    expect(page.locator(".tag", has_text="已整改")).to_be_visible()


def _verify(page: Page) -> None:
    page.goto("/tasks")
    page.get_by_role("link", name=WRONG).first.click()
    expect(page.get_by_role("img").first).to_be_visible()
    page.get_by_label("属实", exact=True).check()
    page.get_by_label("入户", exact=True).check()
    page.get_by_label("见到谁（见人）").fill("户主本人")
    page.get_by_label("核实情况（见事）").fill("户口簿与更正后的性别一致")
    page.get_by_label("没有", exact=True).check()
    page.get_by_role("button", name="核实通过").click()
    expect(page.locator(".tag", has_text="已验收")).to_be_visible()


def test_from_the_exports_to_a_fault_that_stays_away(
    browser: Browser, office: Path, exports: list[Path], tmp_path: Path
) -> None:
    photo = tmp_path / "户口簿.png"
    photo.write_bytes(house_photo())
    clerk_password = _new_user(office, "clerk", "张志远", "clerk")
    leader_password = _new_user(office, "leader", "李国栋", "leader")
    with served(office) as address:
        desk = Desk(browser, address)
        clerk = _first_login(desk, "clerk", clerk_password)
        _load(clerk, exports)
        _check(clerk)
        village = _hand_out(clerk)
        cadre_password = _new_user(office, "cadre", "王秀兰", f"village_cadre@{village}")
        cadre = _first_login(desk, "cadre", cadre_password, PHONE)
        _answer(cadre, photo)
        expect(cadre.get_by_role("button", name="核实通过")).to_have_count(0)
        _verify(clerk)
        leader = _first_login(desk, "leader", leader_password)
        leader.goto("/tasks")
        leader.get_by_role("link", name=WRONG).first.click()
        leader.get_by_role("button", name="销号").click()
        expect(leader.locator(".tag", has_text="已销号")).to_be_visible()
        _check(clerk)
        clerk.goto("/findings")
        expect(clerk.locator("#results tbody tr", has_text=WRONG)).to_have_count(0)
        assert desk.wrong == []
    assert "变更日志完整" in bangfu("journal", "verify", home=office)
