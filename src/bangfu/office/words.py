"""Values of facts in words, the personal ones hidden."""

from __future__ import annotations

from typing import Any

from bangfu.policy.language.types import unscaled
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

HIDDEN = "***"


def label_of(table: str, column: str) -> str:
    field = _field(table, column)
    return field.label if field else column


def value_in_words(table: str, column: str, value: Any) -> str:
    """As a clerk reads it: money in yuan, days with their dashes; what is not open to everybody as stars."""
    field = _field(table, column)
    if value is None:
        return "空"
    if field is None:
        return str(value)
    if field.sensitivity != "open":
        return HIDDEN
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


def day_in_words(day: int | None) -> str:
    return "未写明" if day is None else f"{day // 10000}-{day // 100 % 100:02d}-{day % 100:02d}"


def _field(table: str, column: str) -> Field | None:
    declared = load_terms().tables.get(table)
    return declared.fields.get(column) if declared else None
