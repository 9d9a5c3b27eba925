"""What the kept counts say: how many findings there are, and in which checks and villages they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from bangfu.findings.models import Tally
from bangfu.findings.queries.wanted import FindingFilter
from bangfu.findings.reach import reached
from bangfu.registry.scope import Part, Scope


def is_counted(scope: Scope) -> bool:
    """Whether the kept counts know what the scope reaches: they do not know households."""
    return all(part.households is None for part in scope.parts)


def tallies(scope: Scope, wanted: FindingFilter) -> QuerySet[Tally]:
    """The counts of what is wanted."""
    rows = reached(Tally.objects.all(), _without_households(scope))
    if wanted.check:
        rows = rows.filter(check_id=wanted.check)
    if wanted.family:
        rows = rows.filter(check_id__startswith=f"{wanted.family}.")
    if wanted.village is not None:
        rows = rows.filter(village_key=wanted.village)
    if wanted.department:
        rows = rows.filter(department=wanted.department)
    if wanted.severity:
        rows = rows.filter(severity=wanted.severity)
    return rows


def total(scope: Scope, wanted: FindingFilter) -> int:
    """How many are wanted; of filters that `is_of_tally`, in scopes that `is_counted`."""
    sums = tallies(scope, wanted).aggregate(
        **{name: Sum(name) for name in ("open", "fresh", "back", "silent")}
    )
    opened, fresh, back, silent = (sums[name] or 0 for name in ("open", "fresh", "back", "silent"))
    if wanted.is_silent is True:
        return silent
    by_state = {"new": fresh, "returned": back, "remaining": opened - fresh - back}
    spoken = by_state.get(wanted.state, opened)
    return spoken if wanted.is_silent is False else spoken + silent


@dataclass(frozen=True)
class Cell:
    """Where findings are, as an index finds them: of a check, in a village, or anywhere."""

    check: str | None = None
    village: int | None = None

    def condition(self) -> Q:
        named = {"check_id": self.check, "village_key": self.village}
        return Q(**{name: value for name, value in named.items() if value is not None})


def checks_with(scope: Scope, wanted: FindingFilter) -> list[Cell]:
    """The checks that found what is wanted."""
    names = _there(tallies(scope, wanted), wanted).order_by("check_id").values_list("check_id", flat=True)
    return [Cell(name, None) for name in names.distinct()]


def cells_with(scope: Scope, wanted: FindingFilter) -> list[Cell]:
    """The checks and villages together."""
    pairs = _there(tallies(scope, wanted), wanted).order_by("check_id", "village_key")
    return [Cell(*pair) for pair in pairs.values_list("check_id", "village_key").distinct()]


def villages_of(scope: Scope, wanted: FindingFilter) -> list[int] | None:
    """The villages to look in; None where they are not limited."""
    if wanted.village is not None:
        return [wanted.village]
    reach = set[int]()
    for part in scope.parts:
        if part.villages is None:
            return None
        reach.update(part.villages)
    return sorted(reach)


def _there(rows: QuerySet[Tally], wanted: FindingFilter) -> QuerySet[Tally]:
    if wanted.is_silent is True:
        return rows.filter(silent__gt=0)
    spoken = {"new": Q(fresh__gt=0), "returned": Q(back__gt=0)}.get(wanted.state, Q(open__gt=0))
    return rows.filter(spoken if wanted.is_silent is False else spoken | Q(silent__gt=0))


def _without_households(scope: Scope) -> Scope:
    return Scope(tuple(_of_places(scope.parts)))


def _of_places(parts: tuple[Part, ...]) -> Iterator[Part]:
    return (Part(part.villages, part.departments) for part in parts if part.households is None)
