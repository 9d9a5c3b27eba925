"""Micro-loans up to April 2020: those of households at most 50,000 yuan each, those of businesses apart.

Published: 161 loans of 11,380,000 yuan; 61 repaid with 4,859,000, of which 48 with 3,500,000 in 2019; none overdue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from bangfu.demo.homes import Block, Home, Values
from bangfu.demo.ledgers.rows import UNIT, YUAN, day_in, some, split
from bangfu.samples.places import Village


@dataclass(frozen=True)
class Group:
    """Loans that ended alike: number and sum (yuan) of the households', the businesses' one by one, and their years."""

    households: int
    household_sum: int
    businesses: tuple[int, ...]
    granted: tuple[int, ...]
    term: int
    is_settled: bool


GROUPS = (
    Group(11, 509_000, (450_000, 400_000), (2016,), 2, True),
    Group(44, 2_060_000, (300_000, 340_000, 400_000, 400_000), (2017,), 2, True),
    Group(94, 4_421_000, (350_000,) * 6, (2018, 2019), 3, False),
)
_MOST, _LEAST = 50_000, 20_000
_PURPOSES = ("发展茶叶种植", "发展茶叶种植", "购买农机具", "发展生猪养殖", "发展水产养殖")


def add_loans(rng: Random, block: Block, villages: Sequence[Village]) -> None:
    homes = some(rng, [home for home in block.homes if _may_borrow(home)], sum(g.households for g in GROUPS))
    number = 0
    for group in GROUPS:
        sums = split(rng, group.household_sum, group.households, _LEAST, _MOST, 1_000)
        for principal in sums:
            number += 1
            row = _loan(rng, group, principal, f"CAL{block.nth:04d}{number:04d}")
            block.give("loan", homes.pop(), None, {**row, **_of_household(rng)})
            _follow(block, row)
        for principal in group.businesses if block.nth == 0 else ():
            number += 1
            village, row = rng.choice(villages), _loan(rng, group, principal, f"CALQ{number:04d}")
            block.give_outsider("loan", village, {**row, **_of_business(rng, village, number)})
            _follow(block, row)


def _may_borrow(home: Home) -> bool:
    is_able = home.has_able and 22 <= home.head.person.age <= 60
    return is_able and home.identified < 201600 and not home.is_monitored


def _loan(rng: Random, group: Group, principal: int, number: str) -> Values:
    granted = day_in(rng, rng.choice(group.granted), 8, 11)
    due = granted + group.term * 10000
    settled = due if group.is_settled else None
    return {
        "loan_no": number,
        "contract_no": f"HT{number}",
        "contract_on": granted,
        "guarantee": "风险补偿金",
        "bank_name": "赤壁农村商业银行茶庵岭支行",
        "principal": principal * YUAN,
        "granted_on": granted,
        "due_on": due,
        "months": group.term * 12,
        "rate_percent": 475 * UNIT // 100,
        "repaid": principal * YUAN if settled else 0,
        "outstanding": 0 if settled else principal * YUAN,
        "last_repaid_on": settled,
        "settled_on": settled,
        "state": "结清" if settled else "正常",
    }


def _of_household(rng: Random) -> Values:
    return {"loan_kind": "户贷", "borrower_id_kind": "证件号码", "purpose": rng.choice(_PURPOSES)}


def _of_business(rng: Random, village: Village, number: int) -> Values:
    driven = rng.randint(8, 20)
    return {
        "loan_kind": "新型经营主体带贫贷",
        "borrower_id_kind": "统一社会信用代码",
        "purpose": "带动贫困户发展产业",
        "full_name": f"{village.name}第{number}种养专业合作社",
        "credit_code": f"93429999MA{rng.randint(10**7, 10**8 - 1)}",
        "driven_households": driven,
        "note": f"带动{driven}户",
    }


def _follow(block: Block, loan: Values) -> None:
    """The bank looks at what the money went into, reminds a month before it is due, and has it back."""
    looked = loan["granted_on"] + 100
    checked = {
        "event": "贷后检查",
        "happened_on": looked,
        "is_used_as_agreed": True,
        "result": "用于申请的产业",
    }
    block.give_town("loan_event", {"loan_no": loan["loan_no"], **checked, "handled_by": "客户经理"})
    if loan["settled_on"]:
        reminded = {"event": "到期提醒", "happened_on": loan["due_on"] - 100, "result": "已通知借款人"}
        block.give_town("loan_event", {"loan_no": loan["loan_no"], **reminded})
        repaid = {"repaid_on": loan["settled_on"], "repaid_principal": loan["principal"]}
        block.give_town("loan_repayment", {"loan_no": loan["loan_no"], **repaid})
