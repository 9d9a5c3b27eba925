"""`bangfu rules`: the rulebook to read, its examples to run, its blind spots to find."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bangfu.cli.arguments import Parser, commands
from bangfu.engine.examples import failures, lint_check, lint_programme, programme_failures
from bangfu.engine.indicators.reference import failures as indicator_failures
from bangfu.engine.indicators.reference import files_of, lint_rows
from bangfu.engine.wording import Wording
from bangfu.policy.coverage import as_markdown, coverage
from bangfu.policy.examples import DEFAULT_AS_OF, DEFAULT_PLACE
from bangfu.policy.indicator_coverage import of_indicators
from bangfu.policy.language.errors import did_you_mean
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Check, Policy, Programme
from bangfu.terms.errors import UserError

SEVERITIES = {"error": "错误", "suspicion": "疑点", "reminder": "提醒"}


def add(sub: argparse._SubParsersAction[Parser]) -> None:
    parser = sub.add_parser("rules", help="查看和检验规则库", description="查看和检验规则库")
    actions = commands(parser, "操作")
    listing = actions.add_parser("list", help="列出全部规则")
    listing.add_argument("--json", action="store_true", help="按 JSON 打印")
    listing.set_defaults(run=list_rules)
    show = actions.add_parser("show", help="看一条规则")
    show.add_argument("id", metavar="规则", help="编号或名称,如 INC-005")
    show.add_argument("--json", action="store_true", help="按 JSON 打印")
    show.set_defaults(run=show_rule)
    for name, text, run in (
        ("test", "运行规则自带的例子", test_rules),
        ("lint", "检查例子能否看出每处改动", lint_rules),
    ):
        action = actions.add_parser(name, help=text)
        action.add_argument(
            "families", nargs="*", metavar="类别", help="只看这些文件夹的规则,如 income(默认:全部)"
        )
        action.set_defaults(run=run)
    figures = actions.add_parser("indicators", help="列出全部指标")
    figures.set_defaults(run=list_indicators)
    covering = actions.add_parser("coverage", help="规则目录的覆盖情况")
    covering.add_argument("--indicators", action="store_true", help="指标对汇报数字和统计表的覆盖情况")
    covering.add_argument("--out", type=Path, metavar="文件", help="写到文件(默认:打印)")
    covering.set_defaults(run=show_coverage)


def show_coverage(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    text = of_indicators(policy) if arguments.indicators else as_markdown(coverage(policy), policy)
    if arguments.out is None:
        print(text, end="")
    else:
        arguments.out.write_text(text, encoding="utf-8")
    return 0


def list_indicators(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    for one in policy.indicators.values():
        print(f"{one.id:<36} {'时期数' if one.is_flow else '时点数'} {one.name}({one.unit})")
    print(f"共 {len(policy.indicators)} 个指标,{len(policy.statistics)} 张统计表")
    return 0


def list_rules(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    if arguments.json:
        print(json.dumps([as_json(check) for check in policy.checks.values()], ensure_ascii=False, indent=1))
        return 0
    for check in policy.checks.values():
        print(f"{'、'.join(check.refs) or '—':<16} {SEVERITIES[check.severity]} {check.name}  [{check.id}]")
    print(f"共 {len(policy.checks)} 条规则,{len(policy.programmes)} 项补助,{len(policy.standards)} 个标准")
    return 0


def matching(policy: Policy, name: str) -> list[Check]:
    """The checks of an id, a catalogue number or a national code."""
    found = [
        check
        for check in policy.checks.values()
        if name == check.id or name in check.refs or name in check.codes
    ]
    if not found:
        known = [*policy.checks, *(ref for check in policy.checks.values() for ref in check.refs)]
        raise UserError(f"没有规则 {name}{did_you_mean(name, known)}")
    return found


def show_rule(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    found = matching(policy, arguments.id)
    if arguments.json:
        print(json.dumps([as_json(check) for check in found], ensure_ascii=False, indent=1))
        return 0
    wording = Wording(policy, DEFAULT_AS_OF, DEFAULT_PLACE)
    for check in found:
        print(f"{check.name}({'、'.join(check.refs)})")
        print(f"  标识    {check.id}")
        print(f"  对象    {policy.terms.table(check.subject).label}")
        print(f"  级别    {SEVERITIES[check.severity]}")
        print(f"  条件    {wording.condition(check.when)}")
        print(f"  表达式  {' '.join(check.text.split())}")
        print(f"  时限    {check.since or '—'} 至 {check.until or '—'}")
        print(f"  部门    {check.department}")
        print(f"  整改    {check.rectify}")
        print(f"  依据    {check.basis}")
        print(f"  文件    {check.file}")
    return 0


def as_json(check: Check) -> dict[str, object]:
    return {
        "id": check.id,
        "name": check.name,
        "ref": list(check.refs),
        "code": list(check.codes),
        "subject": check.subject,
        "severity": check.severity,
        "when": check.text,
        "department": check.department,
        "rectify": check.rectify,
        "basis": check.basis,
        "programme": check.programme,
    }


def test_rules(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    checks, programmes = _chosen(policy, arguments.families)
    problems = [text for check in checks for text in failures(check, policy)]
    problems += [text for programme in programmes for text in programme_failures(programme, policy)]
    counted = [one for one in policy.indicators.values() if _has(arguments.families, "indicators")]
    problems += [text for one in counted for text in indicator_failures(one, policy)]
    examples = sum(len(item.examples) for group in (checks, programmes, counted) for item in group)
    return _report(problems, f"{examples} 个例子全部符合")


def lint_rules(arguments: argparse.Namespace) -> int:
    policy = load_policy()
    checks, programmes = _chosen(policy, arguments.families)
    problems = [text for check in checks for text in lint_check(check, policy)]
    problems += [text for programme in programmes for text in lint_programme(programme, policy)]
    groups = list(files_of(policy)) if _has(arguments.families, "indicators") else []
    problems += [text for group in groups for text in lint_rows(group, policy)]
    told = f"{len(checks)} 条规则、{len(programmes)} 项补助、{sum(map(len, groups))} 个指标"
    return _report(problems, f"{told}的例子能看出每一处改动")


def _has(families: list[str], name: str) -> bool:
    return not families or name in families


def _chosen(policy: Policy, families: list[str]) -> tuple[list[Check], list[Programme]]:
    """The written checks of some folders, and the programmes when all or `programmes` is asked for."""
    written = [check for check in policy.checks.values() if check.programme is None]
    known = {check.id.split(".")[0] for check in written} | {"programmes", "indicators"}
    for name in families:
        if name not in known:
            raise UserError(f"没有类别 {name}{did_you_mean(name, known)}")
    checks = [check for check in written if not families or check.id.split(".")[0] in families]
    return checks, list(policy.programmes.values()) if _has(families, "programmes") else []


def _report(problems: list[str], success: str) -> int:
    for problem in problems:
        print(problem)
    if problems:
        raise UserError(f"规则库有 {len(problems)} 处问题")
    print(success)
    return 0
