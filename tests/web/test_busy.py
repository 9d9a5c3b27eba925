"""While an import keeps the register to itself: pages open, a save waits a while, then says so and keeps what was typed."""

from __future__ import annotations

import gc
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from bangfu.casework.models import Task
from bangfu.config.env import read_env
from bangfu.office.accounts import add_account
from bangfu.office.journal.versions import versions_of
from bangfu.office.models import Transaction
from bangfu.office.readers import Holding
from bangfu.web import trouble
from tests.home.offices import Office
from tests.web.conftest import PASSWORD, TOWN, visitor
from tests.web.offices import browser, chain_of, handed_out, office_in_april, state
from tests.web.test_task_entry import PROBLEM
from tests.web.test_tasks import ANSWER, photo, said, take


@pytest.fixture
def office(home: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(trouble, "PATIENCE", 0.3)
    return office_in_april()


@contextmanager
def another_writer() -> Iterator[sqlite3.Connection]:
    """Holds the lock that an import holds while it is applied."""
    other = sqlite3.connect(read_env().sqlite_path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


def test_pages_open_and_a_step_keeps_what_was_typed(office: Office) -> None:
    chain_of(office)
    [task] = handed_out(office)
    cadre, before = browser("cadre"), Transaction.objects.count()
    with another_writer():
        for address in (
            "/",
            "/households",
            f"/households/{office.households['north']}",
            "/tasks",
            f"/tasks/{task}",
        ):
            assert cadre.get(address).status_code == 200
        answer = take(cadre, task, "answer", files=[photo()], **ANSWER)
    assert answer.status_code == 409
    assert "多半正在应用一个大的批次" in said(answer)
    assert f">{ANSWER['measure']}</textarea>" in said(answer)
    assert "照片1.jpg" in said(answer)
    assert (state(task), Transaction.objects.count()) == ("待整改", before)
    assert take(cadre, task, "answer", files=[photo()], **ANSWER).status_code == 302
    assert state(task) == "已整改"


def test_an_edit_keeps_what_was_typed_and_a_new_problem_its_draft(office: Office) -> None:
    clerk, home = browser("clerk"), office.households["north"]
    address, version = f"/households/{home}/edit", versions_of([("household", home)])["household", home]
    typed = {
        f"household-{home}-natural_village": "新湾",
        f"seen-household-{home}": version,
        "unchecked": "on",
    }
    with another_writer():
        edited = clerk.post(address, typed)
        opened = clerk.post("/tasks/new", PROBLEM)
    assert (edited.status_code, opened.status_code) == (422, 409)
    assert 'value="新湾"' in said(edited)
    assert "填写的内容留在本机" in said(opened)
    assert 'data-saved=""' in said(clerk.get("/tasks/new"))
    assert not Task.objects.exists()
    assert clerk.post(address, typed).status_code == 302
    assert clerk.post("/tasks/new", PROBLEM).status_code == 302


def test_a_writer_that_waits_holds_up_nobodys_garbage(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A statement of its connection, left in a cycle, is finalised by whichever thread collects next."""
    monkeypatch.setattr(trouble, "PATIENCE", 30.0)
    waiting = threading.Event()

    def write() -> None:
        cycle: list[object] = [connection.cursor().execute("SELECT 1")]
        cycle.append(cycle)
        del cycle
        waiting.set()
        browser("clerk").post("/tasks/new", PROBLEM)
        connection.close()

    gc.disable()
    writer = threading.Thread(target=write)
    try:
        with another_writer():
            writer.start()
            waiting.wait()
            time.sleep(0.5)
            collected = threading.Thread(target=gc.collect)
            collected.start()
            collected.join(10)
            assert not collected.is_alive()
    finally:
        gc.enable()
        writer.join()
    assert Task.objects.count() == 1


def test_who_logs_in_does_not_wait_only_to_be_noted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trouble, "PATIENCE", 30.0)
    told = {"username": "newcomer", "password": PASSWORD}
    user, _ = add_account(
        full_name="甲", holdings=[Holding("clerk", TOWN)], actor="测试", must_change_password=False, **told
    )
    with another_writer():
        assert visitor().post("/login", told).status_code == 302
        user.refresh_from_db()
        assert user.last_login is None
    assert visitor().post("/login", told).status_code == 302
    user.refresh_from_db()
    assert user.last_login is not None
