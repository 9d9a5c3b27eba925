"""Which rows of a ledger a list is narrowed to, and the conditions that this makes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Q

from bangfu.ledger.tables import ledger
from bangfu.office.journal.rows import columns
from bangfu.registry.search import Way, meaning_of
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field, Table

_DATED = 3
"""Columns that are looked at for a row's year, each where those before it are empty."""
NARROW = 2_000
"""Up to so many persons a text is looked up by their numbers; with more, walking the list finds the next ones sooner."""


@dataclass(frozen=True)
class LedgerFilter:
    """Empty texts and None for no limit; `codes` are chosen labels by column, of `EMPTY` those without one.

    `text` is a person's, a household's or a thing's name or number. `watch` is the id of a list of what falls due.
    """

    text: str = ""
    village: int | None = None
    year: int | None = None
    period: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    watch: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text.strip() or self.village or self.year or self.period or self.codes)


EMPTY = "-"
"""Chosen instead of a label: the rows in which nobody wrote one."""


@dataclass(frozen=True)
class Found:
    """What a text finds; `hint` why it cannot be looked up. `is_few`: few rows, gathered before they are sorted."""

    condition: Q = field(default_factory=Q)
    hint: str = ""
    is_few: bool = False


def own_column(table: str, name: str) -> bool:
    """Whether the ledger keeps a column; some that rules read are computed."""
    return name in columns(ledger(table))


def code_fields(table: Table) -> list[Field]:
    """The columns with labels that a list can be narrowed by."""
    return [one for one in table.own_fields if one.type == "code" and own_column(table.name, one.name)]


def year_fields(table: Table) -> list[Field]:
    """By which columns a row is of a year: the one that says so; where it is empty the month it begins, or its day."""
    named = dict.fromkeys(("data_year", "period_from", *table.dated_by))
    there = (table.fields[name] for name in named if name in table.fields and own_column(table.name, name))
    return [one for one in there if one.unit == "year" or one.type in ("date", "month")][:_DATED]


def condition_of(table: str, asked: LedgerFilter) -> Q:
    """All but the text. What the ledger has no column for limits nothing."""
    declared, there = load_terms().table(table), columns(ledger(table))
    found = Q()
    if asked.village is not None and "village_key" in there:
        found &= Q(village_id=asked.village)
    if asked.year is not None:
        found &= _of_year(year_fields(declared), asked.year)
    if asked.period and "period" in there:
        found &= Q(period=asked.period)
    for name, label in asked.codes.items():
        if name in there:
            found &= Q(**{name: None if label == EMPTY else label})
    return found


def _of_year(fields: Sequence[Field], year: int) -> Q:
    found, before = Q(), Q()
    for one in fields:
        found |= before & _in_year(one, year)
        before &= Q(**{one.name: None})
    return found


def _in_year(by: Field, year: int) -> Q:
    if by.unit == "year":
        return Q(**{by.name: year})
    size = 10_000 if by.type == "date" else 100
    return Q(**{f"{by.name}__gte": year * size, f"{by.name}__lt": (year + 1) * size})


# -- a text ------------------------------------------------------------------------------------------


def found_by(table: str, text: str) -> Found:
    """The rows that a text means: of persons and households on file, of those written only, of things by name or number."""
    shown = unicodedata.normalize("NFKC", text).strip()
    if not shown:
        return Found()
    links, there = load_terms().table(table).links, columns(ledger(table))
    if "household_key" not in there and "person_key" not in there:
        return Found(_named_so(table, shown))
    meaning = meaning_of(shown)
    if meaning is None or meaning.hint:
        return Found(hint=meaning.hint if meaning else "")
    parts, few = [_exactly(table, shown)], True
    for way in meaning.ways:
        part, is_few = _of_way(way, has_person="person" in links)
        parts.append(part)
        few &= is_few
    return Found(reduce(or_, parts), is_few=few)


def _of_way(way: Way, *, has_person: bool) -> tuple[Q, bool]:
    people = way.persons if has_person else None
    wanted, column = (way.households, "household_id") if people is None else (people, "person_id")
    keys = [next(iter(row.values())) for row in wanted[: NARROW + 1]]
    if len(keys) <= NARROW:
        return Q(**{f"{column}__in": keys}), True
    return Q(**{f"{column}__in": wanted}), False


def _exactly(table: str, text: str) -> Q:
    """Rows as written: the whole name or number of somebody who is not on file, or a thing's own number."""
    there, found = columns(ledger(table)), Q(pk__in=())
    if "full_name" in there and "person_key" in there:
        found |= Q(person=None, full_name=text)
    for name in ("id_no", "loan_no", "project_no"):
        if name in there:
            found |= Q(**{name: text.upper()})
    return found


def _named_so(table: str, text: str) -> Q:
    names = titles_of(load_terms().table(table))
    return reduce(or_, (Q(**{f"{name}__icontains": text}) for name in names), Q(pk__in=()))


def titles_of(table: Table) -> Sequence[str]:
    """Columns that name a thing or number it: what a ledger of things is searched by."""
    own = [one for one in table.own_fields if one.type == "text" and own_column(table.name, one.name)]
    return [one.name for one in own if one.name.endswith(("_name", "_no", "title", "product", "name"))]
