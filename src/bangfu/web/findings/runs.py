from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bangfu.findings import queries
from bangfu.findings.queries import KINDS, RunDetail, RunLine
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.policy.model import Check, Policy
from bangfu.web.findings.filters import villages_in
from bangfu.web.request import Request

_SIZE = 30
_NAMED = 4


@dataclass(frozen=True)
class Counted:
    """What a run made of the findings of a check or village."""

    label: str
    counts: Counter[str]
    check: Check | None = None

    @property
    def found(self) -> int:
        return self.counts["new"] + self.counts["remaining"] + self.counts["returned"]


@dataclass(frozen=True)
class Unasked:
    """A reason why checks were not run, and these checks."""

    reason: str
    checks: tuple[Check, ...]


@require_safe
def runs(request: Request) -> HttpResponse:
    scope = scope_of(request.reader, "finding.see")
    before = request.GET.get("before", "")
    listed = queries.runs(scope, before=int(before) if before.isdecimal() else None, size=_SIZE + 1)
    names = dict(villages_in(scope))
    told = {
        "section": "findings",
        "runs": [(line, span_in_words(line, names)) for line in listed[:_SIZE]],
        "before": listed[_SIZE - 1].number if len(listed) > _SIZE else None,
        "may_start": request.reader.may("run.start"),
    }
    return render(request, "web/findings/runs.html", told)


@require_safe
def run(request: Request, number: int) -> HttpResponse:
    found = _run(request, number)
    policy, names = home_rulebook(), dict(villages_in(scope_of(request.reader, "finding.see")))
    told = {
        "section": "findings",
        "run": found,
        "line": found.line,
        "span": span_in_words(found.line, names),
        "figures": _figures(found.line),
        "chosen": [policy.checks[check] for check in found.line.chosen if check in policy.checks],
        "by_check": _by_check(found, policy),
        "by_village": _by_village(found, names),
        "unasked": _unasked(found, policy),
    }
    return render(request, "web/findings/run.html", told)


@require_safe
def run_findings(request: Request, number: int) -> HttpResponse:
    """The findings that are new, again, still there, changed or gone with a run."""
    found, kind = _run(request, number), request.GET.get("kind", "new")
    kind = kind if kind in KINDS else "new"
    page = queries.found_by(
        scope_of(request.reader, "finding.see"), number, kind, after=request.GET.get("after")
    )
    checks = home_rulebook().checks
    told = {
        "section": "findings",
        "run": found,
        "line": found.line,
        "kind": kind,
        "kinds": KINDS,
        "may_see_household": request.reader.may("household.see"),
        "heading": "查出" if found.line.is_aside else KINDS[kind],
        "lines": [(line, checks.get(line.check)) for line in page.lines],
        "after": page.after,
    }
    return render(request, "web/findings/run_findings.html", told)


def _run(request: Request, number: int) -> RunDetail:
    found = queries.run(scope_of(request.reader, "finding.see"), number)
    if found is None:
        raise Http404
    return found


def span_in_words(line: RunLine, names: Mapping[int, str]) -> str:
    """Which villages and checks a run was asked for; a village that the reader does not see has no name."""
    villages = [names.get(key, "别的村") for key in line.villages]
    more = f"等 {len(villages)} 个村" if len(villages) > _NAMED else ""
    where = "、".join(dict.fromkeys(villages[:_NAMED])) + more if villages else "全部村"
    return f"{where}，{len(line.chosen)} 条规则" if line.chosen else f"{where}，全部规则"


def _figures(line: RunLine) -> list[tuple[str, str, int | None]]:
    """Kind, what it is called, and how many; None where that was not kept for what the reader sees."""
    kinds = {"new": "查出"} if line.is_aside else KINDS
    return [
        (kind, label, None if line.counts is None else line.counts[kind]) for kind, label in kinds.items()
    ]


def _by_check(found: RunDetail, policy: Policy) -> list[Counted]:
    """Of those with any finding now or then, the most new first."""
    listed = [
        Counted(check.name if (check := policy.checks.get(key)) else key, counts, check)
        for key, counts in found.by_check.items()
    ]
    return sorted((one for one in listed if _matters(one)), key=_by_change)


def _by_village(found: RunDetail, names: Mapping[int, str]) -> list[Counted]:
    listed = [
        Counted(names.get(int(key), f"村 {key}") if key else "未写明村", counts)
        for key, counts in found.by_village.items()
    ]
    return sorted((one for one in listed if _matters(one)), key=_by_change)


def _matters(one: Counted) -> bool:
    return bool(one.found or one.counts["gone"] or one.counts["unknown"])


def _by_change(one: Counted) -> tuple[int, int, str]:
    changes = one.counts["new"] + one.counts["returned"] + one.counts["gone"]
    return -changes, -one.found, one.label


def _unasked(found: RunDetail, policy: Policy) -> list[Unasked]:
    """The commonest reason first: the list whose delivery lets most rules run."""
    by_reason: dict[str, list[Check]] = {}
    for key, reasons in found.not_run.items():
        if key in policy.checks:
            by_reason.setdefault("；".join(reasons), []).append(policy.checks[key])
    ordered = sorted(by_reason.items(), key=lambda one: (-len(one[1]), one[0]))
    return [Unasked(reason, tuple(checks)) for reason, checks in ordered]
