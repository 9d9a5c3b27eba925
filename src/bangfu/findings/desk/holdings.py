"""`python -m bangfu.findings.desk.holdings DAY`: which lists and fields the register holds, looked up in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from bangfu.engine.dataset import Holdings
from bangfu.terms.errors import UserError

PATIENCE = 600


def looking_up(day: int) -> Callable[[], Holdings]:
    """Starts looking up what a desk for the day (yyyymmdd) has to know; the function waits for it.

    UserError where the look-up fails.
    """
    command = [sys.executable, "-m", "bangfu.findings.desk.holdings", str(day)]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def wait() -> Holdings:
        with running:
            told, wrong = running.communicate(timeout=PATIENCE)
        if running.returncode:
            raise UserError(f"查不到台账里有哪些名单:{wrong.strip()[-500:]}")
        return from_document(json.loads(told))

    return wait


def as_document(holdings: Holdings) -> dict[str, Any]:
    return {
        "fields": {table: sorted(names) for table, names in holdings.fields.items()},
        "kinds": sorted(holdings.kinds or ()),
    }


def from_document(document: dict[str, Any]) -> Holdings:
    fields = {table: frozenset(names) for table, names in document["fields"].items()}
    return Holdings(fields, frozenset((table, kind) for table, kind in document["kinds"]))


def main() -> None:
    import django

    django.setup()
    from bangfu.findings.single import holdings_for
    from bangfu.office.home import open_home

    home = open_home()
    document = as_document(holdings_for(int(sys.argv[1]), tuple(home.overlays.split())))
    print(json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    main()
