"""The changes of some rows, newest first, as their page tells them to whoever may see the rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet, Value

from bangfu.office.journal.reading import source_in_words
from bangfu.office.models import Entry
from bangfu.office.words import label_of, open_value
from bangfu.terms.loader import load_terms

HEAD = "户主"


@dataclass(frozen=True)
class Moved:
    """A column before and after, in words; empty for nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Changed:
    """One entry of the journal; `what` is 新增, 修改 or 删除."""

    number: int
    at: datetime
    actor: str
    source: str
    reason: str
    table: str
    label: str
    row: int
    what: str
    moved: tuple[Moved, ...]


def changes_of(rows: Sequence[QuerySet[Any]], *, before: int | None = None, size: int = 30) -> list[Changed]:
    """Of all the rows of these queries; those before an entry, where one is named. In two queries."""
    wanted = _by_table(rows)
    if not wanted:
        return []
    of_rows = reduce(or_, (Q(table=table, row__in=ids) for table, ids in wanted.items()))
    entries = Entry.objects.select_related("transaction").filter(of_rows)
    if before is not None:
        entries = entries.filter(number__lt=before)
    return [_changed(entry) for entry in entries.order_by("-number")[:size]]


def _by_table(rows: Sequence[QuerySet[Any]]) -> Mapping[str, list[int]]:
    named = [query.order_by().values_list(Value(query.model._meta.db_table), "pk") for query in rows]
    found: dict[str, list[int]] = {}
    for table, row in named[0].union(*named[1:], all=True):
        found.setdefault(table, []).append(row)
    return found


def _changed(entry: Entry) -> Changed:
    head = entry.transaction
    what = "新增" if entry.before is None else "删除" if entry.after is None else "修改"
    return Changed(
        number=entry.number,
        at=head.at,
        actor=head.actor,
        source=source_in_words(head.kind, head.source),
        reason=head.reason,
        table=entry.table,
        label=load_terms().table(entry.table).label,
        row=entry.row,
        what=what,
        moved=tuple(_moved(entry.table, _values(entry.before), _values(entry.after))),
    )


def _moved(table: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Moved]:
    """Of the columns that people know: of links between rows only who is the head, by the person's number."""
    if "head_key" in after:
        yield Moved(HEAD, *(str(values.get("head_key") or "") for values in (before, after)))
    declared: Iterable[str] = load_terms().table(table).fields
    for name in declared:
        if name in before or name in after:
            yield Moved(
                label_of(table, name),
                open_value(table, name, before.get(name)),
                open_value(table, name, after.get(name)),
            )


def _values(text: str | None) -> Mapping[str, Any]:
    values: Mapping[str, Any] = json.loads(text or "{}")
    return values
