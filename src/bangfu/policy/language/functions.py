"""The closed set of functions: their parameters, and the type of what they give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bangfu.policy.language.types import BOOL, DATE, INTEGER, MONTH, NUMERIC, TEXT, TEXTUAL, Type

Kinds = frozenset[str]
_DATE: Kinds = frozenset({"date"})
_TIME: Kinds = frozenset({"date", "month"})
_NUMBER: Kinds = NUMERIC
_TEXT: Kinds = TEXTUAL
_WHOLE: Kinds = frozenset({"integer", "number"})
_CODED: Kinds = frozenset({"code", "codes"})
_CODES: Kinds = frozenset({"codes"})
_ANY: Kinds = frozenset(
    {"text", "code", "codes", "integer", "decimal", "money", "number", "date", "month", "bool"}
)


@dataclass(frozen=True)
class Function:
    """`parameters` are the kinds that each argument may have; the last `optional` of them may be left out."""

    name: str
    label: str
    parameters: tuple[Kinds, ...]
    optional: int
    result: Callable[[tuple[Type, ...]], Type]


def _gives(kind: Type) -> Callable[[tuple[Type, ...]], Type]:
    return lambda _: kind


def _first(args: tuple[Type, ...]) -> Type:
    return args[0]


def _widest(args: tuple[Type, ...]) -> Type:
    return max(args, key=lambda kind: ("number", "integer", "decimal", "money").index(kind.kind))


def _same(args: tuple[Type, ...]) -> Type:
    return _widest(args) if all(kind.is_numeric for kind in args) else args[0]


FUNCTIONS: dict[str, Function] = {
    item.name: item
    for item in (
        Function("age", "年龄", (_DATE, _DATE), 1, _gives(INTEGER)),
        Function("years_between", "相隔年数", (_TIME, _TIME), 0, _gives(INTEGER)),
        Function("months_between", "相隔月数", (_TIME, _TIME), 0, _gives(INTEGER)),
        Function("days_between", "相隔天数", (_DATE, _DATE), 0, _gives(INTEGER)),
        Function("year", "年份", (_TIME,), 0, _gives(INTEGER)),
        Function("month_of", "月份", (_TIME,), 0, _gives(MONTH)),
        Function("add_months", "推后月数", (_TIME, _WHOLE), 0, _first),
        Function("abs", "相差", (_NUMBER,), 0, _first),
        Function("least", "较小值", (_NUMBER, _NUMBER), 0, _widest),
        Function("greatest", "较大值", (_NUMBER, _NUMBER), 0, _widest),
        Function("default", "", (_ANY, _ANY), 0, _same),
        Function("length", "字数", (_TEXT,), 0, _gives(INTEGER)),
        Function("matches", "格式", (_TEXT, _TEXT), 0, _gives(BOOL)),
        Function("starts_with", "开头", (_TEXT, _TEXT), 0, _gives(BOOL)),
        Function("ends_with", "结尾", (_TEXT, _TEXT), 0, _gives(BOOL)),
        Function("contains", "包含", (_TEXT, _TEXT), 0, _gives(BOOL)),
        Function("substr", "截取", (_TEXT, _WHOLE, _WHOLE), 0, _gives(TEXT)),
        Function("in_codelist", "在代码表内", (_CODED,), 0, _gives(BOOL)),
        Function("size", "选项个数", (_CODES,), 0, _gives(INTEGER)),
        Function("id_length", "号码位数", (_TEXT,), 0, _gives(INTEGER)),
        Function("id_checksum_ok", "校验码正确", (_TEXT,), 0, _gives(BOOL)),
        Function("id_birth", "号码中的出生日期", (_TEXT,), 0, _gives(DATE)),
        Function("id_sex", "号码中的性别", (_TEXT,), 0, _gives(TEXT)),
        Function("disability_digit", "残疾证类别位", (_TEXT,), 0, _gives(INTEGER)),
        Function("disability_level_digit", "残疾证等级位", (_TEXT,), 0, _gives(INTEGER)),
    )
}
CONSTANT_TEXT = frozenset(
    {"matches"}
)  # their second argument is a constant: it is checked when the rule loads
