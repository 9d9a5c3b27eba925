"""What checks found, on pages: lists and filters, one finding, decisions, exports, handing out, runs."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import asdict
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.findings.models import Finding
from bangfu.jobs.models import Job
from bangfu.ledger import actions as ledger
from bangfu.office.home import this_home
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.registry import actions
from tests.home.office_with_faults import DAY, Office, make_office, run, set_birth, silence
from tests.web.conftest import LoggedIn

VILLAGE, OTHER = "421281102200", "421281102201"
FULL, STARRED = "429999198506129595", "429999********9595"
BIRTH = "identity.birth_date_differs_from_number"


@pytest.fixture
def office(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Checked on the business day by the whole rulebook; that takes seconds, so it is done once and copied."""
    kept = tmp_path_factory.getbasetemp() / "checked-office"
    if not kept.exists():
        kept.mkdir()
        (kept / "office.json").write_text(json.dumps(asdict(_checked())))
        connection.close()
        shutil.copy(home / "bangfu.sqlite3", kept)
    connection.close()
    shutil.copy(kept / "bangfu.sqlite3", home)
    return Office(**json.loads((kept / "office.json").read_text()))


def _checked() -> Office:
    made = make_office()
    with transaction(actor="张三", source=Source("form")) as change:
        codes = dict(zip(made.villages, (VILLAGE, OTHER), strict=True))
        actions.change_villages(change, {key: {"village_code": code} for key, code in codes.items()})
    here = this_home()
    here.business_on = DAY
    here.save()
    run(only=())
    return made


def of_birth(office: Office, village: int = 0) -> Finding:
    return Finding.objects.get(check_id=BIRTH, household_key=office.households[village])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


# -- lists -------------------------------------------------------------------------------------------


def test_the_list_shows_what_there_is_and_hides_numbers(office: Office, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/findings")
    assert "出生日期与身份证不符" in page
    assert FULL not in page
    assert f"共 <strong>{Finding.objects.count()}</strong> 条" in page


def test_before_the_first_run_the_page_says_so(home: Path, logged_in: LoggedIn) -> None:
    assert "还没有核查过" in text(logged_in("clerk"), "/findings")
    assert "/runs/start" in text(logged_in("clerk"), "/findings")
    assert "/runs/start" not in text(logged_in("leader"), "/findings")
    assert "还没有核查过" in text(logged_in("clerk"), "/runs")


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("?check=identity.birth_date_differs_from_number", True),
        ("?check=no.such", False),
        ("?family=identity", True),
        ("?family=income", False),
        ("?department=水利", False),
        ("?severity=error", True),
        ("?severity=reminder", False),
        ("?state=new", True),
        ("?state=gone", False),
        ("?q=甲0", True),
        ("?q=%EF%BC%96%EF%BC%91%EF%BC%90%EF%BC%90", True),
        ("?q=没有这个人", False),
        ("?silent=only", False),
        ("?handed=yes", False),
        ("?handed=no", True),
        ("?village=999999", False),
        ("?village=x&severity=x&state=x&silent=x&handed=x&by=x&after=x", True),
    ],
)
def test_filters_stand_in_the_address(
    office: Office, logged_in: LoggedIn, query: str, is_there: bool
) -> None:
    page = text(logged_in("clerk"), f"/findings{query}")
    assert (f'/findings/{of_birth(office).pk}"' in page) == is_there
    assert ("没有符合条件的疑点" in page) != is_there


def test_a_part_of_the_page_is_enough_for_the_search(office: Office, logged_in: LoggedIn) -> None:
    page = logged_in("clerk").get("/findings?q=甲1", headers={"HX-Request": "true"}).content.decode()
    assert 'id="results"' in page
    assert "甲1" in page


@pytest.mark.parametrize("by", ["check", "village", "department"])
def test_summaries_lead_to_lists(office: Office, logged_in: LoggedIn, by: str) -> None:
    page = text(logged_in("clerk"), f"/findings?by={by}")
    expected = {
        "check": f"check={BIRTH}",
        "village": f"village={office.villages[0]}",
        "department": "department=",
    }
    assert f'href="/findings?{expected[by]}' in page


def test_who_sees_what(office: Office, logged_in: LoggedIn) -> None:
    with transaction(actor="张三", source=Source("form")) as change:
        pairing = {"helper_name": "甲", "helper_phone": "13900000001", "household_key": office.households[0]}
        ledger.add(change, "helper_pairing", [{**pairing, "started_on": 20150101}])
    inside, outside = of_birth(office, 0), of_birth(office, 1)
    police = Finding.objects.exclude(department=inside.department).first()
    for client in (logged_in("village_cadre", VILLAGE), logged_in("helper", phone="13900000001")):
        assert f'/findings/{inside.pk}"' in text(client, f"/findings?check={BIRTH}")
        assert f'/findings/{outside.pk}"' not in text(client, f"/findings?check={BIRTH}")
        assert client.get(f"/findings/{inside.pk}").status_code == 200
        assert client.get(f"/findings/{outside.pk}").status_code == 404
    officer = logged_in("department_officer", departments=(inside.department,))
    assert officer.get(f"/findings/{outside.pk}").status_code == 200
    if police is not None:
        assert officer.get(f"/findings/{police.pk}").status_code == 404
    for by in ("check", "village", "department"):
        assert "村1" not in text(logged_in("village_cadre", VILLAGE), f"/findings?by={by}")
    assert logged_in("administrator").get("/findings").status_code == 403


def test_a_page_asks_no_more_for_more_rows(office: Office, logged_in: LoggedIn) -> None:
    for role, area in (("clerk", VILLAGE[:9] + "000"), ("village_cadre", VILLAGE)):
        client = logged_in(role, area)
        for address in (
            "/findings",
            "/findings?by=check",
            f"/findings/{of_birth(office).pk}",
            "/runs",
            "/runs/1",
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            assert len(asked) <= 12, f"{address}: {[query['sql'][:90] for query in asked]}"


# -- one finding -------------------------------------------------------------------------------------


def test_a_finding_explains_itself(office: Office, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), f"/findings/{of_birth(office).pk}")
    for part in ("出生日期", "1980-01-01", "怎么办", "61000000000000", "首次查出", "认定误报", "派发整改"):
        assert part in page, part
    assert STARRED in page
    assert FULL not in page
    only_reads = text(logged_in("leader"), f"/findings/{of_birth(office).pk}")
    assert "认定误报</h2>" not in only_reads
    assert "派发整改" not in only_reads


def test_numbers_are_shown_in_full_when_asked_for_and_that_is_written_down(
    office: Office, logged_in: LoggedIn
) -> None:
    number = of_birth(office).pk
    page = logged_in("clerk").post(f"/findings/{number}/reveal").content.decode()
    assert FULL in page
    record = AccessRecord.objects.values("kind", "object_table", "object_row").get(kind="查看号码")
    assert (record["object_table"], record["object_row"]) == ("finding", number)
    assert "看完整号码" not in text(logged_in("leader"), f"/findings/{number}")
    assert logged_in("leader").post(f"/findings/{number}/reveal").status_code == 403
    assert logged_in("village_cadre", OTHER).post(f"/findings/{number}/reveal").status_code == 404


def test_a_finding_that_is_gone_says_so(office: Office, logged_in: LoggedIn) -> None:
    found = of_birth(office)
    set_birth(office.persons[0][0], 19850612)
    run(only=())
    page = text(logged_in("clerk"), f"/findings/{found.pk}")
    assert "已经没有再查出" in page
    assert "认定误报</h2>" not in page
    assert f'/findings/{found.pk}"' in text(logged_in("clerk"), "/findings?state=gone")


def test_a_check_that_is_repealed_leaves_its_findings_readable(office: Office, logged_in: LoggedIn) -> None:
    found = of_birth(office)
    Finding.objects.filter(pk=found.pk).update(check_id="identity.repealed")
    page = text(logged_in("clerk"), f"/findings/{found.pk}")
    assert "已不在规则库里" in page
    assert FULL not in page


# -- false alarms ------------------------------------------------------------------------------------


def test_a_false_alarm_needs_a_reason_and_keeps_what_was_typed(office: Office, logged_in: LoggedIn) -> None:
    clerk, found = logged_in("clerk"), of_birth(office)
    answer = clerk.post(f"/findings/{found.pk}/false-alarm", {"reason": "  ", "seen": found.values_hash})
    assert answer.status_code == 422
    assert "请写明为什么是误报" in answer.content.decode()
    answer = clerk.post(f"/findings/{found.pk}/false-alarm", {"reason": "户口簿是这样", "seen": "other"})
    assert answer.status_code == 422
    assert "户口簿是这样</textarea>" in answer.content.decode()
    assert "值在您打开页面以后变了" in answer.content.decode()


def test_a_false_alarm_is_called_shown_and_withdrawn(office: Office, logged_in: LoggedIn) -> None:
    clerk, found = logged_in("clerk"), of_birth(office)
    sent = {"reason": "户口簿是这样", "seen": found.values_hash}
    assert clerk.post(f"/findings/{found.pk}/false-alarm", sent).status_code == 302
    page = text(clerk, f"/findings/{found.pk}")
    assert "认定为误报：户口簿是这样" in page
    assert f'/findings/{found.pk}"' not in text(clerk, "/findings")
    assert f'/findings/{found.pk}"' in text(clerk, "/findings?silent=only")
    assert "户口簿是这样" in text(clerk, "/findings/alarms")
    assert "户口簿是这样" not in text(logged_in("village_cadre", OTHER), "/findings/alarms")
    assert clerk.post(f"/findings/{found.pk}/withdraw", {"reason": ""}).status_code == 422
    assert clerk.post(f"/findings/{found.pk}/withdraw", {"reason": "看错了"}).status_code == 302
    assert f'/findings/{found.pk}"' in text(clerk, "/findings")
    assert "撤回：看错了" in text(clerk, "/findings/alarms")


def test_who_may_not_judge_does_not(office: Office, logged_in: LoggedIn) -> None:
    found = of_birth(office)
    for role in ("village_cadre", "leader", "auditor"):
        client = logged_in(role, VILLAGE)
        assert client.post(f"/findings/{found.pk}/false-alarm", {"reason": "x"}).status_code == 403
    elsewhere = logged_in("clerk", OTHER)
    assert elsewhere.post(f"/findings/{found.pk}/false-alarm", {"reason": "x"}).status_code == 404
    silence(found.pk)
    assert elsewhere.post(f"/findings/{found.pk}/withdraw", {"reason": "x"}).status_code == 404


# -- export ------------------------------------------------------------------------------------------


def test_what_is_seen_is_exported_with_its_watermark_and_written_down(
    office: Office, logged_in: LoggedIn
) -> None:
    answer = logged_in("clerk").post("/findings/export", {"check": BIRTH, "reason": "交各村核对"})
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "用途：交各村核对" in str(rows[1][0])
    assert rows[2][:3] == ["序号", "疑点编号", "规则编号"]
    assert [row[6] for row in rows[3:]] == ["610000000001", "610000000000"]
    assert FULL not in str(rows)
    assert STARRED in str(rows)
    record = AccessRecord.objects.values("reason", "rows_out").get(kind="导出")
    assert record == {"reason": "交各村核对", "rows_out": 2}


def test_an_export_without_a_reason_or_too_long_is_refused(
    office: Office, logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = logged_in("clerk")
    answer = clerk.post("/findings/export", {"check": BIRTH, "reason": " "})
    assert answer.status_code == 422
    assert f'name="check" value="{BIRTH}"' in answer.content.decode()
    monkeypatch.setattr("bangfu.web.findings.exporting.MOST", 1)
    answer = clerk.post("/findings/export", {"check": BIRTH, "reason": "核对"})
    assert answer.status_code == 422
    assert "超过 1 条" in answer.content.decode()
    assert not AccessRecord.objects.filter(kind="导出").exists()


def test_only_ones_own_area_is_exported(office: Office, logged_in: LoggedIn) -> None:
    answer = logged_in("village_cadre", VILLAGE).post("/findings/export", {"reason": "核对"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    villages = {row[5].value for row in sheet.iter_rows(min_row=4)}
    assert villages == {"村0"}
    assert logged_in("helper").post("/findings/export", {"reason": "核对"}).status_code == 403


# -- handing out -------------------------------------------------------------------------------------


def test_what_is_ticked_is_looked_at_and_then_handed_out(office: Office, logged_in: LoggedIn) -> None:
    clerk, found = logged_in("clerk"), of_birth(office)
    look = clerk.post(f"/findings/hand-out?check={BIRTH}", {"which": "chosen", "finding": [found.pk]})
    assert look.status_code == 200
    assert "确认派发 1 条" in look.content.decode()
    assert not Finding.objects.get(pk=found.pk).is_handed_out
    sent = {"which": "chosen", "finding": [found.pk], "confirmed": "yes", "once": "a1"}
    for _ in range(2):  # sent twice it is done once
        done = clerk.post(f"/findings/hand-out?check={BIRTH}", sent)
        assert done.status_code == 302
        assert done["Location"] == f"/findings?check={BIRTH}"
    assert Finding.objects.filter(is_handed_out=True).count() == 1
    assert "已派发" in text(clerk, f"/findings/{found.pk}")


def test_all_that_the_filters_leave_is_handed_out(office: Office, logged_in: LoggedIn) -> None:
    sent = {"which": "all", "confirmed": "yes", "once": "b2"}
    assert logged_in("clerk").post(f"/findings/hand-out?check={BIRTH}", sent).status_code == 302
    assert set(Finding.objects.filter(is_handed_out=True).values_list("check_id", flat=True)) == {BIRTH}
    assert Finding.objects.filter(is_handed_out=True).count() == 2


def test_nothing_ticked_or_nothing_of_ones_own_is_not_handed_out(office: Office, logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk")
    assert clerk.post("/findings/hand-out", {"which": "chosen"}).status_code == 422
    assert clerk.get("/findings/hand-out").status_code == 302
    elsewhere = logged_in("clerk", OTHER)
    sent = {"which": "chosen", "finding": [of_birth(office).pk]}
    assert elsewhere.post("/findings/hand-out", sent).status_code == 404
    assert not Finding.objects.filter(is_handed_out=True).exists()


def test_too_many_are_not_handed_out_at_once(
    office: Office, logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.web.findings.handing_out.MOST", 1)
    page = logged_in("clerk").post("/findings/hand-out", {"which": "all"}).content.decode()
    assert "一次最多派发 1 条" in page
    assert "确认派发" not in page


# -- runs --------------------------------------------------------------------------------------------


def test_a_run_tells_what_was_asked_and_what_was_not_run(office: Office, logged_in: LoggedIn) -> None:
    page = text(logged_in("clerk"), "/runs/1")
    for part in ("全部村，全部规则", "2 户，4 人", "没有运行的规则", "村0", "出生日期与身份证不符"):
        assert part in page, part
    set_birth(office.persons[0][0], 19850612)
    run(villages=(office.villages[0],))
    assert "1 条规则" in text(logged_in("clerk"), "/runs")
    assert "村0，1 条规则" in text(logged_in("clerk"), "/runs/2")
    assert "没有再查出" in text(logged_in("clerk"), f"/findings/{of_birth(office).pk}")
    assert f'/findings/{of_birth(office).pk}"' in text(logged_in("clerk"), "/runs/2/findings?kind=gone")
    assert logged_in("village_cadre", OTHER).get("/runs/2").status_code == 404
    assert text(logged_in("village_cadre", VILLAGE), "/runs/1").count("村1") == 0
    assert logged_in("clerk").get("/runs/99").status_code == 404


def test_a_run_of_another_day_is_marked(office: Office, logged_in: LoggedIn) -> None:
    aside = run(day=DAY - 10000)
    assert "回看" in text(logged_in("clerk"), "/runs")
    assert "不影响现有疑点" in text(logged_in("clerk"), f"/runs/{aside.pk}")
    page = text(logged_in("clerk"), f"/runs/{aside.pk}/findings")
    number = Finding.objects.filter(aside_run=aside)[0].pk
    assert f'/findings/{number}"' in page
    assert "这是回看 2022-12-18 的核查结果" in text(logged_in("clerk"), f"/findings/{number}")


def test_a_run_is_asked_for_as_a_job(office: Office, logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk")
    assert 'value="2023-12-18"' in text(clerk, "/runs/start")
    answer = clerk.post("/runs/start", {"as_of": "2023-12-18", "where": "whole", "which": "all"})
    job = Job.objects.get()
    assert answer["Location"] == f"/jobs/{job.pk}"
    assert job.parameters == {"as_of": DAY, "villages": [], "checks": []}
    again = clerk.post("/runs/start", {"as_of": "2023-12-18", "where": "whole", "which": "all"})
    assert again["Location"] == f"/jobs/{job.pk}"
    chosen = {
        "as_of": "2023-12-18",
        "where": "some",
        "village": [str(office.villages[0])],
        "which": "named",
        "named": "id-008、ID-003",
    }
    clerk.post("/runs/start", chosen)
    assert Job.objects.order_by("-pk")[0].parameters == {
        "as_of": DAY,
        "villages": [office.villages[0]],
        "checks": [BIRTH, "identity.checksum_wrong"],
    }
    clerk.post("/runs/start", {"as_of": "2023-12-18", "which": "family", "family": ["dibao", "identity"]})
    checks = Job.objects.order_by("-pk")[0].parameters["checks"]
    assert {check.partition(".")[0] for check in checks} == {"dibao", "identity"}
    clerk.post("/runs/start", {"as_of": "2023-12-18", "which": "department", "department": ["公安"]})
    assert "identity.police_record_differs" in Job.objects.order_by("-pk")[0].parameters["checks"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"as_of": "2023-13-01"}, "不对"),
        ({"as_of": "1999-01-01"}, "太早"),
        ({"where": "some"}, "请选至少一个村"),
        ({"where": "some", "village": ["x", "999999"]}, "请选至少一个村"),
        ({"which": "family"}, "请选至少一项"),
        ({"which": "named", "named": "INC-9999"}, "没有规则 INC-9999"),
        ({"which": "named", "named": " "}, "请选至少一项"),
        ({"as_of": "2019-01-01", "which": "named", "named": "INC-005"}, "都不在有效期内"),
    ],
)
def test_a_run_that_cannot_be_meant_is_refused_and_keeps_what_was_typed(
    office: Office, logged_in: LoggedIn, sent: dict[str, object], said: str
) -> None:
    answer = logged_in("clerk").post(
        "/runs/start", {"as_of": "2023-12-18", "where": "whole", "which": "all", **sent}
    )
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{sent.get("as_of", "2023-12-18")}"' in page
    assert not Job.objects.exists()


def test_who_starts_runs_of_an_area_starts_them_of_that_area(office: Office, logged_in: LoggedIn) -> None:
    logged_in("clerk", VILLAGE).post("/runs/start", {"as_of": "2023-12-18", "where": "whole", "which": "all"})
    assert Job.objects.get().parameters["villages"] == [office.villages[0]]
    assert logged_in("leader").get("/runs/start").status_code == 403
