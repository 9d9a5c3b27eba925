"""Runs, the latest first, and what each of them found new, again, still, and not any more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bangfu.findings.models import Finding, Run, Turn
from bangfu.findings.queries.listing import SIZE, line_of
from bangfu.findings.queries.standing import since
from bangfu.findings.queries.tally import is_counted, villages_of
from bangfu.findings.queries.wanted import FindingFilter, Page, told_place
from bangfu.findings.reach import reached
from bangfu.registry.scope import EVERYTHING, Part, Scope

KINDS = {
    "new": "新增",
    "returned": "重新出现",
    "remaining": "仍在",
    "changed": "值有变化",
    "gone": "消失",
}


_LONG = ("answered", "not_run", "by_check", "by_department", "by_village")
"""Columns of a run that a list does not show."""


@dataclass(frozen=True)
class RunLine:
    """A run in a list. `villages` and `chosen` as they were asked for; empty: all.

    `counts` are those of what the scope reaches, None where they were not kept for it.
    """

    number: int
    started_at: datetime
    at: datetime
    actor: str
    as_of: int
    villages: tuple[int, ...]
    chosen: tuple[str, ...]
    is_whole: bool
    is_aside: bool
    counts: Counter[str] | None

    @property
    def seconds(self) -> int:
        """How long it took."""
        return round((self.at - self.started_at).total_seconds())

    @property
    def found(self) -> int | None:
        if self.counts is None:
            return None
        return self.counts["new"] + self.counts["remaining"] + self.counts["returned"]


@dataclass(frozen=True)
class RunDetail:
    """A run with everything that its page shows.

    `by_check` and `by_village` hold what the scope reaches, as far as it was kept apart; `by_village` has "" where no
    village can be told.
    """

    line: RunLine
    place: str
    answered: tuple[str, ...]
    not_run: Mapping[str, Sequence[str]]
    policy_hash: str
    overlays: str
    engine: str
    position: int
    seal: str
    households: int
    persons: int
    by_check: Mapping[str, Counter[str]] = field(default_factory=dict)
    by_village: Mapping[str, Counter[str]] = field(default_factory=dict)


def runs(scope: Scope, *, before: int | None = None, size: int = SIZE) -> tuple[RunLine, ...]:
    """The latest first, those before a number; of runs of single villages those that the scope reaches."""
    rows = Run.objects.order_by("-pk").defer("answered", "not_run", "by_check")
    found: list[RunLine] = []
    while len(found) < size:
        some = list(rows.filter(pk__lt=before)[:size] if before is not None else rows[:size])
        found.extend(_line(row, scope) for row in some if _is_reached(row, scope))
        if len(some) < size:
            break
        before = some[-1].pk
    return tuple(found[:size])


def run(scope: Scope, number: int) -> RunDetail | None:
    """None where there is none, or it was about other villages only."""
    row = Run.objects.filter(pk=number).first()
    return None if row is None or not _is_reached(row, scope) else _detail(row, scope)


def run_of_job(job: int) -> int | None:
    return Run.objects.filter(job=job).values_list("pk", flat=True).first()


def counts_of(number: int) -> Mapping[str, int]:
    """What a run came to, in all."""
    return Counter(Run.objects.values_list("counts", flat=True).get(pk=number))


def last_run(*, is_whole: bool = False) -> RunLine | None:
    """The last that changed what there is now; None before the first."""
    rows = Run.objects.filter(is_aside=False).order_by("-pk").defer(*_LONG)
    row = (rows.filter(is_whole=True) if is_whole else rows).first()
    return None if row is None else _line(row, EVERYTHING)


def found_by(scope: Scope, number: int, kind: str, *, after: str | None = None, size: int = SIZE) -> Page:
    """The findings that are `kind` (one of KINDS) to a run, as they are now; of a run aside, what it found (new)."""
    run = Run.objects.get(pk=number)
    rows = reached(_of_kind(run, kind), scope).order_by("pk").defer("told")
    place = told_place(after, (int,))
    if place is not None:
        rows = rows.filter(pk__gt=place[0])
    found, against = list(rows[: size + 1]), since()
    lines = tuple(line_of(row, against) for row in found[:size])
    return Page(lines, str(lines[-1].number) if len(found) > size else None)


# -- rows --------------------------------------------------------------------------------------------


def _of_kind(run: Run, kind: str) -> QuerySet[Finding]:
    if kind == "new":
        return Finding.objects.filter(first_run=run)
    if kind == "remaining":
        return Finding.objects.none() if run.is_aside else _remaining(run)
    turned = Turn.objects.filter(run=run, kind=kind)
    return Finding.objects.filter(pk__in=turned.values("finding"))


def _remaining(run: Run) -> QuerySet[Finding]:
    """Asked for by the run, there before it, and neither gone nor returned with it."""
    moves = Turn.objects.filter(finding=OuterRef("pk"), kind__in=("gone", "returned"), run__lte=run)
    last = moves.order_by("-run_id").values("kind")[:1]
    at_it = Turn.objects.filter(finding=OuterRef("pk"), kind="returned", run=run)
    rows = Finding.objects.filter(first_run__lt=run.pk, aside_run__isnull=True).annotate(moved=Subquery(last))
    rows = rows.filter(Q(moved__isnull=True) | Q(moved="returned"), ~Exists(at_it))
    if run.villages:
        rows = rows.filter(village_key__in=run.villages)
    return rows.filter(check_id__in=run.answered)


def _is_reached(row: Run, scope: Scope) -> bool:
    if not row.villages or scope.is_everything:
        return bool(scope.parts)
    return any(_meets(part.villages, row.villages) for part in scope.parts)


def _meets(reach: frozenset[int] | None, villages: Iterable[int]) -> bool:
    return reach is None or not reach.isdisjoint(villages)


def _counts(row: Run, scope: Scope) -> Counter[str] | None:
    match scope.parts:
        case _ if scope.is_everything:
            return Counter(row.counts)
        case (Part(villages=None, departments=departments, households=None),) if departments is not None:
            return _sum(row.by_department, departments)
        case (Part(villages=villages, departments=None, households=None),) if villages is not None:
            return _sum(row.by_village, map(str, villages))
    return None


def _sum(counted: Mapping[str, Mapping[str, int]], keys: Iterable[str]) -> Counter[str]:
    total: Counter[str] = Counter()
    for key in keys:
        total.update(counted.get(key, {}))
    return total


def _line(row: Run, scope: Scope) -> RunLine:
    return RunLine(
        number=row.pk,
        started_at=row.started_at,
        at=row.at,
        actor=row.actor,
        as_of=row.as_of,
        villages=tuple(row.villages),
        chosen=tuple(row.chosen),
        is_whole=row.is_whole,
        is_aside=row.is_aside,
        counts=_counts(row, scope),
    )


def _detail(row: Run, scope: Scope) -> RunDetail:
    reach = villages_of(scope, FindingFilter())
    is_by_check = all(part.villages is None and part.departments is None for part in scope.parts)
    return RunDetail(
        line=_line(row, scope),
        place=row.place,
        answered=tuple(row.answered),
        not_run=row.not_run,
        policy_hash=row.policy_hash,
        overlays=row.overlays,
        engine=row.engine,
        position=row.position,
        seal=row.seal,
        households=row.households,
        persons=row.persons,
        by_check=_counters(row.by_check) if is_by_check and is_counted(scope) else {},
        by_village=_reached_villages(_counters(row.by_village), scope, reach),
    )


def _reached_villages(
    counted: dict[str, Counter[str]], scope: Scope, reach: Sequence[int] | None
) -> dict[str, Counter[str]]:
    if not is_counted(scope) or any(part.departments is not None for part in scope.parts):
        return {}
    return counted if reach is None else {key: counted[key] for key in map(str, reach) if key in counted}


def _counters(told: Mapping[str, Mapping[str, Any]]) -> dict[str, Counter[str]]:
    return {key: Counter(counts) for key, counts in told.items()}
