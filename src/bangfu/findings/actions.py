"""What people decide about findings. Decisions are facts: each action takes an open `journal.transaction`.

Which findings are silent, and how many there are, follows from the decisions in the same transaction.
"""

from __future__ import annotations

from django.db.models import F

from bangfu.findings.comparing import Since, last_whole_run
from bangfu.findings.models import FalseAlarm, Finding, Tally
from bangfu.findings.reach import reached
from bangfu.office.journal.writing import Writing
from bangfu.registry.scope import EVERYTHING, Scope
from bangfu.terms.errors import UserError


def call_false_alarm(
    change: Writing,
    number: int,
    *,
    reason: str,
    on: int,
    scope: Scope = EVERYTHING,
    seen: str | None = None,
) -> None:
    """Silences a finding until the values it rests on change. `on` is the day (yyyymmdd) of the decision.

    `seen` is the hash of the values that the user looked at. UserError without a reason, where the finding is not there or
    not in the scope, where it is silent already, and where its values are others by now.
    """
    if not reason.strip():
        raise UserError("请写明为什么是误报")
    finding = _present(number, scope)
    if finding.is_silent:
        raise UserError("这条疑点已经认定为误报,不用再认定")
    if seen is not None and seen != finding.values_hash:
        raise UserError("这条疑点所依据的值在您打开页面以后变了,没有认定。请看过新的值再决定")
    decision = {
        "finding_no": finding.pk,
        "rule_id": finding.check_id,
        "values_hash": finding.values_hash,
        "explanation": finding.explanation,
        "reason": reason.strip(),
        "called_by": change.actor,
        "called_on": on,
    }
    keys = ("person_key", "household_key", "village_key")
    change.create(FalseAlarm, [{**decision, **{key: getattr(finding, key) for key in keys}}])
    _set_silent(finding, True)


def withdraw_false_alarm(
    change: Writing, number: int, *, reason: str, on: int, scope: Scope = EVERYTHING
) -> None:
    """The finding speaks again. UserError without a reason, and where no decision silences it."""
    if not reason.strip():
        raise UserError("请写明为什么撤回")
    finding = _present(number, scope)
    alarms = FalseAlarm.objects.filter(
        finding_no=finding.pk, values_hash=finding.values_hash, withdrawn_on__isnull=True
    )
    ids = list(alarms.values_list("pk", flat=True))
    if not ids:
        raise UserError("这条疑点没有认定为误报,不用撤回")
    withdrawn = {"withdrawn_by": change.actor, "withdrawn_on": on, "withdrawn_why": reason.strip()}
    change.change(FalseAlarm, dict.fromkeys(ids, withdrawn))
    _set_silent(finding, False)


def _present(number: int, scope: Scope) -> Finding:
    finding = reached(Finding.objects.filter(pk=number, gone_run__isnull=True), scope).first()
    if finding is None:
        raise UserError(f"没有编号为 {number} 的疑点,或者它已经消失")
    return finding


def _set_silent(finding: Finding, is_silent: bool) -> None:
    Finding.objects.filter(pk=finding.pk).update(is_silent=is_silent)
    step = -1 if is_silent else 1
    stands = Since(last_whole_run()).state(finding.first_run_id, finding.since_run_id, None)
    of_place = Tally.objects.filter(
        check_id=finding.check_id,
        village_key=finding.village_key,
        department=finding.department,
        severity=finding.severity,
    )
    of_place.update(
        open=F("open") + step,
        silent=F("silent") - step,
        fresh=F("fresh") + (step if stands == "new" else 0),
        back=F("back") + (step if stands == "returned" else 0),
    )
