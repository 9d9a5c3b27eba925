"""What a household may have stands on its card by the rules of who is entitled, and what is in doubt is said so."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.ledger import actions as ledger
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Join
from bangfu.registry.actions.statuses import Happened, record_statuses
from bangfu.registry.scope import EVERYTHING
from bangfu.reporting.papers.cards import cards_of
from tests.home.office_with_faults import run

DAY = 20231218
ENTITLED, IMPROPER = "disabled_nursing.entitled_not_received", "elder_allowance.received_not_entitled"


@pytest.fixture
def office(home: Path) -> Path:
    """Two severely disabled persons, one without allowance; the other, of forty, is paid the allowance of the old."""
    with transaction(actor="测试", source=Source("form")) as change:
        [village] = actions.add_villages(change, [{"village_name": "罗峰村"}])
        [household] = actions.add_households(
            change,
            [
                {
                    "nat_household_no": "610000000001",
                    "village_key": village,
                    "village_name": "罗峰村",
                    "household_type": "脱贫户",
                }
            ],
        )
        persons = actions.add_persons(
            change,
            [
                {"full_name": "甲一", "birth_date": 19700101, "disability_level": "一级", "data_year": 2023},
                {"full_name": "乙二", "birth_date": 19830612, "disability_level": "二级", "data_year": 2023},
            ],
        )
        actions.join(change, [Join(person, household, 20140101) for person in persons])
        actions.set_heads(change, {household: persons[0]}, 20140101)
        record_statuses(
            change, [Happened(household, "识别", 20140101), Happened(household, "脱贫", 20181231)]
        )
        told = {"person_key": persons[1], "household_key": household, "state": "已发放"}
        year = {**told, "data_year": 2023, "period_kind": "year", "period": "2023"}
        span = {**year, "period_from": 202301, "period_to": 202312, "paid_on": 20231120}
        ledger.add(
            change,
            "benefit",
            [
                {**span, "programme": "elder_allowance", "amount": 60_000},
                {**span, "programme": "disabled_nursing", "amount": 120_000},
            ],
        )
    return home


def test_a_card_says_what_rules_entitle_to_and_what_they_doubt(office: Path) -> None:
    received = ("重度残疾人护理补贴", "乙二", "最近一期1200元")
    [before] = cards_of(DAY, EVERYTHING)
    assert [(one.programme, one.person, one.standard) for one in before.entitlements] == [
        received,
        ("高龄津贴", "乙二", "最近一期600元"),
    ]
    done = run(only=(ENTITLED, IMPROPER), day=DAY)
    assert done.not_run == {}
    [card] = cards_of(DAY, EVERYTHING)
    assert [(one.programme, one.person, one.standard) for one in card.entitlements] == [
        received,
        ("高龄津贴", "乙二", "是否还符合条件正在核实，请咨询村委会"),
        ("重度残疾人护理补贴", "甲一", "可能符合条件，还没有享受，请向村里申报核实"),
    ]
