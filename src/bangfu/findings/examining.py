"""Two answers of one household, before and after an edit, made into faults that the edit brings, leaves or mends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bangfu.engine.single.asking import HouseholdRun
from bangfu.engine.single.evidence import Place as Read
from bangfu.engine.single.evidence import places
from bangfu.engine.single.rows import Row
from bangfu.findings.examined import Examined, Fault, Place, Standing
from bangfu.findings.hiding import hidden
from bangfu.screening.findings import Finding, told
from bangfu.screening.snapshot import Lists
from bangfu.screening.subjects import Subjects
from bangfu.terms.loader import load_terms
from bangfu.terms.model import ROW_KEY

Key = tuple[str, int]
_GRAVEST = ("error", "suspicion", "reminder")
_LATEST = {"annual_record": "data_year", "monitoring_episode": "monitored_from"}
"""By which column a household sees the last row of a table as its own fields."""


@dataclass(frozen=True)
class _NoLists:
    sources: Lists
    overlays: Mapping[str, Any]


class ToldRun:
    """Answers and, by check and row, the findings among them."""

    def __init__(self, run: HouseholdRun) -> None:
        self.run = run
        subjects = Subjects(partial(row_of, run), lambda written: (written or "").strip())
        found = told(run, lambda check: (), subjects, _NoLists(Lists({}), {}), unknowns=False)
        self.findings: dict[Key, Finding] = {(one.check.id, one.row): one for one in found}


def compared(before: ToldRun, after: ToldRun) -> Examined:
    """The faults of both, each once: what is in both is told as it would be afterwards."""
    was, will = before.findings, after.findings
    faults = [
        _fault(after.run, finding, "remaining" if key in was else "introduced", was.get(key))
        for key, finding in will.items()
    ]
    faults.extend(_fault(before.run, finding, "mended") for key, finding in was.items() if key not in will)
    faults.sort(key=lambda fault: (_GRAVEST.index(fault.severity), fault.check, fault.row))
    asked = {check.id for check in after.run.checks}
    return Examined(after.run.as_of, tuple(faults), len(asked & after.run.not_run.keys()))


def row_of(run: HouseholdRun, table: str, row_key: int) -> Mapping[str, Any]:
    """A row of the household or one that it leads to, by its number."""
    found = run.around.by(table, ROW_KEY, row_key)
    return found[0] if found else {}


def _fault(run: HouseholdRun, finding: Finding, standing: Standing, was: Finding | None = None) -> Fault:
    check = finding.check
    read = places(run, check, finding.row)
    return Fault(
        check.id,
        check.subject,
        finding.row,
        check.name,
        check.refs,
        finding.severity,
        standing,
        finding.subject.name,
        hidden(finding.explanation, check, finding.values),
        check.rectify,
        tuple(dict.fromkeys(_named(run, read))),
        was is not None and was.values != finding.values,
    )


def _named(run: HouseholdRun, read: Iterable[Read]) -> Iterator[Place]:
    for item in read:
        for name in item.fields:
            home = load_terms().table(item.table).fields[name].home if name != ROW_KEY else item.table
            row = item.row if home == item.table else _latest(run, home, item.row[ROW_KEY])
            if row is not None:
                yield Place(home, row[ROW_KEY], name)


def _latest(run: HouseholdRun, table: str, household: int) -> Row | None:
    """The row whose fields a household has as its own: its last record or episode."""
    column = _LATEST[table]
    rows = run.around.by(table, "household_key", household)
    return max(rows, key=lambda row: (row[column] or 0, -row[ROW_KEY]), default=None)
