"""Starting Django for the commands that keep a register; the others do without it."""

from __future__ import annotations

import argparse
import getpass
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bangfu.cli.arguments import Parser
from bangfu.config.env import read_env


@contextmanager
def started(home: Path | None, *, opens: bool = True) -> Iterator[None]:
    """The register of `home` (else of BANGFU_HOME) is open; what its disk or file makes it say is put in words.

    Commands that make the register do not open one.
    """
    if home is not None:
        os.environ["BANGFU_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
    read_env()
    import django

    django.setup()
    from bangfu.office.home import open_home
    from bangfu.office.trouble import in_words

    with in_words():
        if opens:
            open_home()
        yield


def command(
    sub: argparse._SubParsersAction[Parser],
    name: str,
    told: str,
    run: Callable[[argparse.Namespace], int],
    *,
    opens: bool = True,
) -> Parser:
    """A command on a register: it has `--home`, and `run` finds the register open."""

    def in_home(arguments: argparse.Namespace) -> int:
        with started(arguments.home, opens=opens):
            return run(arguments)

    parser = sub.add_parser(name, help=told, description=told)
    parser.add_argument(
        "--home", type=Path, metavar="文件夹", help="台账所在的文件夹,默认 BANGFU_HOME 或 ./home"
    )
    parser.set_defaults(run=in_home)
    return parser


def actor() -> str:
    """Who works at this machine."""
    return getpass.getuser()
