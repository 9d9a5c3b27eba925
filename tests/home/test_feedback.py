"""An inspection's feedback as a table: every problem at its cell, what is known already, and tasks only when told so."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from bangfu.casework import actions
from bangfu.casework.chain import Link
from bangfu.casework.feedback import Feedback, Letter, read_feedback
from bangfu.casework.models import Task
from bangfu.casework.placing import registered_before
from bangfu.casework.refusals import NotAllowed
from bangfu.intake import batches
from bangfu.office.readers import Holding
from bangfu.spreadsheets.mark import mark_copy
from bangfu.terms.errors import UserError
from tests.home.offices import DAY, NORTH, Office, an_account, an_office

HEADS = (
    "序号",
    "存在问题",
    "涉及村",
    "户编号",
    "问题来源",
    "反馈日期",
    "责任领导",
    "责任单位",
    "责任人",
    "整改措施",
    "整改时限",
)
LETTER = Letter("市委巡察反馈意见", 20200410, "市委第三巡察组", "市")


@pytest.fixture
def office(any_home: Path) -> Office:
    return an_office()


def book(
    folder: Path, *rows: tuple[object, ...], heads: tuple[str, ...] = HEADS, title: str = "巡察反馈问题清单"
) -> Path:
    path = folder / "反馈.xlsx"
    with xlsxwriter.Workbook(path, {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet("清单")
        sheet.merge_range(0, 0, 0, len(heads) - 1, title)
        for number, row in enumerate((heads, *rows), 1):
            sheet.write_row(number, 0, row)
    return path


def read(path: Path, letter: Letter = LETTER) -> Feedback:
    return read_feedback(path, path.name, letter, day=DAY)


GOOD = (1, "公益岗考勤不实", "云台山村委会", "", "", "", "", "", "", "核实考勤,追回补贴", "2020年6月30日")
OTHER = (
    2,
    "产业奖补超标准",
    "",
    "610000000002",
    "省审计报告",
    "2020-03-01",
    "李副镇长",
    "财政所",
    "钱所长",
    "",
    "",
)


def test_rows_become_tasks_when_told_so(office: Office, tmp_path: Path) -> None:
    clerk = office.hand("clerk")
    link = Link("云台山村委会", "赵副镇长", "leader", "王村干", "cadre")
    actions.set_chain(clerk, kind="村", village=office.villages["north"], link=link)
    feedback = read(book(tmp_path, GOOD, OTHER))
    assert feedback.problems == []
    assert [(row.sheet, row.number) for row in feedback.rows] == [("清单", 3), ("清单", 4)]
    assert not Task.objects.exists()
    assert registered_before(feedback.drafts) == [False, False]
    opened = actions.open_tasks(clerk, feedback.drafts)
    assert opened.villages == {"云台山村": 1, "温泉村": 1}
    first, second = Task.objects.order_by("id").values()
    expected = {
        "problem": "公益岗考勤不实",
        "village_name": "云台山村",
        "source_document": "市委巡察反馈意见",
        "source_level": "市",
        "source_on": 20200410,
        "reporter": "市委第三巡察组",
        "requirement": "核实考勤,追回补贴",
        "due_on": 20200630,
        "is_from_inspection": True,
        "severity": "错误",
        "responsible_person": "王村干",
        "assignee": "cadre",
        "object_no": "云台山村",
    }
    assert {name: first[name] for name in expected} == expected
    expected = {
        "village_name": "温泉村",
        "household_id": office.households["south"],
        "object_name": "田温",
        "source_document": "省审计报告",
        "source_on": 20200301,
        "lead_leader": "李副镇长",
        "responsible_unit": "财政所",
        "responsible_person": "钱所长",
        "assignee": None,
        "due_on": 20200507,
    }
    assert {name: second[name] for name in expected} == expected


def test_the_same_file_again_opens_nothing(office: Office, tmp_path: Path) -> None:
    clerk = office.hand("clerk")
    actions.open_tasks(clerk, read(book(tmp_path, GOOD)).drafts)
    again = read(book(tmp_path, GOOD, OTHER, OTHER)).drafts
    assert registered_before(again) == [True, False, True]
    opened = actions.open_tasks(clerk, again)
    assert (len(opened.tasks), opened.already, Task.objects.count()) == (1, (0, 2), 2)


def test_everything_wrong_is_told_at_its_cell(office: Office, tmp_path: Path) -> None:
    path = book(
        tmp_path,
        (1, "", "云台山村", *[""] * 8),
        (2, "x", "月亮村", *[""] * 8),
        (3, "x", "云台山村", "610000000002", *[""] * 7),
        (4, "x", "", "999", *[""] * 7),
        (5, "x", "", "", "", "2020-02-30", *[""] * 5),
        (6, "x", "", "", "", "2020-05-01", *[""] * 5),
        (7, "x", "", "", "", "2020-04-01", "", "", "", "", "2020-03-01"),
        (8, "字" * 2_001, "", *[""] * 8),
        (9, "好的", "云台山村", *[""] * 8),
    )
    feedback = read(path)
    told = {problem.cell: str(problem) for problem in feedback.problems}
    for cell, words in {
        "C4": "月亮村”，应为台账里有的村名",
        "C5": "应为这一户所在的村",
        "D6": "应为台账里有的户编号",
        "F7": "应为日历上有的日期",
        "F8": "应为今天或以前的日期",
        "K9": "应为反馈日期以后的日期",
        "B10": "不超过 2000 字",
    }.items():
        assert words.replace("，", ",") in told[cell].replace("，", ","), told.get(cell)
    assert [row.draft.problem for row in feedback.rows] == ["好的"]
    marked = mark_copy(path, feedback.problems, tmp_path / "退回.xlsx")
    assert marked.stat().st_size > 0


def test_what_the_covering_letter_does_not_say_is_asked_for(office: Office, tmp_path: Path) -> None:
    feedback = read(book(tmp_path, GOOD), Letter())
    told = [(problem.cell, problem.expected) for problem in feedback.problems]
    assert told == [
        ("E3", "问题的来源"),
        ("A3", "发现人或检查组（没有“发现人”这一栏）"),
        ("F3", "反馈日期"),
    ]


def test_what_is_no_feedback_is_refused(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="表头要有“问题”"):
        read(book(tmp_path, ("甲", "429999198506129594"), heads=("姓名", "身份证号")))
    with pytest.raises(UserError, match="一条问题也没有"):
        read(book(tmp_path))
    (tmp_path / "空.xlsx").write_bytes(b"")
    with pytest.raises(UserError, match="空的"):
        read(tmp_path / "空.xlsx")


def test_rows_outside_the_area_are_refused_whole(office: Office, tmp_path: Path) -> None:
    an_account("north_clerk", "北文书", Holding("clerk", NORTH))
    drafts = read(book(tmp_path, GOOD, OTHER)).drafts
    with pytest.raises(NotAllowed, match="有 1 条问题不在您的范围内，没有登记：温泉村"):
        actions.open_tasks(office.hand("north_clerk"), drafts)
    assert not Task.objects.exists()


def test_the_register_does_not_take_it_for_a_list(office: Office, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="是检查反馈的问题清单"):
        batches.stage(book(tmp_path, GOOD), actor="clerk", as_of=DAY)
