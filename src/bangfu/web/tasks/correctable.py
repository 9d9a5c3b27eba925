"""What of the register an answer may correct: the rows a task is about, their fields, and what stands in them now."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bangfu.casework.corrections import fields_of, held_text
from bangfu.casework.queries import TaskLine
from bangfu.engine.evidence import fields_of as fields_read
from bangfu.findings.handing_out import subject_row
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.queries import is_ledger, rows_at
from bangfu.office.journal.rows import Row
from bangfu.office.masking import masked, number_kind
from bangfu.office.words import HIDDEN
from bangfu.registry import queries as registry
from bangfu.registry.entries import ENTRIES, entries
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

PREFIX = "c."
"""What the inputs of corrections begin with: c.person.12.birth_date."""
EMPTIED = "-"
"""Typed where a value is to be taken away: an empty input leaves it as it is."""
_LATEST_YEARS = 2
_UNITS = {
    "yuan": "元",
    "mu": "亩",
    "sqm": "平方米",
    "km": "公里",
    "metres": "米",
    "minutes": "分钟",
    "days": "天",
}
_EXPECTED = {
    "codes": "可填多项，用顿号分开",
    "integer": "整数",
    "decimal": "数字",
    "money": "单位元",
    "month": "年-月，如 2020-03",
}


@dataclass(frozen=True)
class Correctable:
    """A field of a row. `now` is shown, numbers of persons masked; `choices` where there is a code list."""

    table: str
    row: int
    field: Field
    now: str
    choices: tuple[str, ...] = ()
    typed: str = ""
    wrong: str = ""

    @property
    def name(self) -> str:
        return f"{PREFIX}{self.table}.{self.row}.{self.field.name}"

    @property
    def help(self) -> str:
        unit = _UNITS.get(self.field.unit or "", "")
        return (unit and f"单位{unit}") or _EXPECTED.get(self.field.type, "")


@dataclass(frozen=True)
class Place:
    """A row that can be corrected, as people call it."""

    table: str
    row: int
    title: str

    @property
    def key(self) -> str:
        return f"{self.table}.{self.row}"


@dataclass(frozen=True)
class Block:
    """A row with some or all of its fields."""

    place: Place
    fields: tuple[Correctable, ...]
    is_whole: bool = False


def places(task: TaskLine, day: int) -> list[Place]:
    """The rows that a task is about: what its finding is about first, then the household, its members and its years."""
    found = {place.key: place for place in _places(task, day)}
    return list(found.values())


def suggested(task: TaskLine, listed: Sequence[Place], day: int, *, sees_all: bool) -> list[Block]:
    """The fields that the task's rule has read: of the row that it is about, and of a household's latest year."""
    check = home_rulebook().checks.get(task.rule_id or "")
    if check is None or not listed or listed[0].table != check.subject:
        return []
    year = next((place for place in listed if place.table == "annual_record"), None)
    about = [listed[0], year] if year is not None and check.subject == "household" else [listed[0]]
    names = fields_read(check)
    found = [block(place, day, sees_all=sees_all, names=names) for place in about]
    return [one for one in found if one.fields]


def block(place: Place, day: int, *, sees_all: bool, names: Iterable[str] | None = None) -> Block:
    """A row's fields, or those named, as they stand."""
    fields = fields_of(place.table)
    row = rows_of_table(place.table, [place.row]).get(place.row, {})
    wanted = fields if names is None else [name for name in names if name in fields]
    listed = tuple(_correctable(place, fields[name], row, day, sees_all) for name in wanted)
    return Block(place, listed, is_whole=names is None)


def without(found: Block, taken: Container[str]) -> Block:
    """The block without the fields whose inputs are on the page already."""
    return replace(found, fields=tuple(one for one in found.fields if one.name not in taken))


def filled(found: Block, typed: Mapping[str, str], wrong: Mapping[str, str]) -> Block:
    """With what was typed into it, and what is wrong with that."""
    fields = tuple(
        replace(one, typed=typed.get(one.name, ""), wrong=wrong.get(one.name.removeprefix(PREFIX), ""))
        for one in found.fields
    )
    return replace(found, fields=fields)


def rows_of_table(table: str, ids: list[int]) -> dict[int, Row]:
    if is_ledger(table):
        return rows_at(table, ids)
    return entries(table, ids) if table in ENTRIES else {}


def _places(task: TaskLine, day: int) -> Iterator[Place]:
    ledger_row = subject_row(task.finding_no) if task.finding_no is not None else None
    if ledger_row is not None and fields_of(ledger_row[0]):
        yield Place(*ledger_row, _label(ledger_row[0]))
    if task.household_id is None:
        if task.village_id is not None:
            yield Place("village", task.village_id, task.village_name or _label("village"))
        return
    persons = list(_persons(task, day))
    subject = [place for place in persons if place.row == _subject_person(task)]
    yield from subject
    yield Place("household", task.household_id, "户的情况")
    yield from persons
    frozen = registry.frozen_years()
    records = sorted(registry.records_of([task.household_id]).items(), reverse=True)
    for (_, year), row in [one for one in records if one[0][1] not in frozen][:_LATEST_YEARS]:
        yield Place("annual_record", row["id"], f"{year} 年度收入和条件")
    for (_, month), row in registry.episodes_of([task.household_id]).items():
        since = f"（{month // 100}-{month % 100:02d} 起）" if month else ""
        yield Place("monitoring_episode", row["id"], f"监测{since}")


def _persons(task: TaskLine, day: int) -> Iterator[Place]:
    members = registry.members_on(day, [task.household_id or 0]).get(task.household_id or 0, [])
    subject = _subject_person(task)
    rows = registry.person_rows([*members, *([subject] if subject else [])])
    for number in dict.fromkeys([*members, *([subject] if subject else [])]):
        if number in rows:
            row = rows[number]
            relation = f"（{row['relation_to_head']}）" if row["relation_to_head"] else ""
            yield Place("person", number, f"{row['full_name'] or '没有姓名'}{relation}")


def _subject_person(task: TaskLine) -> int | None:
    if task.object_level != "人" or not task.object_no:
        return None
    return registry.persons_by_number([task.object_no]).get(task.object_no)


def _correctable(place: Place, field: Field, row: Row, day: int, sees_all: bool) -> Correctable:
    text = held_text(field, row.get(field.name))
    return Correctable(place.table, place.row, field, _shown(field, text, sees_all), _choices(field, day))


def _choices(field: Field, day: int) -> tuple[str, ...]:
    if field.type == "yes_no":
        return ("是", "否")
    codes = home_rulebook().codelists.get(field.codes or "")
    return tuple(label.label for label in codes.version(day).labels) if codes else ()


def _shown(field: Field, text: str | None, sees_all: bool) -> str:
    if text is None:
        return "空"
    if not sees_all and field.sensitivity != "open":
        return HIDDEN
    kind = number_kind(field)
    return masked(kind, text) if kind else text.replace(";", "、") if field.type == "codes" else text


def _label(table: str) -> str:
    return load_terms().table(table).label
