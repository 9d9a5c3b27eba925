"""The page of the second editor: what both made of a row, field by field, to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from bangfu.intake.rulebook import home_rulebook
from bangfu.office.accounts import account_named
from bangfu.policy.model import Policy
from bangfu.registry.editing.choices import label_of
from bangfu.registry.editing.conflicts import Changed, Conflict
from bangfu.registry.editing.entry import texts_of
from bangfu.terms.model import Field
from bangfu.web.editing.parts import Part
from bangfu.web.editing.sheets import Sheet
from bangfu.web.request import Request

_NOT_KEPT = {"csrfmiddlewaretoken", "ticket", "also", "flagged"}


@dataclass(frozen=True)
class Line:
    """A field on the page: `typed` are the texts that come again with the choice."""

    name: str
    label: str
    seen: str
    now: str
    mine: str
    by: str
    at: Any
    is_mine: bool
    is_both: bool
    typed: Sequence[str]


def as_conflict(request: Request, sheet: Sheet, changed: Changed) -> HttpResponse:
    """Nothing was written; the choice comes back to the form's own address with the versions of now."""
    parts = {(part.table, part.row): part for part in sheet.all_parts}
    shown = [one for one in changed.conflicts if (one.table, one.row) in parts]
    lines = list(_lines(request, parts, shown))
    context = {
        "section": sheet.section,
        "sheet": sheet,
        "family": sheet.family,
        "error": str(changed),
        "lines": [line for line in lines if line.is_both],
        "theirs": [line for line in lines if not line.is_mine],
        "mine": [line for line in lines if line.is_mine and not line.is_both],
        "versions": [
            (parts[key].prefix, version) for key, version in changed.versions.items() if key in parts
        ],
        "kept": _kept(request, [parts[key] for key in {(one.table, one.row) for one in shown}]),
        "ticket": request.POST.get("ticket", ""),
    }
    return render(request, "web/editing/conflict.html", context, status=409)


def _lines(request: Request, parts: dict[tuple[str, int], Part], shown: Sequence[Conflict]) -> Iterator[Line]:
    names = _names({one.by for one in shown if one.by})
    policy = home_rulebook()
    for one in shown:
        part = parts[one.table, one.row]
        name = part.name(one.field.name)
        words = [in_words(one.field, value, policy) for value in (one.seen, one.now, one.mine)]
        yield Line(
            name=name,
            label=f"{part.title}：{one.field.label}" if part.title else one.field.label,
            seen=words[0],
            now=words[1],
            mine=words[2],
            by=names.get(one.by, one.by),
            at=one.at,
            is_mine=one.is_mine,
            is_both=one.is_mine and bool(one.by),
            typed=request.POST.getlist(name),
        )


def in_words(field: Field, value: Any, policy: Policy) -> str:
    texts = [text for text in texts_of(field, value) if text]
    return "、".join(label_of(field, text, policy) for text in texts) or "（空）"


def _names(usernames: set[str]) -> dict[str, str]:
    found = {username: account_named(username) for username in usernames}
    return {username: user.full_name for username, user in found.items() if user is not None}


def _kept(request: Request, compared: Sequence[Part]) -> list[tuple[str, str]]:
    """What else the form sent: reasons, choices, other rows. Of the compared rows only what is mine comes again."""
    fields = {part.name(name) for part in compared for name in part.fields}
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in fields | _NOT_KEPT and not name.startswith(("seen-", "choose-"))
        for value in values
    ]
