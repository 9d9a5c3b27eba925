"""`bangfu`: exit codes 0 done, 1 findings of the kind asked to fail on, 2 bad input, 3 a bug."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence

from bangfu.cli import (
    check,
    demo,
    desk,
    doctor,
    indicators,
    papers,
    questions,
    register,
    rules,
    sample,
    serve,
    sources,
    users,
    verify,
    web,
    worker,
)
from bangfu.cli.arguments import Parser, commands, speak_chinese
from bangfu.config.env import SettingError
from bangfu.terms.errors import UserError

DONE, FOUND, BAD_INPUT, BUG = 0, 1, 2, 3


def parser() -> Parser:
    speak_chinese()
    root = Parser(prog="bangfu", description="帮扶:乡镇防返贫监测和帮扶工作系统")
    sub = commands(root, "命令")
    for module in (
        check,
        verify,
        register,
        questions,
        indicators,
        papers,
        sources,
        serve,
        web,
        worker,
        desk,
        users,
        demo,
        sample,
        rules,
        doctor,
    ):
        module.add(sub)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    try:
        arguments = parser().parse_args(argv)
        return int(arguments.run(arguments))
    except (UserError, SettingError) as error:
        print(f"错误:{error}", file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("已中断,没有写完的结果不要使用", file=sys.stderr)
        return BAD_INPUT
    except BrokenPipeError:
        return DONE
    except Exception:
        traceback.print_exc()
        print("程序出错了(不是您的文件的问题),请把上面的内容发给维护者", file=sys.stderr)
        return BUG


def entry() -> None:
    sys.exit(main())
