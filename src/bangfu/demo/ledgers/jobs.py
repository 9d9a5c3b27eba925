"""Posts, workshops with their wages, and trainings of 2019."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Stay, Values
from bangfu.demo.ledgers.rows import YUAN, day_in
from bangfu.demo.work import WORKSHOP, posted, workshops
from bangfu.policy.examples import join_labels
from bangfu.samples.people import Person, Work
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN, Village

MONTHLY_PAY = 300 * YUAN
_QUOTA = 10  # posts of a village in 2020
_LAST_MONTH = 202003
_CLAIMED_WAGE = 1_500 * YUAN
_SESSIONS = (
    ("第一期扶贫创业就业技能培训", 20190513, 20190517, 131),
    ("第二期扶贫创业就业技能培训", 20191014, 20191018, 131),
)
SKILLS = "创业就业技能培训"
_COURSES = (
    ("“两后生”技能培训", "两后生培训", 20190708, 20190726, 18, 24),
    ("驾驶员培训", "驾驶员培训", 20190603, 20190621, 20, 45),
    ("月嫂培训", "月嫂培训", 20190909, 20190920, 25, 50),
    ("创业致富带头人培训", "创业致富带头人培训", 20191118, 20191122, 28, 56),
)
_COURSE_SEATS = (16, 38, 27, 38)  # together 119


def add_jobs(rng: Random, block: Block) -> None:
    _add_posts(rng, block)
    _add_work(rng, block)
    _add_workshops(rng, block)
    _add_trainings(rng, block)


def _add_posts(rng: Random, block: Block) -> None:
    """Every post of 2019; in 2020 each village goes on with ten of them at most."""
    going_on: Counter[str] = Counter()
    for home, stay in posted(block.homes):
        block.give("post", home, stay, _post(home, stay, YEAR))
        going_on[home.village.code] += 1
        if going_on[home.village.code] <= _QUOTA:
            block.give("post", home, stay, _post(home, stay, YEAR + 1))


def _post(home: Home, stay: Stay, year: int) -> Values:
    """Chosen at the end of the year before; the year after the published one was paid for its first quarter."""
    before, is_past = (year - 1) * 10000, year == YEAR
    last = 12 if is_past else 3
    return {
        "data_year": year,
        "post_name": stay.person.post,
        "post_source": "乡村公益性岗位",
        "applied_on": before + 1110,
        "reviewed_on": before + 1116,
        "publicised_from": before + 1118,
        "publicised_until": before + 1125,
        "started_on": year * 10000 + 101,
        "ended_on": year * 10000 + 1231,
        "agreement_until_on": year * 10000 + 1231,
        "has_agreement": True,
        "paid_from": year * 100 + 1,
        "paid_to": year * 100 + last,
        "months": last,
        "attendance_months": last,
        "monthly_pay": MONTHLY_PAY,
        "amount": last * MONTHLY_PAY,
        "paid_on": year * 10000 + last * 100 + 30,
        "account_no": home.account,
        "state": "离岗" if is_past else "在岗",
    }


def _add_work(rng: Random, block: Block) -> None:
    """Who was at work in the spring of 2020, as the monthly watch has it; the months of 2019 stand with the person."""
    for home in block.homes:
        for stay in home.staying():
            if stay.person.work is not None:
                block.give("work_period", home, stay, _period(rng, home, stay.person, stay.person.work))


def _period(rng: Random, home: Home, person: Person, work: Work) -> Values:
    return {
        "nat_household_no": home.number,
        "province": PROVINCE,
        "city": CITY,
        "county": COUNTY,
        "town": TOWN,
        "household_type": "脱贫户",
        "monitor_type": "脱贫监测户" if home.is_monitored else None,
        "labor_ability": person.labor,
        "is_working": True,
        "work_start": rng.choice((202001, 202003, 202003)),
        "work_province": work.province,
        "work_city": work.city,
        "work_county": work.county,
        "employer_name": work.employer,
        "industry": work.industry,
        "monthly_wage": work.wage * YUAN,
        "job_channel": join_labels([work.channel]),
        "is_point_to_point": False,
        "phone": person.phone,
        "updated_on": day_in(rng, 2020, 4, 4) // 100 * 100 + rng.randint(1, 20),
    }


def _add_workshops(rng: Random, block: Block) -> None:
    shops = workshops(block.homes, block.nth)
    places = {home.village.code: home.village for home in block.homes}
    workers = [
        (home, stay)
        for home in block.homes
        for stay in home.staying()
        if stay.person.work is not None and stay.person.work.channel == WORKSHOP
    ]
    for code, name in shops:
        own = [(home, stay) for home, stay in workers if _employer(stay) == name]
        _add_workshop(rng, block, places[code], name, len(own))
        for home, stay in own:
            assert stay.person.work is not None
            for month in _months():
                wage = {"workshop_name": name, "month": month, "wage": stay.person.work.wage * YUAN}
                block.give("workshop_wage", home, stay, {**wage, "is_signed": True})


def _employer(stay: Stay) -> str:
    return stay.person.work.employer if stay.person.work else ""


def _add_workshop(rng: Random, block: Block, village: Village, name: str, workers: int) -> None:
    row = {
        "workshop_name": name,
        "recognised_on": day_in(rng, rng.choice((2017, 2018)), 3, 11),
        "claimed_worker_count": workers,
        "claimed_monthly_wage": _CLAIMED_WAGE,
        "last_payroll_month": _LAST_MONTH,
        "last_power_use_month": _LAST_MONTH,
    }
    block.give_outsider("workshop", village, row)


def _months() -> Iterator[int]:
    """The published year, and after the epidemic's pause of February the month that everybody was back."""
    yield from range(201901, 201913)
    yield from (202001, _LAST_MONTH)


def _add_trainings(rng: Random, block: Block) -> None:
    """Two sessions of the published skills training, and four courses."""
    open_people = [
        (home, stay)
        for home in block.homes
        for stay in home.staying()
        if 18 <= stay.person.age < 58 and not stay.person.student and stay.person.has_labor
    ]
    for name, started, ended, seats in _SESSIONS:
        _add_training(block, rng.sample(open_people, seats), name, SKILLS, (started, ended, 5))
    for course, seats in zip(_COURSES, _COURSE_SEATS, strict=True):
        name, kind, started, ended, low, high = course
        fitting = [item for item in open_people if low <= item[1].person.age <= high]
        if kind == "月嫂培训":
            fitting = [item for item in fitting if item[1].person.sex == "女"]
        _add_training(block, rng.sample(fitting, seats), name, kind, (started, ended, 10))


def _add_training(
    block: Block, people: list[tuple[Home, Stay]], name: str, kind: str, when: tuple[int, int, int]
) -> None:
    started, ended, days = when
    for home, stay in people:
        row = {
            "training_name": f"{YEAR}年{name}",
            "data_year": YEAR,
            "training_kind": kind,
            "started_on": started,
            "ended_on": ended,
            "days": days,
            "is_signed_in": True,
        }
        block.give("training", home, stay, row)
