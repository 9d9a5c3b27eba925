"""`bangfu verify`: a report -> the figures in it that do not add up."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bangfu.cli.arguments import Parser
from bangfu.cli.check import RANKS
from bangfu.documents.arithmetic.standards import Cap
from bangfu.documents.files.marked import write_marked
from bangfu.documents.files.opening import open_text
from bangfu.documents.files.source import Source, pasted
from bangfu.documents.limits import caps_of_text
from bangfu.documents.reading.read import Reading
from bangfu.documents.verification import Doubt, Verification, verify
from bangfu.terms.errors import UserError


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
        "--fail-on",
        choices=list(RANKS),
        metavar="级别",
        help="有这一级(error、suspicion、reminder)及以上的疑点时退出码为 1",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    source = _source(arguments.path)
    found = verify(source, lambda reading: _caps(reading, arguments.place))
    if arguments.marked is not None:
        _mark(found, arguments.marked)
    print(json.dumps(found.as_json(), ensure_ascii=False, indent=2) if arguments.json else as_text(found))
    limit = RANKS.get(arguments.fail_on, max(RANKS.values()) + 1)
    accused = [RANKS[doubt.severity] for doubt in found.doubts if doubt.severity and not doubt.is_question]
    return 1 if any(rank >= limit for rank in accused) else 0


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


def _caps(reading: Reading, place: str) -> Sequence[Cap]:
    return caps_of_text(reading, place)


def _mark(found: Verification, out: Path) -> None:
    if out.suffix.lower() != ".docx":
        raise UserError(f"--marked 写的是“{out.name}”,应是 .docx 文件名")
    if found.source.path is not None and out.resolve() == found.source.path.resolve():
        raise UserError("--marked 不能写成原文件,请换一个文件名")
    write_marked(found.source, found.marks(), out)
