"""Filters of the list as they stand in its address, and what there is to choose from."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from bangfu.findings.queries import FindingFilter
from bangfu.intake.rulebook import home_rulebook
from bangfu.policy.families import families, family_name, programmes_with_checks
from bangfu.policy.model import Policy
from bangfu.registry.queries import villages_by_name
from bangfu.registry.scope import Scope
from bangfu.web.templatetags.words import SEVERITIES

SILENT: Mapping[str, bool | None] = {"": False, "only": True, "all": None}
HANDED_OUT: Mapping[str, bool | None] = {"": None, "no": False, "yes": True}
STATES = {
    "": "现有的",
    "new": "新增的",
    "returned": "重新出现的",
    "remaining": "一直在的",
    "gone": "已消失的",
}
_LONGEST = 40


def filter_of(query: QueryDict) -> FindingFilter:
    """What the address asks for; what it cannot mean is left out."""
    village, state, severity = (query.get(name, "") for name in ("village", "state", "severity"))
    return FindingFilter(
        check=query.get("check", ""),
        family=query.get("family", ""),
        village=int(village) if village.isdecimal() and len(village) < 18 else None,
        department=query.get("department", ""),
        severity=severity if severity in SEVERITIES else "",
        state=state if state in STATES else "",
        text=unicodedata.normalize("NFKC", query.get("q", "")).strip()[:_LONGEST],
        is_silent=SILENT.get(query.get("silent", ""), False),
        is_handed_out=HANDED_OUT.get(query.get("handed", ""), None),
    )


def query_of(wanted: FindingFilter) -> str:
    """The address that asks for it."""
    told = {
        "check": wanted.check,
        "family": wanted.family,
        "village": wanted.village or "",
        "department": wanted.department,
        "severity": wanted.severity,
        "state": wanted.state,
        "q": wanted.text,
        "silent": _name(SILENT, wanted.is_silent),
        "handed": _name(HANDED_OUT, wanted.is_handed_out),
    }
    return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True)
class Choices:
    """What the filters of a list offer to a reader."""

    villages: tuple[tuple[int, str], ...]
    families: Mapping[str, str]
    programmes: Mapping[str, str]
    departments: tuple[str, ...]

    @property
    def village_names(self) -> Mapping[int, str]:
        return dict(self.villages)


def choices(scope: Scope, policy: Policy | None = None) -> Choices:
    policy = policy or home_rulebook()
    return Choices(
        tuple(villages_in(scope)),
        families(policy),
        programmes_with_checks(policy),
        tuple(sorted({check.department for check in policy.checks.values()})),
    )


def villages_in(scope: Scope) -> list[tuple[int, str]]:
    """Number and name of the villages on file that a scope reaches something of, by name."""
    return sorted(
        ((key, name) for name, key in villages_by_name().items() if _reaches(scope, key)),
        key=lambda one: one[1],
    )


def in_words(wanted: FindingFilter, names: Mapping[int, str], policy: Policy) -> str:
    """What is wanted, for a heading or an exported sheet."""
    parts = [
        STATES[wanted.state],
        names.get(wanted.village or 0, ""),
        family_name(policy, wanted.family) if wanted.family else "",
        policy.checks[wanted.check].name if wanted.check in policy.checks else wanted.check,
        wanted.department,
        SEVERITIES.get(wanted.severity, ""),
        {True: "只含误报", None: "含误报"}.get(wanted.is_silent, ""),
        {True: "已派发", False: "未派发"}.get(wanted.is_handed_out, "")
        if wanted.is_handed_out is not None
        else "",
        "按户编号或姓名查找" if wanted.text else "",
    ]
    return "，".join(part for part in parts if part)


def _reaches(scope: Scope, village: int) -> bool:
    return any(part.villages is None or village in part.villages for part in scope.parts)


def _name(names: Mapping[str, bool | None], value: bool | None) -> str:
    return next(name for name, meant in names.items() if meant is value)
