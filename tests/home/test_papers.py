"""Reports, forms and cards of a demo town: what they state is what the ledgers have, and leaving is written down."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import Workbook
from openpyxl import load_workbook as open_workbook
from python_calamine import load_workbook

from bangfu.casework.actions import open_tasks
from bangfu.casework.drafts import FROM_INSPECTION, Draft
from bangfu.casework.hands import Hand
from bangfu.cli.main import main
from bangfu.documents.word.shipped import SHIPPED
from bangfu.ledger.queries import rows_of_households, rows_of_persons
from bangfu.office.home import this_home
from bangfu.office.journal.reading import shown as journal_lines
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.readers import Holding, Reader
from bangfu.policy.root import default_root
from bangfu.registry.actions.correcting import correct
from bangfu.registry.queries import households_by_number, members_on, villages_by_name, villages_in
from bangfu.registry.scope import EVERYTHING, Part, Scope
from bangfu.reporting.papers import annex
from bangfu.reporting.papers.annex import MOST, room_for_each, write_annex
from bangfu.reporting.papers.answers import answers_to
from bangfu.reporting.papers.cards import cards_of, office_of
from bangfu.reporting.papers.kinds import REPORT
from bangfu.reporting.papers.reports import Report, make_form, make_report
from bangfu.reporting.papers.templates import look_through, shipped_templates, speaks_of_the_town
from bangfu.reporting.papers.words import lists_on, reply_on, words_on
from bangfu.reporting.runs import count_days
from bangfu.reporting.standing import standing_run
from bangfu.terms.errors import UserError
from tests.home.databases import use
from tests.home.towns import HOUSEHOLDS

DAY = 20200422
READER = Reader(0, "test", "测试")


@pytest.fixture(scope="module")
def office(made_town: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A town of this module; its tests write nothing that changes figures."""
    folder = tmp_path_factory.mktemp("papers") / "home"
    shutil.copytree(made_town, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_HOME", str(folder))
        patch.setenv("BANGFU_DATABASE", "")
        with use(""):
            yield folder


def written(name: str, scope: Scope = EVERYTHING) -> Report:
    words = words_on(DAY, this_home().place)
    missing = {word: "某" for word in SHIPPED[name].words if word not in words}
    known = lists_on(DAY, scope, scope)
    lists = known | {one: [] for one in SHIPPED[name].lists if one not in known}
    template = default_root() / "reports" / f"{name}.docx"
    return make_report(template, DAY, scope, words={**words, **missing}, lists=lists, actor="测试")


@pytest.fixture(scope="module")
def annual(office: Path) -> Report:
    return written("annual_report")


def text_of(report: Report) -> str:
    return "\n".join(one.text for one in Document(BytesIO(report.content)).paragraphs)


def test_the_annual_report_states_the_figures_of_the_town(annual: Report) -> None:
    assert f"全镇建档立卡户{HOUSEHOLDS}户" in text_of(annual)
    assert len(annual.references) > 100


def test_what_it_does_not_state_has_its_reason(annual: Report) -> None:
    reasons = [annual.answers.figures[use.reference].why_not for use in annual.filled.blanks]
    assert all(reasons)
    assert text_of(annual).count("（未统计）") == len(reasons)


def test_its_table_of_villages_adds_up(annual: Report) -> None:
    rows = [[cell.text for cell in row.cells] for row in Document(BytesIO(annual.content)).tables[0].rows]
    *villages, total = rows[1:]
    assert len(villages) == len(villages_in(EVERYTHING))
    assert sum(int(row[2]) for row in villages) == int(total[2]) == HOUSEHOLDS


def test_a_report_without_tasks_reads_none_of_them(office: Path) -> None:
    lists = lists_on(DAY, EVERYTHING, EVERYTHING)
    assert {"各村", "问题清单"} <= set(lists)
    with CaptureQueriesContext(connection) as queries:
        assert lists["各村"] is lists["各村"]
    assert [query["sql"] for query in queries if '"task"' in query["sql"]] == []
    assert len(queries) <= 3


@pytest.mark.parametrize("name", ["monthly_brief", "three_lists", "feedback_reply"])
def test_every_shipped_template_is_filled_from_the_ledgers(office: Path, name: str) -> None:
    assert text_of(written(name))


def test_every_shipped_template_would_be_taken_as_the_offices_own(office: Path) -> None:
    named = {one.id: look_through(REPORT, one.file_name, one.path, DAY) for one in shipped_templates()}
    assert set(named) == set(SHIPPED)
    assert len(named["annual_report"]) > 90
    towns = {one.id: speaks_of_the_town(one) for one in shipped_templates()}
    assert [name for name, words in towns.items() if not words] == ["three_lists"]


@pytest.mark.parametrize(
    ("counts", "share"),
    [
        ([5, 100], MOST),
        ([], MOST),
        ([50_000, 150_000], MOST),
        ([50_001, 150_000], 25_000),
        ([10, 80_000, 80_000, 80_000, 80_000], 12_497),
    ],
)
def test_an_annex_shares_its_room_among_figures(counts: list[int], share: int) -> None:
    assert room_for_each(counts) == share


def test_an_annex_needs_a_reason(annual: Report, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="用途"):
        write_annex(tmp_path / "x.xlsx", (), annual.answers, EVERYTHING, reader=READER, reason=" ", at="")
    assert not (tmp_path / "x.xlsx").exists()


def test_a_superiors_form_is_filled_and_its_balances_checked(annual: Report, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["村", "户数"])
    names = list(villages_by_name())
    for number, name in enumerate(names, 2):
        sheet.append([name, "{{建档立卡户数[村=<A>]}}"])
        assert sheet.cell(number, 1).value == name
    sheet.append(["合计", "{{poor_households}}"])
    path = tmp_path / "上级表.xlsx"
    book.save(path)
    form = make_form(path, DAY, EVERYTHING, words={}, actor="测试").filled
    assert sum(use.value.value or 0 for use in form.uses[:-1]) == HOUSEHOLDS
    assert form.imbalances == ()


def test_what_a_template_names_wrongly_is_told_with_what_comes_near(office: Path, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("{{poor_househods}}和{{dibao_persons@2019-13}}")
    path = tmp_path / "模板.docx"
    document.save(str(path))
    with pytest.raises(UserError) as told:
        make_report(path, DAY, EVERYTHING, words={}, lists={}, actor="测试")
    assert "有 2 处" in str(told.value)
    assert "poor_households" in str(told.value)


# -- the commands ------------------------------------------------------------------------------------


@pytest.fixture
def form(tmp_path: Path) -> Path:
    book, path = Workbook(), tmp_path / "上级表.xlsx"
    assert book.active is not None
    for row in (
        ("截至{{日期}}", None),
        ("村", "户数"),
        ("罗峰村", "{{poor_households[村=<A>]}}"),
        ("云台山村", 1),
        ("合计", "{{poor_households}}"),
    ):
        book.active.append(row)
    book.save(path)
    return path


def said(capsys: pytest.CaptureFixture[str], *words: str | Path, code: int = 0) -> str:
    """What a command printed, where it ended as it should."""
    capsys.readouterr()
    assert main([str(word) for word in words]) == code
    told = capsys.readouterr()
    return told.out if code == 0 else told.err


def test_the_command_fills_a_form_says_what_does_not_add_up_and_what_has_changed(
    annual: Report, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, last = tmp_path / "已填.xlsx", tmp_path / "上次.xlsx"
    told = said(capsys, "form", form, "--out", out)
    assert f"已写 {out}:2 个数字,0 个未统计,1 处合计不平" in told
    assert f"Sheet!B5（合计 · 户数）是 {HOUSEHOLDS}，而 B3+B4 等于" in told
    rows = load_workbook(str(out)).get_sheet_by_index(0).to_python()
    assert (rows[0][0], rows[4][1]) == ("截至2020年4月22日", HOUSEHOLDS)
    book = open_workbook(out)
    book.active["B4"] = 3
    book.save(last)
    told = said(capsys, "form", form, "--out", out, "--last", last)
    assert "与上次报送相比改变 1 处" in told
    assert "Sheet!B4(云台山村 · 户数):3 → 1" in told


def test_the_commands_refuse_before_anything_is_counted_or_written(
    annual: Report, form: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, nowhere = tmp_path / "已填.xlsx", tmp_path / "没有" / "a.docx"
    assert "没有报表" in said(capsys, "form", tmp_path / "x.xlsx", "--out", out, code=2)
    assert "没有上次报送的报表" in said(
        capsys, "form", form, "--out", out, "--last", tmp_path / "x.xlsx", code=2
    )
    assert "没有文件夹" in said(capsys, "report", "monthly_brief", "--out", nowhere, code=2)
    assert "没有模板 monthly" in said(capsys, "report", "monthly", "--out", out, code=2)
    assert "用 --reason 写明用途" in said(capsys, "cards", "--out", tmp_path, code=2)
    assert "没有村 某村" in said(
        capsys, "cards", "--village", "某村", "--reason", "试", "--out", tmp_path, code=2
    )
    assert not out.exists()


def test_the_command_writes_a_report_and_its_pdf(
    annual: Report, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, pdf = tmp_path / "清单.docx", tmp_path / "清单.pdf"
    told = said(capsys, "report", "three_lists", "--out", out, "--pdf", pdf, "--word", "工作名称=甲乙丙")
    assert f"已写 {out}:0 个数字" in told
    assert "茶庵岭镇甲乙丙问题整改三个清单" in [one.text for one in Document(str(out)).paragraphs]
    assert pdf.read_bytes().startswith(b"%PDF")


# -- cards -------------------------------------------------------------------------------------------


def test_every_helped_household_has_a_card_with_its_members_and_money(office: Path) -> None:
    cards = list(cards_of(DAY, EVERYTHING))
    assert len(cards) == HOUSEHOLDS
    assert [card.village for card in cards] == sorted(
        (c.village for c in cards), key=list(villages_in(EVERYTHING).values()).index
    )
    assert all(card.members and card.head for card in cards)
    assert all("*" in member.id_number for card in cards for member in card.members)
    assert any(card.contacts for card in cards)


def test_what_a_card_says_came_is_what_the_ledger_has(office: Path) -> None:
    card = next(card for card in cards_of(DAY, EVERYTHING) if card.last_year)
    household = households_by_number([card.household_no])[card.household_no]
    persons = members_on(DAY, [household])[household]
    rows = {
        row["id"]: row
        for row in (*rows_of_households("benefit", [household]), *rows_of_persons("benefit", persons))
        if 201901 <= (row["period_from"] or (row["paid_on"] or 0) // 100) <= 201912
        and not row["refusal_reason"]
    }
    assert rows
    assert sum(one.amount or 0 for one in card.last_year) == sum(row["amount"] or 0 for row in rows.values())


def test_cards_stay_in_the_scope_of_who_prints_them(office: Path) -> None:
    village = villages_by_name()["罗峰村"]
    cards = list(cards_of(DAY, Scope((Part(frozenset({village})),))))
    assert {card.village for card in cards} == {"罗峰村"}
    assert 0 < len(cards) < HOUSEHOLDS


def test_the_cards_of_a_village_take_few_queries_however_many_households_it_has(office: Path) -> None:
    counted = []
    for name in ("罗峰村", "云台山村"):
        with CaptureQueriesContext(connection) as queries:
            cards = list(cards_of(DAY, EVERYTHING, villages=[villages_by_name()[name]]))
        counted.append((len(queries), len(cards)))
    assert counted[0][1] != counted[1][1]
    assert max(number for number, _ in counted) <= 20


def test_the_office_of_the_cards_is_named_by_its_place(office: Path) -> None:
    named = office_of(DAY, this_home().place, phone="0715-0000000")
    assert (named.town, named.year) == ("茶庵岭镇", 2020)


# -- last, since it writes: figures would be counted anew -------------------------------------------------


def test_the_command_prints_the_cards_of_a_village_and_writes_that_down(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = said(capsys, "cards", "--village", "罗峰村", "--reason", "入户发放", "--out", tmp_path / "卡")
    village = Scope((Part(frozenset({villages_by_name()["罗峰村"]})),))
    assert f"已印 {len(list(cards_of(DAY, village)))} 户,1 个文件" in told
    assert (tmp_path / "卡" / "罗峰村.pdf").read_bytes().startswith(b"%PDF")
    assert any("导出" in str(line) for line in journal_lines(None, None, 3))


def test_the_annex_leads_from_each_figure_to_its_rows_and_is_written_down(
    annual: Report, tmp_path: Path
) -> None:
    path = tmp_path / "明细.xlsx"
    rows = write_annex(
        path,
        annual.references,
        annual.answers,
        EVERYTHING,
        reader=READER,
        reason="年度报告",
        at="2020-04-22 09:00",
    )
    book = load_workbook(str(path))
    contents = book.get_sheet_by_name("目录").to_python()
    named = {row[8]: row for row in contents}
    assert set(annual.references) <= set(named)
    assert named["poor_households"][5] == HOUSEHOLDS
    [name] = [name for name in book.sheet_names if name.endswith("建档立卡户数")]
    opened = book.get_sheet_by_name(name).to_python()
    assert len(opened) == HOUSEHOLDS + 3
    assert len(book.sheet_names) < len(annual.references), "a village's rows stand in the sheet of the town"
    assert "429999" not in str(opened).replace("429999****", "")
    assert rows > HOUSEHOLDS
    assert any("导出" in str(line) for line in journal_lines(None, None, 3))


def test_an_annex_of_too_many_rows_has_a_share_of_each_figure_and_all_villages(
    annual: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annex, "MOST", 4_000)
    monkeypatch.setattr(annex, "MOST_IN_PART", 2_000)
    path, answers = tmp_path / "明细.xlsx", annual.answers
    told = {"reader": READER, "reason": "年度报告", "at": "2020-04-22 09:00"}
    rows = write_annex(path, annual.references, answers, EVERYTHING, **told)
    assert rows <= 2_000
    book = load_workbook(str(path))
    named = {row[8]: row for row in book.get_sheet_by_name("目录").to_python()}
    assert named["poor_households"][5:7] == [HOUSEHOLDS, "部分"]
    assert "全部" in {row[6] for row in named.values()}
    [name] = [name for name in book.sheet_names if name.endswith("建档立卡户数")]
    opened = book.get_sheet_by_name(name).to_python()
    assert f"只列出前 {len(opened) - 3} 行，全部 {HOUSEHOLDS} 行" in str(opened[1][0])
    heads, *lines, whole = book.get_sheet_by_name("各村").to_python()[1:]
    place = next(place for place, head in enumerate(heads) if str(head).startswith("建档立卡户数（户）"))
    assert [line[0] for line in lines] == list(villages_in(EVERYTHING).values())
    assert sum(line[place] for line in lines) == whole[place] == HOUSEHOLDS


def test_a_report_is_written_again_from_the_same_count_or_from_the_last_one(
    annual: Report,
) -> None:
    """After the annex was taken nothing is counted again; after a change of facts only on request not."""
    runs = {day: run.pk for day, run in annual.answers.runs.items()}
    days = set(runs)
    assert count_days(days, actor="测试") == runs
    [household] = households_by_number([next(iter(cards_of(DAY, EVERYTHING))).household_no]).values()
    with transaction(actor="测试", source=Source("form"), reason="改") as change:
        correct(change, "household", {household: {"archive_note": "补了材料"}})
    assert count_days(days, actor="测试", as_counted=True) == runs
    assert all(standing_run(day) is None for day in days)
    again = answers_to(annual.answers.resolved, DAY, EVERYTHING, runs)
    assert again.figures == annual.answers.figures
    assert again.counted_at[:4].isdecimal()


def test_a_reply_goes_through_the_problems_of_the_latest_feedback(annual: Report) -> None:
    hand = Hand(Reader(0, "clerk", "专干", holdings=(Holding("clerk", this_home().place),)), DAY)
    village = villages_by_name()["罗峰村"]
    told = [
        ("旧问题", "去年的检查", 20190301),
        ("住房鉴定不一致", "省级考核", 20200301),
        ("缺少合同", "省级考核", 20200301),
    ]
    drafts = [
        Draft(
            problem,
            FROM_INSPECTION,
            source_document=document,
            source_on=on,
            reporter="督查组",
            village=village,
            village_name="罗峰村",
            object_name="甲户",
            object_no="1",
            requirement="立即整改",
        )
        for problem, document, on in told
    ]
    open_tasks(hand, drafts)
    words, lists = reply_on(DAY, EVERYTHING)
    assert [row["问题"] for row in lists["反馈问题"]] == ["住房鉴定不一致", "缺少合同"]
    assert (len(lists["整改中"]), len(lists["已销号"])) == (2, 0)
    report = make_report(
        default_root() / "reports" / "feedback_reply.docx",
        DAY,
        EVERYTHING,
        words={**words_on(DAY, this_home().place), **words},
        lists=lists,
        actor="测试",
    )
    text = text_of(report)
    assert "2020年3月1日，督查组向我镇反馈省级考核发现的问题2个" in text
    assert "1．罗峰村甲户 1：住房鉴定不一致" in text
    assert [row["问题"] for row in reply_on(DAY, EVERYTHING, "去年的检查")[1]["反馈问题"]] == ["旧问题"]
    assert len(lists_on(DAY, EVERYTHING, EVERYTHING)["问题清单"]) == 3
