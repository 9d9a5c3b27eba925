"""Writes a compared chunk by the register's own doors, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bangfu.intake.comparing import Compared, Comparison, Member
from bangfu.office.journal.writing import Writing
from bangfu.registry import actions
from bangfu.registry.actions import Happened, Join

PRECISION = {"识别": "月", "脱贫": "年", "返贫": "年", "纳入监测": "月", "风险消除": "月", "清退": "日"}


def apply_chunk(change: Writing, compared: Comparison, source: int, day: int) -> None:
    """`source` is the number of the sheet, `day` (yyyymmdd) the one it speaks of."""
    _Applier(change, compared.households, source, day).run()
    actions.withdraw_values(change, compared.withdrawn)
    actions.say(change, [replace(item, src=source) for item in compared.said])


class _Applier:
    def __init__(self, change: Writing, homes: Sequence[Compared], source: int, day: int) -> None:
        self.change = change
        self.homes = homes
        self.source = source
        self.day = day

    def run(self) -> None:
        self.write_households()
        self.write_persons()
        self.write_memberships()
        self.write_years()
        self.write_events()

    def write_households(self) -> None:
        old = [home for home in self.homes if home.household is not None and home.changes]
        new = [home for home in self.homes if home.household is None]
        ids = actions.add_households(
            self.change, [self.told(home.changes, home.row.sheet_row) for home in new]
        )
        for home, household in zip(new, ids, strict=True):
            home.household = household
        actions.change_households(
            self.change, {_id(home.household): self.told(home.changes, home.row.sheet_row) for home in old}
        )

    def write_persons(self) -> None:
        new = [m for home in self.homes for m in home.members if m.person is None]
        known = [m for home in self.homes for m in home.members if m.person is not None and m.changes]
        actions.put_person_records(
            self.change, [actions.past_person(m.past, m.was_at) for m in known if m.past is not None]
        )
        ids = actions.add_persons(self.change, [self.told(_own(m.changes), m.row.sheet_row) for m in new])
        for member, person in zip(new, ids, strict=True):
            member.person = person
        actions.change_persons(
            self.change, {_id(m.person): self.told(_own(m.changes), m.row.sheet_row) for m in known}
        )

    def write_memberships(self) -> None:
        joins = [
            Join(
                _id(member.person),
                _id(home.household),
                _joined(home, member, self.day),
                member.row.values.get("added_reason"),
                self.source,
                member.row.sheet_row,
            )
            for home in self.homes
            for member in home.members
            if member.joins
        ]
        actions.join(self.change, joins)
        heads = {}
        for home in self.homes:
            if home.head_changes and home.row.head is not None:
                row = home.row.members[home.row.head]
                heads[_id(home.household)] = next(m.person for m in home.members if m.row is row)
        actions.set_heads(self.change, heads, self.day)

    def write_years(self) -> None:
        records = [
            self.told({**home.record, "household_key": home.household}, home.row.sheet_row)
            for home in self.homes
            if home.record is not None
        ]
        actions.put_annual_records(self.change, records)
        new, old = [], {}
        for home in self.homes:
            if home.episode is None:
                continue
            values = self.told(home.episode, home.row.sheet_row)
            if "id" in home.episode:
                old[values.pop("id")] = values
            else:
                new.append({**values, "household_key": home.household})
        actions.open_episodes(self.change, new)
        actions.change_episodes(self.change, old)

    def write_events(self) -> None:
        events = [
            Happened(
                _id(home.household),
                event.event,
                event.on,
                None,
                PRECISION[event.event],
                self.source,
                home.row.sheet_row,
            )
            for home in self.homes
            for event in home.events
        ]
        actions.record_statuses(self.change, events)

    def told(self, values: dict[str, Any], sheet_row: int) -> dict[str, Any]:
        return {**values, "src": self.source, "src_row": sheet_row}


def _own(values: dict[str, Any]) -> dict[str, Any]:
    """Without what events answer."""
    return {name: value for name, value in values.items() if name not in ("nat_household_no", "id18")}


def _joined(home: Compared, member: Member, day: int) -> int:
    """Since when a member who is new on file belongs: as the file says, never before the birth."""
    values, of_home = member.row.values, home.row.values["household"]
    month = values.get("person_identified_on") or of_home.get("first_identified_on")
    told = values.get("added_on") or (month * 100 + 1 if month else day)
    return max(min(told, day), values.get("birth_date") or 0)


def _id(row: int | None) -> int:
    assert row is not None
    return row
