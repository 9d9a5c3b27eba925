"""All checks of a dataset -> the few SQL statements that answer them.

Related rows are aggregated once into features (one statement per table, grouping and depth), then every
predicate of a subject is evaluated side by side in one pass, which keeps the rows that some check hits and their
values. A named step is one statement with a named output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from sqlglot import exp

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.dialects.sql import Expr
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from bangfu.terms.model import Relation, Terms

_EXPANDING = frozenset({"months_between", "days_between", "years_between", "add_months"})
"""Functions whose SQL writes an argument down several times."""


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
    selfish: bool = False
    """The related table is the row's own and the key the same on both sides: every group holds the row itself."""


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
class Joined:
    """A join of a pass: rows of `source` as `alias`, where columns of `left` equal theirs."""

    alias: str
    source: str
    left: str
    on: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SubjectPass:
    """The fused pass of one subject: the rows that some check hits, with all answers and values."""

    subject: str
    checks: tuple[Check, ...]
    base: str
    joined: tuple[Joined, ...]
    sql: str
    """Columns row_key; c0, c1, ... the answer of each check (NULL unknown); v0, v1, ... the values.

    It reads the base from `from_t` and what is joined as j0 from `from_j0`.
    """
    values: tuple[n.Node, ...]

    @property
    def sources(self) -> dict[str, str]:
        return {"t": self.base} | {join.alias: join.source for join in self.joined}

    def column_of(self, check: Check) -> str:
        return f"c{self.checks.index(check)}"


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
        self.first_columns: dict[str, dict[str, None]] = {}
        self.groups: dict[tuple[str, tuple[str, ...]], str] = {}

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
        return [*self.first_steps(), *self.group_steps(), *steps], passes

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
        year, selfish = relation.year_offset, _is_selfish(node, relation)
        if outer:
            alone = selfish and not node.path and _answers_alone(node)
            return BucketKey(
                True, base, node.path, node.owner, node.relation, node.target, (), year, depth, alone
            )
        alone = selfish and node.fn == "count" and node.condition is None
        return BucketKey(False, node.target, (), "", "", node.target, columns, year, depth, alone)

    # -- statements -----------------------------------------------------------------------------

    def subject_pass(self, subject: str, checks: tuple[Check, ...]) -> SubjectPass:
        scope = Scope(self, {n.SUBJECT: subject}, "from_t", repeated=_repeated(checks), apart=True)
        columns = [s.alias(s.col("t", "row_key"), "row_key")]
        for number, check in enumerate(checks):
            answer = self.emitter.emit(check.when, scope)
            if check.missing_passes:
                answer = s.fn("coalesce", answer, s.boolean(False))
            columns.append(s.alias(answer, f"c{number}"))
        values = tuple(dict.fromkeys(node for check in checks for node in value_nodes(check.when)))
        columns.extend(s.alias(self.emitter.emit(node, scope), f"v{i}") for i, node in enumerate(values))
        asked = scope.select(columns).sql("duckdb", copy=False)
        # A filter on a volatile value stays above the answers; DuckDB would else compute them once more below it.
        hit = " OR ".join(f"c{number}" for number in range(len(checks)))
        sql = (
            f"SELECT * EXCLUDE (hit) FROM (SELECT *, {hit} OR random() < -1 AS hit FROM ({asked})) "
            "WHERE hit IS NOT FALSE"
        )
        return SubjectPass(subject, checks, self.relations[subject], tuple(scope.joined), sql, values)

    def bucket_step(self, bucket: Bucket) -> Step:
        key = bucket.key
        if key.selfish and not key.correlated:
            # the sizes of the groups, which other features of the table need too
            listed = [f'"{column}" AS k{i}' for i, column in enumerate(key.columns)]
            listed.extend(f"size AS {column}" for column in bucket.nodes)
            return Step(bucket.name, f"SELECT {', '.join(listed)} FROM {self.group(key.target, key.columns)}")
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
        telling = [_telling(column, node) for column, node in bucket.nodes.items()]
        if not key.correlated:
            for part in keys:
                query = query.where(s.is_null(part.this.copy(), negated=True), copy=False)
            if key.year is not None:
                query = query.where(self.of_year("t", key.year), copy=False)
        sql = query.sql("duckdb", copy=False)
        if not (key.correlated and key.selfish) and all(telling):
            # not HAVING: there a joined feature's f0 would hide this statement's own
            sql = f"SELECT * FROM ({sql}) WHERE {' OR '.join(filter(None, telling))}"
        return Step(bucket.name, sql)

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
        if key.selfish:  # who is alone in the group is answered in the pass
            columns = tuple(own for own, _ in relation.on)
            groups = self.group(key.target, columns)
            table = self.relations[key.target]
            scope.base, related = (shared_rows(table, columns, groups, name) for name in "tr")
        scope.joins.append(exp.Join(this=related, on=s.all_of(on), kind="INNER"))
        return scope, [s.alias(s.col("t", "row_key"), "k0")]

    def feature_columns(self, column: str, node: n.Aggregate, scope: Scope) -> Iterator[Expr]:
        """The aggregate, and beside it whether any row it needs is unknown."""
        columns = scope.bind(node)
        condition = None if node.condition is None else self.emitter.emit(node.condition, columns)
        element = None if node.element is None else self.emitter.emit(node.element, columns)
        value, unknown = _aggregate(node.fn, element, condition)
        yield s.alias(value, column)
        if unknown is not None:
            yield s.alias(unknown, f"{column}_u")

    # -- to-one relations whose rows are not unique ----------------------------------------------

    def first_of(self, relation: Relation) -> tuple[str, tuple[str, ...]]:
        """The relation to join for a to-one relation, and its key columns."""
        columns = tuple(target for _, target in relation.on)
        if columns == ("row_key",) and relation.year_offset is None:
            return self.relations[relation.to], columns
        key = (relation.to, columns, relation.year_offset)
        if key not in self.firsts:
            name = self.firsts[key] = f"first_{len(self.firsts)}"
            self.first_columns[name] = dict.fromkeys(columns)
        return self.firsts[key], columns

    def first_steps(self) -> Iterator[Step]:
        """Of rows that share the key the first; only the columns that statements planned so far read."""
        for (table, columns, year), name in self.firsts.items():
            keys = ", ".join(f'"{column}"' for column in columns)
            known = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
            if year is not None:
                known += f' AND "data_year" = {self.emitter.as_of // 10000 + year}'
            listed = ", ".join(f'"{column}"' for column in self.first_columns[name])
            source = self.relations[table]
            yield Step(
                name,
                f"SELECT {listed} FROM {source} WHERE {known} AND row_key IN "
                f"(SELECT min(row_key) FROM {source} WHERE {known} GROUP BY {keys})",
            )

    def group(self, table: str, columns: tuple[str, ...]) -> str:
        return self.groups.setdefault((table, columns), f"group_{len(self.groups)}")

    def group_steps(self) -> Iterator[Step]:
        """The keys that several rows of a table share, and how many do."""
        for (table, columns), name in self.groups.items():
            keys = ", ".join(f'"{column}"' for column in columns)
            known = " AND ".join(f'"{column}" IS NOT NULL' for column in columns)
            source = self.relations[table]
            yield Step(
                name,
                f"SELECT {keys}, count(*) AS size FROM {source} WHERE {known} GROUP BY {keys} HAVING size > 1",
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
        value = _decode(node.fn, s.col(alias, column), _unknown_of(node, alias, column))
        if bucket.key.selfish:
            alone = self.alone(node) if bucket.key.correlated else s.num(1)
            value = s.case((s.is_null(s.col(alias, "k0")), alone), default=value)
        keys = [self.column(owner, own) for own, _ in relation.on]
        if not node.path and relation.on[0][0] == "row_key" and len(relation.on) == 1:
            return value
        return s.case((s.any_of(s.is_null(key) for key in keys), s.null()), default=value)

    def alone(self, node: n.Aggregate) -> Expr:
        """The answer for a row whose group holds nobody else."""
        parts = [
            self.planner.emitter.emit(_renamed(part, node.var, node.base_var), self)
            for part in (node.condition, node.element)
            if part is not None
        ]
        if node.fn == "all":
            return s.negate(s.all_of([*parts[:-1], s.negate(parts[-1])]))
        together = s.all_of(parts)
        return together if node.fn == "any" else s.cast(together, "BIGINT")

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


def shared_rows(table: str, columns: tuple[str, ...], groups: str, alias: str) -> Expr:
    """Rows of a table whose key is among the groups."""
    listed = [exp.column(column, quoted=True) for column in columns]
    join = exp.Join(this=s.alias(exp.to_table(groups), "g"), side="SEMI", using=listed)
    query = exp.Select().select("*", copy=False).from_(exp.to_table(table), copy=False)
    query.set("joins", [join])
    return query.subquery(alias, copy=False)


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


def _repeated(checks: Iterable[Check]) -> frozenset[n.Node]:
    """Calls that several places read."""
    found: Counter[n.Node] = Counter()
    for check in checks:
        for node in n.walk(check.when):
            if isinstance(node, n.Call):
                found[node] += 1
                if node.function in _EXPANDING:
                    found.update({arg: 2 for arg in node.args if isinstance(arg, n.Call)})
    return frozenset(node for node, times in found.items() if times > 1)


def _is_selfish(node: n.Aggregate, relation: Relation) -> bool:
    return (
        node.owner == node.target
        and relation.year_offset is None
        and all(own == target for own, target in relation.on)
    )


def _answers_alone(node: n.Aggregate) -> bool:
    """Whether the answer for a group of one can be read off its row."""
    parts = [part for part in (node.element, node.condition) if part is not None]
    nested = any(isinstance(inner, n.Aggregate) for part in parts for inner in n.walk(part))
    return node.fn in ("any", "all", "count") and not nested


def _renamed(node: n.Node, old: str, new: str) -> n.Node:
    """The node, reading variable `new` where it read `old`."""
    if isinstance(node, n.FieldRef):
        return replace(node, var=new) if node.var == old else node
    changed: dict[str, Any] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, n.Node):
            changed[item.name] = _renamed(value, old, new)
        elif isinstance(value, tuple):
            changed[item.name] = tuple(
                _renamed(part, old, new) if isinstance(part, n.Node) else part for part in value
            )
    return replace(node, **changed)


def _telling(column: str, node: n.Aggregate) -> str | None:
    """When a group's feature differs from that of a row without a group; None when that cannot be said."""
    if node.fn in ("any", "all"):
        return f"{column} OR {column}_u"
    if node.fn == "count" and node.condition is not None:
        return f"{column} > 0 OR {column}_u"
    return None


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


def _unknown_of(node: n.Aggregate, alias: str, column: str) -> Expr | None:
    """The column that says a row was unknown; a bare count has none."""
    if node.fn == "count" and node.condition is None:
        return None
    return s.col(alias, f"{column}_u")


def _decode(fn: str, value: Expr, unknown: Expr | None) -> Expr:
    """The aggregate's answer where there are no rows, where a row was unknown, and else."""
    if unknown is None:
        return s.fn("coalesce", value, s.num(0))
    if fn in ("any", "all"):
        found = s.boolean(fn == "any")
        return s.case((value, found), (unknown, s.null()), default=s.boolean(fn != "any"))
    if fn in ("min", "max"):
        return s.case((unknown, s.null()), default=value)
    return s.case((unknown, s.null()), (s.is_null(unknown.copy()), s.num(0)), default=value)
