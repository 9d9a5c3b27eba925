"""`bangfu serve`: the whole workbench of a home: pages, worker, checking desk; until Ctrl-C."""

from __future__ import annotations

import argparse
import importlib.util
import ipaddress
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from types import FrameType

from bangfu.cli.arguments import Parser
from bangfu.cli.homes import command
from bangfu.cli.offspring import Child
from bangfu.cli.web import add_address
from bangfu.config.env import Env, read_env
from bangfu.terms.errors import UserError

_STEP = 0.2
_PATIENCE = 120  # seconds until the pages must answer for the first time
_MOST_DEATHS = 3  # of the pages before they ever answered
_GRACE = 15.0  # seconds for ending in order


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    add_address(command(sub, "serve", "启动工作台：网页、后台程序和校验服务，按 Ctrl-C 停止", _serve))


def _serve(arguments: argparse.Namespace) -> int:
    from django.db import connection

    from bangfu.demo.office import workers_told
    from bangfu.jobs.alone import Taken, alone
    from bangfu.jobs.workfolder import work_folder

    accounts = list(workers_told())
    connection.close()
    address = shown_address(arguments.listen, arguments.port)
    try:
        with alone(work_folder() / "serve.lock", address):
            _demand_port(arguments.listen, arguments.port)
            return _run(arguments, [address, *accounts])
    except Taken as taken:
        raise UserError(
            f"这个台账的工作台已经在运行：{taken.word or '地址不明'}。要重新启动，先在那个窗口按 Ctrl-C"
        ) from taken


def _run(arguments: argparse.Namespace, told: list[str]) -> int:
    """`told`: the address and what else to print when the workbench is open."""
    office = Office(_children(arguments))
    for advice in _advice(read_env(), arguments.listen):
        _say(advice)
    return office.run(told, lambda: _answers(arguments.listen, arguments.port))


class Office:
    """The processes of a workbench, and who looks after them."""

    def __init__(self, children: list[Child]) -> None:
        self.children = children
        self.is_stopping = False

    def run(self, told: list[str], answers: Callable[[], bool]) -> int:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)
        for child in self.children:
            child.start()
        try:
            self._until_open(told, answers)
            while not self.is_stopping:
                self._tend()
        finally:
            self._end()
        _say("已停止")
        return 0

    def _until_open(self, told: list[str], answers: Callable[[], bool]) -> None:
        until = time.monotonic() + _PATIENCE
        while not self.is_stopping:
            self._tend()
            if answers():
                print(f"工作台已打开：{told[0]}    按 Ctrl-C 停止", *told[1:], sep="\n", flush=True)
                return
            if self.children[0].deaths >= _MOST_DEATHS or time.monotonic() > until:
                raise UserError("网页没有启动起来，原因见上面的记录")

    def _tend(self) -> None:
        for child in self.children:
            child.tend()
        time.sleep(_STEP)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if self.is_stopping:  # asked twice: at once
            for child in self.children:
                child.end()
        self.is_stopping = True

    def _end(self) -> None:
        """In order, else killed. A job in hand is rolled back and waits for the next start."""
        _say("正在停止……没有做完的后台工作不会留下一半，下次启动时重新做")
        for child in self.children:
            child.ask_to_end()
        until = time.monotonic() + _GRACE
        while time.monotonic() < until and any(child.is_running() for child in self.children):
            time.sleep(_STEP / 4)
        for child in self.children:
            child.end()


def _children(arguments: argparse.Namespace) -> list[Child]:
    home = ["--home", str(read_env().home.resolve())]
    found = [
        Child("网页", ["web", *home, "--listen", arguments.listen, "--port", str(arguments.port)], _say),
        Child("后台程序", ["worker", *home], _say),
    ]
    if importlib.util.find_spec("bangfu.cli.desk") is not None:
        found.append(Child("校验服务", ["desk", *home, "--parent", str(os.getpid())], _say))
    return found


def shown_address(listen: str, port: int) -> str:
    """What to type into a browser."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(listen, f"[{listen}]" if ":" in listen else listen)
    return f"http://{host}:{port}"


def _demand_port(listen: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((listen, port))
    except (OSError, OverflowError) as error:
        raise UserError(
            f"端口 {port} 用不了（{getattr(error, 'strerror', None) or error}），多半已被别的程序占用。"
            f"换一个：bangfu serve --port {port + 1}"
        ) from error


def _answers(listen: str, port: int) -> bool:
    try:
        with urllib.request.urlopen(f"{shown_address(listen, port)}/alive", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True  # whatever it says, it is there
    except OSError:
        return False


def _advice(env: Env, listen: str) -> list[str]:
    """What others on the network will stumble over."""
    try:
        is_local = ipaddress.ip_address(listen).is_loopback
    except ValueError:
        is_local = listen == "localhost"
    if is_local:
        return []
    said = []
    if set(env.hosts) <= {"127.0.0.1", "localhost", "[::1]"}:
        said.append("提示：别的电脑要打开，先把这台电脑的地址加进 BANGFU_HOSTS（见 docs/deploy.md）")
    if not env.is_https:
        said.append("提示：没有用 HTTPS，密码和资料会明文经过网络；只在可信的内网这样用（见 docs/deploy.md）")
    return said


def _say(message: str) -> None:
    print(message, file=sys.stderr, flush=True)
