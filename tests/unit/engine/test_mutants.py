"""Lint: each small change of a rule, and examples that would not notice it."""

from __future__ import annotations

from tests.parity.loaded import policy
from tests.parity.small import check, example

from bangfu.engine.examples import failures, lint_check
from bangfu.engine.mutants import mutants
from bangfu.policy.model import Example


def changes(text: str) -> list[str]:
    return [words for words, _ in mutants(check(text).when)]


def complaints(text: str, *examples: Example) -> list[str]:
    return [line.split("test.check ")[1] for line in lint_check(check(text, examples=examples), policy())]


def test_comparison_is_loosened_reversed_and_its_constant_moved() -> None:
    assert changes("household_size < 3") == ["< 改成 <=", "< 改成 >", "3 改动 +1", "3 改动 -1"]


def test_money_constant_moves_by_a_yuan() -> None:
    moved = [
        node.right.value for words, node in mutants(check("wage_income > 50000").when) if "改动" in words
    ]  # type: ignore[attr-defined]
    assert moved == [5_000_100, 4_999_900]


def test_each_member_of_a_set_is_left_out_once() -> None:
    assert changes('household_type in {"脱贫户", "一般农户"}') == [
        "in 与 not in 互换",
        "去掉 脱贫户",
        "去掉 一般农户",
    ]


def test_logic_is_swapped_and_each_condition_dropped() -> None:
    assert changes("is_absent_long and not is_cadre_relative") == [
        "and 改成 or",
        "去掉一个条件",
        "去掉一个条件",
        "去掉 not",
    ]


def test_changes_reach_into_comprehensions() -> None:
    assert ">= 改成 >" in changes("any(m.work_months >= 6 for m in members if m.speaks_mandarin is True)")
    assert "is 与 is not 互换" in changes(
        "any(m.work_months >= 6 for m in members if m.speaks_mandarin is True)"
    )


def test_changed_trees_differ_from_the_rule_and_from_each_other() -> None:
    whole = check(
        'any(m.work_months >= 6 and m.full_name == "甲" for m in members) or wage_income is None'
    ).when
    trees = [tree for _, tree in mutants(whole)]
    assert len(set(trees)) == len(trees)
    assert whole not in trees


def test_examples_on_both_sides_of_the_boundary_are_enough() -> None:
    sides = (
        example("finding", household_size=2),
        example("pass", household_size=3),
        example("unknown"),
    )
    assert complaints("household_size < 3", *sides) == []


def test_blind_examples_are_rejected() -> None:
    far = (example("finding", household_size=0), example("pass", household_size=9), example("unknown"))
    said = complaints("household_size < 3", *far)
    assert said == [
        "把< 改成 <=,例子都看不出来:请补边界两侧的例子",
        "把3 改动 +1,例子都看不出来:请补边界两侧的例子",
        "把3 改动 -1,例子都看不出来:请补边界两侧的例子",
    ]


def test_too_few_examples_and_missing_answers_are_rejected() -> None:
    said = complaints("household_size < 3", example("finding", household_size=2))
    assert said[:3] == ["只有 1 个例子,至少要 3 个", "缺少 pass 的例子", "缺少 unknown 的例子"]


def test_rule_of_is_missing_alone_needs_no_unknown_example() -> None:
    three = (example("finding"), example("pass", household_size=1), example("pass", household_size=2))
    assert complaints("household_size is None", *three) == []


def test_example_with_the_wrong_answer_is_told() -> None:
    wrong = check("household_size < 3", examples=(example("pass", household_size=2),))
    (said,) = failures(wrong, policy())
    assert said.endswith("test.check 的例子应是 pass,算得 finding")
