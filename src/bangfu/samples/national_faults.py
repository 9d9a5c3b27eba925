"""Faults of the monitoring export: each changes one household's rows where that is possible, else does nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bangfu.samples.household import Household
from bangfu.samples.national_rows import Row
from bangfu.samples.notes import FaultNotes
from bangfu.samples.people import Census, Person
from bangfu.samples.schooling import stage
from bangfu.terms.id_number import check_character

_RATE = 0.0006  # of about fifty kinds, so that some two households in a hundred get one
_RARE = ("U-009", "MEA-002", "SEC-005", "MON-003")  # a small town has few places for them: the first is taken
_SAFETY_NET = "综合保障"


@dataclass(frozen=True, slots=True)
class Hit:
    """A planted fault: which member's row, which cell, why."""

    ref: str
    member: int
    header: str
    reason: str


Change = Callable[[Household, list[Row], Census], tuple[int, str] | None]
_REASONS: dict[str, str] = {}
_CHANGES: dict[str, Change] = {}


def _fault(ref: str, reason: str) -> Callable[[Change], Change]:
    def register(change: Change) -> Change:
        _REASONS[ref], _CHANGES[ref] = reason, change
        return change

    return register


def plant(household: Household, rows: list[Row], notes: FaultNotes, census: Census) -> list[Hit]:
    """At most one fault a household."""
    for ref, change in _CHANGES.items():
        if not notes.due(ref, 0.0 if ref in _RARE else _RATE):
            continue
        hit = change(household, rows, census)
        if hit is not None:
            notes.plant(ref)
            return [Hit(ref, hit[0], hit[1], _REASONS[ref])]
    return []


def _first(household: Household, wanted: Callable[[Person], bool]) -> int | None:
    return next((place for place, person in enumerate(household.members) if wanted(person)), None)


def _on_person(ref: str, header: str, value: str, reason: str, wanted: Callable[[Person], bool]) -> None:
    def change(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
        place = _first(household, wanted)
        if place is None:
            return None
        rows[place][header] = value
        return place, header

    _fault(ref, reason)(change)


def _on_household(
    ref: str, header: str, value: str, reason: str, wanted: Callable[[Household], bool]
) -> None:
    def change(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
        if not wanted(household):
            return None
        for row in rows:
            row[header] = value
        return 0, header

    _fault(ref, reason)(change)


def _is_open(household: Household) -> bool:
    return household.episode is not None and not household.episode.removed


# Rare conditions first: a household takes one fault, and the common ones find another soon.


@_fault("U-009", "低保家庭持证残疾人未发生活补贴")
def _no_living(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    return _omitted(household, "生活补贴", lambda m: m.dibao and m.disability != "", "享受低保政策情况")


@_fault("HH-003", "一户两个配偶")
def _two_spouses(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    place = _first(household, lambda m: m.relation == "之女" and m.age >= 22)
    if place is None:
        return None
    rows[place]["与户主关系"] = "配偶"
    return place, "与户主关系"


_on_household(
    "MEA-002",
    _SAFETY_NET,
    "临时救助",
    "家中有低保人口但措施未登记",
    lambda h: _is_open(h) and h.is_dibao,
)
_on_household(
    "SEC-005",
    "风险消除后是否饮水设施损毁",
    "是",
    "已消除风险户三保障出现问题",
    lambda h: h.episode is not None and bool(h.episode.removed),
)
_on_household(
    "MON-003",
    "因自然灾害子项",
    "",
    "自然灾害未选子项",
    lambda h: h.episode is not None and bool(h.episode.disaster),
)
_on_household(
    "MON-002",
    "致贫/返贫风险3",
    "其他",
    "风险为其他未备注",
    lambda h: h.episode is not None and len(h.episode.risks) == 2,
)
_on_household(
    "MEA-001",
    _SAFETY_NET,
    "低保",
    "措施登记低保但家中无低保人口",
    lambda h: _is_open(h) and not h.is_dibao and not h.episode.measures[_SAFETY_NET] if h.episode else False,
)
_on_household(
    "MEA-003",
    _SAFETY_NET,
    "特困供养",
    "措施登记特困但家中无特困人口",
    lambda h: _is_open(h) and not h.is_tekun and not h.episode.measures[_SAFETY_NET] if h.episode else False,
)


@_fault("MON-001", "监测对象风险类型为空")
def _no_risk(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    if not _is_open(household):
        return None
    for row in rows:
        for number in range(1, 6):
            row[f"致贫/返贫风险{number}"] = ""
    return 0, "致贫/返贫风险1"


@_fault("U-005", "中高职学生未在雨露计划名单中")
def _no_yulu(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    return _omitted(household, "雨露", lambda m: stage(m.student) in ("中职", "高职高专"), "在校生状况")


@_fault("U-010", "一二级残疾人未发护理补贴")
def _no_nursing(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    is_severe = _first(household, lambda m: m.disability_level in (1, 2))
    return (
        None
        if is_severe is None
        else _omitted(household, "护理补贴", lambda m: m is household.members[is_severe], "残疾等级")
    )


@_fault("HLT-013", "居民医保标识与医保参保名单不一致")
def _not_insured(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    return _omitted(household, "参保", lambda m: m is household.head, "是否参加城乡居民基本医疗保险")


def _omitted(
    household: Household, what: str, wanted: Callable[[Person], bool], header: str
) -> tuple[int, str] | None:
    """The department's list leaves the household out."""
    place = _first(household, wanted)
    if place is None:
        return None
    household.omitted.add(what)
    return place, header


_on_person("HLT-004", "健康状况", "长期慢性病", "有残疾证但健康状况不含残疾", lambda m: m.disability != "")
_on_person("HLT-002", "健康状况", "健康,长期慢性病", "健康与疾病同选", lambda m: m.health == "长期慢性病")
_on_person("HLT-003", "健康状况", "残疾", "健康状况为残疾但无残疾人证", lambda m: m.health == "长期慢性病")
_on_person(
    "LAB-003",
    "劳动技能",
    "普通劳动力",
    "60岁以上为普通或技能劳动力",
    lambda m: m.age >= 60 and m.health == "健康",
)
_on_person("EDU-003", "在校生状况", "高一", "在校生状况不在码表", lambda m: m.student == "普通高中一年级")
_on_person("LAB-002", "劳动技能", "普通劳动力", "16岁以下不是无劳动力", lambda m: 6 <= m.age < 16)


@_fault("EDU-004", "义务教育适龄儿童不在校且无原因")
def _out_of_school(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    place = _first(household, lambda m: m.student == "小学" and m.age >= 8)
    if place is None:
        return None
    rows[place]["在校生状况"], rows[place]["文化程度"] = "", "文盲或半文盲"
    return place, "义务教育阶段未上学原因"


@_fault("HH-002", "一户多户主")
def _two_heads(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    place = _first(household, lambda m: m.relation == "之子" and m.age >= 18)
    if place is None:
        return None
    rows[place]["与户主关系"] = "户主"
    return place, "与户主关系"


@_fault("HH-004", "户主与配偶同性别")
def _same_sex(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    place = _first(household, lambda m: m.relation == "配偶" and not m.disability)
    if place is None:
        return None
    person = household.members[place]
    person.sex, person.id_no = household.head.sex, census.number(person.birth, household.head.sex)
    rows[place]["性别"], rows[place]["证件号码"] = person.sex, person.id_no
    return place, "与户主关系"


_on_person("HH-001", "与户主关系", "其他", "户无户主", lambda m: m.relation == "户主")
_on_person("EDU-001", "文化程度", "", "文化程度与在校生状况同空", lambda m: not m.student)
_on_person("EDU-002", "文化程度", "初中毕业", "文化程度不在码表", lambda m: m.education == "初中")
_on_person("HLT-001", "健康状况", "", "健康状况为空", lambda m: m.health == "健康" and m.relation != "户主")
_on_person("HLT-008", "是否参加大病保险", "", "大病保险为空", lambda m: True)
_on_person("LAB-001", "劳动技能", "", "劳动技能为空", lambda m: m.age >= 60)
_on_person("LAB-029", "是否国外务工", "", "是否国外务工为空", lambda m: True)
_on_person("ID-009", "民族", "", "民族为空", lambda m: True)
_on_person("ID-018", "是否会讲普通话", "", "会讲普通话为空", lambda m: True)
_on_person("ID-011", "政治面貌", "党员", "政治面貌不在码表", lambda m: m.age >= 30)
_on_person("HLT-006", "是否参加城镇职工基本医疗保险", "是", "居民与职工医保同时为是", lambda m: m.age >= 18)


def _is_plain(person: Person) -> bool:
    return not person.disability and person.relation != "户主"


def _number(ref: str, reason: str, spoil: Callable[[str], str]) -> None:
    def change(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
        place = _first(household, _is_plain)
        if place is None:
            return None
        rows[place]["证件号码"] = spoil(household.members[place].id_no)
        return place, "证件号码"

    _fault(ref, reason)(change)


def _wrong_check(id_no: str) -> str:
    return id_no[:17] + ("1" if id_no[17] != "1" else "2")


def _no_such_day(id_no: str) -> str:
    first17 = f"{id_no[:10]}0231{id_no[14:17]}"
    return first17 + check_character(first17)


_number("ID-002", "证件号码位数不是18、20、22位", lambda id_no: id_no[:17])
_number("ID-003", "第18位校验码不符", _wrong_check)
_number("ID-004", "证件号码出生日期段不是日历日期", _no_such_day)


@_fault("ID-001", "同一证件号码在两户在册")
def _number_of_another(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    other = census.earlier
    place = _first(
        household, lambda m: _is_plain(m) and other is not None and m.sex == other.sex and m.age >= 20
    )
    if place is None or other is None:
        return None
    rows[place]["证件号码"], rows[place]["出生日期"] = other.id_no, f"{other.birth:%Y%m%d}"
    return place, "证件号码"


@_fault("ID-008", "出生日期与身份证不符")
def _birth_differs(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    place = _first(household, lambda m: _is_plain(m) and 30 <= m.age < 55 and m.birth.day < 28)
    if place is None:
        return None
    rows[place]["出生日期"] = f"{household.members[place].birth:%Y%m}28"
    return place, "出生日期"


_on_household("TIM-001", "脱贫年度", "2012", "脱贫年度早于识别年度", lambda h: h.is_exited)
_on_household("TIM-002", "脱贫年度", "", "脱贫户无脱贫年度", lambda h: h.is_exited)
_on_household("TIM-003", "脱贫年度", "2024", "脱贫年度晚于数据年度", lambda h: h.is_exited)
_on_household("SEC-001", "是否危房户", "是", "住危房未纳入监测", lambda h: h.episode is None)
_on_household("SEC-002", "是否解决安全饮用水", "否", "饮水未解决未纳入监测", lambda h: h.episode is None)
_on_household("SEC-016", "是否通生活用电", "", "未通生活用电或为空", lambda h: True)
_on_household("ID-020", "户联系电话", "", "户联系电话为空", lambda h: True)
_on_household("ID-027", "开户银行", "", "开户行为空", lambda h: True)


def _with_net(household: Household, rows: list[Row], net: int, per_person: float) -> None:
    for row in rows:
        row["纯收入"], row["人均纯收入（元）"] = str(net), f"{per_person:.2f}"


@_fault("INC-001", "分项之和与纯收入不符")
def _net_wrong(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    net, size = household.income.net + 2000, len(rows)
    _with_net(household, rows, net, net / size)
    return 0, "纯收入"


@_fault("INC-002", "纯收入÷人口与人均纯收入差1元以上")
def _per_person_wrong(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    net = household.income.net
    _with_net(household, rows, net, net / len(rows) + 3000)
    return 0, "人均纯收入（元）"


@_fault("INC-003", "收入分项为负")
def _negative(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    net = household.income.net - household.income.property_income - 300
    for row in rows:
        row["财产性收入"] = "-300"
    _with_net(household, rows, net, net / len(rows))
    return 0, "财产性收入"


@_fault("HH-011", "填报人口数与成员数不一致")
def _size_wrong(household: Household, rows: list[Row], census: Census) -> tuple[int, str] | None:
    size = len(rows) + 1
    for row in rows:
        row["家庭人口数"] = str(size)
    _with_net(household, rows, household.income.net, household.income.net / size)
    return 0, "家庭人口数"
