"""Values of facts in words, the personal ones hidden."""

from __future__ import annotations

from typing import Any

from bangfu.office.masking import masked, number_kind
from bangfu.policy.given import programme_names
from bangfu.policy.language.types import unscaled
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

HIDDEN = "***"
UNNAMED = "未写明的项目"


def label_of(table: str, column: str) -> str:
    field = _field(table, column)
    return field.label if field else column


def value_in_words(table: str, column: str, value: Any) -> str:
    """As a clerk reads it: money in yuan, days with their dashes; what is not open to everybody as stars."""
    field = _field(table, column)
    if value is not None and field is not None and field.sensitivity != "open":
        return HIDDEN
    return _told(field, value)


def value_inside(table: str, column: str, value: Any) -> str:
    """The same for somebody who may see the household: everything, but numbers of persons with their middle masked."""
    field = _field(table, column)
    kind = number_kind(field) if field is not None else None
    return masked(kind, str(value)) if kind is not None and value is not None else _told(field, value)


def _told(field: Field | None, value: Any) -> str:
    if value is None:
        return "空"
    if field is None:
        return str(value)
    return _typed(field, value)


def open_value(table: str, column: str, value: Any) -> str:
    """As tables show it to whoever may see the row: personal values, too; numbers starred, no units, nothing as nothing."""
    field = _field(table, column)
    if value is None or field is None:
        return "" if value is None else str(value)
    kind = number_kind(field)
    if kind is not None:
        return masked(kind, str(value))
    if field.codes == "programme":
        return programme_names().get(value, UNNAMED if value == "unspecified" else str(value))
    if field.type in ("money", "decimal"):
        exact = f"{unscaled(value, field.type):,f}"
        return exact if field.type == "money" else exact.rstrip("0").rstrip(".")
    return _typed(field, value)


def day_in_words(day: int | None) -> str:
    return "未写明" if day is None else f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def _typed(field: Field, value: Any) -> str:
    if field.type in ("money", "decimal"):
        return f"{unscaled(value, field.type):,f}" + (" 元" if field.type == "money" else "")
    if field.type == "yes_no":
        return "是" if value else "否"
    if field.type == "codes":
        return str(value).strip(",").replace(",", "、")
    if field.type == "date":
        return day_in_words(value)
    if field.type == "month":
        return f"{value // 100}-{value % 100:02d}"
    return str(value)


def _field(table: str, column: str) -> Field | None:
    declared = load_terms().tables.get(table)
    return declared.fields.get(column) if declared else None
