"""The page of all ledgers, and what falls due in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from bangfu.ledger.counts import Counted, Held, counted
from bangfu.ledger.listing import View
from bangfu.ledger.reach import reached, reaches
from bangfu.ledger.shelf import groups
from bangfu.ledger.watches.due import Watch
from bangfu.ledger.watches.known import watches
from bangfu.policy.model import Policy
from bangfu.web.ledger.reach import view_of
from bangfu.web.request import Request

PROGRAMMES = "benefit"
UNSPECIFIED = "unspecified"


@dataclass(frozen=True)
class Entry:
    """A line of the shelf: where it leads and what it holds, as far as that is known."""

    label: str
    address: str
    definition: str = ""
    held: Held | None = None


@require_safe
def ledgers(request: Request) -> HttpResponse:
    """The shelf at once; how much each ledger holds is fetched after it, as whole ledgers are counted for it."""
    view = view_of(request.reader)
    known = counted(view.scope, view.now.policy) if "counts" in request.GET else None
    told: dict[str, Any] = {
        "section": "ledger",
        "groups": [(label, entries) for label, entries in _groups(view, known) if entries],
        "is_counted": known is not None,
        "programmes": _programmes(view, known),
        "watches": _watches(view) if known is not None else (),
        "sees_posts": reaches("post", view.scope, view.now.policy),
    }
    part = "shelf" if request.htmx and not request.htmx.boosted else "ledgers"
    return render(request, f"web/ledger/{part}.html", told)


def _groups(view: View, known: Counted | None) -> list[tuple[str, list[Entry]]]:
    policy = view.now.policy
    return [
        (
            group.label,
            [
                Entry(
                    table.label,
                    reverse("ledger", args=[table.name]),
                    table.definition,
                    known.tables.get(table.name) if known else None,
                )
                for table in group.tables
                if reaches(table.name, view.scope, policy)
            ],
        )
        for group in groups()
    ]


def _programmes(view: View, known: Counted | None) -> list[tuple[str, list[Entry]]]:
    """By department the programmes whose benefits the reader sees."""
    policy = view.now.policy
    if not reaches(PROGRAMMES, view.scope, policy):
        return []
    found: dict[str, list[Entry]] = {}
    for one in policy.programmes.values():
        if _is_seen(one.department, view):
            held = (known.programmes.get(one.id) or Held(0, None)) if known else None
            found.setdefault(one.department, []).append(Entry(one.name, programme_address(one.id), held=held))
    rest = _unnamed(policy, known)
    return [*found.items(), *([("其他", rest)] if rest else [])]


def _unnamed(policy: Policy, known: Counted | None) -> list[Entry]:
    """Rows of programmes that the rulebook does not have, and of none."""
    if known is None:
        return []
    return [
        Entry(
            "没有写明项目的" if name in ("", UNSPECIFIED) else name,
            programme_address(name or "-"),
            held=held,
        )
        for name, held in known.programmes.items()
        if name not in policy.programmes
    ]


def _is_seen(department: str, view: View) -> bool:
    return any(part.departments is None or department in part.departments for part in view.scope.parts)


def programme_address(programme: str) -> str:
    return f"{reverse('ledger', args=[PROGRAMMES])}?{urlencode({'programme': programme})}"


def _watches(view: View) -> list[tuple[str, list[tuple[Watch, int]]]]:
    """What falls due, with how many; a query a list, over ledgers of some thousands of rows."""
    found: dict[str, list[tuple[Watch, int]]] = {}
    for watch in watches().values():
        if reaches(watch.table, view.scope, view.now.policy):
            rows = watch.narrow(reached(watch.table, view.scope, view.now.policy), view.now)
            found.setdefault(watch.group, []).append((watch, rows.count()))
    return list(found.items())
