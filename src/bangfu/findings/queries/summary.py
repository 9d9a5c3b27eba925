"""How many findings there are now, by check, village or department: from kept counts, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Count as Counted
from django.db.models import Q, Sum

from bangfu.findings.models import Finding
from bangfu.findings.queries.standing import since
from bangfu.findings.queries.tally import is_counted, tallies
from bangfu.findings.queries.wanted import FindingFilter
from bangfu.findings.reach import reached
from bangfu.registry.scope import Scope

By = Literal["check", "village", "department"]
_COLUMNS = {"check": "check_id", "village": "village_key", "department": "department"}
_FIGURES = ("open", "fresh", "back", "silent", "unknown")


@dataclass
class Figures:
    """Of one check, village or department; `key` is its id, number or name (None: no village can be told)."""

    key: str | int | None
    by_severity: dict[str, int] = field(default_factory=dict)
    open: int = 0
    fresh: int = 0
    back: int = 0
    silent: int = 0
    unknown: int = 0

    @property
    def error(self) -> int:
        return self.by_severity.get("error", 0)

    @property
    def suspicion(self) -> int:
        return self.by_severity.get("suspicion", 0)

    @property
    def reminder(self) -> int:
        return self.by_severity.get("reminder", 0)


def summary(scope: Scope, *, by: By, wanted: FindingFilter) -> list[Figures]:
    """The most findings first; rows without any are left out. Of the filter what tells checks and places counts."""
    rows = _kept(scope, by, wanted) if is_counted(scope) else _of_households(scope, by, wanted)
    sums: defaultdict[str | int | None, Figures] = defaultdict(lambda: Figures(None))
    for key, *_, severity, opened, fresh, back, silent, unknown in rows:
        one = sums[key]
        one.key = key
        one.by_severity[severity] = one.by_severity.get(severity, 0) + opened
        one.open, one.fresh, one.back = one.open + opened, one.fresh + fresh, one.back + back
        one.silent, one.unknown = one.silent + silent, one.unknown + unknown
    listed = [one for one in sums.values() if one.open or one.silent or one.unknown]
    return sorted(listed, key=lambda one: (-one.open, -one.unknown, str(one.key)))


Row = tuple[Any, ...]


def _kept(scope: Scope, by: By, wanted: FindingFilter) -> list[Row]:
    columns = [_COLUMNS[by], "department", "severity"] if by == "check" else [_COLUMNS[by], "severity"]
    grouped = tallies(scope, wanted).order_by(*columns).values_list(*columns)
    return list(grouped.annotate(*(Sum(name) for name in _FIGURES)))


def _of_households(scope: Scope, by: By, wanted: FindingFilter) -> list[Row]:
    """Of a helper's few households the findings themselves are counted."""
    rows = reached(Finding.objects.filter(gone_run__isnull=True), scope)
    for name in ("check", "village", "department", "severity"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{_COLUMNS.get(name, name): value})
    if wanted.family:
        rows = rows.filter(check_id__startswith=f"{wanted.family}.")
    spoken, whole = Q(is_silent=False), since().run
    fresh = spoken & Q(since_run__gte=whole)
    found = rows.values_list(_COLUMNS[by], "severity").annotate(
        open_=Counted("pk", filter=spoken),
        fresh_=Counted("pk", filter=fresh & Q(first_run__gte=whole)),
        back_=Counted("pk", filter=fresh & Q(first_run__lt=whole)),
        silent_=Counted("pk", filter=~spoken),
    )
    return [(*row, 0) for row in found]
