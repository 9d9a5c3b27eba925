"""What is open about a household: findings and tasks, each as far as the reader's right reaches."""

from __future__ import annotations

from typing import Any

from bangfu.casework.queries import tasks_of_household
from bangfu.findings.queries import Line, findings_of_household
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.readers import Reader
from bangfu.registry.scope import Scope


def open_work(reader: Reader, scope: Scope, household: int, day: int) -> dict[str, Any]:
    """`findings` with the names of their checks, `tasks`. `scope` is that of the right to see households."""
    return {
        "findings": _named(_scope(reader, "finding.see", scope), household),
        "tasks": tasks_of_household(_scope(reader, "task.see", scope), household, day=day),
    }


def _scope(reader: Reader, right: str, known: Scope) -> Scope:
    """Rights that reach alike have the same scope: it is asked for once."""
    is_alike = reader.grants(right) == reader.grants("household.see")
    return known if is_alike else scope_of(reader, right)


def _named(scope: Scope, household: int) -> list[tuple[Line, str]]:
    """Called false alarms come last."""
    checks = home_rulebook().checks
    lines = findings_of_household(scope, household)
    named = [(line, checks[line.check].name if line.check in checks else line.check) for line in lines]
    return sorted(named, key=lambda item: item[0].is_silent)
