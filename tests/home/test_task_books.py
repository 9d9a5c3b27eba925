"""The lists as they are handed in: columns, words, masked numbers, the line that says who took them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from bangfu.casework import actions
from bangfu.casework.actions import Judgement
from bangfu.casework.books import SHEETS, heads, write_tasks
from bangfu.casework.chain import Link
from bangfu.casework.evidence_files import KeptFile
from bangfu.casework.queries import ALL, TaskFilter, every_task
from bangfu.registry.scope import EVERYTHING
from tests.home.offices import DAY, Office, a_run, an_office, findings


@pytest.fixture
def office(home: Path) -> Office:
    return an_office()


def written(path: Path, view: str) -> list[list[object]]:
    lines = every_task(EVERYTHING, TaskFilter(which=ALL), day=20200510)
    assert write_tasks(path, view, lines, where="茶庵岭镇", watermark="导出人：周文书") == 2
    sheet = openpyxl.load_workbook(path).active
    return [list(row) for row in sheet.iter_rows(values_only=True)]


def test_the_form_that_superiors_ask_for(office: Office, tmp_path: Path) -> None:
    clerk = office.hand("clerk")
    link = Link("云台山村委会", "李副镇长", None, "王村干", "cadre")
    actions.set_chain(clerk, kind="村", village=office.villages["north"], link=link)
    one, _ = actions.open_from_findings(clerk, findings(office, a_run(), 2)).tasks
    photo = KeptFile("ab" * 32, "现场.jpg", "image/jpeg", 1_000)
    actions.answer(office.hand("cadre"), one, seen=1, measure="=入户核对", effect="已更正", files=[photo])
    verdict = Judgement("属实", "入户", DAY, "田云本人", "看过", is_discipline_broken=False)
    actions.verify(clerk, one, seen=2, verdict=verdict)
    actions.close(clerk, one, seen=3)
    rows = written(tmp_path / "台账.xlsx", "ledger")
    assert rows[0][0] == "茶庵岭镇问题整改台账"
    assert rows[1][0] == "导出人：周文书"
    assert rows[2] == [
        "序号",
        "问题",
        "来源",
        "责任领导",
        "责任单位",
        "责任人",
        "措施",
        "时限",
        "进展",
        "销号",
    ]
    open_row, closed_row = rows[3], rows[4]
    assert open_row[0] == 1
    assert "429999********9595" in str(open_row[1])
    assert open_row[2:] == [
        *("第 1 次核查（2020-04-22）", "李副镇长", "云台山村委会", "王村干", "按身份证更正出生日期"),
        *("2020-05-07", "待整改；超期 3 天", None),
    ]
    assert closed_row[6:] == ["=入户核对", "2020-05-07", "已销号 2020-04-22", "2020-04-22\n周文书"]


@pytest.mark.parametrize("view", SHEETS)
def test_every_view_is_a_sheet_with_its_heads(office: Office, tmp_path: Path, view: str) -> None:
    actions.open_from_findings(office.hand("clerk"), findings(office, a_run(), 2))
    rows = written(tmp_path / "清单.xlsx", view)
    assert rows[2] == list(heads(SHEETS[view]))
    assert len(rows) == 5
    sheet = openpyxl.load_workbook(tmp_path / "清单.xlsx").active
    assert (sheet.page_setup.orientation, sheet.print_title_rows) == ("landscape", "$3:$3")


def test_an_empty_list_says_so(home: Path, tmp_path: Path) -> None:
    assert write_tasks(tmp_path / "空.xlsx", "problem", [], where="某镇", watermark="x") == 0
    sheet = openpyxl.load_workbook(tmp_path / "空.xlsx").active
    assert sheet.cell(4, 1).value == "没有符合条件的问题"
