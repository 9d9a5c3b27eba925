"""A department's list against its ledger: what is new, what changed, what the list no longer has.

A row is known again by whom it means and by the fields that its table declares as `identity`; of rows that are alike
in both, the first of the list is the first of the ledger, and so on: a payment made twice is two rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bangfu.intake.comparing import Asked, Change, Comparison
from bangfu.intake.lists.on_file import Meant, OnFile
from bangfu.intake.sheet_rows import sheet_rows
from bangfu.ledger import queries as ledger
from bangfu.policy.language.nodes import FieldRef, walk
from bangfu.policy.model import Policy
from bangfu.registry.memberships import spells_of_persons
from bangfu.screening.linking import Links
from bangfu.screening.twins import fill_twins
from bangfu.spreadsheets.extract import Emitted, Extract
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Table

Values = dict[str, Any]
Key = tuple[Any, ...]
_WRITTEN = ("id_no", "full_name", "nat_household_no", "village_name")


@dataclass
class ListRow:
    """A row of the list; `row` is the ledger's, None for a new one; `changes` are the columns that differ."""

    sheet_row: int
    values: Values
    row: int | None = None
    changes: Values = field(default_factory=dict)


@dataclass
class ComparedList:
    """The rows that one sheet has for one table; `emit` is the number among the sheet's tables."""

    table: str
    emit: int
    rows: list[ListRow]
    strangers: int = 0
    """Rows that mean nobody on file, and need not."""


def compare_list(
    extract: Extract, on_file: OnFile, policy: Policy, earlier: Iterable[int]
) -> tuple[list[ComparedList], Comparison]:
    """`earlier` are the numbers of the sheets of this kind that were applied before."""
    lists, result, links, sheets = [], Comparison(), Links(), list(earlier)
    for number, emitted in enumerate(extract.emitted):
        if ledger.is_ledger(emitted.table):
            comparer = _Comparer(extract, emitted, on_file, policy, result)
            lists.append(comparer.run(number, links, sheets))
    return lists, result


def for_registered(policy: Policy) -> frozenset[str]:
    """The programmes that only households on file may have: who may depends on what only the register says."""
    return frozenset(
        programme.id
        for programme in policy.programmes.values()
        if programme.eligible is not None
        and any(
            isinstance(node, FieldRef) and node.field in ("household_type", "monitor_type")
            for node in walk(programme.eligible)
        )
    )


class _Comparer:
    def __init__(
        self, extract: Extract, emitted: Emitted, on_file: OnFile, policy: Policy, result: Comparison
    ) -> None:
        self.extract = extract
        self.emitted = emitted
        self.on_file = on_file
        self.policy = policy
        self.result = result
        self.table: Table = load_terms().table(emitted.table)
        self.columns = ledger.columns_of(self.table.name)
        self.for_registered = for_registered(policy)

    def run(self, number: int, links: Links, sheets: list[int]) -> ComparedList:
        compared = ComparedList(self.table.name, number, [])
        meant = self.meant(links)
        for row, (sheet_row, values) in zip(meant, self.written(), strict=True):
            compared.rows.append(ListRow(sheet_row, {**values, **self.keys(row, values)}))
        self.ask_about_people(compared, meant)
        self.match(compared, sheets)
        return compared

    def meant(self, links: Links) -> list[Meant]:
        if "person" in self.table.links and "full_name" in self.emitted.columns:
            return self.on_file.meant(self.extract, self.emitted, links)
        numbers = self.emitted.columns.get("nat_household_no")
        if "household" in self.table.links and numbers is not None:
            return self.on_file.households(numbers.to_pylist())
        return [Meant()] * len(self.emitted.source_rows)

    def written(self) -> Iterator[tuple[int, Values]]:
        fill_twins(self.emitted.columns, frozenset(self.table.fields))
        return sheet_rows(self.extract, self.emitted, self.columns)

    def keys(self, meant: Meant, values: Values) -> Values:
        found: Values = {}
        if "person" in self.table.links:
            found["person_key"] = meant.person
        if "household" in self.table.links:
            found["household_key"] = meant.household
        if "village" in self.table.links:
            found["village_key"] = self.on_file.village(values.get("village_name"), meant.household)
        return found

    # -- which row of the ledger it is -----------------------------------------------------------

    def match(self, compared: ComparedList, sheets: list[int]) -> None:
        read = {*(name for row in compared.rows[:1] for name in row.values), *self.telling()}
        known = {row["id"]: row for row in ledger.rows_from(self.table.name, sheets, ["id", *sorted(read)])}
        left = self.numbered((row_id, row) for row_id, row in known.items())
        for key, row in self.numbered((row, row.values) for row in compared.rows).items():
            row.row = left.pop(key, None)
        self.match_as_written(compared, left, known)
        for row in compared.rows:
            if row.row is not None:
                self.note(row, known[row.row])
        self.ask_about_gone(compared, [known[row] for row in left.values()])

    def match_as_written(
        self, compared: ComparedList, left: dict[Key, int], known: Mapping[int, Values]
    ) -> None:
        """Rows that mean somebody else now, or somebody at last: known again by what is written in them."""
        keys = {key: row for row, key in self.as_written((row, known[row]) for row in left.values())}
        by_row = {row: key for key, row in left.items()}
        for row, key in self.as_written((row, row.values) for row in compared.rows if row.row is None):
            found = keys.pop(key, None)
            if found is not None:
                row.row = found
                del left[by_row[found]]

    def numbered(self, rows: Iterable[tuple[Any, Values]]) -> dict[Key, Any]:
        """By identity and the how-manieth of it."""
        seen: Counter[Key] = Counter()
        found = {}
        for row, values in rows:
            key = (*self.who(values), *(values.get(name) for name in self.table.identity))
            seen[key] += 1
            found[*key, seen[key]] = row
        return found

    def as_written(self, rows: Iterable[tuple[Any, Values]]) -> Iterator[tuple[Any, Key]]:
        seen: Counter[Key] = Counter()
        for row, values in rows:
            key = tuple(values.get(name) for name in (*_WRITTEN, *self.table.identity))
            seen[key] += 1
            yield row, (*key, seen[key])

    def who(self, values: Values) -> Key:
        for link in ("person_key", "household_key"):
            if values.get(link) is not None and (link == "person_key" or "person" not in self.table.links):
                return (link, values[link])
        return tuple(values.get(name) for name in _WRITTEN)

    def telling(self) -> set[str]:
        """The columns that say which row it is, as far as the table has them."""
        links = {f"{link}_key" for link in self.table.links}
        named = {*_WRITTEN, *self.table.identity, *(self.table.listed_by or ())}
        return (links | named) & self.columns

    def note(self, row: ListRow, known: Values) -> None:
        row.changes = {name: value for name, value in row.values.items() if known[name] != value}
        self.result.changes.extend(
            Change(self.table.name, known["id"], name, known[name], value, row.sheet_row)
            for name, value in row.changes.items()
        )
        if not row.changes:
            self.result.unchanged[self.table.name] = self.result.unchanged.get(self.table.name, 0) + 1

    # -- what only a person can settle -----------------------------------------------------------

    def ask_about_people(self, compared: ComparedList, meant: list[Meant]) -> None:
        if "person" not in self.table.links:
            return
        spells = spells_of_persons(one.person for one in meant if one.person is not None)
        joined = {person: mine[0].joined_on for person, mine in spells.items()}
        for row, one in zip(compared.rows, meant, strict=True):
            name = row.values.get("full_name") or "(没有姓名)"
            if one.doubt:
                self.ask("对不上人", f"“{name}”:{one.doubt}。请核对姓名和号码", row)
            elif one.person is None and self.is_for_registered(row.values):
                self.ask("不在册", f"“{name}”不在册,却享受了{self.named(row.values)},请核实", row)
            elif one.person is None:
                compared.strangers += 1
            elif self.is_too_early(row.values, joined.get(one.person)):
                told = f"“{name}”{joined[one.person]} 才登记在册,{self.named(row.values)}发放在这之前,请核实"
                self.ask("登记前发放", told, row)

    def is_for_registered(self, values: Values) -> bool:
        return values.get("programme") in self.for_registered

    def is_too_early(self, values: Values, joined: int | None) -> bool:
        paid = values.get("paid_on")
        return joined is not None and paid is not None and paid < joined and self.is_for_registered(values)

    def named(self, values: Values) -> str:
        programme = self.policy.programmes.get(values.get("programme") or "")
        return programme.name if programme is not None else self.table.label

    def ask_about_gone(self, compared: ComparedList, left: list[Values]) -> None:
        """Of rows that earlier lists brought those that this list, complete for its time, does not have."""
        if self.table.listed_by is None:
            return
        told_of = {self.part(row.values) for row in compared.rows}
        for known in left:
            if self.part(known) in told_of:
                name = (
                    known.get("full_name") or known.get("project_name") or known.get("nat_household_no") or ""
                )
                told = f"“{name}”以前在{self.table.label}名单里,这次没有。请核实是否已停止"
                self.result.questions.append(Asked("名单里没有了", self.table.name, told, None, known["id"]))

    def part(self, values: Values) -> Key:
        return tuple(values.get(name) for name in self.table.listed_by or ())

    def ask(self, kind: str, message: str, row: ListRow) -> None:
        self.result.questions.append(Asked(kind, self.table.name, message, row.sheet_row, row.row))
