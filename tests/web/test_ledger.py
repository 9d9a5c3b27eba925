"""台账: the shelf, a ledger's list with what it comes to, a row, its forms, who sees what of them."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.ledger import actions as ledger
from bangfu.ledger.counts import counted
from bangfu.ledger.queries import row_in, rows_of_households
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord, Home, Transaction
from bangfu.policy.loader import load_policy
from bangfu.registry.scope import EVERYTHING
from bangfu.spreadsheets.grid import open_file
from bangfu.spreadsheets.layouts import load_layouts
from bangfu.spreadsheets.recognise import recognise
from bangfu.web.ledger.reach import now_here
from bangfu.web.ledger.template import empty_workbook, layouts_for
from tests.home.desks import desk_here
from tests.home.hashes import models
from tests.web.conftest import LoggedIn
from tests.web.test_editing import Sheet
from tests.web.walk import HELPER, OTHER_VILLAGE, TOWN, VILLAGE, World

HTMX = {"HX-Request": "true"}
UNCHECKED = {"unchecked": "yes"}
"""Saves without the checking desk."""
DAY = 20200422
MOST = 16
"""Queries a page may take, the session's included, however long it is."""


@pytest.fixture
def clerk(world: World, logged_in: LoggedIn) -> Client:
    Home.objects.update(business_on=DAY)
    return logged_in("clerk")


def add(table: str, *rows: Mapping[str, Any]) -> list[int]:
    with transaction(actor="测试", source=Source("form")) as change:
        return ledger.add(change, table, list(rows))


def text_of(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def titles(answer: Any) -> list[str]:
    """What the rows of a list are opened by."""
    return re.findall(r'<th scope="row"><a href="/ledgers/\w+/\d+">([^<]+)</a>', text_of(answer))


def come_to(client: Client, table: str, **asked: Any) -> str:
    answer = client.post(f"/ledgers/{table}/totals", asked, headers=HTMX)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", text_of(answer))).strip()


def paid(world: World) -> None:
    """Two payments to the one village's member, one to the other's, one to somebody who is not on file."""
    inside, outside = world.inside, world.outside
    here = {
        "person_key": inside["person"],
        "household_key": inside["household"],
        "village_key": inside["village"],
    }
    there = {
        "person_key": outside["person"],
        "household_key": outside["household"],
        "village_key": outside["village"],
    }
    year = {"data_year": 2019, "state": "已发放", "period": "2019"}
    add(
        "benefit",
        {**here, **year, "programme": "yulu", "amount": 150_000, "quantity": 20_000, "quantity_unit": "学期"},
        {**here, **year, "programme": "yulu", "amount": 50_000, "data_year": None, "period_from": 201809},
        {**there, **year, "programme": "yulu", "amount": 150_000, "state": "待发放"},
        {**year, "programme": "yulu", "amount": 10_000, "full_name": "外村人", "id_no": "429999199001010011"},
    )


# -- the shelf ----------------------------------------------------------------------------------------


def test_the_shelf_names_every_ledger_once_and_counts_what_is_seen(
    clerk: Client, world: World, logged_in: LoggedIn
) -> None:
    paid(world)
    assert "…" in text_of(clerk.get("/ledgers"))  # without waiting for the counts
    page = text_of(clerk.get("/ledgers?counts=1", headers=HTMX))
    assert "<html" not in page
    for model in models():
        if model._meta.app_label == "ledger":
            assert page.count(f'href="/ledgers/{model.table}"') >= 1, model.table
    assert re.search(r'programme=yulu">雨露计划[^<]*</a>\s*<b>4</b>', page)
    cadre = text_of(logged_in("village_cadre", VILLAGE).get("/ledgers?counts=1", headers=HTMX))
    assert re.search(r'programme=yulu">雨露计划[^<]*</a>\s*<b>2</b>', cadre)


def test_counts_are_remembered_until_something_is_written(world: World, home: object) -> None:
    policy = load_policy()
    first = counted(EVERYTHING, policy)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert counted(EVERYTHING, policy) is first
    assert len(asked) == 2
    paid(world)
    assert counted(EVERYTHING, policy).programmes["yulu"].rows == 4
    assert counted(EVERYTHING, policy).programmes["yulu"].latest is not None


# -- lists --------------------------------------------------------------------------------------------


def test_a_list_shows_the_area_and_filters_stand_in_its_address(
    clerk: Client, world: World, logged_in: LoggedIn
) -> None:
    paid(world)
    assert titles(clerk.get("/ledgers/benefit?programme=yulu")) == ["外村人", "成员1", "成员0", "成员0"]
    assert titles(clerk.get("/ledgers/benefit?programme=yulu&state=待发放")) == ["成员1"]
    assert titles(clerk.get("/ledgers/benefit?programme=yulu&year=2018")) == ["成员0"]
    assert titles(clerk.get(f"/ledgers/benefit?village={world.outside['village']}&programme=yulu")) == [
        "成员1"
    ]
    assert titles(logged_in("village_cadre", OTHER_VILLAGE).get("/ledgers/benefit?programme=yulu")) == [
        "成员1"
    ]
    helper = logged_in("helper", name=HELPER[0], phone=HELPER[1])
    assert titles(helper.get("/ledgers/benefit?programme=yulu")) == ["成员0", "成员0"]


def test_a_department_sees_its_own_programmes_and_lists(world: World, logged_in: LoggedIn) -> None:
    paid(world)
    [loan, *_] = add("loan", {"full_name": "借款人", "loan_no": "L1", "village_key": world.inside["village"]})
    civil = logged_in("department_officer", TOWN, departments=("民政",))
    assert titles(civil.get("/ledgers/benefit")) == ["成员1", "成员0"]  # dibao, none of the yulu
    assert civil.get("/ledgers/loan").status_code == 404
    assert civil.get(f"/ledgers/loan/{loan}").status_code == 404
    bank = logged_in("department_officer", TOWN, departments=("金融",))
    assert titles(bank.get("/ledgers/loan")) == ["借款人"]
    shelf = text_of(bank.get("/ledgers?counts=1"))
    assert 'href="/ledgers/loan"' in shelf
    assert 'href="/ledgers/project"' not in shelf


def test_a_search_is_posted_and_finds_people_on_file_and_as_written(clerk: Client, world: World) -> None:
    paid(world)
    answer = clerk.post("/ledgers/benefit", {"q": "成员1", "programme": "yulu"}, headers=HTMX)
    assert titles(answer) == ["成员1"]
    assert answer["HX-Push-Url"] == "/ledgers/benefit?programme=yulu"
    assert "<html" not in text_of(answer)
    assert titles(clerk.post("/ledgers/benefit", {"q": "外村人"})) == ["外村人"]
    assert titles(clerk.post("/ledgers/benefit", {"q": "429999199001010011"})) == ["外村人"]
    assert titles(clerk.post("/ledgers/benefit", {"q": "610000000001"})) == ["成员1", "成员1"]
    assert titles(clerk.post("/ledgers/benefit", {"q": "囧"})) == []
    assert "号码至少输入 4 位" in text_of(clerk.post("/ledgers/benefit", {"q": "12"}))


def test_things_are_searched_by_name_and_number(clerk: Client, world: World) -> None:
    add(
        "project",
        {"project_no": "P1", "project_name": "罗峰村通组路", "village_key": world.inside["village"]},
        {"project_no": "P2", "project_name": "水厂", "village_key": world.outside["village"]},
    )
    add("project_fund", {"project_no": "P1", "amount": 100}, {"project_no": "P2", "amount": 200})
    assert titles(clerk.post("/ledgers/project", {"q": "通组"})) == ["罗峰村通组路"]
    assert len(titles(clerk.post("/ledgers/project_fund", {"q": "p2"}))) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [("state=x", "“发放状态”没有“x”"), ("village=999", "“村”没有“999”"), ("year=1", "“年度”没有“1”")],
)
def test_a_filter_that_cannot_be_is_told_and_left_out(clerk: Client, query: str, said: str) -> None:
    answer = clerk.get(f"/ledgers/benefit?{query}")
    assert said in text_of(answer)
    assert len(titles(answer)) == 2


@pytest.mark.parametrize("after", ["x", "9" * 30, "-1", "0"])
def test_a_page_that_no_page_led_to_is_answered(clerk: Client, after: str) -> None:
    assert clerk.get(f"/ledgers/benefit?after={after}").status_code == 200


def test_pages_go_on_where_the_last_one_ended(clerk: Client, world: World) -> None:
    here = {"person_key": world.inside["person"], "programme": "temp_aid"}
    add("benefit", *[{**here, "amount": n} for n in range(1, 61)])
    first = clerk.get("/ledgers/benefit?programme=temp_aid")
    [after] = re.findall(r'name="after" value="([^"]+)"', text_of(first))
    second = clerk.post("/ledgers/benefit", {"programme": "temp_aid", "after": after}, headers=HTMX)
    assert (len(titles(first)), len(titles(second))) == (50, 10)
    seen = re.findall(r"/ledgers/benefit/(\d+)", text_of(first) + text_of(second))
    assert len(set(seen)) == 60


def test_a_list_takes_few_queries_however_long_it_is(clerk: Client, world: World) -> None:
    counts = []
    for _ in range(2):
        paid(world)
        with CaptureQueriesContext(connection) as asked:
            clerk.get("/ledgers/benefit")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= MOST


def test_what_a_list_comes_to(clerk: Client, world: World, logged_in: LoggedIn) -> None:
    paid(world)
    told = come_to(clerk, "benefit", programme="yulu")
    assert "共 4 人次" in told
    assert "3 人" in told  # two on file, one as written
    assert "2 户" in told
    assert "发放金额 3,600.00 元" in told
    assert "其中 1 人次不是在册人员" in told
    assert "共 2 人次" in come_to(logged_in("village_cadre", VILLAGE), "benefit", programme="yulu")
    page = clerk.get("/ledgers/benefit/totals?programme=yulu")  # without scripts
    assert "<html" in text_of(page)
    assert "政策项目" not in come_to(clerk, "project")


# -- what falls due -----------------------------------------------------------------------------------


def test_loans_are_reminded_of_by_the_days_that_are_left(clerk: Client) -> None:
    owed = {"outstanding": 100_000, "full_name": "甲"}
    add(
        "loan",
        {**owed, "full_name": "逾期", "due_on": 20200421},
        {**owed, "full_name": "今天", "due_on": 20200422},
        {**owed, "full_name": "三十", "due_on": 20200522},
        {**owed, "full_name": "卅一", "due_on": 20200523},
        {**owed, "full_name": "六一", "due_on": 20200622},
        {**owed, "full_name": "九一", "due_on": 20200722},
        {**owed, "full_name": "展期", "due_on": 20190101, "extended_until_on": 20200501},
        {"outstanding": 0, "full_name": "结清", "due_on": 20200501},
    )
    seen = {
        name: titles(clerk.get(f"/ledgers/loan?watch=loan_{name}"))
        for name in ("overdue", "due_last", "due_second", "due_first")
    }
    assert seen == {
        "overdue": ["逾期"],
        "due_last": ["今天", "展期", "三十"],
        "due_second": ["卅一"],
        "due_first": ["六一"],
    }
    assert "还有 9 天" in text_of(clerk.get("/ledgers/loan?watch=loan_due_last"))
    shelf = text_of(clerk.get("/ledgers?counts=1"))
    assert re.search(r'watch=loan_due_last"[^>]*>30 天内</a> <b class="">3</b>', shelf)


def test_projects_stand_where_their_days_say(clerk: Client) -> None:
    price = {"contract_price": 100_000}
    add(
        "project",
        {"project_name": "没开工", **price},
        {"project_name": "在建", "started_on": 20190101, "planned_end_on": 20200401, **price},
        {"project_name": "完工", "started_on": 20190101, "completed_on": 20190601, **price},
        {"project_name": "欠款", "completed_on": 20190601, "accepted_on": 20190701, "paid": 90_000, **price},
        {"project_name": "付清", "accepted_on": 20190701, "paid": 97_000, "retention": 3_000, **price},
    )
    seen = [
        titles(clerk.get(f"/ledgers/project?watch=project_{stage}"))
        for stage in ("not_started", "unfinished", "unaccepted", "unpaid")
    ]
    assert seen == [["没开工"], ["在建"], ["完工"], ["欠款"]]
    assert "已过 21 天" in text_of(clerk.get("/ledgers/project?watch=project_unfinished"))


def test_a_retention_is_due_when_its_months_are_over(clerk: Client) -> None:
    held = {"retention": 3_000}
    add(
        "project",
        {"project_name": "昨天到期", "accepted_on": 20190421, **held},
        {"project_name": "今天到期", "accepted_on": 20190422, **held},
        {"project_name": "合同两年", "accepted_on": 20190421, "defect_months": 24, **held},
        {"project_name": "月底", "accepted_on": 20190831, "defect_months": 6, **held},
        {"project_name": "已付", "accepted_on": 20180101, "retention_paid_on": 20190101, **held},
    )
    assert titles(clerk.get("/ledgers/project?watch=retention_overdue")) == ["月底", "昨天到期"]
    assert titles(clerk.get("/ledgers/project?watch=retention_due")) == ["今天到期"]
    assert len(titles(clerk.get("/ledgers/project?watch=retention_held"))) == 4
    assert "2020-02-29，已过 53 天" in text_of(clerk.get("/ledgers/project?watch=retention_overdue"))


def test_posts_of_a_village_against_its_quota(clerk: Client, world: World, logged_in: LoggedIn) -> None:
    post = {
        "post_name": "保洁员",
        "data_year": 2020,
        "village_key": world.inside["village"],
        "full_name": "甲",
    }
    add("post", *[{**post, "amount": 30_000} for _ in range(11)], {**post, "ended_on": 20200101})
    add("post_quota", {"village_key": world.inside["village"], "data_year": 2020, "quota": 10})
    page = text_of(clerk.get("/ledgers/post/quotas"))
    assert "其余每村 10 个" in page
    assert "超 1" in page
    assert re.search(r"云台山村.*?指标\">10<.*?在岗\">0<.*?还可聘\">10<", page, re.DOTALL)
    assert "罗峰村" not in text_of(logged_in("village_cadre", OTHER_VILLAGE).get("/ledgers/post/quotas"))


# -- a row --------------------------------------------------------------------------------------------


def test_a_row_tells_all_that_is_written_and_hides_numbers(clerk: Client, world: World) -> None:
    [row] = add(
        "benefit",
        {
            "person_key": world.inside["person"],
            "household_key": world.inside["household"],
            "village_key": world.inside["village"],
            "programme": "dibao",
            "amount": 360_000,
            "account_no": "6222020200112230014",
        },
    )
    page = text_of(clerk.get(f"/ledgers/benefit/{row}"))
    assert "3,600.00 元" in page
    assert "6222020200112230014" not in page
    assert "0014" in page
    assert "新增" in page  # the journal
    assert f'/ledgers/benefit/{world.inside["benefit"]}"' in page  # the same person's other row
    shown = clerk.post(f"/ledgers/benefit/{row}/reveal", {"field": "account_no"}, headers=HTMX)
    assert "6222020200112230014" in text_of(shown)
    assert AccessRecord.objects.filter(kind="查看号码", object_table="benefit", object_row=row).count() == 1
    assert clerk.post(f"/ledgers/benefit/{row}/reveal", {"field": "amount"}).status_code == 400


def test_what_belongs_to_a_row_stands_on_its_page(clerk: Client, world: World) -> None:
    [project] = add(
        "project", {"project_no": "P1", "project_name": "路", "village_key": world.inside["village"]}
    )
    [fund, _] = add("project_fund", {"project_no": "P1", "amount": 100_00}, {"project_no": "P9", "amount": 1})
    page = text_of(clerk.get(f"/ledgers/project/{project}"))
    assert f"/ledgers/project_fund/{fund}" in page
    assert f"/ledgers/project_fund/new?of={project}" in page
    assert "未实施" in page
    with CaptureQueriesContext(connection) as asked:
        clerk.get(f"/ledgers/project/{project}")
    assert len(asked) <= 2 * MOST


def test_what_has_no_village_of_its_own_is_where_it_belongs(world: World, logged_in: LoggedIn) -> None:
    add("project", {"project_no": "P1", "village_key": world.inside["village"]})
    [fund] = add("project_fund", {"project_no": "P1", "amount": 100})
    assert logged_in("village_cadre", VILLAGE).get(f"/ledgers/project_fund/{fund}").status_code == 200
    assert logged_in("village_cadre", OTHER_VILLAGE).get(f"/ledgers/project_fund/{fund}").status_code == 404


# -- .xlsx --------------------------------------------------------------------------------------------


def test_the_list_that_is_seen_as_a_workbook(clerk: Client, world: World) -> None:
    paid(world)
    answer = clerk.post("/ledgers/benefit/export", {"programme": "yulu", "reason": "核对名册"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "享受政策记录台账" in rows[0][0]
    assert "核对名册" in rows[1][0]
    head = rows[2]
    assert head[:6] == ["序号", "行政村", "户编号", "户主", "姓名", "证件号码"]
    assert "林权证号" not in head  # nobody filled it
    assert rows[3][4:6] == ["外村人", "429999********0011"]
    total = dict(zip(head, rows[-1], strict=True))
    assert (total["序号"], total["发放金额（元）"]) == ("合计", 3600)
    [record] = AccessRecord.objects.filter(kind="导出")
    assert (record.reason, record.rows_out) == ("核对名册", 4)
    full = clerk.post("/ledgers/benefit/export", {"programme": "yulu", "reason": "核对", "full": "1"})
    cells = [
        cell.value for row in openpyxl.load_workbook(io.BytesIO(full.content)).worksheets[0] for cell in row
    ]
    assert "429999199001010011" in cells


def test_nothing_leaves_without_a_purpose(clerk: Client) -> None:
    answer = clerk.post("/ledgers/benefit/export", {"reason": " "})
    assert answer.status_code == 422
    assert "请写明导出的用途" in text_of(answer)
    assert not AccessRecord.objects.filter(kind="导出").exists()


def test_every_empty_workbook_comes_back_as_the_list_that_it_is(home: object, tmp_path: Any) -> None:
    now, layouts = now_here(), load_layouts()
    tables = {emit.table for layout in layouts if layout.kind == "list" for emit in layout.emits}
    seen = set()
    for table in sorted(tables):
        for layout in layouts_for(table):
            path = tmp_path / f"{layout.id}.xlsx"
            if layout.id not in seen:
                seen.add(layout.id)
                path.write_bytes(_with_a_row(empty_workbook(layout, now)))
                [grid, *_], _ = open_file(path, path.name)
                found = recognise(grid, layouts)
                assert found is not None, layout.id
                assert found.layout.id == layout.id
    assert "benefit_list" in seen


def _with_a_row(content: bytes) -> bytes:
    """The first line filled, as nobody sends an empty list."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for column in range(1, sheet.max_column + 1):
        sheet.cell(3, column).value = "甲"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_empty_workbook_offers_the_labels(clerk: Client) -> None:
    answer = clerk.get("/ledgers/benefit/empty/benefit_list?programme=yulu")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    offered = [str(one.formula1) for one in sheet.data_validations.dataValidation]
    assert '"雨露计划职业教育补助"' in offered
    assert any("已发放" in labels for labels in offered)
    assert clerk.get("/ledgers/benefit/empty/projects").status_code == 404


# -- forms --------------------------------------------------------------------------------------------


@pytest.fixture
def desk(clerk: Client) -> Iterator[None]:
    """It judges what somebody has filled before: see docs/adr/0016."""
    add("project", {"project_name": "水厂", "contract_price": 1, "audited_price": 1, "retention": 0})
    with desk_here():
        yield


def test_a_row_is_added_to_somebody_on_file(clerk: Client, world: World, desk: None) -> None:
    found = clerk.post("/ledgers/benefit/new", {"q": "户主0"}, headers=HTMX)
    [address] = re.findall(r'href="(/ledgers/benefit/new\?household=\d+)"', text_of(found))
    sheet = Sheet(clerk, f"{address}&person={world.inside['person']}&programme=temp_aid")
    assert sheet.values[sheet.named("programme")] == ["temp_aid"]
    status, page = sheet.send(
        period="一次", amount="500", more={"person": str(world.inside["person"]), "reason": "核实"}
    )
    assert status == 302, page
    [_, made] = rows_of_households("benefit", [world.inside["household"]])
    wanted = {
        "programme": "temp_aid",
        "amount": 50_000,
        "person_key": world.inside["person"],
        "full_name": "成员0",
    }
    assert {name: made[name] for name in wanted} == wanted
    assert made["village_key"] == world.inside["village"]
    assert not broken_links()
    assert not list(broken_facts(models()))


def test_nobody_is_found_outside_the_area(world: World, logged_in: LoggedIn) -> None:
    cadre = logged_in("village_cadre", VILLAGE)
    assert "没有找到" in text_of(cadre.post("/ledgers/benefit/new", {"q": "户主1"}, headers=HTMX))
    assert cadre.get(f"/ledgers/benefit/new?household={world.outside['household']}").status_code == 404


def test_a_project_is_added_corrected_and_checked_by_itself(clerk: Client, world: World, desk: None) -> None:
    sheet = Sheet(clerk, "/ledgers/project/new")
    status, page = sheet.send(project_no="P1", project_name="路")
    assert (status, "请选所在的村" in page) == (422, True)
    retention = {"contract_price": "1000", "audited_price": "1000", "retention": "500"}
    status, page = sheet.send(**retention, more={"village": str(world.inside["village"])})
    assert status == 422
    assert "没有保存：质保金超过3%" in page
    sheet.send(retention="30", more={"reason": "核实"})
    project = Transaction.objects.order_by("-position")[0].entry_set.get().row
    row = row_in("project", project)
    assert row is not None
    assert (row["village_key"], row["village_name"], row["retention"]) == (
        world.inside["village"],
        "罗峰村",
        3_000,
    )
    again = Sheet(clerk, f"/ledgers/project/{project}/edit")
    status, told = again.send("?live=1", retention="31")
    assert "质保金超过3%" in told
    status, _ = again.send(project_name="通组路", more={"reason": "名称写错"})
    assert status == 302
    assert (row_in("project", project) or {})["project_name"] == "通组路"


def test_a_repayment_belongs_to_a_loan_that_is_kept(clerk: Client, world: World) -> None:
    [loan] = add("loan", {"full_name": "甲", "loan_no": "L7", "village_key": world.inside["village"]})
    sheet = Sheet(clerk, f"/ledgers/loan_repayment/new?of={loan}")
    assert sheet.values[sheet.named("loan_no")] == ["L7"]
    status, page = sheet.send(loan_no="L8", repaid_on="2020-01-02")
    assert (status, "没有编号为“L8”的贷款" in page) == (422, True)
    status, page = sheet.send(loan_no="L7", repaid_principal="100", more=UNCHECKED)
    assert status == 302, page


def test_two_who_correct_a_row_are_shown_to_each_other(
    clerk: Client, world: World, logged_in: LoggedIn
) -> None:
    [project] = add(
        "project", {"project_no": "P1", "project_name": "路", "village_key": world.inside["village"]}
    )
    one, other = (Sheet(clerk, f"/ledgers/project/{project}/edit") for _ in range(2))
    one.send(project_name="一号路", more=UNCHECKED)
    status, page = other.send(project_name="二号路", more=UNCHECKED)
    assert (status, "一号路" in page) == (409, True)


def test_a_row_is_removed_with_a_reason_and_stays_in_the_journal(clerk: Client, world: World) -> None:
    address = f"/ledgers/benefit/{world.inside['benefit']}/remove"
    seen = re.findall(r'name="seen" value="(\d+)"', text_of(clerk.get(address)))[0]
    assert clerk.post(address, {"seen": seen, "reason": ""}).status_code == 422
    assert clerk.post(address, {"seen": "1", "reason": "重复"}).status_code == 422
    assert clerk.post(address, {"seen": seen, "reason": "重复"}).status_code == 302
    assert row_in("benefit", world.inside["benefit"]) is None
    assert Transaction.objects.order_by("-position")[0].reason == "删除:重复"
    assert not list(broken_facts(models()))


def test_what_others_belong_to_is_not_removed(clerk: Client, world: World) -> None:
    [project] = add("project", {"project_no": "P1", "village_key": world.inside["village"]})
    add("project_fund", {"project_no": "P1", "amount": 1})
    address = f"/ledgers/project/{project}/remove"
    page = text_of(clerk.get(address))
    assert "还有项目资金下达" in page
    seen = re.findall(r'name="seen" value="(\d+)"', page)[0]
    assert clerk.post(address, {"seen": seen, "reason": "重复"}).status_code == 422
    assert row_in("project", project) is not None


def test_what_departments_say_is_not_typed(clerk: Client, world: World) -> None:
    [death] = add("death", {"full_name": "甲", "id_no": "429999199001010011"})
    assert clerk.get("/ledgers/death/new").status_code == 404
    assert clerk.get(f"/ledgers/death/{death}/edit").status_code == 404
    assert clerk.get(f"/ledgers/death/{death}/remove").status_code == 404
    assert "更正" not in text_of(clerk.get(f"/ledgers/death/{death}"))
