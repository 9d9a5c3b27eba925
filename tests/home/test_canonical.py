"""A value is written the same by the program and by the snapshot's SQL, whatever its type."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bangfu.intake.snapshots.canonical import canonical_sql
from bangfu.policy.examples import join_labels
from bangfu.registry.canonical import canonical_text
from bangfu.terms.model import Field, FieldType

NUMBERS = st.integers(min_value=-(10**14), max_value=10**14)
DAYS = st.dates().map(lambda day: day.year * 10_000 + day.month * 100 + day.day)
LABELS = st.lists(st.sampled_from(["因病", "因残", "缺技术", "缺劳动力", "B", "a"])).map(join_labels)
VALUES: dict[FieldType, tuple[str, st.SearchStrategy[Any]]] = {
    "text": ("VARCHAR", st.text(st.characters(codec="utf-8", exclude_characters="\0"))),
    "code": ("VARCHAR", st.sampled_from(["小学", "初中"])),
    "codes": ("VARCHAR", LABELS),
    "yes_no": ("BOOLEAN", st.booleans()),
    "integer": ("BIGINT", NUMBERS),
    "decimal": ("BIGINT", NUMBERS),
    "money": ("BIGINT", NUMBERS),
    "date": ("INTEGER", DAYS),
    "month": ("INTEGER", DAYS.map(lambda day: day // 100)),
}


def field(kind: FieldType) -> Field:
    return Field("x", "x", kind, None, None, "open", "", "household")


@pytest.mark.parametrize("kind", VALUES)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_python_and_sql_write_the_same(kind: FieldType, data: st.DataObject) -> None:
    column_type, values = VALUES[kind]
    given_values = data.draw(st.lists(st.none() | values, max_size=20))
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE t (x {column_type}, n INTEGER)")
    for number, value in enumerate(given_values):
        connection.execute("INSERT INTO t VALUES (?, ?)", [value, number])
    found = connection.execute(f"SELECT {canonical_sql(field(kind), 't.x')} FROM t ORDER BY n").fetchall()
    assert [text for (text,) in found] == [canonical_text(field(kind), value) for value in given_values]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        ("money", 450_000, "4500.00"),
        ("money", -5, "-0.05"),
        ("decimal", 35_000, "3.5"),
        ("decimal", -1, "-0.0001"),
        ("decimal", 30_000, "3"),
        ("date", 20161231, "2016-12-31"),
        ("month", 201401, "2014-01"),
        ("yes_no", False, "否"),
        ("codes", ",因病,因残,", "因残、因病"),
        ("integer", 4, "4"),
        ("text", None, None),
    ],
)
def test_values_are_written_as_people_read_them(kind: FieldType, value: Any, text: str | None) -> None:
    assert canonical_text(field(kind), value) == text
