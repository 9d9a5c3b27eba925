"""Rows of the register: the columns that the national exports carry, so that an export of the town says all of it."""

from __future__ import annotations

from typing import Any

from bangfu.demo.homes import YEAR, Home, Stay, Values, day
from bangfu.demo.ledgers.rows import UNIT, YUAN
from bangfu.demo.ledgers.welfare import LEVELS
from bangfu.demo.work import work_place
from bangfu.policy.examples import join_labels
from bangfu.samples.household import Land
from bangfu.samples.national_rows import id_no
from bangfu.samples.people import Person
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN

BANK = "赤壁农村商业银行"
_RISK = "因务工就业不稳"


def household_row(home: Home, village_key: int) -> Values:
    return {
        "nat_household_no": home.number,
        "province": PROVINCE,
        "city": CITY,
        "county": COUNTY,
        "town": TOWN,
        "village_name": home.village.name,
        "village_key": village_key,
        "natural_village": home.hamlet,
        "household_phone": home.phone,
        "bank_name": BANK,
        "bank_account_no": home.account,
        "household_type": "脱贫户",
        "household_attribute": home.attribute,
        "identification_standard": "国家标准",
        "first_identified_on": home.identified,
        "exit_year": home.exit_year,
        "poverty_cause_main": home.cause,
        "is_military_martyr_family": False,
        "is_one_child_family": False,
        "is_two_daughter_family": False,
        "helper_name": home.helper[0],
        "helper_phone": home.helper[1],
        "collector_name": home.collector[0],
        "collector_phone": home.collector[1],
        **home.told,
    }


def person_row(home: Home, stay: Stay) -> Values:
    """Of somebody who left, what the register said in the last year."""
    person, work = stay.person, stay.person.work
    is_added = stay.join_reason is not None
    return {
        "data_year": YEAR if stay.left is None else stay.left // 10000 - 1,
        "nat_person_no": home.number_of(stay),
        "full_name": person.name,
        "sex": person.sex,
        "birth_date": day(person.birth),
        "id_doc_type": "残疾人证" if person.disability else "居民身份证",
        "id_no": id_no(person),
        "relation_to_head": person.relation,
        "ethnicity": "汉族",
        "political_status": "群众",
        "education_level": person.education or None,
        "student_status": person.student or None,
        "health_status": join_labels([person.health]),
        "disability_type": person.disability or None,
        "disability_level": LEVELS[person.disability_level],
        "labor_ability": person.labor,
        "speaks_mandarin": True,
        "in_active_service": False,
        "works_abroad": False,
        "work_place": work_place(person),
        "work_months": work.months if work else None,
        "employer_name": work.employer if work else None,
        "job_channel": join_labels([work.channel]) if work else None,
        "public_post_type": join_labels([person.post]) if person.post else None,
        "public_post_months": 12 if person.post else None,
        "member_phone": person.phone if person.age >= 16 else None,
        **_insured(person),
        "dibao_status": "农村低保" if person.dibao else "未享受",
        "tekun_status": "农村特困" if person.tekun else "未享受",
        "person_identified_on": stay.joined // 100,
        "added_reason": stay.join_reason,
        "added_on": stay.joined if is_added else None,
        **stay.told,
    }


def _insured(person: Person) -> Values:
    return {
        "resident_medical_ins": True,
        "employee_medical_ins": False,
        "major_illness_ins": True,
        "commercial_medical_ins": False,
        "received_medical_aid": person.health == "患有大病",
        "other_health_aid": False,
        "resident_pension_ins": person.age >= 16 and not person.student,
        "employee_pension_ins": False,
    }


def record_rows(home: Home) -> list[Values]:
    """A row a year; the reckoning of a year's income runs from October to September until 2020."""
    return [
        {
            "household_key": home.key,
            "data_year": year,
            "period_from": (year - 1) * 100 + 10,
            "period_to": year * 100 + 9,
            "family_planning_income": 0,
            "insurance_claim_income": 0,
            **income,
            **_living(home),
            **(_of_year(home) if year == YEAR else {}),
        }
        for year, income in home.years.items()
    ]


def _of_year(home: Home) -> Values:
    posts = sum(bool(person.post) for person in home.members)
    return {
        "post_wage_income": 12 * 300 * YUAN * posts,
        "eligible_out_of_pocket": home.out_of_pocket,
        "renovation_year": home.renovated_in,
        **home.told_of_year,
    }


def _living(home: Home) -> Values:
    house, land = home.house, home.land
    return {
        **_land(land),
        "in_coop": home.in_coop,
        "led_by_enterprise": False,
        "led_by_entrepreneur": False,
        "has_power": True,
        "has_prod_power": True,
        "has_tv": True,
        "water_difficult": False,
        "water_safe": True,
        "has_sanitary_toilet": True,
        "access_road_type": house.road,
        "access_road_hardened": house.road != "砂石路",
        "dist_main_road_km": _decimal(house.road_km),
        "fuel_type": house.fuel,
        "house_area_sqm": house.area * UNIT,
        "house_structure": house.structure,
        "is_dangerous_house": False,
    }


def _land(land: Land) -> Values:
    return {
        "farmland_mu": _decimal(land.farm),
        "irrigated_mu": _decimal(land.irrigated),
        "forest_mu": _decimal(land.forest),
        "reforest_mu": _decimal(land.reforest),
        "orchard_mu": _decimal(land.orchard),
        "grass_mu": 0,
        "water_mu": _decimal(land.water),
    }


def _decimal(value: float) -> int:
    """A tenth of a unit is the finest that offices write."""
    return round(value * 10) * UNIT // 10


def episode_row(home: Home) -> Values:
    """The household was found to be in danger at the end of 2019; its income is that of the twelve months before."""
    income = home.years[YEAR]
    identified: dict[str, Any] = {
        f"identified_{name}": income[name]
        for name in (
            "wage_income",
            "property_income",
            "transfer_income",
            "operating_income",
            "operating_cost",
            "net_income",
        )
    }
    return {
        "household_key": home.key,
        "monitor_type": "脱贫监测户",
        "monitored_from": 201912,
        "risk_1": _RISK,
        "risks": join_labels([_RISK]),
        **identified,
        "identified_net_per_capita": income["per_capita_net_income"],
        "issue_education": False,
        "issue_housing": False,
        "issue_water": False,
        "issue_medical": False,
        "risk_removed": False,
    }
