"""Long work is done once, told while it is done, given up when nobody wants it, and taken up again after a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django_tasks_db.models import DBTaskResult

from bangfu.intake import batches
from bangfu.intake.history import batches_seen
from bangfu.intake.jobs import APPLY, UNDO
from bangfu.intake.models import Batch
from bangfu.intake.preview import noted_counts, noted_rows
from bangfu.intake.receiving import Upload, batch_key, receive
from bangfu.jobs import kinds, queue
from bangfu.jobs import worker as worker_module
from bangfu.jobs.actions import cancel_job, retry_job, start_job
from bangfu.jobs.kinds import Kind, register
from bangfu.jobs.models import Job
from bangfu.jobs.queries import has_worker, job
from bangfu.jobs.work import Work
from bangfu.jobs.worker import work_until_stopped
from bangfu.jobs.workfolder import told, work_folder
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.keeping import back_up, restore
from bangfu.office.readers import Holding, Reader
from bangfu.samples.town import write_town
from bangfu.terms.errors import UserError
from tests.home.databases import use
from tests.home.hashes import facts_hash, models

TOWN = "421281102000"
CLERK = Reader(1, "zhang", "张甲", "", (Holding("clerk", TOWN),))
PATIENCE = 120


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("town")
    write_town(folder, 60, 3, faults=False, national_only=True)
    return next(folder.glob("*监测对象*"))


@pytest.fixture
def kind(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Work], Mapping[str, Any]]], str]:
    """Registers a kind for one test: `kind(function)`."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    monkeypatch.setattr(kinds, "_AFTER", {})

    def add(run: Callable[[Work], Mapping[str, Any]]) -> str:
        register(Kind("try", "试一试", run, starts="import.load", sees="import.see"))
        return "try"

    return add


def ask(kind: str, **options: Any) -> int:
    return start_job(kind, label="试一试", actor="zhang", **options)


def state(number: int) -> str:
    return Job.objects.values_list("state", flat=True).get(pk=number)


def upload(export: Path, name: str = "监测对象.xlsx") -> int:
    """As the page does; the number of the batch."""
    path = work_folder() / "upload"
    path.write_bytes(export.read_bytes())
    [received] = receive([Upload(name, path)], actor="zhang")
    assert received.refusal == ""
    return received.batch


@contextmanager
def worker(home: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """A real one, killed at the end if it is still there."""
    connection.close()
    command = [str(Path(sys.executable).with_name("bangfu")), "worker", "--home", str(home), *words]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    try:
        yield running
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
        running.communicate()


def until(is_so: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, what
        time.sleep(0.02)


def all_over() -> bool:
    return not Job.objects.filter(state__in=("queued", "running")).exists()


# -- one after another ------------------------------------------------------------------------------


def test_jobs_are_done_in_the_order_they_were_asked_for(any_home: Path, kind: Any) -> None:
    done: list[int] = []
    name = kind(lambda work: done.append(work.parameters["n"]) or {"n": work.parameters["n"]})
    numbers = [ask(name, parameters={"n": n}) for n in range(3)]
    assert [job(CLERK, number).before for number in numbers] == [0, 1, 2]  # type: ignore[union-attr]
    work_until_stopped(once=True)
    assert done == [0, 1, 2]
    seen = job(CLERK, numbers[1])
    assert seen is not None
    assert (seen.words, seen.result, seen.before) == ("完成", {"n": 1}, 0)


def test_a_worker_that_has_grown_large_ends_after_its_job_unless_it_is_to_do_all(
    home: Path, kind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker_module, "MOST_MEMORY", 0)
    name = kind(lambda work: {})
    numbers = [ask(name) for _ in range(3)]
    work_until_stopped()
    assert [state(number) for number in numbers] == ["done", "queued", "queued"]
    work_until_stopped(once=True)
    assert [state(number) for number in numbers] == ["done"] * 3


def test_asked_for_twice_it_is_one_job_until_it_is_over(home: Path, kind: Any) -> None:
    name = kind(lambda work: {})
    first = ask(name, key="x")
    assert ask(name, key="x") == first
    work_until_stopped(once=True)
    assert ask(name, key="x") != first


def test_what_another_kind_is_busy_with_is_not_begun(home: Path, kind: Any) -> None:
    name = kind(lambda work: {})
    ask(name, key="x")
    register(Kind("other", "别的", lambda work: {}, starts="import.load", sees="import.see"))
    with pytest.raises(UserError, match="“试一试”还没有做完"):
        ask("other", key="x")


def test_not_even_the_database_takes_a_doubled_job(any_home: Path, kind: Any) -> None:
    ask(kind(lambda work: {}), key="x")
    twin = Job.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError):
        twin.save()


def test_what_a_job_cannot_do_is_told_and_tried_again(home: Path, kind: Any) -> None:
    wrong = ["文件不在了"]

    def run(work: Work) -> Mapping[str, Any]:
        if wrong:
            raise UserError(wrong.pop())
        return {"attempt": work.attempt}

    number = ask(kind(run))
    work_until_stopped(once=True)
    seen = job(CLERK, number)
    assert seen is not None
    assert (seen.words, seen.error, seen.may_retry) == ("没有完成", "文件不在了", True)
    retry_job(number)
    work_until_stopped(once=True)
    assert (state(number), Job.objects.get().result) == ("done", {"attempt": 1})
    with pytest.raises(UserError, match="不用重试"):
        retry_job(number)


def test_a_bug_is_told_without_what_it_said(home: Path, kind: Any, caplog: pytest.LogCaptureFixture) -> None:
    person = "429999199001010011"

    def run(work: Work) -> Mapping[str, Any]:
        raise KeyError(person)

    number = ask(kind(run))
    work_until_stopped(once=True)
    assert "程序出错了" in Job.objects.get(pk=number).error
    assert "KeyError" in caplog.text
    assert "429999" not in caplog.text + Job.objects.get().error


def test_what_follows_a_kind_is_called_after_it(home: Path, kind: Any) -> None:
    seen: list[Any] = []
    name = kind(lambda work: {"run": 7})
    kinds.after(name, lambda work, result: seen.append((work.actor, result["run"])))
    ask(name)
    work_until_stopped(once=True)
    assert seen == [("zhang", 7)]


# -- nobody wants it --------------------------------------------------------------------------------


def test_a_waiting_job_that_is_cancelled_is_never_begun(home: Path, kind: Any) -> None:
    begun: list[int] = []
    number = ask(kind(lambda work: begun.append(work.number) or {}))
    cancel_job(number)
    seen = job(CLERK, number)
    assert seen is not None
    assert (seen.words, seen.may_cancel) == ("正在取消", False)
    work_until_stopped(once=True)
    assert (state(number), begun) == ("cancelled", [])
    with pytest.raises(UserError, match="已经结束"):
        cancel_job(number)


def test_a_job_that_holds_the_lock_is_told_of_and_cancelled(home: Path, kind: Any) -> None:
    """Neither needs the database, which the job keeps to itself."""
    from bangfu.office.journal.waiting import write_lock

    def run(work: Work) -> Mapping[str, Any]:
        with write_lock(work.say):
            Batch.objects.create(file_name="x", sha256="", state="received", actor="zhang")
            work.say("写入", 0.5)
            for _ in range(PATIENCE * 50):
                work.reach(0.6)
                time.sleep(0.02)
        return {}

    number = ask(kind(run))
    heard: list[Any] = []

    def cancel_when_told() -> None:
        until(lambda: bool((progress := told(number)) and progress.fraction == 0.6), "no progress")
        heard.append(told(number))
        cancel_job(number)
        connection.close()

    watcher = threading.Thread(target=cancel_when_told)
    watcher.start()
    work_until_stopped(once=True)
    watcher.join()
    assert heard[0].message == "写入"
    assert (state(number), Batch.objects.count()) == ("cancelled", 0)
    assert told(number) is None


# -- killed and taken up again ----------------------------------------------------------------------


def test_what_a_dead_worker_left_is_taken_up_again_but_not_for_ever(home: Path, kind: Any) -> None:
    number = ask(kind(lambda work: {"attempt": work.attempt}))
    for _ in range(queue.MOST_ATTEMPTS - 1):
        taken = queue.take()
        assert taken is not None
        assert queue.take() is None
        assert queue.give_back() == [number]
    work_until_stopped(once=True)
    assert Job.objects.get().result == {"attempt": queue.MOST_ATTEMPTS}
    retry = ask(kind(lambda work: {}))
    for _ in range(queue.MOST_ATTEMPTS):
        queue.take()
        queue.give_back()
    assert state(retry) == "failed"
    assert "意外中断" in Job.objects.get(pk=retry).error


def test_a_worker_that_is_told_to_end_puts_its_job_back(home: Path, export: Path) -> None:
    batch = upload(export)
    with worker(home) as running:
        until(lambda: Job.objects.filter(state="running").exists(), "not begun")
        running.send_signal(signal.SIGTERM)
        assert running.wait(PATIENCE) == 0
    left = Job.objects.earliest("pk")
    assert (left.state, left.attempt) in {("queued", 0), ("done", 1)}
    assert not has_worker()
    work_until_stopped(once=True)
    assert Batch.objects.get(pk=batch).state == "staged"


def test_a_home_has_one_worker(home: Path) -> None:
    with worker(home):
        until(has_worker, "not alive")
        with pytest.raises(UserError, match="已经在运行"):
            work_until_stopped(once=True)


def test_jobs_of_a_backup_are_not_done_where_it_is_restored(
    home: Path, kind: Any, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[int] = []
    number = ask(kind(lambda work: done.append(work.number) or {}))
    archive = tmp_path_factory.mktemp("backups") / "备份.zip"
    back_up(archive)
    other = tmp_path_factory.mktemp("other") / "home"
    monkeypatch.setenv("BANGFU_HOME", str(other))
    restore(archive)
    with use(""):
        work_until_stopped(once=True)
        assert (state(number), done) == ("cancelled", [])
        assert "没有自动执行" in Job.objects.get().error
        retry_job(number)
        work_until_stopped(once=True)
        assert (state(number), done) == ("done", [number])


# -- batches ----------------------------------------------------------------------------------------


def test_an_upload_is_read_applied_and_undone_by_a_real_worker(home: Path, export: Path) -> None:
    empty = facts_hash()
    with worker(home):
        batch = upload(export)
        until(all_over, "not read")
        assert Batch.objects.get(pk=batch).state == "staged"
        assert noted_counts(batch)["added", "household"] == 60
        [first] = noted_rows(batch, "added", "household", size=1)
        assert first.about.split()[1] == first.values["nat_household_no"][1]
        ask(APPLY, parameters={"batch": batch}, key=batch_key(batch))
        until(all_over, "not applied")
        assert Batch.objects.get(pk=batch).state == "applied"
        assert facts_hash() != empty
        ask(UNDO, parameters={"batch": batch}, key=batch_key(batch))
        until(all_over, "not undone")
    assert facts_hash() == empty
    assert broken_links() == broken_facts(models()) == []


def test_an_apply_that_is_delivered_again_writes_nothing_more(any_home: Path, export: Path) -> None:
    batch = upload(export)
    work_until_stopped(once=True)
    [seen] = batches_seen(states=("staged",))
    assert (seen.number, seen.added > 60, seen.is_outdated, seen.lists) == (
        batch,
        True,
        False,
        "监测对象信息",
    )
    number = ask(APPLY, parameters={"batch": batch})
    work_until_stopped(once=True)
    whole = facts_hash()
    Job.objects.filter(pk=number).update(state="running")
    work_until_stopped(once=True)
    assert (state(number), facts_hash()) == ("done", whole)
    assert not DBTaskResult.objects.exists(), "what is over has left the queue"


def test_cancelled_while_it_is_applied_a_batch_leaves_nothing(
    home: Path, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bangfu.intake.register_file.CHUNK", 5)
    empty = facts_hash()
    batch = upload(export)
    work_until_stopped(once=True)
    number = ask(APPLY, parameters={"batch": batch})

    def cancel_when_writing() -> None:
        until(lambda: bool((now := told(number)) and now.message.startswith("写入")), "not writing")
        cancel_job(number)
        connection.close()

    watcher = threading.Thread(target=cancel_when_writing)
    watcher.start()
    work_until_stopped(once=True)
    watcher.join()
    assert state(number) == "cancelled"
    assert (facts_hash(), Batch.objects.get(pk=batch).state) == (empty, "staged")
    assert broken_links() == []
    retry_job(number)
    work_until_stopped(once=True)
    assert Batch.objects.get(pk=batch).state == "applied"


def test_a_file_that_cannot_be_taken_is_refused_and_read_again_with_its_day(
    home: Path, tmp_path: Path
) -> None:
    write_town(tmp_path / "lists", 30, 3, faults=False)
    [path] = (tmp_path / "lists").rglob("*低保发放名册*")
    batch = upload(path, path.name)
    work_until_stopped(once=True)
    refused = Batch.objects.get(pk=batch)
    assert (refused.state, "哪一天的数据" in refused.refusal) == ("refused", True)
    batches.compare(batch, as_of=20231218)
    staged = Batch.objects.get(pk=batch)
    assert (staged.state, staged.as_of, staged.refusal) == ("staged", 20231218, "")
    batches.drop(batch)
    assert not list((home / "files").rglob("*.xls*"))
    with pytest.raises(UserError, match="已放弃"):
        batches.drop(batch)
