"""One household checked by itself is told what a whole run tells of it: findings, words, cells and what is unknown."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import duckdb
import pytest
from bench.home import add_lists, add_register

from bangfu.cli.main import BAD_INPUT, DONE, FOUND, main
from bangfu.engine.single.asking import is_of_household
from bangfu.findings.single import HouseholdDesk, check_household
from bangfu.intake.snapshots.household import HouseholdRows
from bangfu.intake.snapshots.narrow import Narrow, kept_columns
from bangfu.intake.snapshots.reading import attach, columns_of
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.office.journal.writing import Source, transaction
from bangfu.policy.loader import load_policy
from bangfu.registry import actions
from bangfu.registry.actions import Happened, Join, Leave
from bangfu.screening.findings import Finding, findings
from bangfu.screening.job import Job, check_snapshot
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

DAY = 20231218
PERSONS = 240
Rows = dict[int, set[int]]


def owned(snapshot: Path) -> dict[str, Rows]:
    """By table and household its rows: itself, and what names it or one of its members."""
    found: dict[str, Rows] = {}
    connection = duckdb.connect()
    for path in snapshot.glob("*.parquet"):
        table = load_terms().table(path.stem)
        if not is_of_household(table):
            continue
        key = "row_key" if table.name == "household" else "household_key"
        query = f"SELECT {key}, row_key FROM '{path}' WHERE {key} IS NOT NULL"
        if "person" in table.links:
            query += (
                f" UNION SELECT p.household_key, t.row_key FROM '{path}' t "
                f"JOIN '{snapshot}/person.parquet' p ON p.row_key = t.person_key"
            )
        of: Rows = defaultdict(set)
        for household, row in connection.execute(query).fetchall():
            of[household].add(row)
        found[table.name] = of
    return found


def test_every_household_is_told_what_a_run_tells_of_it(any_home: Path, tmp_path: Path) -> None:
    policy = load_policy()
    add_register(PERSONS, policy)
    add_lists(policy)
    write_snapshot(DAY, tmp_path / "snapshot")
    result = check_snapshot(Job((), tmp_path / "out", workbooks=False, quiet=True), tmp_path / "snapshot")
    told: dict[tuple[str, int], list[Finding]] = defaultdict(list)
    for finding in findings(result.run, result.facts):
        told[finding.check.subject, finding.row].append(finding)
    desk, rows = HouseholdDesk(DAY), owned(tmp_path / "snapshot")
    assert desk.checks.not_run == result.run.not_run
    seen, unreached = 0, set()
    for household in rows["household"]:
        checked = desk.check(household)
        wanted = [one for table, of in rows.items() for row in of[household] for one in told[table, row]]
        unreached |= checked.not_run.keys() - desk.checks.not_run.keys()
        for check in checked.checks:
            single = {one.row: one for one in checked.findings if one.check.id == check.id}
            whole = {one.row: one for one in wanted if one.check.id == check.id}
            if check.id in checked.not_run:
                whole = {row: one for row, one in whole.items() if row in single}
            assert single == whole
            seen += len(single)
    assert seen > PERSONS
    assert len(unreached) < 20


def test_only_the_members_of_the_day_are_asked(any_home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        first, second = actions.add_households(
            change, [{"nat_household_no": f"61000000000{number}"} for number in (1, 2)]
        )
        actions.record_statuses(change, [Happened(one, "识别", 20131231) for one in (first, second)])
        [person] = actions.add_persons(change, [{"full_name": "甲", "birth_date": 19800101}])
        actions.join(change, [Join(person, first, 20140101)])
        actions.leave(change, [Leave(person, 20200101, "婚出")])
        actions.join(change, [Join(person, second, 20200101)])
    columns = {table: {"row_key", "household_key"} for table in ("person", "former_person")}
    for day, home in ((20191231, first), (20200101, second)):
        narrow = Narrow(day, columns)
        members = {one: HouseholdRows(narrow, one, columns).own() for one in (first, second)}
        of_home = {"person": [{"row_key": person, "household_key": home}], "former_person": []}
        assert members == {
            first: {table: [] for table in columns},
            second: {table: [] for table in columns},
            home: of_home,
        }


def test_rows_are_found_by_the_beginning_of_a_number(any_home: Path) -> None:
    number = "429999198506129595"
    given = [number, f"{number}43", number.replace("1", "_"), f"{number[:-1]}6", None]
    with transaction(actor="张三", source=Source("form")) as change:
        [one] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        people = actions.add_persons(change, [{"full_name": "甲", "id_no": id_no} for id_no in given])
        actions.join(change, [Join(person, one, 20140101) for person in people])
    rows = HouseholdRows(Narrow(DAY, {"person": {"row_key", "id18"}}), one, ())
    for wanted, persons in ((number, people[:2]), (given[2], people[2:3]), ("4299991985", [])):
        found = rows.rows("person", "id18", wanted)
        assert sorted(row["row_key"] for row in found) == persons
        assert {row["id18"] for row in found} <= {wanted}
    assert [rows.reaches("benefit", "beneficiary", name) for name in ("p5", "甲|罗峰村")] == [True, False]
    assert [rows.reaches("household", name, 1) for name in ("row_key", "household_phone", "village_key")] == [
        True,
        True,
        False,
    ]


def test_what_no_list_has_and_no_row_fills_is_wanting_as_in_a_run(any_home: Path, tmp_path: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [one] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        people = actions.add_persons(
            change, [{"full_name": "甲"}, {"full_name": "乙", "birth_date": 19800101}]
        )
        actions.join(change, [Join(person, one, 20140101) for person in people])
        actions.put_annual_records(change, [{"household_key": one, "data_year": 2024, "net_income": 5}])
    write_snapshot(DAY, tmp_path / "snapshot")
    result = check_snapshot(Job((), tmp_path / "out", workbooks=False, quiet=True), tmp_path / "snapshot")
    assert HouseholdDesk(DAY).checks.not_run == result.run.not_run
    assert {len(result.run.checks), len(result.run.not_run)} & {0} == set()


def test_a_household_not_on_file_is_refused(any_home: Path) -> None:
    with pytest.raises(UserError, match="没有编号为 7 的户"):
        check_household(7, as_of=DAY)


def test_models_and_database_tell_the_same_columns(any_home: Path) -> None:
    connection = duckdb.connect()
    attach(connection)
    there = columns_of(connection)
    assert {table: there[table] for table in kept_columns()} == kept_columns()


def test_the_command_tells_one_household(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [one] = actions.add_households(
            change, [{"nat_household_no": "610000000001", "village_name": "罗峰村"}]
        )
        row = {"full_name": "甲", "id_no": "429999198506129595", "birth_date": 19800101}
        [person] = actions.add_persons(change, [row])
        actions.join(change, [Join(person, one, 20140101)])
    asked = ["check", "--household", "610000000001", "--as-of", "2023-12-18", "--home", str(home)]
    assert main([*asked, "--only", "ID-008", "--fail-on", "error"]) == FOUND
    told = capsys.readouterr().out
    assert "户 610000000001" in told
    assert "罗峰村" in told
    assert "甲:" in told
    assert "1980年1月1日" in told
    assert main([*asked, "--json"]) == DONE
    document = json.loads(capsys.readouterr().out)
    assert "ID-008" in {one["ref"] for one in document["findings"] if isinstance(one["ref"], str)}
    assert not list(home.glob("*.jsonl"))
    assert main(["check", "--household", "99", "--home", str(home)]) == BAD_INPUT
    assert "没有户编号 99" in capsys.readouterr().err
    assert main([*asked, str(home)]) == BAD_INPUT
