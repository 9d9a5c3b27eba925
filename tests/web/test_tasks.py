"""The list of tasks, one task, and every step that can be taken there."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bangfu.casework import actions
from bangfu.casework.corrections import Proposal
from bangfu.casework.drafts import Draft
from bangfu.casework.evidence_files import LIMIT, keep
from bangfu.casework.models import EvidenceFile, TaskCorrection, TaskEvent, Verdict
from bangfu.config.env import read_env
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.registry import actions as registry
from bangfu.registry.models import Person
from tests.home.offices import Office
from tests.home.pictures import exe, jpeg, pdf
from tests.web.offices import (
    browser,
    chain_of,
    handed_out,
    office_in_april,
    queries_of,
    revision,
    shown_queries,
    state,
)

ANSWER = {"measure": "入户核对了身份证", "effect": "已更正"}
VERDICT = {
    "conclusion": "属实",
    "way": "入户",
    "visited_on": "2020-04-22",
    "people": "户主本人",
    "found": "身份证与答复一致",
    "is_discipline_broken": "no",
}
MOST = 12
"""Queries that a page may ask, with those for the user and the home."""


@pytest.fixture
def office(home: Path) -> Office:
    return office_in_april()


@pytest.fixture
def task(office: Office) -> int:
    chain_of(office)
    return handed_out(office)[0]


def photo(name: str = "照片1.jpg", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content, "image/jpeg")


def take(client: Client, task: int, step: str, seen: int | None = None, **sent: Any) -> HttpResponse:
    """Sends a form of the page; `seen` is the revision that it was made for."""
    form = {"seen": revision(task) if seen is None else seen, "once": "", **sent}
    return client.post(reverse(f"task_{step}", args=[task]), form)  # type: ignore[return-value]


def said(answer: Any) -> str:
    return str(answer.content.decode())


def birth_date_of(office: Office) -> int | None:
    return Person.objects.values_list("birth_date", flat=True).get(id=office.persons["north"])


def correcting(office: Office, text: str = "1985-06-12") -> dict[str, str]:
    return {f"c.person.{office.persons['north']}.birth_date": text}


# -- the list ------------------------------------------------------------------------------------------


def test_a_list_shows_the_area_and_nothing_else(office: Office) -> None:
    [north], [south] = handed_out(office), handed_out(office, where="south")
    everything, mine = said(browser("clerk").get("/tasks")), said(browser("cadre").get("/tasks"))
    for page in (everything, mine):
        assert f"/tasks/{north}" in page
    assert f"/tasks/{south}" in everything
    assert f"/tasks/{south}" not in mine
    assert "/tasks/" not in said(browser("officer").get("/tasks"))


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ("", True),
        ("severity=错误", True),
        ("severity=疑点", False),
        ("severity=胡说", True),
        ("stand=待整改", True),
        ("stand=closed", False),
        ("stand=nonsense", True),
        ("village={north}", True),
        ("village={south}", False),
        ("village=99999999999999999999", True),
        ("village=甲", True),
        ("mine=1", False),
        ("unowned=1", True),
        ("overdue=1", False),
        ("soon=1", False),
        ("q=2020-0422", True),
        ("q=田", True),
        ("q=%00", True),
        ("q=不在的人", False),
        ("after=nonsense", True),
        ("view=responsibility", True),
        ("view=rectification&source=核查疑点", True),
        ("check=identity.no_id_number", False),
    ],
)
def test_a_choice_in_the_address(office: Office, query: str, is_there: bool) -> None:
    [task] = handed_out(office)
    answer = browser("clerk").get("/tasks?" + query.format(**office.villages))
    assert answer.status_code == 200
    assert (f"/tasks/{task}" in said(answer)) is is_there


def test_overdue_and_due_soon_are_said_in_words(office: Office) -> None:
    handed_out(office, day=20200401)
    handed_out(office, day=20200408, check_id="identity.no_id_number")
    page = said(browser("clerk").get("/tasks"))
    assert "超期 6 天" in page
    assert "还有 1 天" in page


def test_page_by_page_everything_comes_once(office: Office) -> None:
    every = set(handed_out(office, 120))
    client, address, seen = browser("clerk"), "/tasks", list[str]()
    while address:
        page = said(client.get(address))
        seen += [
            part.partition('"')[0]
            for part in page.split('<td class="keep number" data-label="编号"><a href="')[1:]
        ]
        _, _, rest = page.partition('rel="next" href="')
        address = "/tasks" + rest.partition('"')[0].replace("&amp;", "&") if rest else ""
    assert sorted(seen) == sorted(f"/tasks/{task}" for task in every)


@pytest.mark.parametrize("username", ["clerk", "cadre", "officer", "auditor"])
def test_a_list_asks_the_same_however_long_it_is(office: Office, username: str) -> None:
    department = {"department": "民政"} if username == "officer" else {}
    handed_out(office, 3, **department)
    few = queries_of(browser(username), "/tasks")
    handed_out(office, 60, **department)
    many = queries_of(browser(username), "/tasks?stand=all")
    assert few <= MOST, shown_queries(browser(username), "/tasks")
    assert many <= MOST, shown_queries(browser(username), "/tasks?stand=all")
    assert queries_of(browser(username), "/tasks") == few


# -- out of the house ----------------------------------------------------------------------------------


def workbook(answer: Any) -> str:
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return "\n".join(
        str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    )


def test_a_workbook_says_who_when_and_why_and_is_written_down(office: Office) -> None:
    handed_out(office, 2)
    handed_out(office, where="south")
    answer = browser("cadre").post("/tasks/export", {"form": "xlsx", "sheet": "ledger", "reason": "报县局"})
    assert answer.status_code == 200
    assert "filename*=utf-8''" in answer["Content-Disposition"]
    told = workbook(answer)
    assert "导出人：王村干（cadre）" in told
    assert "用途：报县局" in told
    assert "云台山村" in told
    assert "温泉村" not in told
    record = AccessRecord.objects.get()
    assert (record.kind, record.username, record.reason, record.rows_out) == ("导出", "cadre", "报县局", 2)


def test_a_table_without_a_reason_stays_in_the_house(office: Office) -> None:
    handed_out(office)
    answer = browser("clerk").post("/tasks/export", {"form": "xlsx", "reason": " "})
    assert answer.status_code == 400
    assert "用途" in said(answer)
    assert not AccessRecord.objects.exists()


def test_only_the_marked_rows_are_printed(office: Office) -> None:
    first, second, _ = handed_out(office, 3)
    marked = [f"{first}-1", f"{second}-1"]
    page = said(browser("clerk").post("/tasks/export", {"form": "print", "reason": "村会议", "task": marked}))
    assert "共 2 条" in page
    assert "填表人" in page
    assert "用途：村会议" in page
    assert AccessRecord.objects.get().rows_out == 2


def test_marked_tasks_go_to_somebody_else_and_what_was_refused_is_told(office: Office) -> None:
    first, second = handed_out(office, 2)
    actions.acknowledge(office.hand("cadre"), second, seen=1)
    form = {"task": [f"{first}-1", f"{second}-1"], "assignee": "south", "reason": "换人", "once": "x"}
    page = said(browser("clerk").post("/tasks/reassign", form, follow=True))
    assert "已改派 1 条" in page
    assert "有人办理过" in page
    assert "王村干" not in page.partition("<table")[0]
    assert TaskEvent.objects.filter(event="改派").count() == 1


# -- one task --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("username", ["clerk", "leader", "cadre", "auditor"])
def test_everybody_in_the_area_sees_a_task_in_few_queries(office: Office, task: int, username: str) -> None:
    client, address = browser(username), f"/tasks/{task}"
    page = said(client.get(address))
    for word in ("出生日期", "云台山村", "王村干", "郑镇长", "2020-05-07", "办理记录"):
        assert word in page
    assert "429999198506129595" not in page
    assert queries_of(client, address) <= MOST, shown_queries(client, address)
    actions.answer(
        office.hand("cadre"),
        task,
        seen=revision(task),
        measure="核对",
        effect="已改",
        proposals=[Proposal("person", office.persons["north"], "birth_date", "1985-06-12")],
        files=(keep("a.jpg", [jpeg()]),),
    )
    assert queries_of(client, address) <= MOST, shown_queries(client, address)


def test_a_task_outside_is_like_one_that_is_not_there(office: Office) -> None:
    [task] = handed_out(office, where="south")
    client = browser("cadre")
    for address in (f"/tasks/{task}", "/tasks/999999"):
        assert client.get(address).status_code == 404
        assert client.post(f"{address}/answer", ANSWER).status_code == 404
        assert client.get(f"{address}/answer").status_code == 404
        assert client.get(f"{address}/files/1").status_code == 404


def test_forms_are_there_for_who_may_use_them(office: Office, task: int) -> None:
    pages = {
        name: said(browser(name).get(f"/tasks/{task}")) for name in ("cadre", "clerk", "leader", "auditor")
    }
    is_there = {name: f"/tasks/{task}/answer" in page for name, page in pages.items()}
    assert is_there == {"cadre": True, "clerk": True, "leader": False, "auditor": False}
    assert f"/tasks/{task}/reassign" in pages["clerk"]
    assert f"/tasks/{task}/reassign" not in pages["cadre"]
    assert "现在等王村干答复" in pages["leader"]


def test_from_the_answer_at_the_door_to_the_closed_task(office: Office, task: int) -> None:
    cadre, clerk, leader = browser("cadre"), browser("clerk"), browser("leader")
    assert take(cadre, task, "acknowledge").status_code == 302
    assert take(cadre, task, "answer", **ANSWER, **correcting(office), files=[photo()]).status_code == 302
    assert (state(task), birth_date_of(office)) == ("已整改", 19800101)
    assert "1985-06-12" in said(clerk.get(f"/tasks/{task}"))
    assert take(clerk, task, "verify", **VERDICT).status_code == 302
    assert (state(task), birth_date_of(office)) == ("已验收", 19850612)
    assert take(leader, task, "close").status_code == 302
    assert state(task) == "已销号"
    assert Verdict.objects.get().people == "户主本人"
    assert broken_links() == []
    assert broken_facts([TaskEvent, TaskCorrection, EvidenceFile, Verdict]) == []


def test_a_step_leads_back_to_the_task_and_the_draft_is_dropped_once(office: Office, task: int) -> None:
    client = browser("cadre")
    answer = take(client, task, "progress", measure="已联系户主")
    assert answer["Location"] == f"/tasks/{task}"
    assert f'data-saved="task-{task}-progress task-{task}-answer"' in said(client.get(f"/tasks/{task}"))
    assert 'data-saved=""' in said(client.get(f"/tasks/{task}"))


def test_what_is_missing_is_told_beside_the_field_and_what_was_typed_stays(office: Office, task: int) -> None:
    answer = take(browser("cadre"), task, "answer", measure="入户核对", effect=" ", **correcting(office))
    page = said(answer)
    assert answer.status_code == 422
    assert answer["HX-Push-Url"] == "false"
    assert "请填写整改成效" in page
    assert ">入户核对</textarea>" in page
    assert 'value="1985-06-12"' in page
    assert state(task) == "待整改"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1985-13-40", "日历上有的日期"), ("昨天", "如 2023-03-01"), ("1980-01-01", "一样")],
)
def test_a_value_that_cannot_be_is_told_beside_its_field(
    office: Office, task: int, text: str, expected: str
) -> None:
    answer = take(browser("cadre"), task, "answer", **ANSWER, **correcting(office, text))
    assert answer.status_code == 422
    assert expected in said(answer)
    assert f'value="{text}"' in said(answer)
    assert not TaskCorrection.objects.exists()


def test_a_minus_empties_a_field(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, **correcting(office, "-"), files=[photo()])
    take(browser("clerk"), task, "verify", **VERDICT)
    assert birth_date_of(office) is None


def test_another_households_row_cannot_be_corrected(office: Office, task: int) -> None:
    foreign = {f"c.person.{office.persons['south']}.birth_date": "1985-06-12"}
    answer = take(browser("cadre"), task, "answer", **ANSWER, **foreign)
    assert answer.status_code == 422
    assert state(task) == "待整改"


def test_fields_to_be_corrected_come_with_what_stands_in_them(office: Office, task: int) -> None:
    asked = {"HTTP_HX_REQUEST": "true"}
    page = said(browser("cadre").get(f"/tasks/{task}/fields", **asked))
    assert f'name="c.person.{office.persons["north"]}.birth_date"' in page
    assert "1980-01-01" in page
    row = said(
        browser("cadre").get(f"/tasks/{task}/fields?row=household.{office.households['north']}", **asked)
    )
    assert f'name="c.household.{office.households["north"]}.' in row
    other = browser("cadre").get(f"/tasks/{task}/fields?row=household.{office.households['south']}", **asked)
    assert other.status_code == 404


def test_without_scripts_the_fields_come_with_the_page(office: Office, task: int) -> None:
    page = said(browser("cadre").get(f"/tasks/{task}?row=household.{office.households['north']}"))
    assert f'name="c.person.{office.persons["north"]}.birth_date"' in page
    assert f'name="c.household.{office.households["north"]}.' in page


# -- two at once -----------------------------------------------------------------------------------------


def test_who_comes_second_sees_what_happened_and_keeps_what_was_typed(office: Office, task: int) -> None:
    seen = revision(task)
    take(browser("clerk"), task, "answer", seen=seen, **ANSWER, files=[photo()])
    answer = take(browser("cadre"), task, "progress", seen=seen, measure="我写的进展")
    page = said(answer)
    assert answer.status_code == 409
    assert "有人办理过" in page
    assert "周文书 答复" in page
    assert "我写的进展" in page


def test_after_a_look_at_the_conflict_the_same_form_goes_through(office: Office, task: int) -> None:
    seen = revision(task)
    actions.extend(office.hand("clerk"), task, seen=seen, due=20200515, reason="路断了")
    page = said(take(browser("cadre"), task, "answer", seen=seen, **ANSWER))
    assert "路断了" in page
    assert f'name="seen" value="{seen + 1}"' in page
    assert take(browser("cadre"), task, "answer", seen=seen + 1, **ANSWER).status_code == 302


def test_a_form_that_is_sent_twice_is_taken_once(office: Office, task: int) -> None:
    client, seen = browser("cadre"), revision(task)
    for _ in range(2):
        answer = take(client, task, "answer", seen=seen, **{**ANSWER, "once": "form-1"}, files=[photo()])
        assert answer.status_code == 302
    assert TaskEvent.objects.filter(event="答复").count() == 1
    assert EvidenceFile.objects.count() == 1


def test_nobody_verifies_an_answer_of_his_own(office: Office, task: int) -> None:
    clerk = browser("clerk")
    take(clerk, task, "answer", **ANSWER, files=[photo()])
    assert "自己不能给自己销号" in said(clerk.get(f"/tasks/{task}"))
    answer = take(clerk, task, "verify", **VERDICT)
    assert answer.status_code == 409
    assert "由别人来办" in said(answer) or "要由别人" in said(answer)
    assert state(task) == "已整改"


def test_a_value_that_moved_meanwhile_is_the_verifiers_to_decide(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, **correcting(office), files=[photo()])
    with transaction(actor="乙", source=Source("form")) as change:
        registry.change_persons(change, {office.persons["north"]: {"birth_date": 19800202}})
    clerk = browser("clerk")
    answer = take(clerk, task, "verify", **VERDICT)
    [correction] = TaskCorrection.objects.values_list("id", flat=True)
    assert answer.status_code == 409
    assert f'name="decided.{correction}"' in said(answer)
    assert "1980-02-02" in said(answer)
    decided = {f"decided.{correction}": "drop"}
    assert take(clerk, task, "verify", **VERDICT, **decided).status_code == 302
    assert birth_date_of(office) == 19800202


def test_a_verdict_lacks_what_it_lacks_all_at_once(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, files=[photo()])
    answer = take(browser("clerk"), task, "verify", visited_on="2020-02-30", found="看过")
    page = said(answer)
    assert answer.status_code == 422
    for words in ("核实结论", "核实方式", "2020-02-30", "见到谁", "有没有违纪违规"):
        assert words in page
    assert ">看过</textarea>" in page


def test_an_answer_is_sent_back_with_the_verdict_that_was_begun(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, files=[photo()])
    clerk = browser("clerk")
    assert "请填写退回的理由" in said(take(clerk, task, "send_back", reason=""))
    assert (
        take(clerk, task, "send_back", reason="照片看不清", due_on="2020-05-20", **VERDICT).status_code == 302
    )
    assert state(task) == "已退回"
    assert Verdict.objects.get().is_passed is False
    page = said(browser("cadre").get(f"/tasks/{task}"))
    assert "照片看不清" in page
    assert "2020-05-20" in page
    assert ">入户核对了身份证</textarea>" in page


def test_corrections_of_before_need_not_be_typed_again(office: Office, task: int) -> None:
    number = {f"c.person.{office.persons['north']}.id_no": "429999198506129594"}
    cadre, clerk = browser("cadre"), browser("clerk")
    take(cadre, task, "answer", **ANSWER, **number, files=[photo()])
    take(clerk, task, "send_back", reason="补材料")
    [correction] = TaskCorrection.objects.values_list("id", flat=True)
    page = said(cadre.get(f"/tasks/{task}"))
    assert f'name="keep" value="{correction}"' in page
    assert "429999198506129594" not in page
    take(cadre, task, "answer", **ANSWER, keep=[str(correction)])
    assert list(TaskCorrection.objects.values_list("state", flat=True)) == ["待核实"]
    take(clerk, task, "send_back", reason="还是不对")
    take(cadre, task, "answer", **ANSWER)
    assert list(TaskCorrection.objects.values_list("state", flat=True)) == ["已撤回"]


def test_a_masked_number_is_shown_on_a_click_that_is_written_down(office: Office, task: int) -> None:
    number = {f"c.person.{office.persons['north']}.id_no": "429999198506129594"}
    take(browser("cadre"), task, "answer", **ANSWER, **number)
    [correction] = TaskCorrection.objects.values_list("id", flat=True)
    address = f"/tasks/{task}/corrections/{correction}"
    assert browser("leader").post(address).status_code == 403
    assert browser("south").post(address).status_code == 404
    assert not AccessRecord.objects.exists()
    assert "429999198506129594" in said(browser("clerk").post(address))
    record = AccessRecord.objects.get()
    assert (record.kind, record.username, record.field_name) == ("查看号码", "clerk", "id_no")


# -- evidence --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "said_of_it"),
    [
        ("照片.jpg", exe(), "照片"),
        ("照片.jpg", jpeg()[:20], "不完整"),
        ("说明.docx", b"PK\x03\x04" + b"0" * 100, ".docx"),
        ("a/b.jpg", jpeg(), "路径"),
        ("..\\b.jpg", jpeg(), "路径"),
        ("空.jpg", b"", "空"),
        ("大.jpg", jpeg() + b"0" * LIMIT, "文件超过 10 MB，没有接收。请把照片压缩后"),
    ],
)
def test_a_file_that_is_not_taken_is_told_and_nothing_is_written(
    office: Office, task: int, name: str, content: bytes, said_of_it: str
) -> None:
    sent = photo("x.jpg", content)
    sent.name = sent._name = name  # type: ignore[attr-defined]
    body, kind = _multipart({**ANSWER, "seen": str(revision(task)), "once": ""}, name, content)
    answer = browser("cadre").post(f"/tasks/{task}/answer", data=body, content_type=kind)
    page = said(answer)
    assert answer.status_code == 422
    assert said_of_it in page
    assert ">入户核对了身份证</textarea>" in page
    assert state(task) == "待整改"
    assert not EvidenceFile.objects.exists()


def _multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, str]:
    """A body with the name as a browser of ill will sends it: Django's own client cuts paths off."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--edge\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
    parts.append(head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + content + b"\r\n--edge--\r\n")
    return b"".join(parts), "multipart/form-data; boundary=edge"


def test_a_good_file_is_kept_while_the_form_is_sent_again(office: Office, task: int) -> None:
    client = browser("cadre")
    page = said(
        take(client, task, "answer", measure="核对", effect="", files=[photo(), photo("坏.jpg", exe())])
    )
    assert "坏.jpg" in page
    assert "照片1.jpg" in page
    ticket = page.partition('name="kept" value="')[2].partition('"')[0]
    assert take(client, task, "answer", **ANSWER, kept=[ticket]).status_code == 302
    assert EvidenceFile.objects.get().file_name == "照片1.jpg"


def test_a_ticket_is_good_for_its_account_and_task_only(office: Office, task: int) -> None:
    page = said(take(browser("cadre"), task, "answer", measure="核对", effect="", files=[photo()]))
    ticket = page.partition('name="kept" value="')[2].partition('"')[0]
    take(browser("clerk"), task, "answer", **ANSWER, kept=[ticket, "forged:ticket"])
    assert state(task) == "已整改"
    assert not EvidenceFile.objects.exists()


def test_evidence_is_handed_out_so_that_nothing_in_it_runs(office: Office, task: int) -> None:
    files = (keep("门口.jpg", [jpeg()]), keep("证明.pdf", [pdf()]))
    actions.report_progress(office.hand("cadre"), task, seen=revision(task), text="见附件", files=files)
    first, second = EvidenceFile.objects.order_by("id").values_list("id", flat=True)
    picture, document = (
        browser("auditor").get(f"/tasks/{task}/files/{number}") for number in (first, second)
    )
    assert b"".join(picture.streaming_content) == jpeg()  # type: ignore[arg-type]
    assert picture["Content-Type"] == "image/jpeg"
    assert picture["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert document["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    for answer in (picture, document):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Cache-Control"] == "no-store"


def test_evidence_is_found_through_its_own_task_only(office: Office, task: int) -> None:
    [other] = handed_out(office, where="south")
    actions.report_progress(
        office.hand("south"), other, seen=1, text="见附件", files=(keep("a.jpg", [jpeg()]),)
    )
    [file] = EvidenceFile.objects.values_list("id", flat=True)
    assert browser("south").get(f"/tasks/{other}/files/{file}").status_code == 200
    assert browser("clerk").get(f"/tasks/{task}/files/{file}").status_code == 404
    assert browser("cadre").get(f"/tasks/{other}/files/{file}").status_code == 404
    assert browser("admin").get(f"/tasks/{other}/files/{file}").status_code == 403


def test_evidence_whose_file_is_lost_is_told_in_words(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, files=[photo()])
    [file] = EvidenceFile.objects.values_list("id", flat=True)
    for path in (read_env().home / "files" / "evidence").rglob("*.jpg"):
        path.unlink()
    answer = browser("clerk").get(f"/tasks/{task}/files/{file}")
    assert answer.status_code == 400
    assert "备份" in said(answer)


def test_ones_own_evidence_is_taken_away_with_a_reason(office: Office, task: int) -> None:
    take(browser("cadre"), task, "answer", **ANSWER, files=[photo()])
    [file] = EvidenceFile.objects.values_list("id", flat=True)
    assert take(browser("clerk"), task, "detach", file=file, reason="错").status_code == 409
    assert take(browser("cadre"), task, "detach", file=file, reason="").status_code == 422
    assert take(browser("cadre"), task, "detach", file=file, reason="传错了").status_code == 302
    assert not EvidenceFile.objects.exists()


def test_a_form_of_another_site_is_refused(office: Office, task: int) -> None:
    client = browser("cadre", checks_csrf=True)
    answer = client.post(f"/tasks/{task}/answer", {**ANSWER, "seen": 1, "files": [photo()]})
    assert answer.status_code == 403
    assert state(task) == "待整改"


# -- other steps -----------------------------------------------------------------------------------------


def test_a_task_is_given_to_somebody_else_by_account(office: Office, task: int) -> None:
    clerk = browser("clerk")
    wrong = take(clerk, task, "reassign", assignee="nobody", reason="换人")
    assert wrong.status_code == 422
    assert "没有这个账号" in said(wrong)
    assert take(clerk, task, "reassign", assignee="south", reason="换人").status_code == 302
    assert "冯村干" in said(clerk.get(f"/tasks/{task}"))


def test_a_deadline_is_moved_to_a_day_that_can_be(office: Office, task: int) -> None:
    clerk = browser("clerk")
    assert "2020-04-01" in said(take(clerk, task, "extend", due_on="2020-04-01", reason="雨天"))
    assert take(clerk, task, "extend", due_on="2020年5月20日", reason="雨天").status_code == 302
    assert "2020-05-20" in said(clerk.get(f"/tasks/{task}"))


def test_the_same_is_asked_of_every_village(office: Office, task: int) -> None:
    [sibling] = handed_out(office, where="south")
    clerk, address = browser("clerk"), f"/tasks/{task}/everywhere"
    assert f"/tasks/{sibling}" in said(clerk.get(f"/tasks/{task}"))
    assert clerk.post(address, {"seen": 99}).status_code == 409
    assert clerk.post(address, {"seen": revision(task), "once": "a"}).status_code == 302
    page = said(clerk.get(f"/tasks/{task}"))
    assert "举一反三核查" in page
    assert f'action="{address}"' not in page
    assert browser("cadre").post(address).status_code == 403


def test_a_problem_that_no_rule_found_cannot_be_asked_of_every_village(office: Office) -> None:
    told = {"source_document": "来电", "source_on": 20200421, "reporter": "周"}
    [task] = [actions.open_task(office.hand("clerk"), Draft("路没有修", "日常登记", **told))]
    page = said(browser("clerk").get(f"/tasks/{task}"))
    assert "人工排查" in page
    answer = browser("clerk").post(f"/tasks/{task}/everywhere", {"seen": 1})
    assert answer.status_code == 409
    assert "不能自动核查" in said(answer)


def test_what_was_handed_out_by_mistake_is_taken_back(office: Office, task: int) -> None:
    clerk = browser("clerk")
    assert "撤回派发" in said(clerk.get(f"/tasks/{task}"))
    assert clerk.post(f"/tasks/{task}/take-back", {"reason": ""}).status_code == 422
    assert clerk.post(f"/tasks/{task}/take-back", {"reason": "选错了"}).status_code == 302
    assert clerk.get(f"/tasks/{task}").status_code == 404


def test_whoever_may_not_take_a_step_is_told_so(office: Office, task: int) -> None:
    assert take(browser("auditor"), task, "answer", **ANSWER).status_code == 403
    assert take(browser("cadre"), task, "verify", **VERDICT).status_code == 403
    early = take(browser("clerk"), task, "close")
    assert early.status_code == 409
    assert "不能销号" in said(early)


def test_an_address_of_a_step_leads_to_its_form(office: Office, task: int) -> None:
    answer = browser("cadre").get(f"/tasks/{task}/answer")
    assert (answer.status_code, answer["Location"]) == (302, f"/tasks/{task}?step=answer")
