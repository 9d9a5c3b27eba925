"""The first page, for each role what it is for; the days counted down to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bangfu.casework import actions
from bangfu.office.dates import countdowns, set_date
from tests.home.offices import DAY, Office
from tests.web.offices import browser, chain_of, handed_out, office_in_april, queries_of, shown_queries

MOST = 12
PEOPLE = ("clerk", "leader", "cadre", "officer", "auditor", "admin")


@pytest.fixture
def office(home: Path) -> Office:
    return office_in_april()


def said(answer: Any) -> str:
    return str(answer.content.decode())


def figure(page: str, label: str) -> str:
    """The number above a label."""
    return page.partition(f"</b><span>{label}</span>")[0].rpartition("<b>")[2]


def test_everything_empty_is_said_in_words(office: Office) -> None:
    for username in PEOPLE:
        answer = browser(username).get("/")
        assert answer.status_code == 200
        assert "没有登记检查、考核、上报的日期" in said(answer)
    assert "没有要办的任务" in said(browser("cadre").get("/"))
    assert "没有等着核实或销号的任务" in said(browser("clerk").get("/"))


def test_the_figures_are_those_of_the_readers_area(office: Office) -> None:
    chain_of(office)
    handed_out(office, 2, day=20200401)
    handed_out(office, where="south")
    [answered] = handed_out(office, check_id="identity.no_id_number")
    actions.answer(office.hand("cadre"), answered, seen=1, measure="核对", effect="已改")
    clerk, cadre, auditor = (said(browser(name).get("/")) for name in ("clerk", "cadre", "auditor"))
    assert [figure(clerk, label) for label in ("超期", "等核实", "没有责任人")] == ["2", "1", "1"]
    assert [figure(cadre, label) for label in ("派给我的", "超期", "已答复、等核实")] == ["3", "2", "1"]
    assert "派给我的" not in auditor
    assert figure(auditor, "超期") == "2"


def test_what_waits_for_a_reader_leads_to_it(office: Office) -> None:
    chain_of(office)
    [task] = handed_out(office)
    assert f"/tasks/{task}" in said(browser("cadre").get("/"))
    assert f"/tasks/{task}" not in said(browser("clerk").get("/"))
    actions.answer(office.hand("cadre"), task, seen=1, measure="核对", effect="已改")
    assert f"/tasks/{task}" not in said(browser("cadre").get("/"))
    assert f"/tasks/{task}" in said(browser("clerk").get("/"))


def test_villages_are_compared_by_whoever_sees_several(office: Office) -> None:
    handed_out(office, 2)
    handed_out(office, where="south", day=20200401)
    by_overdue, by_open = (said(browser("leader").get(f"/?order={order}")) for order in ("nonsense", "open"))
    assert by_overdue.index("温泉村</a>") < by_overdue.index("云台山村</a>")
    assert by_open.index("云台山村</a>") < by_open.index("温泉村</a>")
    assert "各村进度" not in said(browser("cadre").get("/"))


def test_who_keeps_the_system_sees_nothing_of_households(office: Office) -> None:
    handed_out(office, 2)
    page, news = (said(browser("admin").get(address)) for address in ("/", "/desk/news"))
    for text in (page, news):
        for word in ("云台山村", "田", "2020-0422", 'href="/tasks', "疑点"):
            assert word not in text
    assert "8 个" in page
    assert "后台程序" in page


def test_what_happened_last_is_of_the_readers_area(office: Office) -> None:
    handed_out(office, 3)
    [south] = handed_out(office, where="south")
    actions.acknowledge(office.hand("south"), south, seen=1)
    mine, all_of_them = said(browser("cadre").get("/desk/news")), said(browser("clerk").get("/desk/news"))
    assert "登记</span> 3 条" in mine
    assert "登记</span> 4 条" in all_of_them
    assert f"/tasks/{south}" not in mine
    assert f"/tasks/{south}" in all_of_them


@pytest.mark.parametrize("username", PEOPLE)
@pytest.mark.parametrize("address", ["/", "/desk/news"])
def test_the_first_page_asks_the_same_however_much_there_is(
    office: Office, username: str, address: str
) -> None:
    client = browser(username)
    handed_out(office, 1)
    few = queries_of(client, address)
    handed_out(office, 40)
    handed_out(office, 40, where="south", day=20200401)
    set_date(name="省考核", on=20200601, day=DAY, actor="clerk")
    many = queries_of(client, address)
    assert few <= MOST, shown_queries(client, address)
    assert many <= MOST, shown_queries(client, address)


def test_days_are_counted_down_to_and_taken_away(office: Office) -> None:
    leader = browser("leader")
    answer = leader.post("/dates", {"name": "省成效考核", "on": "2020-05-02"}, follow=True)
    page = said(answer)
    assert "省成效考核" in page
    assert "<b>10</b> 天" in page
    [day] = countdowns(DAY)
    assert f"/dates/{day.id}/drop" not in said(browser("cadre").get("/"))
    assert browser("cadre").post(f"/dates/{day.id}/drop").status_code == 403
    assert leader.post(f"/dates/{day.id}/drop").status_code == 302
    assert leader.post(f"/dates/{day.id}/drop").status_code == 400
    assert countdowns(DAY) == []


@pytest.mark.parametrize(
    ("name", "on", "words"),
    [
        (" ", "2020-05-02", "事项要写"),
        ("考核", "", "请写日期"),
        ("考核", "2020-02-30", "2020-02-30"),
        ("考核", "2020-04-01", "已经过去"),
    ],
)
def test_a_day_that_cannot_be_is_told_and_kept(office: Office, name: str, on: str, words: str) -> None:
    answer = browser("clerk").post("/dates", {"name": name, "on": on})
    assert answer.status_code == 422
    assert words in said(answer)
    assert f'value="{on}"' in said(answer)
    assert countdowns(DAY) == []
