"""Small builders of SQLGlot nodes, so that emitters read like the SQL they mean."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp

Expr = exp.Expr


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


def null() -> Expr:
    return exp.Null()


def boolean(value: bool) -> Expr:
    return exp.Boolean(this=value)


def fn(name: str, *args: Expr) -> Expr:
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


def add(left: Expr, right: Expr) -> Expr:
    return binary(exp.Add, left, right)


def sub(left: Expr, right: Expr) -> Expr:
    return binary(exp.Sub, left, right)


def mul(left: Expr, right: Expr) -> Expr:
    return binary(exp.Mul, left, right)


def int_div(left: Expr, right: Expr) -> Expr:
    return binary(exp.IntDiv, left, right)


def mod(left: Expr, right: Expr) -> Expr:
    return binary(exp.Mod, left, right)


def eq(left: Expr, right: Expr) -> Expr:
    return binary(exp.EQ, left, right)


def ge(left: Expr, right: Expr) -> Expr:
    return binary(exp.GTE, left, right)


def gt(left: Expr, right: Expr) -> Expr:
    return binary(exp.GT, left, right)


def le(left: Expr, right: Expr) -> Expr:
    return binary(exp.LTE, left, right)


def lt(left: Expr, right: Expr) -> Expr:
    return binary(exp.LT, left, right)


def is_null(value: Expr, negated: bool = False) -> Expr:
    test = exp.Is(this=paren(value), expression=exp.Null())
    return exp.Not(this=test) if negated else test


def all_of(items: Iterable[Expr]) -> Expr:
    return exp.and_(*[paren(item) for item in items], copy=False)


def any_of(items: Iterable[Expr]) -> Expr:
    return exp.or_(*[paren(item) for item in items], copy=False)


def negate(value: Expr) -> Expr:
    return exp.Not(this=paren(value))


def case(*branches: tuple[Expr, Expr], default: Expr | None = None) -> Expr:
    whens = [exp.If(this=condition, true=value) for condition, value in branches]
    return exp.Case(ifs=whens, default=default)
