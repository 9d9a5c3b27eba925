"""`registry.canonical` in SQL, for the register's own columns."""

from __future__ import annotations

from bangfu.terms.model import Field


def canonical_sql(field: Field, column: str) -> str:
    """The text of a column's value; NULL where it is empty."""
    number = f"{column}::BIGINT"
    match field.type:
        case "yes_no":
            return f"CASE WHEN {column}::BOOLEAN THEN '是' WHEN NOT {column}::BOOLEAN THEN '否' END"
        case "money":
            return f"{_sign(number)} || abs({number}) // 100 || '.' || {_padded(f'abs({number}) % 100', 2)}"
        case "decimal":
            rest = f"rtrim({_padded(f'abs({number}) % 10000', 4)}, '0')"
            return f"{_sign(number)} || abs({number}) // 10000 || CASE WHEN {rest} = '' THEN '' ELSE '.' || {rest} END"
        case "date":
            year, month = _padded(f"{number} // 10000", 4), _padded(f"{number} // 100 % 100", 2)
            return f"{year} || '-' || {month} || '-' || {_padded(f'{number} % 100', 2)}"
        case "month":
            return f"{_padded(f'{number} // 100', 4)} || '-' || {_padded(f'{number} % 100', 2)}"
        case "codes":
            labels = f"list_filter(string_split({column}, ','), lambda label: label <> '')"
            return f"array_to_string(list_sort({labels}), '、')"
    return f"{column}::VARCHAR"


def _sign(number: str) -> str:
    return f"CASE WHEN {number} < 0 THEN '-' ELSE '' END"


def _padded(number: str, width: int) -> str:
    return f"lpad(({number})::VARCHAR, {width}, '0')"
