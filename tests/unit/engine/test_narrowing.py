"""Asking some villages only: for their rows the same answers as in a whole run."""

from __future__ import annotations

from tests.parity.loaded import policy
from tests.parity.rows_to_tables import dataset_of
from tests.parity.small import AS_OF, PLACE
from tests.parity.wild_register import WildRegister

from bangfu.engine.narrowing import Villages
from bangfu.engine.run import Run, ask
from bangfu.terms.model import Table

SOME = frozenset((2, 3))


Hits = dict[str, dict[int, tuple[bool, object]]]


def answers(run: Run, only: Villages | None) -> Hits:
    ask(run, list(policy().checks.values())[::4], only)
    return {
        check.id: {hit.row_key: (hit.is_finding, hit.values) for hit in run.hits(check)}
        for check in run.checks
    }


def test_a_few_villages_are_answered_as_in_a_whole_run() -> None:
    run = Run(WildRegister(policy(), 1_000).dataset(dataset_of(policy().terms, {})), policy(), AS_OF, PLACE)
    whole, some = answers(run, None), answers(run, Villages(SOME))
    assert 0 < sum(map(len, some.values())) < sum(map(len, whole.values())) / 2
    for check, hits in some.items():
        assert hits.items() <= whole[check].items()
        mine = keys_of(run, policy().checks[check].subject)
        assert {key for key in whole[check] if key in mine} == {key for key in hits if key in mine}


def keys_of(run: Run, subject: str) -> set[int]:
    """The rows that say themselves that they are of the villages."""
    if "village" not in table_of(subject).links:
        return set()
    rows = run.dataset.connection.execute(
        f"SELECT row_key FROM {run.dataset.relations[subject]} WHERE village_key IN (2, 3)"
    )
    return {key for (key,) in rows.fetchall()}


def test_rows_are_reached_by_their_village_household_or_person() -> None:
    relations = {"household": '"household"', "person": '"person"'}

    def condition(table: str) -> str:
        return Villages(SOME).condition(table_of(table), relations)

    assert condition("village") == "row_key IN (2, 3)"
    assert condition("project") == "village_key IN (2, 3)"
    assert condition("household") == "village_key IN (2, 3)"
    assert "household_key IN" in condition("status_event")
    assert "person_key IN" in condition("field_value")
    assert condition("frozen_year") == "FALSE"


def table_of(name: str) -> Table:
    return policy().terms.table(name)
