"""Problems registered by hand and from an inspection's file, and who is responsible where."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from bangfu.casework.chain import Link, read_chain
from bangfu.casework.models import Task
from tests.home.offices import Office
from tests.web.offices import browser, chain_of, handed_out, office_in_april

PROBLEM = {
    "problem": "入户路没有硬化",
    "severity": "错误",
    "source_kind": "日常登记",
    "source_document": "群众来电",
    "source_on": "2020-04-21",
    "reporter": "周文书",
}
LETTER = {"document": "县督查反馈", "on": "2020-04-20", "reporter": "县督查组"}


@pytest.fixture
def office(home: Path) -> Office:
    return office_in_april()


def said(answer: Any) -> str:
    return str(answer.content.decode())


# -- by hand ---------------------------------------------------------------------------------------------


def test_a_problem_is_registered_and_goes_to_who_is_responsible(office: Office) -> None:
    chain_of(office)
    form = {**PROBLEM, "village": office.villages["north"], "once": "a"}
    answer = browser("clerk").post("/tasks/new", form)
    task = Task.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/tasks/{task.id}")
    assert (task.problem, task.assignee, task.village_name) == ("入户路没有硬化", "cadre", "云台山村")
    assert browser("clerk").post("/tasks/new", form).status_code == 302
    assert Task.objects.count() == 1


def test_a_household_is_named_by_its_number(office: Office) -> None:
    browser("clerk").post("/tasks/new", {**PROBLEM, "household_no": "610000000002"})
    task = Task.objects.get()
    assert (task.household_id, task.village_id) == (office.households["south"], office.villages["south"])
    page = said(browser("clerk").get(f"/tasks/new?household={office.households['north']}"))
    assert 'value="610000000001"' in page


def test_everything_wrong_with_a_problem_is_told_and_kept(office: Office) -> None:
    wrong = {**PROBLEM, "problem": " ", "source_on": "2020-05-01", "due_on": "某天", "severity": "很大"}
    answer = browser("clerk").post("/tasks/new", {**wrong, "requirement": "月底前修好"})
    page = said(answer)
    assert answer.status_code == 422
    for words in ("请填写问题", "某天", ">月底前修好</textarea>"):
        assert words in page
    again = browser("clerk").post("/tasks/new", {**wrong, "due_on": ""})
    for words in ("2020-05-01", "很大", "请填写问题"):
        assert words in said(again)
    assert not Task.objects.exists()


@pytest.mark.parametrize("number", ["619999999999", "610000000002; DROP"])
def test_an_unknown_household_is_told_beside_its_field(office: Office, number: str) -> None:
    answer = browser("clerk").post("/tasks/new", {**PROBLEM, "household_no": number})
    assert answer.status_code == 422
    assert "没有户编号" in said(answer)
    assert not Task.objects.exists()


def test_who_may_not_open_tasks_gets_no_form(office: Office) -> None:
    for address in ("/tasks/new", "/tasks/feedback", "/chains"):
        assert browser("cadre").get(address).status_code == 403
        assert browser("auditor").post(address).status_code == 403


# -- from an inspection's file ------------------------------------------------------------------------------


def feedback(
    *rows: tuple[object, ...], heads: tuple[str, ...] = ("村", "存在问题", "户编号")
) -> SimpleUploadedFile:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("反馈")
        for number, row in enumerate((heads, *rows)):
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("反馈.xlsx", kept.getvalue())


def test_a_file_is_looked_at_before_anything_is_registered(office: Office) -> None:
    clerk = browser("clerk")
    file = feedback(("云台山村", "饮水工程停用", ""), ("", "账实不符", "610000000002"))
    page = said(clerk.post("/tasks/feedback", {**LETTER, "file": file}))
    assert "饮水工程停用" in page
    assert "登记 2 条" in page
    assert not Task.objects.exists()
    ticket = page.partition('name="ticket" value="')[2].partition('"')[0]
    for _ in range(2):
        assert clerk.post("/tasks/feedback/open", {"ticket": ticket}).status_code == 302
    assert Task.objects.count() == 2
    assert Task.objects.get(problem="账实不符").village_id == office.villages["south"]
    again = said(
        clerk.post("/tasks/feedback", {**LETTER, "file": feedback(("云台山村", "饮水工程停用", ""))})
    )
    assert "登记过" in again


def test_what_is_wrong_with_a_file_is_told_at_its_cells(office: Office) -> None:
    file = feedback(("无此村", "饮水工程停用", ""), ("云台山村", "", "61999"))
    answer = browser("clerk").post("/tasks/feedback", {**LETTER, "file": file})
    page = said(answer)
    assert answer.status_code == 422
    for words in ("A2", "无此村", "B3", "C3", "61999", "还不能登记"):
        assert words in page
    assert 'name="ticket"' not in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "请选择问题清单文件"),
        ({"file": SimpleUploadedFile("反馈.xlsx", b"MZ\x90" + b"0" * 500)}, "反馈.xlsx"),
        ({"file": SimpleUploadedFile("反馈.xlsx", b"")}, "反馈.xlsx"),
        ({"on": "某天", "file": SimpleUploadedFile("反馈.csv", "存在问题\n饮水\n".encode())}, "某天"),
        ({"file": SimpleUploadedFile("反馈.csv", "甲,乙\n1,2\n".encode())}, "没有找到问题清单"),
    ],
)
def test_a_file_that_is_none_is_told_beside_its_field(
    office: Office, sent: dict[str, Any], words: str
) -> None:
    answer = browser("clerk").post("/tasks/feedback", {**LETTER, **sent})
    assert answer.status_code == 422
    assert words in said(answer)
    assert 'value="县督查反馈"' in said(answer)


def test_a_preview_of_somebody_else_or_a_forged_one_registers_nothing(office: Office) -> None:
    page = said(
        browser("clerk2").post("/tasks/feedback", {**LETTER, "file": feedback(("云台山村", "停用", ""))})
    )
    ticket = page.partition('name="ticket" value="')[2].partition('"')[0]
    for sent in (ticket, ticket + "x", ""):
        answer = browser("clerk").post("/tasks/feedback/open", {"ticket": sent})
        assert answer.status_code == 400
        assert "重新上传" in said(answer)
    assert not Task.objects.exists()


# -- responsibility chain ------------------------------------------------------------------------------------


def shown(page: str, key: str) -> dict[str, str]:
    """What a row of the table says and sends again."""
    names = ("was", "unit", "lead_leader", "lead_account", "responsible_person", "assignee")
    return {
        f"{key}.{name}": page.partition(f'name="{key}.{name}" value="')[2].partition('"')[0] for name in names
    }


def test_the_chain_of_all_villages_is_filled_like_a_sheet(office: Office) -> None:
    [task] = handed_out(office)
    clerk = browser("clerk")
    north, south = (f"v{office.villages[name]}" for name in ("north", "south"))
    page = said(clerk.get("/chains"))
    form = {**shown(page, north), **shown(page, south), "move_open": "yes"}
    form |= {f"{north}.responsible_person": "王村干", f"{north}.assignee": "cadre"}
    form |= {f"{south}.responsible_person": "冯村干", f"{south}.assignee": "south"}
    answer = clerk.post("/chains", form, follow=True)
    assert "已保存 2 行，1 条未销号的任务随之改派" in said(answer)
    assert Task.objects.get(id=task).assignee == "cadre"
    assert read_chain().villages[office.villages["south"]] == Link(
        responsible_person="冯村干", assignee="south"
    )


def test_a_wrong_row_is_told_and_the_others_are_saved(office: Office) -> None:
    clerk = browser("clerk")
    north, south = (f"v{office.villages[name]}" for name in ("north", "south"))
    page = said(clerk.get("/chains"))
    form = {**shown(page, north), **shown(page, south)}
    form |= {f"{north}.responsible_person": "王村干", f"{north}.assignee": "nobody"}
    form |= {f"{south}.responsible_person": "冯村干"}
    answer = clerk.post("/chains", form)
    assert answer.status_code == 422
    assert "没有这个账号" in said(answer)
    assert 'value="nobody"' in said(answer)
    assert list(read_chain().villages) == [office.villages["south"]]


def test_a_row_that_somebody_else_changed_meanwhile_is_not_written_over(office: Office) -> None:
    clerk, north = browser("clerk"), f"v{office.villages['north']}"
    form = shown(said(clerk.get("/chains")), north)
    chain_of(office)
    mine = {**form, f"{north}.responsible_person": "吴某"}
    answer = clerk.post("/chains", mine)
    assert answer.status_code == 422
    assert "别人改过这一行" in said(answer)
    assert "王村干" in said(answer)
    assert read_chain().villages[office.villages["north"]].responsible_person == "王村干"
    again = {**shown(said(answer), north), f"{north}.responsible_person": "吴某"}
    assert clerk.post("/chains", again).status_code == 302
    assert read_chain().villages[office.villages["north"]].responsible_person == "吴某"


def test_a_department_is_added(office: Office) -> None:
    clerk = browser("clerk")
    form = {**shown(said(clerk.get("/chains")), "new"), "new.department": "民政"}
    form |= {"new.responsible_person": "陈民政", "new.assignee": "officer"}
    assert clerk.post("/chains", form).status_code == 302
    assert read_chain().departments["民政"].assignee == "officer"
    nameless = {**shown(said(clerk.get("/chains")), "new"), "new.responsible_person": "某"}
    assert "部门" in said(clerk.post("/chains", nameless))
