"""What the journal holds of one household: of itself, of its people, of what they were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from bangfu.ledger.sheets import owned
from bangfu.ledger.tables import ledgers
from bangfu.office.journal.history import Changed, changes_of
from bangfu.office.journal.rows import columns
from bangfu.registry.household import rows_of


def history_of(
    household: int, persons: Sequence[int], *, before: int | None = None, size: int = 30
) -> list[Changed]:
    """The latest changes first, those before an entry of the journal where one is named.

    `persons`: who belongs or belonged to it. Of rows that were taken away again nothing is told.
    """
    rows = [*rows_of(household, persons), *_ledger_rows(household, persons)]
    return changes_of(rows, before=before, size=size)


def _ledger_rows(household: int, persons: Sequence[int]) -> Iterator[QuerySet[Any]]:
    for table, model in ledgers().items():
        if {"household_key", "person_key"} & set(columns(model)):
            yield model._default_manager.filter(owned(table, household, persons))
