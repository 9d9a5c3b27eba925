"""`make screenshots`: the pictures of the manual, of every page as the demo town shows it; names given take only those."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Sequence
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


ONLY_PICTURES = (
    Shown("ledger-loans", "clerk", "/ledgers/loan"),
    Shown("ledger-stages", "clerk", "/ledgers/project?watch=retention_held"),
    Shown("ledger-quotas", "clerk", "/ledgers/post/quotas"),
    Shown("ledger-supply", "clerk", "/ledgers/supply_offer"),
    Shown("ledger-income", "clerk", "/ledgers/collective_income"),
    Shown("ledger-activities", "clerk", "/ledgers/activity"),
    Shown("ledger-health", "clerk", "/ledgers/health_contract"),
    Shown("ledger-department", "clerk", "/ledgers/disability_certificate"),
)
"""Pages of ledgers that the manual shows; as pages they are like others that are tested."""
TOLD = """茶庵岭镇2019年扶贫工作总结
全镇现有建档立卡贫困户824户、3299人。2019年发放水产奖补122户、8.52万元,畜牧奖补393户、38.92305万元,危房改造32户。
家庭医生签约3092人,慢性病签约服务171人。2020年计划新增公益性岗位20个。
"""
"""What is checked in the picture of a checked text: one number is told wrong."""


def main(names: Sequence[str] = ()) -> int:
    """All pictures, or those named."""
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bangfu-pictures-") as folder:
        home = Path(folder) / "home"
        bangfu("demo", "--month", home=home)
        with served(home) as address, browsing() as browser:
            desk = Desk(browser, address)
            if not names or "login" in names:
                login = desk.visit()
                login.goto("/login")
                _picture(login, "login")
            if not names or {page.name for page in MADE}.intersection(names):
                _make_papers(desk.sit("clerk"), Path(folder))
            tabs = {}
            for page in (*PAGES, *ONLY_PICTURES, *MADE):
                if names and page.name not in names:
                    continue
                key = (page.account, page.is_phone)
                tab = tabs.get(key) or tabs.setdefault(key, desk.sit(page.account, page.size))
                tab.goto(page.path)
                tab.wait_for_load_state("networkidle")
                _picture(tab, page.name)
            if not names or "verified" in names:
                _checked_text(desk.sit("clerk", {"width": 1093, "height": 660}))
            print("\n".join(desk.wrong), file=sys.stderr)
    return 1 if desk.wrong else 0


def _make_papers(page: Page, folder: Path) -> None:
    write_report(page, "年度工作情况报告", "报市扶贫攻坚领导小组", with_annex=True)
    for day in ("2019-12-31", "2020-04-22"):
        fill_form(page, folder, day)
    print_cards(page, "罗峰村")


def _checked_text(tab: Page) -> None:
    tab.goto("/verify")
    tab.locator("textarea").fill(TOLD)
    tab.get_by_role("button", name="核对", exact=True).click()
    tab.wait_for_load_state("networkidle")
    tab.locator("#ledgers").scroll_into_view_if_needed()
    _picture(tab, "verified")


def _picture(page: Page, name: str) -> None:
    """As PNG with a palette: pages have few colours."""
    with Image.open(BytesIO(page.screenshot())) as taken:
        taken.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
            OUT / f"{name}.png", optimize=True
        )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
