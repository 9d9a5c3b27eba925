"""A home (`office.home`) that holds an invented register: its tables are filled directly, since reading is measured.

Imports Django's models: `bench.at_home` names the home first.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import duckdb
from django.db import connection as database
from django.utils import timezone

from bangfu.config.env import read_env
from bangfu.engine.dataset import PARTITIONS
from bangfu.engine.requirements import kinds_read
from bangfu.intake.models import Batch, Source
from bangfu.intake.snapshots.narrow import kept_columns
from bangfu.intake.snapshots.reading import HOME, attach
from bangfu.office.home import make_home
from bangfu.policy.model import Policy
from bangfu.registry.models import Household
from bangfu.screening.place import read_default_divisions
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.loader import load_terms
from bench.register import make

TOWN = "421281102000"
CORE = ("village", "person", "household", "annual_record", "monitoring_episode", "membership", "status_event")
"""What the national exports bring; the other tables are the departments' lists."""
EXPORT = "monitoring_export"  # the layout whose columns the register's own tables have
FORMER = 200  # one person more in this many who is no longer a member
OTHER_KIND = 16  # one row in this many of a list is of any of the kinds that checks name
_KEYS = {"row_key": "id"}


def make_register_home(persons: int, policy: Policy) -> None:
    make_home(TOWN, read_default_divisions())
    add_register(persons, policy)


def add_register(persons: int, policy: Policy) -> None:
    """The national exports' tables of an empty home; the lists lie beside it as Parquet, for `add_lists`."""
    _list_everything(policy)
    make(_parquet(), persons, policy)
    _fill(policy, lists=False)


def add_lists(policy: Policy) -> None:
    _fill(policy, lists=True)


def ids_of_households(count: int) -> list[int]:
    """Some households of all villages, in no order."""
    rows = Household.objects.values_list("id", flat=True).order_by("id")
    return Random(1).sample(list(rows), count)


def _parquet() -> Path:
    return read_env().home / "parquet"


def _list_everything(policy: Policy) -> None:
    """One loaded list that has every column: so every check is asked."""
    batch = Batch.objects.create(
        file_name="bench", sha256="", state="applied", actor="", staged_at=timezone.now()
    )
    columns = {
        name: {field: place for place, field in enumerate(table.fields)}
        for name, table in policy.terms.tables.items()
    }
    Source.objects.create(pk=0, batch=batch, sheet="", layout="", columns=columns)


def _fill(policy: Policy, lists: bool) -> None:
    kept = kept_columns()
    connection = _open()
    queries = _lists(_parquet(), policy) if lists else _core(connection, _parquet())
    for table, query in queries.items():
        if table not in kept or policy.terms.table(table).is_own:  # what the office writes itself is no list
            continue
        there = [column[0] for column in connection.execute(f"SELECT * FROM ({query}) LIMIT 0").description]
        pairs = {_KEYS.get(name, name): name for name in there if _KEYS.get(name, name) in kept[table]}
        if not lists:
            pairs = {column: name for column, name in pairs.items() if _is_exported(table, column)}
        into = ", ".join(f'"{name}"' for name in pairs)
        read = ", ".join(f'"{name}"' for name in pairs.values())
        connection.execute(f"INSERT INTO {HOME}.{table} ({into}) SELECT {read} FROM ({query})")
    connection.close()


def _open() -> duckdb.DuckDBPyConnection:
    """Attached to be written: the product only reads this way."""
    database.close()  # two SQLite libraries in one process drop each other's locks
    connection = duckdb.connect()
    attach(connection)
    [(sql, kind)] = connection.execute(
        "SELECT path, type FROM duckdb_databases() WHERE database_name = ?", [HOME]
    ).fetchall()
    connection.execute(f"DETACH {HOME}")
    schema = ", SCHEMA 'public'" if kind == "postgres" else ""
    connection.execute(f"ATTACH '{sql}' AS {HOME} (TYPE {kind}{schema})")
    return connection


def _is_exported(table: str, column: str) -> bool:
    """Whether the national export fills the column: those it lacks stay empty, as in an office's register."""
    fields = load_terms().table(table).fields
    return table not in _EXPORTED or column not in fields or column in _EXPORTED[table]


def _exported() -> Mapping[str, frozenset[str]]:
    [layout] = [layout for layout in load_layouts() if layout.id == EXPORT]
    brought = {emit.table: frozenset(column.field for column in emit.columns) for emit in layout.emits}
    included = load_terms().table("household").includes
    return brought | {table: brought["household"] | {"data_year"} for table in included}


_EXPORTED = _exported()


def _core(connection: duckdb.DuckDBPyConnection, parquet: Path) -> Mapping[str, str]:
    """By table, owners first, the rows that the national exports of one year bring."""
    person, household = (f"'{parquet / name}.parquet'" for name in ("person", "household"))
    former = (
        f"SELECT * REPLACE (row_key + {_count(connection, person)} AS row_key, NULL::VARCHAR AS id_no) "
        f"FROM {person} WHERE row_key % {FORMER} = 0"
    )
    of_household = f"SELECT *, row_key AS household_key FROM {household}"
    joined = "SELECT row_key, row_key AS person_key, household_key, 20140101 AS joined_on"
    return {
        "village": f"SELECT * FROM '{parquet / 'village'}.parquet'",
        "person": f"SELECT * FROM {person} UNION ALL {former}",
        "household": f"SELECT * FROM {household}",
        "annual_record": of_household,
        "monitoring_episode": f"SELECT * FROM ({of_household}) WHERE monitor_type IS NOT NULL",
        "membership": (
            f"{joined}, NULL AS left_on, NULL AS leave_reason FROM {person} UNION ALL "
            f"{joined}, 20200101, '死亡' FROM ({former})"
        ),
        "status_event": (
            f"SELECT 2 * row_key AS row_key, row_key AS household_key, '识别' AS event, 20131231 AS happened_on "
            f"FROM {household} UNION ALL "
            f"SELECT 2 * row_key + 1, row_key, '脱贫', exit_year * 10000 + 1231 FROM {household}"
        ),
    }


def _count(connection: duckdb.DuckDBPyConnection, source: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0])


def _lists(parquet: Path, policy: Policy) -> Mapping[str, str]:
    """By table the rows of the departments' lists, and of last year."""
    paths = {path.stem: path for path in sorted(parquet.glob("*.parquet"))}
    lists = {table: f"SELECT * FROM '{path}'" for table, path in paths.items() if table not in CORE}
    last_year = f"SELECT * REPLACE (row_key + 1000000000 AS row_key) FROM '{paths['annual_record']}'"
    kinds = {table: _of_all_kinds(lists[table], table, policy) for table in PARTITIONS}
    return {**lists, **kinds, "annual_record": last_year}


def _of_all_kinds(query: str, table: str, policy: Policy) -> str:
    column = PARTITIONS[table]
    named = (kinds_read(check.when) for check in policy.checks.values())
    kinds = sorted({kind for found in named for of, values in found if of == table for kind in values})
    other = f"{kinds}[1 + (row_key // {OTHER_KIND}) % {len(kinds)}]"
    return (
        f"SELECT * REPLACE (CASE WHEN row_key % {OTHER_KIND} = 0 THEN {other} ELSE {column} END AS {column}) "
        f"FROM ({query})"
    )
