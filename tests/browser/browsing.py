"""A browser, and pages that are watched: what the console says is wrong fails the test."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, expect, sync_playwright

AXE = Path(__file__).parent / "axe" / "axe.min.js"
OFFICE = {"width": 1093, "height": 614}  # 1366 × 768 at 125 %
PHONE = {"width": 390, "height": 844}
DESK = 60_000  # milliseconds until the checks of a server that has just been started answer
PASSWORD = "bangfu-demo-2020"
expect.set_options(timeout=20_000)  # a machine that has much else to do
_SESSIONS: dict[tuple[str, str, str], StorageState] = {}
"""By address, account and password: a login is meant to take long, and is needed once."""
_EXPECTED = re.compile(
    r"status of (4\d\d)|net::ERR_(INTERNET_DISCONNECTED|FAILED|CONNECTION_(REFUSED|RESET))"
    r"|^Response Status Error Code 401|^htmx:(send(Error|Abort)|afterRequest)"
)


@contextmanager
def browsing() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield browser
        browser.close()


@dataclass
class Desk:
    """Somebody at a browser."""

    browser: Browser
    address: str
    wrong: list[str] = field(default_factory=list)

    def sit(self, username: str, size: dict[str, int] | None = None, password: str = PASSWORD) -> Page:
        """Logs in from the login page, the first time; the page it leads to."""
        known = _SESSIONS.get((self.address, username, password))
        page = self.visit(size, known)
        if known is not None:
            page.goto("/")
            return page
        page.goto(f"{self.address}/login")
        page.get_by_label("账号").fill(username)
        page.get_by_label("密码").fill(password)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(re.compile(r"^(?!.*/login)"))
        _SESSIONS[self.address, username, password] = page.context.storage_state()
        return page

    def visit(self, size: dict[str, int] | None = None, session: StorageState | None = None) -> Page:
        """A new page in a browser of its own; without a session of somebody who is not logged in."""
        context = self.browser.new_context(
            viewport=size or OFFICE,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            base_url=self.address,
            storage_state=session,
        )
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        return page

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.wrong.append(message.text)


def unmet(page: Page) -> list[str]:
    """What axe-core finds that is serious or critical, with the elements; empty where nothing is."""
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {rule['help']} — {node['html'][:160]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
    ]


def is_wider_than_the_screen(page: Page) -> bool:
    return bool(page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"))
