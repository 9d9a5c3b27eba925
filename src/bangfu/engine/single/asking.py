"""All checks of a date and place, made once; then any household is asked them by itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine.dataset import Holdings
from bangfu.engine.plan import value_nodes
from bangfu.engine.requirements import tables_read, wanting
from bangfu.engine.run import Hit
from bangfu.engine.single.functions import Maker
from bangfu.engine.single.rows import Neighbourhood, OutOfReach, Row, Source
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy
from bangfu.terms.model import Relation, Table

OWNERS = ("household", "person")


@dataclass(frozen=True)
class Asked:
    """A check as functions of a row of its subject: its answer, and the values that a hit carries."""

    check: Check
    answer: Callable[[Row], bool | None]
    nodes: tuple[n.Node, ...]
    values: tuple[Callable[[Row], Any], ...]

    def of(self, row: Row) -> Hit | None:
        """None where the row passes."""
        found = self.answer(row)
        if found is False or (found is None and self.check.missing_passes):
            return None
        return Hit(row["row_key"], found is True, tuple(value(row) for value in self.values))


@dataclass
class HouseholdRun:
    """What the checks answered of one household; the hits are those of a run on the whole register.

    `not_run` names, with the reasons in Chinese, the checks that were not asked or not of every row.
    """

    policy: Policy
    as_of: int
    place: str
    checks: list[Check]
    around: Neighbourhood
    maker: Maker
    found: dict[str, list[Hit]] = field(default_factory=dict)
    not_run: dict[str, list[str]] = field(default_factory=dict)

    def nodes_of(self, check: Check) -> tuple[n.Node, ...]:
        """The fields and features whose values a hit of the check carries."""
        return carried(check)

    def hits(self, check: Check) -> Iterator[Hit]:
        """In the order of the rows."""
        yield from self.found.get(check.id, ())

    def counts(self, check: Check) -> tuple[int, int]:
        """Findings and unknowns of a check."""
        hits = self.found.get(check.id, ())
        findings = sum(hit.is_finding for hit in hits)
        return findings, len(hits) - findings


class HouseholdChecks:
    """The checks that a household and what belongs to it can be asked, as functions."""

    def __init__(
        self,
        holdings: Holdings,
        policy: Policy,
        as_of: int,
        place: str,
        checks: Iterable[Check] | None = None,
        also: Collection[str] = (),
    ) -> None:
        """The checks in force at `as_of`, or those given; a check that lacks a list, field or standard is not asked.

        `also` names further tables whose rows can be asked about by themselves.
        """
        self.policy, self.as_of, self.place = policy, as_of, place
        self.not_run: dict[str, list[str]] = {}
        self.asked: dict[str, list[Asked]] = {}
        self.maker = Maker(policy, as_of, place, holdings.absent(policy.terms))
        for check in policy.in_force(as_of) if checks is None else checks:
            reasons = wanting(check, holdings, policy, as_of, place)
            if reasons:
                self.not_run[check.id] = reasons
            elif check.subject in also or is_of_household(policy.terms.table(check.subject)):
                self.asked.setdefault(check.subject, []).append(_asked(check, self.maker))

    @property
    def checks(self) -> list[Check]:
        """Those of a household."""
        tables = self.policy.terms
        return self.checks_of(name for name in self.asked if is_of_household(tables.table(name)))

    def checks_of(self, subjects: Iterable[str]) -> list[Check]:
        return [asked.check for subject in subjects for asked in self.asked.get(subject, ())]

    def ask(self, source: Source, subjects: Iterable[str] | None = None) -> HouseholdRun:
        """Asks them of the household's own rows; one that is not there has none.

        `subjects`: what the rows are where they are no household's.
        """
        around = Neighbourhood(self.policy.terms, source, self.as_of)
        checks = self.checks if subjects is None else self.checks_of(subjects)
        run = HouseholdRun(self.policy, self.as_of, self.place, checks, around, self.maker)
        run.not_run.update(self.not_run)
        for subject, flats in source.own().items():
            for flat in flats:
                row = around.row(subject, flat)
                for asked in self.asked.get(subject, ()):
                    self._ask(asked, row, run)
        return run

    def _ask(self, asked: Asked, row: Row, run: HouseholdRun) -> None:
        try:
            hit = asked.of(row)
        except OutOfReach as beyond:
            reasons = run.not_run.setdefault(asked.check.id, [])
            reason = self._beyond(beyond.relation)
            if reason not in reasons:
                reasons.append(reason)
            return
        if hit is not None:
            run.found.setdefault(asked.check.id, []).append(hit)

    def _beyond(self, relation: Relation) -> str:
        table = self.policy.terms.table(relation.to)
        labels = [table.fields[column].label for _, column in relation.on if column in table.fields]
        by = f"按“{'、'.join(labels)}”" if labels else ""
        return f"要{by}在全部“{table.label}”里找“{relation.label}”,单户核查不找,整体核查时才查"


def is_of_household(table: Table) -> bool:
    """Whether the table's rows are a household, its members, or name one of them."""
    return table.name in OWNERS or any(link in OWNERS for link in table.links)


def carried(check: Check) -> tuple[n.Node, ...]:
    return tuple(dict.fromkeys(value_nodes(check.when)))


def _asked(check: Check, maker: Maker) -> Asked:
    nodes = carried(check)
    return Asked(check, maker.asked(check.when), nodes, tuple(maker.asked(node) for node in nodes))


def columns_read(checks: Iterable[Check], policy: Policy) -> Mapping[str, frozenset[str]]:
    """Of the tables that checks read the columns that a row must hold: what they read, and what relations join on."""
    checks = list(checks)
    tables = {table: policy.terms.table(table) for check in checks for table in tables_read(check, policy)}
    read = {name: set(table.hidden_columns) for name, table in tables.items()}
    for name, table in tables.items():
        for relation in table.relations.values():
            if relation.to in tables:
                read[name].update(own for own, _ in relation.on)
                read[relation.to].update(target for _, target in relation.on)
                if relation.year_offset is not None:
                    read[relation.to].add("data_year")
    for check in checks:
        for node in n.walk(check.when):
            if isinstance(node, n.FieldRef):
                read[node.table].add(node.field)
    return {name: frozenset(columns) for name, columns in read.items()}
