"""Reports, superiors' forms and cards on the pages: ordered, made by the worker, handed out, in the reader's area."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document

from bangfu.jobs.models import Job
from bangfu.jobs.work import Work
from bangfu.jobs.worker import work_until_stopped
from bangfu.ledger import actions as ledger
from bangfu.office.accounts import account
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.registry.models import Household
from bangfu.registry.queries import villages_by_code
from bangfu.reporting.models import Paper, PaperTemplate
from bangfu.reporting.papers.files import KEPT_DAYS, file_of_paper, forget_old, passing_folder
from bangfu.reporting.papers.making import make_paper
from tests.web.conftest import LoggedIn
from tests.web.test_reports import NUMBER, OTHER, VILLAGE, office, text

__all__ = ["office"]

REASON = {"reason": "报市里"}


def docx(*paragraphs: str) -> bytes:
    document, kept = Document(), io.BytesIO()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    document.save(kept)
    return kept.getvalue()


def xlsx(*rows: tuple[object, ...]) -> bytes:
    book, kept = openpyxl.Workbook(), io.BytesIO()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def upload(client: Client, content: bytes, name: str = "村情.docx") -> Any:
    return client.post("/papers/templates/upload", {"file": SimpleUploadedFile(name, content)})


def fill(client: Client, content: bytes, **told: object) -> Any:
    return client.post(
        "/papers/forms", {"file": SimpleUploadedFile("上级表.xlsx", content), **REASON, **told}
    )


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def template(office: Path, logged_in: LoggedIn) -> str:
    """One of the office's own, that suits a village as well as the town; its number."""
    said = "{{镇名}}建档立卡{{poor_households | 户}}，低保{{dibao_amount@2019 | 元}}。"
    assert upload(logged_in("clerk"), docx("村情", said)).status_code == 302
    return str(PaperTemplate.objects.get().pk)


# -- templates -----------------------------------------------------------------------------------------


def test_all_that_is_wrong_with_a_template_is_told_at_once_and_nothing_kept(
    office: Path, logged_in: LoggedIn
) -> None:
    client = logged_in("clerk")
    answer = upload(
        client, docx("{{poor_househods}}", "{{dibao_amount@2019-13}}和{{poor_households[村=罗锋村]}}")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有 3 处写得不对" in page
    for told in ("poor_households、", "没有 2019-13", "是不是 罗峰村", "正文“{{poor_househods}}”"):
        assert told in page
    assert not PaperTemplate.objects.exists()
    assert "万元" in upload(client, docx("{{poor_persons | 万元}}")).content.decode().split("写得不对")[1]
    assert "不是 .docx 文件" in upload(client, b"x", "旧.doc").content.decode()
    assert "没有选文件" in client.post("/papers/templates/upload").content.decode()


def test_a_template_is_replaced_handed_out_and_dropped(template: str, logged_in: LoggedIn) -> None:
    client, changed = logged_in("clerk"), docx("{{poor_persons | 人}}")
    assert upload(client, changed).status_code == 302
    kept = PaperTemplate.objects.get()
    assert str(kept.pk) == template
    assert body(client.get(f"/papers/templates/{template}/file")) == changed
    assert body(client.get("/papers/templates/annual_report/file"))[:2] == b"PK"
    assert "村情" in text(client, "/papers/templates")
    assert client.post(f"/papers/templates/{template}/remove").status_code == 302
    assert "村情（本单位）" not in text(client, "/papers")
    assert client.get(f"/papers/templates/{template}/file").status_code == 404


def test_templates_are_changed_by_who_has_the_whole_town(template: str, logged_in: LoggedIn) -> None:
    of_a_village = logged_in("clerk", VILLAGE)
    assert upload(of_a_village, docx("{{poor_persons}}")).status_code == 400
    assert of_a_village.post(f"/papers/templates/{template}/remove").status_code == 400
    assert not PaperTemplate.objects.get().is_dropped


# -- reports -------------------------------------------------------------------------------------------


def test_a_report_is_made_by_a_job_kept_with_its_figures_and_handed_out_with_a_record(
    template: str, logged_in: LoggedIn
) -> None:
    client = logged_in("clerk")
    asked = {"template": template, "as_of": "2020-04-22", "annex": "1", **REASON}
    assert [client.post("/papers", asked)["Location"] for _ in range(2)] == ["/papers/1", "/papers/1"]
    assert "排队" in text(client, "/papers/1")
    assert "排队" in text(client, "/papers")
    work_until_stopped(once=True)
    page = text(client, "/papers/1")
    assert "3 户" in page
    assert '<a href="/indicators/dibao_amount?day=2020-04-22&period=2019">' in page.replace("&amp;", "&")
    assert not AccessRecord.objects.filter(kind="导出").exists()
    written = Document(io.BytesIO(body(client.post("/papers/1/file", {"what": "docx"}))))
    assert "茶庵岭镇建档立卡3户，低保901.5元。" in [one.text for one in written.paragraphs]
    assert body(client.post("/papers/1/file", {"what": "pdf"})).startswith(b"%PDF")
    book = openpyxl.load_workbook(io.BytesIO(body(client.post("/papers/1/file", {"what": "annex"}))))
    assert "用途：报市里" in str(list(book.worksheets[0].values))
    assert NUMBER not in str([list(sheet.values) for sheet in book.worksheets])
    records = AccessRecord.objects.filter(kind="导出").values_list("reason", "rows_out")
    assert list(records) == [("报市里", 6)] * 3
    checked = client.post("/verify", {"paper": "1"}).content.decode()
    assert "没有发现对不上的地方" in checked
    assert file_of_paper(1, "report", "docx").exists(), "a copy was checked"
    assert "没有这份报告" in client.post("/verify", {"paper": "99"}).content.decode()
    job, told = Job.objects.get(), Paper.objects.values().get()
    assert make_paper(Work(job.pk, job.actor, job.parameters, 2)) == {"paper": 1}, "after a kill"
    assert Paper.objects.values().get() == told


def test_what_cannot_be_written_is_said_beside_its_input(template: str, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    answer = client.post("/papers", {"template": "nothing", "as_of": "2031-01-01"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("请选一个模板", "2020-04-22 之间", "请写明用途"):
        assert told in page
    village = str(villages_by_code()[VILLAGE])
    page = client.post(
        "/papers", {"template": "annual_report", "village": village, **REASON}
    ).content.decode()
    assert "只算罗峰村的数会写错" in page
    assert not Paper.objects.exists()


def test_a_cadre_writes_of_the_village_and_sees_no_other_papers(template: str, logged_in: LoggedIn) -> None:
    cadre, clerk = logged_in("village_cadre", VILLAGE), logged_in("clerk")
    assert "年度工作情况报告" not in text(cadre, "/papers")
    clerk.post("/papers", {"template": template, **REASON})
    clerk.post("/papers", {"template": template, "village": str(villages_by_code()[OTHER]), **REASON})
    cadre.post("/papers", {"template": template, **REASON})
    work_until_stopped(once=True)
    [own] = Paper.objects.filter(area="罗峰村")
    assert [own.figures[0]["value"], own.figures[0]["count"]] == ["2", 2]
    assert text(cadre, "/papers").count("<tr>") == 2, "the head and one line"
    for paper in Paper.objects.exclude(pk=own.pk):
        assert cadre.get(f"/papers/{paper.pk}").status_code == 404
        assert cadre.post(f"/papers/{paper.pk}/file", {"what": "docx"}).status_code == 404
    assert "茶庵岭镇罗峰村建档立卡2户" in str(
        [p.text for p in Document(file_of_paper(own.pk, "report", "docx").as_posix()).paragraphs]
    )
    other = {"template": template, "village": str(villages_by_code()[OTHER]), **REASON}
    assert "不在您的范围里" in cadre.post("/papers", other).content.decode()


def test_who_has_lost_the_right_gets_no_paper_though_it_was_asked_for(
    template: str, logged_in: LoggedIn
) -> None:
    logged_in("clerk").post("/papers", {"template": template, **REASON})
    user = account(1)
    assert user is not None
    user.holdings.all().delete()
    work_until_stopped(once=True)
    assert "没有写这种材料的权限" in Job.objects.get().error
    assert not file_of_paper(Paper.objects.get().pk, "report", "docx").exists()


def test_a_paper_is_removed_by_its_maker_with_its_files(template: str, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    client.post("/papers", {"template": template, **REASON})
    assert client.post("/papers/1/remove").status_code == 400, "its job still waits"
    client.post("/jobs/1/cancel")
    work_until_stopped(once=True)
    assert "已取消" in text(client, "/papers/1")
    file = file_of_paper(1, "report", "docx")
    file.parent.mkdir(parents=True)
    file.touch()
    assert logged_in("leader").post("/papers/1/remove").status_code == 400
    assert client.post("/papers/1/remove").status_code == 302
    assert not file.exists()
    assert client.get("/papers/1").status_code == 404


def test_the_list_of_papers_asks_a_fixed_number_of_queries(template: str, logged_in: LoggedIn) -> None:
    client, counted = logged_in("clerk"), []
    for reason in ("一", "二", "三"):
        client.post("/papers", {"template": template, "reason": reason})
        text(client, "/papers")
        with CaptureQueriesContext(connection) as asked:
            text(client, "/papers")
        counted.append(len(asked))
    assert counted[0] == counted[2] <= 14


# -- superiors' forms ------------------------------------------------------------------------------------


def test_a_form_is_filled_its_totals_checked_and_held_beside_the_one_before(
    office: Path, logged_in: LoggedIn
) -> None:
    client = logged_in("clerk")
    content = xlsx(
        ("村", "户数", "低保金"),
        ("罗峰村", "{{poor_households[村=<A>]}}", "{{dibao_amount@2019[村=<A>]}}"),
        ("云台山村", 5, 1),
        ("合计", "{{poor_households}}", 902.5),
    )
    last = xlsx(("村", "户数", "低保金"), ("罗峰村", 1, 601), ("云台山村", 5, 1), ("合计", 3, 902.5))
    answer = fill(client, content, last=SimpleUploadedFile("上月.xlsx", last))
    assert answer["Location"] == "/papers/1"
    work_until_stopped(once=True)
    page = text(client, "/papers/1")
    assert "B4（合计 · 户数）是 3，而 B2+B3 等于 7，相差 4" in page
    assert "和上传的上次报送的表比" in page
    assert "<b>1</b><span>与上次不同</span>" in page
    assert "+1</td>" in page
    filled = openpyxl.load_workbook(io.BytesIO(body(client.post("/papers/1/file", {"what": "xlsx"}))))
    assert [cell.value for cell in filled.worksheets[0][2]] == ["罗峰村", 2, 601]
    again = {"template": str(PaperTemplate.objects.get().pk), "as_of": "2020-04-21", **REASON}
    assert client.post("/papers/forms", again)["Location"] == "/papers/2"


def test_a_form_that_cannot_be_filled_is_told_by_cells(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    page = fill(client, xlsx(("{{poor_househods}}", "{{dibao_amount@2019-13}}"))).content.decode()
    assert "有 2 处写得不对" in page
    assert "Sheet!A1" in page
    assert "Sheet!B1" in page
    assert "没有一格写着指标" in fill(client, xlsx(("户数", 1))).content.decode()
    assert "不是能打开的" in fill(client, b"nothing").content.decode()
    assert "请上传一张表" in client.post("/papers/forms", REASON).content.decode()
    good = xlsx(("{{poor_households}}",))
    bad = fill(client, good, last=SimpleUploadedFile("上月.xlsx", b"nothing"))
    assert "上次报送的报表”不是能打开的" in bad.content.decode()
    assert not Paper.objects.exists()


# -- cards -----------------------------------------------------------------------------------------------


def test_the_cards_of_a_village_are_printed_by_a_job_and_stay_a_week(
    office: Path, logged_in: LoggedIn
) -> None:
    client = logged_in("village_cadre", VILLAGE)
    asked = {**REASON, "phone": "0715-5550123", "complaints": "拨打 12317"}
    assert client.post("/papers/cards", asked)["Location"] == "/papers/cards"
    work_until_stopped(once=True)
    assert [Paper.objects.get().area, Paper.objects.get().told["rows"]] == ["罗峰村", 2]
    assert "户主" not in str(Job.objects.values().get())
    page = text(client, "/papers/cards")
    assert 'value="0715-5550123"' in page
    assert body(client.post("/papers/cards/1/file", {"what": "pdf"})).startswith(b"%PDF")
    assert AccessRecord.objects.get(kind="导出").rows_out == 2
    long_ago = time.time() - (KEPT_DAYS + 1) * 86_400
    os.utime(passing_folder(1), (long_ago, long_ago))
    forget_old()
    assert "已清理" in text(client, "/papers/cards")
    assert client.post("/papers/cards/1/file", {"what": "pdf"}).status_code == 400


def test_one_households_card_comes_at_once_with_a_record(office: Path, logged_in: LoggedIn) -> None:
    client = logged_in("village_cadre", VILLAGE)
    inside = Household.objects.filter(village__village_code=VILLAGE).values_list("pk", flat=True)[0]
    outside = Household.objects.filter(village__village_code=OTHER).values_list("pk", flat=True)[0]
    assert f'action="/households/{inside}/card"' in text(client, f"/households/{inside}")
    assert client.post(f"/households/{inside}/card").status_code == 400, "without a purpose"
    answer = client.post(f"/households/{inside}/card", {"reason": "入户"})
    assert answer.content.startswith(b"%PDF")
    record = AccessRecord.objects.get(kind="导出")
    assert (record.what, record.reason, record.rows_out) == ("明白卡，1 户", "入户", 1)
    assert client.post(f"/households/{outside}/card", {"reason": "入户"}).status_code == 404
    page = client.post("/papers/cards", {**REASON, "household_no": "610000000002"}).content.decode()
    assert "不在您的范围里" in page
    assert not Paper.objects.exists()


def test_a_helper_prints_the_cards_of_paired_households_and_no_others(
    office: Path, logged_in: LoggedIn
) -> None:
    first, second, _ = Household.objects.order_by("pk").values_list("pk", flat=True)
    told = {"helper_name": "结对甲", "helper_phone": "13900000001", "started_on": 20150101}
    with transaction(actor="测试", source=Source("form")) as change:
        ledger.add(change, "helper_pairing", [{**told, "household_key": first}])
    helper = logged_in("helper", VILLAGE, name="结对甲", phone="13900000001")
    assert helper.post("/papers/cards", REASON).status_code == 302
    work_until_stopped(once=True)
    paper = Paper.objects.get()
    assert (paper.households, paper.area, paper.told["rows"]) == ([first], "罗峰村 1 户", 1)
    assert helper.post(f"/papers/cards/{paper.pk}/file", {"what": "pdf"}).status_code == 200
    assert helper.post(f"/households/{second}/card", {"reason": "入户"}).status_code == 404
    logged_in("clerk").post("/papers/cards", REASON)
    assert helper.post(f"/papers/cards/{paper.pk + 1}/file", {"what": "pdf"}).status_code == 404
