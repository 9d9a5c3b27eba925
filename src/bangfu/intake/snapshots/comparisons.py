"""The values of several sources side by side: one row a field of an owner that an archive, a visit or a handbook named.

The national value is the kept one where there is one, else the register's column where a list brought the row
(docs/adr/0010). Of each other source it is the last one said by the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bangfu.engine.dataset import DUCK_TYPES
from bangfu.intake.snapshots.canonical import canonical_sql
from bangfu.intake.snapshots.columns import At, Reading
from bangfu.intake.snapshots.persons import members
from bangfu.registry.field_values import COMPARED, NATIONAL, fields_of
from bangfu.terms.loader import load_terms
from bangfu.terms.model import Field

Fields = Mapping[str, Field]
Said = frozenset[tuple[str, str]]
"""Fields as table and name."""

COLUMNS = {"档案": "archive_value", "实际": "survey_value", "手册": "handbook_value"}
_ALIASES = {"household": "h", "person": "e", "annual_record": "a"}
_KEY = "person_key, household_key, field_table, field_name, data_year"


def compared(day: int, at: At, said: Said | None = None) -> Reading:
    """How `field_comparison` is read as of a day (yyyymmdd).

    `said` are the fields of which anything was said, where that is known: only their columns are read.
    """
    query = _comparisons(day, at, said)
    return Reading({name: f"c.{name}" for name in _types()}, f"({query}) c")


def _comparisons(day: int, at: At, said: Said | None) -> str:
    spoken_of = {table: _fields(table, said) for table in COMPARED}
    pivoted = ", ".join(
        f"max(value) FILTER (source_kind = '{kind}') AS {column}" for kind, column in COLUMNS.items()
    )
    # a comparison keeps its number when a later visit comes, so that its findings are known again
    numbered = (
        f"SELECT *, min(CASE WHEN source_kind <> '{NATIONAL}' THEN id END) OVER (PARTITION BY {_KEY}) AS first "
        f"FROM {at('field_value')}"
    )
    latest = (
        f"SELECT * FROM ({numbered}) WHERE (said_on IS NULL OR said_on <= {day}) "
        f"AND (data_year IS NULL OR data_year <= {day // 10_000}) QUALIFY row_number() "
        f"OVER (PARTITION BY {_KEY}, source_kind ORDER BY said_on DESC NULLS LAST, id DESC) = 1"
    )
    side_by_side = (
        f"SELECT {_KEY}, min(first) AS id, {pivoted}, "
        f"arg_max(src, id) FILTER (source_kind <> '{NATIONAL}') AS src, "
        f"arg_max(src_row, id) FILTER (source_kind <> '{NATIONAL}') AS src_row, "
        "max(said_on) FILTER (source_kind = '实际') AS surveyed_on, "
        f"count(*) FILTER (source_kind = '{NATIONAL}') AS kept, "
        f"max(value) FILTER (source_kind = '{NATIONAL}') AS kept_value "
        f"FROM ({latest}) GROUP BY {_KEY} HAVING count(*) FILTER (source_kind <> '{NATIONAL}') > 0"
    )
    return (
        f"SELECT {', '.join(_columns(spoken_of))} FROM ({side_by_side}) v LEFT JOIN ({members(day, at)}) m USING (person_key) "
        f"LEFT JOIN {at('household')} h ON h.id = coalesce(v.household_key, m.household_key) "
        f"LEFT JOIN {at('person')} e ON e.id = v.person_key "
        f"LEFT JOIN {at('annual_record')} a ON a.household_key = v.household_key AND a.data_year = v.data_year "
        f"LEFT JOIN {at('source')} l ON l.id = {_by_table('src')} "
        "WHERE h.id IS NOT NULL"  # what was said of a person who has left is compared with nobody
        + ("" if any(spoken_of.values()) else " AND false")
    )


def _fields(table: str, said: Said | None) -> Fields:
    return {name: field for name, field in fields_of(table).items() if said is None or (table, name) in said}


def _columns(spoken_of: Mapping[str, Fields]) -> Iterator[str]:
    national = f"CASE WHEN v.kept > 0 THEN v.kept_value {_registered(spoken_of)} END"
    made = {
        "row_key": "v.id",
        "person_key": "v.person_key",
        "household_key": "h.id",
        "village_key": "h.village_key",
        "src": "v.src",
        "src_row": "v.src_row",
        "field_label": _label(spoken_of),
        "field_name": "v.field_name",
        "data_year": "v.data_year",
        "national_value": national,
        "is_in_export": f"{national} IS NOT NULL OR coalesce(list_contains({_listed()}, v.field_name), false)",
        "surveyed_on": "v.surveyed_on",
        "is_key_field": f"v.field_name IN ({', '.join(_key_fields())})",
        **{column: f"v.{column}" for column in COLUMNS.values()},
    }
    for name, kind in _types().items():
        yield f"({made.get(name, 'NULL')})::{kind} AS {name}"


def _types() -> dict[str, str]:
    hidden = dict.fromkeys(("row_key", "person_key", "household_key", "village_key", "src"), "BIGINT")
    fields = {
        field.name: DUCK_TYPES[field.type] for field in load_terms().table("field_comparison").own_fields
    }
    return {**hidden, "src_row": "INTEGER", **fields}


def _registered(spoken_of: Mapping[str, Fields]) -> str:
    """The register's column where a list brought its row."""
    return " ".join(
        f"WHEN v.field_table = '{table}' AND {_ALIASES[table]}.src IS NOT NULL THEN CASE v.field_name "
        + " ".join(
            f"""WHEN '{name}' THEN {canonical_sql(field, f'{_ALIASES[table]}."{name}"')}"""
            for name, field in fields.items()
        )
        + " END"
        for table, fields in spoken_of.items()
        if fields
    )


def _by_table(column: str) -> str:
    """A column of the register's row that the field is of."""
    whens = " ".join(f"WHEN '{table}' THEN {alias}.{column}" for table, alias in _ALIASES.items())
    return f"CASE v.field_table {whens} END"


def _listed() -> str:
    """The columns of the list that brought that row: a list without the column said nothing, not even empty."""
    columns = "l.columns::VARCHAR"
    return (
        f"CASE v.field_table WHEN 'person' THEN json_keys({columns}, '$.person') "
        f"ELSE json_keys({columns}, '$.household') END"
    )


def _key_fields() -> list[str]:
    """All but free texts (a phone, an employer), which differ by spelling alone; a person's name and number count."""
    return sorted(
        f"'{name}'"
        for table in COMPARED
        for name, field in fields_of(table).items()
        if field.type != "text" or name in ("full_name", "id_no")
    )


def _label(spoken_of: Mapping[str, Fields]) -> str:
    whens = [
        f"WHEN v.field_table = '{table}' AND v.field_name = '{name}' THEN '{field.label}'"
        for table, fields in spoken_of.items()
        for name, field in fields.items()
    ]
    return f"CASE {' '.join(whens)} END" if whens else "NULL"
