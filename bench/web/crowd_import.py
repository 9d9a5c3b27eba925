"""Many people at work while a county-sized file is imported: `python -m bench.web.crowd_import`.

20 clients edit the same households and bring tasks from opening to closing for at least a minute and until the import of
50,000 persons, made through the pages as well, is applied. Then everything that was acknowledged is looked for.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bangfu.samples.town import write_town
from bench.at_home import use_home
from bench.imports import EXPORT
from bench.machine import describe
from bench.report_home import with_section
from bench.web.crowd import Crowd
from bench.web.importing import Clerk
from bench.web.told import EDIT, Told
from bench.web.workbench import bangfu, open_workbench

CLIENTS, SECONDS = 20, 60.0
WHO = ("clerk", "leader")
HOUSEHOLDS = 13_500  # of the file: somewhat more than 50,000 persons
EDITED = 40  # households that all clients edit
RESULTS = Path(__file__).parents[1] / "RESULTS.md"
TITLE = "## Many people at work while a file is imported"
BEFORE = 5.0  # seconds of work before the import is applied


@dataclass(frozen=True)
class Outcome:
    """`held`: seconds for which the import kept the write lock; `load`: of the machine when it began."""

    told: Told
    breaches: list[str]
    seconds: float
    persons: int
    applying: float
    held: float
    load: float


def measure(home: Path, export: Path, *, clients: int = CLIENTS, least: float = SECONDS) -> Outcome:
    """The home is a demo town's of a month; Django must be set up on it, without an open connection to it."""
    from django.db import connections

    from bangfu.demo.office import PASSWORD
    from bangfu.findings.desk.client import is_ready
    from bench.web.acknowledged import broken_promises
    from bench.web.wholeness import half_done

    households = shared_households()
    connections.close_all()
    load = os.getloadavg()[0]
    with open_workbench(home) as workbench:
        clerk = Clerk(workbench.address, ("clerk", PASSWORD))
        batch = clerk.upload(export)
        clerk.until_read(batch)
        while not is_ready():
            time.sleep(0.5)
        crowd = Crowd(workbench.address, WHO, PASSWORD, households, clients=clients)
        begun = time.perf_counter()
        try:
            time.sleep(min(BEFORE, least / 4))
            asked = time.perf_counter()
            clerk.apply(batch)
            clerk.until_applied(batch)
            applying = time.perf_counter() - asked
            time.sleep(max(0.0, begun + least - time.perf_counter()))
        finally:
            told = crowd.end()
        seconds = time.perf_counter() - begun
    wrong = [f"the importing clerk got {status}" for status in set(clerk.statuses) - {200}]
    breaches = [*broken_promises(told), *half_done(), *wrong]
    return Outcome(told, breaches, seconds, *_batch(batch), applying, _held(batch), load)


def shared_households() -> list[int]:
    """Some households on file in villages of the clerk."""
    from bangfu.registry.models import Household

    return list(Household.objects.order_by("id").values_list("id", flat=True)[:EDITED])


def _batch(batch: int) -> tuple[int]:
    from bangfu.intake.models import Batch

    return (Batch.objects.get(pk=batch).counts["added"]["person"],)


def _held(batch: int) -> float:
    """From its transaction's first moment to that of the next one, which was waiting for the lock."""
    from bangfu.office.models import Transaction

    own = Transaction.objects.get(kind="batch", source=str(batch))
    after = Transaction.objects.filter(position=own.position + 1).first()
    return (after.at - own.at).total_seconds() if after else float("nan")


def section(outcome: Outcome) -> Iterable[str]:
    told = outcome.told
    pages, saves = told.longest(pages=True), told.longest(pages=False)
    rows = [
        ("edits acknowledged", len(told.of(EDIT))),
        ("tasks closed", len(told.of("close"))),
        ("answers 409: somebody else was faster, shown with both versions", told.conflicts),
        ("answers 500 and above", sum(told.failures.values())),
        ("connections lost", told.lost),
        ("breaches found afterwards", len(outcome.breaches)),
        ("the import, from the button to applied, s", f"{outcome.applying:.1f}"),
        ("of it with the write lock held, s", f"{outcome.held:.1f}"),
        ("a page: median, 95 % below, longest, s", " / ".join(f"{one:.2f}" for one in pages)),
        ("a save: median, 95 % below, longest, s", " / ".join(f"{one:.2f}" for one in saves)),
    ]
    yield from (
        TITLE,
        "",
        f"Measured on {date.today()}; {describe()}. Load when it began: {outcome.load:.1f}.",
        "",
        f"{CLIENTS} clients without a pause on a demo town in SQLite, all editing the same {EDITED} households and bringing "
        f"tasks from opening to closing with a photo, for {outcome.seconds:.0f} s, while an export of {outcome.persons:,} "
        "persons is applied through the pages (`bench/web/crowd_import.py`). Clients and server share the machine. "
        "Afterwards every acknowledged edit, task and step is looked for, that each edit was written onto what its editor "
        "had seen, that nothing refused was written, and that journal and facts agree.",
        "",
        "| what | |",
        "|---|---|",
    )
    yield from (
        f"| {what} | {value:,} |" if isinstance(value, int) else f"| {what} | {value} |"
        for what, value in rows
    )
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.web.crowd_import", description=__doc__)
    parser.add_argument("--households", type=int, default=HOUSEHOLDS)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--out", type=Path, default=RESULTS, help="the file whose section is replaced")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bangfu-crowd-") as folder:
        home = Path(folder) / "home"
        bangfu("demo", "--month", home=home)
        write_town(Path(folder) / "export", asked.households, 4, faults=False, national_only=True)
        use_home(home)
        outcome = measure(home, Path(folder) / "export" / EXPORT, clients=asked.clients, least=asked.seconds)
    print(*section(outcome), sep="\n")
    print(dict(outcome.told.statuses), *outcome.breaches[:50], sep="\n")
    if outcome.breaches:
        raise SystemExit(1)
    asked.out.write_text(with_section(asked.out.read_text("utf-8"), TITLE, section(outcome)), "utf-8")


if __name__ == "__main__":
    main()
