"""The expression language in plain Python: slow, obvious, and the judge of the compiled SQL.

A row is a mapping of field values (in the form their types hold), to-one relations (a row or None) and
to-many relations (a list of rows). It serves examples, lint and explanations, never a run over a register.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bangfu.engine import calendar
from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import SCALE
from bangfu.policy.model import Policy
from bangfu.terms import id_number

Row = Mapping[str, Any]
COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True)
class Context:
    """What a run fixes: the rulebook, the date and the place."""

    policy: Policy
    as_of: int
    place: str
    known: Mapping[n.Node, Any] = field(default_factory=dict)
    """Values already computed for some nodes (features of a finding), used instead of related rows."""
    period: tuple[int, int] | None = None
    """First and last day (yyyymmdd) of what an indicator counts."""

    @property
    def data_year(self) -> int:
        return self.as_of // 10000

    def constant(self, name: str) -> int:
        """What the run fixes under a name."""
        if name in ("period_start", "period_end"):
            assert self.period is not None
            return self.period[name == "period_end"]
        return self.as_of if name == "as_of" else self.data_year


def evaluate(node: n.Node, row: Row, context: Context) -> Any:
    """The value of `node` for `row`; None is unknown (or a missing value)."""
    return _Evaluator(context).value(node, {n.SUBJECT: row})


@dataclass(frozen=True)
class _Evaluator:
    context: Context

    def value(self, node: n.Node, rows: Mapping[str, Row | None]) -> Any:
        if node in self.context.known:
            return self.context.known[node]
        match node:
            case n.Literal():
                return node.value
            case n.RunConstant():
                return self.context.constant(node.name)
            case n.FieldRef():
                row = self.follow(rows[node.var], node.path)
                return None if row is None else row.get(node.field)
            case n.Standard():
                return self.standard(node, rows)
            case n.IfElse():
                chosen = node.then if self.value(node.condition, rows) is True else node.otherwise
                return rescale(self.value(chosen, rows), chosen.type.kind, node.kind.kind)
            case n.Arith():
                return arith(node, self.value(node.left, rows), self.value(node.right, rows))
            case n.Call():
                return call(node, [self.value(arg, rows) for arg in node.args], self.context)
            case n.Aggregate():
                return self.aggregate(node, rows)
        return self.truth(node, rows)

    def truth(self, node: n.Node, rows: Mapping[str, Row | None]) -> bool | None:
        match node:
            case n.Compare():
                left, right = self.aligned(node.left, node.right, rows)
                return None if left is None or right is None else COMPARE[node.op](left, right)
            case n.InSet():
                item = self.value(node.item, rows)
                values = [rescale(self.value(v, rows), v.type.kind, node.item.type.kind) for v in node.values]
                return None if item is None else (item in values) != node.negated
            case n.HasAny():
                held = self.value(node.item, rows)
                if held is None:
                    return None
                return any(f",{self.value(v, rows)}," in held for v in node.values) != node.negated
            case n.IsMissing():
                return (self.value(node.item, rows) is None) != node.negated
            case n.IsTruth():
                return (self.value(node.item, rows) is node.value) != node.negated
            case n.Not():
                value = self.value(node.item, rows)
                return None if value is None else not value
            case n.Logic():
                values = [self.value(item, rows) for item in node.items]
                return kleene_any(values) if node.op == "or" else kleene_all(values)
        raise TypeError(node)

    def follow(self, row: Row | None, path: tuple[str, ...]) -> Row | None:
        for name in path:
            row = None if row is None else row.get(name)
        return row

    def aligned(self, left: n.Node, right: n.Node, rows: Mapping[str, Row | None]) -> tuple[Any, Any]:
        """Both values in the finer of the two scales."""
        kinds = left.type.kind, right.type.kind
        values = self.value(left, rows), self.value(right, rows)
        if kinds[0] == kinds[1] or not all(kind in SCALE for kind in kinds):
            return values
        finest = max(kinds, key=lambda kind: SCALE[kind])
        return rescale(values[0], kinds[0], finest), rescale(values[1], kinds[1], finest)

    def standard(self, node: n.Standard, rows: Mapping[str, Row | None]) -> int | None:
        day: int | None = self.context.as_of
        if node.on is not None:
            day = standard_day(self.value(node.on, rows), node.on.type.kind)
        if day is None:
            return None
        found = self.context.policy.standards[node.id].at(day, self.context.place)
        return None if found is None else found.value

    def aggregate(self, node: n.Aggregate, rows: Mapping[str, Row | None]) -> Any:
        owner = self.follow(rows[node.base_var], node.path)
        if owner is None or self.has_no_group(node, owner):
            return None
        pairs = list(self.pairs(node, owner, rows))
        conditions = [condition for condition, _ in pairs]
        if node.fn == "any":
            return kleene_any([kleene_all([c, value]) for c, value in pairs])
        if node.fn == "all":
            return kleene_all([kleene_any([_not(c), value]) for c, value in pairs])
        if None in conditions:
            return None
        values = [value for condition, value in pairs if condition]
        if node.fn == "count":
            return len(values)
        if None in values:
            return None
        if node.fn == "count_distinct":
            return len(set(values))
        if node.fn == "sum":
            return in_range(sum(values))
        return (min if node.fn == "min" else max)(values, default=None)

    def has_no_group(self, node: n.Aggregate, owner: Row) -> bool:
        """A relation through shared values has no rows to speak of where a value is missing.

        Hidden keys are asked only of rows that show them: in an example they are there.
        """
        table = self.context.policy.terms.table(node.owner)
        on = table.relations[node.relation].on
        return any(owner.get(own, None if own in table.fields else own) is None for own, _ in on)

    def pairs(
        self, node: n.Aggregate, owner: Row, rows: Mapping[str, Row | None]
    ) -> Iterator[tuple[Any, Any]]:
        for related in members(
            owner, node.relation, self_table=node.owner == node.target, terms=self.context.policy
        ):
            inner = {**rows, node.var: related}
            condition = True if node.condition is None else self.value(node.condition, inner)
            yield condition, True if node.element is None else self.value(node.element, inner)


def members(owner: Row, relation: str, self_table: bool, terms: Policy) -> list[Row]:
    """The related rows; of a relation through shared values within one table the first is the row itself."""
    related: list[Row] = list(owner.get(relation) or ())
    if self_table and related and related[0] is not owner and relation.startswith("same_"):
        related[0] = {**owner, **related[0]}
    return related


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


def kleene_any(values: list[bool | None]) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def kleene_all(values: list[bool | None]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def arith(node: n.Arith, left: int | None, right: int | None) -> int | None:
    """The node's value for those of its sides."""
    if left is None or right is None:
        return None
    scale, kinds = SCALE[node.kind.kind], (node.left.type.kind, node.right.type.kind)
    if node.op in "+-":
        left, right = rescale(left, kinds[0], node.kind.kind), rescale(right, kinds[1], node.kind.kind)
        return in_range(left + right if node.op == "+" else left - right)
    if node.op == "*":
        return in_range(round_div(left * right, 10 ** (SCALE[kinds[0]] + SCALE[kinds[1]] - scale)))
    shift = scale - SCALE[kinds[0]] + SCALE[kinds[1]]
    return None if right == 0 else in_range(round_div(left * 10**shift, right))


def rescale(value: Any, source: str, target: str) -> Any:
    if value is None or source == target or source not in SCALE or target not in SCALE:
        return value
    shift = SCALE[target] - SCALE[source]
    return value * 10**shift if shift >= 0 else round_div(value, 10**-shift)


def round_div(numerator: int, denominator: int) -> int:
    """Division rounded half away from zero."""
    sign = -1 if (numerator < 0) != (denominator < 0) else 1
    whole = (2 * abs(numerator) + abs(denominator)) // (2 * abs(denominator))
    return sign * whole


def in_range(value: int) -> int | None:
    """Numbers beyond 64 bits are unknown, in every engine."""
    return value if -(2**63) <= value < 2**63 else None


def standard_day(value: int | None, kind: str) -> int | None:
    """The day at which a standard is asked: a date, the last day of a month, or of a year."""
    if value is None or kind == "date":
        return value
    return value * 100 + 28 if kind == "month" else value * 10000 + 1231


def call(node: n.Call, args: list[Any], context: Context) -> Any:
    if node.function == "default":
        chosen = 1 if args[0] is None else 0
        return rescale(args[chosen], node.args[chosen].type.kind, node.kind.kind)
    return None if None in args else function_of(node, context)(*args)


def function_of(node: n.Call, context: Context) -> Callable[..., Any]:
    """What a call other than `default` computes of values that are there."""
    if node.function == "age":
        return lambda born, on=context.as_of: calendar.years_between(born, on)
    if node.function in ("least", "greatest"):
        choose, kinds = min if node.function == "least" else max, [arg.type.kind for arg in node.args]
        return lambda *args: choose(
            rescale(value, kind, node.kind.kind) for value, kind in zip(args, kinds, strict=True)
        )
    if node.function == "in_codelist":
        return _in_codelist(node.args[0], context)
    return _FUNCTIONS[node.function]


def _in_codelist(ref: n.Node, context: Context) -> Callable[[str], bool | None]:
    codelist = context.policy.codelists.get(ref.type.codes or "")
    if codelist is None:
        return lambda value: None
    labels = {label.label for label in codelist.version(context.as_of).labels}
    if ref.type.kind == "codes":
        return lambda value: labels.issuperset(value.strip(",").split(","))
    return lambda value: value in labels


def _disability_digit(text: str, position: int) -> int | None:
    if len(text) not in (20, 22) or not re.fullmatch("[0-9]", text[position]):
        return None
    return int(text[position])


_FUNCTIONS: dict[str, Callable[..., Any]] = {
    "years_between": calendar.years_between,
    "months_between": calendar.months_between,
    "days_between": calendar.days_between,
    "year": lambda d: d // 100 if calendar.is_month(d) else d // 10000,
    "month_of": lambda d: d if calendar.is_month(d) else d // 100,
    "add_months": calendar.add_months,
    "abs": abs,
    "length": len,
    "matches": lambda text, pattern: re.fullmatch(pattern, text, re.ASCII) is not None,
    "starts_with": lambda text, part: text.startswith(part),
    "ends_with": lambda text, part: text.endswith(part),
    "contains": lambda text, part: part in text,
    "substr": lambda text, start, count: text[max(0, start - 1) : max(0, start - 1) + max(0, count)],
    "size": lambda held: held.count(",") - 1,
    "id_length": len,
    "id_checksum_ok": id_number.checksum_ok,
    "id_birth": id_number.birth_of,
    "id_sex": id_number.sex_of,
    "disability_digit": lambda text: _disability_digit(text, 18),
    "disability_level_digit": lambda text: _disability_digit(text, 19),
}
