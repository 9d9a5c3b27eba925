"""`bangfu check --household`: one household of the register, checked by itself; nothing is stored."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bangfu.cli.homes import started
from bangfu.screening.job import Job, as_record
from bangfu.terms.errors import UserError

if TYPE_CHECKING:
    from bangfu.findings.single import Checked

SEVERITIES = {"error": "错误", "suspicion": "疑点", "reminder": "提醒"}


def check_one(job: Job, arguments: argparse.Namespace) -> list[str]:
    """Prints what the checks say of the household; gives the severities of its findings."""
    with started(arguments.home):
        from bangfu.findings.single import HouseholdDesk
        from bangfu.office.home import business_day
        from bangfu.registry.queries import households_by_number

        number = arguments.household
        household = households_by_number([number]).get(number)
        if household is None:
            raise UserError(f"台账里没有户编号 {number},请核对号码")
        as_of = job.as_of or business_day()
        desk = HouseholdDesk(as_of, place=job.place, overlays=job.overlays, only=job.only)
        checked = desk.check(household)
    if arguments.json:
        print(json.dumps(as_json(checked, as_of), ensure_ascii=False, indent=2))
    else:
        print("\n".join(lines(checked, as_of)))
    return [finding.severity for finding in checked.findings if finding.is_finding]


def as_json(checked: Checked, as_of: int) -> dict[str, object]:
    """For programs: findings as in findings.jsonl."""
    return {
        "as_of": _iso(as_of),
        "household": checked.household.id,
        "checks_run": len(checked.checks),
        "checks_not_run": {name: list(reasons) for name, reasons in checked.not_run.items()},
        "findings": [as_record(finding) for finding in checked.findings],
    }


def lines(checked: Checked, as_of: int) -> Iterator[str]:
    home = checked.household
    yield f"户 {home.id} {home.name}({home.village or '未写明村'}),核查截止 {_iso(as_of)}"
    found = [finding for finding in checked.findings if finding.is_finding]
    unknown = len(checked.findings) - len(found)
    yield f"运行规则 {len(checked.checks)} 条:疑点 {len(found)} 条,无法判断 {unknown} 条"
    for finding in found:
        refs = "、".join(finding.check.refs) or "—"
        is_other = finding.subject.kind != "household" and finding.subject.name
        who = f"{finding.subject.name}:" if is_other else ""
        yield f"  [{SEVERITIES[finding.severity]}] {refs} {finding.check.name}"
        yield f"      {who}{finding.explanation}。{finding.check.rectify}"
    yield from _unasked(checked)


def _unasked(checked: Checked) -> Iterator[str]:
    asked = {check.id: check for check in checked.checks}
    beyond = {name: reasons for name, reasons in checked.not_run.items() if name in asked}
    if lacking := len(checked.not_run) - len(beyond):
        yield f"另有 {lacking} 条规则因缺名单、缺栏目或缺标准没有运行(--json 列出每一条)"
    if beyond:
        yield f"另有 {len(beyond)} 条规则要和其他户比对,单户核查不能全部判断,请看整体核查:"
    for name, reasons in beyond.items():
        yield f"  {'、'.join(asked[name].refs) or '—'} {asked[name].name}:{';'.join(reasons)}"


def _iso(day: int) -> str:
    return f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"
