"""The pages of 导入: files come in, are looked through, applied, undone; what they ask is answered."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.intake.models import Batch, Question
from bangfu.jobs.models import Job
from bangfu.jobs.worker import work_until_stopped
from bangfu.jobs.workfolder import uploads_folder
from bangfu.office.journal.verifying import broken_links
from bangfu.office.models import AccessRecord
from bangfu.registry.models import Household, Person
from bangfu.samples.town import write_town
from tests.home.hashes import facts_hash
from tests.home.test_import import a_month_later, rewritten
from tests.web.conftest import TOWN, LoggedIn

VILLAGE = "421281102200"


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of an invented town of 30 households."""
    folder = tmp_path_factory.mktemp("town")
    write_town(folder, 30, 3, faults=False)
    return folder


@pytest.fixture(scope="session")
def export(town: Path) -> Path:
    return next(town.rglob("*监测对象*"))


@pytest.fixture(scope="session")
def next_export(export: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return rewritten(export, tmp_path_factory.mktemp("next") / "一月.xlsx", a_month_later)


@pytest.fixture
def clerk(logged_in: LoggedIn) -> Client:
    return logged_in("clerk")


def send(client: Client, *files: Path | SimpleUploadedFile, **more: str) -> str:
    """Uploads; the page that it leads to."""
    given = [
        SimpleUploadedFile(file.name, file.read_bytes()) if isinstance(file, Path) else file for file in files
    ]
    answer = client.post("/imports/upload", {"files": given, **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def loaded(client: Client, *files: Path) -> None:
    """Uploaded, read, applied."""
    send(client, *files)
    work_until_stopped(once=True)
    chosen = list(Batch.objects.filter(state="staged").values_list("pk", flat=True))
    client.post("/imports/apply", {"batch": chosen})
    work_until_stopped(once=True)


def test_a_file_is_read_looked_through_applied_and_undone(clerk: Client, export: Path) -> None:
    empty = facts_hash()
    assert send(clerk, export) == "/imports/1"
    waiting = clerk.get("/imports/1").content.decode()
    assert 'hx-get="/jobs/1/progress?then=reload"' in waiting
    assert "读入文件" in text(clerk, "/imports")
    work_until_stopped(once=True)
    page = text(clerk, "/imports/1")
    assert "已读入，还没有应用" in page
    assert "户 30 0 0" in page
    assert "监测对象信息 乡村振兴" in page
    rows = text(clerk, "/imports/1?kind=added&table=person")
    household = re.findall(r"6\d{11}", rows)[0]
    assert "证件号码" in rows
    assert not re.search(r"429999\d{11}", rows), "numbers of persons are masked"
    assert household in text(clerk, f"/imports/1?kind=added&table=person&q={household}")
    assert "没有这样的行" in text(clerk, "/imports/1?kind=added&table=person&q=nobody")
    assert clerk.post("/imports/1/apply")["Location"] == "/imports/1"
    work_until_stopped(once=True)
    assert Household.objects.count() == 30
    assert "已经应用" in text(clerk, "/imports/1")
    clerk.post("/imports/1/undo")
    work_until_stopped(once=True)
    assert facts_hash() == empty
    assert "已经撤销" in text(clerk, "/imports/1")
    assert Job.objects.exclude(state="done").count() == 0


def test_several_files_are_applied_in_the_order_that_they_need(clerk: Client, town: Path) -> None:
    loans = next(town.rglob("*小额信贷台账*"))
    villages, register = next(town.rglob("*行政村信息*")), next(town.rglob("*监测对象*"))
    assert send(clerk, loans, register, villages, as_of="2023-12-18") == "/imports"
    work_until_stopped(once=True)
    assert set(Batch.objects.values_list("state", flat=True)) == {"staged"}
    answer = clerk.post("/imports/apply", {"batch": [1, 2, 3]}, follow=True)
    assert "3 个批次按先后顺序排队应用" in answer.content.decode()
    assert list(Job.objects.filter(kind="import.apply").values_list("parameters__batch", flat=True)) == [
        3,
        2,
        1,
    ]
    work_until_stopped(once=True)
    assert set(Batch.objects.values_list("state", flat=True)) == {"applied"}
    assert "应用或撤销过别的批次" not in text(clerk, "/imports/1")


def test_a_batch_that_was_compared_before_another_was_applied_says_so(
    clerk: Client, export: Path, next_export: Path
) -> None:
    send(clerk, export, next_export)
    work_until_stopped(once=True)
    clerk.post("/imports/1/apply")
    work_until_stopped(once=True)
    assert "应用或撤销过别的批次" in text(clerk, "/imports/2")
    clerk.post("/imports/2/read")
    work_until_stopped(once=True)
    page = text(clerk, "/imports/2")
    assert "应用或撤销过别的批次" not in page
    changed = text(clerk, "/imports/2?kind=changed&table=annual_record")
    assert re.search(r"工资性收入 [\d,.]+ 元 → 4,321.00 元", changed)


def test_what_a_batch_asked_is_answered_and_taken_back(
    clerk: Client, export: Path, next_export: Path
) -> None:
    loaded(clerk, export)
    loaded(clerk, next_export)
    gone = Question.objects.filter(kind="名单里没有了").order_by("pk")
    first = gone[0]
    assert f"待确认的问题 {Question.objects.count()}" in text(clerk, "/imports")
    address = f"/imports/questions/{first.pk}"
    wrong = clerk.post(address, {"answer": "left", "on": "2024-01-05", "reason": ""})
    assert wrong.status_code == 422
    assert "没有减少原因" in wrong.content.decode()
    assert 'value="2024-01-05"' in wrong.content.decode(), "what was typed is kept"
    wrong = clerk.post(address, {"answer": "left", "on": "明天", "reason": "死亡"})
    assert "应是一个日期" in wrong.content.decode()
    before = facts_hash()
    assert clerk.post(address, {"answer": "left", "on": "2024-01-05", "reason": "死亡"}).status_code == 302
    assert facts_hash() != before
    assert "已减少" in text(clerk, "/imports/questions")
    assert clerk.post(address, {"answer": "take_back"}).status_code == 302
    assert facts_hash() == before
    assert clerk.post(address, {"answer": "still_here"}).status_code == 302
    assert Question.objects.get(pk=first.pk).answer == "still_here"
    assert "请选一个答复" in clerk.post(address, {"answer": "?"}).content.decode()


def test_a_list_without_a_day_asks_for_it(clerk: Client, town: Path) -> None:
    send(clerk, next(town.rglob("*低保发放名册*")))
    work_until_stopped(once=True)
    assert "没有写明是哪一天的数据" in text(clerk, "/imports/1")
    assert "--as-of" not in text(clerk, "/imports") + text(clerk, "/imports/1")
    answer = clerk.post("/imports/1/read", {"as_of": "十二月"})
    assert (answer.status_code, "应是一个日期" in answer.content.decode()) == (400, True)
    clerk.post("/imports/1/read", {"as_of": "2023-12-18"})
    work_until_stopped(once=True)
    assert (Batch.objects.get().state, Batch.objects.get().as_of) == ("staged", 20231218)


def test_unreadable_cells_are_told_and_handed_back_marked(
    clerk: Client, export: Path, tmp_path: Path, logged_in: LoggedIn
) -> None:
    def spoil(head: list[str], rows: list[list[str | None]]) -> list[list[str | None]]:
        rows[0][head.index("出生日期")] = "三月初三"
        return rows

    send(clerk, rewritten(export, tmp_path / "坏.xlsx", spoil))
    work_until_stopped(once=True)
    page = text(clerk, "/imports/1")
    assert "看不懂的单元格 1" in page
    assert "三月初三" in page
    assert "三月初三" not in text(logged_in("auditor"), "/imports/1")
    answer = clerk.post("/imports/1/marked")
    assert answer.getvalue()[:2] == b"PK"  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    assert AccessRecord.objects.get(kind="导出").reason == "退回更正"
    clerk.post("/imports/1/apply")
    work_until_stopped(once=True)
    assert "看不懂" in Job.objects.latest("pk").error
    assert Household.objects.count() == 0
    clerk.post("/imports/1/apply", {"clean_only": "1"})
    work_until_stopped(once=True)
    assert Household.objects.count() == 29


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("名单.xlsx", b"MZ\x90\x00" + b"\0" * 600, "这是程序"),
        ("名单.xls", b"\xff\xd8\xff\xe0" + b"x" * 600, "照片"),
        ("名单.csv", b"%PDF-1.7 x", "PDF"),
        ("名单.xlsx", b"", "空的"),
        ("名单.exe", b"a,b\n1,2\n", "扩展名是 .exe"),
        ("名单", b"a,b\n1,2\n", "没有扩展名"),
        ("../../名单.csv", b"a,b\n1,2\n", "文件名里有路径"),
        ("C:\\桌面\\名单.csv", b"a,b\n1,2\n", "文件名里有路径"),
    ],
)
def test_what_is_no_table_is_refused_before_it_is_read(
    clerk: Client, name: str, content: bytes, said: str
) -> None:
    address = _send_raw(clerk, name, content)
    assert said in text(clerk, address)
    assert (Batch.objects.get().state, Batch.objects.get().sha256) == ("refused", "")
    assert not Job.objects.exists()
    assert list(uploads_folder().iterdir()) == []


def _send_raw(client: Client, name: str, content: bytes) -> str:
    """As a program that minds no rules would send it."""
    body = (
        f'--x\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'.encode()
        + content
        + b"\r\n--x--\r\n"
    )
    answer = client.generic("POST", "/imports/upload", body, "multipart/form-data; boundary=x")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def test_a_file_over_the_limit_is_not_kept(
    clerk: Client, monkeypatch: pytest.MonkeyPatch, export: Path
) -> None:
    monkeypatch.setenv("BANGFU_UPLOAD", "1")
    large = SimpleUploadedFile("大.xlsx", export.read_bytes() + b"\0" * 2 * 1024 * 1024)
    send(clerk, large, export)
    states = dict(Batch.objects.values_list("file_name", "state"))
    assert states == {"大.xlsx": "refused", export.name: "received"}
    assert "超过 1 MB" in text(clerk, "/imports")
    assert list(uploads_folder().iterdir()) == []


def test_far_too_much_at_once_is_not_even_begun(clerk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANGFU_UPLOAD", "1")
    answer = clerk.generic(
        "POST",
        "/imports/upload",
        b"x",
        "multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(100 * 1024 * 1024),
    )
    assert answer.status_code == 400
    assert "分几次" in answer.content.decode()


def test_nothing_chosen_is_said(clerk: Client) -> None:
    answer = clerk.post("/imports/upload", {})
    assert (answer.status_code, "没有选文件" in answer.content.decode()) == (400, True)
    answer = clerk.post("/imports/apply", {})
    assert (answer.status_code, "没有选可以应用的批次" in answer.content.decode()) == (400, True)


def test_a_file_without_a_login_is_not_stored(home: Path, export: Path) -> None:
    client = Client(SERVER_NAME="127.0.0.1")
    answer = client.post("/imports/upload", {"files": SimpleUploadedFile("x.xlsx", export.read_bytes())})
    assert answer.status_code == 302
    assert answer["Location"].startswith("/login")
    assert not Batch.objects.exists()
    assert not uploads_folder().exists() or list(uploads_folder().iterdir()) == []


def test_a_dropped_batch_is_gone_with_its_file(clerk: Client, export: Path, home: Path) -> None:
    send(clerk, export)
    answer = clerk.post("/imports/1/drop")
    assert (answer.status_code, "正在处理" in answer.content.decode()) == (400, True)
    work_until_stopped(once=True)
    assert clerk.post("/imports/1/drop")["Location"] == "/imports"
    assert "已放弃" in text(clerk, "/imports")
    assert not list((home / "files").rglob("*.xlsx"))
    assert not list((home / "work" / "batches").glob("1.*"))


def test_an_undo_that_later_changes_rest_on_is_told(clerk: Client, export: Path, next_export: Path) -> None:
    loaded(clerk, export)
    loaded(clerk, next_export)
    clerk.post("/imports/1/undo")
    work_until_stopped(once=True)
    page = text(clerk, "/imports/1")
    assert "不能撤销" in page
    assert "请先撤销后来的改动" in page
    assert Batch.objects.get(pk=1).state == "applied"


def test_the_national_export_is_made_by_a_job_and_taken_away_with_its_reason(
    clerk: Client, export: Path
) -> None:
    loaded(clerk, export)
    answer = clerk.post("/exports", {"reason": " "})
    assert (answer.status_code, "用途" in answer.content.decode()) == (400, True)
    clerk.post("/exports", {"as_of": "2023-12-18", "reason": "交县里"})
    work_until_stopped(once=True)
    job = Job.objects.latest("pk")
    assert f"国网导出-{job.pk}.zip" in text(clerk, "/exports")
    answer = clerk.post(f"/exports/{job.pk}")
    assert answer.getvalue()[:2] == b"PK"  # type: ignore[attr-defined]
    taken = AccessRecord.objects.get(kind="导出")
    assert taken.reason == "交县里"
    assert taken.rows_out is not None
    assert taken.rows_out >= Person.objects.count()
    assert broken_links() == []


def test_lists_of_batches_ask_the_database_the_same_however_many_there_are(
    clerk: Client, export: Path
) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as context:
            assert clerk.get(address).status_code == 200
        return len(context)

    send(clerk, export)
    few = asked("/imports")
    for number in range(8):
        send(clerk, SimpleUploadedFile(f"{number}.xlsx", export.read_bytes()))
    assert asked("/imports") == few
    assert few <= 12


def test_who_has_a_part_of_the_town_sees_no_batches(logged_in: LoggedIn, clerk: Client, export: Path) -> None:
    send(clerk, export)
    part = logged_in("clerk", VILLAGE)
    assert "您的角色只管其中一部分" in text(part, "/imports")
    assert export.name not in text(part, "/imports")
    assert part.get("/imports/1").status_code == 404
    assert part.post("/imports/1/apply").status_code == 404
    answer = part.post("/imports/upload", {"files": SimpleUploadedFile("x.csv", b"a,b")})
    assert (answer.status_code, "只管其中一部分" in answer.content.decode()) == (400, True)
    assert part.get("/jobs/1").status_code == 404
    assert Job.objects.get().place == TOWN
