"""Public-welfare posts and the wages of the assistance workshops."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random

from bangfu.samples.habits import day
from bangfu.samples.household import Household
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Person
from bangfu.samples.places import Village
from bangfu.samples.roster import Department, Form, Planted, Roster
from bangfu.samples.workbook import Book, Cell

_MONTHLY, _QUOTA = 300, 10
_POSTS = Form(
    file="人社/2023年公益性岗位人员花名册及补贴.xlsx",
    title="茶庵岭镇乡村公益性岗位人员花名册（2023年）",
    corner=f"补贴标准：{_MONTHLY}元/月，每村岗位不超过{_QUOTA}个\u3000\u3000单位：元",
    headers=(
        "序号",
        "村",
        "姓名",
        "身份证号",
        "岗位名称",
        "聘用开始",
        "协议终止",
        "发放月数",
        "考勤月数",
        "月补贴",
        "补贴金额",
    ),
    sums=("补贴金额",),
    subtotals=True,
)
_WORKSHOPS = ("茶庵岭制茶加工帮扶车间", "青石桥服饰帮扶车间", "罗峰竹制品帮扶车间", "中心坪电子装配帮扶车间")
_WORKSHOP_FILE = "人社/帮扶车间务工人员工资表(9-11月).xlsx"
_MOST_WORKERS = 60
_DIED = date(2023, 8, 3)

OnDeath = Callable[[Village, Person, date], None]


class Jobs(Department):
    """`on_death` tells civil affairs of a holder who died while still paid."""

    def __init__(self, folder: Path, notes: FaultNotes, rng: Random, on_death: OnDeath) -> None:
        super().__init__(folder, notes, rng)
        self._posts, self._on_death = self.roster(_POSTS), on_death
        self._held = 0
        self._workers: list[tuple[str, Person]] = []
        self._strangers: list[tuple[str, Person]] = []

    def begin_village(self, village: str) -> None:
        super().begin_village(village)
        self._held = 0

    def add(self, household: Household) -> None:
        for person in household.members:
            if person.post:
                self._held += 1
                self._add_holder(household, person)
            elif person.work and person.work.is_at_home and len(self._workers) < _MOST_WORKERS:
                self._workers.append((household.village.name, person))
        idle = next(
            (m for m in household.members if 17 < m.age < 70 and not m.has_labor and not m.student), None
        )
        if idle and self._held < _QUOTA and self.due("POST-005", 0.0005):
            self._held += 1
            fault = Planted("POST-005", "姓名", "无（丧失）劳动能力人员在岗")
            self._add_post(household, idle, "保洁员", [fault])

    def _add_holder(self, household: Household, person: Person) -> None:
        if self.due("W-001"):
            self._on_death(household.village, person, _DIED)
            fault = Planted("W-001", "发放月数", f"{_DIED:%Y-%m-%d}死亡后仍发岗位补贴")
            self._add_post(household, person, person.post, [fault])
            return
        if self.due("POST-012"):
            fault = Planted("POST-012", "补贴金额", "补贴金额与月数乘标准不符")
            self._add_post(household, person, person.post, [fault], extra=300)
            return
        self._add_post(household, person, person.post)
        other = next(
            (m for m in household.members if m is not person and 18 <= m.age < 69 and m.has_labor), None
        )
        if self._held >= _QUOTA:
            return
        if self.due("POST-003"):
            self._held += 1
            post = "护林员" if person.post != "护林员" else "保洁员"
            self._add_post(household, person, post, [Planted("POST-003", "岗位名称", "一人两岗")])
        elif other and self.due("POST-004"):
            self._held += 1
            self._add_post(household, other, person.post, [Planted("POST-004", "姓名", "同一户两人在岗")])

    def _add_post(
        self,
        household: Household,
        person: Person,
        post: str,
        faults: list[Planted] | None = None,
        extra: int = 0,
    ) -> None:
        self._posts.add(
            {
                "村": household.village.name,
                "姓名": person.name,
                "身份证号": person.id_no,
                "岗位名称": post,
                "聘用开始": day(self.rng, date(2023, 1, 1)),
                "协议终止": day(self.rng, date(2023, 12, 31)),
                "发放月数": 12,
                "考勤月数": 12,
                "月补贴": _MONTHLY,
                "补贴金额": 12 * _MONTHLY + extra,
            },
            faults or [],
        )

    def add_outsider(self, village: Village, person: Person) -> None:
        if len(self._strangers) < len(_WORKSHOPS) and person.age < 60:
            self._strangers.append((village.name, person))

    def close(self) -> None:
        super().close()
        self._write_workshops()

    def _write_workshops(self) -> None:
        """One sheet a workshop, each with at least the five workers that make it one."""
        count = max(1, min(len(_WORKSHOPS), len(self._workers) // 6))
        book = Book(self.folder / _WORKSHOP_FILE)
        for nth, name in enumerate(_WORKSHOPS[:count]):
            workers = self._workers[nth::count]
            faults: list[Planted] = []
            if nth == count - 1 and count > 1 and self.due("WKS-001", 0.0):
                workers = workers[:4]
                faults = [Planted("WKS-001", "姓名", "带动在册务工人员4人，少于5人")]
            self._write_workshop(book, name, workers, faults, nth)
        book.close()

    def _write_workshop(
        self, book: Book, name: str, workers: list[tuple[str, Person]], faults: list[Planted], nth: int
    ) -> None:
        months = ("9月工资", "10月工资", "11月工资")
        form = Form(
            file=_WORKSHOP_FILE,
            title=f"{name}务工人员工资发放表",
            corner="单位：元",
            headers=("序号", "所在村", "姓名", "身份证", *months, "合计", "签字"),
            sums=(*months, "合计"),
            sheet=name[:10],
        )
        roster = Roster(self.folder, form, self.notes, book)
        for place, (village, person) in enumerate(workers):
            self._add_wage(roster, months, village, person, faults if place == len(workers) - 1 else [])
        if not faults and nth < len(self._strangers) and self.due("WKS-002", 0.0):
            village, person = self._strangers[nth]
            fault = Planted("WKS-002", "姓名", "计为带动的务工人员不在脱贫和监测名单")
            self._add_wage(roster, months, village, person, [fault])
        roster.close(keep_book=True)

    def _add_wage(
        self, roster: Roster, months: tuple[str, ...], village: str, person: Person, faults: list[Planted]
    ) -> None:
        wages = [self.rng.randint(1700, 3000) for _ in months]
        values: dict[str, Cell] = {
            "所在村": village,
            "姓名": person.name,
            "身份证": person.id_no,
            "签字": person.name,
        }
        values |= dict(zip(months, wages, strict=True))
        roster.add(values | {"合计": sum(wages)}, faults)
