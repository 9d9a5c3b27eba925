"""Faults in the departments' lists; what one row has too much another has too little."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.demo.faults.planting import Faults
from bangfu.demo.homes import YEAR, Line
from bangfu.demo.ledgers.rows import UNIT, YUAN


def _paid_twice(faults: Faults) -> None:
    """Two students' payments of one term went to one of them: the number and the sum stay."""
    spring = [
        line for line in _benefits(faults, "yulu") if line.values["period"].endswith("春季") and line.home
    ]
    kept, lost = faults.rng.sample(spring, 2)
    lost.home, lost.stay, lost.village = kept.home, kept.stay, kept.village
    assert kept.home is not None
    faults.take(kept.home)
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
    line = faults.line("post", lambda line: bool(line.values["data_year"] == YEAR))
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


OF_LEDGERS = (
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
