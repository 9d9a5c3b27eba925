"""`bangfu serve`: one command, all processes; started again when they die, gone when they are told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from bangfu.cli.main import main
from bangfu.cli.serve import shown_address
from bangfu.jobs.queries import has_worker
from bangfu.office.accounts import account_named, reader_of
from bangfu.office.logins import check_login
from bangfu.office.readers import Holding

PATIENCE = 90
BANGFU = str(Path(sys.executable).with_name("bangfu"))


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def serving(home: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    connection.close()
    with (home / "serve.log").open("w") as log:
        running = subprocess.Popen(
            [BANGFU, "serve", "--home", str(home), "--port", str(port)],
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
    try:
        yield running
    finally:
        if running.poll() is None:
            running.kill()
        running.wait()
        until(lambda: processes_of(home) == [], "something was left behind")


def processes_of(home: Path) -> list[int]:
    """The processes that were started on a home."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            state = (folder / "stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if str(home).encode() in words and state != "Z":
            found.append(int(folder.name))
    return found


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/alive", timeout=2) as answer:
            return bool(answer.read() == b"ok")
    except OSError:
        return False


def until(is_so: Callable[[], bool], what: str, home: Path | None = None) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, what + ((home / "serve.log").read_text() if home else "")
        time.sleep(0.1)


def workers_of(home: Path) -> list[int]:
    return [
        process
        for process in processes_of(home)
        if b"worker" in Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    ]


def test_it_answers_is_alone_mends_itself_and_leaves_nothing(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    with serving(home, port) as running:
        until(lambda: "工作台已打开" in (home / "serve.log").read_text(), "not open", home)
        assert answers(port)
        until(has_worker, "no worker", home)
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/nowhere?q=secret", timeout=5)
        assert refused.value.code == 404

        assert main(["serve", "--home", str(home), "--port", str(free_port())]) == 2
        said = capsys.readouterr().err
        assert f"已经在运行：http://127.0.0.1:{port}" in said

        [killed] = workers_of(home)
        os.kill(killed, signal.SIGKILL)
        until(lambda: [one for one in workers_of(home) if one != killed] != [], "no new worker", home)
        assert "后台程序意外结束（信号 9），1 秒后重新启动" in (home / "serve.log").read_text()

        running.send_signal(signal.SIGINT)
        assert running.wait(PATIENCE) == 0
        assert processes_of(home) == []
    log = (home / "serve.log").read_text()
    assert log.rstrip().endswith("已停止")
    assert "secret" not in log


def test_killed_itself_it_takes_its_processes_along(home: Path) -> None:
    port = free_port()
    with serving(home, port) as running:
        until(lambda: answers(port) and has_worker(), "not open", home)
        assert len(processes_of(home)) >= 4
        running.kill()
        until(lambda: processes_of(home) == [], "left behind")
    assert not answers(port)


def test_a_port_that_is_taken_is_said_with_another_one(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        port = one.getsockname()[1]
        assert main(["serve", "--home", str(home), "--port", str(port)]) == 2
    said = capsys.readouterr().err
    assert f"端口 {port} 用不了" in said
    assert f"--port {port + 1}" in said


@pytest.mark.parametrize(
    ("listen", "shown"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
    ],
)
def test_the_address_is_one_that_a_browser_takes(listen: str, shown: str) -> None:
    assert shown_address(listen, 8000) == shown


def test_accounts_are_made_listed_and_reset_on_the_command_line(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--name", "李丁", "--role", "村干部@罗峰村", "--role", "department_officer@421281102:民政、住建"]
    assert main(["user", "add", "li", *words]) == 0
    password = capsys.readouterr().out.strip().rpartition("：")[2]
    user = check_login("li", password)
    assert user.must_change_password
    assert reader_of(user).holdings == (
        Holding("village_cadre", "421281102200"),
        Holding("department_officer", "421281102000", ("民政", "住建")),
    )
    assert main(["user", "list"]) == 0
    assert "li\t李丁\t启用\t村干部（罗峰村委会）" in capsys.readouterr().out
    assert main(["user", "reset", "li"]) == 0
    assert check_login("li", capsys.readouterr().out.strip().rpartition("：")[2])
    assert main(["user", "reset", "nobody"]) == 2
    assert main(["user", "add", "wang", "--name", "王", "--role", "clerk@乌有村"]) == 2
    assert "区划表里没有“乌有村”" in capsys.readouterr().err
    assert main(["user", "roles"]) == 0
    assert "clerk\t乡镇专干" in capsys.readouterr().out
    assert account_named("wang") is None
