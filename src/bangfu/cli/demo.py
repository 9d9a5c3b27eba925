"""`bangfu demo`: the invented town in a home of its own, to see what the program does."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from bangfu.cli.arguments import Parser
from bangfu.cli.homes import started
from bangfu.config.env import read_env
from bangfu.demo.blueprint import HOUSEHOLDS, SEED
from bangfu.terms.errors import UserError

MOST_HOUSEHOLDS = 1_000_000


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("demo", help="新建一个虚构人口的演示镇")
    parser.description = (
        "按茶庵岭镇2020年4月公开的汇报生成一个演示镇:村是真的,人全部虚构,台账与公开的数字一致,埋有已知问题"
    )
    parser.add_argument(
        "--home", type=Path, metavar="文件夹", help="台账所在的文件夹,默认 BANGFU_HOME 或 ./home"
    )
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="数字", help=f"同一个数字生成同样的镇(默认:{SEED})"
    )
    parser.add_argument(
        "--households",
        type=int,
        default=HOUSEHOLDS,
        metavar="户数",
        help=f"在册户数(默认:{HOUSEHOLDS},别的户数与公开的数字不一致)",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not 1 <= arguments.households <= MOST_HOUSEHOLDS:
        raise UserError(f"户数 {arguments.households} 不对,应在 1 到 {MOST_HOUSEHOLDS} 之间")
    with started(arguments.home, opens=False):
        from bangfu.demo.faults import write_list
        from bangfu.demo.town import make_town

        made = make_town(arguments.seed, arguments.households, quiet=not sys.stderr.isatty())
        home = read_env().home
        known = write_list(home, made.planted) if made.planted else None
    print(
        f"演示镇已建在 {home}:业务日期 2020-04-22,在册 {made.households} 户 {made.persons} 人,"
        f"已减少 {made.former} 人,台账 {made.rows} 行。村是真的,人全部虚构"
    )
    print("\n".join(_told(made.households, known, home)))
    return 0


def _told(households: int, known: Path | None, home: Path) -> Iterator[str]:
    """How far it can be trusted, and what to try."""
    if households == HOUSEHOLDS:
        yield "在册、补助、岗位、贷款、项目的合计与镇里2020年4月公开的汇报一致(汇报自己加错的两个合计按明细算)"
    else:
        yield f"户数不是 {HOUSEHOLDS},合计与公开的汇报不一致"
    yield f"埋有已知问题,列在 {known}" if known else "户数太少,没有埋入已知问题"
    yield "接着可以试:"
    yield f"  bangfu check --home {home} --out 核查结果"
    yield f"  bangfu journal verify --home {home}"
    yield f"  bangfu journal show --home {home} --last 10"
    yield f"  bangfu snapshot 快照 --as-of 2019-12-31 --home {home}"
    yield f"  bangfu export national 国网导出 --home {home}"
