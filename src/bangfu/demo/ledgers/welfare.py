"""Civil affairs and the disabled persons' federation: allowances, support, subsidies and premiums of 2019."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Stay, Values
from bangfu.demo.ledgers.rows import YUAN, yearly
from bangfu.demo.outsiders import Outsiders
from bangfu.samples.national_rows import id_no
from bangfu.samples.people import Person

_DIBAO = {"A": 400 * YUAN, "B": 320 * YUAN, "C": 240 * YUAN}  # a month
_TEKUN_MONTH = 650 * YUAN
_LIVING_YEAR, _NURSING_YEAR = 600 * YUAN, 1_200 * YUAN
_MEDICAL_PREMIUM = 250 * YUAN
_PENSION_PREMIUM, _PENSION_PREMIUMS = 100 * YUAN, 510
LEVELS = (None, "一级", "二级", "三级", "四级")


def add_welfare(rng: Random, block: Block, others: list[Outsiders]) -> None:
    for home in block.homes:
        for stay in home.staying():
            for row in _rows_of(rng, stay.person, home.account, home.head.person, home.is_dibao):
                block.give("benefit", home, stay, row)
            if stay.person.disability:
                premium = yearly("disabled_medical_premium", _MEDICAL_PREMIUM, 20190228)
                block.give("benefit", home, stay, premium)
    for outside in others:
        for person in outside.persons:
            person.tekun, person.dibao = outside.is_tekun, not outside.is_tekun
            for row in _rows_of(rng, person, outside.account, outside.head, is_dibao=person.dibao):
                block.give_outsider("benefit", outside.village, _named(person, row))
    _add_pension_premiums(rng, block, others)


def _rows_of(rng: Random, person: Person, account: str, head: Person, is_dibao: bool) -> Iterator[Values]:
    shared: Values = {"account_no": account, "head_name": head.name}
    if person.dibao:
        kind = rng.choice("ABC")
        yield _monthly("dibao", _DIBAO[kind], benefit_class=kind, **shared)
    if person.tekun:
        yield _monthly("tekun", _TEKUN_MONTH, benefit_class="分散供养", **shared)
    if person.disability_level in (1, 2):
        level = LEVELS[person.disability_level]
        yield yearly("disabled_nursing", _NURSING_YEAR, 20191220, disability_level=level, **shared)
    if person.disability and is_dibao:
        level = LEVELS[person.disability_level]
        yield yearly("disabled_living", _LIVING_YEAR, 20191220, disability_level=level, **shared)


def _monthly(programme: str, standard: int, **more: object) -> Values:
    return yearly(programme, 12 * standard, YEAR * 10000 + 1225, months=12, unit_standard=standard, **more)


def _named(person: Person, row: Values) -> Values:
    """As a list writes somebody who is not on file."""
    return {**row, "full_name": person.name, "id_no": id_no(person)}


def _add_pension_premiums(rng: Random, block: Block, others: list[Outsiders]) -> None:
    """For everybody on the register who is entitled, and for others on allowance as far as the published sum goes."""
    row = yearly("pension_premium", _PENSION_PREMIUM, 20191130)
    insured = [(home, stay) for home in block.homes for stay in home.staying() if _is_entitled(home, stay)]
    for home, stay in insured:
        block.give("benefit", home, stay, dict(row))
    open_people = [
        (outside, person) for outside in others for person in outside.persons if 16 <= person.age < 60
    ]
    for outside, person in rng.sample(open_people, _PENSION_PREMIUMS - len(insured)):
        block.give_outsider("benefit", outside.village, _named(person, row))


def _is_entitled(home: Home, stay: Stay) -> bool:
    person = stay.person
    is_poor = person.disability_level in (1, 2) or person.dibao or person.tekun or home.is_monitored
    return 16 <= person.age < 60 and not person.student and is_poor
