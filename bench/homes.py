"""Demo homes that measurements share: made once, where `--keep FOLDER` says that they stay."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.measure import measure
from bench.web.workbench import bangfu


def filled_home(folder: Path, households: int) -> Path:
    """A demo home with findings and tasks. A million persons take half an hour and 10 GB."""
    home = folder / f"home_{households}"
    filled = home / "filled"
    if not filled.exists():
        say(f"a demo home of {households:,} households")
        bangfu("demo", "--households", str(households), "--anew", home=home)
        say("its findings and tasks")
        measure("bench.web.filling", home)
        filled.touch()
    return home


def say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
