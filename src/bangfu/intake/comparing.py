"""A chunk of a national export against the register: what is new, what changed, what only a person can settle.

What the file does not speak of is left alone; an empty cell of a column that it has is told as empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.national_values import NationalValues, never_said
from bangfu.intake.persons_on_file import PersonsOnFile
from bangfu.intake.places import Villages
from bangfu.intake.register_file import HouseholdRow, MemberRow, Values
from bangfu.intake.standing import GONE, MOVED, standing
from bangfu.registry import queries
from bangfu.registry.actions import Said
from bangfu.registry.happenings import happenings_of
from bangfu.registry.statuses import Happening, contradictions

SOURCE = frozenset({"src", "src_row"})


@dataclass(frozen=True)
class Asked:
    """A question that a row raises."""

    kind: str
    table: str
    message: str
    sheet_row: int | None
    row: int | None = None
    household_no: str = ""


@dataclass(frozen=True)
class Change:
    """A column of a row that is there: its value before and in the file."""

    table: str
    row: int
    column: str
    old: Any
    new: Any
    sheet_row: int


@dataclass
class Member:
    """A member as the file has it, and who on file that is; `person` None: somebody new."""

    row: MemberRow
    person: int | None
    changes: Values = field(default_factory=dict)
    joins: bool = False
    past: Values | None = None  # what the register said of an earlier year
    was_at: int | None = None


@dataclass
class Compared:
    """A household of the file, and which of the register that is; `household` None: a new one."""

    row: HouseholdRow
    household: int | None
    members: list[Member]
    changes: Values = field(default_factory=dict)
    record: Values | None = None  # of the year, where it is new or differs
    record_changes: Values = field(default_factory=dict)
    episode: Values | None = None
    events: list[Happening] = field(default_factory=list)
    head_changes: bool = False


@dataclass
class Comparison:
    households: list[Compared] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    questions: list[Asked] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)
    seen: set[int] = field(default_factory=set)
    """Persons on file whom the chunk names."""
    added: dict[str, int] = field(default_factory=dict)
    """New rows of tables that stand beside the register."""
    said: list[Said] = field(default_factory=list)
    withdrawn: list[int] = field(default_factory=list)
    """Kept national values that the file replaces."""


def compare(
    chunk: Sequence[HouseholdRow],
    day: int,
    named: set[str],
    villages: Villages,
    stronger: Set[int] = frozenset(),
) -> Comparison:
    """`day` (yyyymmdd) is the one the file speaks of; `named` the 人编号 that its chunks named so far, added to.

    What a sheet among the `stronger` gave is passed over.
    """
    return _Comparer(chunk, day, named, villages, stronger).run()


class _Comparer:
    def __init__(
        self,
        chunk: Sequence[HouseholdRow],
        day: int,
        named: set[str],
        villages: Villages,
        stronger: Set[int],
    ) -> None:
        self.chunk = chunk
        self.day = day
        self.named = named
        self.homes = queries.households_by_number(home.number for home in chunk)
        self.on_file = PersonsOnFile(member.values for home in chunk for member in home.members)
        self.persons = self.on_file.rows
        self.belongs = queries.household_on(day, self.persons)
        self.household_rows = queries.household_rows(self.homes.values())
        self.villages = villages
        self.stronger = stronger
        self.records = queries.records_of(self.homes.values())
        self.episodes = queries.episodes_of(self.homes.values())
        self.told = happenings_of(self.homes.values())
        self.national = NationalValues(self.homes.values(), self.persons)
        self.settled_moves = standing(MOVED)
        self.result = Comparison()

    def run(self) -> Comparison:
        for home in self.chunk:
            if home.number is None:
                told = "户编号是空的,不能登记,请在国网系统补齐后重新导出"
                self.ask("没有户编号", "household", told, home.sheet_row)
                continue
            self.household(home)
        return self.result

    def household(self, home: HouseholdRow) -> None:
        household = self.homes.get(home.number or "")
        members = [self.member(row, household, home.number) for row in home.members]
        compared = Compared(home, household, [member for member in members if member is not None])
        values = self.with_village(home.values["household"])
        self.size(home, values.pop("current_household_size", None))
        known = self.household_rows.get(household or 0, {})
        if known.get("src") in self.stronger:
            compared.members = [member for member in compared.members if member.person is None]
            if compared.members:
                self.result.households.append(compared)
            return
        compared.changes = {
            name: value for name, value in values.items() if household is None or known.get(name) != value
        }
        if household is not None:
            self.note("household", household, known, compared.changes, home.sheet_row)
            self.hears("household", household, known, values, home.sheet_row)
            if not compared.changes:
                self.same("household")
        self.record(home, household, compared)
        self.episode(home, household, compared)
        self.events(home, household, compared)
        self.head(home, household, compared, known)
        self.result.households.append(compared)

    def size(self, home: HouseholdRow, stated: int | None) -> None:
        """How many belong to a household is counted here: a number that differs is for a person to settle."""
        if stated is not None and stated != len(home.members):
            told = f"户 {home.number} 写的当前家庭人口数是 {stated},名单里有 {len(home.members)} 人,请核实"
            self.ask("人口数不符", "household", told, home.sheet_row, self.homes.get(home.number or ""))

    def member(self, row: MemberRow, household: int | None, home_no: str | None) -> Member | None:
        person, number = self.on_file.who(row.values), row.values.get("nat_person_no")
        if person in self.result.seen or number in self.named:
            told = f"“{row.values.get('full_name')}”在名单里不止一行,只认第一行"
            self.ask("同一人出现两次", "person", told, row.sheet_row, person)
            return None
        if number:
            self.named.add(number)
        if person is None:
            return Member(row, None, dict(row.values), joins=True)
        self.result.seen.add(person)
        known = self.persons[person]
        if known["src"] in self.stronger:
            return None
        changes = {
            name: value for name, value in row.values.items() if name in known and known[name] != value
        }
        self.note("person", person, known, changes, row.sheet_row)
        self.hears("person", person, known, row.values, row.sheet_row)
        if not changes:
            self.same("person")
        at = self.belongs.get(person)
        if at is not None and at != household and (person, home_no) not in self.settled_moves:
            told = f"“{known['full_name']}”登记在另一户,请核实是否迁入本户"
            self.result.questions.append(
                Asked(MOVED, "membership", told, row.sheet_row, person, home_no or "")
            )
        later = known["data_year"] is not None and (row.values.get("data_year") or 0) > known["data_year"]
        return Member(row, person, changes, at is None, known if later else None, at)

    def record(self, home: HouseholdRow, household: int | None, compared: Compared) -> None:
        values = home.values["annual_record"]
        year = values.get("data_year")
        if year is None or set(values) <= {"data_year"}:
            return
        known = self.records.get((household or 0, year))
        if known is None:
            compared.record = dict(values)
            return
        changes = {name: value for name, value in values.items() if known[name] != value}
        self.note("annual_record", known["id"], known, changes, home.sheet_row)
        self.hears("annual_record", known["household_key"], known, values, home.sheet_row, year)
        if changes:
            compared.record, compared.record_changes = {"data_year": year, **changes}, changes
        else:
            self.same("annual_record")

    def episode(self, home: HouseholdRow, household: int | None, compared: Compared) -> None:
        values = {
            name: value for name, value in home.values["monitoring_episode"].items() if name != "data_year"
        }
        if values.get("monitor_type") is None and values.get("monitored_from") is None:
            return
        known = self.episodes.get((household or 0, values.get("monitored_from")))
        if known is None:
            compared.episode = values
            return
        changes = {name: value for name, value in values.items() if known[name] != value}
        self.note("monitoring_episode", known["id"], known, changes, home.sheet_row)
        if changes:
            compared.episode = {"id": known["id"], **changes}
        else:
            self.same("monitoring_episode")

    def events(self, home: HouseholdRow, household: int | None, compared: Compared) -> None:
        """Events that the file implies and nobody recorded."""
        told = self.told.get(household or 0, [])
        values = {**home.values["household"], **home.values["monitoring_episode"]}
        new = [event for event in implied_events(values, self.day) if not _is_told(event, told)]
        later = [event for event in new if event.on > self.day]
        if later:
            self.ask(
                "状态在将来",
                "status_event",
                f"户 {home.number} 的{'、'.join(event.event for event in later)}晚于数据日期,没有登记",
                home.sheet_row,
                household,
            )
        new = [event for event in new if event.on <= self.day]
        wrong = contradictions([*told, *new]) if new else []
        if wrong:
            told_so = f"户 {home.number} 的状态前后矛盾,没有登记:{';'.join(wrong)}"
            self.ask("状态矛盾", "status_event", told_so, home.sheet_row, household)
        else:
            compared.events = new

    def head(self, home: HouseholdRow, household: int | None, compared: Compared, known: Values) -> None:
        heads = [m for m in home.members if m.values.get("relation_to_head") == "户主"]
        if len(heads) > 1:
            told = f"户 {home.number} 有 {len(heads)} 个户主,没有改动户主"
            self.ask("两个户主", "household", told, home.sheet_row, household)
            return
        if home.head is None:
            told = f"户 {home.number} 没有户主,没有改动户主"
            self.ask("没有户主", "household", told, home.sheet_row, household)
            return
        head = next((m for m in compared.members if m.row is home.members[home.head]), None)
        compared.head_changes = head is not None and (
            household is None or head.person is None or known.get("head_key") != head.person
        )

    def with_village(self, values: Values) -> Values:
        name = values.get("village_name")
        key = self.villages.key(name)
        return {**values, "village_key": key} if name else dict(values)

    def note(self, table: str, row: int, known: Values, changes: Values, sheet_row: int) -> None:
        self.result.changes.extend(
            Change(table, row, name, known[name], value, sheet_row) for name, value in changes.items()
        )

    def hears(
        self, table: str, owner: int, known: Values, values: Values, sheet_row: int, year: int | None = None
    ) -> None:
        """What the national system says anew of fields whose earlier value was kept, and what it never said."""
        for settled in self.national.settled(table, owner, values, year):
            self.result.withdrawn.append(settled.row)
            if settled.old != settled.new:
                change = Change("field_value", settled.row, settled.name, settled.old, settled.new, sheet_row)
                self.result.changes.append(change)
        self.result.said.extend(never_said(table, owner, known, values, year))

    def same(self, table: str) -> None:
        self.result.unchanged[table] = self.result.unchanged.get(table, 0) + 1

    def ask(self, kind: str, table: str, message: str, sheet_row: int | None, row: int | None = None) -> None:
        self.result.questions.append(Asked(kind, table, message, sheet_row, row))


def missing(sources: Iterable[int], seen: set[int], day: int) -> Comparison:
    """Members whom earlier lists of this kind brought and the file does not name: questions, never deletions."""
    result = Comparison()
    known = {person for person, _ in standing(GONE)}
    gone = [
        person for person in queries.members_from(sources, day) if person not in seen and person not in known
    ]
    for person, row in sorted(queries.person_rows(gone).items()):
        told = f"“{row['full_name']}”以前在这种名单里,这次没有。请核实;确已减少的,登记减少日期和原因"
        result.questions.append(Asked(GONE, "person", told, None, person))
    return result


def implied_events(values: Mapping[str, Any], day: int) -> Iterator[Happening]:
    """The events that the columns of an export of a day tell.

    A month is its first day; a year its last, or the day of the export where that comes first.
    """
    if month := values.get("first_identified_on"):
        yield Happening("识别", month * 100 + 1)
    if approved := values.get("exit_approved_on"):
        yield Happening("脱贫", approved)
    elif year := values.get("exit_year"):
        yield Happening("脱贫", _in_year(year, day))
    if year := values.get("return_year"):
        yield Happening("返贫", _in_year(year, day))
    if month := values.get("monitored_from"):
        yield Happening("纳入监测", month * 100 + 1)
    if month := values.get("risk_removed_on"):
        yield Happening("风险消除", month * 100 + 1)
    if cancelled := values.get("cancelled_on"):
        yield Happening("清退", cancelled)


def _in_year(year: int, day: int) -> int:
    return day if year == day // 10000 else year * 10000 + 1231


def _is_told(event: Happening, told: Iterable[Happening]) -> bool:
    """Whether it is recorded already: exits and returns are known by their year, all else by the month."""
    scale = 10000 if event.event in ("脱贫", "返贫") else 100
    return any(one.event == event.event and one.on // scale == event.on // scale for one in told)
