"""Whom the rows of a department's list mean: all tables that a row fills share the answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bangfu.linkage import Link, Outcome, Register, Unmatched, link
from bangfu.spreadsheets.extract import Emitted, Extract

Links = dict[int, Outcome]
"""Row of the extract -> whom it means, for the emits after the first."""


def link_rows(
    register: Register, by_number: Mapping[str, int], extract: Extract, emitted: Emitted, known: Links
) -> list[Outcome]:
    """By 人编号 where the list has it, else by the evidence of the row; `known` is added to."""
    columns = {
        name: _values(emitted, name)
        for name in ("full_name", "nat_person_no", "village_name", "birth_date", "head_name")
    }
    numbers = _raw_numbers(extract, emitted)
    for i, row in enumerate(emitted.source_rows):
        if row not in known:
            person = by_number.get(columns["nat_person_no"][i] or "")
            if person is not None:
                known[row] = Link(person, "number", "人编号一致")
            else:
                known[row] = link(
                    register,
                    columns["full_name"][i] or "",
                    numbers(row),
                    columns["village_name"][i],
                    columns["birth_date"][i],
                    columns["head_name"][i],
                )
    return [known[row] for row in emitted.source_rows]


def person_of(outcome: Outcome) -> int | None:
    return None if isinstance(outcome, Unmatched) else outcome.person_key


def _values(emitted: Emitted, name: str) -> list[Any]:
    column = emitted.columns.get(name)
    return [None] * len(emitted.source_rows) if column is None else column.to_pylist()


def _raw_numbers(extract: Extract, emitted: Emitted) -> Callable[[int], str]:
    """The certificate cells as they stand: what Excel did to a number is seen only there."""
    position = emitted.positions.get("id_no")
    if position is None:
        return lambda row: ""
    return lambda row: extract.raw_text(row, position)
