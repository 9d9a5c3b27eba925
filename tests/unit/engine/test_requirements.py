"""What keeps a check from being run: a table, a field, a kind of list, a standard."""

from __future__ import annotations

from dataclasses import replace

from tests.parity.loaded import policy
from tests.parity.rows_to_tables import dataset_of
from tests.parity.small import AS_OF, PLACE, check

from bangfu.engine.dataset import Dataset
from bangfu.engine.requirements import rests_on_unverified, wanting
from bangfu.engine.run import run


def everything() -> Dataset:
    return dataset_of(policy().terms, {})


def without_table(name: str) -> Dataset:
    whole = everything()
    return replace(whole, relations={table: at for table, at in whole.relations.items() if table != name})


def reasons(text: str, dataset: Dataset, as_of: int = AS_OF) -> list[str]:
    return wanting(check(text), dataset, policy(), as_of, PLACE)


def test_nothing_is_wanting_where_all_is_loaded() -> None:
    text = 'any(b.programme == "dibao" and b.amount > standard("monitoring_line") for b in benefits)'
    assert reasons(text, everything()) == []


def test_missing_table_is_named_by_its_label() -> None:
    assert reasons("any(v.price > 1 for v in vehicles)", without_table("vehicle")) == ["没有“机动车”的表"]


def test_missing_field_is_named_with_its_table() -> None:
    whole = everything()
    fields = {**whole.fields, "household": whole.fields["household"] - {"wage_income"}}
    dataset = replace(whole, fields=fields)
    assert reasons("wage_income > 1", dataset) == ["“户”的表里没有“工资性收入”一栏"]
    assert reasons("default(wage_income, 0) > 1", dataset) == []


def test_list_of_another_programme_does_not_answer() -> None:
    dataset = replace(everything(), kinds=frozenset({("benefit", "yulu")}))
    name = policy().programmes["dibao"].name
    assert reasons('any(b.programme == "dibao" for b in benefits)', dataset) == [f"没有“{name}”的名单"]
    assert reasons('any(b.programme in {"dibao", "yulu"} for b in benefits)', dataset) == []


def test_standard_without_a_value_is_named_with_the_year() -> None:
    text = 'per_capita_net_income < standard("monitoring_line")'
    assert reasons(text, everything(), 20180101) == ["标准“防返贫监测收入线”在 2018 年没有取值"]


def test_all_reasons_are_said_at_once() -> None:
    text = 'any(v.price > standard("monitoring_line") for v in vehicles)'
    assert reasons(text, without_table("vehicle"), 20180101) == [
        "没有“机动车”的表",
        "标准“防返贫监测收入线”在 2018 年没有取值",
    ]


def test_run_says_why_a_check_was_not_run() -> None:
    lacking = check("any(v.price > 1 for v in vehicles)", ident="test.vehicles")
    possible = check("wage_income > 1", ident="test.wage")
    done = run(without_table("vehicle"), policy(), AS_OF, PLACE, [lacking, possible])
    assert done.not_run == {"test.vehicles": ["没有“机动车”的表"]}
    assert [item.id for item in done.checks] == ["test.wage"]


def test_unverified_standard_is_named() -> None:
    rule = check('per_capita_net_income < standard("monitoring_line")')
    assert rests_on_unverified(rule, policy(), 20220601, PLACE) == ["防返贫监测收入线"]
    assert rests_on_unverified(rule, policy(), 20230601, PLACE) == []


def test_missing_table_on_the_way_to_another_is_named() -> None:
    text = "any(o.exit_year > 2020 for o in village.households)"
    assert reasons(text, without_table("village")) == ["没有“行政村”的表"]
