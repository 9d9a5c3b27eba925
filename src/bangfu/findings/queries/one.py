"""One finding: what it rests on, what runs made of it, what people have said of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangfu.findings.models import FalseAlarm, Finding, Run, Turn
from bangfu.findings.queries.listing import line_of
from bangfu.findings.queries.standing import since
from bangfu.findings.queries.wanted import Line
from bangfu.findings.reach import reached
from bangfu.registry.scope import Scope

TURNS = {
    "new": "首次查出",
    "changed": "仍在,所依据的值变了",
    "gone": "没有再查出",
    "returned": "重新出现",
    "aside": "回看时查出",
}


@dataclass(frozen=True)
class StandardRead:
    """A standard with the value that it had."""

    id: str
    name: str
    value: str
    source: str
    is_verified: bool


@dataclass(frozen=True)
class CellRead:
    """A cell of a list that brought a value; `value` is what the register held when the run read it."""

    file: str
    sheet: str
    row: int
    column: str
    header: str
    value: str


@dataclass(frozen=True)
class Event:
    """What a run made of the finding: one of TURNS."""

    kind: str
    run: int
    at: datetime
    as_of: int

    @property
    def words(self) -> str:
        return TURNS[self.kind]


@dataclass(frozen=True)
class Decision:
    """Somebody's word that it is a false alarm; `holds` while the values are those it was said of."""

    reason: str
    by: str
    on: int | None
    holds: bool
    withdrawn_by: str
    withdrawn_on: int | None
    withdrawn_why: str


@dataclass(frozen=True)
class Detail:
    """A finding with everything that its page shows. `explanation` and `values` hold numbers of persons in full."""

    line: Line
    explanation: str
    row: int
    person_key: int | None
    values: Mapping[str, Any]
    values_hash: str
    standards: tuple[StandardRead, ...]
    cells: tuple[CellRead, ...]
    events: tuple[Event, ...]
    decisions: tuple[Decision, ...]
    is_aside: bool


def finding(scope: Scope, number: int) -> Detail | None:
    """None where there is none in the scope."""
    row = reached(Finding.objects.filter(pk=number), scope).first()
    if row is None:
        return None
    told = json.loads(row.told)
    return Detail(
        line=line_of(row, since()),
        explanation=told["explanation"],
        row=row.row,
        person_key=row.person_key,
        values=told["values"],
        values_hash=row.values_hash,
        standards=tuple(StandardRead(*one) for one in told["standards"]),
        cells=tuple(CellRead(*one) for one in told["cells"]),
        events=_events(row),
        decisions=_decisions(row),
        is_aside=row.aside_run_id is not None,
    )


def _events(row: Finding) -> tuple[Event, ...]:
    """The latest first."""
    turns = Turn.objects.filter(finding=row).order_by("-run_id").values_list("kind", "run_id")
    told = [*turns, ("aside" if row.aside_run_id else "new", row.first_run_id)]
    runs = Run.objects.in_bulk([run for _, run in told])
    return tuple(Event(kind, run, runs[run].at, runs[run].as_of) for kind, run in told)


def _decisions(row: Finding) -> tuple[Decision, ...]:
    """The latest first."""
    alarms = FalseAlarm.objects.filter(finding_no=row.pk).order_by("-pk").values()
    return tuple(
        Decision(
            reason=alarm["reason"] or "",
            by=alarm["called_by"] or "",
            on=alarm["called_on"],
            holds=alarm["withdrawn_on"] is None and alarm["values_hash"] == row.values_hash,
            withdrawn_by=alarm["withdrawn_by"] or "",
            withdrawn_on=alarm["withdrawn_on"],
            withdrawn_why=alarm["withdrawn_why"] or "",
        )
        for alarm in alarms
    )
