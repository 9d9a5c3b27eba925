"""Who belongs where: what is refused, and that any day of the past can be asked again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.office.journal.undoing import undo
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.registry import actions, queries
from bangfu.registry.actions import Join, Leave, Refused
from tests.home.hashes import facts_hash, models

DAYS = [20140101, 20150630, 20160229, 20170101, 20180915, 20191231, 20200422]


def two_households(change: Writing) -> tuple[list[int], list[int]]:
    """Households 1 and 2, and four persons born from 1950 to 2015 who belong nowhere yet."""
    households = actions.add_households(
        change, [{"nat_household_no": "610000000001"}, {"nat_household_no": "610000000002"}]
    )
    persons = actions.add_persons(
        change,
        [
            {"full_name": name, "birth_date": birth, "nat_person_no": f"71000000000{number}"}
            for number, (name, birth) in enumerate(
                [("甲", 19500101), ("乙", 19800101), ("丙", 20120101), ("丁", 20150101)]
            )
        ],
    )
    return households, persons


def reasons(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.message for reason in refused.value.reasons]


def test_members_on_a_day(any_home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        (home, other), (a, b, c, d) = two_households(change)
        actions.join(change, [Join(a, home, 20140101), Join(b, home, 20140101), Join(d, other, 20160101)])
        actions.set_heads(change, {home: a}, 20140101)
        actions.join(change, [Join(c, home, 20150601, "新生儿")])
        actions.set_heads(change, {home: b}, 20180101)
        actions.leave(change, [Leave(a, 20180305, "死亡")])
    assert queries.members_on(20140101, [home, other]) == {home: [a, b], other: []}
    assert queries.members_on(20180304, [home, other]) == {home: [a, b, c], other: [d]}
    assert queries.members_on(20180305, [home]) == {home: [b, c]}
    assert queries.household_on(20180305, [a, b, d]) == {b: home, d: other}


def test_what_cannot_be_is_refused_with_every_reason(home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        (one, two), (a, b, c, _) = two_households(change)
        actions.join(change, [Join(a, one, 20140101), Join(b, one, 20140101)])
        actions.set_heads(change, {one: a}, 20140101)
    before = facts_hash()
    with pytest.raises(Refused) as refused, transaction(actor="李四", source=Source("form")) as change:
        actions.join(
            change,
            [Join(a, two, 20150101), Join(c, one, 20110101), Join(99, one, 20150101), Join(c, 77, 20150101)],
        )
    assert reasons(refused) == [
        f"这个人20140101 起是户 {one} 的成员,要先在那里减少",
        "加入日期 20110101 早于出生日期 20120101",
        "没有编号为 99 的人",
        "没有编号为 77 的户",
        f"这个人20110101 起是户 {one} 的成员,要先在那里减少",
    ]
    with pytest.raises(Refused) as refused, transaction(actor="李四", source=Source("form")) as change:
        actions.leave(change, [Leave(a, 20150101), Leave(c, 20150101), Leave(b, 19790101)])
    assert reasons(refused) == [
        f"人 {c} 现在不是任何户的成员",
        "减少日期 19790101 早于出生日期 19800101",
    ]
    with pytest.raises(Refused) as refused, transaction(actor="李四", source=Source("form")) as change:
        actions.leave(change, [Leave(a, 20150101)])
    assert reasons(refused) == [f"人 {a} 是户 {one} 的户主,户里还有人,请先确定新户主"]
    with pytest.raises(Refused) as refused, transaction(actor="李四", source=Source("form")) as change:
        actions.set_heads(change, {one: c}, 20150101)
    assert reasons(refused) == [f"人 {c} 在 20150101 不是户 {one} 的成员,不能作户主"]
    assert facts_hash() == before


def test_a_number_cannot_be_given_twice(home: Path) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        two_households(change)
    with pytest.raises(Refused) as refused, transaction(actor="张三", source=Source("form")) as change:
        actions.add_persons(
            change,
            [{"nat_person_no": n} for n in ("710000000000", "710000000009", "710000000009", None, None)],
        )
    assert reasons(refused) == ["人编号 710000000000 已经登记", "人编号 710000000009 重复"]


steps = st.lists(
    st.tuples(
        st.sampled_from(["join", "leave"]), st.integers(0, 3), st.integers(0, 1), st.sampled_from(DAYS)
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_day_can_be_asked_again(home: Path, steps: list[tuple[str, int, int, int]]) -> None:
    """A plain replay of what was accepted agrees with the queries; all of it can be undone."""
    start = facts_hash()
    spells: dict[int, list[list[int | None]]] = {}
    with transaction(actor="张三", source=Source("form", "replay")) as change:
        households, persons = two_households(change)
        for kind, who, where, day in steps:
            person, household = persons[who], households[where]
            mine = spells.setdefault(person, [])
            try:
                if kind == "join":
                    actions.join(change, [Join(person, household, day)])
                    mine.append([household, day, None])
                else:
                    actions.leave(change, [Leave(person, day)])
                    mine[-1][2] = day
            except Refused:
                pass
    for day in DAYS:
        expected = {household: [] for household in households}
        for person, mine in spells.items():
            for household, since, until in mine:
                if since <= day and (until is None or day < until):
                    expected[household].append(person)
        found = queries.members_on(day, households)
        assert {home: sorted(found.get(home, [])) for home in households} == {
            home: sorted(people) for home, people in expected.items()
        }
    assert broken_links() == []
    assert broken_facts(models()) == []
    undo(Source("form", "replay"), {model.table: model for model in models()}, actor="张三")
    assert facts_hash() == start
