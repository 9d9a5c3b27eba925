"""The exports of the national system: two title rows, headers in row 3, every cell text."""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random

from bangfu.samples import national_columns as columns
from bangfu.samples.household import Household
from bangfu.samples.national_faults import Hit, plant
from bangfu.samples.national_rows import Row, id_no, monitoring_rows, yes
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Census, Person
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN, work_district
from bangfu.spreadsheets.text_workbook import TextWorkbook

_MONITORING = "（自定义）监测对象信息"
_TOILETS = ("三格化粪池式", "水冲式")


class Export:
    """One export workbook; `add` gives the row number."""

    def __init__(self, folder: Path, name: str, headers: tuple[str, ...]) -> None:
        self.headers = headers
        self.book = TextWorkbook(folder / f"{name}.xlsx", len(headers))
        self.book.line([name])
        self.book.line([f"导出时间：2023年12月18日\u3000导出单位：{PROVINCE}{CITY}{COUNTY}{TOWN}"])
        self.book.line(headers)
        self._number = 0

    def add(self, row: Row) -> int:
        self._number += 1
        return self.book.line([str(self._number), *(row.get(header, "") for header in self.headers[1:])])


class NationalExports:
    """The four exports of households and persons, and the list of the exited as CSV."""

    def __init__(self, folder: Path, notes: FaultNotes, census: Census, rng: Random) -> None:
        self._notes, self._census, self._rng = notes, census, rng
        self._persons = Export(folder, _MONITORING, columns.MONITORING)
        self._households = Export(folder, "（乡村建设）户信息", columns.HOUSEHOLDS)
        self._away = Export(folder, "（务工月监测）已外出务工信息", columns.WORK_AWAY)
        self._planned = Export(folder, "计划外出务工信息", columns.WORK_PLANNED)
        # The system's own CSV is in GBK and wraps long numbers so that Excel keeps them.
        self._exited = open(folder / "脱贫人口名单.csv", "w", encoding="gbk", errors="replace", newline="")  # noqa: SIM115
        self._exited_rows = csv.writer(self._exited, quoting=csv.QUOTE_NONE, escapechar="\\", quotechar=None)
        self._exited_rows.writerow(columns.EXITED)
        self._exited_count = 0

    def add(self, household: Household) -> None:
        rows = monitoring_rows(household)
        hits = plant(household, rows, self._notes, self._census)
        written = [self._persons.add(row) for row in rows]
        for hit in hits:
            self._note(hit, rows, written)
        self._census.earlier = household.head
        self._households.add(self._household_row(household))
        for place, person in enumerate(household.members):
            self._add_work(household, place, person)
            if household.is_exited:
                self._add_exited(household, place, rows[place])

    def _note(self, hit: Hit, rows: list[Row], written: list[int]) -> None:
        export, value = self._persons, rows[hit.member].get(hit.header, "")
        self._notes.note(
            hit.ref,
            export.book.path,
            "Sheet1",
            written[hit.member],
            export.headers,
            hit.header,
            value,
            hit.reason,
        )

    def _household_row(self, household: Household) -> Row:
        rng, house = self._rng, household.house
        return {
            "省(区、市)": PROVINCE,
            "市(州、盟)": CITY,
            "县(市、区、旗)": COUNTY,
            "乡(镇)": TOWN,
            "行政村": household.village.name,
            "自然村": household.hamlet,
            "户编号": household.number,
            "户主姓名": household.head.name,
            "证件号码": id_no(household.head),
            "户类型": household.kind,
            "监测对象类别": household.monitor_type,
            "家庭人口数": str(len(household.members)),
            "住房面积": str(house.area),
            "房屋结构": house.structure,
            "是否有卫生厕所": "是",
            "卫生厕所类型": rng.choice(_TOILETS),
            "卫生厕所是否能正常使用": "是",
            "是否通自来水": "是",
            "入户道路是否硬化": yes(house.road != "砂石路"),
            "生活垃圾处理方式": "集中清运",
            "生活污水处理方式": rng.choice(("集中处理", "自然排放")),
            "是否通宽带": rng.choice("是否"),
        }

    def _add_work(self, household: Household, place: int, person: Person) -> None:
        shared = {
            "省": PROVINCE,
            "市": CITY,
            "县": COUNTY,
            "乡": TOWN,
            "行政村": household.village.name,
            "户编号": household.number,
            "人编号": household.person_number(place),
            "姓名": person.name,
            "证件号码": id_no(person),
            "户类型": household.kind,
            "监测对象类别": household.monitor_type,
            "劳动技能": person.labor,
            "联系电话": person.phone,
        }
        if person.work:
            self._away.add(shared | _work_columns(household, person))
        elif person.is_able:
            self._planned.add(shared | self._plan_columns())

    def _plan_columns(self) -> Row:
        rng = self._rng
        province, city, county = work_district(rng)
        return {
            "是否计划务工": "是",
            "就业服务需求": rng.choice(("岗位推荐", "技能培训", "交通补贴")),
            "计划务工所在省": province,
            "计划务工所在市": city,
            "计划务工所在县": county,
            "期望月收入": str(rng.randint(30, 58) * 100),
        }

    def _add_exited(self, household: Household, place: int, row: Row) -> None:
        person, made = household.members[place], household.episode
        self._exited_count += 1
        cells = (
            str(self._exited_count),
            "20231218",
            COUNTY,
            TOWN,
            household.village.name,
            household.hamlet,
            _wrapped(household.number),
            _wrapped(household.person_number(place)),
            person.name,
            _wrapped(id_no(person)),
            f"{len(household.members)}.0",
            person.relation,
            "汉族",
            person.education,
            person.student,
            person.health.replace(",", "，"),
            person.labor,
            row["务工时间(月)"],
            "是",
            household.cause,
            "否",
            "是",
            f"{household.income.net / len(household.members):.2f}",
            _wrapped(household.phone),
            _wrapped(person.phone) if person.age >= 16 else "",
            household.identified,
            row["人员识别时间"],
            household.kind,
            household.monitor_type,
            yes(made.removed) if made else "",
            made.since if made else "",
            made.removed if made else "",
        )
        self._exited_rows.writerow(cells)

    def close(self) -> None:
        for export in (self._persons, self._households, self._away, self._planned):
            export.book.close()
        self._exited.close()


def _wrapped(number: str) -> str:
    return f'="{number}"'


def _work_columns(household: Household, person: Person) -> Row:
    work, made = person.work, household.episode
    if work is None:
        return {}
    return {
        "风险是否已消除": yes(made.removed) if made else "",
        "是否已务工": "是",
        "开始时间": work.started,
        "结束时间": "",
        "务工所在省": work.province,
        "务工所在市": work.city,
        "务工所在县": work.county,
        "务工企业名称": work.employer,
        "所属行业": work.industry,
        "务工月收入": str(work.wage),
        "就业渠道": work.channel,
        "是否点对点输送": yes(work.is_outside_province and work.channel == "政府部门组织"),
        "年度交通费补助": "500" if work.is_outside_province else "0",
    }
