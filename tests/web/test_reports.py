"""Figures, the dashboard and the checking of texts: a small office of two villages, counted once and copied."""

from __future__ import annotations

import html
import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document

from bangfu.engine.outline import outline
from bangfu.engine.wording import Wording
from bangfu.intake.rulebook import home_rulebook
from bangfu.jobs.models import Job
from bangfu.ledger import actions as ledger
from bangfu.office.home import this_home
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.registry import actions
from bangfu.registry.actions import Join
from bangfu.registry.queries import villages_by_code
from bangfu.reporting.folders import folder_of
from bangfu.reporting.queries import latest_run
from bangfu.reporting.runs import count_figures
from bangfu.web.reports.listing import TOPICS
from tests.web.conftest import TOWN, LoggedIn

DAY = 20200422
VILLAGE, OTHER = "421281102200", "421281102201"
NUMBER = "42999919620102011X"
WRONG = "全镇发放产业奖补122户,8.52万元;畜牧奖补383户,38.9万元;共奖补500户,资金47.42万元。"
"""The households come to 505."""


@pytest.fixture
def office(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two poor households in one village and one in the other, each with a month's dibao; counted as of DAY."""
    kept = tmp_path_factory.getbasetemp() / "counted-office"
    if not kept.exists():
        kept.mkdir()
        _make()
        count_figures(DAY, actor="测试")
        connection.close()
        shutil.copy(home / "bangfu.sqlite3", kept)
        shutil.copytree(home / "figures", kept / "figures")
    connection.close()
    shutil.copy(kept / "bangfu.sqlite3", home)
    shutil.copytree(kept / "figures", home / "figures", dirs_exist_ok=True)
    return home


def _make() -> None:
    with transaction(actor="测试", source=Source("form")) as change:
        first, second = actions.add_villages(
            change,
            [
                {"village_code": VILLAGE, "village_name": "罗峰村"},
                {"village_code": OTHER, "village_name": "云台山村"},
            ],
        )
        homes = [
            {"nat_household_no": f"61000000000{at}", "village_key": village, "household_type": "脱贫户"}
            for at, village in enumerate((first, first, second))
        ]
        households = actions.add_households(change, homes)
        years = [
            {"household_key": household, "data_year": year, "net_income": 8000_00, "household_size": 1}
            for household in households
            for year in (2019, 2020)
        ]
        actions.put_annual_records(change, years)
        persons = actions.add_persons(
            change,
            [
                {"full_name": f"户主{at}", "nat_person_no": f"61000000000{at}01", "id_no": number}
                for at, number in enumerate((NUMBER, "429999196201020216", "429999196201020312"))
            ],
        )
        pairs = list(zip(persons, households, strict=True))
        actions.join(change, [Join(person, household, 20140101) for person, household in pairs])
        actions.set_heads(change, {household: person for person, household in pairs}, 20140101)
        paid = [
            {
                "programme": "dibao",
                "person_key": person,
                "household_key": household,
                "village_key": village,
                "full_name": f"户主{at}",
                "period_from": 201903 + at,
                "amount": 300_50,
            }
            for at, ((person, household), village) in enumerate(
                zip(pairs, (first, first, second), strict=True)
            )
        ]
        ledger.add(change, "benefit", paid)
    here = this_home()
    here.business_on = DAY
    here.save()


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what a process reads once is read
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def links_to_rows(page: str) -> list[tuple[str, str]]:
    """Addresses of rows with the numbers that lead there."""
    found = re.findall(r'<a href="(/indicators/\w+/rows\?[^"]*)">([\d,.]+)</a>', page)
    return [(html.unescape(address), number) for address, number in found]


# -- indicators --------------------------------------------------------------------------------------


def test_before_the_first_count_the_pages_say_so(home: Path, logged_in: LoggedIn) -> None:
    for address in ("/dashboard", "/indicators", "/indicators/poor_households"):
        assert "还没有计算过指标" in text(logged_in("clerk"), address)
    assert "开始计算" in text(logged_in("clerk"), "/indicators")
    assert "开始计算" not in text(logged_in("leader"), "/indicators")


def test_a_day_that_was_not_counted_is_offered_for_counting(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/indicators?day=2018-12-31")
    assert "还没有计算过 2018-12-31 的指标" in page
    assert "?day=2020-04-22" in page


def test_the_list_has_every_figure_by_topic(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/indicators?period=2019")
    rows = dict(links_to_rows(page))
    assert rows["/indicators/poor_households/rows?day=2020-04-22&period=2019"] == "3"
    assert rows["/indicators/dibao_amount/rows?day=2020-04-22&period=2019"] == "901.50"
    assert "建档立卡" in page


def test_a_search_finds_names_and_what_else_they_are_called(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/indicators?period=2019&q=脱贫户数")
    assert "建档立卡户数" in page
    assert "/indicators/dibao_amount?" not in page
    assert "没有符合条件的指标" in text(logged_in("clerk"), "/indicators?q=没有这个")


def test_the_list_asks_a_fixed_number_of_queries(office: Path, logged_in: LoggedIn) -> None:
    assert queries_of(logged_in("clerk"), "/indicators") <= 10
    assert queries_of(logged_in("village_cadre", VILLAGE), "/indicators") <= 13


def test_every_number_of_a_breakdown_opens_to_as_many_rows(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    for address in (
        "/indicators/dibao_times?period=2019",
        "/indicators/dibao_times?period=2019&by=month",
        "/indicators/dibao_times?period=2019&by=village&every=month",
        "/indicators/benefit_times?period=2019&by=programme",
        "/indicators/poor_households?by=household_attribute",
    ):
        links = links_to_rows(text(client, address))
        assert links, address
        for link, number in links:
            assert f"共 <strong>{number}</strong> 行" in text(client, link), link


def test_a_village_cadre_sees_the_village_and_no_other(office: Path, logged_in: LoggedIn) -> None:
    client, other = logged_in("village_cadre", VILLAGE), villages_by_code()[OTHER]
    page = text(client, "/indicators/poor_households")
    assert "<b>2</b> 户" in page
    assert "云台山村" not in page
    rows = text(client, "/indicators/poor_households/rows")
    assert "共 <strong>2</strong> 行" in rows
    assert "户主2" not in rows
    for name in ("indicator", "indicator_rows"):
        address = f"{reverse(name, args=['poor_households'])}?village={other}"
        assert client.get(address).status_code == 404
        assert "户主2" not in text(client, address.replace(str(other), str(villages_by_code()[VILLAGE])))


def test_rows_hide_numbers_and_lead_to_households(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/indicators/poor_persons/rows")
    assert "户主0" in page
    assert "/households/" in page
    assert NUMBER not in page


def test_rows_that_were_cleared_away_say_what_to_do(office: Path, logged_in: LoggedIn) -> None:
    run = latest_run()
    assert run is not None
    shutil.rmtree(folder_of(run.pk))
    page = text(logged_in("clerk"), "/indicators/poor_households/rows")
    assert "请重新计算" in page
    assert "<b>3</b> 户" in text(logged_in("clerk"), "/indicators/poor_households")


def test_an_unknown_indicator_is_not_found(office: Path, logged_in: LoggedIn) -> None:
    assert logged_in("clerk").get("/indicators/nothing").status_code == 404


def test_what_an_indicator_counts_is_told_in_words(office: Path) -> None:
    policy = home_rulebook()
    wording = Wording(policy, DAY, TOWN[:9])
    assert all(outline(one.where, wording).text for one in policy.indicators.values() if one.where)


def test_every_topic_has_a_name(office: Path) -> None:
    assert {one.topic for one in home_rulebook().indicators.values()} == set(TOPICS)


def test_a_count_is_a_job_and_asked_twice_the_same(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    for _ in range(2):
        answer = client.post("/indicators/count", {"day": "2019-12-31"})
        assert answer["Location"] == "/indicators?day=2019-12-31"
    assert Job.objects.get(kind="figures").parameters == {"as_of": 20191231}
    assert "排队" in text(client, "/indicators?day=2019-12-31")
    assert client.post("/indicators/count", {"day": "1990-01-01"}).status_code == 400


# -- taking tables away ------------------------------------------------------------------------------

TAKEN = (
    ("indicators_export", [], "指标表"),
    ("indicator_export", ["poor_households"], "建档立卡户数"),
    ("indicator_rows_export", ["poor_households"], "建档立卡户数"),
    ("dashboard_export", [], "各项补助"),
)


@pytest.mark.parametrize(("name", "arguments", "title"), TAKEN)
def test_a_table_is_taken_away_with_a_reason_that_is_kept(
    office: Path, logged_in: LoggedIn, name: str, arguments: list[str], title: str
) -> None:
    client, sent = logged_in("clerk"), {"panel": "benefits", "period": "2019"}
    assert client.post(reverse(name, args=arguments), sent).status_code == 400
    assert not AccessRecord.objects.filter(kind="导出").exists()
    answer = client.post(reverse(name, args=arguments), {**sent, "reason": "附在月报后"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None]
    assert title in cells[0]
    assert any("用途：附在月报后" in cell for cell in cells)
    kept = AccessRecord.objects.get(kind="导出")
    assert kept.reason == "附在月报后"
    assert title in (kept.what or "")


def test_the_workbook_of_rows_has_each_of_them(office: Path, logged_in: LoggedIn) -> None:
    sent = {"reason": "核对", "village": str(villages_by_code()[VILLAGE])}
    answer = logged_in("clerk").post("/indicators/poor_persons/rows/export", sent)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {str(cell) for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"户主0", "户主1"} <= cells
    assert "户主2" not in cells


# -- statistical forms -------------------------------------------------------------------------------


def test_a_form_has_a_line_a_village_and_goes_out_as_it_is_seen(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    assert '<a href="/statistics/1.1?day=2020-04-22">' in text(client, "/statistics")
    page = text(client, "/statistics/1.1")
    assert re.search(r'<th scope="row">罗峰村</th>.*<th scope="row">云台山村</th>', page, re.DOTALL)
    answer = client.post("/statistics/1.1/export", {"reason": "上报"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row}
    assert {"罗峰村", "云台山村", "合计"} <= cells
    assert client.get("/statistics/99").status_code == 404


def test_a_cadres_form_has_the_village_only(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("village_cadre", VILLAGE), "/statistics/1.1")
    assert "罗峰村" in page
    assert "云台山村" not in page


# -- dashboard ---------------------------------------------------------------------------------------


def test_every_chart_shows_the_numbers_of_its_table(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/dashboard?period=2019")
    pairs = re.findall(r'data-chart="([^"]*)" hidden></figure>.*?(<table.*?</table>)', page, re.DOTALL)
    assert pairs
    for told, table in pairs:
        chart = json.loads(html.unescape(told))
        assert len(chart["labels"]) == len(chart["series"][0]["numbers"])
        for number in filter(None, chart["series"][0]["numbers"]):
            assert f">{number:,.0f}" in table
    assert "各项补助，2019 年" in page
    assert "农村低保" in page


def test_villages_stand_beside_months(office: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/dashboard?period=2019&measure=benefit_times")
    heat = re.findall(r'<table class="list grid heat">.*?</table>', page, re.DOTALL)[0]
    assert re.findall(r"(2019-\d\d)</th>", heat) == [f"2019-{month:02}" for month in range(1, 13)]
    assert [number for _, number in links_to_rows(heat)] == ["1", "1", "1"]


def test_the_dashboard_asks_a_fixed_number_of_queries(office: Path, logged_in: LoggedIn) -> None:
    assert queries_of(logged_in("clerk"), "/dashboard?period=2019") <= 34


def test_a_helper_has_no_figures_but_may_have_texts_checked(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("helper", VILLAGE, name="结对甲", phone="13900000001")
    assert client.get("/dashboard").status_code == 403
    page = text(client, "/verify")
    assert '<a href="/verify" aria-current="page">材料</a>' in page
    assert "数据看板" not in page


# -- texts -------------------------------------------------------------------------------------------


def ticket_of(answer: str) -> str:
    found = re.search(r'name="ticket" value="(\w+)"', answer)
    assert found is not None
    return found[1]


def checked(client: Client, words: str = WRONG) -> str:
    answer = client.post("/verify", {"text": words})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_sum_that_fails_is_marked_at_its_place(office: Path, logged_in: LoggedIn) -> None:
    page = checked(logged_in("clerk"))
    assert "122户+383户=505户" in page
    place = re.search(r'<a class="mark error" id="(q\d+)" href="#(d\d+)"[^>]*>500户', page)
    assert place is not None
    assert f'<li id="{place[2]}"' in page
    assert f'<a href="#{place[1]}">' in page


def test_a_text_that_closes_has_no_doubt(office: Path, logged_in: LoggedIn) -> None:
    assert "没有发现对不上的地方" in checked(logged_in("clerk"), WRONG.replace("500户", "505户"))


def test_figures_are_held_beside_the_ledgers(office: Path, logged_in: LoggedIn) -> None:
    page = checked(logged_in("clerk"), "截至2020年4月,全镇建档立卡户4户。2019年农村低保金额0.09015万元。")
    assert "1 个数与台账不同" in page
    assert re.search(r">4户</td><td[^>]*>3 户</td>", page)
    assert "1 个数与台账一致" in page


def test_who_sees_one_village_is_not_shown_the_towns_figures(office: Path, logged_in: LoggedIn) -> None:
    page = checked(logged_in("village_cadre", VILLAGE), "全镇建档立卡户4户。")
    assert "台账的数字要看全镇的人才能比" in page
    assert "3 户" not in page


def test_the_marked_copy_and_the_reading_can_be_fetched(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    ticket = ticket_of(checked(client))
    marked = client.post("/verify/download", {"ticket": ticket, "what": "docx"})
    comments = [one.text for one in Document(io.BytesIO(marked.content)).comments]
    assert any("505户" in comment for comment in comments)
    told = json.loads(client.post("/verify/download", {"ticket": ticket, "what": "json"}).content)
    assert [one["text"] for one in told["quantities"]][:2] == ["122户", "8.52万元"]


def test_a_word_file_comes_back_marked(office: Path, logged_in: LoggedIn) -> None:
    document, written = Document(), io.BytesIO()
    document.add_paragraph(WRONG)
    document.save(written)
    client = logged_in("clerk")
    page = client.post("/verify", {"file": SimpleUploadedFile("月报.docx", written.getvalue())})
    ticket = ticket_of(page.content.decode())
    marked = client.post("/verify/download", {"ticket": ticket, "what": "docx"})
    found = Document(io.BytesIO(marked.content))
    assert found.paragraphs[0].text == WRONG
    assert len(list(found.comments)) == 1


def test_nobody_else_gets_a_text(office: Path, logged_in: LoggedIn) -> None:
    ticket = ticket_of(checked(logged_in("clerk")))
    for sent in (ticket, "f" * 32, "../../secret.key", ""):
        answer = logged_in("leader").post("/verify/download", {"ticket": sent, "what": "json"})
        assert answer.status_code == 400
        assert "请重新核对一次" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"text": "  "}, "没有要核对的文字"),
        ({"file": SimpleUploadedFile("总结.pdf", b"%PDF-1.7")}, "是 PDF"),
        ({"text": "户" * 100_001}, "网页上一次最多核对 100,000 字"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_advice(
    home: Path, logged_in: LoggedIn, sent: dict[str, object], said: str
) -> None:
    answer = logged_in("clerk").post("/verify", sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_text_is_shown_as_it_is_and_never_run(office: Path, logged_in: LoggedIn) -> None:
    page = checked(logged_in("clerk"), "<script>alert(1)</script>全镇 12户。")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
