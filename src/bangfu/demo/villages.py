"""The town's villages as the national export writes them: what they are first, what was counted in them last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from bangfu.demo.blueprint import VILLAGES
from bangfu.demo.homes import YEAR, Block, Values
from bangfu.demo.ledgers.help import Secretaries
from bangfu.demo.ledgers.rows import YUAN
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN, Village

_EXITS = {item.code: item.exit_year for item in VILLAGES}


_DEEP = "421281102206"
"""金锋, which the report calls deeply poor."""


@dataclass(slots=True)
class Counts:
    """What the register has of one village."""

    households: int = 0
    persons: int = 0
    dibao_households: int = 0
    dibao_persons: int = 0
    tekun_persons: int = 0
    disabled_persons: int = 0


@dataclass
class Tally:
    """Counts by village code, block after block."""

    by_code: dict[str, Counts] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        for home in block.homes:
            counts = self.by_code.setdefault(home.village.code, Counts())
            members = home.members
            counts.households += 1
            counts.persons += len(members)
            counts.dibao_households += home.is_dibao
            counts.dibao_persons += sum(person.dibao for person in members)
            counts.tekun_persons += sum(person.tekun for person in members)
            counts.disabled_persons += sum(bool(person.disability) for person in members)


def first_rows(villages: list[Village]) -> list[Values]:
    return [
        {
            "data_year": YEAR,
            "village_code": village.code,
            "village_name": village.name,
            "province": PROVINCE,
            "city": CITY,
            "county": COUNTY,
            "town": TOWN,
            "is_exited": _EXITS[village.code] is not None,
            "exit_year": _EXITS[village.code],
            "village_attribute": _attribute(village.code),
        }
        for village in villages
    ]


def _attribute(code: str) -> str | None:
    if _EXITS[code] is None:
        return None
    return "深度贫困村" if code == _DEEP else "十三五贫困村"


def counted_rows(
    rng: Random, tally: Tally, villages: Mapping[str, int], first: Secretaries
) -> dict[int, Values]:
    """By the village's key, what is filled in once all households are known."""
    return {
        key: {
            **_counted(rng, tally.by_code.get(code, Counts())),
            "first_secretary": first[code][0],
            "phone": first[code][1],
        }
        for code, key in villages.items()
    }


def _counted(rng: Random, counts: Counts) -> Values:
    households = counts.households * 4 + rng.randint(250, 480)
    persons = counts.persons * 4 + rng.randint(900, 1_600)
    labor = persons * 55 // 100
    young, middle = labor * 40 // 100, labor * 30 // 100
    return {
        "natural_village_count": rng.randint(7, 15),
        "villager_group_count": rng.randint(9, 20),
        "total_households": households,
        "total_population": persons,
        "exited_households": counts.households,
        "exited_persons": counts.persons,
        "labor_count": labor,
        "labor_16_39": young,
        "labor_40_49": middle,
        "labor_50_60": labor - young - middle,
        "migrant_worker_count": labor * 45 // 100,
        "collective_income": rng.randint(52, 260) * 1_000 * YUAN,
        "primary_school_count": rng.randint(0, 1),
        "resident_pension_insured_count": persons * 60 // 100,
        "clinic_count": 1,
        "public_toilet_count": rng.randint(1, 4),
        "licensed_doctor_count": rng.randint(1, 2),
        "waste_site_count": rng.randint(3, 8),
        "library_count": 1,
        "dibao_households": counts.dibao_households,
        "dibao_persons": counts.dibao_persons,
        "tekun_persons": counts.tekun_persons,
        "disabled_persons": counts.disabled_persons,
        "has_bus": True,
        "paved_road_to_town": True,
        "unsafe_water_households": 0,
        "dangerous_house_households": 0,
    }
