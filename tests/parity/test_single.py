"""A household asked by itself answers as in a run on the whole register: every check, every row, every value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache
from typing import Any

from bangfu.engine.dataset import Dataset, Holdings
from bangfu.engine.run import Run, ask
from bangfu.engine.single.asking import HouseholdChecks, HouseholdRun
from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check
from tests.parity.flat_register import FlatRegister
from tests.parity.loaded import policy
from tests.parity.rows_to_tables import dataset_of
from tests.parity.wild_register import WildRegister

AS_OF, PLACE = 20231218, "421281102"
PERSONS = 600
Answer = tuple[str, int, bool, tuple[tuple[n.Node, Any], ...]]


@cache
def register() -> WildRegister:
    return WildRegister(policy(), PERSONS, seed=3)


@cache
def run() -> Run:
    """Of the whole register; a standard without a value is missing, as in `ask`."""
    answered = Run(dataset(), policy(), AS_OF, PLACE)
    ask(answered, asked().checks)
    return answered


@cache
def dataset() -> Dataset:
    return register().dataset(dataset_of(policy().terms, {}))


@cache
def asked() -> HouseholdChecks:
    return HouseholdChecks(Holdings(dataset().fields), policy(), AS_OF, PLACE)


def flat(beyond: frozenset[tuple[str, str]] = frozenset()) -> FlatRegister:
    return FlatRegister(policy(), register().graph(AS_OF).rows, beyond)


@cache
def batch() -> dict[str, dict[int, Answer]]:
    """By subject and row, what each check hit."""
    return {check.id: {answer[1]: answer for answer in answers(run(), check)} for check in run().checks}


def answers(answered: Run | HouseholdRun, check: Check) -> Iterable[Answer]:
    nodes = answered.nodes_of(check)
    for hit in answered.hits(check):
        values = dict(zip(nodes, hit.values, strict=True))
        yield (
            check.id,
            hit.row_key,
            hit.is_finding,
            tuple((node, values[node]) for node in sorted(nodes, key=repr)),
        )


def expected(check: Check, rows: Iterable[int]) -> set[Answer]:
    hits = batch()[check.id]
    return {hits[row] for row in rows if row in hits}


def test_every_household_is_answered_as_in_a_run() -> None:
    rows, wrong, seen = flat(), [], Counter[bool]()
    for household in range(PERSONS // 4):
        single = asked().ask(rows.of(household))
        own = {table: [row["row_key"] for row in found] for table, found in rows.own(household).items()}
        assert single.not_run.keys() == asked().not_run.keys()
        for check in single.checks:
            got = set(answers(single, check))
            seen.update(answer[2] for answer in got)
            if got != expected(check, own[check.subject]):
                wrong.append((check.id, household, got ^ expected(check, own[check.subject])))
    assert not wrong, f"{len(wrong)}: {wrong[:3]}"
    assert min(seen[True], seen[False]) > 10_000


def test_what_is_out_of_reach_is_named_and_never_passes() -> None:
    beyond = frozenset({("person", "member_phone"), ("household", "bank_account_no")})
    rows, named = flat(beyond), Counter[str]()
    for household in range(0, PERSONS // 4, 7):
        single = asked().ask(rows.of(household))
        own = {table: [row["row_key"] for row in found] for table, found in rows.own(household).items()}
        named.update(single.not_run.keys() - asked().not_run.keys())
        for check in single.checks:
            got, wanted = set(answers(single, check)), expected(check, own[check.subject])
            assert got == wanted or (got < wanted and check.id in single.not_run), check.id
            assert all("整体核查" in reason for reason in single.not_run.get(check.id, ()))
    assert set(named) == {
        "identity.phone_shared_between_workplaces",
        "identity.phone_shared_between_households",
        "identity.account_shared_by_households",
    }


def test_a_household_that_is_not_there_has_nothing() -> None:
    assert asked().ask(flat().of(10**9)).found == {}
