"""All checks of a dataset -> the few SQL statements that answer them.

Related rows are aggregated once into features (one statement per table, grouping and depth), then every
predicate of a subject is evaluated side by side in one pass, which keeps the rows that some check hits and their
values. A named step is one statement with a named output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from sqlglot import exp

from bangfu.engine.aggregates import (
    aggregate,
    aggregates_nested,
    answers_alone,
    asks_for_earlier,
    is_of_group,
    is_selfish,
    telling,
)
from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.duckdb import Emitter
from bangfu.engine.dialects.sql import Expr
from bangfu.engine.scope import Scope
from bangfu.engine.steps import Bucket, BucketKey, Step, SubjectPass
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from bangfu.terms.model import Relation, Terms

_EXPANDING = frozenset({"months_between", "days_between", "years_between", "add_months"})
"""Functions whose SQL writes an argument down several times."""


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
        self.absent: Mapping[str, frozenset[str]] = absent or {}
        """Fields that no list has: read only where a rule says what then counts."""
        self.buckets: dict[BucketKey, Bucket] = {}
        self.firsts: dict[tuple[str, tuple[str, ...], int | None], str] = {}
        self.first_columns: dict[str, dict[str, None]] = {}
        self.groups: dict[tuple[str, tuple[str, ...]], str] = {}
        self.led: set[str] = set()  # groups whose first row is asked for

    # -- the plan -------------------------------------------------------------------------------

    def plan(self, checks: Iterable[Check]) -> tuple[list[Step], list[SubjectPass]]:
        by_subject: dict[str, list[Check]] = {}
        for check in checks:
            by_subject.setdefault(check.subject, []).append(check)
            self.take(check.subject, check.when)
        passes = [self.subject_pass(subject, tuple(group)) for subject, group in by_subject.items()]
        return self.steps(), passes

    def take(self, subject: str, asked: n.Node) -> None:
        """Notes the features that a node asked of rows of `subject` reads."""
        for node in n.walk(asked):
            if isinstance(node, n.Aggregate):
                self.register(self.first_row(node) or node, table_of(node, subject, asked))

    def steps(self) -> list[Step]:
        """The statements to take first, once all passes are planned."""
        steps = [
            self.bucket_step(bucket) for bucket in sorted(self.buckets.values(), key=lambda b: b.key.depth)
        ]
        return [*self.first_steps(), *self.group_steps(), *steps]

    def first_row(self, node: n.Aggregate) -> n.Aggregate | None:
        """The first row of the group, where a node only compares it with the row itself.

        So no pair of rows is looked at, however large the groups are.
        """
        relation = self.terms.table(node.owner).relations[node.relation]
        if not is_selfish(node, relation) or not asks_for_earlier(node):
            return None
        assert isinstance(node.element, n.Compare)
        return replace(node, fn="min", element=node.element.left, kind=node.element.left.type)

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
        depth = 1 + max((aggregates_nested(part) for part in inner), default=0)
        year, selfish = relation.year_offset, is_selfish(node, relation)
        if outer:
            alone = selfish and not node.path and answers_alone(node)
            return BucketKey(
                True, base, node.path, node.owner, node.relation, node.target, (), year, depth, alone
            )
        alone = selfish and is_of_group(node)
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
            return self.group_feature(bucket)
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
        worth_keeping = [telling(column, node) for column, node in bucket.nodes.items()]
        if not key.correlated:
            for part in keys:
                query = query.where(s.is_null(part.this.copy(), negated=True), copy=False)
            if key.year is not None:
                query = query.where(self.of_year("t", key.year), copy=False)
        sql = query.sql("duckdb", copy=False)
        if not (key.correlated and key.selfish) and all(worth_keeping):
            # not HAVING: there a joined feature's f0 would hide this statement's own
            sql = f"SELECT * FROM ({sql}) WHERE {' OR '.join(filter(None, worth_keeping))}"
        return Step(bucket.name, sql)

    def group_feature(self, bucket: Bucket) -> Step:
        """Sizes and first rows of the groups, which other features of the table need too."""
        key = bucket.key
        group = self.group(key.target, key.columns)
        listed = [f'"{column}" AS k{i}' for i, column in enumerate(key.columns)]
        for column, node in bucket.nodes.items():
            listed.append(f"{'size' if node.fn == 'count' else 'first_row'} AS {column}")
            if node.fn != "count":
                self.led.add(group)
        return Step(bucket.name, f"SELECT {', '.join(listed)} FROM {group}")

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
        value, unknown = aggregate(node.fn, element, condition)
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
            wanted = "count(*) AS size" + (", min(row_key) AS first_row" if name in self.led else "")
            yield Step(
                name,
                f"SELECT {keys}, {wanted} FROM {source} WHERE {known} GROUP BY {keys} HAVING size > 1",
            )


def table_of(node: n.Aggregate, subject: str, asked: n.Node) -> str:
    """The table of the variable that an aggregate within a node asked of `subject` starts from."""
    if node.base_var == n.SUBJECT:
        return subject
    return next(
        outer.target
        for outer in n.walk(asked)
        if isinstance(outer, n.Aggregate) and outer.var == node.base_var and node in set(n.walk(outer))
    )


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
