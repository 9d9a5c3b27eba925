"""`python -m bench.live_check`: how long the check of a household takes while it is edited; writes its section of RESULTS.md.

The demo town, the desk in its own process, one field of a member changed. `desk`: the question through the socket, one
after the other. `typists`: eight people who type, each asking every 0.8 s. `page`: the form's own address as a browser
asks it while one types, with what it answers.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlencode

from bench.at_home import use_home
from bench.machine import describe
from bench.measure import Measure, measure, timed
from bench.report_home import with_section

TITLE = "## A household checked while it is edited"
ASKED, WARM = 100, 10  # households
SAME = 4  # times that one is asked: when its form is opened, and as the typing goes on
TYPISTS, EACH, PAUSE = 8, 20, 0.8
WAYS = {
    "desk": "the question through the socket, nothing else going on",
    "typists": f"the same while {TYPISTS} people type, each asking every {PAUSE} s",
    "page": "the form's address while one types: read, checked, answered as HTML",
}
BANGFU = "from bangfu.cli.main import entry; entry()"


def members(count: int) -> list[tuple[int, int]]:
    """Households and one member each, in no order."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT household_key, person_key FROM membership WHERE left_on IS NULL ORDER BY id")
        return Random(1).choices(cursor.fetchall(), k=count)


def ask(household: int, person: int) -> object:
    from bangfu.findings.desk import client
    from bangfu.registry.proposals import ProposedRow

    examined = client.examine(household, [ProposedRow("person", person, {"birth_date": 19800101})])
    assert examined is not None
    return examined


def desk() -> list[float]:
    homes = [home for home in members(WARM + ASKED) for _ in range(SAME)]
    return _timed(ask, homes)[WARM * SAME :]


def typists() -> list[float]:
    taken: list[float] = []

    def work(number: int) -> None:
        rng = Random(number)
        home = members(TYPISTS)[number]
        for _ in range(EACH):
            time.sleep(rng.uniform(0, 2 * PAUSE))
            taken.extend(_timed(ask, [home]))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(TYPISTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def page() -> list[float]:
    from django.contrib.auth import get_user_model
    from django.http import QueryDict
    from django.test import Client

    from bangfu.registry.queries import person_rows
    from bangfu.web.editing.parts import Part

    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(get_user_model().objects.get(username=_clerk()))

    def post(household: int, person: int) -> None:
        part = Part("person", person, seen=person_rows([person])[person])
        shown = {part.name(name): part.shown(name, QueryDict()) for name in part.fields}
        typed = {**shown, part.name("birth_date"): "1980-01-01"}
        address = f"/households/{household}/edit/person/{person}?live=1"
        start = time.perf_counter()
        answer = client.post(address, urlencode(typed, doseq=True), "application/x-www-form-urlencoded")
        took.append((time.perf_counter() - start) * 1_000)
        assert answer.status_code == 200

    took: list[float] = []
    for home in members(WARM + ASKED):
        for _ in range(SAME):
            post(*home)
    return took[WARM * SAME :]


def _clerk() -> str:
    from bangfu.office.accounts import account_named, add_account
    from bangfu.office.home import this_home
    from bangfu.office.readers import Holding

    if account_named("bench") is None:
        holding = Holding("clerk", this_home().place)
        add_account(
            username="bench", full_name="甲", holdings=[holding], actor="bench", must_change_password=False
        )
    return "bench"


def _timed(work: Callable[[int, int], object], homes: Iterable[tuple[int, int]]) -> list[float]:
    found = []
    for home in homes:
        start = time.perf_counter()
        work(*home)
        found.append((time.perf_counter() - start) * 1_000)
    return found


def notes(way: str) -> dict[str, Any]:
    times = {"desk": desk, "typists": typists, "page": page}[way]()
    return {"median": median(times), "most": quantiles(times, n=20)[-1], "asked": len(times)}


def section(ways: dict[str, Measure], ready: float) -> Iterable[str]:
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    yield from (
        TITLE,
        "",
        f"Measured on {day}; {describe()}. Load when it began: {os.getloadavg()[0]:.1f}.",
        "",
        f"The demo town; one member's date of birth is changed. The desk is ready {ready:.1f} s after its start.",
        "",
        "| way | asked | median ms | 95 % below, ms |",
        "|---|---|---|---|",
    )
    for way, told in WAYS.items():
        found = ways[way].notes
        yield f"| {told} | {found['asked']} | {found['median']:.1f} | {found['most']:.1f} |"
    yield ""


def main() -> None:
    if len(sys.argv) > 1:
        use_home(Path(sys.argv[2]))
        timed(lambda: notes(sys.argv[1]))
        return
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        home = Path(folder) / "home"
        subprocess.run([sys.executable, "-c", BANGFU, "demo", "--home", str(home)], check=True)
        with subprocess.Popen([sys.executable, "-c", BANGFU, "desk", "--home", str(home)]) as serving:
            try:
                ready = _until_ready(home)
                ways = {way: measure("bench.live_check", way, home) for way in WAYS}
            finally:
                serving.terminate()
    results = Path(__file__).with_name("RESULTS.md")
    lines = list(section(ways, ready))
    results.write_text(with_section(results.read_text("utf-8"), TITLE, lines), encoding="utf-8")
    print("\n".join(lines))


def _until_ready(home: Path) -> float:
    start = time.perf_counter()
    use_home(home)
    from bangfu.findings.desk.client import is_ready

    while not is_ready():
        time.sleep(0.1)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
