from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.engine.outline import outline
from bangfu.engine.wording import Wording
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.web.policy.examples import cases
from bangfu.web.policy.places import span_in_words
from bangfu.web.policy.rules import counts_now, here, matches, standards_of, values_of
from bangfu.web.request import Request

PERIODS = {
    "once": "一次",
    "month": "按月",
    "quarter": "按季度",
    "term": "按学期",
    "half_year": "按半年",
    "year": "按年",
}


@require_safe
def listed(request: Request) -> HttpResponse:
    policy, words = home_rulebook(), request.GET.get("q", "").strip()
    rows = [
        (one, policy.terms.table(one.subject).label, PERIODS.get(one.period, one.period))
        for one in policy.programmes.values()
        if matches(words, (one.name, one.id, one.department, one.basis))
    ]
    rows.sort(key=lambda row: (row[0].department, row[0].name))
    told = {"section": "policy", "tab": "programmes", "rows": rows, "q": words}
    return render(request, "web/policy/programmes.html", told)


@require_safe
def programme(request: Request, programme: str) -> HttpResponse:
    policy, at = home_rulebook(), here()
    found = policy.programmes.get(programme)
    if found is None:
        raise Http404
    may_see = request.reader.may("finding.see")
    counts = counts_now(scope_of(request.reader, "finding.see")) if may_see else {}
    wording = Wording(policy, at.day, at.place)
    read = [*standards_of(found.eligible, policy), *standards_of(found.amount, policy)]
    told = {
        "section": "policy",
        "programme": found,
        "subject": policy.terms.table(found.subject).label,
        "period": PERIODS.get(found.period, found.period),
        "span": span_in_words(found.since, found.until),
        "eligible": outline(found.eligible, wording) if found.eligible is not None else None,
        "amount": wording.name(found.amount) if found.amount is not None else "",
        "standards": [(one, values_of(one, at)) for one in dict.fromkeys(read)],
        "checks": [
            (one, counts.get(one.id, 0)) for one in policy.checks.values() if one.programme == found.id
        ],
        "cases": cases(found.examples, found.subject, policy),
        "may_see": may_see,
    }
    return render(request, "web/policy/programme.html", told)
