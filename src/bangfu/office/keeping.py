"""Backup and restore of a home: its database and the files it was loaded from, in one archive that can be verified."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from bangfu.config.env import read_env
from bangfu.office.home import FORMAT, this_home
from bangfu.terms.errors import UserError

DATABASE, MANIFEST = "bangfu.sqlite3", "backup.json"


@dataclass(frozen=True)
class Archive:
    """A backup that lies in the home itself."""

    name: str
    size: int
    made_at: datetime


def archives() -> list[Archive]:
    """The backups that were made into the home's own folder, the newest first."""
    folder = archive_folder()
    found = [(path, path.stat()) for path in folder.glob("*.zip")] if folder.is_dir() else []
    told = [
        Archive(path.name, stat.st_size, datetime.fromtimestamp(stat.st_mtime, UTC)) for path, stat in found
    ]
    return sorted(told, key=lambda one: one.made_at, reverse=True)


def archive_folder() -> Path:
    return read_env().home / "backups"


def archive_named(name: str) -> Path | None:
    """None for one that is not there."""
    return next((archive_folder() / one.name for one in archives() if one.name == name), None)


def back_up(target: Path) -> int:
    """Writes the home as it is at one moment into a new archive; the number of files in it.

    Writers may go on: what they commit while the database is copied is in or out as a whole. The archive appears
    under its name only when it is complete. UserError where it exists, and for PostgreSQL, which has pg_dump.
    """
    home = this_home()
    if connection.vendor != "sqlite":
        raise UserError("PostgreSQL 的台账请用 pg_dump 备份数据库,再另存台账文件夹里的 files")
    if target.exists():
        raise UserError(f"{target} 已经存在,没有覆盖。请换一个文件名")
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".bangfu-") as folder:
            copy = Path(folder) / DATABASE
            _copy_database(read_env().sqlite_path, copy)
            count = _pack(half, copy, home.key)
        os.replace(half, target)
    except OSError as error:
        raise UserError(f"备份没有写成:{error.strerror or error}。请检查磁盘空间和权限") from error
    finally:
        half.unlink(missing_ok=True)
    return count


def restore(source: Path) -> None:
    """Makes the home anew from an archive. UserError where it is no whole backup, or where the folder holds a home."""
    env = read_env()
    if env.server is not None:
        raise UserError("PostgreSQL 的台账请用 pg_restore 恢复")
    if env.sqlite_path.exists():
        raise UserError(f"{env.home} 里已经有台账,没有覆盖。请用 BANGFU_HOME 指明一个新文件夹")
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] > FORMAT:
                raise UserError(f"{source} 是更新版本的程序备份的,请升级程序后再恢复")
            _check(archive, manifest["sha256"], source)
            env.home.mkdir(parents=True, exist_ok=True)
            for name in sorted(
                manifest["sha256"], key=lambda name: name == DATABASE
            ):  # the database comes last
                _unpack(archive, name, env.home / name)
    except (zipfile.BadZipFile, KeyError, FileNotFoundError, json.JSONDecodeError) as error:
        raise UserError(f"{source} 不是完整的备份({error}),没有恢复") from error


def damage() -> list[str]:
    """What SQLite finds wrong with the pages of the database; PostgreSQL watches over its own."""
    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        return [str(row[0]) for row in cursor.fetchall() if row[0] != "ok"]


def _copy_database(source: Path, target: Path) -> None:
    """In one step, for which readers and writers need not wait: one of several begins anew with every write between."""
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    live.close()
    copy.close()


def _pack(path: Path, database: Path, key: str) -> int:
    position, seal = _last(database)
    hashes: dict[str, str] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for file, name in [(database, DATABASE), *_files()]:
            try:
                archive.write(file, name)
                hashes[name] = _sha256(file)
            except FileNotFoundError:
                continue  # a batch was dropped meanwhile, and its file with it
        manifest = {"format": FORMAT, "home": key, "position": position, "seal": seal, "sha256": hashes}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return len(hashes)


def _last(database: Path) -> tuple[int, str]:
    """The latest transaction of the copy, which may be older than the live one."""
    with sqlite3.connect(database) as copy:
        row = copy.execute("SELECT position, seal FROM journal_transaction ORDER BY position DESC").fetchone()
    copy.close()
    return row or (0, "")


def _files() -> Iterator[tuple[Path, str]]:
    home = read_env().home
    for file in sorted((home / "files").rglob("*")):
        if file.is_file():
            yield file, file.relative_to(home).as_posix()


def _check(archive: zipfile.ZipFile, hashes: dict[str, str], source: Path) -> None:
    for name, expected in hashes.items():
        if name.startswith("/") or ".." in Path(name).parts:
            raise UserError(f"{source} 里的文件名 {name} 不合规,没有恢复")
        with archive.open(name) as packed:
            if hashlib.file_digest(packed, "sha256").hexdigest() != expected:  # type: ignore[arg-type]
                raise UserError(f"{source} 里的 {name} 与备份时不同,没有恢复")


def _unpack(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    half = target.with_name(f".{target.name}.part")
    with archive.open(name) as packed, half.open("wb") as out:
        while chunk := packed.read(1 << 20):
            out.write(chunk)
    os.replace(half, target)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
