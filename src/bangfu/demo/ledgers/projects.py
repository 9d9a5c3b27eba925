"""Projects of 2017 to 2020: those of the anti-poverty fund as published, and other departments' for water and 金锋.

Water and the deep-poverty village cost more than the published fund has (8 million yuan each): the rest is other
departments' money, apart by its nature.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bangfu.demo.homes import Block, Values
from bangfu.demo.ledgers.rows import YUAN
from bangfu.samples.places import Village

FUND, OTHER = "财政专项扶贫资金", "行业部门资金"
_RETENTION = 3  # percent
JINFENG, YUNTAISHAN = "421281102206", "421281102201"


@dataclass(frozen=True)
class Plan:
    """One project: its village, year, work, kind and cost in thousands of yuan; `stage` is how far it is."""

    village: str
    year: int
    work: str
    kind: str
    cost: int
    nature: str = FUND
    stage: str = "已完成"


_ROAD, _INDUSTRY, _LIVING = "基础设施", "产业发展", "巩固三保障成果"
PLANS = (
    Plan("421281102200", 2017, "通组公路硬化", _ROAD, 380),
    Plan("421281102201", 2017, "茶叶基地", _INDUSTRY, 300),
    Plan("421281102205", 2017, "安全饮水管网延伸", _LIVING, 260),
    Plan(JINFENG, 2017, "产业路", _ROAD, 350),
    Plan("421281102209", 2017, "油茶基地", _INDUSTRY, 280),
    Plan("421281102200", 2018, "水产养殖基地", _INDUSTRY, 360),
    Plan("421281102201", 2018, "通组公路硬化", _ROAD, 420),
    Plan("421281102202", 2018, "安全饮水巩固提升", _LIVING, 330),
    Plan(JINFENG, 2018, "光伏电站", _INDUSTRY, 620),
    Plan(JINFENG, 2018, "竹木加工车间", _INDUSTRY, 500),
    Plan("421281102207", 2018, "茶园产业路", _ROAD, 310),
    Plan("421281102209", 2018, "竹木加工车间", _INDUSTRY, 480),
    Plan("421281102204", 2018, "安全饮水管网延伸", _LIVING, 260),
    Plan("421281102203", 2019, "茶园产业路", _ROAD, 270),
    Plan("421281102200", 2019, "制茶车间", _INDUSTRY, 300),
    Plan(JINFENG, 2019, "特色养殖基地", _INDUSTRY, 280),
    Plan("421281102202", 2019, "通组公路硬化", _ROAD, 260),
    Plan("421281102204", 2019, "油茶基地", _INDUSTRY, 220),
    Plan("421281102205", 2019, "安全饮水管网更新", _LIVING, 240),
    Plan("421281102207", 2019, "冷库", _INDUSTRY, 250),
    Plan("421281102209", 2019, "产业路", _ROAD, 270),
    Plan(YUNTAISHAN, 2019, "羊肠咀竹木加工车间", _INDUSTRY, 500, stage="在建"),
    Plan("421281102203", 2020, "安全饮水水源保护", _LIVING, 150, stage="未验收"),
    Plan("421281102001", 2018, "安全饮水镇水厂改扩建", _LIVING, 4_600, OTHER),
    Plan("421281102205", 2018, "安全饮水白石水库围栏护网", _LIVING, 380, OTHER),
    Plan("421281102202", 2018, "安全饮水白布泉水塔", _LIVING, 520, OTHER),
    Plan("421281102203", 2018, "安全饮水增压泵", _LIVING, 180, OTHER),
    Plan("421281102204", 2018, "安全饮水增压泵", _LIVING, 190, OTHER),
    Plan("421281102207", 2018, "安全饮水增压泵", _LIVING, 170, OTHER),
    Plan(JINFENG, 2018, "安全饮水增压泵", _LIVING, 200, OTHER),
    Plan(JINFENG, 2017, "安全饮水管网延伸", _LIVING, 960, OTHER),
    Plan(JINFENG, 2017, "进村公路改造", _ROAD, 1_900, OTHER),
    Plan(JINFENG, 2017, "农网改造升级", _ROAD, 850, OTHER),
    Plan(JINFENG, 2018, "高标准农田建设", _INDUSTRY, 1_350, OTHER),
    Plan(JINFENG, 2018, "村级综合服务中心", "乡村治理和精神文明", 480, OTHER),
    Plan(JINFENG, 2018, "河道治理", _ROAD, 720, OTHER),
)
_BUILDERS = ("兴农水利公司", "宏达建筑公司", "赤壁顺发建设", "金桥市政公司")
_CONTENTS = {
    "安全饮水镇水厂改扩建": "镇水厂改扩建,日供水能力扩至3000吨",
    "安全饮水增压泵": "新增增压泵1台及配套管线",
    "安全饮水管网延伸": "村组老旧管网更新延伸",
    "安全饮水管网更新": "村组老旧管网更新2200米",
}


def add_projects(rng: Random, block: Block, villages: dict[str, Village]) -> None:
    for number, plan in enumerate(PLANS, 1):
        village = villages[plan.village]
        row = _project(rng, plan, village, f"CAL{plan.year}{number:03d}")
        block.give_outsider("project", village, row)
        for fund in _funds(plan, row):
            block.give_town("project_fund", fund)
        for payment in _payments(plan, row):
            block.give_town("project_payment", payment)


def _project(rng: Random, plan: Plan, village: Village, number: str) -> Values:
    """Every step in order: library, notice, works, acceptance; what is not done yet has no day."""
    total = plan.cost * 1_000 * YUAN
    before, year = (plan.year - 1) * 10000, plan.year * 10000
    is_fund = plan.nature == FUND
    builder = _BUILDERS[(int(number[3:]) * 7) % len(_BUILDERS)]
    row: Values = {
        "project_no": number,
        "project_name": f"{village.name}{plan.work}项目",
        "data_year": plan.year,
        "project_type": plan.kind,
        "content": _CONTENTS.get(plan.work, f"{plan.work}及配套设施"),
        "fund_nature": plan.nature,
        "total_investment": total,
        "central_fund": total * 6 // 10 if is_fund else 0,
        "province_fund": total * 3 // 10 if is_fund else 0,
        "county_fund": total // 10 if is_fund else 0,
        "other_fund": 0 if is_fund else total,
        "approved_budget": total,
        **_planned(plan, village, number),
        "village_meeting_on": before + 910,
        "village_publicised_on": before + 920,
        "town_reviewed_on": before + 1010,
        "department_appraised_on": before + 1020,
        "county_decided_on": before + 1030,
        "library_on": before + 1115,
        "has_performance_target": True,
        "performance_target_on": before + 1110,
        "approved_on": year + 215,
        "allotted_on": year + 220,
        "publicised_from": year + 222,
        "publicised_until": year + 305,
        "pre_notice_on": year + 306,
        "started_on": year + 310 + rng.randint(0, 15),
        "contract_price": total,
        "retention": 0,
        "defect_months": 12,
        "contractor": builder,
        "procurement_way": "公开招标",
        "has_procurement_record": True,
        "is_construction": True,
        "is_to_household": False,
        "has_linking_agreement": True if plan.kind == _INDUSTRY else None,
        "state": plan.stage,
    }
    return {**row, **_progress(rng, plan, year, total)}


def _planned(plan: Plan, village: Village, number: str) -> Values:
    """Who builds for whom, its place in the year's plan, and the contract."""
    year = plan.year * 10000
    is_late = plan.stage == "在建"
    return {
        "owner_unit": f"{village.name}委会",
        "supervisor_unit": "镇扶贫办",
        "declared_on": year - 10000 + 905,
        "planned_year": plan.year,
        "is_in_year_plan": True,
        "year_plan_no": f"茶扶〔{plan.year}〕1号",
        "tendered_on": year + (1101 if is_late else 306),
        "contract_no": f"HT{number[3:]}",
        "contract_on": year + (1108 if is_late else 308),
    }


def _progress(rng: Random, plan: Plan, year: int, total: int) -> Values:
    if plan.stage == "在建":
        paid = total * 4 // 10
        started = year + 1115
        return {
            "publicised_from": year + 1020,
            "publicised_until": year + 1031,
            "pre_notice_on": year + 1105,
            "started_on": started,
            "planned_end_on": year + 10000 + 630,
            "last_progress_on": year + 10000 + 415,
            "paid": paid,
        }
    if plan.stage == "未验收":
        return {
            "started_on": year + 320,
            "planned_end_on": year + 430,
            "completed_on": year + 412,
            "last_progress_on": year + 412,
            "paid": total // 2,
        }
    month = rng.randint(8, 9)
    retention = total * _RETENTION // 100
    is_held = plan.year == 2019
    done = year + month * 100 + rng.randint(1, 20)
    return {
        "planned_end_on": year + 1030,
        "completed_on": done,
        "completion_announced_on": done + 5,
        "has_sign_board": True,
        "village_accepted_on": done + 6,
        "town_accepted_on": done + 8,
        "county_accepted_on": done + 100,
        "accepted_on": done + 100,
        "settled_on": done + 103,
        "reimbursed_on": done + 106,
        "defect_checked_on": None if is_held else done + 100 + 10000 + 2,
        "defect_check_result": None if is_held else "没有质量缺陷",
        "last_progress_on": done + 100,
        "audited_price": total,
        "paid": total - retention if is_held else total,
        "retention": retention,
        "retention_paid_on": None if is_held else done + 100 + 10000 + 5,
        "asset_registered_on": done + 105,
    }


def _funds(plan: Plan, row: Values) -> list[Values]:
    levels = (
        ("中央", "central_fund"),
        ("省级", "province_fund"),
        ("市县", "county_fund"),
        ("其他", "other_fund"),
    )
    shared = {"project_no": row["project_no"], "allotted_on": row["allotted_on"]}
    return [{**shared, "fund_level": level, "amount": row[name]} for level, name in levels if row[name]]


def _payments(plan: Plan, row: Values) -> list[Values]:
    """Half while it is built, the rest when it was accepted, the retention a year later."""
    shared = {"project_no": row["project_no"], "payee": row["contractor"]}
    total, paid = row["total_investment"], row["paid"]
    first = min(paid, total // 2)
    found = [{**shared, "paid_on": row["started_on"] + 100, "amount": first, "payment_kind": "进度款"}]
    if plan.stage != "已完成":
        found[0]["paid_on"] = 20200416
        return found
    retention = row["retention"]
    settled = total - first - retention
    found.append({**shared, "paid_on": row["accepted_on"] + 5, "amount": settled, "payment_kind": "结算款"})
    if row["retention_paid_on"]:
        late = {"paid_on": row["retention_paid_on"], "amount": retention, "payment_kind": "质保金"}
        found.append({**shared, **late})
    return found
