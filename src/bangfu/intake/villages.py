"""The national export of villages against the register: a village is known by its code, else by its name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.comparing import Change, Comparison
from bangfu.intake.places import Villages
from bangfu.intake.sheet_rows import sheet_rows
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions, queries
from bangfu.spreadsheets.extract import Extract

Values = dict[str, Any]


@dataclass
class ComparedVillage:
    """A village as the file has it, and which of the register that is; `village` None: a new one."""

    sheet_row: int
    village: int | None
    changes: Values = field(default_factory=dict)
    past: Values | None = None  # what the register said of an earlier year


def compare_villages(extract: Extract) -> tuple[list[ComparedVillage], Comparison]:
    by_code, by_name = queries.villages_by_code(), queries.villages_by_name()
    known_rows = queries.village_rows()
    result, found = Comparison(), []
    [emitted] = [one for one in extract.emitted if one.table == "village"]
    for sheet_row, values in sheet_rows(extract, emitted):
        village = by_code.get(values.get("village_code") or "") or by_name.get(
            values.get("village_name") or ""
        )
        if village is None:
            found.append(ComparedVillage(sheet_row, None, values))
            continue
        known = known_rows[village]
        changes = {name: value for name, value in values.items() if known[name] != value}
        result.changes.extend(
            Change("village", village, name, known[name], value, sheet_row) for name, value in changes.items()
        )
        if not changes:
            result.unchanged["village"] = result.unchanged.get("village", 0) + 1
        is_later = known["data_year"] is not None and (values.get("data_year") or 0) > known["data_year"]
        found.append(ComparedVillage(sheet_row, village, changes, known if is_later else None))
    return found, result


def apply_villages(change: Writing, compared: list[ComparedVillage], source: int) -> None:
    """Adds and changes villages, keeps what was said of past years, and lets households find their village."""
    new = [item for item in compared if item.village is None]
    actions.add_villages(change, [_told(item, source) for item in new])
    actions.put_village_records(
        change, [actions.past_village(item.past) for item in compared if item.past is not None]
    )
    actions.change_villages(
        change,
        {item.village: _told(item, source) for item in compared if item.village is not None and item.changes},
    )
    homeless = queries.households_without_village()
    villages = Villages()
    found = {row: villages.key(name) for row, name in homeless.items()}
    actions.change_households(
        change, {row: {"village_key": village} for row, village in found.items() if village is not None}
    )


def _told(item: ComparedVillage, source: int) -> Values:
    return {**item.changes, "src": source, "src_row": item.sheet_row}
