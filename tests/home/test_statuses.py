"""What a household was on a day, from its events; what cannot have followed what."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Classed, Happened, Refused
from bangfu.registry.statuses import EVENTS, Happening, contradictions, status_on


def test_a_life_of_a_household(any_home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [home] = actions.add_households(change, [{"nat_household_no": "610000000001"}])
        actions.record_statuses(
            change,
            [
                Happened(home, "识别", 20140101, precision="月"),
                Happened(home, "脱贫", 20161231, precision="年"),
                Happened(home, "纳入监测", 20190901),
                Happened(home, "风险消除", 20200601),
                Happened(home, "清退", 20201120, "整户迁出"),
            ],
        )
        actions.classify(change, [Classed(home, "一类", 20190601), Classed(home, "三类", 20191201)])
    shown = {
        day: queries.statuses_on(day, [home])[home]
        for day in (20131231, 20150101, 20170101, 20191231, 20210101)
    }
    assert [(s.is_poor, s.is_monitored, s.is_cancelled) for s in shown.values()] == [
        (False, False, False),
        (True, False, False),
        (False, False, False),
        (False, True, False),
        (False, False, True),
    ]
    assert queries.classes_on(20190531, [home]) == {}
    assert queries.classes_on(20190601, [home]) == {home: "一类"}
    assert queries.classes_on(20200101, [home]) == {home: "三类"}


@pytest.mark.parametrize(
    ("events", "told"),
    [
        (["脱贫"], "这时不是贫困户"),
        (["识别", "返贫"], "这时不是已脱贫户"),
        (["识别", "识别"], "已于 20140101 识别"),
        (["风险消除"], "这时不是监测对象"),
        (["纳入监测", "纳入监测"], "风险没有消除"),
        (["识别", "清退", "脱贫"], "清退"),
    ],
)
def test_what_cannot_follow_is_refused(home: Path, events: list[str], told: str) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        [one] = actions.add_households(change, [{}])
    given = [Happened(one, event, 20140101 + 10000 * number) for number, event in enumerate(events)]
    with pytest.raises(Refused, match=told), transaction(actor="张三", source=Source("form")) as change:
        actions.record_statuses(change, given)


happenings = st.lists(
    st.builds(Happening, st.sampled_from(EVENTS), st.sampled_from([20140101, 20160101, 20180101, 20200101])),
    max_size=6,
)


@given(events=happenings, day=st.sampled_from([20131231, 20160101, 20190101, 20210101]))
def test_later_events_never_change_an_earlier_day(events: list[Happening], day: int) -> None:
    until = [event for event in events if event.on <= day]
    assert status_on(events, day) == status_on(until, day)


@given(events=happenings)
def test_events_that_follow_each_other_still_do_without_the_last(events: list[Happening]) -> None:
    ordered = sorted(events, key=lambda event: (event.on, EVENTS.index(event.event)))
    if not contradictions(ordered):
        assert not contradictions(ordered[:-1])
