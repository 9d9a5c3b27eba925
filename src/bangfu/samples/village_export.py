"""The village export: counts that cover the households of the register."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from bangfu.samples.household import Household
from bangfu.samples.national import Export
from bangfu.samples.national_columns import VILLAGES
from bangfu.samples.national_rows import Row, yes
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Census
from bangfu.samples.places import CITY, COUNTY, PROVINCE, TOWN, Village

_FAULTS = {
    "VIL-001": ("总人口数", "0", "总人口为零"),
    "VIL-002": ("总户数", "0", "总户数为零"),
    "VIL-003": ("村级集体经济收入（万元）", "0", "集体经济收入为零"),
}


@dataclass(slots=True)
class Counts:
    exited_households: int = 0
    exited_persons: int = 0
    households: int = 0
    persons: int = 0
    dibao_households: int = 0
    dibao_persons: int = 0
    tekun: int = 0
    disabled: int = 0

    def add(self, household: Household) -> None:
        size = len(household.members)
        self.households += 1
        self.persons += size
        if household.is_exited:
            self.exited_households += 1
            self.exited_persons += size
        self.dibao_households += household.is_dibao
        self.dibao_persons += sum(m.dibao for m in household.members)
        self.tekun += sum(m.tekun for m in household.members)
        self.disabled += sum(m.disability != "" for m in household.members)


class VillageExport:
    def __init__(self, folder: Path, notes: FaultNotes, census: Census, rng: Random) -> None:
        self._export = Export(folder, "（自定义）行政村信息", VILLAGES)
        self._notes, self._census, self._rng = notes, census, rng

    def add(self, village: Village, counts: Counts) -> None:
        row = self._row(village, counts)
        ref = next(
            (ref for ref in _FAULTS if not self._notes.planted[ref] and self._notes.due(ref, 0.0)), None
        )
        if ref:
            row[_FAULTS[ref][0]] = _FAULTS[ref][1]
        number = self._export.add(row)
        if ref:
            header, value, reason = _FAULTS[ref]
            self._notes.plant(ref)
            path = self._export.book.path
            self._notes.note(ref, path, "Sheet1", number, VILLAGES, header, value, reason)

    def _row(self, village: Village, counts: Counts) -> Row:
        rng = self._rng
        households = counts.households * 4 + rng.randint(380, 560)
        persons = counts.persons * 4 + rng.randint(1400, 1900)
        labor = persons * 55 // 100
        young, middle = labor * 40 // 100, labor * 30 // 100
        is_listed = rng.random() < 0.5
        return {
            "年度": "2023",
            "省": PROVINCE,
            "市": CITY,
            "县": COUNTY,
            "乡": TOWN,
            "村": village.name,
            "行政村代码": village.code,
            "是否出列": yes(is_listed),
            "出列年度": str(rng.choice((2017, 2018))) if is_listed else "",
            "自然村数": str(rng.randint(7, 15)),
            "村民小组数": str(rng.randint(9, 20)),
            "总户数": str(households),
            "总人口数": str(persons),
            "脱贫户数": str(counts.exited_households),
            "脱贫人口数": str(counts.exited_persons),
            "劳动力人数": str(labor),
            "其中：16-39岁": str(young),
            "其中：40-49岁": str(middle),
            "其中：50-60岁": str(labor - young - middle),
            "外出务工人数": str(labor * 45 // 100),
            "村级集体经济收入（万元）": f"{rng.randint(60, 300) / 10:.1f}",
            "村小学（个数）": str(rng.randint(0, 1)),
            "参加城乡居民基本养老保险人数": str(persons * 60 // 100),
            "行政村卫生室个数": "1",
            "行政村公共卫生厕所个数": str(rng.randint(1, 4)),
            "行政村执业（助理）医师（人）": str(rng.randint(1, 2)),
            "行政村生产生活垃圾集中堆放点个数（个）": str(rng.randint(3, 8)),
            "行政村文化（图书）室个数 （个）": "1",
            "低保户数": str(counts.dibao_households),
            "低保人口数": str(counts.dibao_persons),
            "特困供养人口数": str(counts.tekun),
            "残疾人口数": str(counts.disabled),
            "是否通客运班车": "是",
            "到乡镇是否通沥青（水泥）路": "是",
            "未实现饮水安全户数": "0",
            "危房户数": "0",
            "村第一书记": self._census.names.full_name(rng, "男"),
            "联系电话": self._census.phone(),
        }

    def close(self) -> None:
        self._export.book.close()
