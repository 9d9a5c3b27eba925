"""Killed at any moment, a command leaves all or nothing, and what it acknowledged is there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection

from bangfu.findings.models import Run
from bangfu.intake import batches
from bangfu.intake.models import Batch
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.keeping import back_up, restore
from bangfu.samples.town import write_town
from tests.home.databases import use
from tests.home.hashes import facts_hash, models

pytestmark = pytest.mark.repeats
REPEATS = 20 if os.environ.get("BANGFU_SOAK") else 2
SEED = random.Random(20231218)


@pytest.fixture(scope="session")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Large enough that most of a command's time is its transaction."""
    folder = tmp_path_factory.mktemp("town")
    write_town(folder, 400, 5, faults=False, national_only=True)
    return next(folder.glob("*监测对象*"))


def bangfu(home: Path, *words: object) -> subprocess.Popen[str]:
    command = [Path(sys.executable).with_name("bangfu"), *map(str, words), "--home", str(home)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )


def kill_at_random(home: Path, longest: float, *words: object) -> str:
    """Runs a command and kills it; what it said until then."""
    connection.close()
    running = bangfu(home, *words)
    time.sleep(SEED.uniform(0.3, longest))
    os.killpg(running.pid, signal.SIGKILL)
    said, _ = running.communicate()
    return said


def took(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def assert_whole() -> None:
    assert broken_links() == []
    assert broken_facts(models()) == []


def test_killed_imports_and_undos_are_whole_or_not_there(home: Path, export: Path) -> None:
    empty = facts_hash()
    staged = batches.stage(export, actor="张三").batch.pk
    connection.close()
    longest = took(lambda: bangfu(home, "apply", staged).communicate())
    full = facts_hash()
    assert full != empty
    batches.undo(staged, actor="张三")
    for _ in range(REPEATS):
        staged = batches.stage(export, actor="张三").batch.pk
        said = kill_at_random(home, longest, "apply", staged)
        assert_whole()
        is_applied = Batch.objects.get(pk=staged).state == "applied"
        counted = facts_hash_of_values()
        assert (counted == "full") == is_applied
        assert is_applied or "已应用" not in said
        if not is_applied:
            batches.apply(staged, actor="张三")
        said = kill_at_random(home, longest, "undo", staged)
        assert_whole()
        is_undone = Batch.objects.get(pk=staged).state == "undone"
        assert (facts_hash() == empty) == is_undone
        assert is_undone or "已撤销" not in said
        if not is_undone:
            batches.undo(staged, actor="张三")


def facts_hash_of_values() -> str:
    """Whether the export is in the register whole, not at all, or neither: ids differ from one import to the next."""
    counts = {model.table: model._default_manager.count() for model in models()}
    if not any(counts.values()):
        return "empty"
    return (
        "full" if counts["household"] == 400 and counts["membership"] == counts["person"] > 1_000 else "part"
    )


def test_a_killed_backup_leaves_no_archive_that_looks_whole(
    home: Path, export: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches.apply(batches.stage(export, actor="张三").batch.pk, actor="张三")
    before = facts_hash()
    folder = tmp_path_factory.mktemp("backups")
    longest = took(lambda: back_up(folder / "first.zip")) + 2
    for number in range(REPEATS):
        target = folder / f"{number}.zip"
        kill_at_random(home, longest, "backup", target)
        assert_whole()
        if target.exists():
            other = folder / f"home{number}"
            monkeypatch.setenv("BANGFU_HOME", str(other))
            restore(target)
            with use(""):
                assert facts_hash() == before
            monkeypatch.setenv("BANGFU_HOME", str(home))


def test_a_killed_check_is_a_whole_run_or_none(home: Path, tmp_path: Path) -> None:
    write_town(tmp_path / "town", 200, 5, faults=True, national_only=True)
    export = next((tmp_path / "town").glob("*监测对象*"))
    batches.apply(batches.stage(export, actor="张三").batch.pk, actor="张三")
    connection.close()
    words = ("check", "--as-of", "2023-12-18", "--no-workbooks", "--out")
    longest = took(lambda: bangfu(home, *words, tmp_path / "first").communicate())
    whole = Run.objects.get().counts
    assert whole["new"] > 10
    for number in range(REPEATS):
        said = kill_at_random(home, longest, *words, tmp_path / str(number))
        runs = list(Run.objects.order_by("pk"))
        assert all(
            run.counts and run.counts["new"] + run.counts.get("remaining", 0) == whole["new"] for run in runs
        )
        assert "次核查" not in said or len(runs) > 1
        assert_whole()
