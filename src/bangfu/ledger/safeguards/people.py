"""义务教育 and 基本医疗: the lights that look at every member. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from bangfu.ledger.safeguards.light import (
    GREEN,
    NONE,
    RED,
    UNKNOWN,
    YELLOW,
    Fact,
    Given,
    Light,
    Person,
    Seen,
    light,
    of_row,
)
from bangfu.policy.given import group

_REFUSED = frozenset({"厌学", "缺资金", "其他"})

# -- 义务教育 ----------------------------------------------------------------------------------------

_EDUCATION = (
    "看当年 8 月 31 日满 6 周岁起、未满 16 周岁、没有读完初中的成员。在校生状况是小学到九年级(或更高)为绿;"
    "登记为厌学、缺资金、其他原因未上学,或不是在校生又没有说明的为红;因病因残、延缓入学、有免学缓学证明,"
    "或与学籍名单不一致的为黄;上学情况全是空的为不明。"
)


def education(given: Given) -> Light:
    facts = [fact for person in given.persons for fact in _schooling(given, person)]
    return light("义务教育", _EDUCATION, facts, "没有义务教育阶段的成员")


def _schooling(given: Given, person: Person) -> Iterable[Fact]:
    columns = person.columns
    rolls = given.of("school_roll", person.key)
    if columns["birth_date"] is None:
        if columns["student_status"] in group("student_status", "compulsory"):
            yield Fact(person.name, "在校生状况", columns["student_status"], GREEN, *of_row(columns))
        return
    if not _is_of_school_age(given, person):
        return
    colour, said = _schooled(columns, rolls)
    yield Fact(person.name, f"({person.age} 岁)", said, colour, *of_row(columns))
    for roll in rolls[:1]:
        told = f"{roll.word or '学校未填'},{roll.state or '状态未填'}"
        yield Fact(person.name, "学籍", told, NONE, roll.src, roll.src_row)


def _is_of_school_age(given: Given, person: Person) -> bool:
    """As check EDU-004 has it: by the school year, until the end of the last year of age."""
    since, until = given.standard("school_age_from"), given.standard("school_age_to")
    columns, birth = person.columns, person.columns["birth_date"]
    if since is None or until is None or person.age is None or person.age > until:
        return False
    has_begun = _year(given.day, -8) - _year(birth, 4) >= since
    is_through = columns["student_status"] is None and columns["education_level"] in group(
        "education_level", "above_primary"
    )
    return has_begun and not is_through


def _year(day: int, months: int) -> int:
    """The year so many months later."""
    return (day // 10000 * 12 + day // 100 % 100 - 1 + months) // 12


def _schooled(columns: Mapping[str, Any], rolls: Sequence[Seen]) -> tuple[str, str]:
    status, reason = columns["student_status"], columns["dropout_reason"]
    roll = rolls[0].state if rolls else None
    if status and status != "非在校生":
        if status in group("student_status", "preschool"):
            return YELLOW, f"还是{status}"
        if reason or roll in ("辍学", "退学"):
            return YELLOW, f"登记在校({status}),{f'又登记未上学原因{reason}' if reason else f'学籍为{roll}'}"
        return GREEN, status
    if columns["has_school_exemption"]:
        return YELLOW, "有免学或缓学证明"
    if reason:
        return (RED if reason in _REFUSED else YELLOW), f"未上学:{reason}"
    if roll in group("school_roll_state", "valid"):
        return YELLOW, "没有登记在校,学籍名单上在籍"
    if status is None and not columns["education_level"] and not columns["school_name"]:
        return UNKNOWN, "上学情况都没有填"
    return RED, "不是在校生,没有说明"


# -- 基本医疗 ----------------------------------------------------------------------------------------

_MEDICAL = (
    "看每个成员。登记参加城乡居民或职工基本医疗保险、现役军人、有异地参保或免参保证明的为绿;两项都登记为否的为红;"
    "新生儿在规定天数内,或登记与医保名单不一致的为黄;两项都是空的为不明。"
)


def medical(given: Given) -> Light:
    facts = [_insured(given, person) for person in given.persons]
    return light("基本医疗", _MEDICAL, facts, "没有成员")


def _insured(given: Given, person: Person) -> Fact:
    columns = person.columns
    resident, employee = columns["resident_medical_ins"], columns["employee_medical_ins"]
    listed = [
        row
        for row in given.of("insurance", person.key)
        if row.word in group("insurance_kind", "medical") and row.when == given.day // 10000
    ]
    is_listed = any(row.state in group("insurance_state", "insured") for row in listed)
    if resident or employee:
        if listed and not is_listed:
            row = listed[0]
            told = f"登记参保,{given.day // 10000} 年名单为{row.state or '状态未填'}"
            return Fact(person.name, "", told, YELLOW, row.src, row.src_row)
        return _told(person, GREEN, "居民医保" if resident else "职工医保")
    if columns["in_active_service"]:
        return _told(person, GREEN, "现役军人")
    if columns["has_uninsured_proof"]:
        return _told(person, GREEN, "有异地参保或免参保证明")
    if is_listed:
        return _told(person, YELLOW, "登记未参保,医保名单上已参保")
    if resident is None and employee is None:
        return _told(person, UNKNOWN, "参保情况没有填")
    if _is_newborn(given, columns["birth_date"]):
        return _told(person, YELLOW, "新生儿,还在参保期内")
    return _told(person, RED, "没有参保")


def _is_newborn(given: Given, birth: int | None) -> bool:
    days = given.standard("newborn_insure_days")
    if birth is None or days is None or not 0 <= given.day - birth < 10000:
        return False
    return _days(given.day) - _days(birth) <= days


def _days(day: int) -> int:
    return date(day // 10000, day // 100 % 100, day % 100).toordinal()


def _told(person: Person, colour: str, said: str) -> Fact:
    return Fact(person.name, "", said, colour, *of_row(person.columns))
