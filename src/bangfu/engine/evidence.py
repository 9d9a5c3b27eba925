"""The rows behind a finding: its own, those its to-one relations lead to, and those its comprehensions found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlglot import exp

from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.plan import Planner
from bangfu.engine.run import Run
from bangfu.engine.scope import Scope
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check

LIMIT = 20  # related rows shown for one finding: enough to see the fault, whatever the group's size


@dataclass(frozen=True)
class EvidenceRow:
    """A row that a rule read for a subject: `fields` are those it read there, `values` what it read (None: empty)."""

    subject: int
    table: str
    row_key: int
    src: int
    src_row: int
    fields: tuple[str, ...]
    values: tuple[Any, ...] = ()


def evidence(run: Run, check: Check) -> Iterator[EvidenceRow]:
    """Rows of the check's findings, the subject's own row first."""
    gatherer = _Gatherer(run, check)
    yield from gatherer.own()
    for path in gatherer.paths():
        yield from gatherer.one(path)
    for node in gatherer.aggregates():
        yield from gatherer.many(node)


class _Gatherer:
    def __init__(self, run: Run, check: Check) -> None:
        self.run = run
        self.check = check
        self.emitter = Emitter(run.policy, run.as_of, run.place)
        terms, dataset = run.policy.terms, run.dataset
        self.planner = Planner(terms, self.emitter, dict(dataset.relations), dataset.absent(terms))

    def own(self) -> Iterator[EvidenceRow]:
        yield from self.rows(self.scope(), "t", self.check.subject, fields_of(self.check))

    def paths(self) -> list[tuple[str, ...]]:
        found = [node.path for node in self.top_refs() if node.path]
        return list(dict.fromkeys(found))

    def one(self, path: tuple[str, ...]) -> Iterator[EvidenceRow]:
        refs = [node for node in self.top_refs() if node.path == path]
        scope = self.scope()
        alias = scope.alias(n.SUBJECT, path)
        yield from self.rows(scope, alias, refs[0].table, tuple(dict.fromkeys(ref.field for ref in refs)))

    def aggregates(self) -> list[n.Aggregate]:
        return [node for node in top(self.check.when) if isinstance(node, n.Aggregate)]

    def many(self, node: n.Aggregate) -> Iterator[EvidenceRow]:
        """Rows that satisfy the comprehension; of groups with none, all their rows.

        A group is a household's members or rows that share a value: what is wrong with it shows in all of them.
        That a list does not have somebody shows in none of its rows.
        """
        found = list(self.related(node, True))
        yield from found
        served = {row.subject for row in found}
        if is_group(node) and len(served) < self.count():
            yield from (row for row in self.related(node, False) if row.subject not in served)

    def related(self, node: n.Aggregate, filtered: bool) -> Iterator[EvidenceRow]:
        scope = Scope(self.planner, {n.SUBJECT: self.check.subject}, self.base(), bound=node.target)
        self.join_related(scope, node)
        scope.bind(node)
        where = (
            [self.emitter.emit(part, scope) for part in conditions(node) if is_plain(part)]
            if filtered
            else []
        )
        fields = tuple(dict.fromkeys(fields_read(node)))
        yield from self.rows(scope, "r", node.target, fields, where)
        for nested in nested_in(node) if filtered else ():
            yield from self.nested(node, nested)

    def nested(self, outer: n.Aggregate, node: n.Aggregate) -> Iterator[EvidenceRow]:
        """Rows two relations away: of the members' own lists."""
        scope = Scope(self.planner, {n.SUBJECT: self.check.subject}, self.base(), bound=outer.target)
        self.join_related(scope, outer)
        scope.bind(outer)
        owner = scope.alias(outer.var, node.path)
        relation = self.run.policy.terms.table(node.owner).relations[node.relation]
        self.join_rows(scope, owner, relation.on, node.target, "q")
        where = [self.emitter.emit(part, _Nested()) for part in conditions(node) if is_closed(part, node)]
        yield from self.rows(scope, "q", node.target, tuple(dict.fromkeys(fields_read(node))), where)

    # -- building -------------------------------------------------------------------------------

    def base(self) -> str:
        return self.run.dataset.relations[self.check.subject]

    def scope(self) -> Scope:
        return Scope(self.planner, {n.SUBJECT: self.check.subject}, self.base())

    def join_related(self, scope: Scope, node: n.Aggregate) -> None:
        owner = scope.alias(node.base_var, node.path)
        relation = self.run.policy.terms.table(node.owner).relations[node.relation]
        self.join_rows(scope, owner, relation.on, node.target, "r")

    def join_rows(
        self, scope: Scope, owner: str, on: tuple[tuple[str, str], ...], target: str, alias: str
    ) -> None:
        pairs = [s.eq(s.col(owner, own), s.col(alias, column)) for own, column in on]
        table = s.alias(exp.to_table(self.run.dataset.relations[target]), alias)
        scope.joins.append(exp.Join(this=table, on=s.all_of(pairs), kind="INNER"))

    def create_firsts(self) -> None:
        for step in self.planner.first_steps():
            self.run.dataset.connection.execute(f"CREATE OR REPLACE TEMP TABLE {step.name} AS {step.sql}")

    def rows(
        self,
        scope: Scope,
        alias: str,
        table: str,
        fields: tuple[str, ...],
        where: list[s.Expr] | None = None,
    ) -> Iterator[EvidenceRow]:
        there = self.run.dataset.fields[table]
        columns = [
            s.col("t", "row_key"),
            *(scope.column(alias, name) for name in ("row_key", "src", "src_row")),
            *(scope.column(alias, name) if name in there else s.null() for name in fields),
        ]
        self.create_firsts()
        query = scope.select(list(columns)).where(s.is_null(s.col(alias, "src"), negated=True), copy=False)
        for condition in where or ():
            query = query.where(condition, copy=False)
        hits = self.hits_sql()
        text = (
            f"{query.sql('duckdb', copy=False)} AND t.row_key IN ({hits}) "
            f"QUALIFY row_number() OVER (PARTITION BY t.row_key ORDER BY {alias}.row_key) <= {LIMIT} "
            f"ORDER BY t.row_key, {alias}.row_key"
        )
        for subject, row_key, src, src_row, *values in self.run.dataset.connection.execute(text).fetchall():
            yield EvidenceRow(subject, table, row_key, src, src_row, fields, tuple(values))

    def hits_sql(self) -> str:
        return f"SELECT row_key FROM {self.run.hits_table(self.check)} WHERE found"

    def count(self) -> int:
        return self.run.counts(self.check)[0]

    def top_refs(self) -> list[n.FieldRef]:
        return [node for node in top(self.check.when) if isinstance(node, n.FieldRef)]


class _Nested:
    """Columns of the nested row `q`; what lies beyond it does not narrow the evidence."""

    def field(self, ref: n.FieldRef) -> s.Expr:
        if ref.path:
            return s.null()
        return s.col("q", ref.field)

    def feature(self, node: n.Aggregate) -> s.Expr:
        return s.null()

    def is_repeated(self, node: n.Node) -> bool:
        return False

    def shared(
        self, key: object, refs: Iterable[n.FieldRef], level: int, build: Callable[[], s.Expr]
    ) -> s.Expr:
        return build()


def fields_of(check: Check) -> tuple[str, ...]:
    """Fields of the subject's own row: read directly, or inside a comprehension that compares with them."""
    refs = [node for node in n.walk(check.when) if isinstance(node, n.FieldRef)]
    names = [ref.field for ref in refs if ref.var == n.SUBJECT and not ref.path]
    return tuple(dict.fromkeys([*check.focus, *names]))


def is_group(node: n.Aggregate) -> bool:
    """Whether all rows of the relation show what is wrong where none of them satisfies the comprehension."""
    return node.target == "person" or node.relation.startswith("same_")


def conditions(node: n.Aggregate) -> list[n.Node]:
    """What a row must satisfy to be among those that a comprehension found."""
    parts = (node.condition, node.element)
    return [part for part in parts if part is not None and part.type.kind == "bool"]


def is_plain(part: n.Node) -> bool:
    return not any(isinstance(x, n.Aggregate) for x in n.walk(part))


def is_closed(part: n.Node, node: n.Aggregate) -> bool:
    """Whether a part of a nested comprehension reads nothing but its own rows."""
    return n.free_variables(part) <= {node.var}


def nested_in(node: n.Aggregate) -> list[n.Aggregate]:
    """The comprehensions over the rows of a row that this one is at."""
    inner = [found for part in conditions(node) for found in top(part)]
    return [found for found in inner if isinstance(found, n.Aggregate) and found.base_var == node.var]


def top(node: n.Node) -> Iterator[n.Node]:
    """Fields and comprehensions outside any comprehension."""
    if isinstance(node, n.FieldRef | n.Aggregate):
        yield node
        return
    for child in n.children(node):
        yield from top(child)


def fields_read(node: n.Aggregate) -> Iterator[str]:
    """Fields of the comprehension's own rows that it reads, nested comprehensions aside."""
    for part in (node.element, node.condition):
        if part is None:
            continue
        for found in top(part):
            if isinstance(found, n.FieldRef) and found.var == node.var and not found.path:
                yield found.field
