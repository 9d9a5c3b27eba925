"""Every page: opens without an error in the console, passes axe-core, and is no wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from playwright.sync_api import Browser, Page

from bangfu.web.access import ROUTES
from tests.browser.browsing import Desk, is_wider_than_the_screen, unmet
from tests.browser.pages import PAGES, Shown

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module")
def sitting(browser: Browser, shown: str) -> Iterator[dict[tuple[str, bool], Page]]:
    """The accounts' pages, logged in once each."""
    desk = Desk(browser, shown)
    accounts = sorted({(page.account, page.is_phone) for page in PAGES})
    sizes = {page.is_phone: page.size for page in PAGES}
    yield {key: desk.sit(key[0], sizes[key[1]]) for key in accounts}
    assert desk.wrong == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_suits_its_screen_and_everybody(sitting: dict[tuple[str, bool], Page], page: Shown) -> None:
    tab = sitting[page.account, page.is_phone]
    answer = tab.goto(page.path)
    assert answer is not None
    assert answer.status == 200
    tab.wait_for_load_state("networkidle")
    assert unmet(tab) == []
    assert not is_wider_than_the_screen(tab)


def test_the_login_page_suits_everybody(browser: Browser, shown: str) -> None:
    tab = Desk(browser, shown).visit()
    tab.goto("/login")
    assert unmet(tab) == []


def test_every_address_that_shows_a_page_is_among_them() -> None:
    addresses = {
        pattern.name: str(pattern.pattern) for pattern in get_resolver().url_patterns[0].url_patterns
    }
    seen = {page.path.partition("?")[0].strip("/") for page in PAGES}
    unseen = {
        name
        for name, address in addresses.items()
        if not any(re.fullmatch(re.sub(r"<[^>]+>", "[^/]+", address), path) for path in seen)
    }
    assert unseen - FORMS - PARTS - FILES == SHOWN_BY_THE_JOURNEY | {"login"}


FORMS = {
    *("indicators_count", "paper_remove", "template_remove", "template_upload"),
    *("date_add", "date_drop", "logout", "user_add", "user_reset", "journal_verify", "health_check"),
    *("finding_false_alarm", "finding_hand_out", "finding_withdraw", "job_cancel", "job_retry"),
    *("import_answer", "import_apply", "import_drop", "import_read", "import_undo", "import_upload"),
    *("imports_apply", "tasks_feedback_open", "tasks_reassign", "backup_remove"),
    *(name for name in ROUTES if name.startswith("task_") and name not in ("task_new", "task_evidence")),
}
PARTS = {
    *("alive", "desk_news", "finding_reveal", "household_reveal", "job_progress", "ledger_reveal"),
    "ledger_totals",
}
FILES = {
    "backup_file",
    "export_file",
    "finding_export",
    "households_export",
    "statistic_export",
    *(
        "dashboard_export",
        "indicator_export",
        "indicator_rows_export",
        "indicators_export",
        "verify_download",
    ),
    *("household_card", "paper_cards_file", "paper_file", "template_file"),
    "import_marked",
    "ledger_export",
    "ledger_template",
    "task_evidence",
    "tasks_export",
}
SHOWN_BY_THE_JOURNEY = {"job"}
