from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.findings import queries
from bangfu.findings.queries import Count, Figures, FindingFilter
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.policy.families import family_name
from bangfu.policy.model import Check, Policy
from bangfu.registry.scope import Scope
from bangfu.web.findings.filters import STATES, Choices, choices, filter_of, query_of
from bangfu.web.request import Request

VIEWS = {"": "清单", "check": "按规则", "village": "按村", "department": "按部门"}


@dataclass(frozen=True)
class Group:
    """A row of a summary: what it is called, where its findings are listed, and how many there are."""

    label: str
    query: str
    figures: Figures
    check: Check | None = None


@require_safe
def findings(request: Request) -> HttpResponse:
    """The list, or by `by` a summary of what the filters leave."""
    by = request.GET.get("by", "")
    by = by if by in VIEWS else ""
    scope, policy, wanted = scope_of(request.reader, "finding.see"), home_rulebook(), filter_of(request.GET)
    offered = choices(scope, policy)
    shown: dict[str, Any] = {
        "section": "findings",
        "views": VIEWS,
        "by": by,
        "wanted": wanted,
        "choices": offered,
        "states": STATES,
        "query": query_of(wanted),
        "has_more": bool(wanted.family or wanted.department)
        or wanted.is_silent is not False
        or wanted.is_handed_out is not None,
        "may_see_household": request.reader.may("household.see"),
        "may_start": request.reader.may("run.start"),
        "last": queries.last_run(),
        "chosen_check": policy.checks.get(wanted.check),
        "family": family_name(policy, wanted.family) if wanted.family else "",
        "total": total(scope),
    }
    shown |= _summary(scope, by, wanted, offered, policy) if by else _list(request, scope, wanted, policy)
    if not by:
        is_all = wanted == FindingFilter()
        shown["count"] = Count(shown["total"].open) if is_all else queries.count(scope, wanted)
    return render(request, "web/findings/findings.html", shown)


def total(scope: Scope) -> Figures:
    """All that the scope reaches, whatever the filters."""
    sums = Figures(None)
    for one in queries.summary(scope, by="department", wanted=FindingFilter()):
        for severity, number in one.by_severity.items():
            sums.by_severity[severity] = sums.by_severity.get(severity, 0) + number
        sums.open, sums.fresh, sums.back = sums.open + one.open, sums.fresh + one.fresh, sums.back + one.back
        sums.silent, sums.unknown = sums.silent + one.silent, sums.unknown + one.unknown
    return sums


def _list(request: Request, scope: Scope, wanted: FindingFilter, policy: Policy) -> Mapping[str, Any]:
    page = queries.findings(scope, wanted, after=request.GET.get("after"))
    return {
        "lines": [(line, policy.checks.get(line.check)) for line in page.lines],
        "after": page.after,
        "is_first": not request.GET.get("after"),
        "fields": list(QueryDict(query_of(wanted)).items()),
        "may_export": request.reader.may("table.export"),
        "may_hand_out": request.reader.may("task.open") and wanted.state != "gone",
    }


def _summary(
    scope: Scope, by: str, wanted: FindingFilter, offered: Choices, policy: Policy
) -> Mapping[str, Any]:
    found = queries.summary(scope, by=by, wanted=wanted)  # type: ignore[arg-type]
    names = offered.village_names
    return {"groups": [_group(by, one, wanted, names, policy) for one in found]}


def _group(by: str, one: Figures, wanted: FindingFilter, names: Mapping[int, str], policy: Policy) -> Group:
    key = one.key
    if by == "village":
        label = names.get(int(key), f"村 {key}") if key is not None else "未写明村"
        query = query_of(_with(wanted, village=key)) if key is not None else ""
        return Group(label, query, one)
    if by == "department":
        return Group(str(key), query_of(_with(wanted, department=key)), one)
    check = policy.checks.get(str(key))
    return Group(check.name if check else str(key), query_of(_with(wanted, check=key)), one, check)


def _with(wanted: FindingFilter, **changes: Any) -> FindingFilter:
    return FindingFilter(**{**vars(wanted), **changes})
