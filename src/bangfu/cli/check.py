"""`bangfu check`: the files that an office has -> what is wrong with every household and person."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from bangfu.cli.arguments import RANKS, Parser, day
from bangfu.cli.homes import actor, started
from bangfu.cli.household import check_one
from bangfu.cli.progress import moving, say
from bangfu.screening.job import Job, check_files, check_snapshot
from bangfu.screening.result import Result
from bangfu.terms.errors import UserError


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("check", help="核查文件(国网导出和各部门名单)或台账")
    parser.description = "读入国网导出和各部门名单(不写文件就核查台账),按政策规则逐户逐人核查,按村写出疑点表"
    parser.add_argument("paths", nargs="*", type=Path, metavar="文件或文件夹")
    parser.add_argument(
        "--home",
        type=Path,
        metavar="文件夹",
        help="不写文件时核查台账:台账所在的文件夹,默认 BANGFU_HOME 或 ./home",
    )
    parser.add_argument(
        "--household", metavar="户编号", help="只核查台账里的这一户,马上显示疑点;不写文件,也不存入核查记录"
    )
    parser.add_argument("--snapshot", type=Path, metavar="文件夹", help="核查台账的一个快照,而不是文件")
    parser.add_argument(
        "--as-of", type=day, metavar="日期", help="核查截止日期,如 2023-12-18(默认:导出表上写的日期)"
    )
    parser.add_argument(
        "--place", type=_place, metavar="区划代码", help="2 至 12 位区划代码,如 421281102(默认:表中的乡镇)"
    )
    parser.add_argument(
        "--overlay", action="append", default=[], metavar="名称", help="叠加规则库 overlays 里的一组改动"
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="规则", help="只查这些规则(编号或名称,如 INC-005)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("核查结果"), metavar="文件夹", help="结果写到哪里(默认:核查结果)"
    )
    parser.add_argument(
        "--fail-on",
        choices=list(RANKS),
        metavar="级别",
        help="有这一级(error、suspicion、reminder)及以上的疑点时退出码为 1",
    )
    parser.add_argument("--no-workbooks", action="store_true", help="只写 findings.jsonl,不写 Excel")
    parser.add_argument("--json", action="store_true", help="把汇总按 JSON 打印")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    job = Job(
        paths=tuple(arguments.paths),
        as_of=arguments.as_of,
        place=arguments.place,
        overlays=tuple(arguments.overlay),
        only=tuple(arguments.only),
        out=arguments.out,
        workbooks=not arguments.no_workbooks,
        quiet=arguments.json or not sys.stderr.isatty(),
    )
    if arguments.paths and arguments.snapshot:
        raise UserError("文件和 --snapshot 只能写一样")
    if arguments.household and (arguments.paths or arguments.snapshot):
        raise UserError("--household 核查的是台账里的户,不要同时写文件或 --snapshot")
    if arguments.household:
        return _code(arguments, check_one(job, arguments))
    if arguments.paths:
        result = check_files(job)
    elif arguments.snapshot:
        result = check_snapshot(job, arguments.snapshot)
    else:
        result = _check_home(job, arguments)
    print(json.dumps(result.as_json(), ensure_ascii=False, indent=2) if arguments.json else result.as_text())
    return _code(arguments, [level for level, count in result.by_severity.items() if count])


def _code(arguments: argparse.Namespace, found: Iterable[str]) -> int:
    """1 where findings of the severity asked to fail on, or a graver one, were found."""
    limit = RANKS.get(arguments.fail_on, max(RANKS.values()) + 1)
    return 1 if any(RANKS[severity] >= limit for severity in found) else 0


def _check_home(job: Job, arguments: argparse.Namespace) -> Result:
    """The register itself; the run is stored and told against the one before."""
    with started(arguments.home):
        from bangfu.casework.actions import after_run
        from bangfu.findings.runs import check_register, difference_lines
        from bangfu.office.home import business_day

        with moving() as move:
            kept = check_register(
                job, as_of=job.as_of or business_day(), actor=actor(), say=partial(_tell, move)
            )
        after_run(kept.run.pk, actor=actor(), day=business_day())
    kept.result.notices.extend(difference_lines(kept.run))
    return kept.result


def _tell(move: Callable[[str], None], message: str, fraction: float | None = None) -> None:
    """Where the work is, on a line that moves; what is no part of it, such as having to wait, stays."""
    if fraction is None:
        say(message)
    else:
        move(message)


def _place(text: str) -> str:
    if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}", text):
        raise UserError(f"区划代码 {text} 不对,应是 2、4、6、9 或 12 位数字,如 421281102")
    return text
