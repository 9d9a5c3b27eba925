"""The pages of 系统: accounts, the journal, backups, how the installation is."""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bangfu.config.env import SETTINGS
from bangfu.jobs.models import Job
from bangfu.jobs.worker import work_until_stopped
from bangfu.office.accounts import account_named, add_account
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.office.readers import Holding
from bangfu.registry import actions
from bangfu.web.system.condition import set_value
from tests.web.conftest import PASSWORD, TOWN, LoggedIn, visitor
from tests.web.walk import OTHER_VILLAGE, VILLAGE

NUMBER = "429999196201020018"


@pytest.fixture
def admin(logged_in: LoggedIn) -> Client:
    return logged_in("administrator")


def text(client: Client, address: str, **more: object) -> str:
    answer = client.get(address, **more)  # type: ignore[arg-type]
    assert answer.status_code == 200
    return words(answer.content)


def words(content: bytes) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", content.decode())))


def given(**changed: object) -> dict[str, object]:
    form = {
        "username": "wang",
        "full_name": "王乙",
        "phone": "",
        "role": ["village_cadre", "", ""],
        "area": [VILLAGE, TOWN, TOWN],
        "departments": ["", "", ""],
    }
    return {**form, **changed}


def write(name: str, number: str = NUMBER) -> None:
    with transaction(actor="zhang", source=Source("form", "7"), reason="更正") as change:
        [person] = actions.add_persons(change, [{"full_name": name, "id_no": number}])
        actions.change_persons(change, {person: {"full_name": f"{name}乙"}})


# -- accounts ---------------------------------------------------------------------------------------


def test_an_account_is_made_and_its_password_is_shown_once(admin: Client) -> None:
    answer = admin.post("/system/users/add", given())
    [password] = re.findall(r"<code>([a-z0-9]{4}-[a-z0-9]{4}-[a-z0-9]{4})</code>", answer.content.decode())
    assert password not in text(admin, "/system/users")
    assert "村干部（" in text(admin, "/system/users")
    client = visitor()
    assert client.post("/login", {"username": "wang", "password": password})["Location"] == "/"
    assert client.get("/")["Location"] == "/password"


def test_everything_wrong_with_a_new_account_is_told_and_kept(admin: Client) -> None:
    answer = admin.post(
        "/system/users/add",
        given(username="王", full_name="", role=["department_officer", "", ""], phone="19900000001"),
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("账号“王”不合规", "没有写姓名", "哪个部门", 'value="19900000001"'):
        assert said in page
    assert account_named("王") is None


def test_an_account_gets_another_role_is_switched_off_and_reset(admin: Client) -> None:
    add_account(
        username="wang",
        full_name="王乙",
        holdings=[Holding("clerk", TOWN)],
        actor="x",
        password=PASSWORD,
        must_change_password=False,
    )
    user = account_named("wang")
    assert user is not None
    client = visitor()
    client.force_login(user)
    assert client.get("/imports").status_code == 200
    address = f"/system/users/{user.pk}"
    admin.post(address, given(is_active="1", role=["village_cadre", "", ""]))
    assert client.get("/imports").status_code == 403
    assert "村干部" in text(admin, "/system/users?role=village_cadre&q=王乙")
    assert "没有这样的账号" in text(admin, "/system/users?role=clerk&q=王乙")
    password = re.findall(r"<code>(.*?)</code>", admin.post(f"{address}/reset").content.decode())[0]
    assert client.get("/").status_code == 302
    assert client.post("/login", {"username": "wang", "password": password})["Location"] == "/"
    admin.post(address, given(full_name="王丙"))
    assert client.get("/").status_code == 302
    page = text(admin, "/system/users")
    assert "王丙" in page
    assert "停用" in page
    assert AccessRecord.objects.filter(kind="账号", what__contains="停用").count() == 1


def test_nobody_changes_the_own_roles_or_shuts_themselves_out(admin: Client) -> None:
    me = get_user_model().objects.get(username__startswith="administrator")
    address = f"/system/users/{me.pk}"
    for form in (
        given(role=["administrator", "clerk", ""], area=[TOWN, TOWN, TOWN], is_active="1"),
        given(role=["administrator", "", ""], area=[TOWN, TOWN, TOWN]),
    ):
        answer = admin.post(address, form)
        assert (answer.status_code, "不能改自己的角色" in answer.content.decode()) == (422, True)
    same = given(full_name="甲甲", role=["administrator", "", ""], area=[TOWN, TOWN, TOWN], is_active="1")
    assert admin.post(address, same).status_code == 302
    assert "修改密码" in admin.post(f"{address}/reset").content.decode()


def test_an_administrator_of_a_village_manages_no_others(logged_in: LoggedIn, admin: Client) -> None:
    part = logged_in("administrator", VILLAGE)
    for area, name in ((VILLAGE, "in"), (OTHER_VILLAGE, "out"), (TOWN, "town")):
        add_account(username=name, full_name=name, holdings=[Holding("village_cadre", area)], actor="x")
    listed = text(part, "/system/users")
    assert "in in" in listed
    assert "out out" not in listed
    assert "town town" not in listed
    out = account_named("out")
    assert out is not None
    assert part.get(f"/system/users/{out.pk}").status_code == 404
    assert part.post(f"/system/users/{out.pk}/reset").status_code == 404
    answer = part.post("/system/users/add", given(area=[TOWN, TOWN, TOWN]))
    assert (answer.status_code, "不在您管理的范围里" in answer.content.decode()) == (422, True)


# -- the journal ------------------------------------------------------------------------------------


def test_the_journal_is_looked_through_by_who_what_and_from_where(logged_in: LoggedIn) -> None:
    auditor = logged_in("auditor")
    write("赵甲")
    page = text(auditor, "/system/journal?actor=zhang")
    assert "zhang 表单 7 更正 2 条" in page
    assert "没有这样的变更" in text(auditor, "/system/journal?actor=nobody")
    assert "没有这样的变更" in text(auditor, "/system/journal?kind=form&source=8")
    assert "更正" in text(auditor, "/system/journal?kind=form&source=7")
    of_table = text(auditor, "/system/journal?table=person")
    assert "姓名 赵甲 → 赵甲乙" in of_table
    assert "赵甲乙" in text(auditor, "/system/journal?table=person&row=1")
    assert "赵甲" not in text(auditor, "/system/journal?table=person&row=2")


def test_numbers_of_persons_are_masked_in_the_journal(logged_in: LoggedIn) -> None:
    auditor = logged_in("auditor")
    write("赵甲")
    for address in ("/system/journal?table=person", "/system/journal/2"):
        page = text(auditor, address)
        assert NUMBER not in page
        assert "429999********0018" in page


def test_older_pages_of_the_journal_follow_without_counting(logged_in: LoggedIn) -> None:
    auditor = logged_in("auditor")
    for number in range(60):
        write(f"人{number}")
    page = auditor.get("/system/journal?kind=form")
    [before] = re.findall(r"\?kind=form&amp;before=(\d+)", page.content.decode())
    older = text(auditor, f"/system/journal?kind=form&before={before}")
    assert older.count("更正 2 条") == 60 - 50
    table = auditor.get("/system/journal?table=person").content.decode()
    assert "before=" in table
    with CaptureQueriesContext(connection) as context:
        auditor.get("/system/journal?kind=form")
    assert len(context) <= 12
    assert not any("COUNT(" in query["sql"].upper() for query in context)


def test_the_journal_is_verified_by_a_job_that_finds_what_was_written_past_it(logged_in: LoggedIn) -> None:
    clerk = logged_in("clerk")
    write("赵甲")
    clerk.post("/system/journal/verify")
    work_until_stopped(once=True)
    assert "完整 日志到事务" in text(clerk, "/system/journal")
    assert "都对得上" in text(clerk, "/system/health")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE person SET full_name = '别人' WHERE id = 1")
    clerk.post("/system/check")
    work_until_stopped(once=True)
    page = text(clerk, "/system/journal")
    assert "不完整" in page
    assert "person 1" in page
    assert "有问题" in text(clerk, "/system/health")


def test_who_has_a_part_of_the_town_sees_no_journal_and_no_backups(logged_in: LoggedIn) -> None:
    write("赵甲")
    auditor, admin = logged_in("auditor", VILLAGE), logged_in("administrator", VILLAGE)
    assert "只管其中一部分" in text(auditor, "/system/journal")
    assert "zhang" not in text(auditor, "/system/journal?table=person")
    assert auditor.get("/system/journal/1").status_code == 404
    assert auditor.post("/system/journal/verify").status_code == 400
    assert "只管其中一部分" in text(admin, "/system/backups")
    assert admin.post("/system/backups").status_code == 400
    assert not Job.objects.exists()


# -- backups and condition --------------------------------------------------------------------------


def test_a_backup_is_made_taken_away_with_a_reason_and_the_last_one_stays(admin: Client, home: Path) -> None:
    assert "还没有备份" in text(admin, "/system/backups")
    for name in ("第一.zip", "第二.zip"):
        admin.post("/system/backups")
        work_until_stopped(once=True)
        [made] = (home / "backups").glob("备份-*.zip")
        made.rename(made.with_name(name))
    oldest, newest = "第一.zip", "第二.zip"
    assert text(admin, "/system/backups").index(newest) < text(admin, "/system/backups").index(oldest)
    assert admin.post(f"/system/backups/{newest}").status_code == 400
    answer = admin.post(f"/system/backups/{newest}", {"reason": "存到移动硬盘"})
    assert answer.getvalue()[:2] == b"PK"  # type: ignore[attr-defined]
    taken = AccessRecord.objects.get(kind="导出")
    assert (taken.reason, newest in (taken.what or "")) == ("存到移动硬盘", True)
    answer = admin.post(f"/system/backups/{newest}/remove")
    assert (answer.status_code, "最新的备份" in answer.content.decode()) == (400, True)
    assert admin.post(f"/system/backups/{oldest}/remove").status_code == 302
    assert admin.post(f"/system/backups/{oldest}/remove").status_code == 404
    assert admin.post("/system/backups/..%2Fbangfu.sqlite3", {"reason": "x"}).status_code == 404
    assert "最近一次" in text(admin, "/system/health")


def test_the_condition_says_what_is_wrong_and_what_to_do(
    admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text(admin, "/system/health")
    assert "后台程序 有问题 没有运行" in page
    assert "bangfu serve" in page
    assert "BANGFU_IDLE 30" in page
    monkeypatch.setattr("bangfu.web.system.condition.has_worker", lambda: True)
    assert "后台程序 正常" in text(admin, "/system/health")


def test_the_password_of_a_database_is_not_shown(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANGFU_DATABASE", "postgresql://bangfu:se@cret@127.0.0.1/bangfu")
    [setting] = [one for one in SETTINGS if one.name == "BANGFU_DATABASE"]
    assert set_value(setting) == "postgresql://***@127.0.0.1/bangfu"


def test_behind_https_django_finds_nothing_to_mend(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "INFO"],
        env={**os.environ, "BANGFU_HTTPS": "yes", "BANGFU_HOME": str(home)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 silenced" in done.stdout + done.stderr
