"""A backup is a whole home of one moment; restoring it gives that home again."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from django.db import connection

from bangfu.cli.main import main
from bangfu.config.env import read_env
from bangfu.config.settings import secret_key
from bangfu.intake import batches
from bangfu.office.home import open_home
from bangfu.office.journal.verifying import broken_facts, broken_links
from bangfu.office.journal.writing import Source, transaction
from bangfu.office.keeping import DATABASE, back_up, restore
from bangfu.registry import actions
from bangfu.samples.town import write_town
from bangfu.terms.errors import UserError
from tests.home.databases import use
from tests.home.hashes import facts_hash, models


def write(number: str) -> None:
    with transaction(actor="张三", source=Source("form", number)) as change:
        actions.add_households(change, [{"nat_household_no": number}])


@pytest.fixture
def archive(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a home with one household and one loaded file."""
    write("610000000001")
    (home / "files" / "ab").mkdir(parents=True)
    (home / "files" / "ab" / "名单.xlsx").write_bytes(b"loaded")
    target = tmp_path_factory.mktemp("backups") / "备份.zip"
    assert back_up(target) == 2
    return target


def test_restored_it_is_the_home_of_that_moment(
    home: Path, archive: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = facts_hash()
    write("610000000002")
    assert facts_hash() != before
    other = tmp_path_factory.mktemp("other") / "home"
    monkeypatch.setenv("BANGFU_HOME", str(other))
    restore(archive)
    assert (other / "files" / "ab" / "名单.xlsx").read_bytes() == b"loaded"
    with use(""):
        assert open_home().place == "421281102000"
        assert facts_hash() == before
        assert broken_links() == broken_facts(models()) == []


def test_neither_the_key_of_sessions_nor_work_in_hand_is_in_a_backup(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So everybody logs in anew where it is restored, and evidence is there."""
    old = secret_key(read_env())
    (home / "work").mkdir()
    (home / "work" / "job-1.json").touch()
    evidence = home / "files" / "evidence" / "ab" / "ab12"
    evidence.parent.mkdir(parents=True)
    evidence.write_bytes(b"a photo")
    folder = tmp_path_factory.mktemp("kept")
    assert back_up(folder / "备份.zip") == 2
    with zipfile.ZipFile(folder / "备份.zip") as archive:
        assert sorted(archive.namelist()) == ["backup.json", "bangfu.sqlite3", "files/evidence/ab/ab12"]
    monkeypatch.setenv("BANGFU_HOME", str(folder / "home"))
    restore(folder / "备份.zip")
    assert (folder / "home" / "files" / "evidence" / "ab" / "ab12").read_bytes() == b"a photo"
    assert secret_key(read_env()) != old


def test_nothing_is_overwritten(home: Path, archive: Path) -> None:
    with pytest.raises(UserError, match="已经存在"):
        back_up(archive)
    with pytest.raises(UserError, match="已经有台账"):
        restore(archive)


def test_a_changed_or_torn_backup_is_refused(
    archive: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("torn")
    monkeypatch.setenv("BANGFU_HOME", str(folder / "home"))
    torn = folder / "torn.zip"
    torn.write_bytes(archive.read_bytes()[:-4000])
    with pytest.raises(UserError, match="不是完整的备份"):
        restore(torn)
    changed = folder / "changed.zip"
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(changed, "w") as copy:
        for name in whole.namelist():
            data = whole.read(name)
            copy.writestr(name, data + b"x" if name != DATABASE and name.startswith("files") else data)
    with pytest.raises(UserError, match="与备份时不同"):
        restore(changed)
    with pytest.raises(UserError, match="不是完整的备份"):
        restore(folder / "nowhere.zip")
    assert not (folder / "home").exists()


def test_doctor_finds_a_home_whole_and_not_whole(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_town(tmp_path / "town", 3, 1, faults=False, national_only=True)
    export = next((tmp_path / "town").glob("*监测对象*"))
    batches.apply(batches.stage(export, actor="张三").batch.pk, actor="张三")
    assert main(["doctor"]) == 0
    assert "原始文件:1 个都在" in capsys.readouterr().out
    [kept] = (file for file in (home / "files").rglob("*.xlsx"))
    kept.write_bytes(b"")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET after = '{}' WHERE number = 2")
    assert main(["doctor"]) == 2
    told = capsys.readouterr().out
    assert "异常  变更日志:不完整" in told
    assert f"异常  原始文件:缺少或被改动 1 个:{export.name}" in told
