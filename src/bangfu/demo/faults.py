"""Faults as offices make them, planted one by one: none changes a published total, each is known by its check.

A household or a row that carries one fault carries no other.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random

from bangfu.demo.homes import YEAR, Block, Home, Line, Stay, Values, day
from bangfu.demo.ledgers.deaths import give_death
from bangfu.demo.ledgers.projects import FUND
from bangfu.demo.ledgers.rows import UNIT, YUAN
from bangfu.policy.examples import join_labels
from bangfu.samples.people import Person
from bangfu.samples.schooling import stage

FILE = "已知问题.tsv"
_BELOW_FLOOR = 3_860 * YUAN  # the floor of 2020 is 4,000
_HEADERS = ("规则", "对象", "村", "原因", "来由")


@dataclass(frozen=True)
class Planted:
    """What a check must find: its id and subject as findings name them; `cause` is the fault that it follows from."""

    check: str
    subject: str
    village: str
    why: str
    cause: str = ""


@dataclass
class Faults:
    """Plants into a block; homes and rows are taken once."""

    rng: Random
    block: Block
    planted: list[Planted] = field(default_factory=list)
    _taken: set[int] = field(default_factory=set)

    def home(self, fits: Callable[[Home], bool]) -> Home:
        """A home that fits and has no fault yet."""
        free = [home for home in self.block.homes if id(home) not in self._taken and not home.is_monitored]
        found = self.rng.choice([home for home in free if fits(home)])
        self._taken.add(id(found))
        return found

    def stay(self, fits: Callable[[Home, Stay], bool]) -> tuple[Home, Stay]:
        home = self.home(lambda home: any(fits(home, stay) for stay in home.staying()))
        return home, self.rng.choice([stay for stay in home.staying() if fits(home, stay)])

    def line(self, table: str, fits: Callable[[Line], bool]) -> Line:
        """A row of a ledger; its home is taken with it."""
        found = self.rng.choice(
            [
                line
                for line in self.block.lines
                if line.table == table and id(line.home or line) not in self._taken and fits(line)
            ]
        )
        self._taken.add(id(found.home or found))
        return found

    def of_home(self, home: Home, why: str, *checks: str, cause: str = "") -> None:
        """The first check is the fault's own unless there is a cause; the others follow from it."""
        for check in checks:
            self._note(check, home.number, home.village.name, why, cause or checks[0])

    def of_stay(self, home: Home, stay: Stay, why: str, *checks: str) -> None:
        for check in checks:
            self._note(check, home.number_of(stay), home.village.name, why, checks[0])

    def of_line(self, line: Line, why: str, *checks: str) -> None:
        assert line.village is not None
        who = line.home.number_of(line.stay) if line.home and line.stay else line.values["project_name"]
        for check in checks:
            self._note(check, who, line.village.name, why, checks[0])

    def _note(self, check: str, subject: str, village: str, why: str, first: str) -> None:
        self.planted.append(Planted(check, subject, village, why, "" if check == first else first))


def plant(rng: Random, block: Block) -> list[Planted]:
    """Every kind of fault once."""
    faults = Faults(rng, block)
    for one in (*_OF_PERSONS, *_OF_HOUSEHOLDS, *_OF_LEDGERS, *_OF_PROJECTS):
        one(faults)
    return faults.planted


def write_list(folder: Path, planted: list[Planted]) -> Path:
    """The list beside the home, for whoever wants to know what there is to be found."""
    path = folder / FILE
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out, dialect="excel-tab")
        writer.writerow(_HEADERS)
        writer.writerows(
            sorted((item.check, item.subject, item.village, item.why, item.cause) for item in planted)
        )
    return path


# -- persons -----------------------------------------------------------------------------------------


def _is_plain(person: Person) -> bool:
    return not person.disability and not person.post and person.work is None and person.health == "健康"


def _wrong_birthday(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    birth = stay.person.birth
    stay.told["birth_date"] = day(birth.replace(day=birth.day + 1 if birth.day < 28 else 27))
    faults.of_stay(home, stay, "出生日期录错一天,与身份证不符", "identity.birth_date_differs_from_number")


def _wrong_sex(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stay is home.head and len(home.members) == 1 and _is_plain(stay.person)
    )
    stay.told["sex"] = "女" if stay.person.sex == "男" else "男"
    faults.of_stay(home, stay, "性别录反,与身份证不符", "identity.sex_differs_from_number")


def _wrong_check_character(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    last = stay.person.id_no[-1]
    stay.told["id_no"] = stay.person.id_no[:-1] + ("1" if last != "1" else "2")
    faults.of_stay(home, stay, "身份证末位抄错", "identity.checksum_wrong")


def _no_relation(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stay is not home.head and _is_plain(stay.person))
    stay.told["relation_to_head"] = None
    faults.of_stay(home, stay, "与户主关系漏填", "household.relation_outside_codelist")


def _pupil_with_schooling(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stage(stay.person.student) == "小学")
    stay.told["education_level"] = "小学"
    faults.of_stay(home, stay, "在校生又填了文化程度", "education.level_and_student_status")


def _child_not_at_school(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stage(stay.person.student) == "小学" and 8 <= stay.person.age <= 10
    )
    stay.told |= {"student_status": None, "education_level": "小学"}
    faults.of_stay(
        home,
        stay,
        "小学生漏填在校生状况",
        "education.school_age_child_not_at_school",
        "education.stage_differs_from_school_roll",
    )


def _dropped_out(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stage(stay.person.student) == "初中")
    stay.told |= {"student_status": None, "education_level": "小学", "dropout_reason": "厌学"}
    for line in faults.block.lines:
        if line.stay is stay and line.table == "school_roll":
            line.values |= {"state": "辍学", "left_on": 20200110}
    faults.of_home(home, "有孩子厌学失学,没有纳入监测", "living.dropout_not_monitored")


def _uninsured(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 25 < stay.person.age < 55 and _is_plain(stay.person))
    stay.told |= {"resident_medical_ins": False, "major_illness_ins": False}
    lines = faults.block.lines
    lines[:] = [line for line in lines if line.stay is not stay or line.table != "insurance"]
    why, first = "没有参加医保", "health.no_medical_insurance"
    faults.of_stay(home, stay, why, first)
    faults.of_home(home, why, "living.uninsured_not_monitored", cause=first)


def _healthy_and_ill(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: stay.person.health == "长期慢性病" and stay.person.age >= 60)
    stay.told["health_status"] = join_labels(["健康", "长期慢性病"])
    faults.of_stay(home, stay, "健康和慢性病同时选", "health.healthy_and_ill")


def _child_with_labour(faults: Faults) -> None:
    home, stay = faults.stay(lambda home, stay: 6 <= stay.person.age <= 12)
    stay.told["labor_ability"] = "普通劳动力"
    faults.of_stay(home, stay, "儿童填成普通劳动力", "labor.child_with_labour", "labor.student_with_labour")


def _work_without_months(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: (
            bool(stay.person.work)
            and stay.person.labor == "普通劳动力"
            and stay.person.education in ("小学", "初中")
            and sum(person.work is not None for person in home.members) == 1
        )
    )
    stay.told["work_months"] = None
    faults.of_stay(home, stay, "有务工地没有务工月数", "labor.work_place_and_months")


def _certificate_but_healthy(faults: Faults) -> None:
    home, stay = faults.stay(
        lambda home, stay: stay.person.disability_level in (1, 2) and stay.person.age >= 60
    )
    stay.told["health_status"] = join_labels(["健康"])
    faults.of_stay(home, stay, "有残疾证,健康状况填成健康", "health.certificate_without_disability")


def _dead_and_paid(faults: Faults) -> None:
    """Died in August, still on the register and on the allowance's list until December."""
    line = faults.line(
        "benefit",
        lambda line: (
            line.values["programme"] == "dibao"
            and line.home is not None
            and line.stay is not None
            and line.stay is not line.home.head
            and line.stay.person.age >= 62
            and _is_plain(line.stay.person)
        ),
    )
    assert line.home is not None
    assert line.stay is not None
    give_death(faults.block, line.home, line.stay, date(YEAR, 8, 12))
    why = "8月12日死亡,仍在册,低保发到12月"
    faults.of_stay(line.home, line.stay, why, "dibao.paid_after_death", "identity.dead_but_registered")


_OF_PERSONS = (
    _wrong_birthday,
    _wrong_sex,
    _wrong_check_character,
    _no_relation,
    _pupil_with_schooling,
    _child_not_at_school,
    _dropped_out,
    _uninsured,
    _healthy_and_ill,
    _child_with_labour,
    _work_without_months,
    _certificate_but_healthy,
    _dead_and_paid,
)


# -- households --------------------------------------------------------------------------------------


def _shared_account(faults: Faults) -> None:
    first = faults.home(lambda home: not home.is_dibao and not home.is_tekun)
    second = faults.home(lambda home: home.village is first.village and not home.is_dibao)
    second.told["bank_account_no"] = first.account
    for home in (first, second):
        faults.of_home(home, "两户填了同一个一卡通账号", "identity.account_shared_by_households")


def _short_phone(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told["household_phone"] = home.phone[:-1]
    faults.of_home(home, "户联系电话少一位", "identity.household_phone_invalid")


def _no_cause(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told["poverty_cause_main"] = None
    faults.of_home(home, "主要致贫原因漏填", "household.poverty_cause_missing")


def _wrong_size(faults: Faults) -> None:
    home = faults.home(lambda home: len(home.members) > 2)
    home.told_of_year["household_size"] = len(home.members) + 1
    faults.of_home(home, "填报人口比成员多一人", "household.size_differs_from_members")


def _wrong_sum(faults: Faults) -> None:
    home = faults.home(lambda home: home.years[YEAR]["wage_income"] > 5_000 * YUAN)
    home.told_of_year["wage_income"] = home.years[YEAR]["wage_income"] + 600 * YUAN
    faults.of_home(home, "工资性收入多填600元,与纯收入不勾稽", "income.components_do_not_add_up")


def _wrong_share(faults: Faults) -> None:
    home = faults.home(lambda home: len(home.members) > 3)
    home.told_of_year["per_capita_net_income"] = home.years[YEAR]["per_capita_net_income"] + 300 * YUAN
    faults.of_home(home, "人均纯收入算错300元", "income.per_capita_wrong")


def _low_income(faults: Faults) -> None:
    """All of it adds up, and is below the floor of 2020."""
    home = faults.home(lambda home: _could_have_less(home.years[YEAR]))
    income = dict(home.years[YEAR])
    size = income["household_size"]
    less = income["net_income"] - _BELOW_FLOOR * size
    income["operating_income"] -= less
    income |= {"net_income": _BELOW_FLOOR * size, "per_capita_net_income": _BELOW_FLOOR}
    home.told_of_year |= income
    faults.of_home(home, "人均纯收入3860元,低于4000元", "income.below_floor")


def _could_have_less(income: Values) -> bool:
    """Whether the farm alone makes the difference."""
    less = income["net_income"] - _BELOW_FLOOR * income["household_size"]
    left = income["operating_income"] - less
    transfers = income["transfer_income"]
    return bool(0 < less < income["operating_income"] - 1_000 * YUAN < 2 * left and transfers < less)


def _too_much_irrigated(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    assert home.land is not None
    home.told_of_year["irrigated_mu"] = round(home.land.farm * 10 + 8) * UNIT // 10
    faults.of_home(home, "有效灌溉面积大于耕地面积", "living.irrigated_exceeds_farmland")


def _unsafe_water(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told_of_year["water_safe"] = False
    faults.of_home(
        home, "安全饮水填成未解决", "living.exited_below_standard", "living.unsafe_water_not_monitored"
    )


def _no_road(faults: Faults) -> None:
    home = faults.home(lambda home: True)
    home.told_of_year |= {"access_road_type": None, "access_road_hardened": None}
    faults.of_home(home, "入户路类型漏填", "living.access_road_empty")


_OF_HOUSEHOLDS = (
    _shared_account,
    _short_phone,
    _no_cause,
    _wrong_size,
    _wrong_sum,
    _wrong_share,
    _low_income,
    _too_much_irrigated,
    _unsafe_water,
    _no_road,
)


# -- ledgers -----------------------------------------------------------------------------------------


def _paid_twice(faults: Faults) -> None:
    """Two students' payments of one term went to one of them: the number and the sum stay."""
    spring = [
        line for line in _benefits(faults, "yulu") if line.values["period"].endswith("春季") and line.home
    ]
    kept, lost = faults.rng.sample(spring, 2)
    lost.home, lost.stay, lost.village = kept.home, kept.stay, kept.village
    assert kept.home is not None
    faults._taken.add(id(kept.home))
    faults.of_line(kept, "同一学生同一学期雨露计划发放两次", "yulu.paid_twice")


def _benefits(faults: Faults, programme: str) -> Iterator[Line]:
    for line in faults.block.lines:
        if line.table == "benefit" and line.values["programme"] == programme:
            yield line


def _wrong_standard(faults: Faults) -> None:
    line = faults.line("benefit", lambda line: line.values["programme"] == "award_crop")
    line.values["unit_standard"] = 150 * YUAN
    faults.of_line(line, "补助标准写成150元,与发放金额不符", "award_crop.wrong_amount")


def _beyond_certificate(faults: Faults) -> None:
    line = faults.line(
        "benefit",
        lambda line: (
            line.values["programme"] == "forest_public"
            and line.home is not None
            and line.values["quantity"] > 5 * UNIT
        ),
    )
    line.values["certified_quantity"] -= 3 * UNIT
    faults.of_line(line, "补偿面积超过林权证面积3亩", "improper.forest_area_exceeds_certificate")


def _more_than_asked(faults: Faults) -> None:
    line = faults.line("benefit", _is_paid_claim)
    line.values["applied_amount"] = line.values["amount"] - 3_000 * YUAN
    faults.of_line(line, "赔付金额大于申请金额", "report.claim_more_than_applied")


def _paid_before_approval(faults: Faults) -> None:
    line = faults.line("benefit", _is_paid_claim)
    line.values["approved_on"], line.values["paid_on"] = line.values["paid_on"], line.values["approved_on"]
    faults.of_line(line, "审批前已经赔付", "improper.fangpin_paid_before_approval")


def _is_paid_claim(line: Line) -> bool:
    return bool(line.values["programme"] == "fangpin_insurance" and line.values["amount"])


def _above_the_cap(faults: Faults) -> None:
    """One borrower has 10,000 yuan more than allowed, another that much less."""
    line = faults.line("loan", lambda line: _is_open(line) and line.values["principal"] == 50_000 * YUAN)
    other = faults.line("loan", lambda line: _is_open(line) and line.values["principal"] >= 40_000 * YUAN)
    for loan, more in ((line, 10_000 * YUAN), (other, -10_000 * YUAN)):
        loan.values["principal"] += more
        loan.values["outstanding"] += more
    faults.of_line(line, "户贷超过5万元", "loan.principal_above_cap")


def _too_long(faults: Faults) -> None:
    line = faults.line("loan", _is_open)
    line.values["due_on"] += 10000
    line.values["months"] += 12
    faults.of_line(line, "贷款期限四年", "loan.term_too_long")


def _is_open(line: Line) -> bool:
    return line.home is not None and bool(line.values["outstanding"])


def _more_than_the_cost(faults: Faults) -> None:
    line = faults.line("hospital_stay", lambda line: line.values["stay_kind"] == "住院")
    paid = line.values["basic_reimbursed"] + line.values["medical_aid"]
    line.values |= {"total_cost": paid - 100 * YUAN, "self_paid": 0}
    faults.of_line(line, "报销金额大于总费用", "improper.reimbursed_more_than_cost")


def _no_attendance(faults: Faults) -> None:
    line = faults.line("post", lambda line: True)
    line.values["attendance_months"] = 9
    faults.of_line(line, "考勤9个月,补贴发了12个月", "post.paid_without_attendance")


def _two_courses_at_once(faults: Faults) -> None:
    """Somebody's seat in the first session was signed for by another: the number of seats stays."""
    first = [
        line
        for line in faults.block.lines
        if line.table == "training" and line.values["started_on"] == 20190513
    ]
    kept, lost = faults.rng.sample(first, 2)
    lost.home, lost.stay, lost.village = kept.home, kept.stay, kept.village
    faults.of_line(kept, "同一人在同一期培训签到两次", "training.overlapping")


_OF_LEDGERS = (
    _paid_twice,
    _wrong_standard,
    _beyond_certificate,
    _more_than_asked,
    _paid_before_approval,
    _above_the_cap,
    _too_long,
    _more_than_the_cost,
    _no_attendance,
    _two_courses_at_once,
)


# -- projects ----------------------------------------------------------------------------------------


def _started_too_early(faults: Faults) -> None:
    line = faults.line("project", _is_done)
    line.values |= {"started_on": line.values["publicised_from"] - 1, "pre_notice_on": None}
    why = "开工早于公示,实施前没有公示"
    faults.of_line(line, why, "project.started_before_publicity", "project.started_without_pre_notice")


def _short_notice(faults: Faults) -> None:
    line = faults.line("project", lambda line: _is_done(line) and line.values["data_year"] == YEAR)
    line.values["publicised_until"] = line.values["publicised_from"] + 5
    faults.of_line(line, "项目公示只有5天", "project.publicity_too_short")


def _retention_too_high(faults: Faults) -> None:
    line = faults.line("project", lambda line: _is_done(line) and line.values["data_year"] == YEAR)
    line.values["retention"] = line.values["total_investment"] * 5 // 100
    faults.of_line(line, "质保金留了5%", "project.retention_above_cap")


def _is_done(line: Line) -> bool:
    return bool(line.values["state"] == "已完成" and line.values["fund_nature"] == FUND)


_OF_PROJECTS = (_started_too_early, _short_notice, _retention_too_high)
