"""What a text finds, and that nothing written to the register can be missing from the search."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bangfu.cli.main import main
from bangfu.intake import batches
from bangfu.intake.batches import fact_models
from bangfu.office.home import open_home
from bangfu.office.journal.undoing import undo
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.office.refusal import Refused
from bangfu.registry import actions
from bangfu.registry.actions import Classed, Happened, Join, Leave
from bangfu.registry.derived import DERIVED
from bangfu.registry.listing import HouseholdFilter, Listed, households
from bangfu.registry.models import HouseholdStanding, MemberKey, Membership
from bangfu.registry.scope import EVERYTHING
from bangfu.terms.errors import UserError
from tests.home.test_import import export, next_export

__all__ = ["export", "next_export"]

DAY = 20200422
PEOPLE = (
    ("王建国", "429999196201020013"),
    ("王小明", "42999919880102002X"),
    ("单雄", "429999197001020039"),
    ("阿依·古丽", "429999197501020048"),
    ("張偉", "42999919800102005741"),
    ("王建", "429999199001020062"),
)


@pytest.fixture
def town(any_home: Path) -> list[int]:
    """A household for each of the people, the first two in one."""
    return make_households()


def make_households() -> list[int]:
    with transaction(actor="测试", source=Source("form", "town")) as change:
        [village] = actions.add_villages(change, [{"village_code": "421281102200", "village_name": "罗峰村"}])
        homes = actions.add_households(
            change,
            [
                {"nat_household_no": f"61000000{n:04d}", "village_key": village}
                for n in range(len(PEOPLE) - 1)
            ],
        )
        people = actions.add_persons(
            change,
            [
                {"full_name": name, "id_no": number, "nat_person_no": f"7100000{n:05d}"}
                for n, (name, number) in enumerate(PEOPLE)
            ],
        )
        actions.join(change, [Join(people[0], homes[0], 20140101), Join(people[1], homes[0], 20140101)])
        actions.join(
            change, [Join(one, home, 20140101) for one, home in zip(people[2:], homes[1:], strict=True)]
        )
    return homes


def found(text: str, **more: Any) -> list[Listed]:
    return list(households(EVERYTHING, HouseholdFilter(text=text, **more), day=DAY).rows)


def places(text: str, homes: list[int]) -> list[int]:
    return [homes.index(row.id) for row in found(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("王建国", [0]),
        ("王", [0, 4]),
        ("王建", [4, 0]),  # the whole name first
        ("王 建国", [0]),
        ("wjg", [0]),
        ("WJG", [0]),
        ("ｗｊｇ", [0]),
        ("wxm", [0]),
        ("sx", [1]),
        ("dx", []),
        ("阿依古丽", [2]),
        ("阿依·古", [2]),
        ("阿依•古丽", [2]),
        ("张伟", [3]),
        ("王j", [0, 4]),
        ("王xm", [0]),
        ("0013", [0]),
        ("02X", []),
        ("002x", [0]),
        ("0102 0048", [2]),
        ("429999196201020013", [0]),
        ("429999198001020057", [3]),
        ("42999919800102005741", [3]),
        ("0057", [3]),
        ("42999919", []),
        ("610000000001", [1]),
        ("61000000", [0, 1, 2, 3, 4]),
        ("710000000001", [0]),
        ("7100000", [0, 1, 2, 3, 4]),
        ("建国", []),
        ("囧", []),
    ],
)
def test_a_text_finds(town: list[int], text: str, wanted: list[int]) -> None:
    assert places(text, town) == wanted


@pytest.mark.parametrize(
    ("text", "hint"),
    [("12", "至少输入 4 位"), ("王" * 41, "最多输入 40 个字"), ("··", "请输入"), ("\x00", "请输入")],
)
def test_what_cannot_be_searched_is_told(town: list[int], text: str, hint: str) -> None:
    page = households(EVERYTHING, HouseholdFilter(text=text), day=DAY)
    assert page.rows == ()
    assert hint in page.hint


@pytest.mark.parametrize("text", ["%", "_", "王%", "'", '"', "\\", "王\\", "x" * 40, "٣٤٥٦", "王\x00", "😀"])
def test_odd_texts_find_nothing_and_break_nothing(town: list[int], text: str) -> None:
    assert found(text) in ([], found("王"))


def test_a_blank_text_is_no_search(town: list[int]) -> None:
    assert len(found(" \u3000")) == 5


def test_the_row_says_which_member_was_found(town: list[int]) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        [gone] = Membership.objects.filter(person__nat_person_no="710000000001").values_list(
            "person_id", flat=True
        )
        actions.leave(change, [Leave(gone, 20190101)])
    [row] = found("王小明")
    assert [(match.name, match.is_former) for match in row.matches] == [("王小明", True)]
    assert row.size == 1


def test_whom_several_members_find_is_listed_once(town: list[int]) -> None:
    assert [len(row.matches) for row in found("王")] == [2, 1]


# -- nothing that writes can leave the search behind ------------------------------------------------


def drift() -> list[str]:
    return list(DERIVED.drift())


def test_a_corrected_name_is_found_at_once(town: list[int]) -> None:
    [person] = Membership.objects.filter(household=town[1]).values_list("person_id", flat=True)
    with transaction(actor="测试", source=Source("correction", "1")) as change:
        actions.change_persons(change, {person: {"full_name": "赵云", "id_no": "429999197001021112"}})
    assert places("赵云", town) == places("zy", town) == places("1112", town) == [1]
    assert places("单雄", town) == places("0039", town) == []
    undo(Source("correction", "1"), fact_models(), actor="测试")
    assert places("单雄", town) == [1]
    assert drift() == []


def test_an_undone_list_is_not_found_and_a_loaded_one_is(
    any_home: Path, export: Path, next_export: Path
) -> None:
    for path in (export, next_export):
        staged = batches.stage(path, actor="测试")
        batches.apply(staged.batch.pk, actor="测试", gathered=staged.gathered)
        assert MemberKey.objects.count() == Membership.objects.count()
        assert drift() == []
    assert [match.name for row in found("田新苗") for match in row.matches] == ["田新苗"]
    batches.undo(2, actor="测试")
    assert found("田新苗") == drift() == []
    batches.undo(1, actor="测试")
    assert HouseholdStanding.objects.count() == MemberKey.objects.count() == 0


def test_a_transaction_that_fails_leaves_the_search_as_it_was(town: list[int]) -> None:
    with suppress(ZeroDivisionError), transaction(actor="测试", source=Source("form")) as change:
        [person] = Membership.objects.filter(household=town[1]).values_list("person_id", flat=True)
        actions.change_persons(change, {person: {"full_name": "赵云"}})
        raise ZeroDivisionError
    assert places("单雄", town) == [1]
    assert drift() == []


def test_what_does_not_matter_to_the_search_does_not_touch_it(town: list[int]) -> None:
    with (
        CaptureQueriesContext(connection) as asked,
        transaction(actor="测试", source=Source("form")) as change,
    ):
        actions.change_households(change, {town[0]: {"address": "一组"}})
    assert [one["sql"] for one in asked if "member_key" in one["sql"]] == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE member_key SET name = '张三' WHERE id = 1",
        "DELETE FROM member_key WHERE id = 2",
        "UPDATE household_standing SET status = '脱贫户' WHERE household_key = 1",
        "DELETE FROM household_standing WHERE household_key = 1",
        "INSERT INTO member_key (id, household_key, person_key, name, initials, id_back) "
        "VALUES (99, 99, 99, '', '', '')",
        "UPDATE person SET full_name = '张三' WHERE id = 1",
        "DELETE FROM status_event WHERE household_key = 1",
    ],
)
def test_drift_is_noticed_and_rebuilt(town: list[int], damage: str) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.record_statuses(change, [Happened(town[0], "识别", 20140101)])
    assert drift() == []
    with connection.cursor() as cursor:
        cursor.execute(damage)
    assert len(drift()) == 1
    assert DERIVED.rebuild(lambda message: None) == 5
    assert drift() == []


def test_doctor_tells_of_drift_and_rebuild_mends_it(
    town: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 0
    MemberKey.objects.filter(household=town[0]).delete()
    assert main(["doctor"]) == 2
    assert "异常  检索:与台账不符" in capsys.readouterr().out
    assert main(["rebuild"]) == main(["doctor"]) == 0
    assert "农户检索已重建:5 户" in capsys.readouterr().out


def test_a_home_of_an_older_program_gets_its_search_when_it_is_opened(town: list[int]) -> None:
    HouseholdStanding.objects.all().delete()
    MemberKey.objects.all().delete()
    open_home()
    assert places("王建国", town) == [0]
    assert drift() == []


# -- whatever happens in whatever order --------------------------------------------------------------

DAYS = (20140101, 20161231, 20180305, 20191201, 20200422, 20201231)
EVENTS = ("识别", "脱贫", "返贫", "纳入监测", "风险消除", "清退")
NAMES = ("王建国", "单雄", "阿依·古丽", None)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("event"), st.integers(0, 1), st.sampled_from(EVENTS), st.sampled_from(DAYS)),
        st.tuples(
            st.just("class"), st.integers(0, 1), st.sampled_from(("一类", "二类")), st.sampled_from(DAYS)
        ),
        st.tuples(st.just("join"), st.integers(0, 1), st.integers(0, 2), st.sampled_from(DAYS)),
        st.tuples(st.just("leave"), st.integers(0, 1), st.integers(0, 2), st.sampled_from(DAYS)),
        st.tuples(st.just("name"), st.integers(0, 2), st.sampled_from(NAMES), st.just(0)),
        st.tuples(st.just("head"), st.integers(0, 1), st.integers(0, 2), st.sampled_from(DAYS)),
        st.tuples(st.just("exit_year"), st.integers(0, 1), st.sampled_from((None, 2016, 2018)), st.just(0)),
        st.tuples(st.just("seal"), st.just(0), st.just(0), st.just(0)),
        st.tuples(st.just("undo"), st.just(0), st.just(0), st.just(0)),
    ),
    min_size=5,
    max_size=20,
)


@settings(
    max_examples=100 if os.environ.get("BANGFU_SOAK") else 5,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
@given(steps=steps)
def test_no_order_of_writes_lets_the_search_drift(home: Path, steps: list[tuple[str, int, Any, int]]) -> None:
    with transaction(actor="张三", source=Source("form", "start")) as change:
        homes = actions.add_households(change, [{}, {}])
        people = actions.add_persons(change, [{"full_name": "甲"} for _ in range(3)])
    for number, part in enumerate(_parts(steps)):
        source = Source("form", f"part {number}")
        with transaction(actor="张三", source=source) as change:
            for step in part:
                with suppress(Refused):
                    _take(change, homes, people, *step)
        if part and part[-1][0] == "undo":
            with suppress(UserError):
                undo(source, fact_models(), actor="张三")
        assert drift() == []


def _parts(steps: list[tuple[str, int, Any, int]]) -> Iterator[list[tuple[str, int, Any, int]]]:
    """As many transactions as there are ends."""
    part: list[tuple[str, int, Any, int]] = []
    for step in steps:
        part.append(step)
        if step[0] in ("seal", "undo"):
            yield part
            part = []
    yield part


def _take(
    change: Writing, homes: list[int], people: list[int], kind: str, place: int, what: Any, day: int
) -> None:
    match kind:
        case "event":
            actions.record_statuses(change, [Happened(homes[place], what, day)])
        case "class":
            actions.classify(change, [Classed(homes[place], what, day)])
        case "join":
            actions.join(change, [Join(people[what], homes[place], day)])
        case "leave":
            actions.leave(change, [Leave(people[what], day)])
        case "name":
            actions.change_persons(change, {people[place]: {"full_name": what}})
        case "head":
            actions.set_heads(change, {homes[place]: people[what]}, day)
        case "exit_year":
            actions.change_households(change, {homes[place]: {"exit_year": what}})
