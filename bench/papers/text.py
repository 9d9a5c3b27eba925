"""`make bench-text`: a text of ten pages verified, as a command from its start and in a process that runs; writes its section."""

from __future__ import annotations

import datetime
import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from bench.machine import describe
from bench.measure import Measure
from bench.papers.__main__ import RESULTS, asked
from bench.papers.pages import write_pages
from bench.papers.report import line
from bench.report_home import with_section

TITLE = "## A text of ten pages, verified"
_PAGES, _REPEAT = 10, 5


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="bangfu-bench-") as folder:
        ten = Path(folder) / "ten.docx"
        characters, load = write_pages(ten, _PAGES), os.getloadavg()[0]
        ways = {
            name: [asked(*words) for _ in range(_REPEAT)]
            for name, words in {
                "verify": ("command", "verify", ten),
                "inside": ("verified", ten),
                "texts": ("texts", ten),
            }.items()
        }
    day = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    lines = list(section(ways, characters, day, load))
    RESULTS.write_text(with_section(RESULTS.read_text("utf-8"), TITLE, lines), encoding="utf-8")
    print("\n".join(lines))
    return 0


def section(
    ways: dict[str, Sequence[Measure]] | dict[str, list[Measure]], characters: int, day: str, load: float
) -> Iterable[str]:
    yield from (
        TITLE,
        "",
        f"Measured on {day} by `make bench-text`; {describe()}. Load when it began: {load:.1f}.",
        "",
        f"A Word document of {characters:,} characters, texts of the test corpus one after the other. The command is "
        "measured from the start of its process to its end, the other ways alone. The asked time is that of the work's order.",
        "",
        "| what | asked s | wall s | longest s | CPU s | peak GB | runs | × bare CPU |",
        "|---|---|---|---|---|---|---|---|",
        line("`bangfu verify`, from its start", "", ways["verify"], ways["texts"]),
        line("read and verified in a process that runs", "1", ways["inside"], ways["texts"]),
        line("bare python-docx reads it", "", ways["texts"], None),
        "",
    )


if __name__ == "__main__":
    raise SystemExit(main())
