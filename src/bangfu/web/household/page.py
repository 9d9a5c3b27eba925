"""What the templates of one household's page are given."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from bangfu.intake.source_names import source_names
from bangfu.ledger.history import history_of
from bangfu.ledger.safeguards import Light, Person, lights_of
from bangfu.ledger.sheets import SECTIONS as LEDGERS
from bangfu.ledger.sheets import Filled, filled
from bangfu.office.journal.history import HEAD, Changed
from bangfu.office.words import label_of, open_value
from bangfu.registry.household import (
    COMING,
    CURRENT,
    FORMER,
    HouseholdHead,
    Member,
    annual_rows,
    members_of,
    milestones_of,
)
from bangfu.registry.incomes import YearOfIncome, years_of_income
from bangfu.terms.loader import load_terms
from bangfu.web.household.benefits import by_programme
from bangfu.web.household.chart import income_chart

YEARS = 6
"""So many years of income are shown side by side."""
PAGE = 40
_LABELS = {"timeline": "经过", **{one.id: one.label for one in LEDGERS.values()}, "changes": "变更记录"}
SECTIONS: Mapping[str, str] = _LABELS
"""Parts of the page that are fetched when they come into sight, with their headings."""


def page_of(head: HouseholdHead, day: int, place: str) -> dict[str, Any]:
    """The page without the parts that are fetched later."""
    members = members_of(head, day)
    records = annual_rows(head.id, day)
    lights = _lights(head, members, records, day, place)
    years = years_of_income(records, place)[-YEARS:]
    sources = source_names(
        [*(fact.src for light in lights for fact in light.facts), *(one.src for one in years)]
    )
    return {
        "head": head,
        "facts": _facts(head),
        "members": [one for one in members if one.state in (CURRENT, COMING)],
        "former": [one for one in members if one.state == FORMER],
        "lights": lights,
        "sources": sources,
        "years": years,
        "last": years[-1] if years else None,
        "income_rows": _side_by_side(years),
        "chart": income_chart(years),
        "sections": SECTIONS.items(),
    }


def section_of(head: HouseholdHead, section: str, day: int, *, before: int | None = None) -> dict[str, Any]:
    shown: dict[str, Any] = {"part": section, "part_label": SECTIONS[section]}
    if section == "timeline":
        return {**shown, "milestones": milestones_of(head.id, day)}
    members = members_of(head, day)
    persons = [member.person for member in members]
    if section == "changes":
        found = history_of(head.id, persons, before=before, size=PAGE + 1)
        names = {member.person: member.columns["full_name"] for member in members}
        return {
            **shown,
            "changes": list(_by_transaction(found[:PAGE], names)),
            "before": found[PAGE - 1].number if len(found) > PAGE else None,
            "is_first": before is None,
        }
    sheets = filled(LEDGERS[section], head.id, persons)
    shown["sheets"] = [_table(one) for one in sheets]
    if section == "benefits":
        shown["programmes"] = by_programme(sheets)
    return shown


def _by_transaction(
    found: Iterable[Changed], names: Mapping[int, str | None]
) -> Iterator[tuple[Changed, list[tuple[Changed, str]]]]:
    """What was written together, under one head; with the name of the person whose row it is."""
    for _, together in groupby(found, key=lambda one: (one.at, one.actor, one.source)):
        entries = [
            (_with_head(one, names), (names.get(one.row) if one.table == "person" else None) or "")
            for one in together
        ]
        yield entries[0][0], entries


def _with_head(one: Changed, names: Mapping[int, str | None]) -> Changed:
    """The head by name instead of by number."""
    if not any(moved.label == HEAD for moved in one.moved):
        return one
    called = {str(person): name or "" for person, name in names.items()}
    moved = (
        replace(each, before=called.get(each.before, ""), after=called.get(each.after, ""))
        if each.label == HEAD
        else each
        for each in one.moved
    )
    return replace(one, moved=tuple(moved))


def _facts(head: HouseholdHead) -> list[tuple[str, str, str]]:
    """Label, value, and the column where the value is a number that can be shown in full."""
    named = (
        "nat_household_no",
        "household_attribute",
        "household_type",
        "poverty_cause_main",
        "first_identified_on",
        "household_phone",
        "bank_account_no",
        "address",
        "change_note",
    )
    told = [
        (label_of("household", name), open_value("household", name, head.columns[name]), _number(name))
        for name in named
        if head.columns[name] is not None
    ]
    if head.standing.exit_year:
        told.insert(
            min(5, len(told)), (label_of("household", "exit_year"), f"{head.standing.exit_year} 年", "")
        )
    return told


def _number(name: str) -> str:
    return name if name in ("household_phone", "bank_account_no") else ""


def _lights(
    head: HouseholdHead, members: Iterable[Member], records: Sequence[Mapping[str, Any]], day: int, place: str
) -> tuple[Light, ...]:
    persons = [
        Person(member.columns["full_name"] or "", member.age, member.person, member.columns)
        for member in members
        if member.state == CURRENT
    ]
    return lights_of(head.id, persons, records[-1] if records else None, day=day, place=place)


def _side_by_side(years: Sequence[YearOfIncome]) -> list[dict[str, Any]]:
    """The parts of all years as rows of a table, a year a column; those that no year has are left out."""
    rows: list[dict[str, Any]] = []
    for place, part in enumerate(years[-1].parts if years else ()):
        amounts = [year.parts[place].amount for year in years]
        rows.append({"label": part.label, "sign": part.sign, "amounts": amounts})
        named = dict.fromkeys(one.label for year in years for one in year.parts[place].among)
        for label in named:
            inner = [
                next((one.amount for one in year.parts[place].among if one.label == label), None)
                for year in years
            ]
            if any(inner):
                rows.append({"label": label, "is_inner": True, "amounts": inner})
    return rows


def _table(one: Filled) -> dict[str, Any]:
    table, columns = one.sheet.table, one.sheet.columns
    used = [name for name in columns if any(row[name] not in (None, "") for row in one.rows)]
    numeric = _numeric(table)
    return {
        "label": one.sheet.label,
        "count": len(one.rows),
        "is_cut": one.is_cut,
        "columns": [(label_of(table, name), name in numeric) for name in used],
        "rows": [
            [(label_of(table, name), open_value(table, name, row[name]), name in numeric) for name in used]
            for row in one.rows
        ],
    }


def _numeric(table: str) -> frozenset[str]:
    fields = load_terms().table(table).fields.values()
    return frozenset(
        field.name
        for field in fields
        if field.type in ("money", "decimal", "integer") and field.unit != "year"
    )
