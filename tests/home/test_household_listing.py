"""Lists of households: scope, filters, pages, and that what they show is what the events say of the day."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from bangfu.demo.town import make_town
from bangfu.office.journal.writing import Source, transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Classed, Happened, Join
from bangfu.registry.computed import standings_of
from bangfu.registry.derived import DERIVED
from bangfu.registry.listing import HouseholdFilter, Page, all_households, households
from bangfu.registry.models import Household, HouseholdStanding
from bangfu.registry.scope import EVERYTHING, NOTHING, Part, Scope
from bangfu.registry.standing import CANCELLED, EXITED, MONITORED, POOR, REMOVED

DAY = 20200422
COUNT = 130


@pytest.fixture
def homes(any_home: Path) -> list[int]:
    """130 households in two villages, a few in none; every third has exited, every tenth is monitored."""
    with transaction(actor="测试", source=Source("form")) as change:
        villages = [
            *actions.add_villages(
                change,
                [
                    {"village_code": "421281102200", "village_name": "罗峰村"},
                    {"village_code": "421281102201", "village_name": "云台山村"},
                ],
            ),
            None,
        ]
        made = actions.add_households(
            change,
            [
                {
                    "nat_household_no": f"61{n:08d}",
                    "village_key": villages[0 if n % 2 else 1 if n % 30 else 2],
                }
                for n in range(COUNT)
            ],
        )
        people = actions.add_persons(
            change, [{"full_name": "赵钱孙李周"[n % 5] + "甲"} for n in range(COUNT)]
        )
        actions.join(change, [Join(one, home, 20140101) for one, home in zip(people, made, strict=True)])
        actions.set_heads(change, dict(zip(made, people, strict=True)), DAY)
        actions.record_statuses(change, [Happened(one, "识别", 20140101) for one in made])
        actions.record_statuses(change, [Happened(one, "脱贫", 20171231) for one in made[::3]])
        actions.record_statuses(change, [Happened(one, "纳入监测", 20191201) for one in made[::10]])
        actions.record_statuses(change, [Happened(made[10], "风险消除", 20200301)])
        actions.record_statuses(change, [Happened(made[5], "清退", 20180101)])
        actions.classify(change, [Classed(one, "一类", 20191120) for one in made[:7]])
    return made


def page(scope: Scope = EVERYTHING, *, after: str = "", size: int = 50, day: int = DAY, **asked: Any) -> Page:
    return households(scope, HouseholdFilter(**asked), day=day, after=after, size=size)


def pages(scope: Scope = EVERYTHING, *, size: int = 7, day: int = DAY, **asked: Any) -> Iterator[int]:
    """The ids of every page after page."""
    after = ""
    while True:
        some = page(scope, after=after, size=size, day=day, **asked)
        yield from (row.id for row in some.rows)
        if not (after := some.after):
            return


def in_order(ids: list[int]) -> list[int]:
    keys = dict(Household.objects.values_list("id", "village_id"))
    return sorted(ids, key=lambda one: (keys[one] or 0, one))


def test_pages_together_are_everything_once_in_order(homes: list[int]) -> None:
    assert list(pages()) == in_order([one for one in homes if one != homes[5]])
    assert list(pages(with_cancelled=True)) == in_order(homes)


def test_by_name_is_by_pinyin(homes: list[int]) -> None:
    listed = page(by_name=True, size=COUNT).rows
    assert [row.head for row in listed][::26] == ["李甲", "钱甲", "孙甲", "赵甲", "周甲"]
    assert list(pages(by_name=True)) == [row.id for row in listed]


@pytest.mark.parametrize("by_name", [False, True])
def test_a_search_goes_on_over_pages(homes: list[int], by_name: bool) -> None:
    found = list(pages(text="zj", by_name=by_name, size=4))
    assert len(found) == len(set(found)) == 51
    assert set(found) == set(pages(text="赵")) | set(pages(text="周"))
    assert len(list(pages(text="6100", size=9))) == COUNT - 1


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"status": EXITED}, range(0, COUNT, 3)),
        ({"status": POOR}, [n for n in range(COUNT) if n % 3 and n != 5]),
        ({"status": CANCELLED}, [5]),
        ({"monitoring": MONITORED}, [n for n in range(0, COUNT, 10) if n != 10]),
        ({"monitoring": REMOVED}, [10]),
        ({"exit_year": 2017}, range(0, COUNT, 3)),
        ({"exit_year": 2018}, []),
        ({"local_class": "一类"}, [0, 1, 2, 3, 4, 6]),
        ({"local_class": "一类", "status": EXITED}, [0, 3, 6]),
        ({"attribute": "低保户"}, []),
        ({"also": Q(household_id__lte=3)}, [0, 1, 2]),
    ],
)
def test_a_filter_leaves(homes: list[int], asked: dict[str, Any], wanted: Any) -> None:
    assert sorted(pages(**asked)) == sorted(homes[n] for n in wanted)


def test_a_village_is_counted_exactly_and_everything_as_far_as_it_goes(
    homes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    [village] = Household.objects.filter(id=homes[1]).values_list("village_id", flat=True)
    assert (page(village=village).count, page(village=village).is_capped) == (64, False)
    assert (page().count, page().is_capped) == (129, False)
    monkeypatch.setattr("bangfu.registry.listing.COUNTED", 100)
    assert (page().count, page().is_capped) == (100, True)
    assert (page(monitoring=MONITORED).count, page(monitoring=MONITORED).is_capped) == (12, False)


def test_nothing_outside_the_scope_is_listed_found_or_counted(homes: list[int]) -> None:
    [village] = Household.objects.filter(id=homes[1]).values_list("village_id", flat=True)
    own = {one for one, at in Household.objects.values_list("id", "village_id") if at == village}
    one_village = Scope((Part(frozenset({village})),))
    paired = Scope((Part(None, None, frozenset({homes[2], homes[3]})),))
    both = Scope((*one_village.parts, *paired.parts))
    assert set(pages(one_village)) == own - {homes[5]}
    assert page(one_village, size=10).count == 64
    assert set(pages(paired)) == {homes[2], homes[3]}
    assert set(pages(both)) == own - {homes[5]} | {homes[2]}
    assert set(pages(NOTHING)) == set()
    for text in ("6100", "zj", "李", "610000000"):
        assert set(pages(one_village, text=text)) == set(pages(text=text)) & own
        assert set(pages(paired, text=text)) == set(pages(text=text)) & {homes[2], homes[3]}
    assert set(pages(one_village)) >= {row.id for row in page(one_village, after=f"0-{homes[2]}").rows}


def test_with_many_matches_the_list_is_walked_and_gives_the_same(
    homes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dict[str, Any]] = [{"text": text} for text in ("zj", "赵", "6100")]
    gathered = [list(pages(**one)) for one in asked]
    monkeypatch.setattr("bangfu.registry.listing._NARROW", 3)
    assert [list(pages(**one)) for one in asked] == gathered


@pytest.mark.parametrize(
    "after",
    ["x", "0-", "-1", "0-999999", "9-1", "0-1-2", "１-２", "0-" + "9" * 30, "0-" + "9" * 20, "9" * 17 + "-1"],
)
def test_an_unreadable_place_begins_anew_or_ends(homes: list[int], after: str) -> None:
    assert page(after=after).rows in (page().rows, ())


@pytest.mark.parametrize(
    "asked",
    [{}, {"by_name": True}, {"monitoring": MONITORED}, {"text": "zj"}, {"text": "赵甲"}, {"text": "6100"}],
)
@pytest.mark.parametrize("size", [5, 50])
def test_a_page_takes_few_queries_however_long_it_is(
    homes: list[int], asked: dict[str, Any], size: int
) -> None:
    with CaptureQueriesContext(connection) as few:
        page(size=size, **asked)
    assert len(few) <= 8


# -- the day ------------------------------------------------------------------------------------------


def test_what_lies_ahead_counts_from_its_day_on_without_any_write(homes: list[int]) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.record_statuses(change, [Happened(homes[1], "脱贫", 20991231)])
        actions.classify(change, [Classed(homes[1], "三类", 20991231)])
        person = actions.add_persons(change, [{"full_name": "吴乙"}])
        actions.join(change, [Join(person[0], homes[1], 20991231)])
    [now] = page(text="6100000001").rows
    assert (now.status, now.local_class, now.size) == (POOR, "一类", 1)
    assert homes[1] not in set(pages(status=EXITED))
    [then] = page(text="6100000001", day=20991231).rows
    assert (then.status, then.local_class, then.size) == (EXITED, "三类", 2)
    assert homes[1] in set(pages(status=EXITED, day=20991231))
    assert homes[1] in set(pages(local_class="三类", day=20991231))
    assert homes[1] not in set(pages(status=POOR, day=20991231))
    assert homes[1] not in set(pages(local_class="一类", day=20991231))


def test_the_next_write_brings_up_to_date_what_time_has_overtaken(
    homes: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.record_statuses(change, [Happened(homes[1], "脱贫", 20991231)])
    monkeypatch.setattr("bangfu.registry.derived.business_day", lambda: 20991231)
    with transaction(actor="测试", source=Source("form")) as change:
        actions.add_persons(change, [{"full_name": "吴乙"}])
    assert HouseholdStanding.objects.get(pk=homes[1]).status == EXITED
    assert list(DERIVED.drift()) == []


def test_a_list_says_what_the_events_say(home: Path) -> None:
    (home / "bangfu.sqlite3").unlink()
    connection.close()
    make_town(5, 60)
    ids = list(Household.objects.values_list("id", flat=True))
    statuses, classes = queries.statuses_on(DAY, ids), queries.classes_on(DAY, ids)
    sizes = {one: len(members) for one, members in queries.members_on(DAY, ids).items()}
    listed = list(all_households(EVERYTHING, HouseholdFilter(with_cancelled=True), day=DAY, most=1_000))
    assert len(listed) == 60
    for row in listed:
        assert row.size == sizes[row.id]
        assert row.local_class == classes[row.id]
        assert (row.status == EXITED) == (statuses[row.id].exited_on is not None)
        assert (row.monitoring == MONITORED) == statuses[row.id].is_monitored
        assert row.income_year == 2019
    assert list(DERIVED.drift()) == []
    assert standings_of([], DAY) == {}
