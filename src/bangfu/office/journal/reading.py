"""The journal as people read it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator

from django.utils import timezone

from bangfu.office.models import Entry, Transaction
from bangfu.office.words import label_of, value_in_words
from bangfu.terms.errors import UserError

KINDS = {
    "batch": "批次",
    "form": "表单",
    "visit": "走访",
    "correction": "更正",
    "question": "答复问题",
    "undo": "撤销",
    "task": "任务",
    "hand_out": "派发",
    "chain": "责任链",
    "climb": "督办",
    "run": "核查",
    "demo": "演示镇",
    "account": "账号",
    "reveal": "查看号码",
    "export": "导出",
}
"""What a change may come from."""


def last_seal() -> str:
    """The latest seal in words; kept elsewhere, it vouches for everything before it."""
    last = Transaction.objects.order_by("-position").first()
    if last is None:
        return "还没有任何变更"
    return f"最近的封签(事务 {last.position}):{last.seal}"


def shown(table: str | None, row: int | None, count: int) -> Iterator[str]:
    """The latest entries, newest first, of all rows or of one; personal values are hidden."""
    entries = Entry.objects.select_related("transaction").order_by("-number")
    if table is not None:
        entries = entries.filter(table=table)
    if row is not None:
        entries = entries.filter(row=row)
    for entry in entries[:count]:
        head = entry.transaction
        when = timezone.localtime(head.at)
        source = source_in_words(head.kind, head.source)
        yield (
            f"{entry.number} {when:%Y-%m-%d %H:%M} {head.actor}({source}) {entry.table} {entry.row}:"
            f"{_what(entry)}"
        )


def source_in_words(kind: str, number: str) -> str:
    """批次 3; of an undo what was undone."""
    inner, _, rest = number.partition(" ")
    told = f"{KINDS[inner]} {rest}" if kind == "undo" and inner in KINDS else number
    return f"{KINDS.get(kind, kind)} {told}".strip()


def _what(entry: Entry) -> str:
    if entry.before is None:
        return "新增 " + _values(entry.table, entry.after)
    if entry.after is None:
        return "删除 " + _values(entry.table, entry.before)
    before, after = json.loads(entry.before), json.loads(entry.after)
    return ",".join(
        f"{label_of(entry.table, name)} {value_in_words(entry.table, name, before.get(name))} → "
        f"{value_in_words(entry.table, name, value)}"
        for name, value in after.items()
    )


def _values(table: str, text: str | None) -> str:
    values = json.loads(text or "{}")
    return ",".join(
        f"{label_of(table, name)} {value_in_words(table, name, value)}" for name, value in values.items()
    )


def entries_after(position: int, table: str | None = None) -> Iterator[Entry]:
    """The entries of later transactions, oldest first; of all tables or of one."""
    entries = Entry.objects.filter(transaction__gt=position).order_by("number")
    return (entries if table is None else entries.filter(table=table)).iterator(2_000)


def seal_of_transaction(position: int) -> str:
    """UserError where there is no such transaction."""
    found = Transaction.objects.filter(position=position).first()
    if found is None:
        raise UserError(f"变更日志里没有事务 {position}。用 bangfu journal show 看有哪些")
    return found.seal


def changed_since(position: int, seal: str, apart_from: Collection[str] = ()) -> bool:
    """Whether any row was written after a transaction of that seal, in other tables than those; also where the journal
    has no such transaction: it is another one's then.
    """
    if position and not Transaction.objects.filter(position=position, seal=seal).exists():
        return True
    later = Entry.objects.filter(transaction__gt=position)
    return later.exclude(table__in=apart_from).exists()


def position_and_seal() -> tuple[int, str]:
    """The number of the latest transaction and its seal; 0 and nothing where there is none."""
    last = Transaction.objects.order_by("-position").first()
    return (last.position, last.seal) if last else (0, "")


def position_and_seal_in(copy: sqlite3.Connection) -> tuple[int, str]:
    """The same of a copy of the register's file."""
    table = Transaction._meta.db_table
    found = copy.execute(f"SELECT position, seal FROM {table} ORDER BY position DESC LIMIT 1").fetchone()
    return (int(found[0]), str(found[1])) if found else (0, "")


def last_entry() -> int:
    """How many entries the journal has."""
    last = Entry.objects.order_by("-number").first()
    return last.number if last else 0
