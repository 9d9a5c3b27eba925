"""What tasks need to know of findings: to be opened from them, and to hear what later runs made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bangfu.findings.comparing import last_whole_run
from bangfu.findings.models import Finding, Run
from bangfu.findings.reach import reached
from bangfu.office.journal.rows import batched
from bangfu.registry.scope import Scope

_COLUMNS = (
    *("pk", "check_id", "severity", "table", "row", "subject", "person_key", "household_key", "village_key"),
    *("village", "department", "explanation", "gone_run_id", "is_silent", "since_run_id"),
)


@dataclass(frozen=True)
class ToHandOut:
    """A finding as a task tells it, numbers of persons starred. `run` found it last, as of a day (yyyymmdd)."""

    number: int
    check: str
    severity: str
    table: str
    row: int
    subject: str
    person: int | None
    household: int | None
    village: int | None
    village_name: str
    department: str
    explanation: str
    is_there: bool
    is_silent: bool
    run: int
    as_of: int


@dataclass(frozen=True)
class Standing:
    """What a run made of a finding; `values_hash` changes with the values that the finding rests on."""

    is_there: bool
    is_silent: bool
    values_hash: str


@dataclass(frozen=True)
class Read:
    """What a run has read: the register as of a day (yyyymmdd), up to a position of the journal."""

    run: int
    as_of: int
    position: int


def to_hand_out(scope: Scope, numbers: Iterable[int]) -> list[ToHandOut]:
    """The findings with these numbers that lie in the scope, by number; none of a run that stands aside."""
    found: list[ToHandOut] = []
    days = dict(Run.objects.values_list("pk", "as_of"))
    latest = last_whole_run()
    for some in batched(sorted(set(numbers))):
        rows = reached(Finding.objects.filter(pk__in=some, aside_run__isnull=True), scope)
        found.extend(_to_hand_out(row, latest, days) for row in rows.order_by("pk").values(*_COLUMNS))
    return found


def _to_hand_out(row: Mapping[str, Any], latest: int, days: Mapping[int, int]) -> ToHandOut:
    is_there = row["gone_run_id"] is None
    run = max(row["since_run_id"], latest if is_there else 0)
    return ToHandOut(
        number=row["pk"],
        check=row["check_id"],
        severity=row["severity"],
        table=row["table"],
        row=row["row"],
        subject=row["subject"],
        person=row["person_key"],
        household=row["household_key"],
        village=row["village_key"],
        village_name=row["village"],
        department=row["department"],
        explanation=row["explanation"],
        is_there=is_there,
        is_silent=row["is_silent"],
        run=run,
        as_of=days[run],
    )


def note_handed_out(numbers: Sequence[int], is_open: bool) -> None:
    """That findings have an open task, or have none any more; in the transaction that opens or closes it."""
    for some in batched(sorted(set(numbers))):
        Finding.objects.filter(pk__in=some).update(is_handed_out=is_open)


def numbers_of_check(scope: Scope, check: str) -> list[int]:
    """The findings of a check that are there now and nobody has called a false alarm."""
    rows = reached(Finding.objects.filter(check_id=check, is_silent=False, gone_run__isnull=True), scope)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def standing_after(run: int, numbers: Sequence[int]) -> dict[int, Standing]:
    """How findings stand after a run; those that are there and that it did not ask for are left out."""
    asked = Run.objects.filter(pk=run, is_aside=False).first()
    found: dict[int, Standing] = {}
    if asked is None:
        return found
    checks, villages = frozenset(asked.answered), frozenset(asked.villages)
    columns = ("pk", "gone_run_id", "is_silent", "values_hash", "check_id", "village_key")
    for some in batched(numbers):
        rows = Finding.objects.filter(pk__in=some, aside_run__isnull=True).values_list(*columns)
        for number, gone, is_silent, values, check, village in rows:
            if gone is not None or (check in checks and (not villages or village in villages)):
                found[number] = Standing(gone is None, is_silent, values)
    return found


def read_by(run: int) -> Read | None:
    """What a run has read; None where there is no such run, or it stands aside and says nothing of now."""
    found = Run.objects.filter(pk=run, is_aside=False).values_list("pk", "as_of", "position").first()
    return None if found is None else Read(*found)


def subject_row(number: int) -> tuple[str, int] | None:
    """The table and row that a finding is about, where it is about a row of a ledger."""
    found = Finding.objects.filter(pk=number).values_list("table", "row").first()
    return found if found and found[1] else None


def values_hash_of(number: int) -> str | None:
    """What stands for the values that a finding rests on now."""
    return Finding.objects.filter(pk=number).values_list("values_hash", flat=True).first()
