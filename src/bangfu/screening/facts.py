"""Extracts of all files -> one dataset: who is on file, what every list says of them, and what matched nobody."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pyarrow as pa

from bangfu.engine.dataset import PARTITIONS, Dataset
from bangfu.linkage import Register, Unmatched
from bangfu.policy.language.types import scaled
from bangfu.policy.model import Policy
from bangfu.screening.cells import Sources
from bangfu.screening.columns import Builder, Part, assemble
from bangfu.screening.households import group_households
from bangfu.screening.linking import Links, link_rows, person_of
from bangfu.screening.twins import fill_twins
from bangfu.spreadsheets.extract import ARROW_TYPES, Emitted, Extract
from bangfu.terms.divisions import Divisions
from bangfu.terms.id_number import clean_id

SIGNATURE = ("household_phone", "bank_account_no", "village_name", "natural_village", "net_income")
Keys = dict[str, list[int | None]]


@dataclass(frozen=True)
class Unlinked:
    """A row of a department's list that matched nobody on file, and why."""

    file: str
    sheet: str
    row: int
    name: str
    village: str
    reason: str


@dataclass
class Facts:
    """What the files hold, ready to be checked, and where each row came from."""

    dataset: Dataset
    sources: Sources
    unlinked: list[Unlinked]
    repeated: dict[str, int]
    """Files whose persons another file already gave: name -> number of rows passed over."""
    overlays: dict[str, dict[str, tuple[int, dict[int, int]]]] = field(default_factory=dict)
    """table -> field -> (origin, row_key -> row of that origin), for fields that came from a second list."""
    village_labels: dict[str, str] = field(default_factory=dict)
    """Village names as written -> the name of the division table, where it is known."""

    def village(self, written: str | None) -> str:
        return self.village_labels.get(written or "", (written or "").strip())


class Assembly:
    """One assembly of the files of one place."""

    def __init__(self, policy: Policy, divisions: Divisions | None, place: str) -> None:
        self.policy = policy
        self.divisions = divisions
        self.place = place
        self.builder = Builder()
        self.keys: dict[str, dict[int, Keys]] = {}
        self.unlinked: list[Unlinked] = []
        self.repeated: dict[str, int] = {}
        self.persons: dict[str, list[Any]] = {}
        self.by_number: dict[str, int] = {}
        self.register: Register | None = None
        self.heads: list[int | None] = []
        self.household_villages: list[int | None] = []
        self.household_numbers: list[str | None] = []
        self.overlay_columns: dict[str, pa.Array] = {}
        self.overlays: dict[str, dict[str, tuple[int, dict[int, int]]]] = {}

    def assemble(self, extracts: Sequence[Extract], connection: duckdb.DuckDBPyConnection) -> Facts:
        registers = [item for item in extracts if item.recognised.layout.kind == "register"]
        for extract in sorted(registers, key=lambda item: -item.recognised.layout.rank):
            self.add_register(extract)
        self.index_persons()
        for extract in extracts:
            if extract.recognised.layout.kind == "villages":
                self.add_plain(extract)
        for extract in extracts:
            if extract.recognised.layout.kind in ("list", "removals"):
                self.add_list(extract)
        self.add_totals(extracts)
        return self.facts(connection)

    # -- the register ---------------------------------------------------------------------------

    def add_register(self, extract: Extract) -> None:
        """Persons and households of an export; persons whom an earlier file already gave are passed over."""
        by_table = {emitted.table: emitted for emitted in extract.emitted}
        people = self.builder.part(extract, by_table["person"])
        household = self.builder.part(extract, by_table["household"])
        kept = self.new_rows(extract, people)
        if len(kept) < len(people.rows):
            self.repeated[extract.grid_file] = len(people.rows) - len(kept)
            people, household = people.take(kept), household.take(kept)
        if not people.rows:
            return
        grouping = group_households(
            household.values("nat_household_no"), people.values("relation_to_head"), _signatures(household)
        )
        base, first_person = len(self.heads), len(self.persons.get("name", ()))
        household = household.take(grouping.first_row)
        self.heads.extend(None if row is None else first_person + row for row in grouping.head_row)
        self.household_numbers.extend(household.values("nat_household_no"))
        household_keys = [base + number for number in grouping.household_of]
        villages = household.values("village_name")
        self.put("household", household, {"head_key": list(self.heads[base:])})
        self.put("person", people, {"household_key": list(household_keys)})
        for name, values in (
            ("name", people.values("full_name")),
            ("number", people.values("id_no")),
            ("person_no", people.values("nat_person_no")),
            ("birth", people.values("birth_date")),
            ("household", household_keys),
            ("village", [villages[number] for number in grouping.household_of]),
        ):
            self.persons.setdefault(name, []).extend(values)

    def new_rows(self, extract: Extract, people: Part) -> list[int]:
        """Rows of persons that no earlier file has; repeats within one file stay, they are faults to find."""
        earlier = dict(self.by_number)
        kept = []
        for row, number in enumerate(people.values("nat_person_no")):
            if number is None or earlier.get(number) is None:
                kept.append(row)
            if number is not None:
                self.by_number.setdefault(number, len(kept))
        return kept

    def index_persons(self) -> None:
        names = self.persons.get("name", [])
        self.by_number = {
            number: key for key, number in enumerate(self.persons.get("person_no", [])) if number is not None
        }
        self.register = Register(
            keys=list(range(len(names))),
            names=[name or "" for name in names],
            numbers=[number or "" for number in self.persons.get("number", [])],
            villages=[village or "" for village in self.persons.get("village", [])],
            households=self.persons.get("household", []),
            births=self.persons.get("birth", []),
            divisions=self.divisions,
            area=self.place,
        )

    def put(self, table: str, part: Part, keys: Keys) -> None:
        self.keys.setdefault(table, {})[len(self.builder.parts.get(table, ()))] = keys
        self.derive(table, part)
        self.builder.add(table, part)

    def derive(self, table: str, part: Part) -> None:
        """Fields that are computed when a list is read."""
        fields = self.policy.terms.table(table).fields
        if "id18" in fields and "id_no" in part.columns:
            numbers = part.values("id_no")
            part.columns["id18"] = pa.array(
                [number[:18] if number else None for number in numbers], pa.string()
            )
        fill_twins(part.columns, frozenset(fields))
        if table == "village" and self.divisions is not None:
            part.columns["division_village_name"] = pa.array(
                list(map(self.division_name, part.values("village_code"), part.values("village_name"))),
                pa.string(),
            )

    def division_name(self, code: str | None, written: str | None) -> str | None:
        """The name the division table has for a code; the written one where they differ only in 村 or 村委会."""
        found = self.divisions.get(code) if self.divisions is not None and code else None
        if found is None or self.divisions is None:
            return None
        meant = self.divisions.resolve_village(written or "", self.place)
        return written if meant.code == code and meant.how in ("exact", "ending") else found.name

    # -- lists ----------------------------------------------------------------------------------

    def add_plain(self, extract: Extract) -> None:
        for emitted in extract.emitted:
            self.put(emitted.table, self.builder.part(extract, emitted), {})

    def add_list(self, extract: Extract) -> None:
        """A department's list: each row joined to the person it means; all emits of a row share the answer."""
        links: Links = {}
        for emitted in extract.emitted:
            part = self.builder.part(extract, emitted)
            table = self.policy.terms.table(emitted.table)
            if emitted.table == "household":
                self.overlay_households(part)
                continue
            keys: Keys = {}
            if "person" in table.links:
                people = self.people_of(extract, emitted, links)
                keys["person_key"] = people
                keys["household_key"] = [
                    None if key is None else self.persons["household"][key] for key in people
                ]
                if "beneficiary" in table.fields:
                    part.columns["beneficiary"] = pa.array(list(_beneficiaries(part, people)), pa.string())
            elif "household" in table.links:
                keys["household_key"] = self.households_of(part)
            self.put(emitted.table, part, keys)

    def add_totals(self, extracts: Sequence[Extract]) -> None:
        """The totals rows of all lists, to be compared with what their rows add up to."""
        for extract in extracts:
            if not extract.totals:
                continue
            cells = {i: (total.row, total.column, total.text) for i, total in enumerate(extract.totals)}
            emitted = Emitted("list_total", {}, list(cells), {}, cells)
            part = self.builder.part(extract, emitted)
            count = len(cells)
            part.columns = {
                "list_name": pa.array([extract.grid_file] * count, pa.string()),
                "sheet_name": pa.array([extract.sheet] * count, pa.string()),
                "column_label": pa.array([total.header for total in extract.totals], pa.string()),
                "total_kind": pa.array(
                    ["小计" if t.kind == "小计" else "合计" for t in extract.totals], pa.string()
                ),
                "stated": pa.array([scaled(total.stated, "decimal") for total in extract.totals], pa.int64()),
                "computed": pa.array(
                    [scaled(total.computed, "decimal") for total in extract.totals], pa.int64()
                ),
            }
            self.put("list_total", part, {})

    def people_of(self, extract: Extract, emitted: Emitted, links: Links) -> list[int | None]:
        assert self.register is not None
        new = {row for row in emitted.source_rows if row not in links}
        outcomes = link_rows(self.register, self.by_number, extract, emitted, links)
        names, villages = _texts(emitted, "full_name"), _texts(emitted, "village_name")
        for i, (row, outcome) in enumerate(zip(emitted.source_rows, outcomes, strict=True)):
            if row in new and isinstance(outcome, Unmatched):
                self.unlinked.append(
                    Unlinked(
                        extract.grid_file,
                        extract.sheet,
                        extract.row_numbers[row],
                        names[i],
                        villages[i],
                        outcome.reason,
                    )
                )
        return [person_of(outcome) for outcome in outcomes]

    def households_of(self, part: Part) -> list[int | None]:
        by_number = {number: key for key, number in enumerate(self.household_numbers) if number is not None}
        return [by_number.get(number) if number else None for number in part.values("nat_household_no")]

    def overlay_households(self, part: Part) -> None:
        """A list of households: its fields are added to the households of the register that lack them."""
        by_number: dict[str, list[int]] = {}
        for key, number in enumerate(self.household_numbers):
            if number is not None:
                by_number.setdefault(number, []).append(key)
        row_of: dict[int, int] = {}
        for i, (number, head) in enumerate(
            zip(part.values("nat_household_no"), part.values("head_id_no"), strict=True)
        ):
            for key in by_number.get(number or "", ()):
                if len(by_number[number]) == 1 or self.head_number(key) == clean_id(head or ""):
                    row_of.setdefault(key, i)
        order = pa.array([row_of.get(key) for key in range(len(self.household_numbers))], pa.int64())
        for name, column in part.columns.items():
            if name in self.overlay_columns or any(
                name in p.columns for p in self.builder.parts.get("household", ())
            ):
                continue
            self.overlay_columns[name] = column.take(order)
            rows = {key: part.rows[i] for key, i in row_of.items()}
            self.overlays.setdefault("household", {})[name] = (part.origin, rows)

    def head_number(self, household: int) -> str | None:
        head = self.heads[household]
        return None if head is None else self.persons["number"][head]

    # -- the dataset ----------------------------------------------------------------------------

    def facts(self, connection: duckdb.DuckDBPyConnection) -> Facts:
        relations: dict[str, str] = {}
        fields: dict[str, frozenset[str]] = {}
        village_keys = self.village_keys()
        for name, parts in sorted(self.builder.parts.items(), key=lambda item: item[0] != "household"):
            table = assemble(self.policy.terms.table(name), parts, self.keys.get(name, {}))
            if name == "household":
                for extra, column in self.overlay_columns.items():
                    table = table.append_column(extra, column)
            table = self.with_villages(name, table, village_keys)
            table = _with_join_columns(table, self.policy, name)
            given = frozenset(
                column for column in table.column_names if not _all_missing_join(table, column, parts)
            )
            connection.register("incoming", table)
            connection.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM incoming')
            connection.unregister("incoming")
            relations[name], fields[name] = f'"{name}"', given
        dataset = Dataset(connection, relations, fields, self.kinds())
        labels = dict(self.village_labels())
        return Facts(dataset, self.builder, self.unlinked, self.repeated, self.overlays, labels)

    def village_labels(self) -> Iterator[tuple[str, str]]:
        """Every spelling of a village -> the spelling that most rows use for the same place."""
        if self.divisions is None:
            return
        written = Counter(
            name
            for parts in self.builder.parts.values()
            for p in parts
            for name in p.values("village_name")
            if name
        )
        chosen: dict[str, str] = {}
        for name, _ in written.most_common():
            code = self.divisions.resolve_village(name, self.place).code
            if code:
                yield name, chosen.setdefault(code, name)

    def kinds(self) -> frozenset[tuple[str, str]]:
        """The kinds of list that were loaded, with or without rows."""
        named: set[tuple[str, str]] = set()
        for table, field_name in PARTITIONS.items():
            for part in self.builder.parts.get(table, ()):
                named.update((table, value) for value in set(part.values(field_name)) if value)
                origin = self.builder.origins[part.origin]
                for emit in origin.extract.recognised.layout.emits:
                    if emit.table == table and field_name in emit.constants:
                        named.add((table, emit.constants[field_name]))
        return frozenset(named)

    def village_keys(self) -> dict[str, int]:
        keys: dict[str, int] = {}
        row = 0
        for part in self.builder.parts.get("village", ()):
            for name in part.values("village_name"):
                if name:
                    keys.setdefault(self.village_key(name), row)
                row += 1
        return keys

    def village_key(self, name: str) -> str:
        if self.divisions is not None:
            code = self.divisions.resolve_village(name, self.place).code
            if code:
                return code
        return unicodedata.normalize("NFKC", "".join(name.split()))

    def with_villages(self, name: str, table: pa.Table, keys: dict[str, int]) -> pa.Table:
        """village_key by the village named in the row, else of its household."""
        if "village_key" not in table.column_names:
            return table
        count = len(table)
        written = (
            table["village_name"].to_pylist() if "village_name" in table.column_names else [None] * count
        )
        homes = (
            table["household_key"].to_pylist() if "household_key" in table.column_names else [None] * count
        )
        resolved: dict[str | None, int | None] = {None: None}
        column: list[int | None] = []
        for village, home in zip(written, homes, strict=True):
            if village not in resolved:
                resolved[village] = keys.get(self.village_key(village))
            key = resolved[village]
            column.append(self.household_villages[home] if key is None and home is not None else key)
        if name == "household":
            self.household_villages = column
        index = table.column_names.index("village_key")
        return table.set_column(index, "village_key", pa.array(column, pa.int64()))


def _signatures(household: Part) -> list[object]:
    columns = [household.values(name) for name in SIGNATURE if name in household.columns]
    return list(zip(*columns, strict=True)) if columns else [None] * len(household.rows)


def _texts(emitted: Emitted, name: str) -> list[str]:
    column = emitted.columns.get(name)
    return [""] * len(emitted.source_rows) if column is None else [text or "" for text in column.to_pylist()]


def _beneficiaries(part: Part, people: Sequence[int | None]) -> Iterator[str | None]:
    """Who a row is about: the person on file, else number and name, else name and village."""
    names, numbers, villages = part.values("full_name"), part.values("id_no"), part.values("village_name")
    for key, name, number, village in zip(people, names, numbers, villages, strict=True):
        if key is not None:
            yield f"p{key}"
        elif name is None:
            yield None
        else:
            yield f"{number[:18] if number else village or ''}|{name}"


def _with_join_columns(table: pa.Table, policy: Policy, name: str) -> pa.Table:
    """Columns that relations join on exist even when no list has them: they are missing everywhere."""
    wanted = {own for relation in policy.terms.table(name).relations.values() for own, _ in relation.on}
    for other in policy.terms.tables.values():
        for relation in other.relations.values():
            if relation.to == name:
                wanted.update(target for _, target in relation.on)
                if relation.year_offset is not None:
                    wanted.add("data_year")
    fields = policy.terms.table(name).fields
    for column in sorted(wanted - set(table.column_names)):
        kind = ARROW_TYPES[fields[column].type] if column in fields else pa.int64()
        table = table.append_column(column, pa.nulls(len(table), kind))
    return table


def _all_missing_join(table: pa.Table, column: str, parts: Sequence[Part]) -> bool:
    """A column added only to be joined on is not a column that some file has."""
    return not any(column in part.columns for part in parts) and table[column].null_count == len(table)
