"""The four lists that households are compared with: names and numbers only, mostly of people not in the register."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from bangfu.samples.habits import id_as_typed
from bangfu.samples.household import Household
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.roster import Department, Form, Planted
from bangfu.samples.workbook import Cell


def _form(file: str, title: str, headers: tuple[str, ...], data_on: str = "2023-11-30") -> Form:
    return Form(
        file=f"比对/{file}.xlsx", title=title, corner=f"数据日期：{data_on}", headers=headers, footer=()
    )


_VEHICLES = _form(
    "机动车登记信息",
    "机动车登记比对数据",
    (
        "序号",
        "所有人",
        "身份证明号码",
        "号牌号码",
        "车辆类型",
        "品牌型号",
        "购置价(元)",
        "初次登记日期",
        "机动车状态",
    ),
)
_COMPANIES = _form(
    "工商注册信息",
    "市场主体登记信息比对结果",
    (
        "序号",
        "企业名称",
        "统一社会信用代码",
        "姓名",
        "证件号码",
        "职务",
        "注册资本（万元）",
        "登记状态",
        "成立日期",
    ),
)
_PAYROLL = _form(
    "财政供养人员名单",
    "财政供养人员信息（比对用）",
    ("序号", "工作单位", "姓名", "身份证号", "职务", "人员类别"),
    "2023-10-31",
)
_HOUSES = _form(
    "商品房登记信息",
    "不动产登记比对信息",
    ("序号", "权利人", "证件号", "坐落", "房屋用途", "建筑面积", "取得方式", "登记日期"),
)


class Comparisons(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._vehicles, self._companies = self.roster(_VEHICLES), self.roster(_COMPANIES)
        self._payroll, self._houses = self.roster(_PAYROLL), self.roster(_HOUSES)

    def add(self, household: Household) -> None:
        person = next((m for m in household.members if 25 <= m.age < 60), None)
        if person is None:
            return
        if self.due("AST-001", 0.001):
            self._add_payroll(person, [Planted("AST-001", "身份证号", "成员在财政供养名单")])
        elif self.due("AST-003", 0.001):
            self._add_house(person, "住宅", "购买", [Planted("AST-003", "证件号", "成员名下有城镇商品房")])
        elif self.due("AST-004", 0.001):
            fault = Planted("AST-004", "身份证明号码", "成员名下有10万元以上小轿车")
            self._add_vehicle(person, "小型轿车", 168_000, [fault])
        elif self.due("AST-005", 0.001):
            fault = Planted("AST-005", "证件号码", "成员为存续公司法定代表人")
            self._add_company(person, "商贸有限公司", "法定代表人", "存续", [fault])
        else:
            self._add_harmless(person)

    def _add_harmless(self, person: Person) -> None:
        """What may be owned without a question."""
        chance = self.rng.random()
        if chance < 0.04:
            self._add_vehicle(person, "正三轮载货摩托车", 12_000)
        elif chance < 0.06:
            self._add_vehicle(person, "普通二轮摩托车", 6_000)
        elif chance < 0.07:
            self._add_house(person, "住宅（易地扶贫搬迁安置）", "安置")
        elif chance < 0.08:
            self._add_company(person, "茶叶专业合作社", "成员", "存续")

    def add_outsider(self, person: Person) -> None:
        chance = self.rng.random()
        if chance < 0.25:
            self._add_payroll(person)
        elif chance < 0.5:
            self._add_vehicle(
                person, self.rng.choice(("小型轿车", "轻型普通货车")), self.rng.randint(8, 29) * 10_000
            )
        elif chance < 0.75:
            self._add_house(person, "住宅", "购买")
        else:
            self._add_company(person, "商行", "经营者", "存续")

    def _add_vehicle(
        self, person: Person, kind: str, price: int, faults: list[Planted] | None = None
    ) -> None:
        rng = self.rng
        values: dict[str, Cell] = {
            "所有人": person.name,
            "身份证明号码": id_as_typed(rng, person.id_no),
            "号牌号码": f"鄂LI{rng.randint(1000, 9999)}",
            "车辆类型": kind,
            "品牌型号": "东风",
            "购置价(元)": price,
            "初次登记日期": f"{rng.randint(2014, 2022)}0506",
            "机动车状态": "正常",
        }
        self._vehicles.add(values, faults or [])

    def _add_company(
        self, person: Person, kind: str, role: str, state: str, faults: list[Planted] | None = None
    ) -> None:
        values: dict[str, Cell] = {
            "企业名称": f"赤壁市{person.name}{kind}",
            "统一社会信用代码": f"92429999MA{self.rng.randint(10**7, 10**8 - 1)}",
            "姓名": person.name,
            "证件号码": id_as_typed(self.rng, person.id_no),
            "职务": role,
            "注册资本（万元）": 5,
            "登记状态": state,
            "成立日期": f"{date(2019, 4, 1):%Y-%m-%d}",
        }
        self._companies.add(values, faults or [])

    def _add_payroll(self, person: Person, faults: list[Planted] | None = None) -> None:
        employer = self.rng.choice(("赤壁市第一中学", "茶庵岭镇卫生院", "赤壁市交通运输局"))
        values: dict[str, Cell] = {
            "工作单位": employer,
            "姓名": person.name,
            "身份证号": id_as_typed(self.rng, person.id_no),
            "职务": "干部",
            "人员类别": "事业",
        }
        self._payroll.add(values, faults or [])

    def _add_house(self, person: Person, use: str, way: str, faults: list[Planted] | None = None) -> None:
        values: dict[str, Cell] = {
            "权利人": person.name,
            "证件号": id_as_typed(self.rng, person.id_no),
            "坐落": f"赤壁市河北大道{self.rng.randint(1, 240)}号",
            "房屋用途": use,
            "建筑面积": self.rng.randint(7800, 12000) / 100,
            "取得方式": way,
            "登记日期": "2018年3月3日",
        }
        self._houses.add(values, faults or [])
