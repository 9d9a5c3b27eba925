"""Who may open which address: one table, held by one middleware. An address without a row does not open.

A view narrows what it shows by `scope_of(request.reader, right)`; what is outside is not found, as if it were not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from bangfu.office.accounts import reader_of
from bangfu.office.home import home_read_once
from bangfu.web.request import Request
from bangfu.web.trouble import forbidden

PUBLIC = "public"
"""Opens without login."""

ROUTES: Mapping[str, str] = {
    # account
    "login": PUBLIC,
    "alive": PUBLIC,
    "logout": "self",
    "password": "self",
    # desk
    "desk": "desk.see",
    "desk_news": "desk.see",
    "date_add": "date.set",
    "date_drop": "date.set",
    # household
    "households": "household.see",
    "households_export": "table.export",
    "household": "household.see",
    "household_section": "household.see",
    "household_reveal": "personal.reveal",
    # editing
    "household_new": "household.change",
    "household_edit": "household.change",
    "rows_edit": "household.change",
    "row_edit": "household.change",
    "row_new": "household.change",
    "member_join": "household.change",
    "member_leave": "household.change",
    "head_change": "household.change",
    # ledger
    "ledgers": "ledger.see",
    "post_quotas": "ledger.see",
    "ledger": "ledger.see",
    "ledger_totals": "ledger.see",
    "ledger_template": "ledger.see",
    "ledger_row": "ledger.see",
    "ledger_export": "table.export",
    "ledger_reveal": "personal.reveal",
    "ledger_new": "ledger.change",
    "ledger_edit": "ledger.change",
    "ledger_remove": "ledger.change",
    # finding
    "findings": "finding.see",
    "finding": "finding.see",
    "finding_alarms": "finding.see",
    "finding_reveal": "personal.reveal",
    "finding_export": "table.export",
    "finding_false_alarm": "finding.judge",
    "finding_withdraw": "finding.judge",
    "finding_hand_out": "task.open",
    "runs": "finding.see",
    "run": "finding.see",
    "run_findings": "finding.see",
    "run_start": "run.start",
    # task
    "tasks": "task.see",
    "task": "task.see",
    "task_evidence": "task.see",
    "tasks_export": "table.export",
    "task_fields": "task.answer",
    "task_acknowledge": "task.answer",
    "task_answer": "task.answer",
    "task_progress": "task.answer",
    "task_withdraw": "task.answer",
    "task_attach": "task.answer",
    "task_detach": "task.answer",
    "task_reveal": "personal.reveal",
    "task_verify": "task.verify",
    "task_send_back": "task.verify",
    "task_close": "task.verify",
    "task_reopen": "task.verify",
    "task_recheck": "task.verify",
    "task_new": "task.open",
    "tasks_feedback": "task.open",
    "tasks_feedback_open": "task.open",
    "tasks_reassign": "task.open",
    "task_reassign": "task.open",
    "task_extend": "task.open",
    "task_note_siblings": "task.open",
    "task_everywhere": "task.open",
    "task_take_back": "task.open",
    "chains": "chain.set",
    # import
    "imports": "import.see",
    "import": "import.see",
    "import_questions": "import.see",
    "import_upload": "import.load",
    "imports_apply": "import.load",
    "import_marked": "import.load",
    "import_read": "import.load",
    "import_apply": "import.load",
    "import_undo": "import.load",
    "import_drop": "import.load",
    "import_answer": "import.load",
    "exports": "import.load",
    "export_file": "import.load",
    # job
    "jobs": "self",
    "job": "self",
    "job_progress": "self",
    "job_cancel": "self",
    "job_retry": "self",
    # policy
    "policy": "policy.see",
    "policy_check": "policy.see",
    "policy_standards": "policy.see",
    "policy_standard": "policy.see",
    "policy_programmes": "policy.see",
    "policy_programme": "policy.see",
    # report
    "dashboard": "figure.see",
    "dashboard_export": "table.export",
    "indicators": "figure.see",
    "indicators_export": "table.export",
    "indicators_count": "run.start",
    "indicator": "figure.see",
    "indicator_export": "table.export",
    "indicator_rows": "figure.see",
    "indicator_rows_export": "table.export",
    "statistics": "figure.see",
    "statistic": "figure.see",
    "statistic_export": "table.export",
    "papers": "table.export",
    "paper": "table.export",
    "paper_file": "table.export",
    "paper_remove": "table.export",
    "paper_templates": "table.export",
    "template_file": "table.export",
    "template_upload": "template.change",
    "template_remove": "template.change",
    "paper_forms": "table.export",
    "paper_cards": "personal.reveal",
    "paper_cards_file": "personal.reveal",
    "household_card": "personal.reveal",
    "verify": "text.verify",
    "verify_download": "text.verify",
    # system
    "health": "health.see",
    "health_check": "health.see",
    "users": "account.manage",
    "user": "account.manage",
    "user_add": "account.manage",
    "user_reset": "account.manage",
    "journal": "journal.see",
    "journal_entry": "journal.see",
    "journal_verify": "journal.see",
    "backups": "backup.make",
    "backup_file": "backup.make",
    "backup_remove": "backup.make",
}
"""The right that each named address needs; in the order of the folders."""

_BEFORE_A_NEW_PASSWORD = ("password", "logout")


class AccessMiddleware:
    """Gives each request its reader and refuses what the table does not grant."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with home_read_once():
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        asked = cast(Request, request)
        if request.user.is_authenticated:
            asked.reader = reader_of(request.user)
        response = self.get_response(request)
        if request.user.is_authenticated:
            # a shared PC's back button shows nobody's data
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        right = ROUTES.get(name)
        if right is None:
            raise Http404
        if right == PUBLIC:
            return None
        user = request.user
        if not user.is_authenticated:
            return to_login(request)
        if user.must_change_password and name not in _BEFORE_A_NEW_PASSWORD:
            return redirect("password")
        return None if cast(Request, request).reader.may(right) else forbidden(request)


def to_login(request: HttpRequest) -> HttpResponse:
    """To the login and back; a part of a page says that the session has ended, so that the page keeps what was typed."""
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        return HttpResponse("登录已过期，请重新登录", status=401)
    if request.headers.get("HX-Boosted") and request.method == "POST":
        return HttpResponse("登录已过期，请重新登录", status=401)
    back = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('login')}?{urlencode({'next': back})}")
