"""Columns that an export spreads over several: what a rule reads is one of them, filled from the others."""

from __future__ import annotations

from collections.abc import Set

import pyarrow as pa
import pyarrow.compute as pc

from bangfu.policy.examples import join_labels

_TWINS = {
    "dropout_reason_old": "dropout_reason",
    "measure_public_post_old": "measure_public_post",
    "risk_removed_old": "risk_removed",
}
"""Columns that an export carries twice: the second fills the gaps of the first."""
RISKS = tuple(f"risk_{slot}" for slot in range(1, 6))


def fill_twins(columns: dict[str, pa.Array], fields: Set[str]) -> None:
    """Fills the gaps of a column from its twin, and joins the five risks; `fields` are those the table has."""
    for twin, name in _TWINS.items():
        if twin in columns and name in fields:
            second = columns[twin]
            first = columns.get(name, pa.nulls(len(second), second.type))
            columns[name] = pc.coalesce(first, second)
    if "risks" in fields and "risk_1" in columns:
        slots = [columns[name].to_pylist() for name in RISKS if name in columns]
        joined = [join_labels([risk for risk in row if risk]) for row in zip(*slots, strict=True)]
        columns["risks"] = pa.array(joined, pa.string())
