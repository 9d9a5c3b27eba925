"""A full disk, a damaged file, a newer home, no home: a clear word, exit code 2, nothing lost."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from django.db import connection

from bangfu.intake import batches
from bangfu.office.home import FORMAT
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import Home, Transaction
from bangfu.registry.models import Household
from tests.home.hashes import facts_hash, models
from tests.home.test_import import export  # noqa: F401


def bangfu(home: Path, *words: object, largest_file: int | None = None) -> subprocess.CompletedProcess[str]:
    connection.close()

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    command = [Path(sys.executable).with_name("bangfu"), *map(str, words), "--home", str(home)]
    return subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)


def test_a_full_disk_loses_nothing(home: Path, export: Path) -> None:  # noqa: F811
    staged = batches.stage(export, actor="张三").batch.pk
    before = facts_hash()
    done = bangfu(home, "apply", staged, largest_file=150_000)
    assert (done.returncode, done.stdout) == (2, "")
    assert "磁盘写满了" in done.stderr
    assert "Traceback" not in done.stderr
    assert facts_hash() == before
    assert broken_links() == broken_facts(models()) == []
    assert bangfu(home, "apply", staged).returncode == 0
    assert facts_hash() != before


def test_a_damaged_database_is_said_to_be(home: Path) -> None:
    connection.close()
    path = home / "bangfu.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * (path.stat().st_size - 16))
    done = bangfu(home, "journal", "verify")
    assert done.returncode == 2
    assert "从备份恢复" in done.stderr


def test_a_newer_home_is_left_alone(home: Path) -> None:
    Home.objects.update(format=FORMAT + 1)
    done = bangfu(home, "journal", "verify")
    assert done.returncode == 2
    assert "升级程序" in done.stderr


def test_no_home_yet_says_how_to_make_one(tmp_path: Path) -> None:
    done = bangfu(tmp_path / "none", "journal", "show")
    assert done.returncode == 2
    assert "bangfu init" in done.stderr


def test_a_home_is_made_and_not_made_again(tmp_path: Path) -> None:
    made = bangfu(tmp_path / "new", "init", "--place", "421281102")
    assert (made.returncode, made.stderr) == (0, "")
    assert "茶庵岭镇" in made.stdout
    again = bangfu(tmp_path / "new", "init", "--place", "421281102")
    assert (again.returncode, again.stdout) == (2, "")
    assert "已经有台账" in again.stderr
    assert bangfu(tmp_path / "other", "init", "--place", "999999999").returncode == 2


def test_a_second_writer_waits_and_says_so(any_home: Path, export: Path) -> None:  # noqa: F811
    staged = batches.stage(export, actor="张三").batch.pk
    command = [Path(sys.executable).with_name("bangfu"), "apply", str(staged), "--home", str(any_home)]
    with transaction(actor="李四", source=Source("form")) as change:
        change.create(Household, [{"nat_household_no": "610000000001"}])
        waiting = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr is not None
        told = next(line for line in waiting.stderr if "正在等它写完" in line)
    said, _ = waiting.communicate()
    assert (waiting.returncode, told.count("正在等")) == (0, 1)
    assert "已应用" in said
    assert Transaction.objects.get(position=1).actor == "李四"
    assert broken_links() == []
