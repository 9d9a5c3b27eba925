"""What the pages of a served home take: `python -m bench.web.asking HOME ADDRESS USERS EACH`.

Times are those of people at their browsers, through HTTP; then each page's queries are counted, in this process.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from random import Random
from typing import Any

from bench.at_home import use_home
from bench.measure import timed
from bench.web.users import Asking, Pages, Session, asked_by

ACCOUNT = ("clerk", "bangfu-demo-2020")
WARM = 4  # times that each user asks each page before it counts
COUNTED = 60  # ways of asking a page whose queries are counted
_AFTER = re.compile(rb'(?:[?&;]after=|name="after" value=")([^"&]+)')


def ask(address: str, users: int, each: int) -> dict[str, Any]:
    from bench.web.pages import pages_of

    session = Session(address)
    session.log_in(*ACCOUNT)
    pages = pages_of(lambda path: _after(session, path))
    asked_by(users, address, ACCOUNT, pages, WARM)
    times = asked_by(users, address, ACCOUNT, pages, each)
    found = {
        page: {
            "p50": times.median(page),
            "p95": times.most(page),
            "longest": max(times.taken[page]),
            "asked": len(times.taken[page]),
        }
        for page in pages
    }
    return {"pages": found, "refused": times.refused, "queries": _queries(pages)}


def _after(session: Session, path: str) -> str:
    """The address of the page that follows."""
    status, body = session.ask(path)
    if status != 200:
        raise SystemExit(f"{path}: {status}")
    found = _AFTER.search(body)
    if found is None:
        return ""
    return f"{path}{'&' if '?' in path else '?'}after={unescape(found[1].decode())}"


def _queries(pages: Pages) -> Mapping[str, int]:
    """The most that any way of asking a page takes, session and account included."""
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=ACCOUNT[0]))

    def count(asking: Asking) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = client.get(asking.path) if asking.form is None else client.post(asking.path, asking.form)
        if answer.status_code != 200:
            raise SystemExit(f"{asking.path}: {answer.status_code}")
        return len(captured)

    count(Asking("/"))
    return {page: max(count(ask(Random(n))) for n in range(COUNTED)) for page, ask in pages.items()}


if __name__ == "__main__":
    use_home(Path(sys.argv[1]))
    timed(lambda: ask(sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
