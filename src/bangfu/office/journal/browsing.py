"""The journal as pages show it: transactions, the changes in each, the changes of a table. Newest first, never counted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bangfu.office.journal.reading import KINDS
from bangfu.office.models import Entry, Transaction
from bangfu.office.words import label_of, value_in_words, value_inside
from bangfu.terms.loader import load_terms

_WINDOW = 200_000
"""Entries looked through for a table in one go: a rare table in a long journal is looked for in steps."""
_EMPTY = frozenset({"src", "src_row"})


@dataclass(frozen=True)
class TransactionSeen:
    """Changes that were made together."""

    position: int
    at: datetime
    actor: str
    kind: str
    source: str
    reason: str
    entries: int
    seal: str

    @property
    def words(self) -> str:
        return f"{KINDS.get(self.kind, self.kind)} {self.source}".strip()


@dataclass(frozen=True)
class Changed:
    """A column, before and after in words."""

    label: str
    before: str
    after: str

    @property
    def shown(self) -> str:
        """Of a row that is new or gone: what it was."""
        return self.after or self.before


@dataclass(frozen=True)
class EntrySeen:
    """One change of one row."""

    number: int
    position: int
    at: datetime
    actor: str
    table: str
    label: str
    row: int
    what: str  # 新增, 修改, 删除
    changes: tuple[Changed, ...]


@dataclass(frozen=True)
class Page:
    """`older`: ask again for entries before this number; None where there are none."""

    entries: tuple[EntrySeen, ...]
    older: int | None


def transactions(
    *, actor: str = "", kind: str = "", source: str = "", before: int | None = None, size: int = 50
) -> list[TransactionSeen]:
    """Those of an actor, a kind of source and its number, where they are given."""
    wanted = {"actor": actor, "kind": kind, "source": source}
    found = Transaction.objects.filter(**{name: value for name, value in wanted.items() if value})
    if before is not None:
        found = found.filter(position__lt=before)
    return [_seen(one) for one in found.order_by("-position")[:size]]


def transaction_at(position: int) -> TransactionSeen | None:
    found = Transaction.objects.filter(position=position).first()
    return None if found is None else _seen(found)


def entries_of(position: int, *, opens: bool, after: int = 0, size: int = 100) -> list[EntrySeen]:
    """The changes of a transaction in their order. `opens`: for a reader who may see households."""
    found = Entry.objects.filter(transaction_id=position, number__gt=after).select_related("transaction")
    return [_entry(one, opens) for one in found.order_by("number")[:size]]


def entries_of_table(
    table: str, row: int | None, *, opens: bool, before: int | None = None, size: int = 50
) -> Page:
    """The latest changes of a table, or of one of its rows."""
    found = Entry.objects.filter(table=table).select_related("transaction")
    if row is not None:
        found = found.filter(row=row)
        rows = list(
            (found if before is None else found.filter(number__lt=before)).order_by("-number")[: size + 1]
        )
        return _page(rows, opens, size, rows[size - 1].number if len(rows) > size else None)
    last = Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0
    until = last + 1 if before is None else before
    window = found.filter(number__lt=until, number__gte=until - _WINDOW)
    rows = list(window.order_by("-number")[:size])
    if len(rows) == size:
        return _page(rows, opens, size, rows[-1].number)
    older = until - _WINDOW
    return _page(rows, opens, size, older if older > 1 else None)


def _page(rows: list[Entry], opens: bool, size: int, older: int | None) -> Page:
    return Page(tuple(_entry(one, opens) for one in rows[:size]), older)


def _seen(one: Transaction) -> TransactionSeen:
    return TransactionSeen(
        one.position, one.at, one.actor, one.kind, one.source, one.reason, one.entries, one.seal
    )


def _entry(one: Entry, opens: bool) -> EntrySeen:
    before, after = (_read(one.table, text) for text in (one.before, one.after))
    what = "新增" if before is None else "删除" if after is None else "修改"
    declared = load_terms().tables.get(one.table)
    order = {name: place for place, name in enumerate(declared.fields)} if declared else {}
    given = {*(before or {}), *(after or {})} - _EMPTY
    names = sorted(given, key=lambda name: (order.get(name, len(order)), name))
    told = value_inside if opens else value_in_words
    return EntrySeen(
        one.number,
        one.transaction_id,
        one.transaction.at,
        one.transaction.actor,
        one.table,
        declared.label if declared else one.table,
        one.row,
        what,
        tuple(_changed(one.table, name, before, after, told) for name in names),
    )


def _read(table: str, text: str | None) -> dict[str, Any] | None:
    """Of an access record with its table and field by their labels."""
    if text is None:
        return None
    row: dict[str, Any] = json.loads(text)
    about = str(row.get("object_table"))
    if table == "access_record" and about in load_terms().tables:
        row["object_table"] = load_terms().tables[about].label
        row["field_name"] = label_of(about, str(row.get("field_name") or ""))
    return row


def _changed(
    table: str,
    name: str,
    before: dict[str, Any] | None,
    after: dict[str, Any] | None,
    told: Callable[[str, str, Any], str],
) -> Changed:
    """What the row lacked before or lacks now is empty."""
    old = "" if before is None else told(table, name, before.get(name))
    new = "" if after is None else told(table, name, after.get(name))
    if old == new and before is not None and after is not None and before.get(name) != after.get(name):
        new += "（看不到的部分不同）"
    return Changed(label_of(table, name), old, new)
