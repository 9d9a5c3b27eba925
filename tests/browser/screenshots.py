"""`make screenshots`: the pictures of the manual, of every page as the demo town shows it."""

from __future__ import annotations

import sys
import tempfile
from io import BytesIO
from pathlib import Path

from bench.web.workbench import bangfu, served
from PIL import Image
from playwright.sync_api import Page

from tests.browser.browsing import Desk, browsing
from tests.browser.pages import PAGES, Shown
from tests.browser.papers import fill_form, print_cards, write_report

OUT = Path(__file__).parents[2] / "docs" / "manual" / "pictures" / "web"
COLOURS = 96
MADE = (Shown("paper", "clerk", "/papers/1"), Shown("paper-form", "clerk", "/papers/3"))
"""Pages of what is made before the pictures are taken."""


def main() -> int:
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bangfu-pictures-") as folder:
        home = Path(folder) / "home"
        bangfu("demo", "--month", home=home)
        with served(home) as address, browsing() as browser:
            desk = Desk(browser, address)
            login = desk.visit()
            login.goto("/login")
            _picture(login, "login")
            _make_papers(desk.sit("clerk"), Path(folder))
            tabs = {}
            for page in (*PAGES, *MADE):
                key = (page.account, page.is_phone)
                tab = tabs.get(key) or tabs.setdefault(key, desk.sit(page.account, page.size))
                tab.goto(page.path)
                tab.wait_for_load_state("networkidle")
                _picture(tab, page.name)
            print("\n".join(desk.wrong), file=sys.stderr)
    return 1 if desk.wrong else 0


def _make_papers(page: Page, folder: Path) -> None:
    write_report(page, "年度工作情况报告", "报市扶贫攻坚领导小组", with_annex=True)
    for day in ("2019-12-31", "2020-04-22"):
        fill_form(page, folder, day)
    print_cards(page, "罗峰村")


def _picture(page: Page, name: str) -> None:
    """As PNG with a palette: pages have few colours."""
    with Image.open(BytesIO(page.screenshot())) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            OUT / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    sys.exit(main())
