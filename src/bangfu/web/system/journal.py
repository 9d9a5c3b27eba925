"""The journal: what was done, by whom, from which source; and whether it still says what it said."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bangfu.jobs.actions import start_job
from bangfu.jobs.queries import last_job, last_job_of
from bangfu.office.journal.browsing import entries_of, entries_of_table, transaction_at, transactions
from bangfu.office.journal.reading import KINDS, last_seal
from bangfu.terms.loader import load_terms
from bangfu.web.request import Request
from bangfu.web.system.jobs import VERIFY
from bangfu.web.system.tabs import with_tabs
from bangfu.web.system.town import PART_ONLY, demand_all, hide_from_others, is_for_all

_SIZE = 50
_WHOLE = 100


@require_safe
def journal(request: Request) -> HttpResponse:
    if not is_for_all(request, "journal.see"):
        return render(
            request, "web/system/journal.html", with_tabs(request, "journal", {"refused": PART_ONLY})
        )
    asked = {name: request.GET.get(name, "").strip() for name in ("actor", "kind", "source", "table", "row")}
    before = _number(request.GET.get("before", ""))
    filled = {
        **asked,
        "kinds": KINDS,
        "tables": sorted(
            ((one.name, one.label) for one in load_terms().tables.values()), key=lambda one: one[1]
        ),
        "seal": last_seal(),
        "verified": last_job(VERIFY),
        "job": _unfinished(request),
        **_rows(request, asked, before),
    }
    return render(request, "web/system/journal.html", with_tabs(request, "journal", filled))


def _rows(request: Request, asked: dict[str, str], before: int | None) -> dict[str, object]:
    """Transactions; of a table its changes."""
    if asked["table"]:
        opens = is_for_all(request, "household.see")
        page = entries_of_table(asked["table"], _number(asked["row"]), opens=opens, before=before)
        return {"entries": page.entries, "last": page.older, "is_of_table": True}
    found = transactions(
        actor=asked["actor"], kind=asked["kind"], source=asked["source"], before=before, size=_SIZE + 1
    )
    last = found[_SIZE - 1].position if len(found) > _SIZE else None
    return {"transactions": found[:_SIZE], "last": last}


def _unfinished(request: Request) -> object:
    """A verification that goes on or failed."""
    job = last_job_of(request.reader, VERIFY)
    return job if job is not None and (not job.is_over or job.state == "failed") else None


@require_safe
def entry(request: Request, position: int) -> HttpResponse:
    """One transaction with its changes."""
    hide_from_others(request, "journal.see")
    head = transaction_at(position)
    if head is None:
        raise Http404
    after = _number(request.GET.get("after", "")) or 0
    opens = is_for_all(request, "household.see")
    found = entries_of(position, opens=opens, after=after, size=_WHOLE + 1)
    filled = {
        "head": head,
        "entries": found[:_WHOLE],
        "last": found[_WHOLE - 1].number if len(found) > _WHOLE else None,
    }
    return render(request, "web/system/journal_entry.html", with_tabs(request, "journal", filled))


@require_POST
def verify(request: Request) -> HttpResponse:
    demand_all(request, "journal.see")
    start_job(VERIFY, label="核对台账和变更日志", actor=request.reader.username, key=VERIFY)
    return redirect("journal")


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() else None
