"""One statement's FROM clause: the row, what is joined to it, and the values shared below its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from sqlglot import exp

from bangfu.engine.aggregates import decode, renamed, unknown_of
from bangfu.engine.dataset import DUCK_TYPES
from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.dialects.sql import Expr
from bangfu.engine.steps import Bucket, BucketKey, Joined
from bangfu.policy.language import nodes as n
from bangfu.terms.model import Relation, Terms


class Features(Protocol):
    """What the statements of a plan share: the planner."""

    terms: Terms
    emitter: Emitter
    absent: Mapping[str, frozenset[str]]
    buckets: dict[BucketKey, Bucket]
    first_columns: dict[str, dict[str, None]]

    def first_of(self, relation: Relation) -> tuple[str, tuple[str, ...]]: ...

    def first_row(self, node: n.Aggregate) -> n.Aggregate | None: ...

    def bucket_key(self, node: n.Aggregate, base: str) -> BucketKey: ...

    def register(self, node: n.Aggregate, base: str) -> str: ...


class Scope:
    """One FROM clause: the base row `t`, to-one joins and feature joins, added as they are asked for.

    Inside a correlated statement the related row is `r`; `default` is the table that every unknown variable
    stands for in an uncorrelated one.
    """

    def __init__(
        self,
        planner: Features,
        tables: dict[str, str],
        base: str,
        default: str | None = None,
        bound: str | None = None,
        repeated: frozenset[n.Node] = frozenset(),
        apart: bool = False,
    ) -> None:
        self.planner = planner
        self.apart = apart  # whether the sources are named later
        self.joined: list[Joined] = []
        self.tables = tables
        self.base: Expr = s.alias(exp.to_table(base), "t")
        self.repeated = repeated
        self.sources: dict[str, str] = {}
        self.default = default
        self.bound = bound
        self.bound_var: str | None = None
        self.joins: list[exp.Join] = []
        self.aliases: dict[tuple[str, tuple[str, ...]], str] = {}
        self.features: dict[tuple[str, str, tuple[tuple[str, str], ...]], str] = {}
        self.derived: dict[object, tuple[str, int, Expr]] = {}

    def bind(self, node: n.Aggregate) -> Scope:
        """The same statement, reading `node`'s variable as its related row."""
        self.bound_var = node.var
        if self.bound is not None:
            self.tables = {node.base_var: next(iter(self.tables.values()))}
        return self

    def root(self, var: str) -> tuple[str, str]:
        """Alias and table of a variable's own row."""
        if self.bound is not None and var == self.bound_var:
            return "r", self.bound
        return "t", self.default if self.default is not None else self.tables[var]

    def alias(self, var: str, path: tuple[str, ...]) -> str:
        root, table = self.root(var)
        alias = root
        for end in range(1, len(path) + 1):
            key = (root, path[:end])
            relation = self.planner.terms.table(table).relations[path[end - 1]]
            if key not in self.aliases:
                self.aliases[key] = f"j{len(self.aliases)}"
                self.join_one(alias, relation, self.aliases[key])
            alias, table = self.aliases[key], relation.to
        return alias

    def join_one(self, left: str, relation: Relation, alias: str) -> None:
        source, columns = self.planner.first_of(relation)
        self.sources[alias] = source
        pairs = [(own, column) for (own, _), column in zip(relation.on, columns, strict=True)]
        self.join(source, alias, left, pairs)

    def join(self, source: str, alias: str, left: str, pairs: list[tuple[str, str]]) -> None:
        on = [s.eq(self.column(left, own), s.col(alias, column)) for own, column in pairs]
        self.joined.append(Joined(alias, source, left, tuple(pairs)))
        target = s.alias(exp.to_table(f"from_{alias}" if self.apart else source), alias)
        self.joins.append(exp.Join(this=target, on=s.all_of(on), side="LEFT"))

    def field(self, ref: n.FieldRef) -> Expr:
        absent = self.planner.absent.get(ref.table, frozenset())
        if ref.field in absent:
            return s.cast(s.null(), DUCK_TYPES[self.planner.terms.table(ref.table).fields[ref.field].type])
        return self.column(self.alias(ref.var, ref.path), ref.field)

    def column(self, alias: str, name: str) -> Expr:
        """A column of the row that stands under an alias."""
        wanted = self.planner.first_columns.get(self.sources.get(alias, ""))
        if wanted is not None:
            wanted.setdefault(name)
        return s.col(alias, name)

    def is_repeated(self, node: n.Node) -> bool:
        """Whether it pays to compute the value once, below the predicates."""
        return node in self.repeated

    def shared(self, key: object, refs: Iterable[n.FieldRef], level: int, build: Callable[[], Expr]) -> Expr:
        """A value of the base row's own fields: computed once, in a subquery below the predicates.

        DuckDB shares nothing inside CASE, AND and OR; a level may use what lower ones compute.
        """
        if any(ref.path or self.root(ref.var)[0] != "t" for ref in refs):
            return build()
        if key not in self.derived:
            value = build()
            self.derived[key] = (f"d{len(self.derived)}", level, value)
        return s.col("t", self.derived[key][0])

    def feature(self, node: n.Aggregate) -> Expr:
        """The value of a registered aggregate for this statement's row."""
        if first := self.planner.first_row(node):
            own = n.FieldRef(node.base_var, (), node.target, "row_key", first.type)
            return self.planner.emitter.emit(n.Compare("<", first, own), self)
        _, base = self.root(node.base_var)
        column = self.planner.register(node, base)
        bucket = self.planner.buckets[self.planner.bucket_key(node, base)]
        owner = self.alias(node.base_var, node.path)
        relation = self.planner.terms.table(node.owner).relations[node.relation]
        if bucket.key.correlated:
            root, _ = self.root(node.base_var)
            alias = self.join_feature(root, bucket, [("row_key", "k0")])
        else:
            pairs = [(own, f"k{i}") for i, (own, _) in enumerate(relation.on)]
            alias = self.join_feature(owner, bucket, pairs)
        value = s.col(alias, column)
        if bucket.key.correlated or not bucket.key.selfish:
            value = decode(node.fn, value, unknown_of(node, alias, column))
        if bucket.key.selfish:
            alone = self.alone(node) if bucket.key.correlated else self.alone_in_group(node, owner)
            value = s.case((s.is_null(s.col(alias, "k0")), alone), default=value)
        keys = [self.column(owner, own) for own, _ in relation.on]
        if not node.path and relation.on[0][0] == "row_key" and len(relation.on) == 1:
            return value
        return s.case((s.any_of(s.is_null(key) for key in keys), s.null()), default=value)

    def alone(self, node: n.Aggregate) -> Expr:
        """The answer for a row whose group holds nobody else."""
        parts = [
            self.planner.emitter.emit(renamed(part, node.var, node.base_var), self)
            for part in (node.condition, node.element)
            if part is not None
        ]
        if node.fn == "all":
            return s.negate(s.all_of([*parts[:-1], s.negate(parts[-1])]))
        together = s.all_of(parts)
        return together if node.fn == "any" else s.cast(together, "BIGINT")

    def alone_in_group(self, node: n.Aggregate, owner: str) -> Expr:
        """Size or first row of a group that holds one row."""
        return s.num(1) if node.fn == "count" else self.column(owner, "row_key")

    def join_feature(self, left: str, bucket: Bucket, pairs: list[tuple[str, str]]) -> str:
        key = (bucket.name, left, tuple(pairs))
        if key not in self.features:
            self.features[key] = f"a{len(self.features)}"
            self.join(bucket.name, self.features[key], left, pairs)
        return self.features[key]

    def select(self, columns: list[Expr]) -> exp.Select:
        query = exp.Select().select(*columns, copy=False).from_(self.source(), copy=False)
        query.set("joins", list(self.joins))
        return query

    def source(self) -> Expr:
        """The base rows, with what is shared beside them."""
        source = self.base
        for level in sorted({level for _, level, _ in self.derived.values()}):
            made = [s.alias(value, name) for name, at, value in self.derived.values() if at == level]
            every = exp.Column(this=exp.Star(), table=exp.to_identifier("t"))
            query = exp.Select().select(every, *made, copy=False).from_(source, copy=False)
            source = query.subquery("t", copy=False)
        return source
