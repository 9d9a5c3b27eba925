"""What a demo home gets before its pages are measured: `python -m bench.web.filling HOME`.

One person in `SHARE` has another sex than the number says (written past the journal: only reading is measured), the
whole rulebook is asked, and most of what it finds is handed out. So findings and tasks grow with the register.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from bench.at_home import use_home
from bench.measure import timed

SHARE = 25
LEFT = 4  # one finding in so many stays without a task
AT_ONCE = 1_000


def fill() -> dict[str, Any]:
    from django.db import connection

    from bangfu.casework.actions import after_run
    from bangfu.demo.homes import AS_OF
    from bangfu.findings.asked import Asked
    from bangfu.findings.runs import run_checks

    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE person SET sex = CASE sex WHEN '男' THEN '女' ELSE '男' END WHERE id % %s = 0", [SHARE]
        )
    run = run_checks(Asked(AS_OF), actor="clerk")
    after_run(run, actor="clerk", day=AS_OF)
    findings, tasks = _hand_out(AS_OF)
    connection.close()
    return {"findings": findings, "tasks": tasks}


def _hand_out(day: int) -> tuple[int, int]:
    from bangfu.casework.actions import open_from_findings
    from bangfu.casework.hands import Hand
    from bangfu.findings.queries import FindingFilter, numbers
    from bangfu.ledger.scope import scope_of
    from bangfu.office.accounts import account_named, reader_of

    user = account_named("clerk")
    assert user is not None
    clerk = Hand(reader_of(user), day)
    found = numbers(scope_of(clerk.reader, "finding.see"), FindingFilter(), 10_000_000)
    chosen = [number for place, number in enumerate(found) if place % LEFT]
    opened = 0
    for start in range(0, len(chosen), AT_ONCE):
        opened += len(open_from_findings(clerk, chosen[start : start + AT_ONCE]).tasks)
    return len(found), opened


if __name__ == "__main__":
    use_home(Path(sys.argv[1]))
    timed(fill)
