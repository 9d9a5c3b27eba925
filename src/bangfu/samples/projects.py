"""The ledger of funded projects: two header rows, amounts in 万元, dates in the order of the procedure."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from bangfu.samples.habits import day
from bangfu.samples.notes import FaultNotes
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted
from bangfu.samples.workbook import Cell

_PROJECTS = Form(
    file="财政/2020-2023年衔接资金项目台账.xlsx",
    title="巩固拓展脱贫攻坚成果项目台账",
    corner="单位：万元",
    headers=(
        "序号",
        "项目编号",
        "项目名称",
        "实施地点",
        "年度",
        "总投资",
        "中央",
        "省级",
        "市县",
        "入库日期",
        "开始",
        "结束",
        "开工日期",
        "计划完工",
        "实际完工",
        "验收日期",
        "合同价",
        "审定价",
        "已拨付",
        "质保金",
        "质保金支付日期",
        "资产登记日期",
        "施工单位",
    ),
    sums=("总投资", "已拨付"),
    groups=(("资金来源", 6, 8), ("公示", 10, 11)),
    footer=("制表：镇财政所张干事", "", "", "分管领导："),
)
_WORKS = (
    "冷库",
    "光伏电站维修",
    "茶园产业路",
    "通组公路硬化",
    "制茶车间",
    "安全饮水管网延伸",
    "人居环境整治",
    "油茶基地",
)
_BUILDERS = ("兴农水利公司", "宏达建筑公司", "赤壁顺发建设")


class Projects(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._roster = self.roster(_PROJECTS)
        self._number = 0

    def add_village(self, village: Village) -> None:
        works = self.rng.sample(_WORKS, 3)
        for year, work in zip((2021, 2022, 2023), works, strict=True):
            self._add(village, year, work)

    def _add(self, village: Village, year: int, work: str) -> None:
        rng, is_done = self.rng, year < 2023
        self._number += 1
        total = rng.randint(15, 80)
        price = round(total * 0.97, 2)
        central, province = round(total * 0.6, 2), round(total * 0.3, 2)
        started = date(year, 4, 10) + timedelta(days=rng.randint(0, 60))
        finished = started + timedelta(days=rng.randint(80, 120))
        dates: dict[str, date] = {
            "入库日期": date(year - 1, 11, rng.randint(4, 24)),
            "开始": date(year, 3, 1),
            "结束": date(year, 3, rng.randint(12, 20)),
            "开工日期": started,
            "计划完工": finished + timedelta(days=15) if is_done else date(2024, 3, 20),
        }
        if is_done:
            accepted = finished + timedelta(days=rng.randint(8, 24))
            dates |= {
                "实际完工": finished,
                "验收日期": accepted,
                "质保金支付日期": date(accepted.year + 1, accepted.month, min(accepted.day, 28))
                + timedelta(days=10),
                "资产登记日期": accepted + timedelta(days=rng.randint(15, 45)),
            }
        faults = self._spoil(dates, is_done)
        values: dict[str, Cell] = {
            "项目编号": f"CAL{year}{self._number:03d}",
            "项目名称": f"{village.name}{work}项目",
            "实施地点": village.name,
            "年度": year,
            "总投资": total,
            "中央": central,
            "省级": province,
            "市县": round(total - central - province, 2),
            **{header: day(rng, value) for header, value in dates.items()},
            "合同价": price,
            "审定价": price if is_done else None,
            "已拨付": price if is_done else round(price * 0.6, 2),
            "质保金": int(price * 3) / 100 if is_done else 0,
            "施工单位": rng.choice(_BUILDERS),
        }
        self._roster.add(values, faults)

    def _spoil(self, dates: dict[str, date], is_done: bool) -> list[Planted]:
        if not is_done:
            if self.due("PRJ-014", 0.02):
                dates["计划完工"] = date(2023, 9, 30)
                return [Planted("PRJ-014", "计划完工", "超计划工期未完工")]
        elif self.due("PRJ-001", 0.02):
            dates["入库日期"] = dates["开工日期"] + timedelta(days=20)
            return [Planted("PRJ-001", "入库日期", "开工早于入库")]
        elif self.due("PRJ-010", 0.02):
            dates["结束"] = dates["开始"] + timedelta(days=6)
            return [Planted("PRJ-010", "结束", "公示不足10天")]
        return []
