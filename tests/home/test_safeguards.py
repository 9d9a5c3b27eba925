"""Four lights: what makes each green, yellow, red or unknown. What nobody knows is never green."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bangfu.ledger import actions as ledger
from bangfu.ledger.safeguards import Light, lights_of
from bangfu.ledger.safeguards.home import housing, water
from bangfu.ledger.safeguards.light import GREEN, NONE, RED, UNKNOWN, YELLOW, Given, Person, Seen
from bangfu.ledger.safeguards.people import education, medical
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions

DAY, PLACE = 20200422, "421281102"
_COLUMNS = (
    "birth_date",
    "student_status",
    "dropout_reason",
    "education_level",
    "school_name",
    "has_school_exemption",
    "resident_medical_ins",
    "employee_medical_ins",
    "in_active_service",
    "has_uninsured_proof",
    "src",
    "src_row",
)
CHILD = {"birth_date": 20110101}  # nine years old


def person(**columns: Any) -> Person:
    birth = columns.get("birth_date")
    age = None if birth is None else (DAY - birth) // 10000
    return Person("甲", age, 1, {**dict.fromkeys(_COLUMNS), **columns})


def given(*persons: Person, record: Mapping[str, Any] | None = None, seen: tuple[Seen, ...] = ()) -> Given:
    return Given(persons, record, seen, DAY, PLACE)


def roll(state: str) -> Seen:
    return Seen("school_roll", 1, 20190901, "中心小学", state, None, None)


def insured(state: str, year: int = 2020, kind: str = "居民医保") -> Seen:
    return Seen("insurance", 1, year, kind, state, None, None)


@pytest.mark.parametrize(
    ("columns", "seen", "colour"),
    [
        ({"student_status": "小学"}, (), GREEN),
        ({"student_status": "小学"}, (roll("在籍"),), GREEN),
        ({"student_status": "小学"}, (roll("辍学"),), YELLOW),
        ({"student_status": "小学", "dropout_reason": "厌学"}, (), YELLOW),
        ({"student_status": "学前教育"}, (), YELLOW),
        ({"dropout_reason": "厌学"}, (), RED),
        ({"dropout_reason": "缺资金"}, (), RED),
        ({"dropout_reason": "因残"}, (), YELLOW),
        ({"dropout_reason": "延缓入学"}, (), YELLOW),
        ({"has_school_exemption": True}, (), YELLOW),
        ({}, (roll("在籍"),), YELLOW),
        ({}, (), UNKNOWN),
        ({"education_level": "小学"}, (), RED),
        ({"student_status": "非在校生"}, (), RED),
        ({"education_level": "初中"}, (), NONE),  # through with school
        ({"birth_date": 20040423, "student_status": "九年级"}, (), GREEN),  # sixteen tomorrow
        ({"birth_date": 20040422}, (), NONE),  # sixteen today
        ({"birth_date": 20130831}, (), UNKNOWN),  # six by the last August
        ({"birth_date": 20130901}, (), NONE),
        ({"birth_date": None}, (), NONE),
        ({"birth_date": None, "student_status": "七年级"}, (), GREEN),
    ],
)
def test_schooling(columns: dict[str, Any], seen: tuple[Seen, ...], colour: str) -> None:
    assert education(given(person(**{**CHILD, **columns}), seen=seen)).colour == colour


@pytest.mark.parametrize(
    ("columns", "seen", "colour"),
    [
        ({"resident_medical_ins": True}, (), GREEN),
        ({"resident_medical_ins": False, "employee_medical_ins": True}, (), GREEN),
        ({"resident_medical_ins": True}, (insured("正常参保"),), GREEN),
        ({"resident_medical_ins": True}, (insured("终止参保"),), YELLOW),
        ({"resident_medical_ins": True}, (insured("终止参保"), insured("正常参保", kind="职工医保")), GREEN),
        ({"resident_medical_ins": True}, (insured("终止参保", 2019),), GREEN),
        ({"resident_medical_ins": True}, (insured("未参保", kind="居民养老"),), GREEN),
        ({"resident_medical_ins": False, "employee_medical_ins": False}, (), RED),
        ({"resident_medical_ins": False}, (), RED),
        ({"resident_medical_ins": False}, (insured("正常参保"),), YELLOW),
        ({}, (insured("正常参保"),), YELLOW),
        ({}, (), UNKNOWN),
        ({"resident_medical_ins": False, "in_active_service": True}, (), GREEN),
        ({"resident_medical_ins": False, "has_uninsured_proof": True}, (), GREEN),
        ({"birth_date": 20200301, "resident_medical_ins": False}, (), YELLOW),
        ({"birth_date": 20191201, "resident_medical_ins": False}, (), RED),
    ],
)
def test_medical_insurance(columns: dict[str, Any], seen: tuple[Seen, ...], colour: str) -> None:
    assert medical(given(person(**columns), seen=seen)).colour == colour


@pytest.mark.parametrize(
    ("record", "grade", "colour"),
    [
        (None, None, UNKNOWN),
        ({}, None, UNKNOWN),
        (None, "A", GREEN),
        ({"is_dangerous_house": False}, None, GREEN),
        ({"is_dangerous_house": False}, "B", GREEN),
        ({"is_dangerous_house": False}, "C", YELLOW),
        ({"is_dangerous_house": True}, None, RED),
        ({"is_dangerous_house": True, "house_grade": "D"}, None, RED),
        ({"house_grade": "D"}, None, RED),
        ({"is_dangerous_house": True, "house_grade": "B"}, None, YELLOW),
        ({"is_dangerous_house": True, "is_house_lived_in": False}, None, YELLOW),
        ({"is_dangerous_house": True, "is_house_lived_in": True}, None, RED),
        ({"is_dangerous_house": True, "has_housing_plan": True}, None, YELLOW),
    ],
)
def test_housing(record: dict[str, Any] | None, grade: str | None, colour: str) -> None:
    seen = (Seen("housing_appraisal", None, 20190101, grade, "李工", None, None),) if grade else ()
    told = None if record is None else {"data_year": 2019, **record}
    assert housing(given(record=told, seen=seen)).colour == colour


@pytest.mark.parametrize(
    ("safe", "difficult", "evaluated", "colour"),
    [
        (None, None, None, UNKNOWN),
        (True, None, None, GREEN),
        (True, False, None, GREEN),
        (True, True, None, YELLOW),
        (False, None, None, RED),
        (False, False, None, RED),
        (None, True, None, RED),
        (None, False, None, UNKNOWN),
        (True, False, ("达标", "不达标"), YELLOW),
        (True, False, ("达标", None), GREEN),
        (None, None, ("达标", "达标"), GREEN),
        (None, None, ("达标", None), UNKNOWN),
        (None, None, ("达标", "不达标"), RED),
    ],
)
def test_water(
    safe: bool | None, difficult: bool | None, evaluated: tuple[str | None, str | None] | None, colour: str
) -> None:
    seen = (Seen("water_evaluation", None, 20190101, *evaluated, None, None),) if evaluated else ()
    record = {"data_year": 2019, "water_safe": safe, "water_difficult": difficult}
    assert water(given(record=record, seen=seen)).colour == colour


def test_a_light_is_as_bad_as_its_worst_member_and_names_whom() -> None:
    good = person(resident_medical_ins=True)
    bad = Person("乙", None, 2, {**dict.fromkeys(_COLUMNS), "resident_medical_ins": False})
    light = medical(given(good, bad))
    assert (light.colour, light.said) == (RED, "乙没有参保")
    assert [(fact.whose, fact.colour) for fact in light.facts] == [("甲", GREEN), ("乙", RED)]
    assert medical(given(good, person())).colour == UNKNOWN
    assert medical(given()).colour == NONE


def test_the_lists_are_read_at_once_up_to_the_day(any_home: Path) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        [home, other] = actions.add_households(change, [{}, {}])
        [child] = actions.add_persons(change, [{"full_name": "甲"}])
        rolls = [(20190901, "在籍"), (20200901, "辍学")]
        ledger.add(
            change,
            "school_roll",
            [
                {"person_key": child, "school": "中心小学", "enrolled_on": on, "state": state}
                for on, state in rolls
            ],
        )
        ledger.add(
            change,
            "insurance",
            [
                {"person_key": child, "kind": "居民医保", "data_year": year, "state": state}
                for year, state in ((2020, "正常参保"), (2021, "终止参保"))
            ],
        )
        ledger.add(
            change,
            "housing_appraisal",
            [
                {"household_key": home, "appraised_on": 20190101, "house_grade": "B", "src": 7, "src_row": 5},
                {"household_key": other, "appraised_on": 20190101, "house_grade": "D"},
            ],
        )
        ledger.add(
            change,
            "water_evaluation",
            [
                {
                    "household_key": home,
                    "evaluated_on": 20190101,
                    "is_quantity_ok": True,
                    "is_quality_ok": False,
                }
            ],
        )
    member = Person("甲", 9, child, {**dict.fromkeys(_COLUMNS), **CHILD, "student_status": "小学"})
    with CaptureQueriesContext(connection) as asked:
        lights: tuple[Light, ...] = lights_of(home, [member], None, day=DAY, place=PLACE)
    assert len(asked) == 1
    assert [light.colour for light in lights] == [GREEN, YELLOW, GREEN, RED]
    [appraised] = [fact for fact in lights[2].facts if fact.label == "鉴定"]
    assert (appraised.value, appraised.src, appraised.src_row) == ("2019-01-01 B 级", 7, 5)
    assert all(light.rule for light in lights)
