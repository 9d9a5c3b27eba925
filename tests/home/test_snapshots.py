"""The register as of a day, as files: the same bytes from both databases, and what the queries say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.db import connection

from bangfu.intake.batches import fact_models
from bangfu.intake.snapshots import writing
from bangfu.intake.snapshots.writing import Manifest, write_snapshot
from bangfu.office.journal.reading import seal_of_transaction
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.verifying import broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Classed, Happened, Join, Leave
from bangfu.screening.snapshot import MANIFEST
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms
from tests.home.databases import Databases, use
from tests.home.test_import import export, load  # noqa: F401

DAYS = (20131231, 20170101, 20180304, 20180305, 20231218)


def some_life() -> tuple[int, list[int]]:
    """A household whose head dies and whose child is born; identified in 2014, out of poverty in 2016."""
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(change, [{"nat_household_no": "610000000001", "exit_year": 2016}])
        people = actions.add_persons(
            change,
            [
                {"full_name": name, "birth_date": birth, "id_no": f"429999{birth}0011", "is_alive": True}
                for name, birth in [("甲", 19500101), ("乙", 19800101), ("丙", 20150601)]
            ],
        )
        a, b, c = people
        actions.join(change, [Join(a, home, 20140101), Join(b, home, 20140101), Join(c, home, 20150601)])
        actions.set_heads(change, {home: b}, 20180101)
        actions.leave(change, [Leave(a, 20180305, "死亡")])
        actions.record_statuses(
            change, [Happened(home, "识别", 20140101), Happened(home, "脱贫", 20161231, precision="年")]
        )
        actions.classify(change, [Classed(home, "一类", 20170601), Classed(home, "二类", 20191201)])
        actions.put_annual_records(
            change,
            [
                {"household_key": home, "data_year": year, "net_income": income}
                for year, income in [(2016, 1_000_000), (2019, 2_000_000)]
            ],
        )
    return home, people


_ELSEWHERE = """
import sqlite3, sys
database = sqlite3.connect(sys.argv[1])
print(database.execute("SELECT count(*) FROM household").fetchone()[0])
database.close()
"""


def seen_elsewhere(home: Path) -> int:
    """The households that another process sees; it closes the database, and takes the log away if nobody holds it."""
    command = [sys.executable, "-c", _ELSEWHERE, str(home / "bangfu.sqlite3")]
    return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)


def test_what_is_written_after_a_snapshot_is_not_lost(home: Path, tmp_path: Path) -> None:
    """DuckDB's own SQLite takes the locks of the process with it when it closes the file."""
    some_life()
    write_snapshot(DAYS[-1], tmp_path / "snapshot")
    assert seen_elsewhere(home) == 1
    with transaction(actor="张三", source=Source("form")) as change:
        actions.add_households(change, [{"nat_household_no": "610000000002"}])
    assert seen_elsewhere(home) == 2


def asked(folder: Path, query: str) -> list[tuple[object, ...]]:
    return duckdb.connect().execute(query.format(f=folder)).fetchall()


def test_a_snapshot_says_what_was_so_on_that_day(any_home: Path, tmp_path: Path) -> None:
    home, people = some_life()
    for day in DAYS:
        write_snapshot(day, tmp_path / str(day))
        placed = asked(tmp_path / str(day), "SELECT row_key, household_key FROM '{f}/person.parquet'")
        assert dict(placed) == queries.household_on(day, people)
    households = (
        "SELECT current_household_size, exit_year, local_class, net_income FROM '{f}/household.parquet'"
    )
    assert [asked(tmp_path / str(day), households) for day in DAYS] == [
        [],
        [(3, 2016, None, 1_000_000)],
        [(3, 2016, "一类", 1_000_000)],
        [(2, 2016, "一类", 1_000_000)],
        [(2, 2016, "二类", 2_000_000)],
    ]
    former = (
        "SELECT row_key, household_key, id18, removed_on, removed_reason FROM '{f}/former_person.parquet'"
    )
    assert asked(tmp_path / "20180304", former) == []
    assert asked(tmp_path / "20180305", former) == [(people[0], home, "429999195001010011", 20180305, "死亡")]


def test_every_table_has_the_columns_that_are_declared(home: Path, tmp_path: Path) -> None:
    manifest = write_snapshot(20231218, tmp_path / "s")
    for table in manifest.rows:
        names = {row[0] for row in asked(tmp_path / "s", f"DESCRIBE FROM '{{f}}/{table}.parquet'")}
        declared = load_terms().table(table)
        assert names == {*declared.fields, *declared.hidden_columns}, table
    assert set(load_terms().tables) - set(manifest.rows) == {
        "list_total",
        "source_list",
        "report_figure",
    }


def test_both_databases_and_any_number_of_threads_give_the_same_bytes(
    databases: Databases,
    export: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[Manifest] = []
    for number, address in enumerate([databases.sqlite(tmp_path), databases.postgresql()]):
        monkeypatch.setenv("BANGFU_HOME", str(tmp_path))
        monkeypatch.setenv("BANGFU_DATABASE", address)
        with use(address):
            load(export)
            some_life()
            for threads in (1, 4):
                found.append(write_snapshot(20231218, tmp_path / f"{number}-{threads}", threads))
    assert found[0].rows["person"] > 100
    assert len({json.dumps(manifest.sha256) for manifest in found}) == 1


def test_a_snapshot_names_the_journal_it_stands_on_and_overwrites_nothing(home: Path, tmp_path: Path) -> None:
    some_life()
    manifest = write_snapshot(20231218, tmp_path / "s")
    assert manifest.position == 1
    assert json.loads((tmp_path / "s" / MANIFEST).read_text("utf-8"))["seal"] == manifest.seal
    with pytest.raises(UserError, match="不是空文件夹"):
        write_snapshot(20231218, tmp_path / "s")


def test_what_was_known_then_is_not_what_is_known_now(any_home: Path, tmp_path: Path) -> None:
    home, (_, second, third) = some_life()
    then = write_snapshot(20231218, tmp_path / "then")
    with transaction(actor="李四", source=Source("correction")) as change:
        actions.change_persons(change, {second: {"full_name": "乙更正", "is_alive": False}})
        actions.leave(change, [Leave(third, 20200101, "婚出")])
        actions.put_annual_records(change, [{"household_key": home, "data_year": 2019, "net_income": 1}])
        [other] = actions.add_households(change, [{"nat_household_no": "610000000002"}])
        actions.record_statuses(change, [Happened(other, "识别", 20140101)])
    undo(Source("correction"), fact_models(), actor="李四")
    with transaction(actor="李四", source=Source("correction", "2")) as change:
        actions.change_persons(change, {second: {"full_name": "乙再更正"}})
    again = write_snapshot(20231218, tmp_path / "again", known_at=1)
    assert (again.position, again.seal, again.sha256) == (then.position, then.seal, then.sha256)
    corrected = write_snapshot(20231218, tmp_path / "corrected", known_at=2)
    names = asked(tmp_path / "corrected", "SELECT full_name, is_alive FROM '{f}/person.parquet' ORDER BY 1")
    assert names == [("乙更正", False)]
    assert corrected.rows["household"] == 2
    with pytest.raises(UserError, match="没有事务 9"):
        write_snapshot(20231218, tmp_path / "never", known_at=9)


def test_a_write_in_between_makes_it_begin_anew(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    household, _ = some_life()
    whole, tries = writing._write, []

    def interrupted(*given: Any) -> dict[str, int]:
        rows = whole(*given)
        tries.append(rows)
        if len(tries) < 2:
            with transaction(actor="李四", source=Source("form")) as change:
                actions.change_households(change, {household: {"exit_year": 2000 + len(tries)}})
        return rows

    monkeypatch.setattr(writing, "_write", interrupted)
    manifest = write_snapshot(20231218, tmp_path / "s")
    assert (len(tries), manifest.position) == (2, 2)
    assert asked(tmp_path / "s", "SELECT exit_year FROM '{f}/household.parquet'") == [(2001,)]


def test_where_writes_do_not_cease_it_is_of_one_moment_all_the_same(
    any_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    household, _ = some_life()
    whole, tries = writing._write, []

    def write_more() -> None:
        with transaction(actor="李四", source=Source("form")) as change:
            actions.change_households(change, {household: {"exit_year": 2000 + len(tries)}})

    def interrupted(*given: Any) -> dict[str, int]:
        rows = whole(*given)
        tries.append(rows)
        if not connection.in_atomic_block:  # else writers are waiting
            write_more()
        return rows

    monkeypatch.setattr(writing, "_write", interrupted)
    manifest = write_snapshot(20231218, tmp_path / "s")
    assert (len(tries), manifest.position) == (3, 3)
    assert manifest.seal == seal_of_transaction(3)
    assert asked(tmp_path / "s", "SELECT exit_year FROM '{f}/household.parquet'") == [(2002,)]
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    write_more()
    assert broken_links() == []
