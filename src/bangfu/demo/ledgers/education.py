"""Aid to pupils and students of both terms of 2019, and the vocational subsidy 雨露计划."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Stay, Values
from bangfu.samples.people import Person
from bangfu.samples.schooling import stage

PAYMENTS, AMOUNT = 1017, 51_650_000
YULU_SPRING, YULU_AUTUMN, YULU_TERM = 48, 49, 150_000
_STEP = 6_250
"""Fen: every aid of a term is a multiple of it."""
_BOARD = {"小学": 50_000, "初中": 62_500}
_FIXED = {"学前教育": ("edu_preschool", 50_000), "普通高中": ("edu_senior_grant", 100_000)}
_VOCATIONAL = ("中职", "高职高专")
SCHOOLS = {
    "学前教育": "茶庵岭镇中心幼儿园",
    "小学": "茶庵岭镇中心小学",
    "初中": "茶庵岭镇中学",
    "普通高中": "赤壁市第一中学",
    "中职": "赤壁市机电信息技术学校",
    "高职高专": "咸宁职业技术学院",
    "本科": "省内本科院校",
}
_FLIPS = ("both", "up", "junior", "first", "left")
"""Primary in both terms; up to junior school; junior in both; first grade since autumn; junior school left in summer."""


@dataclass(frozen=True)
class Term:
    name: str
    first: int
    last: int
    paid_on: int


SPRING = Term("2019春季", 201902, 201907, 20190620)
AUTUMN = Term("2019秋季", 201909, 202001, 20191128)


def add_education(rng: Random, block: Block) -> None:
    pupils = [(home, stay) for home in block.homes for stay in home.staying()]
    _choose_boarders(rng, [stay.person for _, stay in pupils])
    for home, stay in pupils:
        for row in _aid_of(stay.person):
            block.give("benefit", home, stay, row)
    _add_yulu(rng, block, pupils)


def _aid_of(person: Person) -> Iterator[Values]:
    """The rows of both terms; day pupils are aided from the autumn of 2019 on."""
    for term, grade in ((SPRING, person.student_before), (AUTUMN, person.student)):
        level = stage(grade)
        if level in _FIXED and person.student:
            yield _row(term, *_FIXED[level], grade)
        elif level in _BOARD and person.boards and person.student:
            yield _row(term, "edu_compulsory_board", _BOARD[level], grade)
        elif level in _BOARD and term is AUTUMN:
            yield _row(term, "edu_compulsory_day", _BOARD[level] // 2, grade)


def _row(term: Term, programme: str, amount: int, grade: str) -> Values:
    return {
        "programme": programme,
        "data_year": YEAR,
        "period_kind": "term",
        "period": term.name,
        "period_from": term.first,
        "period_to": term.last,
        "amount": amount,
        "state": "已发放",
        "paid_on": term.paid_on,
        "school": SCHOOLS[stage(grade)],
        "grade": grade,
    }


def _choose_boarders(rng: Random, people: list[Person]) -> None:
    """Lets as many board as make both totals: a boarder of both terms adds a payment and more than a day pupil's."""
    for person in people:
        person.boards = False
    at_school = [person for person in people if person.student]
    kinds = [[person for person in at_school if _flip(person) == flip] for flip in _FLIPS]
    rows = PAYMENTS - sum(1 for person in people for _ in _aid_of(person))
    units = (AMOUNT - sum(row["amount"] for person in people for row in _aid_of(person))) // _STEP
    for some, count in zip(kinds, _solve(rows, units, [len(some) for some in kinds]), strict=True):
        for person in rng.sample(some, count):
            person.boards = True


def _flip(person: Person) -> str:
    """What a child's boarding changes, named in _FLIPS."""
    before, now = stage(person.student_before), stage(person.student)
    if before == "初中" and now != "初中":
        return "left"
    return {
        ("小学", "小学"): "both",
        ("小学", "初中"): "up",
        ("初中", "初中"): "junior",
        ("学前教育", "小学"): "first",
    }.get((before, now), "")


def _solve(rows: int, units: int, most: list[int]) -> tuple[int, int, int, int, int]:
    """How many of each kind board, where one adds a row (first graders none) and 12, 13, 15, 4 or 10 units."""
    both_most, up_most, junior_most, first_most, left_most = most
    for first in range(first_most + 1):
        for left in range(left_most, -1, -1):
            for up in range(up_most, -1, -1):
                rest = units - 12 * rows + 2 * left - up - 4 * first
                junior, both = rest // 3, rows - left - up - rest // 3
                if rest % 3 == 0 and 0 <= junior <= junior_most and 0 <= both <= both_most:
                    return both, up, junior, first, left
    raise ValueError(f"{rows} more payments of {units} units cannot be made up by boarders among {most}")


def _add_yulu(rng: Random, block: Block, pupils: list[tuple[Home, Stay]]) -> None:
    autumn = [(home, stay) for home, stay in pupils if stage(stay.person.student) in _VOCATIONAL]
    spring = [(home, stay) for home, stay in pupils if stage(stay.person.student_before) in _VOCATIONAL]
    spring.sort(key=lambda item: not item[1].person.student)
    if len(autumn) != YULU_AUTUMN or len(spring) < YULU_SPRING:
        raise ValueError(f"雨露: {len(autumn)} in autumn, {len(spring)} in spring")
    for home, stay in spring[:YULU_SPRING]:
        block.give("benefit", home, stay, _row(SPRING, "yulu", YULU_TERM, stay.person.student_before))
    for home, stay in autumn:
        block.give("benefit", home, stay, _row(AUTUMN, "yulu", YULU_TERM, stay.person.student))
