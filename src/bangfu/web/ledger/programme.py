"""What a list of one programme's benefits says above its rows: what the rulebook knows of the programme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bangfu.engine.wording import Wording
from bangfu.findings import queries as findings
from bangfu.findings.queries import FindingFilter
from bangfu.ledger.scope import scope_of
from bangfu.ledger.watches.due import Now
from bangfu.office.readers import Reader
from bangfu.policy.families import family_of
from bangfu.policy.model import Check, Programme
from bangfu.policy.programmes import KINDS
from bangfu.web.policy.places import span_in_words
from bangfu.web.policy.programmes import PERIODS

ENTITLEMENT = "entitlement"
RECEIVED_NOT = "entitled_not_received"
_WORDS = dict(
    zip(KINDS, ("应享未享", "违规享受", "重复享受", "标准不符", "死亡后仍享受", "不得同享"), strict=True)
)


@dataclass(frozen=True)
class Question:
    """A check that the programme yields, and how many findings of it the reader sees; None where the reader may not."""

    check: str
    label: str
    count: int | None


@dataclass(frozen=True)
class About:
    """A programme, in words; `questions` begin with who is entitled and has not received."""

    programme: Programme
    period: str
    subject: str
    amount: str
    span: str
    questions: Sequence[Question]


def about(name: str, reader: Reader, now: Now) -> About | None:
    """None for what is no programme of the rulebook."""
    found = now.policy.programmes.get(name)
    if found is None:
        return None
    wording = Wording(now.policy, now.day, now.place)
    return About(
        found,
        PERIODS.get(found.period, found.period),
        now.policy.terms.table(found.subject).label,
        wording.name(found.amount) if found.amount is not None else "",
        span_in_words(found.since, found.until),
        _questions(found, reader, now),
    )


def _asks_about(check: Check, programme: Programme) -> bool:
    """A check that the programme yields, and a written one of who is entitled to it."""
    is_named = f'"{programme.id}"' in check.text
    return check.programme == programme.id or (family_of(check.id) == ENTITLEMENT and is_named)


def _questions(programme: Programme, reader: Reader, now: Now) -> list[Question]:
    checks = [one for one in now.policy.checks.values() if _asks_about(one, programme)]
    may_see = reader.may("finding.see")
    scope = scope_of(reader, "finding.see") if may_see else None
    counts = (
        {str(one.key): one.open for one in findings.summary(scope, by="check", wanted=FindingFilter())}
        if scope is not None
        else {}
    )
    told = [
        Question(
            one.id,
            _WORDS.get(one.id.rpartition(".")[2], one.name),
            counts.get(one.id, 0) if may_see else None,
        )
        for one in checks
    ]
    first = (RECEIVED_NOT, ENTITLEMENT)
    return sorted(told, key=lambda one: not any(word in one.check for word in first))
