"""Random rules on random rows: the reference evaluator, the compiled SQL and single questions give the same answers."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import event, given, note
from hypothesis import strategies as st

from bangfu.engine.single.rows import Neighbourhood
from bangfu.policy.language.parser import parse
from bangfu.policy.loader import vocabulary_of
from bangfu.policy.model import Check
from bangfu.policy.root import default_root
from tests.parity.answers import alone, asking, compiled, judged
from tests.parity.expressions import FIELDS, rules
from tests.parity.flat_register import FlatRegister
from tests.parity.graph import Graph
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import columns_of, dataset_of
from tests.parity.wild_rows import wild_row

VOCABULARY = vocabulary_of(default_root(), policy().terms, dict(policy().codelists), dict(policy().standards))
A_CHECK = next(iter(policy().checks.values()))


@given(
    seed=st.integers(0, 2**32),
    as_of=st.sampled_from((20231218, 20240229, 20191231, 20260101)),
    place=st.sampled_from(("421281102", "520000000", "")),
    texts=st.tuples(*(rules(table) for table in ("person", "household", "benefit"))),
)
def test_random_rules_on_random_rows_are_answered_alike(
    seed: int, as_of: int, place: str, texts: tuple[str, ...]
) -> None:
    rows = some_rows(Random(seed))
    checks = [
        check_of(f"random.{table}", table, text)
        for table, text in zip(("person", "household", "benefit"), texts, strict=True)
    ]
    answers = compiled(dataset_of(policy().terms, rows), policy(), as_of, place, checks)
    graph = Graph(policy().terms, rows, as_of)
    around = Neighbourhood(policy().terms, FlatRegister(policy(), whole(rows)).of(1), as_of)
    for check in checks:
        note(check.text)
        for flat in rows[check.subject]:
            got = answers.get((check.id, flat["row_key"]), "pass")
            event(got)
            assert got == judged(check, graph.row(check.subject, flat), policy(), as_of, place), flat
            row = around.row(check.subject, full(check.subject, flat))
            assert got == alone(check, row, policy(), as_of, place), flat


def check_of(ident: str, table: str, text: str) -> Check:
    return asking(A_CHECK, ident, parse(text, table, VOCABULARY), table, text)


def whole(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Every table of the terms, its rows with every column."""
    return {name: [full(name, row) for row in rows.get(name, ())] for name in policy().terms.tables}


def full(table: str, row: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(columns_of(policy().terms.table(table))) | row


def some_rows(random: Random) -> dict[str, list[dict[str, Any]]]:
    """Three households with a few persons, payments and yearly records; some rows belong to no one."""
    made: dict[str, list[dict[str, Any]]] = {table: [] for table in FIELDS}
    for table, count in (("household", 3), ("person", 7), ("benefit", 8), ("annual_record", 6)):
        names = {name for group in FIELDS[table].values() for name in group} - {"row_key"}
        fields = [policy().terms.table(table).fields[name] for name in sorted(names)]
        for key in random.sample(range(1, count + 1), count):
            row = wild_row(random, fields, policy(), row_key=key)
            row["household_key"] = random.choice((1, 1, 2, 3, None))
            row["person_key"] = random.choice((1, 2, 3, None))
            row["head_key"] = random.choice((1, 2, 7, None))
            made[table].append(row)
    for row in made["annual_record"]:
        row["data_year"] = random.choice((2018, 2022, 2023, 2025))
    for row in made["benefit"]:
        row.update(beneficiary=random.choice(("甲", "乙", None)), period=random.choice(("2023", None)))
    return made
