"""A value as the text that the same field is read from."""

from __future__ import annotations

from typing import Any

from bangfu.policy.language.types import SCALE, unscaled
from bangfu.terms.model import Field


def as_cell(field: Field, value: Any, scale: int = 1) -> str:
    """`scale` is that of the column: 10000 where it is in 万元. Nothing is rounded."""
    if value is None:
        return ""
    if field.type == "yes_no":
        return "是" if value else "否"
    if field.type in SCALE:
        number = unscaled(value, field.type) / scale
        return f"{number.normalize():f}"
    if field.type == "codes":
        return str(value).strip(",")
    return str(value)
