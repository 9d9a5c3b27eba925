"""A field's value as the one text under which sources are compared. Pure.

`intake.snapshots.canonical` says the same in SQL.
"""

from __future__ import annotations

from typing import Any

from bangfu.terms.model import Field


def canonical_text(field: Field, value: Any) -> str | None:
    """4500.00, 3.5, 2016-12-31, 2016-12, 是, 因病、因残 (labels in one order); None where nobody knows."""
    if value is None:
        return None
    match field.type:
        case "yes_no":
            return "是" if value else "否"
        case "money":
            return f"{_sign(value)}{abs(value) // 100}.{abs(value) % 100:02d}"
        case "decimal":
            rest = f"{abs(value) % 10_000:04d}".rstrip("0")
            return f"{_sign(value)}{abs(value) // 10_000}{'.' if rest else ''}{rest}"
        case "date":
            return f"{value // 10_000:04d}-{value // 100 % 100:02d}-{value % 100:02d}"
        case "month":
            return f"{value // 100:04d}-{value % 100:02d}"
        case "codes":
            return "、".join(sorted(label for label in value.split(",") if label))
    return str(value)


def _sign(value: int) -> str:
    return "-" if value < 0 else ""
