"""The rulebook to read: every check, standard and programme opens, and says what it asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.intake.rulebook import rulebook
from tests.home.office_with_faults import make_office, run
from tests.web.conftest import LoggedIn


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_check_standard_and_programme_opens(home: Path, logged_in: LoggedIn) -> None:
    client, policy = logged_in("clerk"), rulebook()
    for check in policy.checks.values():
        page = text(client, f"/policy/checks/{check.id}")
        assert check.id in page
    for standard in policy.standards.values():
        assert standard.name in text(client, f"/policy/standards/{standard.id}")
    for programme in policy.programmes.values():
        assert programme.name in text(client, f"/policy/programmes/{programme.id}")


def test_a_check_says_what_it_asks_with_its_standards_and_examples(home: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/policy/checks/income.below_monitoring_line_not_monitored")
    for part in (
        "收入低于监测线未纳入监测",
        "同时符合",
        "人均纯收入低于防返贫监测收入线",
        "监测对象类别未填",
        "INC-005",
        "2021-05-01 起",
        "中农组发〔2021〕7号",
        "7,600 元",
        "湖北省",
        "未核实",
        "7,599.99",
        "查出",
        "无法判断",
        "入户核实收入",
    ):
        assert part in page, part


def test_a_standard_shows_its_values_and_who_reads_it(home: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/policy/standards/monitoring_line")
    for part in ("2023-01-01 至 2023-12-31", "贵州", "对过原文", "收入低于监测线未纳入监测", "湖北2021年"):
        assert part in page, part


def test_a_programme_says_who_gets_how_much(home: Path, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/policy/programmes/disabled_living")
    for part in ("谁应享受", "给多少", "民政", "应享未享：困难残疾人生活补贴", "应享受"):
        assert part in page, part


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("?q=INC-005", True),
        ("?q=inc-005", True),
        ("?q=监测线 收入", True),
        ("?q=没有这样的规则", False),
        ("?family=income", True),
        ("?family=loan", False),
        ("?department=民政", False),
        ("?severity=error", True),
        ("?severity=suspicion", False),
        ("?force=past", False),
        ("?found=some", False),
    ],
)
def test_checks_are_found(home: Path, logged_in: LoggedIn, query: str, is_there: bool) -> None:
    page = text(logged_in("clerk"), f"/policy{query}")
    assert ("income.below_monitoring_line_not_monitored" in page) == is_there


def test_what_is_not_in_force_on_the_business_day_is_said(home: Path, logged_in: LoggedIn) -> None:
    from bangfu.office.home import this_home

    here = this_home()
    here.business_on = 20200422
    here.save()
    client = logged_in("clerk")
    assert "income.below_monitoring_line_not_monitored" not in text(client, "/policy")
    assert "income.below_monitoring_line_not_monitored" in text(client, "/policy?force=past")
    assert "不在有效期内" in text(client, "/policy/checks/income.below_monitoring_line_not_monitored")


def test_the_number_of_findings_is_that_of_the_readers_area(home: Path, logged_in: LoggedIn) -> None:
    make_office(3)
    run()
    name = "identity.birth_date_differs_from_number"
    assert "现有疑点 3 条" in text(logged_in("clerk"), f"/policy/checks/{name}")
    assert f'href="/findings?check={name}">3</a>' in text(logged_in("clerk"), "/policy?found=some")
    assert "现在没有疑点" in text(
        logged_in("department_officer", departments=("民政",)), f"/policy/checks/{name}"
    )
    administrator = text(logged_in("administrator"), f"/policy/checks/{name}")
    assert "疑点 3" not in administrator
    assert "/findings" not in administrator


def test_lists_of_standards_and_programmes_are_searched(home: Path, logged_in: LoggedIn) -> None:
    client = logged_in("auditor")
    assert "防返贫监测收入线" in text(client, "/policy/standards?q=监测收入线")
    assert "没有这样的标准" in text(client, "/policy/standards?q=没有")
    assert "农村低保" in text(client, "/policy/programmes?q=低保")
    assert "没有这样的补助项目" in text(client, "/policy/programmes?q=zzz")


def test_what_is_not_in_the_rulebook_is_not_found(home: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    for address in ("/policy/checks/no.such", "/policy/standards/nothing", "/policy/programmes/nothing"):
        assert client.get(address).status_code == 404


def test_pages_ask_little_of_the_database(home: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    for address in (
        "/policy",
        "/policy/checks/dibao.paid_twice",
        "/policy/standards",
        "/policy/programmes/dibao",
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        assert len(asked) <= 12, f"{address}: {[query['sql'][:80] for query in asked]}"
