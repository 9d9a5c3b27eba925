"""A monitored household's episode: risks that its members bear out, measures that answer them, dates in order."""

from __future__ import annotations

from random import Random

from bangfu.samples.household import Amounts, Episode, Household
from bangfu.samples.schooling import stage

_DISASTERS = ("低温冷冻", "干旱", "洪涝", "风雹")
_FIRST_YEAR = 2022  # the monitoring line of 2021 is not known
_LINES = {2022: 6900, 2023: 7600}
_LAST_REMOVAL = 2023 * 12 + 10  # months since year 0: November 2023


def month_text(months: int) -> str:
    return f"{months // 12}{months % 12 + 1:02d}"


def episode(rng: Random, household: Household) -> Episode:
    """Judged by what the household is; called last."""
    size = len(household.members)
    renovated = household.house.renovated_on
    if renovated and renovated.year < _FIRST_YEAR:
        renovated = None
    # Help of 2023 may not come before a household that was never poor is monitored.
    latest = 2023 * 12 + 9 if household.is_exited else _FIRST_YEAR * 12 + 9
    if renovated:
        latest = min(latest, renovated.year * 12 + renovated.month - 4)
    since = rng.randint(_FIRST_YEAR * 12, latest)
    removed = 0
    if household.has_labor and not renovated and since + 7 <= _LAST_REMOVAL and rng.random() < 0.45:
        removed = rng.randint(since + 7, _LAST_REMOVAL)
    is_sudden = rng.random() < 0.4
    line = _LINES[since // 12]
    per_person = rng.randint(line + 400, 15_000) if is_sudden else rng.randint(4_100, line - 800)
    risks = _risks(rng, household)
    if renovated:
        risks = [risks[0], "因安全住房"]
    made = Episode(
        kind="突发严重困难户" if is_sudden else "脱贫不稳定户" if household.is_exited else "边缘易致贫户",
        since=month_text(since),
        removed=month_text(removed) if removed else "",
        risks=risks,
        disaster=rng.choice(_DISASTERS) if "因自然灾害" in risks else "",
        at_identification=Amounts(size, per_person),
        at_removal=Amounts(size, rng.randint(8_600, 15_000)) if removed else None,
        out_of_pocket=household.income.out_of_pocket + rng.randint(6_000, 15_000) if "因病" in risks else 0,
        had_housing_issue=renovated is not None,
        is_safety_net=not household.has_labor,
    )
    made.measures = _measures(household, made)
    has_development = any(
        made.measures[group] for group in ("产业帮扶", "就业帮扶", "公益岗位帮扶", "金融帮扶")
    )
    made.development = (
        "已实施" if has_development else "尚未实施" if household.has_labor else "无劳动力不适用"
    )
    return made


def _risks(rng: Random, household: Household) -> list[str]:
    members = household.members
    able = sum(m.is_able for m in members)
    found = ["因自然灾害"]
    if any(m.is_ill for m in members):
        found += ["因病", "因病"]
    if any(m.disability for m in members):
        found.append("因残")
    if any(m.student and m.age >= 6 for m in members):
        found.append("因学")
    if able and any(m.work for m in members):
        found.append("因务工就业不稳")
    if able * 4 <= len(members) and sum(m.has_labor for m in members) * 2 < len(members):
        found.append("缺劳动力")
    first = rng.choice(found)
    others = [risk for risk in dict.fromkeys(found) if risk != first]
    return [first, rng.choice(others)] if others and rng.random() < 0.3 else [first]


def _measures(household: Household, made: Episode) -> dict[str, str]:
    members = household.members
    has_away = any(m.work and m.work.is_outside_province for m in members)
    stages = {stage(m.student) for m in members}
    has_boarder = any(m.boards and stage(m.student) in ("小学", "初中") for m in members)
    has_post = any(m.post for m in members)
    studies = "雨露计划" if stages & {"中职", "高职高专"} else "助学金" if "普通高中" in stages else ""
    measures = {
        "产业帮扶": "产业奖补" if household.awards else "种苗化肥等物资" if household.has_labor else "",
        "就业帮扶": "外出务工补贴" if has_away else "",
        "公益岗位帮扶": "公益性岗位" if has_post else "",
        "金融帮扶": "小额信贷" if household.borrows else "",
        "公益性岗位帮扶": "公益性岗位" if has_post else "",
        "住房安全保障": "危房改造" if "因安全住房" in made.risks else "",
        "义务教育保障": "寄宿生生活补助" if has_boarder else "",
        "教育帮扶": studies,
        "健康帮扶": "城乡居民基本医疗保险个人缴费补贴,签约家庭医生",
        "综合保障": _safety_net(household),
        "社会帮扶": "社会捐助" if {"因学", "因病", "因残"} & set(made.risks) else "",
    }
    return measures


def _safety_net(household: Household) -> str:
    members = household.members
    is_subsidised = any(
        m.disability_level in (1, 2) or (m.disability and household.is_dibao) for m in members
    )
    parts = (
        "低保" if household.is_dibao else "",
        "特困供养" if household.is_tekun else "",
        "残疾人补贴" if is_subsidised else "",
    )
    return ",".join(part for part in parts if part)
