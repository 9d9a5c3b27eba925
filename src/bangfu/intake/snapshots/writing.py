"""The register as of a day -> a folder of Parquet files that checks, indicators and reports read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection

from bangfu.intake.batches import sources
from bangfu.intake.snapshots.earlier import Earlier
from bangfu.intake.snapshots.reading import columns_of, opened, said_fields
from bangfu.intake.snapshots.sooner import Sooner, quoted
from bangfu.intake.snapshots.stillness import standing_still
from bangfu.intake.snapshots.tables import MADE, reading_of
from bangfu.office.home import this_home
from bangfu.office.journal.reading import position_and_seal, seal_of_transaction
from bangfu.policy.loader import digest
from bangfu.policy.root import default_root
from bangfu.screening.snapshot import MANIFEST, SOURCES
from bangfu.terms.errors import UserError
from bangfu.terms.loader import load_terms

FORMAT = 1
_TRIES = 2
"""Before writers are kept away from what is read: in a large register some write while it is read, all day long."""


@dataclass(frozen=True)
class Manifest:
    """What a snapshot is: whose, as of which day (yyyymmdd), up to which entry of the journal, and its files."""

    format: int
    home: str
    place: str
    as_of: int
    position: int
    seal: str
    policy: str  # hash of the rulebook that came with the program
    rows: dict[str, int]
    sha256: dict[str, str]


def write_snapshot(
    as_of: int,
    out: Path,
    threads: int | None = None,
    *,
    known_at: int | None = None,
) -> Manifest:
    """Writes every declared table that the register keeps, as it was on a day. UserError where `out` is not empty.

    `known_at`: only what was known after that transaction of the journal. The same register, day and transaction give
    the same bytes, whatever the database and the number of threads. A write that comes in between makes it begin anew;
    where writes do not cease, a copy of SQLite's file is read, and PostgreSQL's writers wait. Not to be called inside a
    transaction: DuckDB has an SQLite of its own, and where one of two closes a file the other's locks in the process are
    gone.
    """
    assert not connection.in_atomic_block
    if out.exists() and any(out.iterdir()):
        raise UserError(f"{out} 不是空文件夹,快照没有写。请换一个文件夹")
    if known_at is not None:
        seal_of_transaction(known_at)
    out.mkdir(parents=True, exist_ok=True)
    for _ in range(_TRIES):
        before = position_and_seal()
        rows = _write(as_of, out, threads, known_at)
        if position_and_seal() == before:
            return _manifest(as_of, out, rows, *before, known_at)
    with standing_still(out.with_name(f".{out.name}.copy")) as (copy, position, seal):
        rows = _write(as_of, out, threads, known_at, copy)
    return _manifest(as_of, out, rows, position, seal, known_at)


def _write(
    as_of: int, out: Path, threads: int | None, known_at: int | None, copy: Path | None = None
) -> dict[str, int]:
    with opened(threads, copy) as reader:
        earlier = None if known_at is None else Earlier(reader, known_at)
        return dict(sorted(_written(reader, as_of, out, earlier)))


def _manifest(
    as_of: int, out: Path, rows: dict[str, int], position: int, seal: str, known_at: int | None
) -> Manifest:
    home = this_home()
    if known_at is not None:
        position, seal = known_at, seal_of_transaction(known_at)
    hashes = {table: _sha256(out / f"{table}.parquet") for table in rows}
    manifest = Manifest(
        FORMAT, home.key, home.place, as_of, position, seal, digest(default_root()), rows, hashes
    )
    (out / SOURCES).write_text(json.dumps(sources(), ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    told: dict[str, Any] = asdict(manifest)
    (out / MANIFEST).write_text(json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True), "utf-8")
    return manifest


def _written(
    reader: duckdb.DuckDBPyConnection, as_of: int, out: Path, earlier: Earlier | None
) -> Iterator[tuple[str, int]]:
    kept, said = columns_of(reader), said_fields(reader)
    for table in sorted(load_terms().tables, key=lambda name: (name in MADE, name)):
        reading = reading_of(table, kept, as_of, earlier or Sooner(table, out, as_of, kept), said)
        if reading is None:
            continue
        path = quoted(out / f"{table}.parquet")
        count = reader.execute(
            f"COPY ({reading.sql()} ORDER BY row_key) TO {path} (FORMAT parquet)"
        ).fetchone()
        assert count is not None
        yield table, int(count[0])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
