"""Days that the office counts down to."""

from __future__ import annotations

from pathlib import Path

import pytest

from bangfu.office.dates import countdowns, drop_date, set_date
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.models import SetDate
from bangfu.terms.errors import UserError

DAY = 20200422


def _add(name: str, on: int) -> None:
    set_date(name=name, on=on, day=DAY, actor="张三")


def test_days_to_come_are_counted_and_past_ones_left_out(any_home: Path) -> None:
    _add("脱贫攻坚普查", 20200701)
    _add("月报上报", 20200422)
    assert [(one.name, one.days) for one in countdowns(DAY)] == [("月报上报", 0), ("脱贫攻坚普查", 70)]
    assert [one.name for one in countdowns(20200423)] == ["脱贫攻坚普查"]


@pytest.mark.parametrize(
    ("name", "on"), [(" ", 20200501), ("检查", 20200421), ("长" * 41, 20200501), ("有了", 20200430)]
)
def test_a_day_that_cannot_be_is_refused(home: Path, name: str, on: int) -> None:
    _add("有了", 20200430)
    with pytest.raises(UserError):
        _add(name, on)


def test_a_day_is_dropped_once_and_the_journal_knows(home: Path) -> None:
    _add("检查", 20200501)
    [one] = countdowns(DAY)
    drop_date(one.id, actor="李四")
    with pytest.raises(UserError, match="已经取消"):
        drop_date(one.id, actor="李四")
    assert countdowns(DAY) == []
    assert broken_links() == []
    assert broken_facts([SetDate]) == []
