"""Lists that say who somebody is: disability certificates, the school roll of 2019/2020, medical insurance of 2020."""

from __future__ import annotations

from random import Random

from bangfu.demo.homes import Block, Home, Values
from bangfu.demo.ledgers.education import SCHOOLS
from bangfu.demo.ledgers.rows import YUAN, day_in
from bangfu.demo.ledgers.welfare import LEVELS
from bangfu.demo.outsiders import Outsiders
from bangfu.samples.national_rows import id_no
from bangfu.samples.people import Person
from bangfu.samples.places import COUNTY
from bangfu.samples.schooling import stage

_STAGES = {"学前教育": "幼儿园", "普通高中": "高中", "高职高专": "高职"}
_PREMIUM = 250 * YUAN
_VALID_YEARS = 10


def add_rolls(rng: Random, block: Block, others: list[Outsiders]) -> None:
    for home in block.homes:
        for stay in home.staying():
            person = stay.person
            if person.disability:
                block.give("disability_certificate", home, stay, _certificate(rng, person))
            for row in (_roll(person, is_now=True), _roll(person, is_now=False)):
                if row:
                    block.give("school_roll", home, stay, row)
            block.give("insurance", home, stay, _insurance(rng, home, person))
    for outside in others:
        for person in outside.persons:
            if person.disability:
                row = {**_certificate(rng, person), "full_name": person.name, "id_no": id_no(person)}
                block.give_outsider("disability_certificate", outside.village, row)


def _certificate(rng: Random, person: Person) -> Values:
    issued = day_in(rng, rng.randint(2012, 2018), 1, 12)
    return {
        "disability_cert_no": id_no(person),
        "disability_type": person.disability,
        "disability_level": LEVELS[person.disability_level],
        "issued_on": issued,
        "expires_on": issued + _VALID_YEARS * 10000,
        "state": "有效",
    }


def _roll(person: Person, *, is_now: bool) -> Values | None:
    """Who is at school since the autumn of 2019, or who left it in the summer before."""
    grade = person.student if is_now else person.student_before
    level = stage(grade)
    if not level or (not is_now and (person.student or level not in ("中职", "高职高专"))):
        return None
    return {
        "school": SCHOOLS[level],
        "stage": _STAGES.get(level, level),
        "grade": grade,
        "term": "2019秋季" if is_now else "2019春季",
        "is_boarder": person.boards,
        "state": "在籍" if is_now else "毕业",
        "enrolled_on": 20190901 if is_now else 20160901,
        "left_on": None if is_now else 20190630,
    }


def _insurance(rng: Random, home: Home, person: Person) -> Values:
    """Premiums of 2020 were collected in late 2019; those of the poorest were paid for them."""
    is_paid_for = person.tekun or person.dibao
    return {
        "kind": "居民医保",
        "data_year": 2020,
        "person_category": _category(home, person),
        "self_paid": 0 if is_paid_for else _PREMIUM,
        "subsidised": _PREMIUM if is_paid_for else 0,
        "state": "正常参保",
        "paid_on": day_in(rng, 2019, 10, 12),
        "insured_county": COUNTY,
    }


def _category(home: Home, person: Person) -> str:
    if person.tekun:
        return "特困"
    if person.dibao:
        return "低保"
    return "监测对象" if home.is_monitored else "脱贫人口"
