"""The only writers of the ledgers. Each takes an open `journal.transaction`, checks all it is given, then writes.

Ledgers are named by their tables in `terms/`: a new subsidy or list needs no code here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bangfu.ledger.shelf import children_of
from bangfu.ledger.tables import LINKS, ledger
from bangfu.office.journal.rows import rows_of
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry import queries as registry
from bangfu.terms.loader import load_terms

_THERE: Mapping[str, Callable[[Iterable[int]], set[int]]] = {
    "person_key": registry.persons_there,
    "household_key": registry.households_there,
    "village_key": registry.villages_there,
}
_WRITTEN = ("full_name", "village_name", "id_no", "nat_household_no")


def add(change: Writing, table: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """New rows of a ledger; their ids, in order.

    A row names whom it means by `person_key`, `household_key` or `village_key`, or as written where nobody on file is
    meant. Refused: a key that is not on file, and a row of people or households that names nobody at all.
    KeyError for a table that is no ledger and for a column that it lacks.
    """
    refuse(load_terms().table(table).label, [*_not_there(table, rows), *_nameless(table, rows)])
    return change.create(ledger(table), rows)


def correct(change: Writing, table: str, values: Mapping[int, Mapping[str, Any]]) -> int:
    """Sets columns of rows that are there; the number that changed. Refused: a key that is not on file."""
    refuse(load_terms().table(table).label, _not_there(table, list(values.values())))
    return change.change(ledger(table), values)


def remove(change: Writing, table: str, rows: Sequence[int]) -> None:
    """Takes rows away; the journal keeps them. Refused: a row that is not there, and one that others belong to."""
    model, label = ledger(table), load_terms().table(table).label
    there = set(model._default_manager.filter(pk__in=rows).values_list("pk", flat=True))
    gone = [
        Reason(place, f"没有编号为 {row} 的{label}") for place, row in enumerate(rows) if row not in there
    ]
    refuse(label, [*gone, *_with_children(table, [row for row in rows if row in there])])
    change.remove(model, rows)


def _with_children(table: str, rows: Sequence[int]) -> list[Reason]:
    held = rows_of(ledger(table), rows)
    return [
        Reason(place, f"它名下还有{'、'.join(labels)},要先处理完才能删除")
        for place, row in enumerate(rows)
        if (labels := children_of(table, held[row]))
    ]


def _not_there(table: str, rows: Sequence[Mapping[str, Any]]) -> list[Reason]:
    found: list[Reason] = []
    for key, label in LINKS.items():
        named = {row[key] for row in rows if row.get(key) is not None}
        gone = named - _THERE[key](named) if named else set()
        found.extend(
            Reason(number, f"没有编号为 {row[key]} 的{label}")
            for number, row in enumerate(rows)
            if row.get(key) in gone
        )
    return found


def _nameless(table: str, rows: Sequence[Mapping[str, Any]]) -> list[Reason]:
    links = load_terms().table(table).links
    if not {"person", "household"} & set(links):
        return []
    named = (*(f"{link}_key" for link in links), *_WRITTEN)
    return [
        Reason(number, "没有写明是谁的")
        for number, row in enumerate(rows)
        if not any(row.get(name) for name in named)
    ]
