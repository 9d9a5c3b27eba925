"""The departments' lists that the register lacks: every other table of the terms, with rows of likely values.

A list has one row for every hundred persons; last year's records have one for each person or household. What a
column holds follows from its type and name alone, so the answers tell nothing, but every check has rows to read.
"""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.policy.model import Policy
from bangfu.terms.model import Field, Table

PER_LIST = 100  # persons for each row of a list
PER_HOUSEHOLD = 4
_WITHOUT = (
    "dropout",
    "dead",
    "died",
    "cancel",
    "custody",
    "substitut",
    "overdue",
    "removed",
    "imprison",
    "moved_out",
)
"""Parts of the names of fields that are empty in a normal life."""
_ALWAYS = ("has_", "got_", "toilet_usable", "is_alive", "is_house_lived_in", "access_road_hardened")
"""Beginnings of yes/no fields that are normally yes."""
_KEYS = {
    "village_key": "(i % {villages})",
    "household_key": "(i * {step} // 4)",
    "person_key": "(i * {step})",
    "beneficiary": "'p' || (i * {step})",
}


def value_of(field: Field, policy: Policy) -> str:
    """SQL of a likely value, by a hash of the row number `i`."""
    draw = f"hash(i * 37 + {sum(map(ord, field.name))})"
    if any(part in field.name for part in _WITHOUT) and field.type not in ("integer", "money", "decimal"):
        return "false" if field.type == "yes_no" else "NULL::" + ("VARCHAR" if _is_text(field) else "INTEGER")
    match field.type:
        case "yes_no":
            return "true" if field.name.startswith(_ALWAYS) else "false"
        case "code" | "codes":
            codes = policy.codelists.get(field.codes or "")
            label = codes.versions[-1].labels[0].label if codes is not None else field.label
            return f"',{label},'" if field.type == "codes" else f"'{label}'"
        case "date":
            return f"(20230000 + (1 + {draw} % 11) * 100 + 1 + {draw} % 28)::INTEGER"
        case "month":
            return f"(202300 + 1 + {draw} % 11)::INTEGER"
        case "integer":
            return "2023::BIGINT" if "year" in field.name else f"(1 + {draw} % 9)::BIGINT"
        case "money":
            return f"((100 + {draw} % 900) * 1000)::BIGINT"
        case "decimal":
            return f"((1 + {draw} % 90) * 1000)::BIGINT"
        case _:
            return "'19' || (100000000 + i)" if "phone" in field.name else f"'{field.label}' || (i // 4)"


def _is_text(field: Field) -> bool:
    return field.type in ("text", "code", "codes")


def missing_columns(table: Table, there: set[str], policy: Policy) -> list[str]:
    """SQL of the columns that a table of the register lacks: texts are the same in all rows unless rows meet by them."""
    meeting = {own for relation in table.relations.values() for own, _ in relation.on}
    return [
        f"'{field.label}' AS {name}"
        if field.type == "text" and name not in meeting
        else f"{value_of(field, policy).replace('i ', 'row_key ').replace('i)', 'row_key)')} AS {name}"
        for name, field in table.fields.items()
        if name not in there
    ]


def list_queries(policy: Policy, persons: int, made: set[str]) -> Iterator[tuple[str, str]]:
    """A query for every table that is not in `made`."""
    households = persons // PER_HOUSEHOLD
    villages = max(1, households // 250)
    for name, table in policy.terms.tables.items():
        if name in made:
            continue
        rows = {"person_record": persons, "annual_record": households, "village": villages}.get(
            name, persons // PER_LIST
        )
        step = {"person_record": 1, "annual_record": PER_HOUSEHOLD}.get(name, PER_LIST)
        yield name, list_sql(table, policy, rows, step, villages)


def list_sql(table: Table, policy: Policy, rows: int, step: int, villages: int) -> str:
    columns = ["i AS row_key", "0::INTEGER AS src", "i::INTEGER AS src_row"]
    own = {link + "_key" for link in table.links} | {"beneficiary"} & set(table.fields)
    own |= {relation_key for relation in table.relations.values() for relation_key, _ in relation.on}
    keys = {name: sql.format(step=step, villages=villages) for name, sql in _KEYS.items() if name in own}
    columns += [f"{sql} AS {name}" for name, sql in keys.items()]
    last_year = table.name in ("person_record", "annual_record")
    fixed = {"data_year": "2022::BIGINT" if last_year else "2023::BIGINT"}
    for name, field in table.fields.items():
        if name not in keys:
            columns.append(f"{fixed.get(name) or value_of(field, policy)} AS {name}")
    return f"SELECT {', '.join(columns)} FROM range({rows}) t(i)"
