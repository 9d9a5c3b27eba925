"""`bangfu sample`: an invented town's files, to try the program with."""

from __future__ import annotations

import argparse
from pathlib import Path

from bangfu.cli.arguments import Parser
from bangfu.samples import write_town
from bangfu.terms.errors import UserError

# The monitoring export has some 3.6 rows a household, and a worksheet ends at 1,048,576 rows.
MOST_HOUSEHOLDS = 250_000


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("sample", help="生成一个虚构乡镇的样表")
    parser.description = "按国网导出和各部门名单的样子,生成一个虚构乡镇的全套表格(人员全部虚构)"
    parser.add_argument("folder", type=Path, metavar="文件夹", help="样表写到哪里(没有就新建)")
    parser.add_argument("--households", type=int, default=160, metavar="户数", help="在册户数(默认:160)")
    parser.add_argument(
        "--seed", type=int, default=20231218, metavar="数字", help="同一个数字生成同样的表(默认:20231218)"
    )
    parser.add_argument("--faults", action="store_true", help="埋入已知问题,并列在 已知问题.tsv")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder
    if not 1 <= arguments.households <= MOST_HOUSEHOLDS:
        raise UserError(f"户数 {arguments.households} 不对,应在 1 到 {MOST_HOUSEHOLDS} 之间")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} 已经有东西,请换一个空文件夹,以免覆盖已有的表")
    write_town(folder, arguments.households, arguments.seed, arguments.faults)
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    print(f"已生成 {arguments.households} 户的样表 {len(files)} 个,在 {folder}")
    return 0
