"""The command line's words in Chinese."""

from __future__ import annotations

import argparse
import gettext
from collections.abc import Sequence
from datetime import date
from typing import NoReturn

from bangfu.terms.errors import UserError

RANKS = {"error": 3, "suspicion": 2, "reminder": 1}
"""What --fail-on names, the graver the higher."""
_WORDS = {
    "usage: ": "用法:",
    "positional arguments": "参数",
    "options": "选项",
    "show this help message and exit": "显示帮助",
    "the following arguments are required: %s": "缺少 %s",
    "unrecognized arguments: %s": "不认识的参数 %s",
    "expected one argument": "后面要写一个值",
    "expected at least one argument": "后面至少要写一个值",
    "invalid choice: %(value)r (choose from %(choices)s)": "没有 %(value)r,可用的有 %(choices)s",
    "invalid %(type)s value: %(value)r": "%(value)r 不合要求",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s:%(message)s",
}


class Parser(argparse.ArgumentParser):
    """Says everything in Chinese and raises instead of exiting, so that the exit codes stay ours."""

    def error(self, message: str) -> NoReturn:
        raise UserError(f"{message}。用 {self.prog} --help 看用法")


def speak_chinese() -> None:
    """argparse asks gettext for its texts; ours are these."""

    def translate(text: str) -> str:
        return _WORDS.get(text, text)

    argparse._ = translate  # type: ignore[attr-defined]
    gettext.gettext = translate  # type: ignore[assignment]


def commands(parser: Parser, title: str) -> argparse._SubParsersAction[Parser]:
    return parser.add_subparsers(title=title, dest="command", metavar="命令", required=True)


def listed(values: Sequence[str]) -> str:
    return "、".join(values)


def day(text: str) -> int:
    """2023-12-18 as 20231218."""
    try:
        return int(date.fromisoformat(text).strftime("%Y%m%d"))
    except ValueError as error:
        raise UserError(f"日期 {text} 不对,应写成 2023-12-18 这样") from error
