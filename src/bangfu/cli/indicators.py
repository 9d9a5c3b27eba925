"""`bangfu indicators`: every figure of the office as of a day, by village, and opened to its rows."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bangfu.cli.arguments import Parser, day
from bangfu.cli.homes import actor, command
from bangfu.cli.progress import moving
from bangfu.terms.errors import UserError

if TYPE_CHECKING:
    from bangfu.reporting.shown import FigureShown, TableShown

_SHOWN = 50


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = command(sub, "indicators", "计算和查看指标:全部数字、分村、明细", run)
    parser.add_argument("--as-of", type=day, metavar="日期", help="截至哪一天,如 2019-12-31;不写就是业务日期")
    parser.add_argument(
        "--name",
        action="append",
        default=[],
        metavar="指标",
        help="只看这些指标:标识或名称,可带时间和分组,如 dibao_families@2019[村=罗峰村];可写多次",
    )
    parser.add_argument("--by", metavar="维度", help="分组:village(村)、month、year 或指标的维度")
    parser.add_argument("--rows", metavar="指标", help="打开一个数:列出计入的每一行")
    parser.add_argument("--xlsx", type=Path, metavar="文件", help="把 --rows 的明细写成 Excel(记入日志)")
    parser.add_argument("--reason", default="", metavar="用途", help="写 Excel 的用途")
    parser.add_argument("--table", metavar="表号", help="填一张统计表(如 1.1),一村一行")
    parser.add_argument("--json", action="store_true", help="按 JSON 打印")


def run(arguments: argparse.Namespace) -> int:
    from bangfu.office.home import business_day
    from bangfu.reporting.queries import run_of_day
    from bangfu.reporting.runs import count_figures

    if arguments.xlsx and not arguments.rows:
        raise UserError("--xlsx 要和 --rows 一起用,写明打开哪个数")
    as_of = arguments.as_of or business_day()
    with moving() as move:
        count_figures(as_of, actor=actor(), say=lambda message, fraction=None: move(message))
    counted = run_of_day(as_of)
    if arguments.table:
        return _fill(arguments, counted)
    if arguments.rows:
        return _open(arguments, counted)
    if arguments.by:
        return _by(arguments, counted)
    return _list(arguments, counted)


def _list(arguments: argparse.Namespace, counted: Any) -> int:
    from bangfu.intake.rulebook import home_rulebook
    from bangfu.policy.references import parse_reference
    from bangfu.reporting.queries import answer, days_needed, run_of_day
    from bangfu.reporting.runs import count_days

    policy = home_rulebook()
    names = arguments.name or list(policy.indicators)
    with moving() as move:
        days = days_needed(names, counted.as_of, policy) - {counted.as_of}
        count_days(days, actor=actor(), say=lambda message, fraction=None: move(message))
    wanted = [parse_reference(name, policy).on(counted.as_of) for name in names]
    figures = [answer(run_of_day(one.as_of), one) for one in wanted]
    if arguments.json:
        print(json.dumps([figure_as_json(one) for one in figures], ensure_ascii=False, indent=1))
        return 0
    for figure in figures:
        if not figure.why_not or arguments.name:
            print(_line(figure))
    left = sum(1 for figure in figures if figure.why_not)
    if left and not arguments.name:
        print(f"另有 {left} 个指标没有数据,没有计算;用 --json 看原因")
    return 0


def _line(figure: FigureShown) -> str:
    named = figure.reference if "@" in figure.reference or "[" in figure.reference else figure.indicator
    doubt = f"(有 {figure.unknown} 行判断不了)" if figure.unknown else ""
    told = (
        f"没有计算:{'、'.join(figure.why_not)}" if figure.why_not else f"{figure.text} {figure.unit}{doubt}"
    )
    return f"{figure.name}{_period(figure)}  {told}  [{named}]"


def _period(figure: FigureShown) -> str:
    if figure.period is None:
        return ""
    start, end = (f"{one // 10000}-{one // 100 % 100:02}-{one % 100:02}" for one in figure.period)
    return f"({start if figure.period.start else '起初'} 至 {end})"


def figure_as_json(figure: FigureShown) -> dict[str, Any]:
    """Public names; the value is a number as text, so that no digit is lost."""
    return {
        "indicator": figure.indicator,
        "reference": figure.reference,
        "name": figure.name,
        "unit": figure.unit,
        "as_of": figure.as_of,
        "period": None if figure.period is None else list(figure.period),
        "village": figure.village,
        "dimension": figure.cut,
        "label": figure.label,
        "value": None if figure.value is None else f"{figure.value:f}",
        "unknown": figure.unknown,
        "why_not": list(figure.why_not),
    }


def _by(arguments: argparse.Namespace, counted: Any) -> int:
    from bangfu.engine.indicators.cells import Period
    from bangfu.intake.rulebook import home_rulebook
    from bangfu.policy.model import TIMES
    from bangfu.policy.references import parse_reference
    from bangfu.reporting.queries import series, table

    if not arguments.name:
        raise UserError("--by 要用 --name 写明看哪些指标")
    policy = home_rulebook()
    wanted = [parse_reference(name, policy).on(counted.as_of) for name in arguments.name]
    if arguments.by in TIMES:
        for one in wanted:
            found = series(counted, one.reference.indicator, arguments.by)
            for line, numbers in found.lines.items():
                told = "  ".join(
                    f"{point}:{number:f}" for point, number in zip(found.points, numbers, strict=True)
                )
                print(f"{line}({found.unit})  {told}")
        return 0
    first = wanted[0]
    period = None if first.period is None else Period(*first.period)
    shown = table(counted, [one.reference.indicator for one in wanted], arguments.by, period)
    if arguments.json:
        lines = {name: [figure_as_json(one) for one in line] for name, line in shown.lines}
        print(json.dumps(lines, ensure_ascii=False, indent=1))
        return 0
    print("\n".join(_table(shown)))
    return 0


def _table(shown: TableShown) -> Iterator[str]:
    yield "\t".join(["", *(f"{one.name}({one.unit})" for one in shown.columns)])
    for name, line in shown.lines:
        yield "\t".join([name, *(one.text for one in line)])
    yield "\t".join(["合计", *(one.text for one in shown.columns)])


def _fill(arguments: argparse.Namespace, counted: Any) -> int:
    from bangfu.intake.rulebook import home_rulebook
    from bangfu.reporting.queries import statistic, statistic_table

    filled = statistic(counted, statistic_table(arguments.table, home_rulebook()))
    if arguments.json:
        labels = [column.label for column in filled.table.columns]
        told = {
            name: {
                label: None if cell.value is None else f"{cell.value:f}"
                for label, cell in zip(labels, line, strict=True)
            }
            for name, line in (*filled.lines, ("合计", filled.totals))
        }
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return 0
    print(f"{filled.table.id} {filled.table.name}")
    print("\t".join(["村", *(column.label for column in filled.table.columns)]))
    for name, line in (*filled.lines, ("合计", filled.totals)):
        print("\t".join([name, *(_cell(cell.value, cell.share) for cell in line)]))
    return 0


def _cell(value: Any, share: Any) -> str:
    told = "—" if value is None else f"{value:,f}"
    return told if share is None else f"{told}({share:f}%)"


def _open(arguments: argparse.Namespace, counted: Any) -> int:
    from bangfu.intake.rulebook import home_rulebook
    from bangfu.policy.references import parse_reference
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.queries import answer
    from bangfu.reporting.queries.runs import run_of_day
    from bangfu.reporting.rows import rows_of
    from bangfu.reporting.runs import count_figures

    resolved = parse_reference(arguments.rows, home_rulebook()).on(counted.as_of)
    if resolved.as_of != counted.as_of:
        count_figures(resolved.as_of, actor=actor())
        counted = run_of_day(resolved.as_of)
    if arguments.xlsx:
        return _write(arguments, counted, resolved)
    opened = rows_of(counted, resolved, EVERYTHING, limit=_SHOWN)
    print(_line(answer(counted, resolved)))
    print("\t".join(one.label for one in opened.columns))
    for row in opened.rows:
        print("\t".join(row.cells))
    if opened.has_more:
        print(f"只列出前 {_SHOWN} 行,全部的用 --xlsx 写成 Excel")
    return 0


def _write(arguments: argparse.Namespace, counted: Any, resolved: Any) -> int:
    from django.utils import timezone

    from bangfu.office.readers import Reader
    from bangfu.registry.scope import EVERYTHING
    from bangfu.reporting.workbook import write_figure

    reader = Reader(0, actor(), actor())
    at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    rows = write_figure(
        arguments.xlsx, counted, resolved, EVERYTHING, reader=reader, reason=arguments.reason, at=at
    )
    print(f"{rows} 行已写到 {arguments.xlsx}。里面有个人信息,请按规定保管")
    return 0
