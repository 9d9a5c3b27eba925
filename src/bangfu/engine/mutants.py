"""Small changes of a rule, one at a time: what its examples must notice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from bangfu.policy.language import nodes as n
from bangfu.policy.language.types import SCALE

_COMPARE: dict[str, tuple[n.CompareOp, ...]] = {
    "<": ("<=", ">"),
    "<=": ("<", ">"),
    ">": (">=", "<"),
    ">=": (">", "<"),
    "==": ("!=",),
    "!=": ("==",),
}


def mutants(node: n.Node) -> Iterator[tuple[str, n.Node]]:
    """Each change as words and the changed tree."""
    yield from _here(node)
    for name, index, child in _slots(node):
        for words, changed in mutants(child):
            yield words, _with(node, name, index, changed)


def _here(node: n.Node) -> Iterator[tuple[str, n.Node]]:
    match node:
        case n.Compare():
            for op in _COMPARE[node.op]:
                yield f"{node.op} 改成 {op}", replace(node, op=op)
        case n.InSet() | n.HasAny():
            yield "in 与 not in 互换", replace(node, negated=not node.negated)
            if node.group is None and len(node.values) > 1:
                for gone in node.values:
                    rest = tuple(value for value in node.values if value is not gone)
                    yield f"去掉 {_shown(gone)}", replace(node, values=rest)
        case n.IsMissing() | n.IsTruth():
            yield "is 与 is not 互换", replace(node, negated=not node.negated)
        case n.Logic(op=op, items=items):
            other: Any = "or" if op == "and" else "and"
            yield f"{op} 改成 {other}", replace(node, op=other)
            if len(items) > 1:
                for gone in items:
                    rest = tuple(item for item in items if item is not gone)
                    yield "去掉一个条件", rest[0] if len(rest) == 1 else replace(node, items=rest)
        case n.Not(item=item):
            yield "去掉 not", item
        case n.Literal(value=int() as value) if not isinstance(value, bool):
            for step in (1, -1):
                moved = value + step * 10 ** SCALE.get(node.kind.kind, 0)
                yield f"{_shown(node)} 改动 {step:+d}", replace(node, value=moved)
        case n.Literal(value=str() as value):
            yield f"{value} 改成别的", replace(node, value=f"{value}〇")


def _shown(node: n.Node) -> str:
    return str(node.value) if isinstance(node, n.Literal) else "一项"


def _slots(node: n.Node) -> Iterator[tuple[str, int | None, n.Node]]:
    """The children that may change, with where they hang. Set members are changed by leaving them out."""
    for item in fields(node):
        value = getattr(node, item.name)
        if isinstance(value, n.Node):
            yield item.name, None, value
        elif isinstance(value, tuple) and not (isinstance(node, n.InSet | n.HasAny) and len(value) > 1):
            if isinstance(node, n.InSet | n.HasAny) and node.group is not None:
                continue
            for index, part in enumerate(value):
                if isinstance(part, n.Node):
                    yield item.name, index, part


def _with(node: n.Node, name: str, index: int | None, child: n.Node) -> n.Node:
    if index is None:
        return replace(node, **{name: child})
    parts = list(getattr(node, name))
    parts[index] = child
    return replace(node, **{name: tuple(parts)})
