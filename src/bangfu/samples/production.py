"""Production awards, forest compensation and renovated houses."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

from bangfu.samples.habits import id_as_typed
from bangfu.samples.household import Household
from bangfu.samples.incomes import FOREST_RATES
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted
from bangfu.samples.workbook import Cell


def _award(
    file: str,
    kind: str,
    quantity: str,
    rate: str,
    most: int,
    holder: str = "户主",
    per_village: bool = False,
    subtotals: bool = False,
) -> Form:
    return Form(
        file=f"产业奖补/{file}.xlsx",
        title=f"茶庵岭镇2023年{kind}产业奖补资金发放公示表",
        corner=f"补助标准：{rate}，单户最高{most}元\u3000\u3000单位：元",
        headers=("序号", "村别", holder, "身份证号", quantity, "补助标准", "奖补金额", "备注"),
        sums=(quantity, "奖补金额"),
        per_village=per_village,
        subtotals=subtotals,
    )


_AWARDS = {
    "林业": (_award("1林业奖补", "林业", "新造林面积（亩）", "400元/亩", 8000, per_village=True), 400, 8000),
    "水产": (_award("2水产养殖奖补", "水产", "养殖水面(亩)", "300元/亩", 3000), 300, 3000),
    "畜牧": (
        _award("3畜牧奖补（猪牛羊）", "畜牧", "出栏数(头)", "200元/头", 4000, subtotals=True),
        200,
        4000,
    ),
    "种植": (_award("4种植业奖补", "种植", "种植面积/亩", "200元/亩", 2000, subtotals=True), 200, 2000),
    "小微": (
        _award("5小微主体带动奖补", "小微及新型经营主体", "带动户数", "500元/户", 5000, holder="负责人"),
        500,
        5000,
    ),
}
_FOREST = Form(
    file="林业/2023年公益林生态效益补偿小班表.xlsx",
    title="集体和个人所有公益林生态效益补偿资金兑现到户清册",
    corner="单位：亩、元/亩、元",
    headers=(
        "序号",
        "村",
        "小班号",
        "林权证号",
        "林权所有人",
        "身份证号码",
        "公益林级别",
        "林权证面积",
        "补偿面积",
        "补偿标准",
        "补偿金额",
    ),
    sums=("林权证面积", "补偿面积", "补偿金额"),
    subtotals=True,
    hidden=3,
)
_HOUSES = Form(
    file="住建/农村危房改造台账2021-2023.xlsx",
    title="农村危房改造任务完成情况登记表",
    corner="金额单位：万元",
    headers=(
        "序号",
        "村",
        "户主姓名",
        "户主身份证号",
        "改造年度",
        "原房屋等级",
        "改造方式",
        "改造后面积（㎡）",
        "补助资金（万元）",
        "竣工验收时间",
    ),
    sums=("补助资金（万元）",),
    subtotals=True,
)
_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")


class Production(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._awards = {kind: self.roster(form) for kind, (form, _, _) in _AWARDS.items()}
        self._forest, self._houses = self.roster(_FOREST), self.roster(_HOUSES)
        self._small_left = 0

    def begin_village(self, village: str) -> None:
        super().begin_village(village)
        self._small_left = 1

    def add(self, household: Household) -> None:
        for kind, quantity in household.awards.items():
            self._add_award(kind, quantity, household)
        if self._small_left and household.has_able and household.income.operating and self.rng.random() < 0.1:
            self._small_left -= 1
            self._add_award("小微", float(self.rng.randint(3, 9)), household)
        income = household.income
        if income.forest_class:
            self._add_plot(
                household.village,
                household.head,
                income.forest_class,
                household.land.forest,
                income.forest_mu,
            )
        if household.house.renovated_on:
            self._add_house(household, household.house.renovated_on)

    def add_outsider(self, village: Village, person: Person) -> None:
        owned = self.rng.randint(10, 300) / 10
        self._add_plot(village, person, self.rng.choice(tuple(FOREST_RATES)), owned, owned)

    def _add_award(self, kind: str, quantity: float, household: Household) -> None:
        form, rate, most = _AWARDS[kind]
        amount = min(most, round(quantity * rate, 2))
        faults = []
        if self.due("W-017", 0.01):
            amount += 350
            faults.append(Planted("W-017", "奖补金额", f"奖补金额与{rate}元标准不符"))
        shown: Cell = quantity
        if kind == "种植" and self.rng.random() < 0.1:
            shown = f"{quantity:.1f}".translate(_FULL_WIDTH)
        holder = household.head
        values: dict[str, Cell] = {
            "村别": household.village.name,
            form.headers[2]: holder.name,
            "身份证号": id_as_typed(self.rng, holder.id_no),
            form.headers[4]: shown,
            "补助标准": rate,
            "奖补金额": amount,
            "备注": "已按上限" if amount == most else None,
        }
        self._awards[kind].add(values, faults)
        if not faults and kind != "小微" and self.due("W-002", 0.01):
            self._awards[kind].add(values, [Planted("W-002", form.headers[2], "同一户同一奖补重复发放")])

    def _add_plot(self, village: Village, owner: Person, kind: str, owned: float, paid_mu: float) -> None:
        rng, rate = self.rng, FOREST_RATES[kind]
        faults = []
        if self.due("W-018"):
            paid_mu = round(owned + 5, 1)
            faults.append(Planted("W-018", "补偿面积", "补偿面积超过林权证面积"))
        self._forest.add(
            {
                "村": village.name,
                "小班号": f"{rng.randint(1, 25):04d}-{rng.randint(1, 90):03d}",
                "林权证号": f"赤林证字（2009）第{rng.randint(20000, 79999)}号",
                "林权所有人": owner.name,
                "身份证号码": id_as_typed(rng, owner.id_no),
                "公益林级别": kind,
                "林权证面积": owned,
                "补偿面积": paid_mu,
                "补偿标准": rate,
                "补偿金额": round(paid_mu * rate, 1),
            },
            faults,
        )

    def _add_house(self, household: Household, finished: date) -> None:
        is_rebuilt = self.rng.random() < 0.6
        self._houses.add(
            {
                "村": household.village.name,
                "户主姓名": household.head.name,
                "户主身份证号": id_as_typed(self.rng, household.head.id_no),
                "改造年度": finished.year,
                "原房屋等级": "D" if is_rebuilt else "C",
                "改造方式": "原址重建" if is_rebuilt else "修缮加固",
                "改造后面积（㎡）": household.house.area,
                "补助资金（万元）": 2.4 if is_rebuilt else 1.6,
                "竣工验收时间": f"{finished.year}年{finished.month}月{finished.day}日",
            }
        )
