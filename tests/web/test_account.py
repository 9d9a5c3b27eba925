"""Login, lock-out, one's own password, sessions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone

from bangfu.office.accounts import accounts, add_account, change_account, reset_password
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.models import AccessRecord
from bangfu.office.readers import Holding
from bangfu.terms.errors import UserError
from tests.web.conftest import PASSWORD, TOWN, LoggedIn, visitor

CLERK = [Holding("clerk", TOWN)]


def _account(**changed: object) -> str:
    given = {
        "username": "zhang",
        "full_name": "张甲",
        "holdings": CLERK,
        "actor": "init",
        "password": PASSWORD,
    }
    add_account(**{**given, "must_change_password": False, **changed})  # type: ignore[arg-type]
    return "zhang"


def _try(password: str, client: Client | None = None) -> str:
    answer = (client or visitor()).post("/login", {"username": "zhang", "password": password})
    return answer.content.decode() if answer.status_code == 422 else ""


def test_a_page_leads_to_the_login_and_back(home: object) -> None:
    _account()
    client = visitor()
    answer = client.get("/?a=1")
    assert (answer.status_code, answer["Location"]) == (302, "/login?next=%2F%3Fa%3D1")
    answer = client.post("/login", {"username": "zhang", "password": PASSWORD, "next": "/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/?a=1")
    assert "张甲" in client.get("/").content.decode()


def test_a_page_can_ask_whether_its_session_is_still_open(logged_in: LoggedIn) -> None:
    client = logged_in("clerk")
    assert (client.get("/alive").content, client.get("/alive")["X-Session"]) == (b"ok", "open")
    assert visitor().get("/alive")["X-Session"] == "ended"


def test_the_login_says_that_the_session_has_ended_and_leads_back(home: object) -> None:
    _account()
    client = visitor()
    assert "登录已过期" in client.get("/login?ended=1&next=/tasks").content.decode()
    assert "登录已过期" not in client.get("/login?next=/tasks").content.decode()
    told = {"username": "zhang", "password": PASSWORD, "next": "/tasks", "ended": "1"}
    assert client.post("/login", told)["Location"] == "/tasks"


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_login_leads_nowhere_else(home: object, address: str) -> None:
    _account()
    answer = visitor().post("/login", {"username": "zhang", "password": PASSWORD, "next": address})
    assert answer["Location"] == "/"


def test_a_wrong_name_and_a_wrong_password_are_told_alike(home: object) -> None:
    _account()
    wrong = visitor().post("/login", {"username": "nobody", "password": "x"})
    assert wrong.status_code == 422
    assert "账号或密码不对" in wrong.content.decode()
    assert "账号或密码不对" in _try("x")


def test_the_delay_grows_with_every_wrong_password_and_ends(home: object) -> None:
    _account()
    for _ in range(3):
        assert "账号或密码不对" in _try("x")
    assert "账号或密码不对" in _try("x")
    assert "30 秒" in _try(PASSWORD)
    users = get_user_model().objects
    delays = []
    for _ in range(9):
        users.update(locked_until=timezone.now() - timedelta(seconds=1))
        _try("x")
        delays.append((users.get().locked_until - timezone.now()).total_seconds())
    assert [round(one / 30) for one in delays[:4]] == [2, 4, 8, 16]
    assert max(delays) <= 3600
    users.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert _try(PASSWORD) == ""
    assert users.get().failed_logins == 0


def test_a_first_login_must_change_the_password(home: object) -> None:
    _account(must_change_password=True)
    client = visitor()
    _try(PASSWORD, client)
    assert client.get("/")["Location"] == "/password"
    form = {"old": PASSWORD, "new": "another-phrase-9", "again": "another-phrase-9"}
    assert client.post("/password", form)["Location"] == "/"
    assert client.get("/").status_code == 200
    assert _try("another-phrase-9") == ""


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("x", "another-phrase-9", "another-phrase-9", "原密码不对"),
        (PASSWORD, "another-phrase-9", "another-phrase-8", "两次写的新密码不同"),
        (PASSWORD, PASSWORD, PASSWORD, "不能与原密码相同"),
        (PASSWORD, "12345678901", "12345678901", "数字"),
        (PASSWORD, "short", "short", "10"),
        (PASSWORD, "password12", "password12", "常见"),
    ],
)
def test_a_password_that_will_not_do_is_told(home: object, old: str, new: str, again: str, said: str) -> None:
    _account()
    client = visitor()
    _try(PASSWORD, client)
    answer = client.post("/password", {"old": old, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_logging_out_ends_every_session_of_the_account(home: object) -> None:
    _account()
    here, there = visitor(), visitor()
    _try(PASSWORD, here)
    _try(PASSWORD, there)
    here.post("/logout")
    assert here.get("/").status_code == 302
    assert there.get("/").status_code == 302


def test_an_account_switched_off_or_reset_is_out_at_once(home: object) -> None:
    _account()
    client = visitor()
    _try(PASSWORD, client)
    user = accounts().get()
    made = reset_password(user, actor="admin")
    assert client.get("/").status_code == 302
    _try(made, client)
    assert client.get("/")["Location"] == "/password"
    change_account(user, full_name="张甲", phone="", holdings=CLERK, is_active=False, actor="admin")
    assert client.get("/").status_code == 302
    assert "账号或密码不对" in _try(made)


def test_an_idle_session_ends(logged_in: LoggedIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = logged_in("clerk")
    assert client.get("/").status_code == 200
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("time.time", later.timestamp)
    assert client.get("/").status_code == 302


def test_passwords_are_kept_as_argon2(home: object) -> None:
    _account()
    assert get_user_model().objects.get().password.startswith("argon2$argon2id$")


def test_everything_wrong_with_an_account_is_told_at_once(home: object) -> None:
    with pytest.raises(UserError) as refused:
        _account(
            username="张 三",
            full_name=" ",
            holdings=[Holding("king", "99"), Holding("department_officer", TOWN)],
            password="x",
        )
    for said in ("账号“张 三”", "姓名", "king", "99", "哪个部门", "10 个字符"):
        assert said in str(refused.value)
    assert not accounts().exists()


def test_changes_of_accounts_are_sealed_in_the_journal(home: object) -> None:
    _account()
    reset_password(accounts().get(), actor="admin")
    told = list(AccessRecord.objects.order_by("id").values_list("kind", "username", "what"))
    assert told == [("账号", "init", "新建：张甲，乡镇专干（421281102）"), ("账号", "admin", "重置密码")]
    assert broken_links() == []
    assert broken_facts([AccessRecord]) == []


def test_a_page_is_not_kept_by_browsers_and_forbids_inline_script(logged_in: LoggedIn) -> None:
    answer = logged_in("clerk").get("/")
    assert answer["Cache-Control"] == "no-store"
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe-inline" not in policy
