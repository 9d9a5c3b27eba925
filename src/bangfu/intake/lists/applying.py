"""Writes a compared list into its ledgers, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.intake.lists.comparing import ComparedList, ListRow
from bangfu.ledger import actions
from bangfu.office.journal.writing import Writing


def apply_list(change: Writing, lists: Sequence[ComparedList], sheets: Sequence[int]) -> None:
    """`sheets` are the numbers of the lists as sources, one for each table that the sheet fills."""
    for compared in lists:
        source = sheets[compared.emit]
        new = [row for row in compared.rows if row.row is None]
        actions.add(change, compared.table, [_told(row.values, row, source) for row in new])
        actions.correct(
            change,
            compared.table,
            {
                row.row: _told(row.changes, row, source)
                for row in compared.rows
                if row.row is not None and row.changes
            },
        )


def _told(values: dict[str, object], row: ListRow, source: int) -> dict[str, object]:
    return {**values, "src": source, "src_row": row.sheet_row}
