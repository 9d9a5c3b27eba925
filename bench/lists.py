"""The departments' lists that the register lacks: every other table of the terms, with rows of likely values.

What a column holds follows from its type and name (`likely.py` names the exceptions): the answers tell nothing, but
the checks have rows to read, and most rows pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb

from bangfu.policy.model import Policy
from bangfu.terms.model import Field, Table
from bench.likely import LIKELY

PER_LIST = 100  # persons for each row of a list
PER_HOUSEHOLD = 4
COPIES = {"police_record": "person", "person_record": "person", "annual_record": "household"}
OF_EVERYBODY = frozenset({"insurance", "health_contract"})
OF_EVERY_HOUSEHOLD = frozenset(
    {"helper_pairing", "visit", "housing_appraisal", "water_evaluation", "plan_measure"}
)
LEFT_OUT = frozenset({"archive_item"})
"""A list whose checks ask for ten papers a household: nearly every invented household would lack one."""
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
    """SQL of a likely value, by a hash of the row number `{i}`."""
    draw = f"hash({{i}} * 37 + {sum(map(ord, field.name))})"
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
            return (
                "'19' || (100000000 + {i})" if "phone" in field.name else f"'{field.label}' || ({{i}} // 4)"
            )


def _is_text(field: Field) -> bool:
    return field.type in ("text", "code", "codes")


def parquet_columns(path: Path) -> list[str]:
    return [column[0] for column in duckdb.sql(f"SELECT * FROM '{path}' LIMIT 0").description]


def likely(field: Field, table: Table, policy: Policy, row: str) -> str:
    """SQL of a field's value in the row whose number is the column `row`."""
    named = LIKELY.get(f"{table.name}.{field.name}")
    text = value_of(field, policy) if named is None else named
    return f"{text.replace('{i}', row)} AS {field.name}"


def missing_columns(table: Table, there: set[str], policy: Policy) -> list[str]:
    """SQL of the columns that a table of the register lacks: texts are alike in all rows unless rows meet by them."""
    meeting = {own for relation in table.relations.values() for own, _ in relation.on}
    return [
        f"'{field.label}' AS {name}"
        if field.type == "text" and name not in meeting and f"{table.name}.{name}" not in LIKELY
        else likely(field, table, policy, "row_key")
        for name, field in table.fields.items()
        if name not in there
    ]


def list_queries(policy: Policy, persons: int, made: dict[str, Path]) -> Iterator[tuple[str, str]]:
    """A query for every table that is not in `made`."""
    villages = max(1, persons // PER_HOUSEHOLD // 250)
    for name, table in policy.terms.tables.items():
        if name in made or name in LEFT_OUT:
            continue
        if name in COPIES:
            yield name, copy_sql(table, policy, COPIES[name], made[COPIES[name]])
        else:
            step = 1 if name in OF_EVERYBODY else PER_HOUSEHOLD if name in OF_EVERY_HOUSEHOLD else PER_LIST
            rows = villages if name == "village" else persons // step
            yield name, list_sql(table, policy, rows, step, villages)


def copy_sql(table: Table, policy: Policy, owner: str, path: Path) -> str:
    """A row for each of the owner's, with what both have as the owner has it."""
    keys = {"row_key": "row_key", "src": "0::INTEGER", "src_row": "src_row", f"{owner}_key": "row_key"}
    if owner == "person":
        keys["household_key"] = "household_key"
        if "beneficiary" in table.fields:
            keys["beneficiary"] = "'p' || row_key"
    keys["village_key"] = "village_key"
    there = set(parquet_columns(path))
    columns = [f"{sql} AS {name}" for name, sql in keys.items()]
    for name, field in table.fields.items():
        if name in keys:
            continue
        copied = name in there and f"{table.name}.{name}" not in LIKELY
        columns.append(name if copied else likely(field, table, policy, "row_key"))
    return f"SELECT {', '.join(columns)} FROM '{path}'"


def list_sql(table: Table, policy: Policy, rows: int, step: int, villages: int) -> str:
    columns = ["i AS row_key", "0::INTEGER AS src", "i::INTEGER AS src_row"]
    own = {link + "_key" for link in table.links} | {"beneficiary"} & set(table.fields)
    own |= {relation_key for relation in table.relations.values() for relation_key, _ in relation.on}
    keys = {name: sql.format(step=step, villages=villages) for name, sql in _KEYS.items() if name in own}
    columns += [f"{sql} AS {name}" for name, sql in keys.items()]
    columns += [likely(field, table, policy, "i") for name, field in table.fields.items() if name not in keys]
    return f"SELECT {', '.join(columns)} FROM range({rows}) t(i)"
