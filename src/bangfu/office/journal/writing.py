"""The only writer of facts: changes go to the database and, as entries, to the journal, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from bangfu.office.facts import Fact
from bangfu.office.journal import rows as fact_rows
from bangfu.office.journal.derived import Touched
from bangfu.office.journal.rows import Row
from bangfu.office.journal.sealing import FIRST_SEAL, START, Head, canonical, entry_digest, seal_of
from bangfu.office.journal.waiting import write_lock
from bangfu.office.models import Counter, Entry, Transaction


@dataclass(frozen=True)
class Source:
    """Where a change comes from: its kind (batch, form, visit, correction, undo, ...) and that thing's number."""

    kind: str
    number: str = ""


@dataclass
class Writing:
    """One open transaction. Rows are mappings of column to value; `id` is given here."""

    actor: str
    source: Source
    reason: str
    position: int
    number: int  # of the last entry
    digest: bytes
    entries: int = 0
    touched: Touched = field(default_factory=Touched)
    _counters: dict[str, int] = field(default_factory=dict)

    def create(self, model: type[Fact], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Adds rows and returns their ids, in order. A column that the table lacks is a bug: KeyError."""
        first = self._take(model.table, len(rows))
        made = [{**row, "id": first + i} for i, row in enumerate(rows)]
        known = frozenset(fact_rows.columns(model))
        for row in made:
            if not known.issuperset(row):
                raise KeyError(f"{model.table}: {sorted(set(row) - known)}")
        fact_rows.insert(model, made)
        self._record((model.table, row["id"], None, _told(row)) for row in made)
        return [row["id"] for row in made]

    def restore(self, model: type[Fact], rows: Sequence[Row]) -> None:
        """Puts removed rows back under the ids they had."""
        fact_rows.insert(model, rows)
        self._record((model.table, row["id"], None, _told(row)) for row in rows)

    def change(self, model: type[Fact], changes: Mapping[int, Mapping[str, Any]]) -> int:
        """Sets columns of rows; what is so already is left alone. The number of rows that changed."""
        now = fact_rows.rows_of(model, list(changes))
        really: dict[int, Mapping[str, Any]] = {}
        for row, values in changes.items():
            new = {name: value for name, value in values.items() if now[row][name] != value}
            if new:
                really[row] = new
        fact_rows.update(model, really)
        self._record(
            (model.table, row, {name: now[row][name] for name in values}, dict(values))
            for row, values in really.items()
        )
        return len(really)

    def remove(self, model: type[Fact], ids: Sequence[int]) -> None:
        """Takes rows away; the journal keeps them."""
        now = fact_rows.rows_of(model, ids)
        fact_rows.delete(model, ids)
        self._record((model.table, row, _told(now[row]), None) for row in ids)

    def take_numbers(self, series: str, count: int) -> int:
        """The first of `count` numbers of a series of one's own; as with rows, none is given twice."""
        return self._take(series, count)

    def _record(self, changes: Iterable[tuple[str, int, Row | None, Row | None]]) -> None:
        made: list[tuple[int, int, str, int, str | None, str | None, bytes]] = []
        for table, row, before, after in changes:
            self.number += 1
            self.entries += 1
            old, new = canonical(before), canonical(after)
            self.digest = entry_digest(self.digest, self.number, table, row, old, new)
            made.append((self.number, self.position, table, row, old, new, self.digest))
            self.touched.note(table, row, before, after)
            if len(made) == fact_rows.CHUNK:
                _add_entries(made)
                made.clear()
        _add_entries(made)

    def _take(self, table: str, count: int) -> int:
        """The first of `count` row numbers that were never used."""
        if table not in self._counters:
            known = Counter.objects.filter(table=table).first()
            self._counters[table] = known.last if known else 0
        first = self._counters[table] + 1
        self._counters[table] += count
        return first

    def _close(self, previous_seal: str, at: datetime) -> Transaction:
        for table, last in self._counters.items():
            Counter.objects.update_or_create(table=table, defaults={"last": last})
        head = Head(
            self.position, at, self.actor, self.source.kind, self.source.number, self.reason, self.entries
        )
        seal = seal_of(previous_seal, head, self.digest)
        Transaction.objects.filter(position=self.position).update(entries=self.entries, seal=seal)
        return Transaction.objects.get(position=self.position)


@contextmanager
def transaction(
    *, actor: str, source: Source, reason: str = "", say: Callable[[str], None] = lambda message: None
) -> Iterator[Writing]:
    """Opens a transaction for changes; on the way out it is sealed, or undone whole if anything was raised.

    `say` is told when another writer must be waited for; `Busy` is raised when that takes too long. A
    transaction without a change leaves no trace.
    """
    with write_lock(say):
        last = Transaction.objects.order_by("-position").first()
        entry = Entry.objects.order_by("-number").first()
        writing = Writing(
            actor=actor,
            source=source,
            reason=reason,
            position=last.position + 1 if last else 1,
            number=entry.number if entry else 0,
            digest=bytes(entry.digest) if entry else START,
        )
        at = datetime.now(UTC)
        opened = Transaction.objects.create(
            position=writing.position,
            at=at,
            actor=actor,
            kind=source.kind,
            source=source.number,
            reason=reason,
            entries=0,
            seal="",
        )
        yield writing
        if writing.entries:
            writing.touched.refresh()
            writing._close(last.seal if last else FIRST_SEAL, at)
        else:
            opened.delete()


def _add_entries(rows: Sequence[Sequence[Any]]) -> None:
    """Plain SQL: an entry made through the model takes three times as long, and there are millions of them."""
    names = ("number", "position", "table", "row", "before", "after", "digest")
    table = connection.ops.quote_name(Entry._meta.db_table)
    marks = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({fact_rows.quoted(names)}) VALUES ({marks})", rows)


def _told(row: Mapping[str, Any]) -> Row:
    """What an entry holds of a whole row: the columns that are not empty; the id is its own column."""
    return {name: value for name, value in row.items() if value is not None and name != "id"}
