"""The register written as national exports, and read from them again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from bangfu.intake import batches
from bangfu.intake.exports.national import export_national
from bangfu.intake.snapshots.writing import write_snapshot
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import queries
from bangfu.registry.actions import Leave, leave
from bangfu.samples.town import write_town
from bangfu.terms.errors import UserError
from tests.home.databases import Databases, use

DAY = 20231218
_KEYS = {
    "row_key", "src", "src_row", "head_key", "household_key", "village_key", "data_year", "data_on"
}  # fmt: skip


@pytest.fixture
def other_home(databases: Databases, tmp_path: Path) -> Iterator[Path]:
    """A second, empty home; inside, it is the one that everything works on."""
    folder = tmp_path / "other"
    folder.mkdir()
    before = os.environ["BANGFU_HOME"]
    yield folder
    os.environ["BANGFU_HOME"] = before


def rows(snapshot: Path, table: str) -> list[tuple[Any, ...]]:
    """The rows of a table without the numbers that a home gives them, in an order of their own."""
    connection = duckdb.connect()
    path = snapshot / f"{table}.parquet"
    names = [row[0] for row in connection.execute(f"DESCRIBE FROM '{path}'").fetchall()]
    listed = ", ".join(f'"{name}"' for name in names if name not in _KEYS)
    return connection.execute(f"SELECT {listed} FROM '{path}' ORDER BY ALL").fetchall()


def load_all(folder: Path) -> None:
    for name in ("（自定义）行政村信息", "（自定义）监测对象信息", "自然减少人员"):
        staged = batches.stage(folder / f"{name}.xlsx", actor="张三")
        assert (staged.problems, staged.difference.questions) == ([], [])
        batches.apply(staged.batch.pk, actor="张三")


def test_the_exports_of_a_register_give_it_back(
    home: Path, other_home: Path, databases: Databases, tmp_path: Path
) -> None:
    write_town(tmp_path / "town", 40, 5, faults=False, national_only=True)
    for path in sorted((tmp_path / "town").glob("（自定义）*")):
        batches.apply(batches.stage(path, actor="张三").batch.pk, actor="张三")
    a_member_leaves()
    write_snapshot(DAY, tmp_path / "first")
    written = export_national(tmp_path / "exports", DAY)
    assert [path.stem for path, count in written.items() if count] == list(
        dict.fromkeys(path.stem for path in written)
    )

    os.environ["BANGFU_HOME"] = str(other_home)
    with use(databases.sqlite(other_home)):
        load_all(tmp_path / "exports")
        write_snapshot(DAY, tmp_path / "second")
        export_national(tmp_path / "again", DAY)
    for table in ("village", "household", "person", "former_person", "status_event", "annual_record"):
        assert rows(tmp_path / "second", table) == rows(tmp_path / "first", table) != []
    for path in written:
        assert (tmp_path / "again" / path.name).read_bytes() == path.read_bytes()


def a_member_leaves() -> None:
    everyone = queries.members_on(DAY, queries.village_of_households())
    household = next(home for home, members in sorted(everyone.items()) if len(members) > 2)
    head = queries.household_rows([household])[household]["head_key"]
    person = next(one for one in everyone[household] if one != head)
    with transaction(actor="张三", source=Source("form")) as change:
        leave(change, [Leave(person, 20231101, "婚出")])


def test_exports_do_not_overwrite(home: Path, tmp_path: Path) -> None:
    export_national(tmp_path / "exports", DAY)
    with pytest.raises(UserError, match="已经有"):
        export_national(tmp_path / "exports", DAY)
