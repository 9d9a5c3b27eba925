"""What several sources say of the same fields, read for people: where they differ, and how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import duckdb

from bangfu.intake.snapshots.comparisons import COLUMNS, compared
from bangfu.intake.snapshots.reading import opened, said_fields
from bangfu.intake.snapshots.tables import attached
from bangfu.policy.language.errors import did_you_mean
from bangfu.registry.field_values import NATIONAL, fields_of
from bangfu.terms.errors import UserError
from bangfu.terms.model import Field

KINDS = (NATIONAL, *COLUMNS)
PAIRS = ((NATIONAL, "档案"), (NATIONAL, "实际"), ("档案", "实际"), (NATIONAL, "手册"))
"""The pairs that the checks of consistency compare."""
TELLING_EMPTY = PAIRS[:2]
"""Those in which an empty national value differs from a value; else a source without a value says nothing."""
NO_VILLAGE = "(未写明村)"


@dataclass(frozen=True)
class Compared:
    """One field of one household or person; `values` by source, as `registry.canonical` writes them."""

    village: str
    household_no: str | None
    name: str | None  # of the head, or of the person whose field it is
    field: Field
    year: int | None
    values: Mapping[str, str | None]
    is_in_export: bool  # an empty national value is one, not a gap

    @property
    def pairs(self) -> dict[tuple[str, str], bool]:
        """The pairs that can be compared, and whether they agree."""
        return {
            pair: self.values[pair[0]] == self.values[pair[1]]
            for pair in PAIRS
            if self.values[pair[1]] is not None
            and (self.values[pair[0]] is not None or (pair in TELLING_EMPTY and self.is_in_export))
        }

    @property
    def differing(self) -> list[tuple[str, str]]:
        return [pair for pair, agrees in self.pairs.items() if not agrees]


@dataclass
class Tally:
    """How many were compared and how many differ, by field (its label) and by pair of sources."""

    rows: int = 0
    differing: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    fields_differing: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    pairs_differing: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: Compared) -> None:
        self.rows += 1
        self.differing += bool(row.differing)
        self.fields[row.field.label] += 1
        self.fields_differing[row.field.label] += bool(row.differing)
        self.pairs.update(list(row.pairs))
        self.pairs_differing.update(row.differing)

    @property
    def by_pair(self) -> Iterator[tuple[str, int, int]]:
        """The pair in words, how many were compared, how many differ."""
        for left, right in PAIRS:
            if count := self.pairs[left, right]:
                yield f"{left}与{right}", count, self.pairs_differing[left, right]

    @property
    def by_field(self) -> Iterator[tuple[str, int, int]]:
        """The same of each field, the most different first."""
        for label in sorted(self.fields, key=lambda name: (-self.fields_differing[name], name)):
            yield label, self.fields[label], self.fields_differing[label]


def compare_sources(day: int, village: str | None = None) -> Iterator[Compared]:
    """Every field of which an archive, a visit or a handbook said something by a day (yyyymmdd), village by village.

    UserError where no household is of the village.
    """
    with opened() as connection:
        yield from _compared(connection, day, village)


def _compared(connection: duckdb.DuckDBPyConnection, day: int, village: str | None) -> Iterator[Compared]:
    wanted = None if village is None else _village(connection, village)
    query = compared(day, attached, said_fields(connection)).sql()
    where = "" if wanted is None else "WHERE village = ?"
    found = connection.execute(
        f"SELECT village, household_no, name, person_key IS NOT NULL, field_name, data_year, "
        f"is_in_export, national_value, {', '.join(COLUMNS.values())} FROM ({_named(query)}) {where} "
        "ORDER BY village, household_no, household_key, person_key NULLS FIRST, row_key",
        [] if wanted is None else [wanted],
    )
    while rows := found.fetchmany(2_000):
        for place, number, name, is_person, field_name, year, exported, *values in rows:
            table = "person" if is_person else "household" if year is None else "annual_record"
            declared = fields_of(table)[field_name]
            told = dict(zip(KINDS, values, strict=True))
            yield Compared(place, number, name, declared, year, told, exported)


def tally(rows: Iterable[Compared]) -> Tally:
    counted = Tally()
    for row in rows:
        counted.add(row)
    return counted


def _named(query: str) -> str:
    """The comparisons with the village, the household and the person as people call them."""
    return (
        f"SELECT c.*, {_VILLAGE} AS village, h.nat_household_no AS household_no, "
        f"coalesce(e.full_name, h.head_name) AS name FROM ({query}) c "
        "JOIN home.household h ON h.id = c.household_key LEFT JOIN home.village v ON v.id = h.village_key "
        "LEFT JOIN home.person e ON e.id = coalesce(c.person_key, h.head_key)"
    )


_VILLAGE = f"coalesce(v.village_name, h.village_name, '{NO_VILLAGE}')"


def _village(connection: duckdb.DuckDBPyConnection, asked: str) -> str:
    """The village as the register calls it, with or without 村 at the end."""
    rows = connection.execute(
        f"SELECT DISTINCT {_VILLAGE} FROM home.household h LEFT JOIN home.village v ON v.id = h.village_key"
    ).fetchall()
    known = {name for (name,) in rows}
    for name in (asked, f"{asked}村", asked.removesuffix("村")):
        if name in known:
            return name
    raise UserError(f"台账里没有{asked}的户{did_you_mean(asked, known)}")
