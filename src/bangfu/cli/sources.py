"""`bangfu compare-sources`: what the national system, the archive, visits and handbooks say of the same fields."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bangfu.cli.arguments import Parser, day
from bangfu.cli.homes import command

if TYPE_CHECKING:
    from bangfu.intake.source_comparison import Tally


_COUNTS = ("compared", "differing")


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(sub, "compare-sources", "三方比对:国网、档案、实际和手册的值是否一致", _compare)
    parser.add_argument("--village", metavar="村", help="只比对这个村;不写就是全镇")
    parser.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天的说法;不写就是台账的业务日期")
    parser.add_argument("--out", type=Path, metavar="文件", help="清单写成 Excel,如 三方比对.xlsx")
    parser.add_argument("--all", action="store_true", help="一致的指标也写进清单")
    parser.add_argument("--full", action="store_true", help="清单里写出证件号码等敏感内容,默认写成 ***")
    parser.add_argument("--json", action="store_true", help="汇总按 JSON 打印")


def _compare(arguments: argparse.Namespace) -> int:
    from bangfu.intake.comparison_book import write_comparison
    from bangfu.intake.source_comparison import compare_sources, tally
    from bangfu.office.home import business_day

    as_of = arguments.as_of or business_day()
    counted = tally(compare_sources(as_of, arguments.village))
    print(json.dumps(_as_json(counted), ensure_ascii=False) if arguments.json else "\n".join(_lines(counted)))
    if arguments.out is not None:
        rows = compare_sources(as_of, arguments.village)
        listed = (row for row in rows if arguments.all or row.differing)
        write_comparison(arguments.out, listed, counted, full=arguments.full)
        if not arguments.json:
            print(f"清单已写到 {arguments.out}")
    return 0


def _lines(counted: Tally) -> Iterator[str]:
    if not counted.rows:
        yield "没有可以比对的:台账里还没有档案、入户或手册的值。先导入:bangfu import 档案核对表.xlsx"
        return
    yield f"比对 {counted.rows} 项,不一致 {counted.differing} 项"
    for title, counts in (("按来源", counted.by_pair), ("按指标", counted.by_field)):
        yield f"{title}:"
        for name, count, differing in counts:
            yield f"  {name}:比对 {count},不一致 {differing}"


def _as_json(counted: Tally) -> dict[str, object]:
    return {
        "compared": counted.rows,
        "differing": counted.differing,
        "pairs": [dict(zip(("pair", *_COUNTS), line, strict=True)) for line in counted.by_pair],
        "fields": [dict(zip(("field", *_COUNTS), line, strict=True)) for line in counted.by_field],
    }
