"""How a single row stands on a day: what the lists of due things would say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bangfu.ledger.watches.due import Now, left
from bangfu.ledger.watches.projects import retention_due_on, stage_of


def standing_of(table: str, row: Mapping[str, Any], now: Now) -> list[str]:
    """Nothing for ledgers in which nothing falls due."""
    if table == "loan":
        due = row["extended_until_on"] or row["due_on"]
        return [f"到期 {left(due, now)}"] if due and (row["outstanding"] or 0) > 0 else []
    if table != "project":
        return []
    told = [stage_of(row)]
    if (row["retention"] or 0) > 0 and row["accepted_on"] and row["retention_paid_on"] is None:
        told.append(f"质保金到期 {left(retention_due_on(row, now), now)}")
    return told
