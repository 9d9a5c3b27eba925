"""A person, and the numbers that no two persons share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from bangfu.samples.names import Names
from bangfu.terms.id_number import check_character

AS_OF = date(2023, 12, 18)
_SEQUENCES = 500  # three digits, of which one sex has every second


@dataclass(slots=True)
class Work:
    """Where a person works in the data year."""

    province: str
    city: str
    county: str
    months: int
    started: str
    wage: int
    employer: str
    industry: str
    channel: str

    @property
    def is_outside_province(self) -> bool:
        return self.province != "湖北省"

    @property
    def is_at_home(self) -> bool:
        return self.county == "赤壁市"


@dataclass(slots=True)
class Person:
    """One member; empty texts are what the export leaves empty."""

    name: str
    sex: str
    birth: date
    id_no: str
    phone: str
    relation: str = ""
    student: str = ""
    student_before: str = ""
    education: str = ""
    boards: bool = False
    health: str = "健康"
    disability: str = ""
    disability_level: int = 0
    labor: str = "无劳动力"
    work: Work | None = None
    post: str = ""
    dibao: bool = False
    tekun: bool = False
    self_paid: int = 0
    medical_aid: bool = False
    today: date = AS_OF

    @property
    def age(self) -> int:
        return age_on(self.birth, self.today)

    @property
    def is_ill(self) -> bool:
        return "慢性病" in self.health or "大病" in self.health

    @property
    def has_labor(self) -> bool:
        return self.labor not in ("无劳动力", "丧失劳动力")

    @property
    def is_able(self) -> bool:
        return self.labor in ("普通劳动力", "技能劳动力")


def age_on(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


class Census:
    """Names, certificate numbers and phones for a whole town, as of a day."""

    def __init__(self, today: date = AS_OF) -> None:
        self.today = today
        self.names = Names()
        self._born: dict[tuple[date, str], int] = {}
        self._phones = 80
        self.earlier: Person | None = None  # the head of the household before

    def person(self, rng: Random, sex: str, birth: date, surname: str = "", relation: str = "") -> Person:
        name = self.names.full_name(rng, sex, surname)
        while self._born.get((birth, sex), 0) >= _SEQUENCES:
            birth += timedelta(days=1)
        number = self.number(birth, sex)
        return Person(name, sex, birth, number, self.phone(), relation, today=self.today)

    def number(self, birth: date, sex: str) -> str:
        """A new ID number of the unassigned prefix."""
        nth = self._born.get((birth, sex), 0)
        self._born[(birth, sex)] = nth + 1
        sequence = (birth.toordinal() * 37 + nth) % _SEQUENCES * 2 + (sex == "男")
        first17 = f"429999{birth:%Y%m%d}{sequence:03d}"
        return first17 + check_character(first17)

    def phone(self) -> str:
        self._phones += 1
        return f"199{self._phones:08d}"


def born(rng: Random, low: int, high: int, today: date = AS_OF) -> date:
    """A birthday of somebody who is `low` to `high` years old."""
    years = rng.randint(low, max(low, high))
    return date(today.year - years, today.month, today.day) - timedelta(days=rng.randint(0, 364))
