"""A report in the browser: asked for, watched, read and taken; its page suits everybody, on a phone too."""

from __future__ import annotations

import pytest
from docx import Document

from tests.browser.browsing import PHONE, Desk, is_wider_than_the_screen, unmet
from tests.browser.papers import write_report

pytestmark = pytest.mark.xdist_group("browser")


def test_a_report_is_written_while_the_clerk_waits_and_is_taken(shared_desk: Desk) -> None:
    page = shared_desk.sit("clerk", PHONE)
    write_report(page, "月度工作简报", "报镇领导")
    assert unmet(page) == []
    assert not is_wider_than_the_screen(page)
    with page.expect_download() as taken:
        page.get_by_role("button", name="下载 .docx").click()
    assert taken.value.suggested_filename == "月度工作简报 茶庵岭镇 20200422.docx"
    assert "全镇建档立卡户824户" in str([one.text for one in Document(str(taken.value.path())).paragraphs])
    page.get_by_role("link", name="报告").first.click()
    assert page.get_by_role("link", name="月度工作简报").count() == 1
    assert unmet(page) == []
    assert not is_wider_than_the_screen(page)
