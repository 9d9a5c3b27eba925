"""Undo of what one source wrote: itself a transaction, and refused where later changes rest on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection

from bangfu.office.facts import Fact
from bangfu.office.journal import rows as fact_rows
from bangfu.office.journal.rows import Row
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Entry, Transaction
from bangfu.terms.errors import UserError

SHOWN = 20


class CannotUndo(UserError):
    """Later changes rest on what would be undone; `rows` names them as (table, row, transaction)."""

    def __init__(self, what: str, rows: list[tuple[str, int, int]]) -> None:
        self.rows = rows
        listed = "".join(f"\n  {table} {row}(事务 {position})" for table, row, position in rows[:SHOWN])
        more = f"\n  ……共 {len(rows)} 处" if len(rows) > SHOWN else ""
        super().__init__(f"不能撤销{what}:后来的改动建立在它上面,请先撤销后来的改动{listed}{more}")


@dataclass
class _Net:
    """What all entries of a source together did to the rows of one table."""

    made: list[int] = field(default_factory=list)
    gone: dict[int, Row] = field(default_factory=dict)
    changed: dict[int, Row] = field(default_factory=dict)


def undo(
    source: Source,
    models: Mapping[str, type[Fact]],
    *,
    actor: str,
    reason: str = "",
    say: Callable[[str], None] = lambda message: None,
    also: Callable[[], object] = lambda: None,
) -> int:
    """Takes back everything a source wrote; the number of rows touched. `also` is done in the same transaction.

    Raises UserError where the source wrote nothing (or was undone already), CannotUndo where later entries
    touch its rows or later rows point to rows it made.
    """
    what = f"{source.kind} {source.number}"
    with transaction(actor=actor, source=Source("undo", what), reason=reason, say=say) as writing:
        positions = _positions(source, writing.position)
        if not positions:
            raise UserError(f"没有可以撤销的 {what}:它没有写入过,或已经撤销")
        nets = _nets(positions)
        later = sorted({*_later(positions), *_pointing(nets, models, positions)})
        if later:
            raise CannotUndo(what, later)
        touched = 0
        for table, net in nets.items():
            model = models[table]
            writing.restore(model, [_whole(model, row, values) for row, values in net.gone.items()])
            writing.change(model, net.changed)
            writing.remove(model, net.made)
            touched += len(net.gone) + len(net.changed) + len(net.made)
        also()
        return touched


def _positions(source: Source, now: int) -> list[int]:
    """Transactions of a source that were not undone before the transaction `now`."""
    wrote = Transaction.objects.filter(kind=source.kind, source=source.number)
    undone = (
        Transaction.objects.filter(kind="undo", source=f"{source.kind} {source.number}", position__lt=now)
        .order_by("-position")
        .first()
    )
    if undone is not None:
        wrote = wrote.filter(position__gt=undone.position)
    return list(wrote.order_by("position").values_list("position", flat=True))


def _nets(positions: list[int]) -> dict[str, _Net]:
    nets: dict[str, _Net] = {}
    entries = Entry.objects.filter(transaction_id__in=positions).order_by("table", "row", "-number")
    current: tuple[str, int] | None = None
    state: Row | None = None
    is_there_now = was_there = False

    def settle() -> None:
        if current is None:
            return
        net = nets.setdefault(current[0], _Net())
        if is_there_now and not was_there:
            net.made.append(current[1])
        elif was_there and not is_there_now:
            net.gone[current[1]] = state or {}
        elif was_there:
            net.changed[current[1]] = state or {}

    for table, row, before, after in entries.values_list("table", "row", "before", "after").iterator(5_000):
        if (table, row) != current:
            settle()
            current, state, is_there_now = (table, row), {}, after is not None
        was_there = before is not None
        state = {**(state or {}), **(json.loads(before) if before is not None else {})}
    settle()
    return nets


def _cancelled() -> set[int]:
    """Transactions that an undo took back, and the undo itself: together they changed nothing."""
    found: set[int] = set()
    for undone in Transaction.objects.filter(kind="undo"):
        kind, _, number = undone.source.partition(" ")
        taken_back = Transaction.objects.filter(kind=kind, source=number, position__lt=undone.position)
        found.update(taken_back.values_list("position", flat=True), [undone.position])
    return found


def _later(positions: list[int]) -> Iterator[tuple[str, int, int]]:
    """Rows that the source wrote and somebody else wrote after it."""
    passed_over = sorted({*positions, *_cancelled()})
    marks, own = ", ".join(["%s"] * len(passed_over)), ", ".join(["%s"] * len(positions))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT DISTINCT later."table", later."row", later.position FROM journal_entry later
            WHERE later.position > %s AND later.position NOT IN ({marks}) AND EXISTS (
              SELECT 1 FROM journal_entry own WHERE own."table" = later."table" AND own."row" = later."row"
              AND own.position IN ({own}) AND own.number < later.number)""",
            [positions[0], *passed_over, *positions],
        )
        yield from cursor.fetchall()


def _pointing(
    nets: Mapping[str, _Net], models: Mapping[str, type[Fact]], positions: list[int]
) -> Iterator[tuple[str, int, int]]:
    """Rows that others made and that point to rows the source made."""
    for model in models.values():
        for link in fact_rows.links(model):
            made = nets.get(link.target, _Net()).made
            for some in fact_rows.batched(made):
                yield from _pointing_to(model, link.column, some, positions)


def _pointing_to(
    model: type[Fact], column: str, rows: Iterable[int], positions: list[int]
) -> Iterator[tuple[str, int, int]]:
    given = list(rows)
    marks, own = ", ".join(["%s"] * len(given)), ", ".join(["%s"] * len(positions))
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT '{model.table}', made."row", max(made.position) FROM journal_entry made
            JOIN "{model.table}" pointing ON pointing.id = made."row"
            WHERE made."table" = '{model.table}' AND pointing."{column}" IN ({marks})
            GROUP BY made."row" HAVING sum(CASE WHEN made.position IN ({own}) THEN 1 ELSE 0 END) = 0""",
            [*given, *positions],
        )
        yield from cursor.fetchall()


def _whole(model: type[Fact], row: int, values: Row) -> Row:
    return {"id": row, **values}
