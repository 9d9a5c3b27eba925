"""Where a fault goes and what must find it. A household or a row that carries one fault carries no other."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from bangfu.demo.homes import Block, Home, Line, Stay

FILE = "已知问题.tsv"
_HEADERS = ("规则", "对象", "村", "原因", "来由")


@dataclass(frozen=True)
class Planted:
    """What a check must find: its id and subject as findings name them; `cause` is the fault that it follows from."""

    check: str
    subject: str
    village: str
    why: str
    cause: str = ""


@dataclass
class Faults:
    """Plants into a block; homes and rows are taken once."""

    rng: Random
    block: Block
    planted: list[Planted] = field(default_factory=list)
    _taken: set[int] = field(default_factory=set)

    def home(self, fits: Callable[[Home], bool]) -> Home:
        """A home that fits and has no fault yet."""
        free = [home for home in self.block.homes if id(home) not in self._taken and not home.is_monitored]
        found = self.rng.choice([home for home in free if fits(home)])
        self._taken.add(id(found))
        return found

    def stay(self, fits: Callable[[Home, Stay], bool]) -> tuple[Home, Stay]:
        home = self.home(lambda home: any(fits(home, stay) for stay in home.staying()))
        return home, self.rng.choice([stay for stay in home.staying() if fits(home, stay)])

    def line(self, table: str, fits: Callable[[Line], bool]) -> Line:
        """A row of a ledger; its home is taken with it."""
        found = self.rng.choice(
            [
                line
                for line in self.block.lines
                if line.table == table and id(line.home or line) not in self._taken and fits(line)
            ]
        )
        self._taken.add(id(found.home or found))
        return found

    def take(self, home: Home) -> None:
        """No other fault comes to this home."""
        self._taken.add(id(home))

    def of_home(self, home: Home, why: str, *checks: str, cause: str = "") -> None:
        """The first check is the fault's own unless there is a cause; the others follow from it."""
        for check in checks:
            self._note(check, home.number, home.village.name, why, cause or checks[0])

    def of_stay(self, home: Home, stay: Stay, why: str, *checks: str) -> None:
        for check in checks:
            self._note(check, home.number_of(stay), home.village.name, why, checks[0])

    def of_line(self, line: Line, why: str, *checks: str) -> None:
        assert line.village is not None
        who = line.home.number_of(line.stay) if line.home and line.stay else line.values["project_name"]
        for check in checks:
            self._note(check, who, line.village.name, why, checks[0])

    def _note(self, check: str, subject: str, village: str, why: str, first: str) -> None:
        self.planted.append(Planted(check, subject, village, why, "" if check == first else first))


def write_list(folder: Path, planted: list[Planted]) -> Path:
    """The list beside the home, for whoever wants to know what there is to be found."""
    path = folder / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, dialect="excel-tab")
        writer.writerow(_HEADERS)
        writer.writerows(
            sorted((item.check, item.subject, item.village, item.why, item.cause) for item in planted)
        )
    return path
