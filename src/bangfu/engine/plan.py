"""All checks of a dataset -> the few SQL statements that answer them.

Related rows are aggregated once into features (one statement per table, grouping and depth), then every
predicate of a subject is evaluated side by side in one pass. A named step is one statement with a named output.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.dialects.sql import Expr
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from bangfu.terms.model import Relation, Terms

BITS = 31  # checks per mask column: two bits each in a BIGINT


@dataclass(frozen=True)
class BucketKey:
    """Features that one GROUP BY computes."""

    correlated: bool
    base: str  # table grouped by row_key (correlated) or the related table itself
    path: tuple[str, ...]
    owner: str
    relation: str
    target: str
    columns: tuple[str, ...]
    year: int | None
    depth: int


@dataclass
class Bucket:
    key: BucketKey
    name: str
    features: dict[tuple[n.Node | None, n.Node | None, str, str], str] = field(default_factory=dict)
    nodes: dict[str, n.Aggregate] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """CREATE TEMP TABLE name AS sql."""

    name: str
    sql: str


@dataclass(frozen=True)
class SubjectPass:
    """The fused pass of one subject: masks of all its checks, and the values of the rows that are hit."""

    subject: str
    checks: tuple[Check, ...]
    masks_sql: str
    values_sql: str
    values: tuple[n.Node, ...]
    """The nodes whose values stand in columns v0, v1, ... of the hit rows."""

    def place_of(self, number: int) -> tuple[str, int]:
        """Mask column and shift of a check."""
        return f"m{number // BITS}", number % BITS * 2


class Planner:
    def __init__(
        self,
        terms: Terms,
        emitter: Emitter,
        relations: dict[str, str],
        absent: Mapping[str, frozenset[str]] | None = None,
    ) -> None:
        self.terms = terms
        self.emitter = emitter
        self.relations = relations
        self.absent = absent or {}  # fields that no list has: read only where a rule says what then counts
        self.buckets: dict[BucketKey, Bucket] = {}
        self.firsts: dict[tuple[str, tuple[str, ...], int | None], str] = {}

    # -- the plan -------------------------------------------------------------------------------

    def plan(self, checks: Iterable[Check]) -> tuple[list[Step], list[SubjectPass]]:
        by_subject: dict[str, list[Check]] = {}
        for check in checks:
            by_subject.setdefault(check.subject, []).append(check)
            for node in n.walk(check.when):
                if isinstance(node, n.Aggregate):
                    self.register(node, self.table_of(node.base_var, check, node))
        passes = [self.subject_pass(subject, tuple(group)) for subject, group in by_subject.items()]
        steps = [
            self.bucket_step(bucket) for bucket in sorted(self.buckets.values(), key=lambda b: b.key.depth)
        ]
        return [*self.first_steps(), *steps], passes

    def table_of(self, var: str, check: Check, node: n.Aggregate) -> str:
        """The table of the variable an aggregate starts from."""
        if var == n.SUBJECT:
            return check.subject
        return next(
            outer.target
            for outer in n.walk(check.when)
            if isinstance(outer, n.Aggregate) and outer.var == var and node in set(n.walk(outer))
        )

    def register(self, node: n.Aggregate, base: str) -> str:
        key = self.bucket_key(node, base)
        bucket = self.buckets.get(key)
        if bucket is None:
            bucket = self.buckets[key] = Bucket(key, f"feature_{len(self.buckets)}")
        signature = (node.element, node.condition, node.fn, node.var)
        if signature not in bucket.features:
            column = f"f{len(bucket.features)}"
            bucket.features[signature] = column
            bucket.nodes[column] = node
        return bucket.features[signature]

    def bucket_key(self, node: n.Aggregate, base: str) -> BucketKey:
        relation = self.terms.table(node.owner).relations[node.relation]
        columns = tuple(target for _, target in relation.on)
        inner = [part for part in (node.element, node.condition) if part is not None]
        outer = frozenset(v for part in inner for v in n.free_variables(part)) - {node.var}
        depth = 1 + max((_depth(part) for part in inner), default=0)
        if outer:
            return BucketKey(
                True, base, node.path, node.owner, node.relation, node.target, (), relation.year_offset, depth
            )
        return BucketKey(False, node.target, (), "", "", node.target, columns, relation.year_offset, depth)

    # -- statements -----------------------------------------------------------------------------

    def subject_pass(self, subject: str, checks: tuple[Check, ...]) -> SubjectPass:
        scope = Scope(self, {n.SUBJECT: subject}, self.relations[subject])
        masks: list[Expr] = []
        predicates = [self.emitter.emit(check.when, scope) for check in checks]
        for start in range(0, len(checks), BITS):
            group = predicates[start : start + BITS]
            bits = [
                _status(predicate, shift * 2, checks[start + shift].missing_passes)
                for shift, predicate in enumerate(group)
            ]
            total = bits[0]
            for bit in bits[1:]:
                total = exp.Add(this=total, expression=bit)
            masks.append(s.alias(total, f"m{start // BITS}"))
        key = s.alias(s.col("t", "row_key"), "row_key")
        masks_sql = scope.select([key, *masks]).sql("duckdb", copy=False)
        values = tuple(dict.fromkeys(node for check in checks for node in value_nodes(check.when)))
        return SubjectPass(subject, checks, masks_sql, self.values_sql(subject, values, len(masks)), values)

    def values_sql(self, subject: str, values: tuple[n.Node, ...], masks: int) -> str:
        scope = Scope(self, {n.SUBJECT: subject}, self.relations[subject])
        columns = [s.alias(self.emitter.emit(node, scope), f"v{i}") for i, node in enumerate(values)]
        own = [s.col("h", name) for name in ("row_key", *(f"m{i}" for i in range(masks)))]
        query = scope.select([*own, *columns])
        hits = s.alias(exp.to_table("{hits}"), "h")
        join = exp.Join(this=hits, on=s.eq(s.col("h", "row_key"), s.col("t", "row_key")), kind="INNER")
        query.set("joins", [join, *(query.args.get("joins") or [])])
        return query.sql("duckdb", copy=False).replace('"{hits}"', "{hits}")

    def bucket_step(self, bucket: Bucket) -> Step:
        key = bucket.key
        if key.correlated:
            scope, keys = self.correlated_scope(bucket)
        else:
            scope = Scope(self, {}, self.relations[key.target], default=key.target)
            keys = [s.alias(s.col("t", column), f"k{i}") for i, column in enumerate(key.columns)]
        outputs: list[Expr] = []
        for column, node in bucket.nodes.items():
            outputs.extend(self.feature_columns(column, node, scope))
        query = scope.select([*keys, *outputs])
        for part in keys:
            query = query.group_by(part.this.copy(), copy=False)
        if not key.correlated:
            for part in keys:
                query = query.where(s.is_null(part.this.copy(), negated=True), copy=False)
            if key.year is not None:
                query = query.where(self.of_year("t", key.year), copy=False)
        return Step(bucket.name, query.sql("duckdb", copy=False))

    def of_year(self, alias: str, offset: int) -> Expr:
        return s.eq(s.col(alias, "data_year"), s.num(self.emitter.as_of // 10000 + offset))

    def correlated_scope(self, bucket: Bucket) -> tuple[Scope, list[Expr]]:
        key = bucket.key
        node = next(iter(bucket.nodes.values()))
        scope = Scope(self, {node.base_var: key.base}, self.relations[key.base], bound=key.target)
        owner = scope.alias(node.base_var, key.path)
        relation = self.terms.table(key.owner).relations[key.relation]
        on = [s.eq(s.col(owner, own), s.col("r", target)) for own, target in relation.on]
        if key.year is not None:
            on.append(self.of_year("r", key.year))
        related = s.alias(exp.to_table(self.relations[key.target]), "r")
        scope.joins.append(exp.Join(this=related, on=s.all_of(on), kind="INNER"))
        return scope, [s.alias(s.col("t", "row_key"), "k0")]

    def feature_columns(self, column: str, node: n.Aggregate, scope: Scope) -> Iterator[Expr]:
        """The aggregate, and beside it whether any row it needs is unknown."""
        columns = scope.bind(node)
        condition = None if node.condition is None else self.emitter.emit(node.condition, columns)
        element = None if node.element is None else self.emitter.emit(node.element, columns)
        value, unknown = _aggregate(node.fn, element, condition)
        yield s.alias(value, column)
        yield s.alias(unknown if unknown is not None else exp.Boolean(this=False), f"{column}_u")

    # -- to-one relations whose rows are not unique ----------------------------------------------

    def first_of(self, relation: Relation) -> tuple[str, tuple[str, ...]]:
        """The relation to join for a to-one relation, and its key columns."""
        columns = tuple(target for _, target in relation.on)
        if columns == ("row_key",) and relation.year_offset is None:
            return self.relations[relation.to], columns
        key = (relation.to, columns, relation.year_offset)
        if key not in self.firsts:
            self.firsts[key] = f"first_{len(self.firsts)}"
        return self.firsts[key], columns

    def first_steps(self) -> Iterator[Step]:
        for (table, columns, year), name in self.firsts.items():
            keys = ", ".join(f'"{column}"' for column in columns)
            known = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
            if year is not None:
                known += f' AND "data_year" = {self.emitter.as_of // 10000 + year}'
            yield Step(
                name,
                f"SELECT DISTINCT ON ({keys}) * FROM {self.relations[table]} WHERE {known} "
                f'ORDER BY {keys}, "row_key"',
            )


class Scope:
    """One FROM clause: the base row `t`, to-one joins and feature joins, added as they are asked for.

    Inside a correlated statement the related row is `r`; `default` is the table that every unknown variable
    stands for in an uncorrelated one.
    """

    def __init__(
        self,
        planner: Planner,
        tables: dict[str, str],
        base: str,
        default: str | None = None,
        bound: str | None = None,
    ) -> None:
        self.planner = planner
        self.tables = tables
        self.base = base
        self.default = default
        self.bound = bound
        self.bound_var: str | None = None
        self.joins: list[exp.Join] = []
        self.aliases: dict[tuple[str, tuple[str, ...]], str] = {}
        self.features: dict[tuple[str, str], str] = {}
        self.derived: dict[tuple[str, n.FieldRef], tuple[str, int, Expr]] = {}

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
        on = [
            s.eq(s.col(left, own), s.col(alias, column))
            for (own, _), column in zip(relation.on, columns, strict=True)
        ]
        target = s.alias(exp.to_table(source), alias)
        self.joins.append(exp.Join(this=target, on=s.all_of(on), side="LEFT"))

    def field(self, ref: n.FieldRef) -> Expr:
        absent = self.planner.absent.get(ref.table, frozenset())
        if ref.field in absent:
            return s.cast(s.null(), DUCK_TYPES[self.planner.terms.table(ref.table).fields[ref.field].type])
        return s.col(self.alias(ref.var, ref.path), ref.field)

    def shared(self, key: tuple[str, n.FieldRef], level: int, build: Callable[[], Expr]) -> Expr:
        """A value of the base row that many predicates use: computed once, in a subquery below them.

        DuckDB shares nothing inside CASE, AND and OR; level 1 may use what level 0 computes.
        """
        _, ref = key
        if ref.path or self.root(ref.var)[0] != "t":
            return build()
        if key not in self.derived:
            value = build()
            self.derived[key] = (f"d{len(self.derived)}", level, value)
        return s.col("t", self.derived[key][0])

    def feature(self, node: n.Aggregate) -> Expr:
        """The value of a registered aggregate for this statement's row."""
        _, base = self.root(node.base_var)
        column = self.planner.register(node, base)
        bucket = self.planner.buckets[self.planner.bucket_key(node, base)]
        owner = self.alias(node.base_var, node.path)
        relation = self.planner.terms.table(node.owner).relations[node.relation]
        if bucket.key.correlated:
            root, _ = self.root(node.base_var)
            pairs = [(s.col(root, "row_key"), "k0")]
        else:
            pairs = [(s.col(owner, own), f"k{i}") for i, (own, _) in enumerate(relation.on)]
        alias = self.join_feature(owner, bucket, pairs)
        value = _decode(node.fn, s.col(alias, column), s.col(alias, f"{column}_u"))
        keys = [s.col(owner, own) for own, _ in relation.on]
        if not node.path and relation.on[0][0] == "row_key" and len(relation.on) == 1:
            return value
        return s.case((s.any_of(s.is_null(key) for key in keys), s.null()), default=value)

    def join_feature(self, owner: str, bucket: Bucket, pairs: list[tuple[Expr, str]]) -> str:
        on_text = " ".join(pair.sql() for pair, _ in pairs)
        key = (bucket.name, on_text)
        if key not in self.features:
            alias = self.features[key] = f"a{len(self.features)}"
            on = [s.eq(left, s.col(alias, right)) for left, right in pairs]
            target = s.alias(exp.to_table(bucket.name), alias)
            self.joins.append(exp.Join(this=target, on=s.all_of(on), side="LEFT"))
        return self.features[key]

    def select(self, columns: list[Expr]) -> exp.Select:
        query = exp.Select().select(*columns, copy=False).from_(self.source(), copy=False)
        query.set("joins", list(self.joins))
        return query

    def source(self) -> Expr:
        """The base rows, with what is shared beside them."""
        source: Expr = s.alias(exp.to_table(self.base), "t")
        for level in (0, 1):
            made = [s.alias(value, name) for name, at, value in self.derived.values() if at == level]
            if made:
                every = exp.Column(this=exp.Star(), table=exp.to_identifier("t"))
                source = (
                    exp.Select()
                    .select(every, *made, copy=False)
                    .from_(source, copy=False)
                    .subquery("t", copy=False)
                )
        return source


def value_nodes(node: n.Node) -> Iterator[n.Node]:
    """What a finding's evidence holds of the subject's own row: its fields and features, in reading order."""
    if isinstance(node, n.FieldRef | n.Aggregate):
        yield node
        return
    for child in n.children(node):
        yield from value_nodes(child)


def _depth(node: n.Node) -> int:
    """How many aggregates are nested in a node."""
    inner = max((_depth(child) for child in n.children(node)), default=0)
    return inner + 1 if isinstance(node, n.Aggregate) else inner


def _status(predicate: Expr, shift: int, missing_passes: bool) -> Expr:
    """2 for a finding, 1 for unknown, 0 for a pass, at the check's two bits; the predicate is evaluated once."""
    found = s.mul(s.cast(s.paren(predicate), "BIGINT"), s.num(2 << shift))
    return s.fn("coalesce", found, s.num(0 if missing_passes else 1 << shift))


def _aggregate(fn: str, element: Expr | None, condition: Expr | None) -> tuple[Expr, Expr | None]:
    """SQL of an aggregate, and of “a row it needs is unknown”."""
    if fn in ("any", "all"):
        assert element is not None
        if fn == "any":
            truth = element if condition is None else s.all_of([condition, element])
        else:
            failing = s.negate(element)
            truth = failing if condition is None else s.all_of([condition, failing])
        return s.fn("bool_or", truth), s.fn("bool_or", s.is_null(truth.copy()))
    unknown = [] if condition is None else [s.is_null(condition.copy())]
    if element is not None:
        missing = s.is_null(element.copy())
        unknown.append(missing if condition is None else s.all_of([condition.copy(), missing]))
    value: Expr = _count_like(fn, element)
    if condition is not None:
        value = exp.Filter(this=value, expression=exp.Where(this=condition))
    if fn == "sum":  # beyond 64 bits it is unknown, as everywhere
        value = s.try_cast(s.fn("coalesce", value, s.num(0)), "BIGINT")
    return value, s.fn("bool_or", s.any_of(unknown)) if unknown else None


def _count_like(fn: str, element: Expr | None) -> Expr:
    if element is None:
        return exp.Count(this=exp.Star())
    if fn == "count_distinct":
        return exp.Count(this=exp.Distinct(expressions=[element]))
    return s.fn(fn, element)


def _decode(fn: str, value: Expr, unknown: Expr) -> Expr:
    """The aggregate's answer where there are no rows, where a row was unknown, and else."""
    if fn in ("any", "all"):
        found = s.boolean(fn == "any")
        return s.case((value, found), (unknown, s.null()), default=s.boolean(fn != "any"))
    if fn in ("min", "max"):
        return s.case((unknown, s.null()), default=value)
    return s.case((unknown, s.null()), (s.is_null(unknown.copy()), s.num(0)), default=value)
