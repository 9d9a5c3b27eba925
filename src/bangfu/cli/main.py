"""`bangfu`: exit codes 0 done, 1 findings of the kind asked to fail on, 2 bad input, 3 a bug."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

from bangfu.cli.arguments import Parser, commands, speak_chinese
from bangfu.config.env import SettingError
from bangfu.terms.errors import UserError

DONE, FOUND, BAD_INPUT, BUG = 0, 1, 2, 3


MODULES = {
    "check": ("check",),
    "verify": ("verify",),
    "register": (
        *("init", "import", "apply", "undo", "journal", "rebuild", "snapshot"),
        *("export", "backup", "restore", "false-alarm"),
    ),
    "questions": ("questions", "answer"),
    "indicators": ("indicators",),
    "papers": ("report", "form", "cards"),
    "sources": ("compare-sources",),
    "serve": ("serve",),
    "web": ("web",),
    "worker": ("worker",),
    "desk": ("desk",),
    "users": ("user",),
    "demo": ("demo",),
    "sample": ("sample",),
    "rules": ("rules",),
    "doctor": ("doctor",),
}
"""The commands by the module that adds them. One that is named is loaded alone: the libraries of all take a second."""
_OBJECTS = 150_000
"""Made before garbage is looked for: the rulebook's objects stay, and going through them again and again takes as long as
reading them.
"""


def parser(argv: Sequence[str] = ()) -> Parser:
    """Of all commands, unless `argv` begins with one."""
    speak_chinese()
    root = Parser(prog="bangfu", description="帮扶:乡镇防返贫监测和帮扶工作系统")
    sub = commands(root, "命令")
    alone = [module for module, names in MODULES.items() if argv and argv[0] in names]
    for module in alone or MODULES:
        importlib.import_module(f"bangfu.cli.{module}").add(sub)
    return root


def main(argv: Sequence[str] | None = None) -> int:
    words = sys.argv[1:] if argv is None else argv
    try:
        arguments = parser(words).parse_args(words)
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
        import traceback

        traceback.print_exc()
        print("程序出错了(不是您的文件的问题),请把上面的内容发给维护者", file=sys.stderr)
        return BUG


def entry() -> None:
    gc.set_threshold(_OBJECTS)
    sys.exit(main())
