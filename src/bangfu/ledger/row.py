"""One row of a ledger for whoever may see it: itself, and what hangs together with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.ledger.listing import ListedRow, View, told
from bangfu.ledger.reach import Rows, reached
from bangfu.ledger.shelf import Bond, bonds_of
from bangfu.ledger.tables import ledger
from bangfu.office.journal.history import Changed, changes_of
from bangfu.office.journal.rows import columns
from bangfu.office.masking import number_kind
from bangfu.terms.loader import load_terms

MOST = 20
"""Related rows that a page shows."""
_ALIKE = ("programme", "post_name", "kind")
"""What tells the rows of a ledger apart that are of one kind."""


@dataclass(frozen=True)
class Related:
    """Rows of a ledger that hang together with a row; `is_cut` where there are more."""

    label: str
    table: str
    rows: tuple[ListedRow, ...]
    is_cut: bool = False


def row_seen(table: str, row: int, by: View) -> ListedRow | None:
    """None where it is not there or not in the scope. KeyError for a table that is no ledger."""
    if not reached(table, by.scope, by.now.policy).filter(pk=row).exists():
        return None
    return next(told(table, [row]), None)


def related(table: str, row: ListedRow, by: View) -> list[Related]:
    """By the thing's own number, then what the same person or household has more of the same kind."""
    found = [*(_bound(bond, row, by) for bond in bonds_of(table)), *_alike(table, row, by)]
    return [one for one in found if one.rows]


def history_of_row(table: str, row: int, size: int = 30) -> list[Changed]:
    """What the journal has of it, the latest first."""
    return changes_of([ledger(table)._default_manager.filter(pk=row)], size=size)


def number_in(table: str, row: ListedRow, name: str) -> str | None:
    """A number of a row in full; None where there is none or the column holds no number that is masked."""
    field = load_terms().table(table).fields.get(name)
    if field is None or number_kind(field) is None:
        return None
    value: str | None = row.values.get(name)
    return value or None


def _bound(bond: Bond, row: ListedRow, by: View) -> Related:
    values = {theirs: row.values.get(own) for own, theirs in bond.on}
    if None in values.values():
        return Related(bond.label, bond.to, ())
    return _related(bond.label, bond.to, reached(bond.to, by.scope, by.now.policy).filter(**values))


def _alike(table: str, row: ListedRow, by: View) -> Iterator[Related]:
    """What else the person has of the ledger, else the household."""
    there = columns(ledger(table))
    person, household = row.values.get("person_key"), row.values.get("household_key")
    if person is None and household is None:
        return
    rows = reached(table, by.scope, by.now.policy).exclude(pk=row.id)
    rows = rows.filter(household_id=household) if person is None else rows.filter(person_id=person)
    label = load_terms().table(table).label
    for name in _ALIKE:
        if name in there and row.values[name] is not None:
            rows, label = rows.filter(**{name: row.values[name]}), f"同类{label}"
    yield _related(f"{'这一户' if person is None else '本人'}其他的{label}", table, rows)


def _related(label: str, table: str, rows: Rows) -> Related:
    ids: Sequence[int] = list(rows.order_by("-pk").values_list("pk", flat=True)[: MOST + 1])
    return Related(label, table, tuple(told(table, ids[:MOST])), len(ids) > MOST)
