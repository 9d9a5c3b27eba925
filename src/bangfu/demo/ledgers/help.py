"""Who helps whom: pairings, visits of the last three quarters, and the teams in the villages."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.blueprint import VILLAGES
from bangfu.demo.homes import Block, Home, Line
from bangfu.samples.people import Census
from bangfu.samples.places import Village

_TOPICS = (
    "了解春耕备耕和茶园管护情况",
    "核对收入和政策享受情况",
    "查看住房和饮水",
    "了解务工返岗情况",
    "宣传医保缴费和家庭医生签约",
    "了解孩子在校情况和教育资助到账情况",
    "商量今年的产业奖补申报",
)
_MONTHS = ((2019, 8), (2019, 11), (2020, 4))
_UNITS = ("镇政府", "镇财政所", "镇卫生院", "镇中心小学", "市直单位")
_SINCE = 20180301
Secretaries = dict[str, tuple[str, str]]


def add_help(rng: Random, block: Block) -> None:
    for home in block.homes:
        name, phone = home.helper
        pairing = {
            "helper_name": name,
            "helper_phone": phone,
            "unit": _UNITS[int(phone) % len(_UNITS)],
            "nat_household_no": home.number,
            "head_name": home.head.person.name,
            "started_on": _SINCE,
            "is_main": True,
        }
        block.give("helper_pairing", home, None, pairing)
        for year, month in _MONTHS:
            block.give("visit", home, None, _visit(rng, home, year, month))


def _visit(rng: Random, home: Home, year: int, month: int) -> dict[str, object]:
    day = rng.randint(1, 18)
    visited = year * 10000 + month * 100 + day
    told = f"{month}月{day}日到{home.hamlet}{home.head.person.name}家走访,{rng.choice(_TOPICS)}"
    return {
        "helper_name": home.helper[0],
        "helper_phone": home.helper[1],
        "visited_on": visited,
        "entered_on": visited + rng.randint(0, 2),
        "content": told,
        "has_photo": True,
        "photo_hash": f"{home.nth:08x}{visited:x}",
        "distance_from_house_km": rng.randint(0, 20) * 100,
    }


def secretaries(rng: Random, census: Census, villages: Sequence[Village]) -> Secretaries:
    """Name and phone of each village's first secretary."""
    return {
        village.code: (census.names.full_name(rng, rng.choice("男女")), census.phone())
        for village in villages
    }


def team_lines(rng: Random, census: Census, villages: Sequence[Village], first: Secretaries) -> list[Line]:
    """A first secretary in every village, two more in those that were poor; their days of March 2020."""
    poor = {item.code for item in VILLAGES if item.exit_year}
    found = []
    for village in villages:
        others = [(census.names.full_name(rng, "男"), census.phone()) for _ in range(2)]
        members = [first[village.code], *(others if village.code in poor else ())]
        for place, (name, phone) in enumerate(members):
            row = {
                "full_name": name,
                "phone": phone,
                "unit": "市直单位" if place == 0 else "镇政府",
                "team_role": "队员" if place else "第一书记",
                "started_on": 20180420,
                "month": 202003,
                "days_in_village": rng.randint(20, 22),
                "workdays": 22,
            }
            found.append(Line("village_team_member", row, village))
    return found
