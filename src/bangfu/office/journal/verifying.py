"""Does the journal still say what it said, and do the facts still say what it says?"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from bangfu.office.facts import Fact
from bangfu.office.journal import rows as fact_rows
from bangfu.office.journal.rows import Row
from bangfu.office.journal.sealing import FIRST_SEAL, START, Head, entry_digest, seal_of
from bangfu.office.models import Entry, Transaction

_CHUNK = 5_000


def broken_links(limit: int = 100) -> list[str]:
    """What was changed in the journal since it was written, each in a line; empty where nothing was."""
    return [line for line, _ in zip(_broken_links(), range(limit), strict=False)]


def _broken_links() -> Iterator[str]:
    entries = _entries()
    entry = next(entries, None)
    digest, seal, number, position = START, FIRST_SEAL, 0, 0
    for head in Transaction.objects.order_by("position").iterator(_CHUNK):
        if head.position != position + 1:
            yield f"缺少事务 {_span(position + 1, head.position - 1)}"
        position = head.position
        found, told = 0, False
        while entry is not None and entry.transaction_id <= head.position:
            where = f"第 {entry.number} 条({entry.table} {entry.row},事务 {entry.transaction_id})"
            if entry.transaction_id < head.position:
                yield f"{where}属于不存在的事务"
            if entry.number != number + 1:
                yield f"缺少第 {_span(number + 1, entry.number - 1)} 条(事务 {head.position} 附近)"
                told = True
            elif bytes(entry.digest) != entry_digest(
                digest, entry.number, entry.table, entry.row, entry.before, entry.after
            ):
                yield f"{where}与前一条接不上:这一条或前一条被改动"
                told = True
            digest, number, found = bytes(entry.digest), entry.number, found + 1
            entry = next(entries, None)
        if found != head.entries:
            yield f"事务 {head.position} 记有 {head.entries} 条,实有 {found} 条"
        elif not told and head.seal != seal_of(seal, _head(head), digest):
            yield f"事务 {head.position}(经办 {head.actor},{head.at:%Y-%m-%d %H:%M})与它的封签不符"
        seal = head.seal
    while entry is not None:
        yield f"第 {entry.number} 条({entry.table} {entry.row})属于不存在的事务 {entry.transaction_id}"
        entry = next(entries, None)


def broken_facts(models: Iterable[type[Fact]], limit: int = 100) -> list[str]:
    """Rows that do not say what the journal says of them: written past it. Each in a line."""
    found: list[str] = []
    for model in models:
        for line in _broken_facts(model):
            found.append(line)
            if len(found) == limit:
                return found
    return found


def _broken_facts(model: type[Fact]) -> Iterator[str]:
    told = _replayed(model.table)
    known = next(told, None)
    for row in fact_rows.all_rows(model):
        while known is not None and known[0] < row["id"]:
            if known[1] is not None:
                yield f"{model.table} {known[0]}:登记过,现在没有了"
            known = next(told, None)
        if known is None or known[0] != row["id"] or known[1] is None:
            yield f"{model.table} {row['id']}:没有登记过"
            continue
        wrong = [name for name in row if name != "id" and row[name] != known[1].get(name)]
        if wrong:
            yield f"{model.table} {row['id']}:{'、'.join(wrong)} 与登记的不符"
        known = next(told, None)
    while known is not None:
        if known[1] is not None:
            yield f"{model.table} {known[0]}:登记过,现在没有了"
        known = next(told, None)


def _replayed(table: str) -> Iterator[tuple[int, Row | None]]:
    """What each row of a table was after the last entry, by id; None where it was taken away."""
    entries = Entry.objects.filter(table=table).order_by("row", "number")
    current: int | None = None
    state: Row | None = None
    for row, before, after in entries.values_list("row", "before", "after").iterator(_CHUNK):
        if current is not None and row != current:
            yield current, state
            state = None
        current = row
        if after is None:
            state = None
        elif before is None:
            state = json.loads(after)
        else:
            state = {**(state or {}), **json.loads(after)}
    if current is not None:
        yield current, state


def _entries() -> Iterator[Entry]:
    """All entries in order. By number, not by an open cursor: a journal outlasts any read transaction."""
    last = 0
    while some := list(Entry.objects.filter(number__gt=last).order_by("number")[:_CHUNK]):
        yield from some
        last = some[-1].number


def _head(row: Transaction) -> Head:
    return Head(row.position, row.at, row.actor, row.kind, row.source, row.reason, row.entries)


def _span(first: int, last: int) -> str:
    return str(first) if first == last else f"{first} 到 {last}"
