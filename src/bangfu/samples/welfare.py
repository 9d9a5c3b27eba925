"""Civil affairs and the disabled persons' federation; deaths."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from random import Random

from bangfu.samples.habits import between, id_as_typed, slashed
from bangfu.samples.household import Household
from bangfu.samples.incomes import DIBAO_MONTH, TEKUN_MONTH, subsidies
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted, Roster
from bangfu.samples.workbook import Cell

_HEADERS = ("保障类别", "月保障金", "发放月数", "全年金额", "一卡通账号")
_DIBAO = Form(
    file="民政/2023年农村低保发放名册.xlsx",
    title="茶庵岭镇2023年1-12月农村最低生活保障金发放名册",
    corner="单位：元",
    headers=("序号", "村(社区)", "保障对象", "身份证号码", *_HEADERS),
    sums=("月保障金", "全年金额"),
    per_village=True,
)
_TEKUN = Form(
    file="民政/特困供养人员名册.xlsx",
    title="茶庵岭镇特困人员救助供养花名册（2023年12月）",
    corner="单位：元",
    headers=("序号", "村(社区)", "供养对象姓名", "证件号", *_HEADERS),
    sums=("全年金额",),
    subtotals=True,
)
_DEATHS = Form(
    file="民政公安/2023年死亡注销人员名单.xlsx",
    title="茶庵岭镇2023年度死亡（注销户口）人员名单",
    corner="数据截止：2023年12月15日",
    headers=("序号", "村（社区）", "姓名", "性别", "公民身份号码", "死亡日期", "户口注销日期", "备注"),
    footer=("制表人：张干事",),
)
_CERTIFICATES = Form(
    file="残联/持证残疾人及两项补贴.xlsx",
    title="持证残疾人基本情况表",
    corner="单位：人",
    headers=("序号", "村", "姓名", "身份证号", "残疾类别", "残疾等级", "发证日期", "证件状态"),
    footer=("赤壁市残疾人联合会",),
    sheet="持证残疾人",
)
_SUBSIDIES = Form(
    file=_CERTIFICATES.file,
    title="困难残疾人生活补贴和重度残疾人护理补贴发放表（2023年）",
    corner="单位：元",
    headers=("序号", "村", "姓名", "身份证号", "等级", "生活补贴", "护理补贴", "合计"),
    sums=("生活补贴", "护理补贴", "合计"),
    sheet="两项补贴",
)
_LEVELS = ("", "一级", "二级", "三级", "四级")


class Welfare(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._dibao, self._tekun = self.roster(_DIBAO), self.roster(_TEKUN)
        self._deaths = self.roster(_DEATHS)
        self._certificates = Roster(folder, _CERTIFICATES, notes)
        self._subsidies = Roster(folder, _SUBSIDIES, notes, self._certificates.book)
        self.rosters += [self._certificates, self._subsidies]

    def add(self, household: Household) -> None:
        paid = subsidies(household)
        for person, (living, nursing) in zip(household.members, paid, strict=True):
            if person.dibao:
                self._add_money(self._dibao, household, person, self.rng.choice("ABC"), DIBAO_MONTH)
            if person.tekun:
                way = self.rng.choice(("集中供养", "分散供养"))
                self._add_money(self._tekun, household, person, way, TEKUN_MONTH)
            if person.disability:
                self._add_certificate(household, person)
                living = 0 if "生活补贴" in household.omitted else living
                nursing = 0 if "护理补贴" in household.omitted else nursing
                if living or nursing:
                    self._add_subsidy(household, person, living, nursing)

    def _add_money(
        self, roster: Roster, household: Household, person: Person, kind: str, monthly: int
    ) -> None:
        name_header, id_header = roster.form.headers[2], roster.form.headers[3]
        values: dict[str, Cell] = {
            "村(社区)": household.village.name,
            name_header: person.name,
            id_header: id_as_typed(self.rng, person.id_no),
            "保障类别": kind,
            "月保障金": monthly,
            "发放月数": 12,
            "全年金额": 12 * monthly,
            "一卡通账号": household.account,
        }
        roster.add(values)
        if person.tekun and self.due("W-006"):
            fault = Planted("W-006", _DIBAO.headers[2], "同一人同时享受低保和特困供养")
            other = values | {
                "保障对象": person.name,
                "身份证号码": person.id_no,
                "保障类别": "A",
                "月保障金": DIBAO_MONTH,
                "全年金额": 12 * DIBAO_MONTH,
            }
            self._dibao.add(other, [fault])

    def _add_certificate(self, household: Household, person: Person) -> None:
        rng = self.rng
        self._certificates.add(
            {
                "村": household.village.name,
                "姓名": person.name,
                "身份证号": person.id_no,
                "残疾类别": person.disability,
                "残疾等级": _LEVELS[person.disability_level],
                "发证日期": between(rng, date(2015, 3, 1), date(2022, 11, 28)),
                "证件状态": "正常",
            }
        )

    def _add_subsidy(self, household: Household, person: Person, living: int, nursing: int) -> None:
        self._subsidies.add(
            {
                "村": household.village.name,
                "姓名": person.name,
                "身份证号": id_as_typed(self.rng, person.id_no),
                "等级": _LEVELS[person.disability_level],
                "生活补贴": living,
                "护理补贴": nursing,
                "合计": living + nursing,
            }
        )

    def add_death(
        self, village: Village, person: Person, died: date, faults: list[Planted] | None = None
    ) -> None:
        cancelled = died + timedelta(days=self.rng.randint(5, 14))
        self._deaths.add(
            {
                "村（社区）": village.name,
                "姓名": person.name,
                "性别": person.sex,
                "公民身份号码": person.id_no,
                "死亡日期": slashed(died),
                "户口注销日期": f"{cancelled:%Y-%m-%d}",
            },
            faults or [],
        )

    def close(self) -> None:
        self._certificates.close(keep_book=True)
        for roster in self.rosters:
            if roster is not self._certificates:
                roster.close()
