"""Posts' quotas and attendance, and how people came back to work in the spring of 2020."""

from __future__ import annotations

from collections import Counter
from random import Random

from bangfu.demo.homes import YEAR, Block, Line, Stay, Values
from bangfu.demo.ledgers.jobs import MONTHLY_PAY
from bangfu.samples.places import Village

_QUOTA = 10
_RETURNING, _IDLE = 48, 12
_TRADES = ("缝纫工", "竹木加工工", "茶叶分拣工", "搬运工", "保洁员")
_SPRING = (202001, 202002, 202003)


def add_matching(rng: Random, block: Block, villages: list[Village]) -> None:
    if block.nth == 0:
        _add_quotas(block, villages)
    _add_attendance(rng, block)
    vacancies = _add_vacancies(rng, block)
    _add_seekers(rng, block, vacancies)


def _add_quotas(block: Block, villages: list[Village]) -> None:
    """As many as were held in the published year, then ten a village."""
    held = Counter(
        line.village.code
        for line in block.lines
        if line.table == "post" and line.values["data_year"] == YEAR and line.village is not None
    )
    for village in villages:
        for year, quota in ((YEAR, held[village.code]), (YEAR + 1, _QUOTA)):
            row = {"data_year": year, "post_source": "乡村公益性岗位", "quota": quota}
            block.give_outsider("post_quota", village, {**row, "monthly_standard": MONTHLY_PAY})


def _add_attendance(rng: Random, block: Block) -> None:
    """Of the last month of the published year, and of the next year's first quarter."""
    for line in [line for line in block.lines if line.table == "post"]:
        assert line.home is not None
        months = (201912,) if line.values["data_year"] == YEAR else _SPRING
        for month in months:
            row = {
                "month": month,
                "post_name": line.values["post_name"],
                "required_days": 22,
                "attended_days": rng.randint(20, 22),
                "pay": MONTHLY_PAY,
                "paid_on": month * 100 + 28,
                "checked_by": "村委会",
                "is_signed": True,
            }
            block.give("post_attendance", line.home, line.stay, row)


def _add_vacancies(rng: Random, block: Block) -> list[Values]:
    """Two kinds of work in every workshop."""
    found: list[Values] = []
    for line in [line for line in block.lines if line.table == "workshop"]:
        assert line.village is not None
        number = f"GW{block.nth:03d}{len(found) + 1:03d}"
        wage = rng.randint(15, 20) * 10_000
        row = {
            "vacancy_no": number,
            "employer_name": line.values["workshop_name"],
            "employer_kind": "帮扶车间",
            "work_county": "赤壁市",
            "trade": rng.choice(_TRADES),
            "headcount": rng.randint(3, 6),
            "wage_from": wage,
            "wage_to": wage + 60_000,
            "published_on": 20200225,
            "valid_until_on": 20200630,
        }
        block.give_outsider("vacancy", line.village, row)
        found.append(row)
    return found


def _add_seekers(rng: Random, block: Block, vacancies: list[Values]) -> None:
    """Most are back where they were or in a workshop; those without work look for some."""
    working = [line for line in block.lines if line.table == "work_period"]
    for line in rng.sample(working, min(_RETURNING, len(working))):
        _add_returning(rng, block, line)
    idle = [
        (home, stay) for home in block.homes for stay in home.staying() if home.has_labor and _is_idle(stay)
    ]
    for home, stay in rng.sample(idle, min(_IDLE, len(idle))):
        row = {"registered_on": 20200318, "seeker_kind": "闲置劳动力", "idle_reason": "照顾家人"}
        wish = {"wish_trade": rng.choice(_TRADES), "wish_area": "乡镇内", "state": "已推荐"}
        block.give("job_seeker", home, stay, {**row, **wish, "wish_monthly_wage": 150_000})
        offer = rng.choice(vacancies)
        match = {name: offer[name] for name in ("vacancy_no", "employer_name", "trade")}
        block.give("job_match", home, stay, {**match, "recommended_on": 20200402, "result": "待答复"})


def _add_returning(rng: Random, block: Block, line: Line) -> None:
    assert line.home is not None
    back = 20200300 + rng.randint(5, 28)
    row = {
        "registered_on": 20200226,
        "seeker_kind": "返岗务工",
        "last_employer": line.values["employer_name"],
        "wish_monthly_wage": line.values["monthly_wage"],
        "state": "已就业",
        "employed_on": back,
    }
    block.give("job_seeker", line.home, line.stay, row)
    match = {
        "employer_name": line.values["employer_name"],
        "recommended_on": 20200228,
        "is_point_to_point": line.values["work_county"] != "赤壁市",
        "result": "已上岗",
        "started_on": back,
        "monthly_wage": line.values["monthly_wage"],
    }
    block.give("job_match", line.home, line.stay, match)


def _is_idle(stay: Stay) -> bool:
    person = stay.person
    return (
        person.has_labor
        and person.work is None
        and not person.post
        and 18 <= person.age < 60
        and not person.student
    )
