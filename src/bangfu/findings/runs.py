"""Checks the register and keeps what it found, as a difference from the run before."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bangfu.findings.models import FalseAlarm, Finding, Run
from bangfu.intake.snapshots.writing import Manifest, write_snapshot
from bangfu.office.journal.rows import batched
from bangfu.office.journal.waiting import write_lock
from bangfu.screening.findings import Finding as Found
from bangfu.screening.job import Job, check_snapshot
from bangfu.screening.result import Result
from bangfu.terms.errors import UserError

_CHUNK = 2_000
_KNOWN_BY_NUMBER = ("household", "person", "village")
Identity = tuple[str, str, str, int]


@dataclass(frozen=True)
class Kept:
    """A run and what the check of its snapshot came to."""

    run: Run
    result: Result


def check_register(
    job: Job, *, as_of: int, actor: str, say: Callable[[str], None] = lambda message: None
) -> Kept:
    """Checks the register as of a day (yyyymmdd) and stores the run. Writes what `bangfu check` writes, too.

    `say` is told when another writer must be waited for.
    """
    with tempfile.TemporaryDirectory(prefix="bangfu-snapshot-") as folder:
        snapshot = Path(folder) / "snapshot"
        manifest = write_snapshot(as_of, snapshot)
        found: list[Found] = []
        result = check_snapshot(job, snapshot, found.append)
    with write_lock(say):
        return Kept(_keep(found, result, manifest, actor, is_whole=not job.only), result)


def call_false_alarm(number: int, *, reason: str, actor: str) -> None:
    """Silences a finding until the values it rests on change. UserError without a reason or a finding."""
    if not reason.strip():
        raise UserError("请写明为什么是误报")
    finding = Finding.objects.filter(pk=number).first()
    if finding is None or finding.state == "gone":
        raise UserError(f"没有编号为 {number} 的疑点")
    with write_lock(lambda message: None):
        FalseAlarm.objects.create(
            finding=finding,
            values_hash=finding.values_hash,
            reason=reason.strip(),
            actor=actor,
            at=datetime.now(UTC),
        )
        Finding.objects.filter(pk=number).update(is_silent=True)


def _keep(found: Iterable[Found], result: Result, manifest: Manifest, actor: str, *, is_whole: bool) -> Run:
    run = Run.objects.create(
        at=datetime.now(UTC),
        actor=actor,
        as_of=result.as_of,
        place=result.place,
        policy_hash=result.policy_hash,
        engine=importlib.metadata.version("bangfu"),
        position=manifest.position,
        seal=manifest.seal,
    )
    known = _known()
    alarms = set(FalseAlarm.objects.values_list("finding_id", "values_hash"))
    seen: set[Identity] = set()
    new: list[Finding] = []
    old: list[Finding] = []
    for one in found:
        made = _row(one, run)
        identity = _identity_of(made)
        if identity in seen:
            continue
        seen.add(identity)
        before = known.get(identity)
        if before is None:
            new.append(made)
            continue
        made.pk, made.first_run_id = before.id, before.first_run
        made.state = "returned" if before.state == "gone" else "remaining"
        made.is_silent = (before.id, made.values_hash) in alarms
        old.append(made)
    asked = {check.id for check in result.run.checks}
    gone = [
        row.id
        for identity, row in known.items()
        if identity not in seen and row.state != "gone" and (is_whole or identity[0] in asked)
    ]
    _write(new, old, gone)
    run.counts = {
        "new": len(new),
        **Counter(row.state for row in old),
        "gone": len(gone),
        "silent": sum(row.is_silent for row in old),
    }
    run.save()
    return run


@dataclass(frozen=True, slots=True)
class _Before:
    """What the runs so far made of a finding."""

    id: int
    state: str
    first_run: int


def _known() -> dict[Identity, _Before]:
    """Every finding ever made, by identity; only what the comparison needs of it."""
    rows = Finding.objects.values_list("check_id", "table", "subject", "row", "id", "state", "first_run_id")
    return {
        (check, table, subject, row): _Before(number, state, first)
        for check, table, subject, row, number, state, first in rows.iterator(_CHUNK)
    }


def _write(new: list[Finding], old: list[Finding], gone: list[int]) -> None:
    Finding.objects.bulk_create(new, batch_size=_CHUNK)
    fields = [
        "severity",
        "village",
        "department",
        "explanation",
        "values",
        "values_hash",
        "state",
        "is_silent",
        "last_run",
    ]
    Finding.objects.bulk_update(old, fields, batch_size=200)
    for some in batched(gone):
        Finding.objects.filter(pk__in=some).update(state="gone")


def _row(found: Found, run: Run) -> Finding:
    values = json.loads(json.dumps(dict(found.values), ensure_ascii=False, default=str))
    told = json.dumps(values, ensure_ascii=False, sort_keys=True)
    table = found.check.subject
    return Finding(
        check_id=found.check.id,
        table=table,
        subject=found.subject.id,
        row=0 if table in _KNOWN_BY_NUMBER else found.row,
        severity=found.severity,
        village=found.subject.village,
        department=found.check.department,
        explanation=found.explanation,
        values=values,
        values_hash=hashlib.sha256(told.encode()).hexdigest(),
        state="new",
        first_run=run,
        last_run=run,
    )


def _identity_of(row: Finding) -> Identity:
    return (row.check_id, row.table, row.subject, row.row)


def difference_lines(run: Run) -> Iterator[str]:
    """The run against the one before, in words."""
    counts = Counter(run.counts)
    yield (
        f"第 {run.pk} 次核查:新增 {counts['new']} 条,仍在 {counts['remaining']} 条,"
        f"重新出现 {counts['returned']} 条,消失 {counts['gone']} 条;其中已认定误报 {counts['silent']} 条"
    )
