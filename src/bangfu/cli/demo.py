"""`bangfu demo`: the invented town in a home of its own, to see what the program does."""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
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
    parser.add_argument("--anew", action="store_true", help="文件夹里已有演示镇就删掉重建（真的台账不会删）")
    parser.add_argument(
        "--month", action="store_true", help="再像已经用了一个月:核查两次,派发、答复、核实、销号一部分"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if not 1 <= arguments.households <= MOST_HOUSEHOLDS:
        raise UserError(f"户数 {arguments.households} 不对,应在 1 到 {MOST_HOUSEHOLDS} 之间")
    if arguments.anew:
        _clear(arguments.home or read_env().home)
    with started(arguments.home, opens=False):
        from bangfu.demo.faults import write_list
        from bangfu.demo.office import add_workers, workers_told
        from bangfu.demo.town import make_town

        made = make_town(arguments.seed, arguments.households, quiet=not sys.stderr.isatty())
        home = read_env().home
        known = write_list(home, made.planted) if made.planted else None
        add_workers(made.planted)
        if arguments.month:
            _spend_a_month()
        accounts = list(workers_told())
    print(
        f"演示镇已建在 {home}:业务日期 2020-04-22,在册 {made.households} 户 {made.persons} 人,"
        f"已减少 {made.former} 人,台账 {made.rows} 行。村是真的,人全部虚构"
    )
    print("\n".join([*_told(made.households, known), *accounts, *_next(home)]))
    return 0


def _spend_a_month() -> None:
    from bangfu.cli.progress import moving
    from bangfu.demo.month import spend_a_month

    with moving() as progress:
        spend_a_month(lambda message, share=None: progress(message))


def _clear(home: Path) -> None:
    """Takes an earlier demo town away. UserError where it is being served, or is no demo town."""
    from bangfu.jobs.alone import Taken, alone

    database = home / "bangfu.sqlite3"
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as opened:
            [(overlays,)] = opened.execute("SELECT overlays FROM home").fetchall()
    except (sqlite3.DatabaseError, ValueError) as error:
        raise UserError(f"{home} 里的数据库不能读({error})。不要的话请自己删掉这个文件夹") from error
    if "demo" not in overlays.split():
        raise UserError(f"{home} 里是真的台账,不是演示镇,没有动它")
    try:
        with alone(home / "work" / "serve.lock"):
            pass
    except Taken as taken:
        raise UserError(f"演示镇正在运行:{taken.word}。先在那个窗口按 Ctrl-C") from taken
    shutil.rmtree(home)


def _told(households: int, known: Path | None) -> Iterator[str]:
    """How far it can be trusted."""
    if households == HOUSEHOLDS:
        yield "在册、补助、岗位、贷款、项目的合计与镇里2020年4月公开的汇报一致(汇报自己加错的两个合计按明细算)"
    else:
        yield f"户数不是 {HOUSEHOLDS},合计与公开的汇报不一致"
    yield f"埋有已知问题,列在 {known}" if known else "户数太少,没有埋入已知问题"


def _next(home: Path) -> Iterator[str]:
    """What to try."""
    yield "接着可以试:"
    yield f"  bangfu serve --home {home}"
    yield f"  bangfu check --home {home} --out 核查结果"
    yield f"  bangfu journal verify --home {home}"
    yield f"  bangfu journal show --home {home} --last 10"
    yield f"  bangfu snapshot 快照 --as-of 2019-12-31 --home {home}"
    yield f"  bangfu export national 国网导出 --home {home}"
