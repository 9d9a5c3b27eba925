"""Files that cannot be taken: said at the form, before they are sent where the browser can know."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bangfu.demo.photo import house_photo
from tests.browser.browsing import Desk

pytestmark = pytest.mark.xdist_group("browser")
PROGRAM = b"MZ\x90\x00" + b"\0" * 600
ANSWER = "答复（整改完成）"


def _file(folder: Path, name: str, content: bytes, size: int = 0) -> Path:
    """`size`: the file is drawn out to it."""
    path = folder / name
    path.write_bytes(content)
    if size:
        with path.open("r+b") as out:
            out.truncate(size)
    return path


@pytest.fixture
def answering(shared_desk: Desk) -> Page:
    """The form of an answer, filled in but for its files."""
    page = shared_desk.sit("cadre")
    page.goto("/tasks")
    page.locator("tbody tr", has_text="整改中").last.locator("a").first.click()
    page.get_by_label("整改措施").fill("补了公示")
    page.get_by_label("整改成效").fill("已公示十天")
    return page


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        ("大.pdf", b"%PDF-1.7 ", 11 * 1024 * 1024, "超过 10.0 MB"),
        ("说明.docx", b"PK\x03\x04 x", 0, "不是这里收的文件"),
        ("空.jpg", b"", 0, "文件是空的"),
    ],
)
def test_evidence_that_cannot_be_taken_is_not_sent(
    answering: Page, tmp_path: Path, name: str, content: bytes, size: int, said: str
) -> None:
    sent: list[str] = []
    answering.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    answering.locator("#answer-files").set_input_files(_file(tmp_path, name, content, size))
    expect(answering.locator(".files .wrong")).to_contain_text(said)
    answering.get_by_role("button", name=ANSWER).click()
    expect(answering.locator("#answer-files")).to_be_focused()
    answering.wait_for_timeout(300)
    assert [one for one in sent if one.startswith("POST")] == []
    answering.get_by_role("button", name=f"去掉 {name}").click()
    expect(answering.locator(".files .wrong")).to_have_count(0)
    expect(answering.get_by_label("整改措施")).to_have_value("补了公示")


def test_disguised_evidence_is_refused_at_the_form_and_the_good_file_is_kept(
    answering: Page, tmp_path: Path
) -> None:
    good = _file(tmp_path, "公示.png", house_photo() + b"on the wall")
    answering.locator("#answer-files").set_input_files([_file(tmp_path, "照片.jpg", PROGRAM), good])
    answering.get_by_role("button", name=ANSWER).click()
    expect(answering.locator("#answer-files-wrong")).to_contain_text("照片.jpg")
    expect(answering.get_by_label("整改措施")).to_have_value("补了公示")
    expect(answering.get_by_role("checkbox", name=re.compile("公示.png.*已收到"))).to_be_checked()
    expect(answering.locator(".tag", has_text="整改中")).to_be_visible()
    answering.get_by_role("button", name=ANSWER).click()
    expect(answering.get_by_text("已答复，等待核实")).to_be_visible()
    expect(answering.locator(".evidence")).to_contain_text("公示.png")


@pytest.mark.parametrize(
    ("name", "content", "size", "said"),
    [
        ("名单.xlsx", b"PK\x03\x04", 51 * 1024 * 1024, "超过 50 MB"),
        ("名单.exe", PROGRAM, 0, "不是表格"),
        ("名单.xlsx", b"", 0, "文件是空的"),
    ],
)
def test_a_table_that_cannot_be_taken_is_not_sent(
    shared_desk: Desk, tmp_path: Path, name: str, content: bytes, size: int, said: str
) -> None:
    page = shared_desk.sit("clerk")
    page.goto("/imports")
    page.locator("#files").set_input_files(_file(tmp_path, name, content, size))
    expect(page.locator("#chosen .wrong")).to_contain_text(said)
    expect(page.get_by_role("button", name="上传")).to_be_disabled()
    page.locator("#files").set_input_files(_file(tmp_path, "好.xlsx", b"PK\x03\x04"))
    expect(page.get_by_role("button", name="上传")).to_be_enabled()


def test_a_disguised_table_is_refused_and_said_at_its_batch(shared_desk: Desk, tmp_path: Path) -> None:
    page = shared_desk.sit("clerk")
    page.goto("/imports")
    page.locator("#files").set_input_files(_file(tmp_path, "低保名单.xlsx", PROGRAM))
    page.get_by_role("button", name="上传").click()
    expect(page.get_by_role("heading", name="低保名单.xlsx")).to_be_visible()
    expect(page.locator("main")).to_contain_text("没有导入：这是程序，只是扩展名改成了表格")


def test_a_disguised_feedback_is_refused_at_its_field(shared_desk: Desk, tmp_path: Path) -> None:
    page = shared_desk.sit("clerk")
    page.goto("/tasks/feedback")
    page.get_by_label("来源文件").fill("督查反馈意见")
    page.locator("input[type=file]").set_input_files(_file(tmp_path, "问题清单.xlsx", PROGRAM))
    page.get_by_role("button", name=re.compile("预览|上传")).click()
    expect(page.locator(".wrong")).to_contain_text("问题清单.xlsx")
    expect(page.get_by_label("来源文件")).to_have_value("督查反馈意见")


def test_a_path_in_a_name_is_refused_by_the_server_as_no_browser_sends_one(answering: Page) -> None:
    told = answering.evaluate(
        """async () => {
          const form = document.querySelector("form[data-draft$=answer]"), body = new FormData(form);
          body.append("files", new Blob(["x"], {type: "image/jpeg"}), "../../门口.jpg");
          return (await fetch(form.action, {method: "POST", body})).text();
        }"""
    )
    assert "文件名里有路径" in told
