"""农户: the list with its search, one household's page, numbers shown in full, the workbook."""

from __future__ import annotations

import io
import re
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.ledger import actions as ledger
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord, Home
from bangfu.registry import actions
from bangfu.registry.actions import Happened, Join, Leave
from bangfu.web.household.page import SECTIONS
from tests.web.conftest import LoggedIn
from tests.web.walk import HELPER, OTHER_VILLAGE, VILLAGE, World

HTMX = {"HX-Request": "true"}
DAY = 20200422
MOST = 12
"""Queries a page may take, the session's included."""


@pytest.fixture
def clerk(world: World, logged_in: LoggedIn) -> Client:
    Home.objects.update(business_on=DAY)
    return logged_in("clerk")


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def names_in(answer: Any) -> list[str]:
    return re.findall(r'href="/households/\d+">([^<]+)</a>', text_of(answer))


def written_down() -> QuerySet[AccessRecord]:
    """What was seen or taken away; of accounts something is always written down."""
    return AccessRecord.objects.exclude(kind="账号")


# -- the list -----------------------------------------------------------------------------------------


def test_the_list_shows_what_is_in_the_area(world: World, logged_in: LoggedIn) -> None:
    assert names_in(logged_in("clerk").get("/households")) == ["户主0", "户主1"]
    assert names_in(logged_in("village_cadre", VILLAGE).get("/households")) == ["户主0"]
    assert names_in(logged_in("village_cadre", OTHER_VILLAGE).get("/households")) == ["户主1"]
    helper = logged_in("helper", name=HELPER[0], phone=HELPER[1])
    assert names_in(helper.get("/households")) == ["户主0"]
    assert names_in(helper.post("/households", {"q": "户主1"})) == []


def test_a_search_is_posted_and_its_text_never_comes_into_an_address(clerk: Client) -> None:
    answer = clerk.post("/households", {"q": "户主1", "state": "状态不明"}, headers=HTMX)
    assert names_in(answer) == ["户主1"]
    assert answer["HX-Push-Url"] == "/households?state=%E7%8A%B6%E6%80%81%E4%B8%8D%E6%98%8E"
    assert "<html" not in text_of(answer)
    whole = clerk.post("/households", {"q": "户主1"})  # without scripts
    assert names_in(whole) == ["户主1"]
    assert "<html" in text_of(whole)
    for link in re.findall(r'(?:href|action|hx-post|hx-get)="([^"]*)"', text_of(whole)):
        assert "%E6%88%B7%E4%B8%BB" not in link
        assert "户主" not in link


def test_a_member_is_found_and_named(clerk: Client) -> None:
    answer = clerk.post("/households", {"q": "cy"})
    assert names_in(answer) == ["户主0", "户主1"]
    assert "成员0" in text_of(answer)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("state=x", "“状态”没有“x”"),
        ("exit=1999", "“脱贫年度”没有“1999”"),
        ("village=abc", "“村”没有“abc”"),
        ("village=999", "“村”没有“999”"),
        ("class=%3Cscript%3E", "“本地分类”没有“&lt;script&gt;”"),
        ("sort=x&kind=y", "“监测类别”没有“y”"),
    ],
)
def test_a_filter_that_cannot_be_is_told_and_left_out(clerk: Client, query: str, said: str) -> None:
    answer = clerk.get(f"/households?{query}")
    assert answer.status_code == 200
    assert said in text_of(answer)
    assert names_in(answer) == ["户主0", "户主1"]


@pytest.mark.parametrize("text", ["'", "%", "\x00", "<b>", "\\", "户" * 500, "12", "1" * 400])
def test_odd_texts_are_answered_in_words(clerk: Client, text: str) -> None:
    answer = clerk.post("/households", {"q": text})
    assert answer.status_code == 200
    assert names_in(answer) == []


def test_an_empty_list_says_what_to_do(clerk: Client) -> None:
    assert "没有符合条件的户" in text_of(clerk.post("/households", {"q": "囧"}))
    assert "号码至少输入 4 位" in text_of(clerk.post("/households", {"q": "12"}))


def test_pages_go_on_and_keep_their_filters(clerk: Client) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.add_households(change, [{"nat_household_no": f"7{n:011d}"} for n in range(60)])
    first = clerk.post("/households", {"state": "状态不明"}, headers=HTMX)
    [after] = re.findall(r'name="after" value="([^"]+)"', text_of(first))
    second = clerk.post("/households", {"state": "状态不明", "after": after}, headers=HTMX)
    assert len(names_in(first)) == 50
    assert len(names_in(second)) == 12
    assert second["HX-Push-Url"].endswith(f"&after={after}")
    assert names_in(clerk.get(second["HX-Push-Url"])) == names_in(second)
    assert 'name="after"' not in text_of(second)


@pytest.mark.parametrize("role", ["clerk", "village_cadre", "helper"])
def test_a_page_of_the_list_takes_few_queries(world: World, logged_in: LoggedIn, role: str) -> None:
    client = world.client(logged_in, role)
    for form in ({}, {"q": "hz"}, {"q": "户主0"}, {"q": "0100"}, {"q": "6100", "sort": "name"}):
        with CaptureQueriesContext(connection) as asked:
            assert client.post("/households", form).status_code == 200
        assert len(asked) <= MOST, f"{form}: {len(asked)}"


# -- one household ------------------------------------------------------------------------------------


def page(client: Client, world: World, part: str = "") -> Any:
    return client.get(f"/households/{world.inside['household']}{part}")


def test_a_page_of_a_household_shows_its_people_with_starred_numbers(clerk: Client, world: World) -> None:
    shown = text_of(page(clerk, world))
    for said in ("户主0", "成员0", "610000000000", "429999********001X", "情况不明", "没有年度记录"):
        assert said in shown
    assert not re.search(r"\d{17}[\dX]", shown)


def test_former_members_stand_apart_with_day_and_reason(clerk: Client, world: World) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        actions.leave(change, [Leave(world.inside["person"], 20190301, "死亡")])
    shown = text_of(page(clerk, world))
    assert "已减少 1 人" in shown
    assert re.search(r"成员0.*2019-03-01.*死亡", shown, re.DOTALL)


def test_the_arithmetic_of_the_income_is_shown_and_differences_are_marked(
    clerk: Client, world: World
) -> None:
    record = {
        "household_key": world.inside["household"],
        "data_year": 2019,
        "wage_income": 3_000_000,
        "operating_income": 500_000,
        "operating_cost": 100_000,
        "property_income": 0,
        "transfer_income": 200_000,
        "net_income": 3_700_000,
        "household_size": 2,
        "per_capita_net_income": 1_850_000,
    }
    with transaction(actor="测试", source=Source("form")) as change:
        actions.put_annual_records(
            change, [record, {"household_key": world.inside["household"], "data_year": 2018}]
        )
    shown = text_of(page(clerk, world))
    for said in ("36,000.00", "相差 1,000.00 元", "37,000.00 ÷ 2 人", "18,500.00", "与登记的一致", "<svg"):
        assert said in shown
    assert "style=" not in shown


def test_the_first_part_of_the_page_and_each_later_one_take_few_queries(
    world: World, logged_in: LoggedIn
) -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        extra = actions.add_persons(change, [{"full_name": f"人{n}"} for n in range(12)])
        actions.join(change, [Join(one, world.inside["household"], 20150101) for one in extra])
        rows = [
            {"person_key": one, "kind": "居民医保", "data_year": 2020, "full_name": "人"} for one in extra
        ]
        ledger.add(change, "insurance", rows)
    for role in ("clerk", "village_cadre", "helper"):
        client = world.client(logged_in, role)
        for part in ("", "/open", *(f"/{name}" for name in SECTIONS)):
            with CaptureQueriesContext(connection) as asked:
                assert page(client, world, part).status_code == 200
            assert len(asked) <= MOST, f"{role} {part}: {len(asked)}"


@pytest.mark.parametrize("part", SECTIONS)
def test_a_part_comes_by_itself_and_as_a_page(clerk: Client, world: World, part: str) -> None:
    piece = clerk.get(f"/households/{world.inside['household']}/{part}", headers=HTMX)
    assert f'id="{part}"' in text_of(piece)
    assert "<html" not in text_of(piece)
    assert "<html" in text_of(page(clerk, world, f"/{part}"))


def test_parts_show_what_is_on_file(clerk: Client, world: World) -> None:
    home = world.inside["household"]
    with transaction(actor="李四", source=Source("visit", "7"), reason="入户") as change:
        actions.record_statuses(
            change, [Happened(home, "识别", 20140101), Happened(home, "脱贫", 20181231, precision="年")]
        )
        rows = [
            {"household_key": home, "programme": "dibao", "amount": 100_00, "paid_on": on}
            for on in (20180101, 20190101)
        ]
        ledger.add(change, "benefit", rows)
    assert re.search(
        r"脱贫</b>.*2018 年.*识别</b>.*2014-01-01", text_of(page(clerk, world, "/timeline")), re.DOTALL
    )
    benefits = text_of(page(clerk, world, "/benefits"))
    assert re.search(r"农村低保.*100\.00.*100\.00.*200\.00", benefits, re.DOTALL)
    changes = text_of(page(clerk, world, "/changes"))
    assert re.search(r"李四.*走访 7.*入户", changes, re.DOTALL)
    assert "结对甲" in text_of(page(clerk, world, "/help"))
    assert "139****0001" in text_of(page(clerk, world, "/help"))


def test_an_unknown_part_and_unreadable_places_are_not_found_or_ignored(clerk: Client, world: World) -> None:
    assert page(clerk, world, "/nothing").status_code == 404
    assert clerk.get(f"/households/{10**30}").status_code == 404
    for before in ("x", "-1", "9" * 40, ""):
        assert page(clerk, world, f"/changes?before={before}").status_code == 200


# -- numbers in full ----------------------------------------------------------------------------------


def reveal(client: Client, world: World, **form: Any) -> Any:
    told = {"table": "person", "row": world.inside["person"], "field": "id_no", **form}
    return client.post(f"/households/{world.inside['household']}/reveal", told, headers=HTMX)


def test_a_number_is_shown_in_full_and_it_is_written_down_who_saw_it(clerk: Client, world: World) -> None:
    assert "42999919880102002X" in text_of(reveal(clerk, world))
    [seen] = written_down().values()
    assert (seen["kind"], seen["username"], seen["object_table"]) == (
        "查看号码",
        "clerk_421281102000_0",
        "person",
    )
    assert (seen["object_row"], seen["field_name"]) == (world.inside["person"], "id_no")
    assert broken_links() == broken_facts([AccessRecord]) == []
    plain = clerk.post(
        f"/households/{world.inside['household']}/reveal",
        {"table": "person", "row": world.inside["person"], "field": "id_no"},
    )
    assert "<html" in text_of(plain)
    assert "42999919880102002X" in text_of(plain)


def test_what_is_no_number_of_the_household_is_not_shown_and_not_written_down(
    clerk: Client, world: World
) -> None:
    outside = world.outside["person"]
    for form in (
        {"row": outside},
        {"field": "full_name"},
        {"field": "x"},
        {"table": "account", "field": "password", "row": 1},
        {"row": "x"},
        {"row": "9" * 40},
        {"row": ""},
    ):
        answer = reveal(clerk, world, **form)
        assert answer.status_code == 400, form
        assert not re.search(r"\d{17}[\dX]", text_of(answer))
    assert not written_down().exists()


def test_who_may_not_reveal_sees_no_button(world: World, logged_in: LoggedIn) -> None:
    assert "/reveal" in text_of(page(world.client(logged_in, "clerk"), world))
    leader = world.client(logged_in, "leader")
    assert "/reveal" not in text_of(page(leader, world))
    assert reveal(leader, world).status_code == 403


# -- the workbook -------------------------------------------------------------------------------------


def rows_of(answer: Any) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.active is not None
    return list(book.active.iter_rows(values_only=True))


def test_a_workbook_holds_what_is_seen_with_its_reason_and_starred_numbers(clerk: Client) -> None:
    answer = clerk.post("/households/export", {"q": "户主0", "reason": " 入户核对 "})
    assert answer["Content-Disposition"].startswith("attachment")
    title, note, head, *rows = rows_of(answer)
    assert title[0] == "农户清单"
    assert "用途：入户核对" in str(note[0])
    assert head[1:4] == ("户编号", "户主", "户主证件号码")
    assert [row[1:4] for row in rows] == [("610000000000", "户主0", "429999********001X")]
    [taken] = written_down().values()
    assert (taken["kind"], taken["what"], taken["reason"], taken["rows_out"]) == (
        "导出",
        "农户清单",
        "入户核对",
        1,
    )


def test_full_numbers_are_written_where_asked_for_and_that_is_written_down(clerk: Client) -> None:
    _, _, _, *rows = rows_of(clerk.post("/households/export", {"reason": "核对", "full": "1"}))
    assert [row[3] for row in rows] == ["42999919620102001X", "42999919620102101X"]
    assert written_down().values_list("what", flat=True).get() == "农户清单(完整号码)"


def test_who_may_not_reveal_gets_no_full_numbers(world: World, logged_in: LoggedIn) -> None:
    leader = logged_in("leader")
    answer = leader.post("/households/export", {"reason": "核对", "full": "1"})
    assert answer.status_code == 422
    assert "不能导出完整号码" in text_of(answer)
    assert not written_down().exists()
    assert len(rows_of(leader.post("/households/export", {"reason": "核对"}))) == 5


def test_without_a_reason_nothing_leaves_and_what_was_chosen_is_kept(clerk: Client) -> None:
    answer = clerk.post(
        "/households/export", {"q": "户主0", "state": "状态不明", "reason": "  ", "full": "1"}
    )
    assert answer.status_code == 422
    for kept in ("请写明导出的用途", 'name="q" value="户主0"', 'name="state" value="状态不明"', "checked"):
        assert kept in text_of(answer)
    assert not written_down().exists()


def test_a_workbook_has_an_end(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bangfu.web.household.workbook.MOST", 1)
    answer = clerk.post("/households/export", {"reason": "核对"})
    assert answer.status_code == 422
    assert "超过 1 户，没有导出" in text_of(answer)


def test_a_workbook_holds_nothing_from_outside(world: World, logged_in: LoggedIn) -> None:
    cadre = logged_in("village_cadre", VILLAGE)
    assert len(rows_of(cadre.post("/households/export", {"reason": "核对"}))) == 4
    assert len(rows_of(cadre.post("/households/export", {"q": "户主1", "reason": "核对"}))) == 3 + 1 - 1
