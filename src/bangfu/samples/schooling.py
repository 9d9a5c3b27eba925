"""School stage and schooling by age: the school year starts on 1 September."""

from __future__ import annotations

from datetime import date
from random import Random

from bangfu.samples.people import Person, age_on

_YEARS = "一二三四"
_JUNIOR = ("七年级", "八年级", "九年级")


def student_status(age: int, track: str, college: str) -> str:
    """The status of somebody who is `age` years old on 31 August; empty: not at school."""
    if age < 3:
        return "学龄前儿童"
    if age < 6:
        return "学前教育"
    if age < 12:
        return "小学"
    if age < 15:
        return _JUNIOR[age - 12]
    if age < 18:
        return f"{track}{_YEARS[age - 15]}年级"
    lasts = {"高职高专": 3, "本科": 4}.get(college, 0)
    return f"{college}{_YEARS[age - 18]}年级" if age < 18 + lasts else ""


def give_schooling(rng: Random, person: Person) -> None:
    """Sets the stage of the last autumn and of the spring before, or the schooling of those who have left school."""
    age = school_age(person)
    track = "中职" if rng.random() < 0.4 else "普通高中"
    college = rng.choice(("高职高专", "就业") if track == "中职" else ("本科", "高职高专", "就业"))
    person.student = student_status(age, track, college)
    person.student_before = student_status(age - 1, track, college) if age else ""
    person.boards = rng.random() < 0.5
    if not person.student:
        person.education = education_of(rng, age, track, college)


def education_of(rng: Random, age: int, track: str, college: str) -> str:
    if age < 30:
        finished = {"高职高专": "大专", "本科": "本科及以上"}.get(college, "高中(含中专)")
        return finished if rng.random() < 0.4 else "高中(含中专)" if track == "中职" else "初中"
    if age < 45:
        return rng.choice(("初中", "初中", "初中", "高中(含中专)", "小学"))
    if age < 60:
        return rng.choice(("小学", "初中", "初中"))
    return rng.choice(("文盲或半文盲", "小学", "小学", "初中"))


def school_age(person: Person) -> int:
    """How old somebody was when the school year began."""
    today = person.today
    year = today.year if (today.month, today.day) >= (8, 31) else today.year - 1
    return age_on(person.birth, date(year, 8, 31))


def stage(student: str) -> str:
    """小学, 初中, 普通高中, 中职, 高职高专, 本科, 学前教育 or empty."""
    if student in _JUNIOR:
        return "初中"
    return next(
        (s for s in ("学前教育", "小学", "普通高中", "中职", "高职高专", "本科") if student.startswith(s)), ""
    )
