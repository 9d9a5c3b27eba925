"""The education department's aid of two terms, and the 雨露计划 roster."""

from __future__ import annotations

from pathlib import Path
from random import Random

from bangfu.samples.habits import blank_behind, id_as_typed
from bangfu.samples.household import Household
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.roster import Department, Form, Planted, Roster
from bangfu.samples.schooling import stage
from bangfu.samples.workbook import Cell

_SPRING = Form(
    file="教育/2023年春季学期困难学生资助发放表.xlsx",
    title="赤壁市茶庵岭镇2023年春季学期家庭经济困难学生资助发放花名册",
    corner="单位：元",
    headers=("序号", "村", "学生姓名", "身份证号码", "就读学校", "年级", "资助项目", "金额", "监护人"),
    sums=("金额",),
    per_village=True,
)
_AUTUMN = Form(
    file="教育/教育资助(2023秋季).xlsx",
    title="赤壁市茶庵岭镇2023年秋季学期家庭经济困难学生资助发放花名册",
    corner="单位：元",
    headers=(
        "序号",
        "村",
        "姓  名",
        "学生身份证",
        "学校名称",
        "学段/年级",
        "补助类别",
        "补助标准（元/期）",
        "家长姓名",
    ),
    sums=("补助标准（元/期）",),
    subtotals=True,
    gaps=True,
)
_YULU = Form(
    file="乡村振兴/2023年雨露计划补助花名册.xlsx",
    title="2023年度“雨露计划”职业教育补助发放花名册",
    corner="单位：元",
    headers=("序号", "村别", "学生姓名", "身份证号", "户主", "学校", "年级", "春季", "秋季", "发放日期"),
    sums=("春季", "秋季"),
    groups=(("学生信息", 1, 4), ("就读信息", 5, 6), ("补助金额（元）", 7, 8)),
    hidden=4,
)
_SCHOOLS = {
    "学前教育": "茶庵岭镇中心幼儿园",
    "小学": "茶庵岭镇中心小学",
    "初中": "茶庵岭镇中学",
    "普通高中": "赤壁市第一中学",
    "中职": "赤壁市机电信息技术学校",
    "高职高专": "咸宁职业技术学院",
}
_VOCATIONAL = ("中职", "高职高专")


def _aid(person: Person, status: str) -> tuple[str, float] | None:
    """Item and amount of one term."""
    level = stage(status)
    if level == "学前教育":
        return "学前教育资助", 500
    if level == "普通高中":
        return "普通高中国家助学金", 1000
    full = {"小学": 500, "初中": 625}.get(level)
    if full is None:
        return None
    return ("寄宿生生活补助", full) if person.boards else ("非寄宿生生活补助", full / 2)


class Education(Department):
    def __init__(self, folder: Path, notes: FaultNotes, rng: Random) -> None:
        super().__init__(folder, notes, rng)
        self._spring, self._autumn = self.roster(_SPRING), self.roster(_AUTUMN)
        self._yulu = self.roster(_YULU)

    def add(self, household: Household) -> None:
        for person in household.members:
            if stage(person.student_before) == stage(person.student):
                self._add_aid(self._spring, household, person)
            self._add_aid(self._autumn, household, person)
            if stage(person.student) in _VOCATIONAL and "雨露" not in household.omitted:
                self._add_yulu(household, person)

    def _add_aid(self, roster: Roster, household: Household, person: Person) -> None:
        aid = _aid(person, person.student)
        if aid is None:
            return
        rng, head = self.rng, household.head.name
        cells: list[Cell] = [
            blank_behind(rng, household.village.name),
            person.name,
            id_as_typed(rng, person.id_no),
            _SCHOOLS[stage(person.student)],
            person.student,
            *aid,
            head,
        ]
        values = dict(zip(roster.form.headers[1:], cells, strict=True))
        roster.add(values)
        item, amount = roster.form.headers[6], roster.form.headers[7]
        if self.due("W-002"):
            fault = Planted("W-002", roster.form.headers[2], "同一学生同一学期同一项目发放两次")
            roster.add(values, [fault])
        elif person.boards and "寄宿" in aid[0] and self.due("W-005"):
            other = values | {item: "非寄宿生生活补助", amount: aid[1] / 2}
            roster.add(other, [Planted("W-005", item, "同一学期既领寄宿生又领非寄宿生生活补助")])

    def _add_yulu(self, household: Household, person: Person) -> None:
        had_spring = stage(person.student_before) in _VOCATIONAL
        values: dict[str, Cell] = {
            "村别": household.village.name,
            "学生姓名": person.name,
            "身份证号": id_as_typed(self.rng, person.id_no),
            "户主": household.head.name,
            "学校": _SCHOOLS[stage(person.student)],
            "年级": person.student,
            "春季": 1500 if had_spring else None,
            "秋季": 1500,
            "发放日期": "2023年11月28日",
        }
        self._yulu.add(values)
        if self.due("W-002"):
            self._yulu.add(values, [Planted("W-002", "学生姓名", "同一学生雨露计划发放两次")])
