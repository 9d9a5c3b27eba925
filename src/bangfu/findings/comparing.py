"""What a run found against what is known: new, returned, changed, the same, gone. Nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from bangfu.findings.asked import Asked
from bangfu.findings.collecting import FOUND, GONE, IDENTITY, Place, aside, execute
from bangfu.findings.models import Finding, Run
from bangfu.registry.queries import household_rows

KINDS = ("new", "remaining", "returned", "gone", "changed")
"""What a finding is to a run; changed ones are among those that remain."""
_TURNS = {
    "same": "remaining",
    "told": "remaining",
    "changed": "remaining",
    "returned": "returned",
    None: "new",
}


@dataclass(frozen=True)
class Span:
    """Of which findings a run may say that they are gone."""

    villages: tuple[int, ...]
    answered: tuple[str, ...]
    not_run: tuple[str, ...]
    has_every_check: bool

    def sql(self, alias: str) -> tuple[str, list[Any]]:
        """A condition. A check that is not in force any more finds nothing; one that could not be asked says nothing."""
        column = f"{alias}.check_id"
        parts, given = list[str](), list[Any]()
        if self.villages:
            parts.append(_among(f"{alias}.village_key", self.villages))
            given.extend(self.villages)
        if not self.has_every_check:
            parts.append(_among(column, self.answered))
            given.extend(self.answered)
        elif self.not_run:
            parts.append(f"NOT {_among(column, self.not_run)}")
            given.extend(self.not_run)
        return " AND ".join(parts) or "1 = 1", given


@dataclass
class Difference:
    """`last` is the run that it is against. `counts` by what findings are to this run, `standing` to the last whole one."""

    last: int
    counts: Counter[tuple[Place, str]] = field(default_factory=Counter)
    standing: Counter[tuple[Place, str]] = field(default_factory=Counter)


def span_of(asked: Asked, answered: Sequence[str], not_run: Sequence[str]) -> Span:
    return Span(asked.villages, tuple(answered), tuple(not_run), not asked.checks)


@dataclass(frozen=True)
class Since:
    """A whole run; what was there before it and still is remains, what runs of a few villages find later counts with it."""

    run: int

    def state(self, first: int, since: int, gone: int | None) -> str:
        """new, returned, remaining or gone."""
        if gone is not None:
            return "gone"
        if since < self.run:
            return "remaining"
        return "new" if first >= self.run else "returned"


def last_run() -> int:
    """The number of the last run that stands in the row of runs; 0 before the first."""
    return Run.objects.filter(is_aside=False).aggregate(last=Max("pk"))["last"] or 0


def last_whole_run() -> int:
    return Run.objects.filter(is_aside=False, is_whole=True).aggregate(last=Max("pk"))["last"] or 0


def compared(span: Span) -> Difference:
    """Marks each row in FOUND with the finding that it is, and lists those that are gone."""
    difference = Difference(last_run())
    with aside():
        _mark()
        _list_gone(span)
        _stay_where_they_moved(span)
        whole = None if span_is_whole(span) else Since(last_whole_run())
        difference.counts, difference.standing = _counted(whole)
    return difference


def span_is_whole(span: Span) -> bool:
    return span.has_every_check and not span.villages


def _mark() -> None:
    same = " AND ".join(f'f."{name}" = {FOUND}."{name}"' for name in IDENTITY)
    turn = (
        "CASE WHEN f.gone_run_id IS NOT NULL THEN 'returned' "
        f"WHEN f.values_hash <> {FOUND}.values_hash THEN 'changed' "
        f"WHEN f.told_hash <> {FOUND}.told_hash THEN 'told' ELSE 'same' END"
    )
    execute(
        f"UPDATE {FOUND} SET (known, turn, since, first) = (SELECT f.id, {turn}, f.since_run_id, f.first_run_id "
        f"FROM {_table()} f WHERE {same} AND f.aside_run_id IS NULL)"
    )
    execute(f"DROP INDEX IF EXISTS {FOUND}_known")
    execute(f"CREATE INDEX {FOUND}_known ON {FOUND} (known)")


def _list_gone(span: Span) -> None:
    condition, given = span.sql("f")
    execute(f"DROP TABLE IF EXISTS {GONE}")
    execute(
        f"CREATE TEMP TABLE {GONE} AS SELECT f.id, f.check_id, f.village_key, f.department, f.severity, f.household_key "
        f"FROM {_table()} f WHERE f.gone_run_id IS NULL AND {condition} "
        f"AND NOT EXISTS (SELECT 1 FROM {FOUND} r WHERE r.known = f.id)",
        given,
    )


def _stay_where_they_moved(span: Span) -> None:
    """A household that has moved away from the villages asked was not asked: nothing of it is gone."""
    if not span.villages:
        return
    rows = execute(f"SELECT DISTINCT household_key FROM {GONE} WHERE household_key IS NOT NULL")
    homes = household_rows([key for (key,) in rows])
    moved = [key for key, home in homes.items() if home["village_key"] not in span.villages]
    for key in moved:
        execute(f"DELETE FROM {GONE} WHERE household_key = %s", [key])


def _counted(whole: Since | None) -> tuple[Counter[tuple[Place, str]], Counter[tuple[Place, str]]]:
    """By place and kind, against the run before and against the last whole one (None: this is one)."""
    counts, standing = Counter[tuple[Place, str]](), Counter[tuple[Place, str]]()
    grouped = "check_id, village_key, department, severity, turn, since, first"
    for *found, turn, since, first, count in execute(
        f"SELECT {grouped}, count(*) FROM {FOUND} GROUP BY {grouped}"
    ):
        place, kind = _place(found), _TURNS[turn]
        counts[place, kind] += count
        if turn == "changed":
            counts[place, "changed"] += count
        stands = kind if whole is None or kind == "new" else whole.state(first, since, None)
        standing[place, "returned" if kind == "returned" else stands] += count
    grouped = "check_id, village_key, department, severity"
    for *gone, count in execute(f"SELECT {grouped}, count(*) FROM {GONE} GROUP BY {grouped}"):
        counts[_place(gone), "gone"] += count
    return counts, standing


def _place(found: Sequence[Any]) -> Place:
    check, village, department, severity = found
    return check, village, department, severity


def _table() -> str:
    return f'"{Finding._meta.db_table}"'


def _among(column: str, values: Sequence[Any]) -> str:
    return f"{column} IN ({', '.join(['%s'] * len(values)) or 'NULL'})"
