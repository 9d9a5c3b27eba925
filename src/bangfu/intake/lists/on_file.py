"""Who and what is on file on a day, as the rows of lists name them."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.intake.places import Villages
from bangfu.linkage import Outcome, Register, Unmatched
from bangfu.office.home import this_home
from bangfu.registry import people, queries
from bangfu.screening.linking import Links, link_rows
from bangfu.screening.place import read_default_divisions
from bangfu.spreadsheets.extract import Emitted, Extract
from bangfu.terms.divisions import area_prefix

_SURE = ("number", "number_similar_name")
"""How somebody who left may be recognised; a name alone is rather somebody else's."""


@dataclass(frozen=True)
class Meant:
    """Whom a row means; `doubt` says in words why nobody is meant for certain though somebody may be."""

    person: int | None = None
    household: int | None = None
    doubt: str | None = None


class OnFile:
    """Persons, households and villages of the register on a day (yyyymmdd). Built once a batch."""

    def __init__(self, day: int, villages: Villages) -> None:
        self._divisions = read_default_divisions()
        self._place = area_prefix(this_home().place)
        now = people.members(day)
        before = people.former_members(day)
        self._household_of = dict(
            zip([*before.ids, *now.ids], [*before.households, *now.households], strict=True)
        )
        self._now, self._before = self._register(now), self._register(before)
        self._by_number = {
            number: row for number, row in zip(now.person_numbers, now.ids, strict=True) if number
        }
        self._villages = villages
        self._village_of = queries.village_of_households()

    def _register(self, listed: people.People) -> Register:
        return Register(
            keys=listed.ids,
            names=listed.names,
            numbers=listed.numbers,
            villages=listed.villages,
            households=listed.households,
            births=listed.births,
            divisions=self._divisions,
            area=self._place,
        )

    def meant(self, extract: Extract, emitted: Emitted, known: Links) -> list[Meant]:
        """Whom each row of a list of persons means: members first, then who was one."""
        outcomes = link_rows(self._now, self._by_number, extract, emitted, known)
        unmatched = [
            row
            for row, found in zip(emitted.source_rows, outcomes, strict=True)
            if isinstance(found, Unmatched)
        ]
        if unmatched and len(self._before):
            before: Links = {}
            link_rows(self._before, {}, extract, emitted, before)
            for row in unmatched:
                found = before[row]
                if not isinstance(found, Unmatched) and found.how in _SURE:
                    known[row] = found
        return [self._meant(known[row]) for row in emitted.source_rows]

    def households(self, numbers: list[str | None]) -> list[Meant]:
        """The households that rows name by 户编号."""
        known = queries.households_by_number(numbers)
        return [Meant(household=known.get(number or "")) for number in numbers]

    def _meant(self, outcome: Outcome) -> Meant:
        if isinstance(outcome, Unmatched):
            return Meant(doubt=outcome.reason if outcome.is_doubtful else None)
        return Meant(outcome.person_key, self._household_of[outcome.person_key])

    def village(self, written: str | None, household: int | None) -> int | None:
        """The village that a row names, else that of its household."""
        named = self._villages.key(written)
        return named if named is not None else self._village_of.get(household or 0)
