"""The rows behind one household's findings: those that `engine.evidence` finds for a run, in its order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from bangfu.engine.evidence import (
    LIMIT,
    EvidenceRow,
    conditions,
    fields_of,
    fields_read,
    is_closed,
    is_group,
    is_plain,
    nested_in,
    top,
)
from bangfu.engine.single.asking import HouseholdRun
from bangfu.engine.single.functions import Maker
from bangfu.engine.single.rows import OutOfReach, Row
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from bangfu.terms.model import ROW_KEY


@dataclass(frozen=True)
class Place:
    """Fields of a row that a finding was read from."""

    table: str
    row: Row
    fields: tuple[str, ...]


def evidence(run: HouseholdRun, check: Check) -> Iterator[EvidenceRow]:
    """Rows of the check's findings that lists brought, each finding's own row first."""
    gatherer = _Gatherer(check, run.maker, _is_listed)
    for hit in run.hits(check):
        if hit.is_finding:
            for place in gatherer.of(run.around.row(check.subject, {ROW_KEY: hit.row_key})):
                src, src_row = place.row["src"], place.row["src_row"]
                values = tuple(place.row[name] for name in place.fields)
                yield EvidenceRow(
                    hit.row_key, place.table, place.row[ROW_KEY], src, src_row, place.fields, values
                )


def places(run: HouseholdRun, check: Check, row_key: int) -> Iterator[Place]:
    """What the check read of a finding's rows, whoever brought them: where a form shows it."""
    yield from _Gatherer(check, run.maker, lambda row: True).of(
        run.around.row(check.subject, {ROW_KEY: row_key})
    )


def _is_listed(row: Row) -> bool:
    return row["src"] is not None


class _Gatherer:
    """`is_shown` says which rows count."""

    def __init__(self, check: Check, maker: Maker, is_shown: Callable[[Row], bool]) -> None:
        self.check = check
        self.maker = maker
        self.is_shown = is_shown
        found = list(top(check.when))
        self.refs = [node for node in found if isinstance(node, n.FieldRef) and node.path]
        self.aggregates = [node for node in found if isinstance(node, n.Aggregate)]

    def of(self, row: Row) -> Iterator[Place]:
        yield from self.told([row], self.check.subject, fields_of(self.check))
        for path in dict.fromkeys(ref.path for ref in self.refs):
            refs = [ref for ref in self.refs if ref.path == path]
            names = tuple(dict.fromkeys(ref.field for ref in refs))
            yield from self.told(_one(_along(row, path)), refs[0].table, names)
        for node in self.aggregates:
            yield from self.many(row, node)

    def many(self, row: Row, node: n.Aggregate) -> Iterator[Place]:
        """Rows that satisfy the comprehension; of groups with none, all their rows."""
        owner = _along(row, node.path)
        related: list[Row] = [] if owner is None else owner[node.relation]
        names = tuple(dict.fromkeys(fields_read(node)))
        where = [self.asked(part, {n.SUBJECT: 0, node.var: 1}) for part in conditions(node) if is_plain(part)]
        fitting = [other for other in related if all(part([row, other]) is True for part in where)]
        found = list(self.told(fitting, node.target, names))
        for nested in nested_in(node):
            found.extend(self.nested(related, nested))
        yield from found
        if not found and is_group(node):
            yield from self.told(related, node.target, names)

    def nested(self, related: list[Row], node: n.Aggregate) -> Iterator[Place]:
        """Rows two relations away: of the members' own lists."""
        parts = [_without_others(part) for part in conditions(node) if is_closed(part, node)]
        where = [self.asked(part, {node.var: 0}) for part in parts]
        owners = [owner for other in related if (owner := _along(other, node.path)) is not None]
        rows = [inner for owner in owners for inner in _reached(owner, node.relation)]
        fitting = [inner for inner in rows if all(part([inner]) is True for part in where)]
        yield from self.told(fitting, node.target, tuple(dict.fromkeys(fields_read(node))))

    def asked(self, part: n.Node, slots: dict[str, int]) -> Callable[[list[Row]], Any]:
        return self.maker.make(part, slots)

    def told(self, rows: list[Row], table: str, names: tuple[str, ...]) -> Iterator[Place]:
        """The first rows, by their keys."""
        shown = sorted((row for row in rows if self.is_shown(row)), key=lambda row: int(row[ROW_KEY]))
        for row in shown[:LIMIT]:
            yield Place(table, row, names)


def _along(row: Row, path: tuple[str, ...]) -> Row | None:
    at: Row | None = row
    for name in path:
        at = None if at is None else at[name]
    return at


def _reached(owner: Row, relation: str) -> list[Row]:
    """The answer may stand without them: rows that no index finds are not shown."""
    try:
        found: list[Row] = owner[relation]
    except OutOfReach:
        return []
    return found


def _one(row: Row | None) -> list[Row]:
    return [] if row is None else [row]


def _without_others(node: n.Node) -> n.Node:
    """The part as it is asked of a nested row alone: what lies beyond the row is missing."""
    if isinstance(node, n.Aggregate) or (isinstance(node, n.FieldRef) and node.path):
        return n.Literal(None, node.type)
    changed: dict[str, Any] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, n.Node):
            changed[item.name] = _without_others(value)
        elif isinstance(value, tuple):
            changed[item.name] = tuple(_without_others(x) if isinstance(x, n.Node) else x for x in value)
    return replace(node, **changed)
