from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_http_methods

from bangfu.findings import queries
from bangfu.findings.asked import Asked
from bangfu.findings.jobs import CHECK
from bangfu.intake.rulebook import home_rulebook
from bangfu.jobs.actions import start_job
from bangfu.ledger.scope import scope_of
from bangfu.office.home import business_day
from bangfu.office.words import day_in_words
from bangfu.policy.families import families, family_of, programmes_with_checks
from bangfu.policy.model import Check, Policy
from bangfu.registry.scope import Scope
from bangfu.screening.job import selected
from bangfu.terms.errors import UserError
from bangfu.web.findings.filters import villages_in
from bangfu.web.findings.runs import span_in_words
from bangfu.web.request import Request

WHICH = {"all": "全部规则", "family": "按类别选", "department": "按部门选", "named": "写规则编号"}
EARLIEST = 20100101


@dataclass
class Wanted:
    """What was typed; `wrong` has for each field what is the matter with it."""

    as_of: str
    villages: list[str] = field(default_factory=list)
    is_whole: bool = True
    which: str = "all"
    families: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    named: str = ""
    wrong: dict[str, str] = field(default_factory=dict)


@require_http_methods(["GET", "POST"])
def start(request: Request) -> HttpResponse:
    scope, policy, day = scope_of(request.reader, "run.start"), home_rulebook(), business_day()
    if request.method != "POST":
        return _form(request, Wanted(day_in_words(day)), scope, policy, day)
    wanted = _typed(request.POST)
    asked = _asked(wanted, scope, policy)
    if asked is None:
        return _form(request, wanted, scope, policy, day)
    told = asked.as_json()
    key = f"{CHECK} {hashlib.sha256(json.dumps(told).encode()).hexdigest()}"  # a list of checks is too long for an index
    job = start_job(CHECK, label=_label(asked), actor=request.reader.username, parameters=told, key=key)
    return redirect("job", job)


def _label(asked: Asked) -> str:
    where = f"，{len(asked.villages)} 个村" if asked.villages else ""
    which = f"，{len(asked.checks)} 条规则" if asked.checks else ""
    return f"核查 {day_in_words(asked.as_of)} 的情况{where}{which}"


def _typed(sent: QueryDict | MultiValueDict[str, Any]) -> Wanted:
    which = sent.get("which", "all")
    return Wanted(
        as_of=str(sent.get("as_of", "")).strip(),
        villages=sent.getlist("village"),
        is_whole=sent.get("where", "whole") == "whole",
        which=which if which in WHICH else "all",
        families=sent.getlist("family"),
        departments=sent.getlist("department"),
        named=str(sent.get("named", "")).strip(),
    )


def _asked(wanted: Wanted, scope: Scope, policy: Policy) -> Asked | None:
    """None where something is wrong, and `wanted.wrong` says what."""
    day = _day(wanted)
    villages = _villages(wanted, scope)
    checks = _checks(wanted, policy, day) if day is not None else ()
    return None if wanted.wrong or day is None else Asked(day, villages, checks)


def _day(wanted: Wanted) -> int | None:
    try:
        day = int(date.fromisoformat(wanted.as_of).strftime("%Y%m%d"))
    except ValueError:
        wanted.wrong["as_of"] = f"日期“{wanted.as_of}”不对，应写成 2020-04-22 这样"
        return None
    if day < EARLIEST:
        wanted.wrong["as_of"] = f"日期 {wanted.as_of} 太早，应在 {day_in_words(EARLIEST)} 以后"
        return None
    return day


def _villages(wanted: Wanted, scope: Scope) -> tuple[int, ...]:
    """None means all: who may only start runs of some villages means these."""
    there = dict(villages_in(scope))
    if wanted.is_whole:
        if not scope.is_everything and not there:
            wanted.wrong["village"] = "您的范围里还没有在册的村"
        return () if scope.is_everything else tuple(sorted(there))
    chosen = sorted({int(key) for key in wanted.villages if key.isdecimal() and int(key) in there})
    if not chosen:
        wanted.wrong["village"] = "请选至少一个村，或选“全部村”"
    return tuple(chosen)


def _checks(wanted: Wanted, policy: Policy, day: int) -> tuple[str, ...]:
    if wanted.which == "all":
        return ()
    try:
        chosen = list(_chosen(wanted, policy))
    except UserError as refused:
        wanted.wrong[wanted.which] = str(refused)
        return ()
    in_force = tuple(check.id for check in chosen if check.in_force(day))
    if not chosen:
        wanted.wrong[wanted.which] = "请选至少一项，或选“全部规则”"
    elif not in_force:
        wanted.wrong[wanted.which] = f"选的规则在 {day_in_words(day)} 都不在有效期内"
    return in_force


def _chosen(wanted: Wanted, policy: Policy) -> Iterator[Check]:
    match wanted.which:
        case "family":
            yield from (one for one in policy.checks.values() if family_of(one.id) in wanted.families)
        case "department":
            yield from (one for one in policy.checks.values() if one.department in wanted.departments)
        case "named":
            names = wanted.named.replace("、", " ").replace("，", " ").replace(",", " ").split()
            yield from selected(policy, tuple(name.upper() if "-" in name else name for name in names)) or ()


def _form(request: Request, wanted: Wanted, scope: Scope, policy: Policy, day: int) -> HttpResponse:
    last = queries.last_run()
    told: Mapping[str, Any] = {
        "section": "findings",
        "wanted": wanted,
        "which": WHICH,
        "wrong_checks": [wanted.wrong[name] for name in WHICH if name in wanted.wrong],
        "villages": [(str(key), name) for key, name in villages_in(scope)],
        "families": families(policy),
        "programmes": programmes_with_checks(policy),
        "departments": sorted({check.department for check in policy.checks.values()}),
        "is_everything": scope.is_everything,
        "day": day,
        "last": last,
        "last_span": span_in_words(last, dict(villages_in(scope))) if last else "",
    }
    return render(request, "web/findings/start.html", told, status=422 if wanted.wrong else 200)
