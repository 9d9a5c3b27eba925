"""Totals come out exactly, by values that each keep to their limits."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.demo.assistance import settled_counts
from bangfu.demo.blueprint import CLASSES, HOUSEHOLDS, PERSONS, VILLAGES
from bangfu.demo.incomes import EXIT_LINES
from bangfu.demo.ledgers.projects import FUND, PLANS
from bangfu.demo.ledgers.rows import split
from bangfu.demo.sizes import planned, settle
from bangfu.policy.loader import load_policy


@given(
    st.integers(1, 60), st.integers(1, 20), st.integers(0, 30), st.integers(1, 7), st.data(), st.integers()
)
def test_a_total_is_shared_within_limits(
    count: int, low: int, more: int, step: int, data: st.DataObject, seed: int
) -> None:
    least, most = low * step, (low + more) * step
    total = data.draw(st.integers(low * count, (low + more) * count)) * step
    shares = split(Random(seed), total, count, least, most, step)
    assert (sum(shares), len(shares)) == (total, count)
    assert all(least <= share <= most and share % step == 0 for share in shares)


@pytest.mark.parametrize(("total", "step"), [(99, 1), (1001, 1), (500, 3)])
def test_what_cannot_be_shared_is_refused(total: int, step: int) -> None:
    with pytest.raises(ValueError, match="cannot be shared"):
        split(Random(1), total, 100, 1, 10, step)


@given(st.lists(st.integers(1, 8), min_size=1, max_size=50), st.data(), st.integers())
def test_values_move_until_they_add_up(values: list[int], data: st.DataObject, seed: int) -> None:
    total = data.draw(st.integers(len(values), 8 * len(values)))
    settle(Random(seed), values, total, 1, 8)
    assert sum(values) == total
    assert all(1 <= value <= 8 for value in values)


def test_what_cannot_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot add up"):
        settle(Random(1), [1, 2], 17, 1, 8)
    with pytest.raises(ValueError, match="cannot add up"):
        settled_counts(Random(1), 10, 41, 4)


@pytest.mark.parametrize("seed", range(5))
def test_every_class_has_its_households_and_persons(seed: int) -> None:
    homes = planned(Random(seed))
    for item in CLASSES:
        sizes = [size for kind, size, _ in homes if kind is item]
        assert (len(sizes), sum(sizes)) == (item.households, item.persons)


def test_the_blueprint_agrees_with_itself() -> None:
    assert (HOUSEHOLDS, PERSONS) == (824, 3299)
    assert sum(village.households for village in VILLAGES) == HOUSEHOLDS
    funded = {
        year: sum(plan.cost for plan in PLANS if (plan.year, plan.nature) == (year, FUND))
        for year in (2017, 2018)
    }
    assert funded == {2017: 1_570, 2018: 3_280}  # thousands of yuan


def test_exit_lines_are_the_rulebooks() -> None:
    standard = load_policy().standards["exit_standard"]
    found = {year: standard.at(year * 10000 + 1231, "421281102") for year in EXIT_LINES}
    assert {year: value.value // 100 if value else None for year, value in found.items()} == EXIT_LINES
