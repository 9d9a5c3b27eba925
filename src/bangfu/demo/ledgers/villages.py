"""The villages' own form of the year, their plans, and what their collectives earned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from random import Random

from bangfu.demo.homes import YEAR, Block, Line, Values
from bangfu.demo.ledgers.assets import pv_income
from bangfu.demo.ledgers.leading import STAKES
from bangfu.demo.ledgers.projects import JINFENG
from bangfu.demo.ledgers.rows import UNIT, YUAN
from bangfu.samples.places import Village

_FACTS = {
    "natural_village_count": "自然村(屯)数(个)",
    "villager_group_count": "村民小组数(个)",
    "total_households": "总户数(户)",
    "exited_households": "贫困户数(户)",
    "dibao_households": "低保户数(户)",
    "total_population": "总人口数(人)",
    "exited_persons": "贫困人口数(人)",
    "dibao_persons": "低保人口数(人)",
    "tekun_persons": "五保人口数(人)",
    "disabled_persons": "残疾人口数(人)",
    "labor_count": "劳动力人数(人)",
    "migrant_worker_count": "外出务工人数(人)",
    "dangerous_house_households": "住危房户数(户)",
    "clinic_count": "行政村卫生室个数(个)",
    "public_toilet_count": "行政村公共卫生厕所个数(个)",
    "waste_site_count": "行政村生产生活垃圾集中堆放点个数(个)",
    "licensed_doctor_count": "执业(助理)医师(人)",
    "library_count": "行政村文化(图书)室个数(个)",
}
"""The columns of the national export that the form asks as well."""
_PLANNED = (
    ("安全饮水管网延伸", "户户通自来水", 960_000, 20171130),
    ("进村公路改造", "通村公路达到四级", 1_900_000, 20171130),
    ("光伏发电", "集体有稳定收入", 620_000, 20181130),
    ("竹木加工", "带动就近就业", 500_000, 20181130),
    ("特色养殖", "户户有产业", 280_000, 20191130),
)
_OTHER_INCOME = (("资产租赁", 35), ("发包上交", 25), ("服务收入", 15))


def village_lines(
    rng: Random, counted: Mapping[str, Values], villages: Mapping[str, Village], first: Block
) -> Iterator[Line]:
    """`counted`: a village's row of the register by its code; `first`: the block with the projects and shares."""
    for code, row in counted.items():
        village = villages[code]
        for name, item in _FACTS.items():
            fact = {"data_year": YEAR, "item": item, "quantity": row[name] * UNIT}
            yield Line("village_fact", fact, village)
        earned = {"data_year": YEAR, "item": "村集体经济收入(元)"}
        yield Line("village_fact", {**earned, "quantity": row["collective_income"] // YUAN * UNIT}, village)
        yield from _incomes(rng, row["collective_income"], village, first)
        yield from _plans(village)


def _incomes(rng: Random, total: int, village: Village, first: Block) -> Iterator[Line]:
    """Electricity and dividends as their own ledgers have them, the rest by kinds: together what the register says."""
    known = {
        "光伏发电": pv_income(first, village.code, YEAR),
        "入股分红": sum(yuan * 6 // 100 * YUAN for code, yuan in STAKES if code == village.code),
    }
    left = total - sum(known.values())
    parts = [*known.items(), *((kind, left * percent // 100) for kind, percent in _OTHER_INCOME)]
    rest = total - sum(amount for _, amount in parts)
    for nth, (kind, amount) in enumerate([*parts, ("经营收入", rest)], 1):
        if amount:
            row = {"data_year": YEAR, "income_kind": kind, "amount": amount}
            day = 20191200 + rng.randint(10, 28)
            voucher = f"JT{YEAR}{village.code[-3:]}{nth:02d}"
            yield Line("collective_income", {**row, "received_on": day, "voucher_no": voucher}, village)


def _plans(village: Village) -> Iterator[Line]:
    """Every village has its plan of the year; the deep-poverty village one for five years, made by an institute."""
    row = {
        "plan_kind": "年度计划",
        "data_year": 2020,
        "title": f"{village.name}2020年巩固提升计划",
        "task": "产业增收和人居环境整治",
        "target": "收入稳定增长,不发生返贫",
        "approved_on": 20200310,
        "planned_by_on": 20201130,
    }
    yield Line("village_plan", row, village)
    for task, target, cost, done in _PLANNED if village.code == JINFENG else ():
        plan = {
            "plan_kind": "五年规划",
            "data_year": 2016,
            "title": f"{village.name}“十三五”脱贫规划",
            "task": task,
            "target": target,
            "investment": cost * YUAN,
            "prepared_by": "专业规划机构",
            "approved_on": 20160620,
            "planned_by_on": done,
            "completed_on": done,
        }
        yield Line("village_plan", plan, village)
