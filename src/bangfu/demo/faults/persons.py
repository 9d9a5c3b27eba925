"""Faults in what the register says of a person."""

from __future__ import annotations

from datetime import date

from bangfu.demo.faults.planting import Faults
from bangfu.demo.homes import YEAR, day
from bangfu.demo.ledgers.deaths import give_death
from bangfu.policy.examples import join_labels
from bangfu.samples.people import Person
from bangfu.samples.schooling import stage


def _is_plain(person: Person) -> bool:
    return not person.disability and not person.post and person.work is None and person.health == "健康"


def _wrong_birthday(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    birth = stay.person.birth
    stay.told["birth_date"] = day(birth.replace(day=birth.day + 1 if birth.day < 28 else 27))
    faults.of_stay(home, stay, "出生日期录错一天,与身份证不符", "identity.birth_date_differs_from_number")


def _wrong_sex(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stay is home.head and len(home.members) == 1 and _is_plain(stay.person)
    )
    stay.told["sex"] = "女" if stay.person.sex == "男" else "男"
    faults.of_stay(home, stay, "性别录反,与身份证不符", "identity.sex_differs_from_number")


def _wrong_check_character(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    last = stay.person.id_no[-1]
    stay.told["id_no"] = stay.person.id_no[:-1] + ("1" if last != "1" else "2")
    faults.of_stay(home, stay, "身份证末位抄错", "identity.checksum_wrong")


def _no_relation(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stay is not home.head and _is_plain(stay.person))
    stay.told["relation_to_head"] = None
    faults.of_stay(home, stay, "与户主关系漏填", "household.relation_outside_codelist")


def _pupil_with_schooling(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stage(stay.person.student) == "小学")
    stay.told["education_level"] = "小学"
    faults.of_stay(home, stay, "在校生又填了文化程度", "education.level_and_student_status")


def _child_not_at_school(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stage(stay.person.student) == "小学" and 8 <= stay.person.age <= 10
    )
    stay.told |= {"student_status": None, "education_level": "小学"}
    faults.of_stay(
        home,
        stay,
        "小学生漏填在校生状况",
        "education.school_age_child_not_at_school",
        "education.stage_differs_from_school_roll",
    )


def _dropped_out(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stage(stay.person.student) == "初中")
    stay.told |= {"student_status": None, "education_level": "小学", "dropout_reason": "厌学"}
    for line in faults.block.lines:
        if line.stay is stay and line.table == "school_roll":
            line.values |= {"state": "辍学", "left_on": 20200110}
    faults.of_home(home, "有孩子厌学失学,没有纳入监测", "living.dropout_not_monitored")


def _uninsured(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    stay.told |= {"resident_medical_ins": False, "major_illness_ins": False}
    lines = faults.block.lines
    lines[:] = [line for line in lines if line.stay is not stay or line.table != "insurance"]
    why, first = "没有参加医保", "health.no_medical_insurance"
    faults.of_stay(home, stay, why, first)
    faults.of_home(home, why, "living.uninsured_not_monitored", cause=first)


def _healthy_and_ill(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stay.person.health == "长期慢性病" and stay.person.age >= 60)
    stay.told["health_status"] = join_labels(["健康", "长期慢性病"])
    faults.of_stay(home, stay, "健康和慢性病同时选", "health.healthy_and_ill")


def _child_with_labour(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 6 <= stay.person.age <= 12)
    stay.told["labor_ability"] = "普通劳动力"
    faults.of_stay(home, stay, "儿童填成普通劳动力", "labor.child_with_labour", "labor.student_with_labour")


def _work_without_months(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: (
            bool(stay.person.work)
            and stay.person.labor == "普通劳动力"
            and stay.person.education in ("小学", "初中")
            and sum(person.work is not None for person in home.members) == 1
        )
    )
    stay.told["work_months"] = None
    faults.of_stay(home, stay, "有务工地没有务工月数", "labor.work_place_and_months")


def _certificate_but_healthy(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stay.person.disability_level in (1, 2) and stay.person.age >= 60
    )
    stay.told["health_status"] = join_labels(["健康"])
    faults.of_stay(home, stay, "有残疾证,健康状况填成健康", "health.certificate_without_disability")


def _dead_and_paid(faults: Faults) -> None:
    """Died in August, still on the register and on the allowance's list until December."""
    line = faults.line(
        "benefit",
        lambda line: (
            line.values["programme"] == "dibao"
            and line.home is not None
            and line.stay is not None
            and line.stay is not line.home.head
            and line.stay.person.age >= 62
            and _is_plain(line.stay.person)
        ),
    )
    assert line.home is not None
    assert line.stay is not None
    give_death(faults.block, line.home, line.stay, date(YEAR, 8, 12))
    why = "8月12日死亡,仍在册,低保发到12月"
    faults.of_stay(line.home, line.stay, why, "dibao.paid_after_death", "identity.dead_but_registered")


OF_PERSONS = (
    _wrong_birthday,
    _wrong_sex,
    _wrong_check_character,
    _no_relation,
    _pupil_with_schooling,
    _child_not_at_school,
    _dropped_out,
    _uninsured,
    _healthy_and_ill,
    _child_with_labour,
    _work_without_months,
    _certificate_but_healthy,
    _dead_and_paid,
)
