"""`bangfu worker`: does the long work that the workbench queues. `bangfu serve` starts one."""

from __future__ import annotations

import argparse

from bangfu.cli.arguments import Parser
from bangfu.cli.homes import command
from bangfu.cli.offspring import end_with_parent


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(
        sub, "worker", "后台程序：做工作台排队的导入、核查和导出（bangfu serve 会自己启动）", _work
    )
    parser.add_argument("--once", action="store_true", help="排队的都做完就结束")


def _work(arguments: argparse.Namespace) -> int:
    from bangfu.jobs.worker import work_until_stopped

    end_with_parent()
    work_until_stopped(once=arguments.once)
    return 0
