"""A pass taken portion by portion answers as it does at once."""

from __future__ import annotations

import duckdb
import pytest
from tests.parity.answers import compiled
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import dataset_of
from tests.parity.wild_register import WildRegister

from bangfu.engine import portions
from bangfu.engine.steps import SubjectPass


def test_portions_answer_like_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    dataset = WildRegister(policy(), 2_000).dataset(dataset_of(policy().terms, {}))
    checks = list(policy().checks.values())[::4]
    whole = compiled(dataset, policy(), 20231218, "421281102", checks)
    monkeypatch.setattr(portions, "CELLS", 40_000)  # a few hundred rows, whatever the subject
    assert compiled(dataset, policy(), 20231218, "421281102", checks) == whole


@pytest.mark.parametrize("keys", ["i", "i * 1000", "i * i * i"])
def test_every_row_is_in_one_portion_however_keys_are_spread(
    keys: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = duckdb.connect()
    connection.execute(f"CREATE TABLE base AS SELECT {keys} AS row_key FROM range(1000) t(i)")
    monkeypatch.setattr(portions, "CELLS", 150)
    asked = SubjectPass("household", (), "base", (), "SELECT row_key FROM from_t AS t", ())
    taken = [connection.execute(sql).fetchall() for sql in portions.statements(connection, asked)]
    assert sorted(key for rows in taken for (key,) in rows) == [
        row[0] for row in connection.execute("FROM base ORDER BY 1").fetchall()
    ]
    assert len(taken) == 7
    assert max(len(rows) for rows in taken) <= 150


def test_an_empty_table_is_asked_once() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE base (row_key BIGINT)")
    asked = SubjectPass("household", (), "base", (), "SELECT row_key FROM from_t AS t", ())
    assert list(portions.statements(connection, asked)) == ["SELECT row_key FROM base AS t"]
