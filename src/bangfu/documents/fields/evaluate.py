"""What a field shows and whether a condition holds, in a scope."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from bangfu.documents.fields.formats import as_value, show_cell
from bangfu.documents.fields.tags import Comparison, Condition, Field, Name, Side, fill_holes
from bangfu.documents.fields.values import Cell, FieldValue, Resolver, Row, Scope
from bangfu.terms.errors import UserError

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def find_cell(name: Name, scope: Scope, resolve: Resolver) -> Cell:
    """The column, word or list of that name; else what the resolver says. UserError with the nearest names."""
    found, cell = scope.find(name.text)
    return cell if found else resolve(reference_of(name, scope))


def reference_of(name: Name, scope: Scope) -> str:
    values: dict[str, str] = {}
    for hole in name.holes:
        found, cell = scope.find(hole)
        if not found:
            raise UserError(f"<{hole}> 不是这里能用的名称{nearest(hole, scope.known())}")
        values[hole] = as_value(cell).shown if not isinstance(cell, date) else str(cell.year)
    return fill_holes(name, values)


def nearest(name: str, known: Sequence[str]) -> str:
    close = get_close_matches(name, known, n=3, cutoff=0.5)
    return f"，是否指 {'、'.join(close)}？" if close else ""


def show_field(field: Field, scope: Scope, resolve: Resolver) -> FieldValue:
    return show_cell(find_cell(field.name, scope, resolve), field.formats)


def rows_of(name: Name, scope: Scope) -> Sequence[Row]:
    """The rows of a list. UserError where the name is none."""
    found, cell = scope.find(name.text)
    if not found:
        raise UserError(f"没有清单“{name.text}”{nearest(name.text, scope.known())}")
    if not isinstance(cell, Sequence) or isinstance(cell, str):
        raise UserError(f"“{name.text}”不是清单，不能循环")
    return cell


def holds(condition: Condition, scope: Scope, resolve: Resolver) -> bool:
    """A figure that is not known makes any comparison false, and so does an empty list by itself."""
    results = [
        [_passes(test, scope, resolve) for test in tests]  # all are asked, so that every unknown name is told
        for tests in condition.alternatives
    ]
    return any(all(tests) for tests in results)


def _passes(test: Comparison, scope: Scope, resolve: Resolver) -> bool:
    left = _value(test.left, scope, resolve)
    if not test.sign:
        return bool(left)
    right = _value(test.right, scope, resolve)
    if test.sign in ("=", "!="):
        return left is not None and right is not None and (left == right) == (test.sign == "=")
    if left is None or right is None:
        return False
    if not (isinstance(left, int | Decimal) and isinstance(right, int | Decimal)):
        raise UserError(f"比大小的两边应都是数，这里是“{left}”和“{right}”")
    return _ORDER[test.sign](left, right)


def _value(side: Side, scope: Scope, resolve: Resolver) -> object:
    if not isinstance(side, Name):
        return side
    cell = find_cell(side, scope, resolve)
    if isinstance(cell, FieldValue):
        return cell.value if cell.value is not None else (cell.text or None)
    return cell or None if isinstance(cell, str) else cell
