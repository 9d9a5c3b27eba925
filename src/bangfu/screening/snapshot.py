"""A snapshot of a register as facts to check: its Parquet files, and where each row came from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from bangfu.engine.dataset import PARTITIONS, Dataset
from bangfu.engine.wording import shown
from bangfu.policy.language.types import of_field
from bangfu.screening.cells import SourceCell
from bangfu.screening.facts import Facts
from bangfu.spreadsheets.cells import column_letter
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

MANIFEST, SOURCES = "manifest.json", "sources.json"


@dataclass(frozen=True)
class Lists:
    """The lists that a register was loaded from."""

    by_number: Mapping[str, Any]

    def cell(self, src: int, src_row: int, table: str, name: str, held: Any) -> SourceCell | None:
        """With the value that the register holds: the file itself is not there."""
        found = self.by_number.get(str(src))
        if found is None:
            return None
        emitted = "household" if table in load_terms().table("household").includes else table
        column = found["columns"].get(emitted, {}).get(name)
        if column is None:
            return None
        field = load_terms().table(table).fields[name]
        value = "" if held is None else shown(held, of_field(field.type, field.codes).kind)
        return SourceCell(found["file"], found["sheet"], src_row, column_letter(column), field.label, value)

    def fields(self) -> dict[str, frozenset[str]]:
        """By table, the fields that some list has."""
        found: dict[str, set[str]] = {}
        for item in self.by_number.values():
            for table, columns in item["columns"].items():
                found.setdefault(table, set()).update(columns)
        for table in load_terms().table("household").includes:
            own = {field.name for field in load_terms().table(table).own_fields}
            found.setdefault(table, set()).update(own & found.get("household", set()))
        return {table: frozenset(names) for table, names in found.items()}


def read_manifest(folder: Path) -> dict[str, Any]:
    """UserError where the folder is no snapshot or a file of it is missing."""
    path = folder / MANIFEST
    if not path.is_file():
        raise UserError(f"{folder} 不是快照:里面没有 {MANIFEST}。快照用 bangfu snapshot 生成")
    manifest: dict[str, Any] = json.loads(path.read_text("utf-8"))
    missing = [table for table in manifest["rows"] if not (folder / f"{table}.parquet").is_file()]
    if missing:
        raise UserError(f"快照 {folder} 不完整,缺少 {'、'.join(missing)},请重新生成")
    return manifest


def snapshot_facts(folder: Path, connection: duckdb.DuckDBPyConnection) -> Facts:
    """The tables that hold rows; of their columns those that any row fills, any loaded list has, or the office keeps itself.

    A table without a row was never loaded, as far as anybody can tell: its checks are not run, and named.
    """
    lists = Lists(json.loads((folder / SOURCES).read_text("utf-8")))
    listed = lists.fields()
    relations: dict[str, str] = {}
    fields: dict[str, frozenset[str]] = {}
    for table, rows in read_manifest(folder)["rows"].items():
        if rows:
            path = str(folder / f"{table}.parquet").replace("'", "''")
            connection.execute(f"CREATE OR REPLACE TEMP VIEW \"{table}\" AS FROM '{path}'")
            relations[table] = f'"{table}"'
            fields[table] = _filled(connection, table) | listed.get(table, frozenset()) | own_fields(table)
    kinds = frozenset(
        (table, value)
        for table, column in PARTITIONS.items()
        if table in relations
        for (value,) in connection.execute(f'SELECT DISTINCT {column} FROM "{table}"').fetchall()
        if value
    )
    return Facts(Dataset(connection, relations, fields, kinds), lists, [], {})


def own_fields(table: str) -> frozenset[str]:
    """Of a table whose rows the office writes itself all fields are there, filled or not; of others none for that reason."""
    declared = load_terms().table(table)
    return frozenset(field.name for field in declared.own_fields) if declared.is_own else frozenset()


def _filled(connection: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    names = [row[0] for row in connection.execute(f'DESCRIBE "{table}"').fetchall()]
    counts = connection.execute(f'SELECT count(COLUMNS(*)) FROM "{table}"').fetchone()
    assert counts is not None
    return frozenset(name for name, count in zip(names, counts, strict=True) if count)
