"""What pages tell of rules: the standards they compare with, what they ask, how many findings they have now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bangfu.engine.outline import Point, outline
from bangfu.engine.wording import Wording, shown
from bangfu.findings import queries
from bangfu.findings.queries import FindingFilter
from bangfu.office.home import business_day, this_home
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy
from bangfu.policy.standard import Standard, StandardValue
from bangfu.policy.standards import UNITS
from bangfu.registry.scope import Scope
from bangfu.terms.divisions import area_prefix
from bangfu.web.policy.places import place_in_words, span_in_words


@dataclass(frozen=True)
class Value:
    """A value of a standard: where and when it holds. `is_ours`: it is the one in force here on the business day."""

    text: str
    place: str
    span: str
    source: str
    read_on: int | None
    is_verified: bool
    is_ours: bool


@dataclass(frozen=True)
class Here:
    """The day (yyyymmdd) and place that pages speak of."""

    day: int
    place: str


def here() -> Here:
    return Here(business_day(), area_prefix(this_home().place))


def counts_now(scope: Scope) -> dict[str, int]:
    """How many findings each check has now in what the reader sees; checks without any are left out."""
    found = queries.summary(scope, by="check", wanted=FindingFilter())
    return {str(one.key): one.open for one in found if one.open}


def asked(check: Check, policy: Policy, at: Here) -> Point:
    return outline(check.when, Wording(policy, at.day, at.place))


def standards_of(node: n.Node | None, policy: Policy) -> list[Standard]:
    """Those that a condition compares with, each once."""
    if node is None:
        return []
    found = (part.id for part in n.walk(node) if isinstance(part, n.Standard))
    return [policy.standards[name] for name in dict.fromkeys(found)]


def values_of(standard: Standard, at: Here) -> list[Value]:
    """Those that hold here first, then by place, the latest first."""
    ours = standard.at(at.day, at.place)
    ordered = sorted(
        standard.values, key=lambda one: (not at.place.startswith(one.place), one.place, -(one.since or 0))
    )
    return [
        Value(
            shown(one.value, standard.type.kind, UNITS.get(standard.unit, ""), exact=False),
            place_in_words(one.place),
            span_in_words(one.since, one.until),
            one.source,
            one.source_read_on,
            one.verified,
            one is ours,
        )
        for one in ordered
    ]


def value_here(standard: Standard, at: Here) -> str:
    """The value in force, in words; empty where there is none."""
    found: StandardValue | None = standard.at(at.day, at.place)
    return (
        ""
        if found is None
        else shown(found.value, standard.type.kind, UNITS.get(standard.unit, ""), exact=False)
    )


def readers_of(standard: Standard, policy: Policy) -> list[Check]:
    """The checks that compare with it."""
    return [check for check in policy.checks.values() if _reads(check.when, standard.id)]


def matches(words: str, texts: Iterable[str]) -> bool:
    """Whether each word stands in one of the texts, whatever its case."""
    whole = "\n".join(texts).casefold()
    return all(word in whole for word in words.casefold().split())


def _reads(node: n.Node, standard: str) -> bool:
    return any(isinstance(part, n.Standard) and part.id == standard for part in n.walk(node))
