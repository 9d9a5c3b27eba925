"""Which version of a row somebody saw, and what others made of it since: nothing is overwritten unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Min, Q

from bangfu.office.journal.writing import Source
from bangfu.office.models import Entry, Transaction

Key = tuple[str, int]
"""A table and the number of one of its rows."""


@dataclass(frozen=True)
class Since:
    """A column that later entries changed: its value in the version seen, and who changed it last."""

    before: Any
    by: str
    at: datetime


def versions_of(rows: Iterable[Key]) -> dict[Key, int]:
    """The number of each row's last entry in the journal; 0 of a row that has none."""
    found: dict[Key, int] = {}
    for table, row in rows:
        entries = Entry.objects.filter(table=table, row=row)
        found[table, row] = entries.aggregate(last=Max("number"))["last"] or 0
    return found


def changes_since(table: str, row: int, version: int) -> dict[str, Since]:
    """By column, what was done to a row after a version of it."""
    entries = Entry.objects.select_related("transaction").filter(table=table, row=row, number__gt=version)
    found: dict[str, Since] = {}
    for entry in entries.order_by("number"):
        before = _values(entry.before)
        for column in {**before, **_values(entry.after)}:
            first = found[column].before if column in found else before.get(column)
            found[column] = Since(first, entry.transaction.actor, entry.transaction.at)
    return found


def was_written(source: Source, after: int, before: int | None = None) -> bool:
    """Whether a source has written already, in a transaction after the position at which it was given out.

    `before`: the position of the transaction that asks, which has its row already.
    """
    found = Transaction.objects.filter(position__gt=after, kind=source.kind, source=source.number)
    return (found if before is None else found.filter(position__lt=before)).exists()


def _values(text: str | None) -> Mapping[str, Any]:
    values: Mapping[str, Any] = json.loads(text or "{}")
    return values


def written_at(rows: Iterable[Key]) -> dict[Key, datetime]:
    """When each row was first written down; those that the journal does not know are left out. In one query."""
    wanted = list(dict.fromkeys(rows))
    if not wanted:
        return {}
    named = reduce(or_, (Q(table=table, row=row) for table, row in wanted))
    found = Entry.objects.filter(named).values("table", "row").annotate(at=Min("transaction__at"))
    return {(one["table"], one["row"]): one["at"] for one in found}
