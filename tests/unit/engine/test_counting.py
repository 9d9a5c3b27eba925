"""One indicator at a time: what cannot be judged, when a row happened, means and ratios, what is wanting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.parity.loaded import policy
from tests.parity.rows_to_tables import Tables

from bangfu.engine.dataset import Dataset
from bangfu.engine.indicators.asking import Ask, Asking
from bangfu.engine.indicators.cells import Cell, Period, held, shown
from bangfu.engine.indicators.counting import Counted, count
from bangfu.engine.indicators.wanting import wanting

AS_OF, PLACE = 20191231, "421281102"
Rows = list[Mapping[str, Any]]


def dataset(table: str, rows: Rows) -> Dataset:
    tables = Tables(policy().terms)
    for number, row in enumerate(rows):
        tables.add_subject(table, row, number)
    return tables.dataset(AS_OF)


def counted(name: str, rows: Rows, as_of: int = AS_OF) -> Counted:
    indicator = policy().indicators[name]
    table = indicator.table or policy().indicators[indicator.parts[0]].table
    return count(dataset(table, rows), policy(), as_of, PLACE, [indicator])


def whole(found: Counted, name: str, period: Period | None = None) -> Cell:
    [cell] = [
        cell
        for cell in found.cells
        if cell.indicator == name and cell.period == period and not cell.is_of_village and not cell.cut
    ]
    return cell


def test_row_that_cannot_be_judged_is_told_and_not_counted() -> None:
    rows: Rows = [{"programme": "dibao", "period_from": 201901}, {"period_from": 201901}]
    cell = whole(
        counted("dibao_families", [*rows, {"programme": "tekun"}]), "dibao_families", Period(20190101, AS_OF)
    )
    assert (cell.value, cell.count, cell.unknown) == (0, 0, 2)  # one without account, one without programme


def test_row_without_its_day_is_unknown_in_every_year() -> None:
    found = counted("training_times", [{"started_on": 20190501}, {"started_on": 20180501}, {}])
    for period in (Period(20190101, AS_OF), Period(20180101, 20181231)):
        assert (
            whole(found, "training_times", period).value,
            whole(found, "training_times", period).unknown,
        ) == (1, 1)
    assert whole(found, "training_times", Period(0, AS_OF)).value == 2


def test_what_happened_after_the_day_is_not_counted() -> None:
    found = counted("training_times", [{"started_on": 20190501}, {"started_on": 20190502}], as_of=20190501)
    assert whole(found, "training_times", Period(20190101, 20190501)).value == 1


def test_what_is_dated_by_year_counts_when_the_year_begins() -> None:
    rows: Rows = [{"kind": "居民医保", "state": "正常参保", "data_year": 2019, "beneficiary": "a"}]
    asking = Asking(dataset("insurance", rows), policy(), AS_OF, PLACE)
    spans = (Period(20190101, 20190131), Period(20190201, AS_OF), Period(20190101, AS_OF))
    found = asking.figures(Ask("medical_insured_persons", span) for span in spans)
    assert [cell.value for cell in found] == [1, 0, 1]


def test_flow_whose_condition_names_the_period_is_counted_for_each_year() -> None:
    found = counted("post_persons", [{"paid_from": 201806, "paid_to": 201906, "beneficiary": "a"}])
    values = {cell.period: cell.value for cell in found.cells if not cell.is_of_village and not cell.cut}
    assert values == {
        Period(20150101, 20151231): 0,
        Period(20160101, 20161231): 0,
        Period(20170101, 20171231): 0,
        Period(20180101, 20181231): 1,
        Period(20190101, 20191231): 1,
    }


def test_mean_is_of_the_rows_that_have_a_value_rounded_half_up() -> None:
    rows: Rows = [{"month": 201901, "wage": wage, "beneficiary": "a"} for wage in (100, 100, 101, None)]
    cell = whole(counted("workshop_wage_mean", rows), "workshop_wage_mean", Period(20190101, AS_OF))
    assert (cell.value, cell.count, cell.unknown) == (100, 3, 1)
    assert whole(counted("workshop_wage_mean", []), "workshop_wage_mean", Period(0, AS_OF)).value is None


def test_ratio_brings_its_parts_along_and_has_no_value_over_nothing() -> None:
    home = {"household_type": "脱贫户", "farmland_mu": 35_000, "current_household_size": 3}
    found = counted("land_farmland_per_person", [home, {**home, "current_household_size": 4}])
    assert whole(found, "land_farmland_per_person").value == 100  # 7 mu, 7 persons
    assert {"land_farmland", "poor_population"} <= set(found.indicators)
    assert whole(counted("land_farmland_per_person", []), "land_farmland_per_person").value is None


def test_standard_is_that_of_the_day() -> None:
    assert whole(counted_standard(AS_OF), "monitoring_line").value == 5000
    assert counted_standard(19990101).not_counted == {
        "monitoring_line": ["标准“防返贫监测收入线”在 1999 年没有取值"]
    }


def counted_standard(as_of: int) -> Counted:
    return count(dataset("village", []), policy(), as_of, PLACE, [policy().indicators["monitoring_line"]])


def test_option_of_a_multiple_choice_counts_under_each() -> None:
    person = {"household": {"household_type": "脱贫户"}, "health_status": ",长期慢性病,残疾,"}
    found = counted("poor_persons", [person, {**person, "health_status": ",健康,"}])
    labels = {c.label: c.value for c in found.cells if c.cut == "health_status" and not c.is_of_village}
    assert labels == {"长期慢性病": 1, "残疾": 1, "健康": 1}


def test_what_lacks_a_table_a_list_or_a_column_is_not_counted() -> None:
    whole_dataset = dataset("benefit", [{"programme": "dibao"}])
    indicator = policy().indicators["yulu_times"]
    assert wanting(indicator, whole_dataset, policy(), AS_OF, PLACE) == []
    kinds = replace(whole_dataset, kinds=frozenset({("benefit", "dibao")}))
    assert wanting(indicator, kinds, policy(), AS_OF, PLACE) == ["没有“雨露计划职业教育补助”的名单"]
    relations = {name: one for name, one in whole_dataset.relations.items() if name != "benefit"}
    without = replace(whole_dataset, relations=relations)
    assert wanting(indicator, without, policy(), AS_OF, PLACE) == ["没有“享受政策记录”的表"]


def test_column_whose_absence_the_condition_provides_for_need_not_be_there() -> None:
    whole_dataset = dataset("loan", [{"outstanding": 100, "due_on": 20190101}])
    columns = {**whole_dataset.fields, "loan": frozenset({"outstanding", "due_on"})}
    reduced = replace(whole_dataset, fields=columns)
    asked = {
        name: wanting(policy().indicators[name], reduced, policy(), AS_OF, PLACE)
        for name in ("loans_overdue", "loans_settled")
    }
    assert asked == {"loans_overdue": [], "loans_settled": ["“贷款”的表里没有“结清日期”一栏"]}


def test_numbers_are_held_and_shown_exactly() -> None:
    assert held(Decimal("2.345"), 2) == 235
    assert held(Decimal("-2.345"), 2) == -235
    assert [str(shown(value, 2)) for value in (30000, 38923050, 125, None)] == [
        "300",
        "389230.5",
        "1.25",
        "None",
    ]


def test_year_and_month_in_which_nothing_happened_are_nought() -> None:
    found = counted("training_times", [{"started_on": 20190501}])
    assert whole(found, "training_times", Period(20180101, 20181231)).value == 0
    assert whole(found, "training_times", Period(20190401, 20190430)).value == 0
    assert whole(found, "training_times", Period(20190501, 20190531)).value == 1


def test_january_so_far_is_told_once() -> None:
    found = counted("training_times", [{"started_on": 20200110}], as_of=20200115)
    assert whole(found, "training_times", Period(20200101, 20200115)).value == 1
