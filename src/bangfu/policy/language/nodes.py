"""The nodes of an expression: frozen, typed, without behaviour."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal as Lit

from bangfu.policy.language.types import BOOL, DATE, INTEGER, Type

CompareOp = Lit["==", "!=", "<", "<=", ">", ">="]
ArithOp = Lit["+", "-", "*", "/"]
AggregateFn = Lit["any", "all", "count", "count_distinct", "sum", "min", "max"]
Value = int | str | bool | None

SUBJECT = ""  # the name of the variable that stands for the subject itself


@dataclass(frozen=True)
class Node:
    @property
    def type(self) -> Type:
        raise TypeError(f"{type(self).__name__} has no type")


@dataclass(frozen=True)
class Literal(Node):
    """A constant, already in the form that its type holds."""

    value: Value
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class RunConstant(Node):
    """`as_of` or `data_year`; of indicators `period_start` and `period_end` as well."""

    name: str

    @property
    def type(self) -> Type:
        return INTEGER if self.name == "data_year" else DATE


@dataclass(frozen=True)
class FieldRef(Node):
    """A field of variable `var`, reached through to-one relations `path`; `table` is where it ends."""

    var: str
    path: tuple[str, ...]
    table: str
    field: str
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class Compare(Node):
    op: CompareOp
    left: Node
    right: Node

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class InSet(Node):
    item: Node
    values: tuple[Node, ...]
    negated: bool
    group: str | None = None  # the code list group it came from, for the explanation

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class HasAny(Node):
    """A multi-select cell holds one of the labels."""

    item: Node
    values: tuple[Node, ...]
    negated: bool
    group: str | None = None

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class IsMissing(Node):
    item: Node
    negated: bool

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class IsTruth(Node):
    """`x is True` / `x is False` / `x is not True`: never unknown."""

    item: Node
    value: bool
    negated: bool

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class Logic(Node):
    op: Lit["and", "or"]
    items: tuple[Node, ...]

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class Not(Node):
    item: Node

    @property
    def type(self) -> Type:
        return BOOL


@dataclass(frozen=True)
class Arith(Node):
    op: ArithOp
    left: Node
    right: Node
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class IfElse(Node):
    condition: Node
    then: Node
    otherwise: Node
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class Call(Node):
    function: str
    args: tuple[Node, ...]
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class Standard(Node):
    id: str
    on: Node | None
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


@dataclass(frozen=True)
class Aggregate(Node):
    """A comprehension over the rows that relation `relation` gives for `base_var` after to-one `path`.

    `target` is the table of its rows, `var` their name; `element` is None for count.
    """

    fn: AggregateFn
    base_var: str
    path: tuple[str, ...]
    owner: str  # the table that has the relation
    relation: str
    target: str
    var: str
    element: Node | None
    condition: Node | None
    kind: Type

    @property
    def type(self) -> Type:
        return self.kind


def children(node: Node) -> Iterator[Node]:
    for name in _names(node):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, Node))


_NAMES: dict[type[Node], tuple[str, ...]] = {}


def _names(node: Node) -> tuple[str, ...]:
    """The fields of its kind, looked up once: trees are walked for every finding that is told."""
    kind = type(node)
    if kind not in _NAMES:
        _NAMES[kind] = tuple(item.name for item in fields(node))
    return _NAMES[kind]


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def free_variables(node: Node) -> frozenset[str]:
    """The variables that the node reads and does not bind."""
    if isinstance(node, FieldRef):
        return frozenset({node.var})
    inner = frozenset(name for child in children(node) for name in free_variables(child))
    if isinstance(node, Aggregate):
        return (inner - {node.var}) | {node.base_var}
    return inner
