"""The families that checks belong to: the folders of `rulebook/checks`, and the programmes that yield checks."""

from __future__ import annotations

from collections.abc import Mapping

from bangfu.policy.model import Check, Policy

FAMILIES = "check_family"
"""The code list that names the folders."""


def family_of(check: str) -> str:
    """The id of a check's family: what its own id begins with."""
    return check.partition(".")[0]


def families(policy: Policy) -> Mapping[str, str]:
    """Id and name of the families of written checks, in the order of the code list."""
    listed = policy.codelists[FAMILIES].versions[-1].labels
    return {label.code: label.label for label in listed if label.code is not None}


def programmes_with_checks(policy: Policy) -> Mapping[str, str]:
    """Id and name of the programmes that yield checks: families as well."""
    yielding = dict.fromkeys(check.programme for check in policy.checks.values() if check.programme)
    return {name: policy.programmes[name].name for name in yielding if name is not None}


def family_name(policy: Policy, family: str) -> str:
    """In words; the id itself where the rulebook does not have it any more."""
    return families(policy).get(family) or programmes_with_checks(policy).get(family) or family


def checks_of(policy: Policy, family: str) -> list[Check]:
    return [check for check in policy.checks.values() if family_of(check.id) == family]
