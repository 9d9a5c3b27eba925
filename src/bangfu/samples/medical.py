"""Medical insurance and hospital stays; chronic patients' and family doctors' contracts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from bangfu.samples.habits import between, blank_behind, day, dotted, id_as_typed, slashed
from bangfu.samples.household import Household
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted

_INSURED = Form(
    file="医保/2023年城乡居民医保参保名单.xlsx",
    title="茶庵岭镇2023年城乡居民基本医疗保险参保人员信息",
    corner="单位：元",
    headers=(
        "序号",
        "所属村",
        "姓名",
        "证件号码",
        "人员类别",
        "个人缴费",
        "财政代缴",
        "参保状态",
        "到账日期",
    ),
    per_village=True,
    footer=("填报单位：镇医保窗口",),
)
_STAYS = Form(
    file="医保/住院报销明细(1-11月).xlsx",
    title="城乡居民住院费用“一站式”结算明细表",
    corner="单位：元",
    headers=(
        "序号",
        "住址",
        "患者姓名",
        "身份证号码",
        "就诊医院",
        "诊断",
        "入院日期",
        "出院日期",
        "总费用",
        "基本医疗",
        "大病保险",
        "医疗救助",
        "个人自付",
    ),
    sums=("总费用", "基本医疗", "大病保险", "医疗救助", "个人自付"),
    groups=(("报销情况", 9, 11),),
)
_CHRONIC = Form(
    file="卫健/慢病签约服务台账.xlsx",
    title="慢性病患者签约服务管理台账（2023年）",
    corner="统计时间：2023年12月",
    headers=("编号", "行政村", "姓名", "身份证", "病种", "签约医生", "签约日期", "末次随访日期", "随访次数"),
)
_DOCTORS = Form(
    file="卫健/家庭医生签约花名册.xlsx",
    title="2023年家庭医生签约服务花名册",
    corner="",
    headers=("序号", "村名", "居民姓名", "身份证号", "签约团队", "签约时间"),
    footer=(),
    has_office=False,
)
_PREMIUM = 350
_SHARES = {"特困": 350, "低保": 280, "监测对象": 245}
_HOSPITALS = ("赤壁市人民医院", "赤壁市中医医院", "茶庵岭镇卫生院")
_DIAGNOSES = ("肺部感染", "2型糖尿病", "腰椎间盘突出", "高血压3级", "脑梗死")


def category(household: Household, person: Person) -> str:
    """The class under which the premium is paid: the highest share wins."""
    if person.tekun:
        return "特困"
    if person.dibao:
        return "低保"
    if household.episode is not None and not household.episode.removed:
        return "监测对象"
    return "脱贫人口" if household.is_exited else "一般居民"


class Medical(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._insured, self._stays = self.roster(_INSURED), self.roster(_STAYS)
        self._chronic, self._doctors = self.roster(_CHRONIC), self.roster(_DOCTORS)

    def add(self, household: Household) -> None:
        village = household.village.name
        for person in household.members:
            if person is not household.head or "参保" not in household.omitted:
                self._add_insured(village, person, category(household, person))
            if person.self_paid:
                self._add_stay(village, person)
            if "慢性病" in person.health:
                self._add_chronic(village, person)
            if person.work is None:
                self._add_doctor(village, person)

    def add_outsider(self, village: Village, person: Person) -> None:
        self._add_insured(village.name, person, "一般居民")

    def _add_insured(self, village: str, person: Person, kind: str) -> None:
        rng, subsidised = self.rng, _SHARES.get(kind, 0)
        paid = between(rng, date(2022, 10, 1), date(2022, 12, 28))
        self._insured.add(
            {
                "所属村": blank_behind(rng, village),
                "姓名": blank_behind(rng, person.name),
                "证件号码": id_as_typed(rng, person.id_no),
                "人员类别": kind,
                "个人缴费": _PREMIUM - subsidised,
                "财政代缴": subsidised,
                "参保状态": "正常参保",
                "到账日期": dotted(max(paid, person.birth + timedelta(days=30))),
            }
        )

    def _add_stay(self, village: str, person: Person) -> None:
        rng = self.rng
        share = 0.2 if person.medical_aid else 0.3
        total = round(person.self_paid / share, 2)
        basic = round(total * 0.7, 2)
        aid = round(total * 0.1, 2) if person.medical_aid else 0.0
        admitted = between(rng, date(2023, 1, 3), date(2023, 11, 5))
        faults = []
        if self.due("W-023"):
            basic = total + 500
            faults.append(Planted("W-023", "基本医疗", "报销金额大于总费用"))
        self._stays.add(
            {
                "住址": blank_behind(rng, village),
                "患者姓名": person.name,
                "身份证号码": id_as_typed(rng, person.id_no),
                "就诊医院": rng.choice(_HOSPITALS),
                "诊断": rng.choice(_DIAGNOSES),
                "入院日期": day(rng, admitted),
                "出院日期": day(rng, admitted + timedelta(days=rng.randint(3, 20))),
                "总费用": total,
                "基本医疗": basic,
                "大病保险": 0.0,
                "医疗救助": aid,
                "个人自付": round(max(0.0, total - basic - aid), 2),
            },
            faults,
        )

    def _add_chronic(self, village: str, person: Person) -> None:
        rng = self.rng
        followed = between(rng, date(2023, 10, 20), date(2023, 12, 12))
        faults = []
        if self.due("HLT-018"):
            followed = date(2023, 6, 8)
            faults.append(Planted("HLT-018", "末次随访日期", "慢病随访超过3个月"))
        self._chronic.add(
            {
                "行政村": village,
                "姓名": blank_behind(rng, person.name),
                "身份证": id_as_typed(rng, person.id_no),
                "病种": rng.choice(("高血压", "糖尿病", "高血压、糖尿病")),
                "签约医生": rng.choice(("村医甲", "村医乙")),
                "签约日期": slashed(between(rng, date(2023, 3, 1), date(2023, 3, 28))),
                "末次随访日期": slashed(followed),
                "随访次数": rng.randint(4, 6),
            },
            faults,
        )

    def _add_doctor(self, village: str, person: Person) -> None:
        """Excel has kept these numbers as numbers: the digits after the fifteenth are gone."""
        damaged: float | str = person.id_no if person.id_no.endswith("X") else float(person.id_no)
        signed = max(between(self.rng, date(2023, 2, 1), date(2023, 5, 28)), person.birth)
        self._doctors.add(
            {
                "村名": village,
                "居民姓名": person.name,
                "身份证号": damaged,
                "签约团队": f"{village}家医团队",
                "签约时间": f"{signed:%Y%m%d}",
            }
        )
