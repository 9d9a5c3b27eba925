"""A run and its difference are written: only what is new, has changed or is gone, all of it or nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from bangfu.findings.collecting import CONTENT, FOUND, GONE, IDENTITY, Collected, Place, execute, listed
from bangfu.findings.comparing import Difference, Since, Span, last_whole_run, span_is_whole
from bangfu.findings.models import FalseAlarm, Finding, Run, Tally, Turn

COUNTED = ("new", "remaining", "returned", "gone", "changed", "silent", "unknown")
_CHUNK = 2_000


def keep(run: Run, collected: Collected, difference: Difference, span: Span) -> None:
    """Writes what `comparing` has marked. The caller holds the write lock."""
    run.save()
    _turn(run, "turn IN ('returned', 'changed')", FOUND)
    _change(run)
    _go(run)
    _add(run)
    _silence()
    silent = _silent(Since(last_whole_run()))
    _count(run, difference, collected.unknown, silent)
    if span_is_whole(span):
        Tally.objects.update(fresh=0, back=0)
    _tally(collected.unknown, difference, span, silent)


def keep_aside(run: Run, collected: Collected) -> None:
    """Writes a run that stands by itself, whose findings are nobody's present ones."""
    run.save()
    counts: Counter[tuple[Place, str]] = Counter()
    grouped = "check_id, village_key, department, severity"
    for check, village, department, severity, count in execute(
        f"SELECT {grouped}, count(*) FROM {FOUND} GROUP BY {grouped}"
    ):
        counts[(check, village, department, severity), "new"] = count
    _insert(run, {"gone_run_id": run.pk, "aside_run_id": run.pk})
    _count(run, Difference(0, counts), collected.unknown, Counter())


# -- findings ----------------------------------------------------------------------------------------


def _turn(run: Run, condition: str, source: str) -> None:
    columns = listed(("run_id", "finding_id", "kind"))
    execute(
        f'INSERT INTO "{Turn._meta.db_table}" ({columns}) '
        f"SELECT %s, known, turn FROM {source} WHERE {condition}",
        [run.pk],
    )


def _change(run: Run) -> None:
    """Findings that returned, or of which something else is told than before."""
    told = ", ".join(f'"{name}" = r."{name}"' for name in CONTENT)
    execute(
        f'UPDATE "{_FINDING}" SET {told}, gone_run_id = NULL, '
        f"since_run_id = CASE WHEN r.turn = 'returned' THEN %s ELSE since_run_id END "
        f"FROM {FOUND} r WHERE r.known = \"{_FINDING}\".id AND r.turn IN ('returned', 'changed', 'told')",
        [run.pk],
    )


def _go(run: Run) -> None:
    columns = listed(("run_id", "finding_id", "kind"))
    execute(f"INSERT INTO \"{Turn._meta.db_table}\" ({columns}) SELECT %s, id, 'gone' FROM {GONE}", [run.pk])
    execute(f'UPDATE "{_FINDING}" SET gone_run_id = %s WHERE id IN (SELECT id FROM {GONE})', [run.pk])


def _add(run: Run) -> None:
    _insert(run, {"gone_run_id": None, "aside_run_id": None})


def _insert(run: Run, marks: Mapping[str, int | None]) -> None:
    names = (*IDENTITY, *CONTENT)
    fixed = {
        "first_run_id": run.pk,
        "since_run_id": run.pk,
        **marks,
        "is_silent": False,
        "is_handed_out": False,
    }
    execute(
        f'INSERT INTO "{_FINDING}" ({listed((*names, *fixed))}) '
        f"SELECT {listed(names)}, {', '.join(['%s'] * len(fixed))} FROM {FOUND} WHERE known IS NULL ORDER BY n",
        list(fixed.values()),
    )


def _silence() -> None:
    """A decision holds for the values that it was made on."""
    alarm = FalseAlarm._meta.db_table
    holds = (
        f'EXISTS (SELECT 1 FROM "{alarm}" a WHERE a.finding_no = "{_FINDING}".id '
        f'AND a.values_hash = "{_FINDING}".values_hash AND a.withdrawn_on IS NULL)'
    )
    execute(f'UPDATE "{_FINDING}" SET is_silent = {holds} WHERE id IN (SELECT finding_no FROM "{alarm}")')


# -- counts ------------------------------------------------------------------------------------------


def _silent(whole: Since) -> Counter[tuple[Place, str]]:
    """Present findings that were called false alarms, by place and what they are to the last whole run."""
    decided = FalseAlarm.objects.filter(withdrawn_on__isnull=True).values("finding_no")
    rows = Finding.objects.filter(pk__in=decided, is_silent=True, gone_run__isnull=True)
    columns = ("check_id", "village_key", "department", "severity", "first_run_id", "since_run_id")
    return Counter(
        ((check, village, department, severity), whole.state(first, since, None))
        for check, village, department, severity, first, since in rows.values_list(*columns)
    )


def _count(
    run: Run,
    difference: Difference,
    unknown: Mapping[Place, int],
    silent: Mapping[tuple[Place, str], int],
) -> None:
    """The run's own figures: in all, by check, department and village."""
    sums: defaultdict[str, defaultdict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for (check, village, department, _), kind, count in _every(difference, unknown, silent):
        for by, key in (("all", ""), ("check", check), ("department", department), ("village", village)):
            sums[by]["" if key is None else str(key)][kind] += count
    run.counts = {kind: sums["all"][""][kind] for kind in COUNTED}
    run.by_check, run.by_department, run.by_village = (
        {key: dict(counts) for key, counts in sums[by].items()} for by in ("check", "department", "village")
    )
    run.save(update_fields=["counts", "by_check", "by_department", "by_village"])


def _every(
    difference: Difference, unknown: Mapping[Place, int], silent: Mapping[tuple[Place, str], int]
) -> Iterable[tuple[Place, str, int]]:
    yield from ((place, kind, count) for (place, kind), count in difference.counts.items())
    found = {place for place, kind in difference.counts if kind != "gone"}
    yield from ((place, "silent", count) for (place, _), count in silent.items() if place in found)
    yield from ((place, "unknown", count) for place, count in unknown.items())


def _tally(
    unknown: Mapping[Place, int], difference: Difference, span: Span, silent: Counter[tuple[Place, str]]
) -> None:
    """What there is now, of what the run has asked."""
    condition, given = span.sql("t")
    execute(f'DELETE FROM "{_TALLY}" WHERE id IN (SELECT t.id FROM "{_TALLY}" t WHERE {condition})', given)
    spoken = difference.standing - silent
    places = dict.fromkeys([*(place for place, _ in difference.standing), *unknown])
    Tally.objects.bulk_create(
        (
            Tally(
                check_id=place[0],
                village_key=place[1],
                department=place[2],
                severity=place[3],
                open=sum(spoken[place, state] for state in _PRESENT),
                fresh=spoken[place, "new"],
                back=spoken[place, "returned"],
                silent=sum(silent[place, state] for state in _PRESENT),
                unknown=unknown.get(place, 0),
            )
            for place in places
        ),
        batch_size=_CHUNK,
    )


_PRESENT = ("new", "returned", "remaining")
_FINDING, _TALLY = Finding._meta.db_table, Tally._meta.db_table
