"""`bangfu verify`: a report -> the figures in it that do not add up."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bangfu.cli.arguments import RANKS, Parser, day
from bangfu.cli.homes import actor, started
from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Source, pasted
from bangfu.documents.limits import caps_in_force, caps_of_text, last_day_of
from bangfu.documents.verification import Doubt, Verification, verify
from bangfu.terms.errors import UserError

if TYPE_CHECKING:
    from bangfu.reporting.counterparts.beside import Ledgers


@dataclass(frozen=True)
class Answers:
    """What is known of the text: its own arithmetic, and beside the ledgers where a home was named."""

    found: Verification
    ledgers: Ledgers | None = None


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("verify", help="核对一份材料里的数字(.docx、.txt、.xlsx)")
    parser.description = (
        "找出材料里的每个数,核对合计、其中、占比、增长、平均、单位、前后是否一致,说出对不上的地方和可能的原因"
    )
    parser.add_argument("path", metavar="文件", help="要核对的材料;写 - 就从标准输入读文字")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印全部数字和关系")
    parser.add_argument(
        "--marked", type=Path, metavar="文件.docx", help="另存一份 .docx,在有疑问的地方加批注"
    )
    parser.add_argument(
        "--place", default="", metavar="区划代码", help="按哪里的政策标准核对,如 421281102(默认:全国)"
    )
    parser.add_argument(
        "--home", type=Path, metavar="文件夹", help="再和这个台账比:说出与台账不同的数,列出台账里没有的数"
    )
    parser.add_argument(
        "--as-of", type=day, metavar="日期", help="和哪一天的台账比;不写就是材料自己的日期,没有就是业务日期"
    )
    parser.add_argument(
        "--fail-on",
        choices=list(RANKS),
        metavar="级别",
        help="有这一级(error、suspicion、reminder)及以上的疑点时退出码为 1",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    if arguments.as_of and not arguments.home:
        raise UserError("--as-of 要和 --home 一起用,写明和哪个台账比")
    source = _source(arguments.path)
    if arguments.home is None:
        answers = Answers(verify(source, lambda reading: caps_of_text(reading, arguments.place)))
        return _tell(arguments, answers)
    with started(arguments.home):
        return _tell(arguments, _beside(source, arguments.as_of, arguments.place))


def _beside(source: Source, as_of: int | None, place: str) -> Answers:
    """Counts the day of the text first, where it was not counted yet."""
    from bangfu.cli.progress import moving
    from bangfu.intake.rulebook import home_rulebook
    from bangfu.office.home import business_day, this_home
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.counterparts.beside import beside_ledgers
    from bangfu.reporting.counterparts.days import day_of
    from bangfu.reporting.queries import run_of_day
    from bangfu.reporting.runs import count_figures
    from bangfu.terms.divisions import area_prefix

    standards, where = home_rulebook().standards, place or area_prefix(this_home().place)
    found = verify(
        source, lambda reading: caps_in_force(standards, day=last_day_of(reading.year), place=where)
    )
    wanted = as_of or min(day_of(found.reading) or business_day(), business_day())
    with moving() as move:
        count_figures(wanted, actor=actor(), say=lambda message, fraction=None: move(message))
    return Answers(found, beside_ledgers(found, run_of_day(wanted), EVERYTHING))


def _tell(arguments: argparse.Namespace, answers: Answers) -> int:
    if arguments.marked is not None:
        _mark(answers, arguments.marked)
    print(_as_json(answers) if arguments.json else _as_text(answers))
    limit = RANKS.get(arguments.fail_on, max(RANKS.values()) + 1)
    return 1 if any(RANKS[severity] >= limit for severity in _accused(answers)) else 0


def _accused(answers: Answers) -> Iterator[str]:
    """A figure that differs from the ledgers is a suspicion: the ledgers may be behind."""
    for doubt in answers.found.doubts:
        if doubt.severity and not doubt.is_question:
            yield doubt.severity
    if answers.ledgers is not None:
        yield from ("suspicion" for _ in answers.ledgers.told("differ"))


def _as_json(answers: Answers) -> str:
    told = answers.found.as_json()
    if answers.ledgers is not None:
        from bangfu.reporting.counterparts.told import as_json

        told |= as_json(answers.ledgers)
    return json.dumps(told, ensure_ascii=False, indent=2)


def _as_text(answers: Answers) -> str:
    if answers.ledgers is None:
        return as_text(answers.found)
    from bangfu.reporting.counterparts.told import as_text as ledgers_as_text

    return f"{as_text(answers.found)}\n\n{ledgers_as_text(answers.ledgers, answers.found)}"


def as_text(found: Verification) -> str:
    """For a terminal: how much was read, then each doubt with its line and words."""
    total = len(found.reading.quantities)
    checked = len(found.relations)
    head = f"{found.source.name}:读到 {total} 个数,核对了 {checked} 处关系,"
    if not found.doubts:
        return head + "没有发现对不上的地方。"
    lines = [head + f"{len(found.doubts)} 处要看一看:"]
    lines += [_shown(number, doubt) for number, doubt in enumerate(found.doubts, 1)]
    return "\n".join(lines)


def _shown(number: int, doubt: Doubt) -> str:
    cause = f"\n   可能的原因:{doubt.relation.cause}" if doubt.relation.cause else ""
    return f"\n{number}. 【{doubt.title}】第 {doubt.line} 行 …{doubt.excerpt}…\n   {doubt.relation.explanation}{cause}"


def _source(path: str) -> Source:
    if path == "-":
        return pasted(sys.stdin.buffer.read().decode("utf-8", errors="replace"))
    return open_text(Path(path))


def _mark(answers: Answers, out: Path) -> None:
    source = answers.found.source
    if out.suffix.lower() != ".docx":
        raise UserError(f"--marked 写的是“{out.name}”,应是 .docx 文件名")
    if source.path is not None and out.resolve() == source.path.resolve():
        raise UserError("--marked 不能写成原文件,请换一个文件名")
    marks = answers.found.marks()
    if answers.ledgers is not None:
        from bangfu.reporting.counterparts.told import marks as all_marks

        marks = all_marks(answers.found, answers.ledgers)
    from bangfu.documents.files.marked import write_marked

    write_marked(source, marks, out)
