"""Micro-loans of households and enterprises, and claims on the poverty-prevention insurance."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from bangfu.samples.habits import between, day, id_as_typed
from bangfu.samples.household import Household
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted

_LOANS = Form(
    file="金融/扶贫小额信贷台账.xlsx",
    title="扶贫（脱贫人口）小额信贷发放台账",
    corner="单位：万元",
    headers=(
        "序号",
        "村",
        "贷款类别",
        "借款人",
        "身份证号/信用代码",
        "贷款金额（万元）",
        "贷款日期",
        "到期日",
        "利率（%）",
        "贷款用途",
        "已还本金（万元）",
        "余额（万元）",
        "备注",
        "风险补偿",
    ),
    sums=("贷款金额（万元）", "已还本金（万元）", "余额（万元）"),
    footer=("填表单位：赤壁农商行茶庵岭支行", "", "", "复核："),
)
_CLAIMS = Form(
    file="保险/防贫保理赔台账.xlsx",
    title="防贫保险理赔情况统计表",
    corner="单位：元",
    headers=(
        "序号",
        "村",
        "申请人",
        "身份证号",
        "致贫原因",
        "申请日期",
        "查勘日期",
        "公示截止",
        "审批日期",
        "赔付日期",
        "申请金额",
        "赔付金额",
    ),
    sums=("申请金额", "赔付金额"),
)
_PURPOSES = ("发展茶叶种植", "发展茶叶种植", "购买农机具", "养猪", "水产养殖")


class Finance(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._loans, self._claims = self.roster(_LOANS), self.roster(_CLAIMS)
        self._entities_left = 0

    def begin_village(self, village: str) -> None:
        super().begin_village(village)
        self._entities_left = 1

    def add(self, household: Household) -> None:
        if household.borrows:
            self._add_household_loan(household)
        old = next((m for m in household.members if 67 <= m.age < 80), None)
        if (
            old
            and household.is_exited
            and not household.borrows
            and household.has_able
            and self.due("LOAN-003", 0.0008)
        ):
            fault = Planted("LOAN-003", "借款人", "放款时已超过65岁")
            self._add_loan(household.village, old.name, old.id_no, 3.0, date(2022, 10, 12), 24, [fault])
        if household.episode and household.episode.out_of_pocket and self.rng.random() < 0.3:
            self._add_claim(household.village, household.head, "因病")

    def add_outsider(self, village: Village, person: Person) -> None:
        if self._entities_left:
            self._entities_left -= 1
            code = f"93429999MA{self.rng.randint(10**7, 10**8 - 1)}"
            self._add_loan(
                village,
                f"茶庵岭{person.name}茶叶专业合作社",
                code,
                20.0,
                date(2023, 3, 8),
                24,
                [],
                is_entity=True,
            )
        if self.rng.random() < 0.1:
            self._add_claim(village, person, self.rng.choice(("因灾", "因学")))

    def _add_household_loan(self, household: Household) -> None:
        rng, head = self.rng, household.head
        granted = between(rng, date(2022, 9, 1), date(2023, 5, 28))
        principal, months, faults = rng.choice((3.0, 5.0, 5.0)), rng.choice((24, 36)), []
        if self.due("LOAN-001"):
            principal = 8.0
            faults.append(Planted("LOAN-001", "贷款金额（万元）", "户贷超过5万元且非追加贷"))
        elif self.due("LOAN-002"):
            months = 48
            faults.append(Planted("LOAN-002", "到期日", "期限超过36个月"))
        self._add_loan(household.village, head.name, head.id_no, principal, granted, months, faults)

    def _add_loan(
        self,
        village: Village,
        borrower: str,
        number: str,
        principal: float,
        granted: date,
        months: int,
        faults: list[Planted],
        is_entity: bool = False,
    ) -> None:
        rng = self.rng
        repaid = rng.choice((0.0, 0.0, 1.0))
        due = date(granted.year + months // 12, granted.month, min(granted.day, 28))
        self._loans.add(
            {
                "村": village.name,
                "贷款类别": "新型经营主体带贫贷" if is_entity else "户贷",
                "借款人": borrower,
                "身份证号/信用代码": number,
                "贷款金额（万元）": principal,
                "贷款日期": day(rng, granted),
                "到期日": day(rng, due),
                "利率（%）": 4.0 if is_entity else 3.65,
                "贷款用途": "带动脱贫户发展产业" if is_entity else rng.choice(_PURPOSES),
                "已还本金（万元）": repaid,
                "余额（万元）": principal - repaid,
                "备注": f"带动{rng.randint(5, 15)}户" if is_entity else None,
            },
            faults,
        )

    def _add_claim(self, village: Village, person: Person, cause: str) -> None:
        rng = self.rng
        applied = between(rng, date(2023, 2, 1), date(2023, 9, 28))
        asked = rng.randint(8, 58) * 1000
        paid = asked * 7 // 10
        faults = []
        if self.due("RPT-018", 0.02):
            paid = asked + 3000
            faults.append(Planted("RPT-018", "赔付金额", "赔付金额大于申请金额"))
        steps = dict(
            zip(("申请日期", "查勘日期", "公示截止", "审批日期", "赔付日期"), (0, 7, 18, 22, 35), strict=True)
        )
        self._claims.add(
            {
                "村": village.name,
                "申请人": person.name,
                "身份证号": id_as_typed(rng, person.id_no),
                "致贫原因": cause,
                **{header: day(rng, applied + timedelta(days=days)) for header, days in steps.items()},
                "申请金额": asked,
                "赔付金额": paid,
            },
            faults,
        )
