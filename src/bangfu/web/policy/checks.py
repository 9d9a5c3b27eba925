from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.policy.families import families, family_name, family_of, programmes_with_checks
from bangfu.policy.model import Check, Policy
from bangfu.web.policy.examples import cases
from bangfu.web.policy.places import span_in_words
from bangfu.web.policy.rules import Here, asked, counts_now, here, matches, standards_of, values_of
from bangfu.web.request import Request

FORCE = {"": "现行的", "all": "全部", "past": "已失效或未生效的"}
FOUND = {"": "不限", "some": "有疑点的"}


@dataclass(frozen=True)
class Listed:
    check: Check
    family: str
    count: int | None
    is_in_force: bool


@require_safe
def listed(request: Request) -> HttpResponse:
    policy, at = home_rulebook(), here()
    may_see = request.reader.may("finding.see")
    counts = counts_now(scope_of(request.reader, "finding.see")) if may_see else {}
    wanted = {
        name: request.GET.get(name, "").strip()
        for name in ("q", "family", "department", "severity", "force", "found")
    }
    rows = [
        Listed(
            check,
            family_name(policy, family_of(check.id)),
            counts.get(check.id, 0) if may_see else None,
            check.in_force(at.day),
        )
        for check in policy.checks.values()
        if _is_wanted(check, wanted, policy, counts, at)
    ]
    told = {
        "section": "policy",
        "tab": "checks",
        "rows": rows,
        "wanted": wanted,
        "families": families(policy),
        "programmes": programmes_with_checks(policy),
        "departments": sorted({check.department for check in policy.checks.values()}),
        "force": FORCE,
        "found": FOUND,
        "may_see": may_see,
        "whole": len(policy.checks),
        "day": at.day,
    }
    return render(request, "web/policy/checks.html", told)


@require_safe
def check(request: Request, check: str) -> HttpResponse:
    policy, at = home_rulebook(), here()
    found = policy.checks.get(check)
    if found is None:
        raise Http404
    may_see = request.reader.may("finding.see")
    counts = counts_now(scope_of(request.reader, "finding.see")) if may_see else {}
    told = {
        "section": "policy",
        "check": found,
        "family": family_name(policy, family_of(found.id)),
        "family_id": family_of(found.id),
        "subject": policy.terms.table(found.subject).label,
        "asked": asked(found, policy, at),
        "text": " ".join(found.text.split()),
        "span": span_in_words(found.since, found.until),
        "is_in_force": found.in_force(at.day),
        "cases": cases(found.examples, found.subject, policy),
        "standards": [(one, values_of(one, at)) for one in standards_of(found.when, policy)],
        "programme": policy.programmes.get(found.programme or ""),
        "may_see": may_see,
        "count": counts.get(found.id, 0),
    }
    return render(request, "web/policy/check.html", told)


def _is_wanted(
    check: Check, wanted: Mapping[str, str], policy: Policy, counts: Mapping[str, int], at: Here
) -> bool:
    in_force = check.in_force(at.day)
    return (
        (wanted["force"] == "all" or in_force == (wanted["force"] != "past"))
        and (not wanted["family"] or family_of(check.id) == wanted["family"])
        and (not wanted["department"] or check.department == wanted["department"])
        and (not wanted["severity"] or check.severity == wanted["severity"])
        and (wanted["found"] != "some" or check.id in counts)
        and matches(
            wanted["q"], (check.name, check.id, check.rectify, check.basis, *check.refs, *check.codes)
        )
    )
