"""A finding's values under the names that the rule's own words give them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bangfu.engine.plan import value_nodes
from bangfu.engine.wording import Wording
from bangfu.findings.hiding import hidden_numbers, kinds_by_label, kinds_read
from bangfu.findings.queries.one import CellRead, Detail
from bangfu.office.masking import masked
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check, Policy

EMPTY = "未填"


@dataclass(frozen=True)
class ShownValue:
    label: str
    text: str
    is_empty: bool = False


def values_shown(
    found: Detail, check: Check | None, policy: Policy, day: int, place: str, *, in_full: bool
) -> tuple[ShownValue, ...]:
    """What the check read, in its order. Without the check, which may be repealed, under the names that were stored."""
    names = {} if check is None else dict(_names(check, Wording(policy, day, place)))
    numbers = {} if check is None else kinds_read(check)
    return tuple(
        ShownValue(
            names.get(key, (key, ""))[0],
            _text(value, names.get(key, ("", ""))[1], policy, None if in_full else numbers.get(key)),
            value is None,
        )
        for key, value in found.values.items()
    )


def cell_shown(cell: CellRead, *, in_full: bool) -> str:
    """The value at a cell."""
    if in_full or not cell.value:
        return cell.value
    kind = kinds_by_label().get(cell.header)
    return masked(kind, cell.value) if kind else hidden_numbers(cell.value)


def has_hidden(found: Detail) -> bool:
    """Whether anything of it is shown with stars."""
    return found.explanation != found.line.explanation or any(
        cell_shown(cell, in_full=False) != cell.value for cell in found.cells
    )


def _names(check: Check, wording: Wording) -> Iterator[tuple[str, tuple[str, str]]]:
    """By the name of a stored value how it is called and its unit."""
    for node in dict.fromkeys(value_nodes(check.when)):
        name = wording.name(node)
        key = ".".join((*node.path, node.field)) if isinstance(node, n.FieldRef) else name
        yield key, (name, wording.unit(node))


def _text(value: Any, unit: str, policy: Policy, number: str | None) -> str:
    if value is None:
        return EMPTY
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(str, value)) or EMPTY
    if isinstance(value, int | float):
        text = f"{value:,.2f}" if unit == "元" else f"{value:,}"
        return f"{text} {unit}".rstrip()
    if value in policy.programmes:
        return policy.programmes[value].name
    return masked(number, value) if number else hidden_numbers(value)
