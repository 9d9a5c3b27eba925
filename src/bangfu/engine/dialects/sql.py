"""Small builders of SQLGlot nodes, so that emitters read like the SQL they mean.

What is constant is computed here: a predicate is written out for every check, and the engine folds nothing
inside CASE.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable

from sqlglot import exp

Expr = exp.Expr
_CHOICES: dict[str, Callable[[Iterable[int]], int]] = {"least": min, "greatest": max}


def col(table: str, name: str) -> Expr:
    return exp.column(name, table=table, quoted=True)


def num(value: int) -> Expr:
    return (
        exp.Literal.number(value) if value >= 0 else exp.Paren(this=exp.Neg(this=exp.Literal.number(-value)))
    )


def text(value: str) -> Expr:
    return exp.Literal.string(value)


def alias(value: Expr, name: str) -> Expr:
    """`value AS name`, for columns and tables alike, without copying the tree."""
    if isinstance(value, exp.Table):
        value.set("alias", exp.TableAlias(this=exp.to_identifier(name)))
        return value
    return exp.Alias(this=value, alias=exp.to_identifier(name))


def constant(value: Expr) -> int | None:
    """The whole number that a node is, if it is one."""
    while isinstance(value, exp.Paren):
        value = value.this
    negative = isinstance(value, exp.Neg)
    inner = value.this if negative else value
    if isinstance(inner, exp.Literal) and not inner.is_string:
        return -int(inner.this) if negative else int(inner.this)
    return None


def null() -> Expr:
    return exp.Null()


def boolean(value: bool) -> Expr:
    return exp.Boolean(this=value)


def fn(name: str, *args: Expr) -> Expr:
    if name in _CHOICES:
        known = [constant(arg) for arg in args]
        if None not in known:
            return num(_CHOICES[name](value for value in known if value is not None))
    return exp.Anonymous(this=name, expressions=list(args))


def cast(value: Expr, kind: str) -> Expr:
    return exp.Cast(this=value, to=exp.DataType.build(kind, dialect="duckdb"))


def try_cast(value: Expr, kind: str) -> Expr:
    return exp.TryCast(this=value, to=exp.DataType.build(kind, dialect="duckdb"))


def paren(value: Expr) -> Expr:
    return (
        value
        if isinstance(value, exp.Column | exp.Literal | exp.Paren | exp.Anonymous)
        else exp.Paren(this=value)
    )


def binary(kind: type[exp.Binary], left: Expr, right: Expr) -> Expr:
    return kind(this=paren(left), expression=paren(right))


def _folded(
    kind: type[exp.Binary], operation: Callable[[int, int], int | bool], left: Expr, right: Expr
) -> Expr:
    a, b = constant(left), constant(right)
    if a is None or b is None:
        return binary(kind, left, right)
    result = operation(a, b)
    return boolean(result) if isinstance(result, bool) else num(result)


def _cut(a: int, b: int) -> int:
    """Division that cuts toward zero, as DuckDB's."""
    return a // b if (a < 0) == (b < 0) else -(-a // b)


def add(left: Expr, right: Expr) -> Expr:
    return _folded(exp.Add, operator.add, left, right)


def sub(left: Expr, right: Expr) -> Expr:
    return _folded(exp.Sub, operator.sub, left, right)


def mul(left: Expr, right: Expr) -> Expr:
    return _folded(exp.Mul, operator.mul, left, right)


def int_div(left: Expr, right: Expr) -> Expr:
    return _folded(exp.IntDiv, _cut, left, right)


def mod(left: Expr, right: Expr) -> Expr:
    return _folded(exp.Mod, lambda a, b: a - b * _cut(a, b), left, right)


def eq(left: Expr, right: Expr) -> Expr:
    return _folded(exp.EQ, operator.eq, left, right)


def ne(left: Expr, right: Expr) -> Expr:
    return _folded(exp.NEQ, operator.ne, left, right)


def ge(left: Expr, right: Expr) -> Expr:
    return _folded(exp.GTE, operator.ge, left, right)


def gt(left: Expr, right: Expr) -> Expr:
    return _folded(exp.GT, operator.gt, left, right)


def le(left: Expr, right: Expr) -> Expr:
    return _folded(exp.LTE, operator.le, left, right)


def lt(left: Expr, right: Expr) -> Expr:
    return _folded(exp.LT, operator.lt, left, right)


def is_null(value: Expr, negated: bool = False) -> Expr:
    if constant(value) is not None:
        return boolean(negated)
    test = exp.Is(this=paren(value), expression=exp.Null())
    return exp.Not(this=test) if negated else test


def is_in(value: Expr, numbers: Iterable[int]) -> Expr:
    listed = list(numbers)
    known = constant(value)
    if known is not None:
        return boolean(known in listed)
    return exp.In(this=paren(value), expressions=[num(number) for number in listed])


def _is(value: Expr, truth: bool) -> bool:
    return isinstance(value, exp.Boolean) and bool(value.this) is truth


def all_of(items: Iterable[Expr]) -> Expr:
    return _joined(items, exp.and_, True)


def any_of(items: Iterable[Expr]) -> Expr:
    return _joined(items, exp.or_, False)


def _joined(items: Iterable[Expr], join: Callable[..., Expr], neutral: bool) -> Expr:
    parts = [item for item in items if not _is(item, neutral)]
    if not parts:
        return boolean(neutral)
    if any(_is(item, not neutral) for item in parts):
        return boolean(not neutral)
    if len(parts) == 1:
        return parts[0]
    return join(*[paren(item) for item in parts], copy=False)


def negate(value: Expr) -> Expr:
    if isinstance(value, exp.Boolean):
        return boolean(not value.this)
    return exp.Not(this=paren(value))


def case(*branches: tuple[Expr, Expr], default: Expr | None = None) -> Expr:
    kept: list[tuple[Expr, Expr]] = []
    for condition, value in branches:
        if _is(condition, True):
            default = value
            break
        if not _is(condition, False):
            kept.append((condition, value))
    if not kept:
        return null() if default is None else default
    whens = [exp.If(this=condition, true=value) for condition, value in kept]
    return exp.Case(ifs=whens, default=default)
