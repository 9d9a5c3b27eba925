"""How a field's value is written: `{{ award_amount@上年 | 万元 }}`. A format that does not suit the value says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bangfu.documents.fields.numerals import chinese_number
from bangfu.documents.fields.values import Cell, FieldValue, plain_number
from bangfu.terms.errors import UserError

_MONEY = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
WHOLE = "全"
_DEFAULT_DECIMALS = 2
_MOST_DECIMALS = 8

Format = Callable[[FieldValue, str], FieldValue]


def show_cell(cell: Cell, formats: Sequence[tuple[str, str]]) -> FieldValue:
    """The value after all its formats; a list answers only to 个数 and 连写. UserError where a format does not suit."""
    if isinstance(cell, date):
        return _show_date(cell, formats)
    value = _listed(cell, formats) if _is_list(cell) else as_value(cell)
    for name, argument in formats[1:] if _is_list(cell) else formats:
        value = find_format(name)(value, argument)
    return value


def as_value(cell: Cell) -> FieldValue:
    if isinstance(cell, FieldValue):
        return cell
    if cell is None:
        return FieldValue()
    if cell == "":
        return FieldValue(is_empty=True)
    if isinstance(cell, bool):
        return FieldValue("是" if cell else "否")
    if isinstance(cell, int | Decimal):
        return FieldValue("", cell)
    return FieldValue(str(cell))


def find_format(name: str) -> Format:
    """UserError where there is no such format; any other name is a unit that the value must have."""
    if name in _MONEY:
        return lambda value, decimals: _money(value, name, decimals)
    found = _FORMATS.get(name)
    if found is not None:
        return found
    if name and len(name) <= 6 and not name.isascii():
        return lambda value, argument: _unit(value, name, argument)
    raise UserError(f"没有格式“{name}”，可用的有：{'、'.join(FORMAT_NAMES)}，或者写单位（如 户、人、亩）")


def _is_list(cell: Cell) -> bool:
    return isinstance(cell, Sequence) and not isinstance(cell, str)


def _listed(cell: Cell, formats: Sequence[tuple[str, str]]) -> FieldValue:
    assert isinstance(cell, Sequence)
    name, argument = formats[0] if formats else ("", "")
    if name == "个数":
        return FieldValue("", len(cell), "个")
    if name == "连写" and argument:
        missing = [row for row in cell if isinstance(row, str) or argument not in row]
        if missing:
            raise UserError(f"清单里没有“{argument}”这一栏")
        return FieldValue(
            "、".join(as_value(row[argument]).shown for row in cell if not isinstance(row, str))
        )
    raise UserError("这是一张清单，不能直接写进文字：写 | 个数 或 | 连写(栏名)，或者用 {% 循环 … %}")


def _show_date(day: date, formats: Sequence[tuple[str, str]]) -> FieldValue:
    name = formats[0][0] if formats else "日期"
    shapes = {
        "日期": f"{day.year}年{day.month}月{day.day}日",
        "年月": f"{day.year}年{day.month}月",
        "年": str(day.year),
    }
    if name not in shapes or len(formats) > 1:
        raise UserError(f"日期没有格式“{name}”，可用的有：{'、'.join(shapes)}")
    return FieldValue(shapes[name])


def _number(value: FieldValue, name: str) -> Decimal:
    if value.value is None:
        raise UserError(f"“{value.shown}”不是数，不能用格式“{name}”")
    return Decimal(value.value)


def _money(value: FieldValue, name: str, argument: str) -> FieldValue:
    """Two decimals at most, half up; `万元(2)` always two, `万元(全)` every decimal that there is."""
    if value.is_blank:
        return value
    if value.unit and value.unit.partition("/")[0] != "元":
        raise UserError(f"单位是“{value.unit}”，不能写成“{name}”")
    number = _number(value, name) / _MONEY[name]
    suffix = value.unit[1:] if value.unit.startswith("元/") else ""
    return FieldValue(_rounded(number, argument, name) + name + suffix, number, name)


def _rounded(number: Decimal, argument: str, name: str) -> str:
    if argument == WHOLE:
        return plain_number(number)
    decimals = _decimals(argument, name) if argument else _DEFAULT_DECIMALS
    rounded = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return f"{rounded:f}" if argument else plain_number(rounded)


def _decimals(argument: str, name: str) -> int:
    if not argument.isdecimal() or int(argument) > _MOST_DECIMALS:
        raise UserError(f"格式“{name}({argument})”括号里应是小数位数 0—{_MOST_DECIMALS} 或“{WHOLE}”")
    return int(argument)


def _unit(value: FieldValue, name: str, argument: str) -> FieldValue:
    if value.is_blank:
        return value
    if value.unit and value.unit != name:
        raise UserError(f"单位是“{value.unit}”，不是“{name}”")
    number = _rounded(_number(value, name), argument, name) if argument else value.shown
    return FieldValue(number.removesuffix(name) + name, value.value, name)


def _bare(value: FieldValue, _: str) -> FieldValue:
    return replace(value, text=value.shown.removesuffix(value.unit)) if not value.is_blank else value


def _thousands(value: FieldValue, _: str) -> FieldValue:
    if value.is_blank:
        return value
    text = value.shown
    number = text.removesuffix(value.unit) if value.unit else text
    whole, point, decimals = number.partition(".")
    if not whole.lstrip("-").isdecimal():
        raise UserError(f"“{text}”不是数，不能用格式“千分位”")
    return replace(value, text=f"{int(whole):,}{point}{decimals}{text[len(number) :]}")


def _characters(value: FieldValue, _: str) -> FieldValue:
    if value.is_blank:
        return value
    number = _number(value, "汉字")
    if number != number.to_integral_value():
        raise UserError(f"“{value.shown}”不是整数，不能用格式“汉字”")
    return replace(value, text=chinese_number(int(number)))


def _percent(value: FieldValue, argument: str) -> FieldValue:
    if value.is_blank:
        return value
    return FieldValue(_rounded(_number(value, "百分比") * 100, argument, "百分比") + "%", value.value, "%")


def _decimal_places(value: FieldValue, argument: str) -> FieldValue:
    if value.is_blank:
        return value
    return replace(value, text=_rounded(_number(value, "小数"), argument or "2", "小数"))


_FORMATS: dict[str, Format] = {
    "数": _bare,
    "千分位": _thousands,
    "汉字": _characters,
    "百分比": _percent,
    "小数": _decimal_places,
}
FORMAT_NAMES = (*_MONEY, *_FORMATS, "个数", "连写", "日期", "年月")
