"""A household: its members, its class, its land and house, and what it receives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from bangfu.samples.people import AS_OF, Person
from bangfu.samples.places import Village

_FIRST_NUMBER = 610_010_000_000


@dataclass(slots=True)
class House:
    area: int
    structure: str
    road: str
    road_km: float
    fuel: str
    renovated_on: date | None = None


@dataclass(slots=True)
class Land:
    """In mu."""

    farm: float
    irrigated: float
    forest: float
    reforest: float
    orchard: float
    water: float


@dataclass(slots=True)
class Income:
    """In whole yuan; `forest_class` is the class of the household's compensated plot."""

    wage: int = 0
    property_income: int = 0
    operating: int = 0
    cost: int = 0
    dibao: int = 0
    tekun: int = 0
    pension: int = 0
    ecology: int = 0
    other: int = 0
    forest_class: str = ""
    forest_mu: float = 0.0
    out_of_pocket: int = 0

    @property
    def transfer(self) -> int:
        return self.dibao + self.tekun + self.pension + self.ecology + self.other

    @property
    def net(self) -> int:
        return self.wage + self.property_income + self.transfer + self.operating - self.cost


@dataclass(slots=True)
class Amounts:
    """Household income at identification or removal, in yuan."""

    size: int
    per_person: int

    @property
    def net(self) -> int:
        return self.per_person * self.size

    @property
    def operating(self) -> int:
        return self.net * 2 // 5

    @property
    def cost(self) -> int:
        return self.operating // 2

    @property
    def transfer(self) -> int:
        return self.net * 3 // 10

    @property
    def wage(self) -> int:
        return self.net - self.operating + self.cost - self.transfer


@dataclass(slots=True)
class Episode:
    """`since` and `removed` are months as YYYYMM; `removed` empty: still monitored."""

    kind: str
    since: str
    removed: str
    risks: list[str]
    disaster: str
    at_identification: Amounts
    at_removal: Amounts | None
    out_of_pocket: int
    had_housing_issue: bool
    measures: dict[str, str] = field(default_factory=dict)
    development: str = ""
    is_safety_net: bool = False


@dataclass(slots=True)
class Household:
    nth: int
    village: Village
    hamlet: str
    members: list[Person]
    is_exited: bool
    identified: str
    exit_year: str
    cause: str
    house: House
    land: Land
    income: Income
    episode: Episode | None = None
    account: str = ""
    helper: tuple[str, str] = ("", "")
    collector: tuple[str, str] = ("", "")
    awards: dict[str, float] = field(default_factory=dict)
    borrows: bool = False
    omitted: set[str] = field(default_factory=set)

    @property
    def number(self) -> str:
        return str(_FIRST_NUMBER + self.nth)

    @property
    def head(self) -> Person:
        return self.members[0]

    @property
    def phone(self) -> str:
        return next((m.phone for m in self.members if m.age >= 16), self.head.phone)

    @property
    def has_labor(self) -> bool:
        return any(m.has_labor for m in self.members)

    @property
    def has_able(self) -> bool:
        return any(m.is_able for m in self.members)

    @property
    def is_dibao(self) -> bool:
        return any(m.dibao for m in self.members)

    @property
    def is_tekun(self) -> bool:
        return any(m.tekun for m in self.members)

    @property
    def kind(self) -> str:
        return "脱贫户" if self.is_exited else "一般农户"

    @property
    def attribute(self) -> str:
        prefix = "特困供养" if self.is_tekun else "低保" if self.is_dibao else "一般"
        if self.is_exited:
            return f"{prefix}脱贫户"
        return "一般农户" if prefix == "一般" else f"{prefix}户"

    @property
    def monitor_type(self) -> str:
        return self.episode.kind if self.episode else ""

    def person_number(self, place: int) -> str:
        return f"{self.number}{place + 1:02d}"

    def added(self, person: Person) -> date | None:
        """When a child born after the household was identified joined it."""
        first = date(int(self.identified[:4]), int(self.identified[4:]), 28)
        joined = person.birth + timedelta(days=30)
        return joined if person.birth > first and joined <= AS_OF else None
