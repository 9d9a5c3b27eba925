"""What is open about a household: findings and tasks, each as far as the reader's right reaches."""

from __future__ import annotations

from bangfu.casework.queries import TaskLine, tasks_of_household
from bangfu.findings.queries import Line, findings_of_household
from bangfu.findings.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.readers import Reader


def findings_named(reader: Reader, household: int) -> list[tuple[Line, str]]:
    """With the names of their checks; called false alarms come last."""
    checks = home_rulebook().checks
    lines = findings_of_household(scope_of(reader, "finding.see"), household)
    named = [(line, checks[line.check].name if line.check in checks else line.check) for line in lines]
    return sorted(named, key=lambda item: item[0].is_silent)


def tasks_about(reader: Reader, household: int, day: int) -> tuple[TaskLine, ...]:
    return tasks_of_household(scope_of(reader, "task.see"), household, day=day)
