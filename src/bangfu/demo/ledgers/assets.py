"""What projects left behind: outputs, reports of progress, assets with their inspections, income and its use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from bangfu.demo.homes import Block, Line, Values
from bangfu.demo.ledgers.rows import UNIT

PUMP, PIPE = "泵站", "管网"
PV_MONTHS = (*range(201901, 201913), 202001, 202002, 202003)
_PV_WORK = "光伏电站"
_POST_SHARE, _SHARES = 82, (("公益岗位工资", 70), ("小型公益事业", 12), ("奖励补助", 8), ("困难救助", 5))


@dataclass(frozen=True)
class Output:
    """What a project builds, in whole units."""

    item: str
    kind: str
    unit: str
    quantity: int


_OUTPUTS = {
    "通组公路硬化": Output("通组水泥路", "道路", "米", 1_800),
    "产业路": Output("产业路", "道路", "米", 1_500),
    "茶园产业路": Output("茶园产业路", "道路", "米", 1_200),
    "茶叶基地": Output("茶叶基地", "种植基地", "亩", 150),
    "油茶基地": Output("油茶基地", "种植基地", "亩", 120),
    "水产养殖基地": Output("精养鱼池", "养殖基地", "亩", 60),
    "特色养殖基地": Output("养殖圈舍", "养殖基地", "平方米", 800),
    "竹木加工车间": Output("加工车间", "房屋", "平方米", 600),
    "羊肠咀竹木加工车间": Output("加工车间", "房屋", "平方米", 650),
    "制茶车间": Output("制茶车间", "房屋", "平方米", 400),
    "冷库": Output("冷藏库", "房屋", "平方米", 200),
    _PV_WORK: Output("光伏组件", "光伏板", "千瓦", 55),
    "安全饮水巩固提升": Output("供水管道", PIPE, "米", 800),
    "安全饮水管网更新": Output("供水管道", PIPE, "米", 2_200),
    "安全饮水水源保护": Output("水源地围栏", "护网", "米", 300),
    "安全饮水增压泵": Output("增压泵", PUMP, "台", 1),
    "安全饮水白石水库围栏护网": Output("水库围栏护网", "护网", "米", 2_600),
    "安全饮水白布泉水塔": Output("水塔", "水塔水池", "座", 1),
    "安全饮水镇水厂改扩建": Output("镇水厂", "水厂", "座", 1),
    "进村公路改造": Output("进村公路", "道路", "米", 3_200),
    "农网改造升级": Output("配电变压器", "机械设备", "台", 6),
    "高标准农田建设": Output("高标准农田", "农田", "亩", 700),
    "村级综合服务中心": Output("服务中心", "房屋", "平方米", 520),
    "河道治理": Output("治理河道", "沟渠", "米", 2_400),
}
_EXTENDED = {"421281102205": 900, "421281102206": 1_600, "421281102204": 700}
"""Metres of pipe that 安全饮水管网延伸 laid in a village; with the other projects some 6,200."""


def add_leavings(rng: Random, block: Block) -> None:
    """Of every project of the block, as far as it has come."""
    for line in [line for line in block.lines if line.table == "project"]:
        work = _work(line)
        block.give_town("project_output", _output(line, work))
        for report in _reports(line):
            block.give_town("project_progress", report)
        if line.values.get("asset_registered_on"):
            _add_asset(rng, block, line, work)


def _work(line: Line) -> str:
    assert line.village is not None
    return str(line.values["project_name"]).removeprefix(line.village.name).removesuffix("项目")


def _output(line: Line, work: str) -> Values:
    assert line.village is not None
    found = _OUTPUTS.get(work) or Output("供水管道", PIPE, "米", _EXTENDED[line.village.code])
    is_done = bool(line.values.get("completed_on"))
    return {
        "project_no": line.values["project_no"],
        "item": found.item,
        "output_kind": found.kind,
        "quantity_unit": found.unit,
        "planned_quantity": found.quantity * UNIT,
        "quantity": found.quantity * UNIT if is_done else 0,
        "accepted_quantity": found.quantity * UNIT if line.values.get("accepted_on") else None,
    }


def _reports(line: Line) -> Iterator[Values]:
    """A month after the start, and at the end or at the latest news."""
    row = line.values
    shared = {"project_no": row["project_no"], "has_photo": True}
    total, started = row["total_investment"], row["started_on"]
    half = {"progress_percent": 40 * UNIT, "invested": total * 4 // 10, "content": "主体工程施工"}
    if row["state"] == "在建":
        yield {**shared, **half, "reported_on": row["last_progress_on"]}
        return
    yield {**shared, **half, "reported_on": started + 10}
    done = {"progress_percent": 100 * UNIT, "invested": total, "content": "全部完工"}
    yield {**shared, **done, "reported_on": row["completed_on"]}


def _add_asset(rng: Random, block: Block, line: Line, work: str) -> None:
    assert line.village is not None
    row, village = line.values, line.village
    is_operating = row["project_type"] == "产业发展" and not work.endswith("路")
    number = f"ZC{row['project_no'][3:]}"
    found = _OUTPUTS.get(work) or Output("供水管道", PIPE, "米", _EXTENDED[village.code])
    asset = {
        "asset_no": number,
        "asset_name": f"{village.name}{work}",
        "project_no": row["project_no"],
        "asset_class": "经营性" if is_operating else "公益性",
        "original_value": row["audited_price"],
        "registered_on": row["asset_registered_on"],
        "formed_on": row["completed_on"],
        "owner": f"{village.name}村集体",
        "location": village.name,
        "quantity": found.quantity * UNIT,
        "quantity_unit": found.unit,
        "transferred_on": row["asset_registered_on"] + 2,
        "maintainer": f"{village.name}管护组",
        "has_maintenance_rule": True,
        "last_inspected_on": 20200310,
        "is_in_use": True,
        "is_pv_station": work == _PV_WORK,
    }
    if is_operating:
        asset |= {"user_unit": f"{village.name}种养专业合作社", "last_income_on": 20200331}
        if work != _PV_WORK:
            asset |= {"last_income_on": 20191220, "income_due": _rent(row), "income_due_on": 20191220}
    block.give_outsider("asset", village, asset)
    for inspected in (20190918, 20191216, 20200310):
        block.give_outsider("asset_inspection", village, _inspection(number, inspected))
    if is_operating:
        _add_income(rng, block, line, number, is_pv=work == _PV_WORK)


def _inspection(number: str, day: int) -> Values:
    return {
        "asset_no": number,
        "inspected_on": day,
        "condition": "完好",
        "is_in_use": True,
        "inspector": "村管护组",
    }


def _rent(project: Values) -> int:
    """Five percent of what it cost."""
    return int(project["audited_price"]) * 5 // 100


def _add_income(rng: Random, block: Block, line: Line, number: str, *, is_pv: bool) -> None:
    """A station's electricity month by month, another's rent at the end of the year; then how the year's was used."""
    assert line.village is not None
    rows = list(_pv_rows(rng, number) if is_pv else _rent_rows(line, number))
    for row in rows:
        block.give_outsider("asset_income", line.village, row)
    for use in _uses(number, sum(row.get("distributed", 0) for row in rows)):
        block.give_outsider("income_use", line.village, use)


def _pv_rows(rng: Random, number: str) -> Iterator[Values]:
    total = 0
    for month in PV_MONTHS:
        kwh = rng.randint(3_200, 4_600)
        amount, total = kwh * 85, total + (kwh * 85 if month < 202000 else 0)
        row = {
            "asset_no": number,
            "data_year": month // 100,
            "month": month,
            "received_on": month * 100 + 25,
            "amount": amount,
            "generation_kwh": kwh * UNIT,
            "distributed": 0,
            "post_share": 0,
        }
        yield {**row, **_distributed(total)} if month == 201912 else row


def _rent_rows(line: Line, number: str) -> Iterator[Values]:
    row, amount = line.values, _rent(line.values)
    if row["asset_registered_on"] < 20191200:
        paid = {"data_year": 2019, "month": 201912, "due_on": 20191220, "received_on": 20191220}
        yield {"asset_no": number, **paid, "amount": amount, **_distributed(amount)}


def _distributed(amount: int) -> Values:
    return {
        "distributed": amount,
        "post_share": amount * _POST_SHARE // 100 + 1,
        "village_plan_on": 20191210,
        "meeting_on": 20191212,
        "town_reviewed_on": 20191216,
        "publicised_on": 20191217,
    }


def _uses(number: str, amount: int) -> Iterator[Values]:
    """Wages of posts and small works first; what is left stays with the village."""
    left = amount
    for kind, percent in (*_SHARES, ("村集体留存", 0)):
        used = amount * percent // 100 if percent else left
        left -= used
        if used:
            row = {"asset_no": number, "data_year": 2019, "use_kind": kind, "amount": used}
            yield {**row, "used_on": 20191227, "publicised_on": 20191217}


def pv_income(block: Block, code: str, year: int) -> int:
    """What a village's station earned in a year, in fen."""
    return sum(
        line.values["amount"]
        for line in block.lines
        if line.table == "asset_income"
        and line.values.get("generation_kwh")
        and line.values["data_year"] == year
        and line.village is not None
        and line.village.code == code
    )
