"""The list of those who left (自然减少): ends memberships on their day, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.comparing import Asked, Change, Comparison
from bangfu.intake.sheet_rows import sheet_rows
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions, queries
from bangfu.registry.actions import Join, Leave
from bangfu.registry.memberships import spells_of_persons
from bangfu.spreadsheets.extract import Extract

Values = dict[str, Any]


@dataclass
class Removal:
    """Somebody who left; `person` None: nobody on file ever was, and is added with the membership that ended."""

    sheet_row: int
    values: Values
    household: int
    person: int | None


@dataclass
class Removals:
    leaving: list[Removal] = field(default_factory=list)
    past: list[Removal] = field(default_factory=list)


def compare_removals(extract: Extract, day: int) -> tuple[Removals, Comparison]:
    """`day` (yyyymmdd) is the one the list speaks of: who leaves later is asked about."""
    return _Comparer(extract, day).run()


class _Comparer:
    def __init__(self, extract: Extract, day: int) -> None:
        [emitted] = extract.emitted
        self.rows = list(sheet_rows(extract, emitted))
        self.day = day
        self.homes = queries.households_by_number(values.get("nat_household_no") for _, values in self.rows)
        self.persons = queries.persons_by_number(values.get("nat_person_no") for _, values in self.rows)
        self.spells = spells_of_persons(self.persons.values())
        self.known = queries.household_rows(self.homes.values())
        self.staying = queries.members_on(day, self.homes.values())
        self.going: set[int] = set()
        self.found, self.result = Removals(), Comparison()

    def run(self) -> tuple[Removals, Comparison]:
        """Heads come last: one may leave when everybody else of the household does."""
        heads = {row["head_key"] for row in self.known.values()} - {None}
        for sheet_row, values in sorted(self.rows, key=lambda row: self.person(row[1]) in heads):
            self.one(sheet_row, values)
        self.result.questions.sort(key=lambda asked: asked.sheet_row or 0)
        return self.found, self.result

    def person(self, values: Values) -> int | None:
        return self.persons.get(values.get("nat_person_no") or "")

    def one(self, sheet_row: int, values: Values) -> None:
        name, on = values.get("full_name"), values.get("removed_on")
        household = self.homes.get(values.get("nat_household_no") or "")
        if household is None:
            self.ask("不在册", f"“{name}”的户 {values.get('nat_household_no') or '(空)'} 不在册", sheet_row)
        elif on is None or on > self.day:
            self.ask("减少日期不明", f"“{name}”没有减少日期,或晚于数据日期,没有登记", sheet_row)
        elif (person := self.person(values)) is None:
            self.found.past.append(Removal(sheet_row, values, household, None))
        else:
            self.of_known(Removal(sheet_row, values, household, person), person, on)

    def of_known(self, removal: Removal, person: int, on: int) -> None:
        name, row = removal.values.get("full_name"), removal.sheet_row
        last = self.spells[person][-1] if self.spells.get(person) else None
        if last is None or (last.left_on is not None and last.left_on != on):
            self.ask("减少日期不同", f"“{name}”在台账里的减少日期不是 {on},没有改动", row, person)
        elif last.left_on == on:
            self.result.unchanged["former_person"] = self.result.unchanged.get("former_person", 0) + 1
        elif on < last.joined_on:
            self.ask(
                "减少早于加入", f"“{name}”{last.joined_on} 才加入,减少日期却是 {on},没有登记", row, person
            )
        elif self.is_needed_head(person, last.household):
            self.ask("户主减少", f"“{name}”是户主,户里还有人,请先确定新户主", row, person)
        else:
            self.found.leaving.append(removal)
            self.going.add(person)
            self.result.changes.append(Change("membership", last.id, "left_on", None, on, row))

    def is_needed_head(self, person: int, household: int) -> bool:
        head = self.known.get(household, {}).get("head_key")
        staying = (one for one in self.staying.get(household, ()) if one != person)
        return head == person and any(one not in self.going for one in staying)

    def ask(self, kind: str, message: str, sheet_row: int, row: int | None = None) -> None:
        self.result.questions.append(Asked(kind, "former_person", message, sheet_row, row))


def apply_removals(change: Writing, removals: Removals, source: int) -> None:
    people = [_person(item.values, source, item.sheet_row) for item in removals.past]
    ids = actions.add_persons(change, people)
    joins = [
        Join(
            person,
            item.household,
            _joined(item.values),
            item.values.get("added_reason"),
            source,
            item.sheet_row,
        )
        for person, item in zip(ids, removals.past, strict=True)
    ]
    actions.join(change, joins)
    leaves = [*zip(ids, removals.past, strict=True)]
    leaves += [(item.person, item) for item in removals.leaving if item.person is not None]
    actions.leave(
        change,
        [
            Leave(person, item.values["removed_on"], item.values.get("removed_reason"))
            for person, item in leaves
        ],
    )


def _person(values: Values, source: int, sheet_row: int) -> Values:
    known = queries.person_columns()
    own = {name: value for name, value in values.items() if name in known}
    return {**own, "src": source, "src_row": sheet_row}


def _joined(values: Values) -> int:
    """Since when somebody whom only this list knows had belonged: as it says, never after leaving."""
    month = values.get("person_identified_on")
    on: int = values["removed_on"]
    told: int = values.get("added_on") or (month * 100 + 1 if month else on)
    return min(max(told, values.get("birth_date") or 0), on)
