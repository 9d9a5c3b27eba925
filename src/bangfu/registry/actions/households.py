"""Villages, households and persons themselves: added with what is known of them, corrected, never deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.office.facts import Fact
from bangfu.office.journal.rows import batched
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.actions.field_values import keep_national
from bangfu.registry.memberships import spells_of_persons
from bangfu.registry.models import Household, Person, Village

Values = Mapping[str, Any]


def add_villages(change: Writing, rows: Sequence[Values]) -> list[int]:
    """New villages with their facts of the year; their ids, in order. Refused: a code that is there already."""
    return _add(change, Village, rows, "village_code", "村代码")


def add_households(change: Writing, rows: Sequence[Values]) -> list[int]:
    """New households; their ids, in order. Refused: a 户编号 that is there already or twice among them."""
    return _add(change, Household, rows, "nat_household_no", "户编号")


def add_persons(change: Writing, rows: Sequence[Values]) -> list[int]:
    """New persons; their ids, in order. Refused: a 人编号 that is there already or twice among them.

    The same ID number twice is not refused: which of the two is wrong is for a check and a visit to find out.
    """
    return _add(change, Person, rows, "nat_person_no", "人编号")


def change_households(change: Writing, values: Mapping[int, Values]) -> int:
    """Sets columns of households that are there; the number that changed. What the national system says is kept."""
    keep_national(change, Household, values)
    return change.change(Household, values)


def change_villages(change: Writing, values: Mapping[int, Values]) -> int:
    """Sets columns of villages that are there; the number that changed."""
    return change.change(Village, values)


def change_persons(change: Writing, values: Mapping[int, Values]) -> int:
    """Sets columns of persons that are there; the number that changed. What the national system says is kept."""
    keep_national(change, Person, values)
    return change.change(Person, values)


def set_heads(change: Writing, heads: Mapping[int, int | None], on: int) -> int:
    """Makes a member the head of each household. Refused: who is no member on that day (yyyymmdd)."""
    persons = [person for person in heads.values() if person is not None]
    homes = {
        person: {spell.household for spell in spells if spell.covers(on)}
        for person, spells in spells_of_persons(persons).items()
    }
    reasons = [
        Reason(number, f"人 {person} 在 {on} 不是户 {household} 的成员,不能作户主")
        for number, (household, person) in enumerate(heads.items())
        if person is not None and household not in homes.get(person, ())
    ]
    refuse("户主", reasons)
    return change.change(Household, {household: {"head_key": person} for household, person in heads.items()})


def _add(change: Writing, model: type[Fact], rows: Sequence[Values], key: str, label: str) -> list[int]:
    numbers = [row.get(key) for row in rows]
    known = _known(model, key, [number for number in numbers if number])
    reasons, seen = [], set()
    for number, value in enumerate(numbers):
        if value and value in known:
            reasons.append(Reason(number, f"{label} {value} 已经登记"))
        elif value and value in seen:
            reasons.append(Reason(number, f"{label} {value} 重复"))
        seen.add(value)
    refuse(label, reasons)
    return change.create(model, rows)


def _known(model: type[Fact], key: str, values: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for some in batched(values):
        found.update(model._default_manager.filter(**{f"{key}__in": some}).values_list(key, flat=True))
    return found
