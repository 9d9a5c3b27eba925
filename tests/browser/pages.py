"""Every page of the workbench as it stands in the demo town: who opens it, where, and what its picture is called."""

from __future__ import annotations

from dataclasses import dataclass

from tests.browser.browsing import OFFICE, PHONE


@dataclass(frozen=True)
class Shown:
    """A page; `is_phone`: as it is on a phone."""

    name: str
    account: str
    path: str
    is_phone: bool = False

    @property
    def size(self) -> dict[str, int]:
        return PHONE if self.is_phone else OFFICE


PAGES = (
    Shown("desk", "clerk", "/"),
    Shown("households", "clerk", "/households"),
    Shown("household", "clerk", "/households/1"),
    Shown("household-edit", "clerk", "/households/1/edit"),
    Shown("household-new", "clerk", "/households/new"),
    Shown("row-edit", "clerk", "/households/1/edit/person/1"),
    Shown("rows-edit", "clerk", "/households/1/edit/visit"),
    Shown("row-new", "clerk", "/households/1/new/annual_record"),
    Shown("member-leave", "clerk", "/households/1/members/2/leave"),
    Shown("head-change", "clerk", "/households/1/head"),
    Shown("run-findings", "clerk", "/runs/2/findings"),
    Shown("member-new", "clerk", "/households/1/members/new"),
    Shown("ledgers", "clerk", "/ledgers?counts=1"),
    Shown("ledger", "clerk", "/ledgers/benefit"),
    Shown("ledger-programme", "clerk", "/ledgers/benefit?programme=dibao"),
    Shown("ledger-due", "clerk", "/ledgers/project?watch=retention_held"),
    Shown("ledger-empty", "clerk", "/ledgers/death?year=2014"),
    Shown("ledger-row", "clerk", "/ledgers/project/1"),
    Shown("ledger-whose", "clerk", "/ledgers/benefit/new"),
    Shown("ledger-edit", "clerk", "/ledgers/loan/1/edit"),
    Shown("ledger-new", "clerk", "/ledgers/project/new"),
    Shown("ledger-remove", "clerk", "/ledgers/project/1/remove"),
    Shown("post-quotas", "clerk", "/ledgers/post/quotas"),
    Shown("ledgers-department", "minzheng", "/ledgers?counts=1"),
    Shown("ledgers-cadre-phone", "cadre", "/ledgers?counts=1", is_phone=True),
    Shown("ledger-cadre-phone", "cadre", "/ledgers/post", is_phone=True),
    Shown("ledger-row-phone", "clerk", "/ledgers/loan/1", is_phone=True),
    Shown("ledger-edit-phone", "clerk", "/ledgers/loan/1/edit", is_phone=True),
    Shown("findings", "clerk", "/findings"),
    Shown("findings-by-check", "clerk", "/findings?by=check"),
    Shown("finding", "clerk", "/findings/1"),
    Shown("alarms", "clerk", "/findings/alarms"),
    Shown("runs", "clerk", "/runs"),
    Shown("run", "clerk", "/runs/2"),
    Shown("run-start", "clerk", "/runs/start"),
    Shown("tasks", "clerk", "/tasks"),
    Shown("task", "clerk", "/tasks/1"),
    Shown("task-new", "clerk", "/tasks/new"),
    Shown("tasks-feedback", "clerk", "/tasks/feedback"),
    Shown("chains", "clerk", "/chains"),
    Shown("imports", "clerk", "/imports"),
    Shown("import-questions", "clerk", "/imports/questions"),
    Shown("exports", "clerk", "/exports"),
    Shown("jobs", "clerk", "/jobs"),
    Shown("dashboard", "clerk", "/dashboard?period=2019"),
    Shown("dashboard-charts", "clerk", "/dashboard?day=2020-04-22&period=2019#panel-incomes"),
    Shown("indicators", "clerk", "/indicators?period=2019"),
    Shown("indicator", "clerk", "/indicators/benefit_amount?period=2019&by=programme"),
    Shown("indicator-rows", "clerk", "/indicators/poor_households/rows"),
    Shown("statistics", "clerk", "/statistics"),
    Shown("statistic", "clerk", "/statistics/1.1"),
    Shown("papers", "clerk", "/papers"),
    Shown("paper-templates", "clerk", "/papers/templates"),
    Shown("paper-forms", "clerk", "/papers/forms"),
    Shown("paper-cards", "clerk", "/papers/cards"),
    Shown("verify", "clerk", "/verify"),
    Shown("policy", "clerk", "/policy"),
    Shown("policy-check", "clerk", "/policy/checks/dibao.paid_twice"),
    Shown("policy-standards", "clerk", "/policy/standards"),
    Shown("policy-standard", "clerk", "/policy/standards/monitoring_line"),
    Shown("policy-programmes", "clerk", "/policy/programmes"),
    Shown("policy-programme", "clerk", "/policy/programmes/dibao"),
    Shown("health", "clerk", "/system/health"),
    Shown("journal", "auditor", "/system/journal"),
    Shown("journal-entry", "auditor", "/system/journal/3"),
    Shown("users", "admin", "/system/users"),
    Shown("user", "admin", "/system/users/1"),
    Shown("backups", "admin", "/system/backups"),
    Shown("desk-admin", "admin", "/"),
    Shown("password", "clerk", "/password"),
    Shown("desk-leader", "leader", "/"),
    Shown("desk-cadre-phone", "cadre", "/", is_phone=True),
    Shown("tasks-cadre-phone", "cadre", "/tasks", is_phone=True),
    Shown("households-cadre-phone", "cadre", "/households", is_phone=True),
    Shown("household-phone", "clerk", "/households/1", is_phone=True),
    Shown("household-edit-phone", "clerk", "/households/1/edit", is_phone=True),
    Shown("findings-phone", "clerk", "/findings", is_phone=True),
    Shown("finding-phone", "clerk", "/findings/1", is_phone=True),
    Shown("task-phone", "clerk", "/tasks/1", is_phone=True),
    Shown("imports-phone", "clerk", "/imports", is_phone=True),
    Shown("dashboard-phone", "clerk", "/dashboard?period=2019", is_phone=True),
    Shown("indicator-phone", "clerk", "/indicators/benefit_amount?period=2019&by=programme", is_phone=True),
    Shown("papers-phone", "cadre", "/papers", is_phone=True),
    Shown("paper-cards-phone", "helper", "/papers/cards", is_phone=True),
    Shown("verify-phone", "clerk", "/verify", is_phone=True),
    Shown("policy-phone", "clerk", "/policy", is_phone=True),
    Shown("journal-phone", "auditor", "/system/journal", is_phone=True),
    Shown("desk-helper-phone", "helper", "/", is_phone=True),
)
