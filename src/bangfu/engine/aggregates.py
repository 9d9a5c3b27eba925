"""What an aggregate over related rows needs of SQL, and which short ways its shape allows."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from sqlglot import exp

from bangfu.engine.dialects import sql as s
from bangfu.engine.dialects.sql import Expr
from bangfu.policy.language import nodes as n
from bangfu.terms.model import Relation


def aggregates_nested(node: n.Node) -> int:
    """How many aggregates are nested in a node."""
    inner = max((aggregates_nested(child) for child in n.children(node)), default=0)
    return inner + 1 if isinstance(node, n.Aggregate) else inner


def is_selfish(node: n.Aggregate, relation: Relation) -> bool:
    return (
        node.owner == node.target
        and relation.year_offset is None
        and all(own == target for own, target in relation.on)
    )


def is_of_group(node: n.Aggregate) -> bool:
    """Whether the size or the first row of a group answers an aggregate over rows that share a key."""
    if node.condition is not None:
        return False
    return node.fn == "count" or (node.fn == "min" and is_row_key(node.element, node.var))


def is_row_key(node: n.Node | None, var: str) -> bool:
    return isinstance(node, n.FieldRef) and (node.var, node.path, node.field) == (var, (), "row_key")


def asks_for_earlier(node: n.Aggregate) -> bool:
    """Whether it asks if any row of the group comes before the row itself."""
    asked = node.element
    return (
        node.fn == "any"
        and node.condition is None
        and not node.path
        and isinstance(asked, n.Compare)
        and asked.op == "<"
        and is_row_key(asked.left, node.var)
        and is_row_key(asked.right, node.base_var)
    )


def answers_alone(node: n.Aggregate) -> bool:
    """Whether the answer for a group of one can be read off its row."""
    parts = [part for part in (node.element, node.condition) if part is not None]
    nested = any(isinstance(inner, n.Aggregate) for part in parts for inner in n.walk(part))
    return node.fn in ("any", "all", "count") and not nested


def renamed(node: n.Node, old: str, new: str) -> n.Node:
    """The node, reading variable `new` where it read `old`."""
    if isinstance(node, n.FieldRef):
        return replace(node, var=new) if node.var == old else node
    changed: dict[str, Any] = {}
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, n.Node):
            changed[item.name] = renamed(value, old, new)
        elif isinstance(value, tuple):
            changed[item.name] = tuple(
                renamed(part, old, new) if isinstance(part, n.Node) else part for part in value
            )
    return replace(node, **changed)


def telling(column: str, node: n.Aggregate) -> str | None:
    """When a group's feature differs from that of a row without a group; None when that cannot be said."""
    if node.fn in ("any", "all"):
        return f"{column} OR {column}_u"
    if node.fn == "count" and node.condition is not None:
        return f"{column} > 0 OR {column}_u"
    return None


def aggregate(fn: str, element: Expr | None, condition: Expr | None) -> tuple[Expr, Expr | None]:
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


def unknown_of(node: n.Aggregate, alias: str, column: str) -> Expr | None:
    """The column that says a row was unknown; a bare count has none."""
    if node.fn == "count" and node.condition is None:
        return None
    return s.col(alias, f"{column}_u")


def decode(fn: str, value: Expr, unknown: Expr | None) -> Expr:
    """The aggregate's answer where there are no rows, where a row was unknown, and else."""
    if unknown is None:
        return s.fn("coalesce", value, s.num(0))
    if fn in ("any", "all"):
        found = s.boolean(fn == "any")
        return s.case((value, found), (unknown, s.null()), default=s.boolean(fn != "any"))
    if fn in ("min", "max"):
        return s.case((unknown, s.null()), default=value)
    return s.case((unknown, s.null()), (s.is_null(unknown.copy()), s.num(0)), default=value)
