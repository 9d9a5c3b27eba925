"""`bangfu doctor`: is this installation whole?"""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from bangfu.cli.arguments import Parser
from bangfu.cli.home_health import Probe, home_probes
from bangfu.cli.homes import started
from bangfu.config.env import read_env
from bangfu.policy.loader import load_policy
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.terms.errors import UserError

MIN_FREE = 2 * 1024**3  # a town's files and their workbooks take far less; a county's need about this


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("doctor", help="检查安装和台账是否完好", description="检查安装和台账是否完好")
    parser.add_argument(
        "--home", type=Path, metavar="文件夹", help="也检查这个台账,默认 BANGFU_HOME 或 ./home"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """The installation, and the home where there is one."""
    failed = _failed(PROBES)
    env = read_env()
    if arguments.home or env.server or env.sqlite_path.exists():
        with started(arguments.home):
            failed += _failed(home_probes())
    if failed:
        raise UserError(f"{failed} 项检查没有通过")
    return 0


def _failed(probes: Sequence[Probe]) -> int:
    failed = 0
    for name, probe in probes:
        try:
            print(f"正常  {name}:{probe()}")
        except (
            UserError,
            OSError,
            ValueError,
            duckdb.Error,
            importlib.metadata.PackageNotFoundError,
        ) as error:
            failed += 1
            print(f"异常  {name}:{error}")
    return failed


def _python() -> str:
    return f"Python {platform.python_version()},{platform.machine()}"


def _libraries() -> str:
    names = ("duckdb", "sqlglot", "pyarrow", "python-calamine", "XlsxWriter", "openpyxl", "Django")
    return "、".join(f"{name} {importlib.metadata.version(name)}" for name in names)


def _engine() -> str:
    row = duckdb.connect().execute("SELECT 7 // 2").fetchone()
    if row != (3,):
        raise ValueError("DuckDB 算得的结果不对")
    return "DuckDB 可用"


def _rulebook() -> str:
    policy = load_policy()
    return f"{len(policy.checks)} 条规则,{len(load_layouts())} 种表格版式,版本 {policy.hash[:12]}"


def _disk() -> str:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < MIN_FREE:
        raise ValueError(f"临时目录只剩 {free / 1024**3:.1f} GB,至少要 2 GB,请清理磁盘")
    return f"临时目录可用 {free / 1024**3:.0f} GB"


PROBES: tuple[Probe, ...] = (
    ("运行环境", _python),
    ("组件", _libraries),
    ("核查引擎", _engine),
    ("规则库", _rulebook),
    ("磁盘", _disk),
)
