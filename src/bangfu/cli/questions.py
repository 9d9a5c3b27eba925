"""`bangfu questions|answer`: what files asked, and what the office found out."""

from __future__ import annotations

import argparse
import sys

from bangfu.cli.arguments import Parser, day
from bangfu.cli.homes import actor, command
from bangfu.terms.errors import UserError


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(sub, "questions", "列出导入时提出、还没有答复的问题", _questions)
    parser.add_argument("--batch", type=int, metavar="批次", help="只看这个批次的")
    parser = command(sub, "answer", "答复一个问题", _answer)
    parser.add_argument("number", type=int, metavar="问题编号")
    how = parser.add_mutually_exclusive_group(required=True)
    how.add_argument("--left", type=day, metavar="日期", help="人已减少:从哪天起,并写 --reason")
    how.add_argument("--still-here", action="store_true", help="人还在原来的户,不再问")
    how.add_argument(
        "--moved-in",
        type=day,
        nargs="?",
        const=0,
        metavar="日期",
        help="换户的:迁入表上的那一户;不写日期就是表的数据日期",
    )
    how.add_argument("--take-back", action="store_true", help="撤回答复,恢复答复以前的样子")
    parser.add_argument("--reason", default="", metavar="原因", help="减少原因,如 死亡、婚出、户籍迁出")


def _questions(arguments: argparse.Namespace) -> int:
    from bangfu.intake.answers import open_questions

    asked = open_questions(arguments.batch)
    for question in asked:
        where = f"第 {question.sheet_row} 行 " if question.sheet_row else ""
        print(f"{question.pk} [{question.kind}] 批次 {question.batch_id} {where}{question.message}")
    print(f"没有答复的问题 {len(asked)} 个" + (":bangfu answer 编号 --still-here" if asked else ""))
    return 0


def _answer(arguments: argparse.Namespace) -> int:
    from bangfu.intake import answers

    number = arguments.number
    if arguments.reason and arguments.left is None:
        raise UserError("--reason 只和 --left 一起写")
    if arguments.left is not None:
        if not arguments.reason:
            raise UserError("减少要写原因,如 --reason 死亡")
        answers.answer_left(number, arguments.left, arguments.reason, actor=actor(), say=_say)
    elif arguments.still_here:
        answers.answer_still_here(number, actor=actor())
    elif arguments.take_back:
        answers.take_back(number, actor=actor(), say=_say)
        print(f"问题 {number} 的答复已撤回")
        return 0
    else:
        answers.answer_moved_in(number, arguments.moved_in or None, actor=actor(), say=_say)
    print(f"问题 {number} 已答复")
    return 0


def _say(message: str) -> None:
    print(message, file=sys.stderr)
