"""`bangfu web`: the pages alone, without worker and desk. `bangfu serve` starts it with both."""

from __future__ import annotations

import argparse
import gc
import multiprocessing

from bangfu.cli.arguments import Parser
from bangfu.cli.homes import command
from bangfu.cli.offspring import end_with_parent

WORKERS = 2
THREADS = 32
"""Of each worker. On SQLite one writer holds the lock, and those that wait must leave threads for readers."""
_KILL_AFTER = 8


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(sub, "web", "只启动工作台的网页（bangfu serve 会自己启动它）", _web)
    add_address(parser)


def add_address(parser: Parser) -> None:
    parser.add_argument(
        "--listen",
        default="127.0.0.1",
        metavar="地址",
        help="在哪个地址上等浏览器，默认只有本机；0.0.0.0 是所有网卡",
    )
    parser.add_argument("--port", type=int, default=8000, metavar="端口", help="默认 8000")


def _web(arguments: argparse.Namespace) -> int:
    from django.db import connection
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    if multiprocessing.get_start_method() == "fork":
        _read_ahead()
        gc.freeze()  # what all share is not looked through for garbage again and again
    connection.close()  # a connection must not be forked
    end_with_parent()
    Server(
        "bangfu.config.wsgi:application",
        address=arguments.listen,
        port=arguments.port,
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        log_access=False,  # an address may hold a name that somebody searched
        respawn_failed_workers=True,
        respawn_interval=0.5,
        workers_kill_timeout=_KILL_AFTER,
    ).serve()
    return 0


def _read_ahead() -> None:
    """What the first page of a process would wait for: read once for all workers, also those that follow a dead one."""
    from django.template.loader import get_template
    from django.urls import reverse

    from bangfu.intake.rulebook import home_rulebook
    from bangfu.terms.forms import load_forms

    load_forms()
    home_rulebook()
    reverse("desk")  # reads all addresses, and with them every page's code
    get_template("web/base.html")
