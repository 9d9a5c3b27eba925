"""`bangfu desk`: the process that checks a household while it is being edited; `bangfu serve` starts it."""

from __future__ import annotations

import argparse

from bangfu.cli.arguments import Parser
from bangfu.cli.homes import command


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(sub, "desk", "启动校验服务:编辑户的资料时即时核查(bangfu serve 会自动启动它)", _desk)
    parser.add_argument(
        "--parent", type=int, metavar="进程号", help="这个进程结束时一起结束;不写就一直运行到 Ctrl-C"
    )


def _desk(arguments: argparse.Namespace) -> int:
    from bangfu.findings.desk.serving import serve_desk

    serve_desk(parent=arguments.parent)
    return 0
