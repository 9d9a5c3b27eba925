"""What people have called false alarms, and what they took back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bangfu.findings.models import FalseAlarm, Finding
from bangfu.findings.queries.listing import SIZE
from bangfu.findings.queries.wanted import told_place
from bangfu.registry.scope import Scope, narrowed


@dataclass(frozen=True)
class Alarm:
    """A decision. `holds` while the finding rests on the values that were looked at; `name` of whom it is about."""

    finding: int
    check: str
    name: str
    household: str
    village: str
    explanation: str
    reason: str
    by: str
    on: int | None
    holds: bool
    withdrawn_by: str
    withdrawn_on: int | None
    withdrawn_why: str


@dataclass(frozen=True)
class Alarms:
    alarms: tuple[Alarm, ...]
    after: str | None


def alarms(scope: Scope, *, after: str | None = None, size: int = SIZE) -> Alarms:
    """The latest first. A right that reaches a department's part only reaches none of them."""
    rows = narrowed(FalseAlarm.objects.order_by("-pk"), scope)
    place = told_place(after, (int,))
    if place is not None:
        rows = rows.filter(pk__lt=place[0])
    found = list(rows.values()[: size + 1])
    about = Finding.objects.defer("told").in_bulk([row["finding_no"] for row in found])
    listed = tuple(_alarm(row, about[row["finding_no"]]) for row in found[:size])
    return Alarms(listed, str(found[size - 1]["id"]) if len(found) > size else None)


def _alarm(row: Mapping[str, object], about: Finding) -> Alarm:
    texts = {
        name: str(row[name] or "")
        for name in ("explanation", "reason", "called_by", "withdrawn_by", "withdrawn_why")
    }
    on, withdrawn_on = row["called_on"], row["withdrawn_on"]
    return Alarm(
        finding=about.pk,
        check=about.check_id,
        name=about.name,
        household=about.household,
        village=about.village,
        explanation=texts["explanation"],
        reason=texts["reason"],
        by=texts["called_by"],
        on=on if isinstance(on, int) else None,
        holds=about.is_silent and withdrawn_on is None and row["values_hash"] == about.values_hash,
        withdrawn_by=texts["withdrawn_by"],
        withdrawn_on=withdrawn_on if isinstance(withdrawn_on, int) else None,
        withdrawn_why=texts["withdrawn_why"],
    )
