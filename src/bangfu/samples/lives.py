"""Health, labour and work of a person, which must agree with each other and with age and school."""

from __future__ import annotations

from random import Random

from bangfu.samples.people import Person, Work
from bangfu.samples.places import work_district

_DISABILITIES = ["视力", "听力", "言语", "肢体", "肢体", "智力", "精神", "多重"]
_EMPLOYERS = (
    "顺通物流有限公司",
    "永盛五金制品厂",
    "金桥家具厂",
    "兴达制衣有限公司",
    "好味来餐饮店",
    "宏远电子厂",
    "福源超市",
)
_INDUSTRIES = ("制造业", "建筑业", "批发和零售业", "交通运输业", "住宿和餐饮业", "居民服务业")
_COLLEGE = ("大专", "本科及以上")
_CHANNELS = ("政府部门组织", "企业招聘", "亲友介绍", "自主就业")


def give_health(rng: Random, person: Person) -> None:
    if person.student:
        return
    chance = rng.random()
    is_old = person.age >= 60
    if chance < (0.36 if is_old else 0.06):
        person.health = "长期慢性病"
    elif chance < (0.39 if is_old else 0.08):
        person.health = "患有大病"
    elif chance < (0.46 if is_old else 0.12):
        person.health = "残疾,长期慢性病" if chance < (0.4 if is_old else 0.085) else "残疾"
        person.disability = rng.choice(_DISABILITIES)
        person.disability_level = rng.choice((1, 2, 2, 3, 3, 4, 4, 4))


def give_labor(rng: Random, person: Person) -> None:
    is_severe = "大病" in person.health or person.disability_level in (1, 2)
    if person.student or person.age < 16:
        return
    if person.health != "健康" and person.education in _COLLEGE:
        person.education = "高中(含中专)"  # a graduate who doesn't work would be asked about
    if person.age >= 60:
        person.labor = "无劳动力" if is_severe or person.age >= 72 else "弱劳动力或半劳动力"
    elif is_severe:
        person.labor = "丧失劳动力"
    elif person.health != "健康":
        person.labor = "弱劳动力或半劳动力"
    else:
        person.labor = "技能劳动力" if rng.random() < 0.12 else "普通劳动力"


def leave_some_labor(members: list[Person]) -> None:
    """Somebody of working age keeps a little labour, so that who has none at all lives with old people only."""
    for person in members:
        if person.labor == "丧失劳动力" and not any(m.has_labor for m in members):
            person.labor = "弱劳动力或半劳动力"


def give_work(rng: Random, members: list[Person]) -> None:
    """Work of the able; wages stay within what keeps the household's income per person plausible."""
    workers = [m for m in members if m.is_able and (must_work(m) or rng.random() < 0.88)]
    most = 22_000 * len(members) // (12 * max(1, len(workers))) // 100 * 100
    for person in workers:
        province, city, county = work_district(rng)
        months = rng.choice((12, 12, 12, 11, 10, 9, 8, 7))
        started = f"2022年{rng.randint(1, 12)}月" if months == 12 else f"2023年{13 - months}月"
        wage = min(most, rng.randint(24, 60) * 100)
        person.work = Work(
            province,
            city,
            county,
            months,
            started,
            wage,
            rng.choice(_EMPLOYERS),
            rng.choice(_INDUSTRIES),
            rng.choice(_CHANNELS),
        )


def must_work(person: Person) -> bool:
    return person.labor == "技能劳动力" or person.education in _COLLEGE
