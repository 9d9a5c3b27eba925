"""What of the installation is right, worth a look, or wrong, and what to do about it."""

from __future__ import annotations

import importlib
import importlib.metadata
import importlib.util
import os
import platform
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from bangfu.config.env import Setting, read_env
from bangfu.jobs.queries import counts_by_state, has_worker, last_job
from bangfu.office.keeping import archives
from bangfu.web.system.jobs import VERIFY
from bangfu.web.templatetags.words import filesize, moment

_GB = 1024**3
_LITTLE, _VERY_LITTLE = 5 * _GB, 1 * _GB
_BACKUP_WITHIN, _VERIFY_WITHIN = timedelta(days=7), timedelta(days=31)


@dataclass(frozen=True)
class Light:
    """`state`: ok, warn, error; `advice`: what to do where it is not ok."""

    name: str
    state: str
    found: str
    advice: str = ""


def condition() -> list[Light]:
    """One light a thing; none of them takes long."""
    probes: tuple[Callable[[], Light], ...] = (
        _database,
        _disk,
        _worker,
        _desk,
        _backup,
        _verified,
        _versions,
    )
    return [probe() for probe in probes]


def set_value(setting: Setting) -> str:
    """A setting as it is; the password of a database is nobody's to read."""
    text = os.environ.get(setting.name, setting.default)
    head, at, tail = text.rpartition("@")
    return f"{head.partition('://')[0]}://***@{tail}" if at else text


def _database() -> Light:
    env = read_env()
    if env.server is not None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            size = cursor.fetchone()[0]
        return Light("数据库", "ok", f"PostgreSQL {env.server.name}，{filesize(size)}")
    log = env.sqlite_path.with_name(f"{env.sqlite_path.name}-wal")
    size = env.sqlite_path.stat().st_size
    waiting = log.stat().st_size if log.exists() else 0
    found = f"SQLite，{filesize(size)}，在 {env.home.resolve()}"
    if waiting > max(size, _GB):
        return Light(
            "数据库",
            "warn",
            f"{found}；还有 {filesize(waiting)} 没有并入",
            "有程序一直占着数据库，请重启工作台",
        )
    return Light("数据库", "ok", found)


def _disk() -> Light:
    usage = shutil.disk_usage(read_env().home)
    found = f"还剩 {filesize(usage.free)}，共 {filesize(usage.total)}"
    advice = "请清理磁盘，或把旧备份移到别的盘。写满以后不能导入和保存"
    if usage.free < _VERY_LITTLE:
        return Light("磁盘", "error", found, advice)
    return Light("磁盘", "warn", found, advice) if usage.free < _LITTLE else Light("磁盘", "ok", found)


def _worker() -> Light:
    counts = counts_by_state()
    found = f"排队 {counts['queued']} 件，进行中 {counts['running']} 件"
    if not has_worker():
        return Light(
            "后台程序",
            "error",
            f"没有运行；{found}",
            "导入、核查和备份都做不了。请用 bangfu serve 启动工作台",
        )
    return Light("后台程序", "ok", f"在运行；{found}")


def _desk() -> Light:
    """Of programs that have one."""
    if importlib.util.find_spec("bangfu.findings.desk") is None:
        return Light("校验服务", "ok", "这个版本没有")
    client: Any = importlib.import_module("bangfu.findings.desk.client")
    if client.is_ready():
        return Light("校验服务", "ok", "在运行")
    return Light(
        "校验服务",
        "warn",
        "没有运行，或正在准备",
        "编辑户的资料时暂时不能即时校验；过几分钟还这样就重启工作台",
    )


def _backup() -> Light:
    """Those that lie in the home itself; what a command wrote elsewhere is not known here."""
    if read_env().server is not None:
        return Light("备份", "ok", "PostgreSQL 由 pg_dump 备份，这里看不到")
    made = archives()
    advice = "请在“备份和恢复”里做一个，并存到别的盘上"
    if not made:
        return Light("备份", "warn", "还没有在这里做过备份", advice)
    last = made[0].made_at
    late = datetime.now(UTC) - last > _BACKUP_WITHIN
    return Light("备份", "warn" if late else "ok", f"最近一次 {moment(last)}", advice if late else "")


def _verified() -> Light:
    """Whether the last comparison found everything as it was written."""
    last = last_job(VERIFY)
    if last is None:
        return Light("完整性", "warn", "还没有核对过", "请点“全面核对”，大的台账要几分钟")
    at, result = last
    if not result.get("is_whole"):
        found = f"{moment(at)} 核对，有 {result.get('count')} 处不对"
        return Light(
            "完整性", "error", found, "请不要改动，看“变更日志”里列出的地方，联系维护者；必要时从备份恢复"
        )
    late = datetime.now(UTC) - at > _VERIFY_WITHIN
    found = f"{moment(at)} 核对，数据库、日志、台账和 {result.get('files', 0)} 个原始文件都对得上"
    return Light(
        "完整性", "warn" if late else "ok", found, "一个月没有核对了，请点“全面核对”" if late else ""
    )


def _versions() -> Light:
    names = ("bangfu", "Django", "duckdb", "granian")
    told = "，".join(f"{name} {importlib.metadata.version(name)}" for name in names)
    return Light("版本", "ok", f"{told}，Python {platform.python_version()}")
