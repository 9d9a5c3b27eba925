"""Findings in pages: filters, scopes, keyset, kept counts, and that an index is used however many there are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.findings import queries
from bangfu.findings.models import Finding, Run, Tally
from bangfu.findings.queries import FindingFilter
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope
from tests.home.office_with_faults import RIGHT, make_office, run, set_birth, silence

CHECKS = (
    ("income.low", "民政", "error", 3),
    ("income.high", "财政", "suspicion", 2),
    ("loan.late", "金融", "error", 3),
)
VILLAGES, HOUSEHOLDS = 5, 20
CADRE = Scope((Part(frozenset({2})),))
TWO_VILLAGES = Scope((Part(frozenset({2, 4})),))
OFFICER = Scope((Part(None, ("民政", "金融")),))
OFFICER_OF_VILLAGE = Scope((Part(frozenset({2}), ("民政",)),))
HELPER = Scope((Part(None, None, frozenset({3, 7})),))
TWO_ROLES = Scope((Part(frozenset({1})), Part(None, ("金融",))))


@pytest.fixture
def made(any_home: Path) -> list[Finding]:
    return make_findings()


def make_findings() -> list[Finding]:
    """Each check finds something in every household; a third of that in the second, whole run, some in a later one."""
    at = datetime(2023, 12, 18, tzinfo=UTC)
    first, whole, village = (
        Run.objects.create(
            started_at=at,
            at=at,
            actor="张三",
            as_of=20231216 + number,
            place="421281102",
            is_whole=number < 2,
            villages=[] if number < 2 else [2],
            policy_hash="x",
            engine="1",
            position=1,
            seal="x",
        )
        for number in range(3)
    )
    Finding.objects.bulk_create(_rows(first, whole, village))
    _tally(whole)
    return list(Finding.objects.all())


def _rows(first: Run, whole: Run, village: Run) -> Iterator[Finding]:
    for check, department, severity, rank in CHECKS:
        for household in range(HOUSEHOLDS):
            place = 1 + household % VILLAGES
            since = village if place == 2 and household % 2 else whole if household % 3 == 0 else first
            yield Finding(
                check_id=check,
                table="household",
                subject=f"42{household:010d}",
                name="王李张"[household % 3] + str(household),
                household=f"42{household:010d}",
                household_key=household,
                village_key=place,
                village=f"村{place}",
                department=department,
                severity=severity,
                rank=rank,
                explanation="人均纯收入未填",
                told=json.dumps({"explanation": "", "values": {}, "standards": [], "cells": []}),
                values_hash="v",
                told_hash="t",
                first_run=first if check == "loan.late" and since is whole else since,
                since_run=since,
            )


def _tally(whole: Run) -> None:
    counted: dict[tuple[str, int | None, str, str], list[int]] = {}
    for one in Finding.objects.all():
        key = one.check_id, one.village_key, one.department, one.severity
        found = counted.setdefault(key, [0, 0, 0])
        found[0] += 1
        found[1] += one.first_run_id >= whole.pk
        found[2] += one.first_run_id < whole.pk <= one.since_run_id
    Tally.objects.bulk_create(
        Tally(
            check_id=c, village_key=v, department=d, severity=s, open=n, fresh=f, back=b, silent=0, unknown=1
        )
        for (c, v, d, s), (n, f, b) in counted.items()
    )


def seen(scope: Scope, wanted: FindingFilter, size: int = 7) -> list[int]:
    """The numbers of all pages."""
    found: list[int] = []
    after: str | None = None
    while True:
        page = queries.findings(scope, wanted, after=after, size=size)
        found.extend(line.number for line in page.lines)
        after = page.after
        if after is None:
            return found


def expected(made: list[Finding], scope: Scope, wanted: FindingFilter) -> list[int]:
    """The same, looked for one by one in Python."""
    whole = Run.objects.filter(is_whole=True).order_by("-pk")[0].pk

    def fits(one: Finding) -> bool:
        is_fresh = one.since_run_id >= whole
        standing = "remaining" if not is_fresh else "new" if one.first_run_id >= whole else "returned"
        return (
            scope.has(village=one.village_key, household=one.household_key, department=one.department)
            and wanted.check in ("", one.check_id)
            and (not wanted.family or one.check_id.startswith(f"{wanted.family}."))
            and wanted.village in (None, one.village_key)
            and wanted.department in ("", one.department)
            and wanted.severity in ("", one.severity)
            and wanted.state in ("", standing)
        )

    chosen = [one for one in made if fits(one)]
    chosen.sort(key=lambda one: (one.since_run_id, one.rank, one.pk), reverse=True)
    return [one.pk for one in chosen]


FILTERS = {
    "all": FindingFilter(),
    "check": FindingFilter(check="income.low"),
    "family": FindingFilter(family="income"),
    "village": FindingFilter(village=2),
    "foreign village": FindingFilter(village=3),
    "village and check": FindingFilter(village=2, check="loan.late"),
    "village and family": FindingFilter(village=4, family="income"),
    "department": FindingFilter(department="民政"),
    "severity": FindingFilter(severity="error"),
    "new": FindingFilter(state="new"),
    "returned": FindingFilter(state="returned"),
    "returned in a village": FindingFilter(state="returned", village=4),
    "remaining": FindingFilter(state="remaining"),
    "remaining errors": FindingFilter(state="remaining", severity="error"),
    "nothing": FindingFilter(check="no.such"),
}
OTHERS = {
    "name": FindingFilter(text="王"),
    "gone": FindingFilter(state="gone"),
    "handed out": FindingFilter(is_handed_out=True),
}
SCOPES = {
    "everything": EVERYTHING,
    "nothing": NOTHING,
    "cadre": CADRE,
    "two villages": TWO_VILLAGES,
    "officer": OFFICER,
    "officer of a village": OFFICER_OF_VILLAGE,
    "helper": HELPER,
    "two roles": TWO_ROLES,
}


def test_every_filter_in_every_scope_gives_what_fits_in_order(made: list[Finding]) -> None:
    for scope in SCOPES.values():
        for name, wanted in FILTERS.items():
            assert seen(scope, wanted) == expected(made, scope, wanted), f"{scope} {name}"
            assert queries.count(scope, wanted).number == len(expected(made, scope, wanted)), (
                f"{scope} {name}"
            )


def test_text_is_the_beginning_of_a_name_or_number(made: list[Finding]) -> None:
    by_name = seen(EVERYTHING, FindingFilter(text="王"))
    names = dict(Finding.objects.values_list("pk", "name"))
    assert [names[number] for number in by_name] == sorted(
        name for name in names.values() if name.startswith("王")
    )
    of_home = seen(EVERYTHING, FindingFilter(text="420000000003"))
    assert {Finding.objects.get(pk=number).household_key for number in of_home} == {3}
    assert seen(CADRE, FindingFilter(text="王", village=2)) == [
        number for number in seen(CADRE, FindingFilter()) if names[number].startswith("王")
    ]
    assert seen(EVERYTHING, FindingFilter(text="%")) == seen(EVERYTHING, FindingFilter(text="_")) == []


def test_a_person_is_found_by_the_whole_number(home: Path) -> None:
    office = make_office()
    run()
    assert office.persons
    assert len(seen(EVERYTHING, FindingFilter(text="61000000000100"))) == 1


def test_a_page_that_no_page_tells_of_is_the_first(made: list[Finding]) -> None:
    first = queries.findings(EVERYTHING, FindingFilter()).lines
    for after in ("x", "1~2", "1~2~x", "~~", "1~2~3~4"):
        assert queries.findings(EVERYTHING, FindingFilter(), after=after).lines == first


def test_summaries_add_up(made: list[Finding]) -> None:
    for scope in SCOPES.values():
        listed = len(expected(made, scope, FindingFilter()))
        for by in ("check", "village", "department"):
            sums = queries.summary(scope, by=by, wanted=FindingFilter())
            assert sum(one.open for one in sums) == listed
            assert [one.open for one in sums] == sorted((one.open for one in sums), reverse=True)
    one = next(
        one
        for one in queries.summary(EVERYTHING, by="check", wanted=FindingFilter(village=2))
        if one.key == "income.low"
    )
    assert (one.open, one.error, one.suspicion, one.unknown) == (HOUSEHOLDS // VILLAGES, 4, 0, 1)


def test_what_is_counted_one_by_one_is_counted_up_to_a_limit(
    made: list[Finding], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(queries.count(EVERYTHING, FindingFilter(text="王"))) == "21"
    monkeypatch.setattr("bangfu.findings.queries.listing.MOST", 5)
    assert str(queries.count(EVERYTHING, FindingFilter(text="王"))) == "5 以上"


def test_a_page_costs_the_same_queries_however_much_there_is(made: list[Finding]) -> None:
    for scope in SCOPES.values():
        for wanted in FILTERS.values():
            with CaptureQueriesContext(connection) as asked:
                queries.findings(scope, wanted)
            assert len(asked) <= 4
            with CaptureQueriesContext(connection) as asked:
                queries.summary(scope, by="check", wanted=wanted)
            assert len(asked) <= 2


def test_every_list_is_read_from_an_index(home: Path) -> None:
    make_findings()
    for scope in SCOPES.values():
        for name, wanted in {**FILTERS, **OTHERS}.items():
            page = queries.findings(scope, wanted, size=2)
            with CaptureQueriesContext(connection) as asked:
                queries.findings(scope, wanted, after=page.after, size=2)
            for query in asked:
                assert plan_of(query["sql"]) == [], f"{scope} {name}: {query['sql']}"


def plan_of(sql: str) -> list[str]:
    """The steps of a statement about findings that read the whole table."""
    if '"finding"' not in sql:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}".replace("%", "%%"))
        steps = [row[3] for row in cursor.fetchall()]
    return [step for step in steps if step.startswith("SCAN finding") and "INDEX" not in step]


def test_a_household_shows_all_its_findings(made: list[Finding]) -> None:
    Finding.objects.filter(household_key=7, check_id="loan.late").update(is_silent=True)
    lines = queries.findings_of_household(EVERYTHING, 7)
    assert [(line.check, line.is_silent) for line in lines] == [
        ("loan.late", True),
        ("income.low", False),
        ("income.high", False),
    ]
    assert queries.findings_of_household(OFFICER, 7) == tuple(
        line for line in lines if line.department != "财政"
    )
    assert queries.findings_of_household(CADRE, 7) == ()  # of village 3
    assert len(queries.findings_of_household(HELPER, 7)) == 3


def test_one_finding_with_its_history_and_decisions(any_home: Path) -> None:
    office = make_office()
    runs = [run(only=())]
    set_birth(office.persons[0][0], RIGHT)
    runs.append(run(only=()))
    set_birth(office.persons[0][0], 19800102)
    runs.append(run(only=()))
    number = Finding.objects.get(
        subject="61000000000000", check_id="identity.birth_date_differs_from_number"
    ).pk
    silence(number)
    found = queries.finding(EVERYTHING, number)
    assert found is not None
    assert [(event.kind, event.run) for event in found.events] == [
        ("returned", runs[2].pk),
        ("gone", runs[1].pk),
        ("new", runs[0].pk),
    ]
    assert found.values["birth_date"] == "1980-01-02"
    assert "429999198506129595" in found.explanation
    assert "429999********9595" in found.line.explanation
    assert [(one.reason, one.by, one.holds) for one in found.decisions] == [("公安已更正", "张三", True)]
    assert queries.finding(Scope((Part(frozenset({office.villages[1]})),)), number) is None
    assert queries.finding(Scope((Part(frozenset({office.villages[0]})),)), number) is not None
    assert queries.finding(EVERYTHING, 999_999) is None
    told = queries.alarms(EVERYTHING).alarms
    assert [(alarm.finding, alarm.holds, alarm.on) for alarm in told] == [(number, True, 20231218)]
    assert queries.alarms(Scope((Part(frozenset({office.villages[1]})),))).alarms == ()


def test_the_difference_of_every_run_can_be_looked_through(any_home: Path) -> None:
    office = make_office(3)
    first = run()
    set_birth(office.persons[0][0], RIGHT)
    set_birth(office.persons[1][0], 19800102)
    second = run()
    set_birth(office.persons[0][0], 19800101)
    third = run()
    aside = run(day=20221218)

    def of(made: Run, kind: str, scope: Scope = EVERYTHING) -> list[str]:
        return [line.subject for line in queries.found_by(scope, made.pk, kind).lines]

    a, b, c = (f"6100000000{number:02d}00" for number in range(3))
    assert [of(first, kind) for kind in queries.KINDS] == [[a, b, c], [], [], [], []]
    assert [of(second, kind) for kind in queries.KINDS] == [[], [], [b, c], [b], [a]]
    assert [of(third, kind) for kind in queries.KINDS] == [[], [a], [b, c], [], []]
    assert [of(aside, kind) for kind in queries.KINDS] == [[a, b, c], [], [], [], []]
    village = Scope((Part(frozenset({office.villages[1]})),))
    assert of(second, "remaining", village) == [b]
    page = queries.found_by(EVERYTHING, first.pk, "new", size=2)
    rest = queries.found_by(EVERYTHING, first.pk, "new", after=page.after, size=2)
    assert [line.subject for line in (*page.lines, *rest.lines)] == [a, b, c]
    assert rest.after is None


def test_runs_count_for_whoever_looks(any_home: Path) -> None:
    office = make_office()
    whole, one = run(only=()), run(villages=(office.villages[0],), only=())
    mine = Scope((Part(frozenset({office.villages[1]})),))
    assert [line.number for line in queries.runs(EVERYTHING)] == [one.pk, whole.pk]
    assert [line.number for line in queries.runs(EVERYTHING, before=one.pk)] == [whole.pk]
    assert [line.number for line in queries.runs(mine)] == [whole.pk]
    assert queries.runs(NOTHING) == ()
    assert queries.run(mine, one.pk) is None
    seen_by_all, seen_by_me = queries.run(EVERYTHING, whole.pk), queries.run(mine, whole.pk)
    assert seen_by_all is not None
    assert seen_by_me is not None
    assert seen_by_me.line.found == seen_by_all.by_village[str(office.villages[1])]["new"]
    assert set(seen_by_me.by_village) == {str(office.villages[1])}
    assert seen_by_me.by_check == {}
    police = queries.run(Scope((Part(None, ("公安",)),)), whole.pk)
    assert police is not None
    assert police.line.counts is not None
    assert police.line.counts["new"] == Finding.objects.filter(department="公安").count()
    helper = queries.run(HELPER, whole.pk)
    assert helper is not None
    assert helper.line.counts is None
    last = queries.last_run(is_whole=True)
    assert last is not None
    assert last.number == whole.pk
