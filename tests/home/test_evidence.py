"""Evidence: what is taken, what is refused before it is read to its end, and that it is there after a restore."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from bangfu.casework import actions
from bangfu.casework.evidence_files import LIMIT, KeptFile, is_there, keep, path_of
from bangfu.casework.queries import evidence_file, lost_evidence, task_detail
from bangfu.office.home import open_home
from bangfu.office.keeping import back_up, restore
from bangfu.registry.scope import EVERYTHING, NOTHING
from bangfu.terms.errors import UserError
from tests.home.databases import use
from tests.home.offices import a_run, an_office, findings
from tests.home.pictures import exe, jpeg, pdf, png, webp


def chunks(content: bytes, size: int = 7) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


@pytest.mark.parametrize(
    ("name", "content", "media", "kept_as"),
    [
        ("现场.jpg", jpeg(), "image/jpeg", "现场.jpg"),
        ("现场.JPEG", jpeg() + b"motion photo", "image/jpeg", "现场.jpg"),
        ("截图.png", png(), "image/png", "截图.png"),
        ("微信图片.jpg", webp(), "image/webp", "微信图片.webp"),
        ("鉴定报告.pdf", pdf(), "application/pdf", "鉴定报告.pdf"),
        ("image", jpeg(), "image/jpeg", "image.jpg"),
        (" ", png(), "image/png", "未命名.png"),
        ("\u202egpj.现场.png", png(), "image/png", "gpj.现场.png"),
        ("长" * 300 + ".pdf", pdf(), "application/pdf", "长" * 100 + ".pdf"),
    ],
)
def test_photos_and_pdfs_are_kept_under_their_hash(
    home: Path, name: str, content: bytes, media: str, kept_as: str
) -> None:
    kept = keep(name, chunks(content))
    digest = hashlib.sha256(content).hexdigest()
    assert kept == KeptFile(digest, kept_as, media, len(content))
    path = path_of(digest, media)
    assert path.read_bytes() == content
    assert path.is_relative_to(home / "files" / "evidence" / digest[:2])
    assert is_there(digest, media)


def test_the_same_content_is_kept_once(home: Path) -> None:
    first, second = keep("一.jpg", [jpeg()]), keep("二.jpg", [jpeg()])
    assert first.sha256 == second.sha256
    assert len([path for path in (home / "files" / "evidence").rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("照片.jpg", exe(), "是程序，佐证材料应是照片"),
        ("照片.jpg", jpeg()[:3] + exe(), "只有开头像JPEG 照片"),
        ("照片.jpg", jpeg()[:-2], "不完整或是别的文件伪装的"),
        ("照片.jpg", jpeg(0), "不完整或是别的文件伪装的"),
        ("图.png", png()[:-12], "只有开头像PNG 图片"),
        ("图.png", png().replace(b"\x00\x02\x08", b"\x00\x03\x08"), "只有开头像PNG 图片"),
        ("图.png", png(60_000, 60_000), "只有开头像PNG 图片"),
        ("图.webp", webp()[:20], "只有开头像WebP 图片"),
        ("文.pdf", b"%PDF-1.4\n" + exe(), "只有开头像PDF 文件"),
        ("照片.jpg", pdf(), "内容其实是PDF 文件，与扩展名不符"),
        ("文.pdf", jpeg(), "内容其实是JPEG 照片，与扩展名不符"),
        ("照片.jpg", b"", "是空的（0 字节）"),
        ("照片.jpg", b"\x00" * 100, "里面全是空字节"),
        ("照片.jpg", b"GIF89a" + b"\x01" * 50, "是图片"),
        ("照片.jpg", b"PK\x03\x04" + b"\x00" * 50, "是压缩包或 Office 文档"),
        ("照片.jpg", b"<html><script>alert(1)</script></html>", "是网页"),
        ("照片.jpg", "一些文字，没有照片".encode(), "是文字"),
        ("照片.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 50, "是视频或手机照片"),
        ("IMG_1.HEIC", jpeg(), "兼容性最佳"),
        ("病毒.exe", jpeg(), r"扩展名是 \.exe"),
        ("页面.svg", jpeg(), r"扩展名是 \.svg"),
    ],
)
def test_what_is_no_evidence_is_refused_in_words(home: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(UserError, match=message):
        keep(name, chunks(content, 64))
    assert not (home / "files" / "evidence").exists()


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "C:\\照片\\1.jpg", "a/b.jpg", "..", "x\x00.jpg"])
def test_a_name_with_a_path_is_refused_before_anything_is_read(home: Path, name: str) -> None:
    def unread() -> Iterator[bytes]:
        raise AssertionError("read")
        yield b""

    with pytest.raises(UserError, match="带有文件夹路径"):
        keep(name, unread())


def test_nothing_is_read_beyond_the_limit(home: Path) -> None:
    read = 0

    def endless() -> Iterator[bytes]:
        nonlocal read
        yield jpeg()[:20]
        while True:
            read += 1 << 20
            yield b"\x00" * (1 << 20)

    with pytest.raises(UserError, match="超过 10 MB"):
        keep("大照片.jpg", endless())
    assert read <= LIMIT + (1 << 20)


def test_a_foreign_kind_is_refused_with_its_first_chunk(home: Path) -> None:
    def first_only() -> Iterator[bytes]:
        yield exe()[:40]
        raise AssertionError("read on")

    with pytest.raises(UserError, match="是程序"):
        keep("照片.jpg", first_only())


def test_a_place_that_cannot_be_written_is_told(home: Path) -> None:
    (home / "files").mkdir()
    (home / "files" / "evidence").write_text("somebody else's file")
    with pytest.raises(UserError, match=r"没有存成：.*请检查磁盘空间和权限"):
        keep("照片.jpg", [jpeg()])


def test_only_who_sees_the_task_finds_its_evidence(home: Path) -> None:
    office = an_office()
    [task] = actions.open_from_findings(office.hand("clerk"), findings(office, a_run())).tasks
    kept = keep("现场.jpg", [jpeg()])
    actions.attach(office.hand("cadre"), task, seen=1, files=[kept])
    detail = task_detail(EVERYTHING, task, office.hand("clerk"))
    assert detail is not None
    [shown] = detail.evidence
    assert (shown.name, shown.is_picture, shown.added_by) == ("现场.jpg", True, "王村干")
    found = evidence_file(EVERYTHING, task, shown.id)
    assert found is not None
    assert path_of(found[1], found[0].media_type).read_bytes() == jpeg()
    assert evidence_file(NOTHING, task, shown.id) is None
    assert evidence_file(EVERYTHING, task, shown.id + 1) is None
    assert evidence_file(EVERYTHING, task + 1, shown.id) is None


def test_evidence_is_in_a_backup(
    home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = an_office()
    [task] = actions.open_from_findings(office.hand("clerk"), findings(office, a_run())).tasks
    kept = keep("现场.jpg", [jpeg()])
    actions.attach(office.hand("cadre"), task, seen=1, files=[kept])
    archive = tmp_path_factory.mktemp("backups") / "备份.zip"
    back_up(archive)
    monkeypatch.setenv("BANGFU_HOME", str(tmp_path_factory.mktemp("other") / "home"))
    restore(archive)
    with use(""):
        open_home()
        detail = task_detail(EVERYTHING, task, office.hand("clerk"))
        assert detail is not None
        found = evidence_file(EVERYTHING, task, detail.evidence[0].id)
        assert found is not None
        assert path_of(found[1], found[0].media_type).read_bytes() == jpeg()
        assert lost_evidence() == (1, [])
        path_of(kept.sha256, kept.media_type).write_bytes(png())
        assert lost_evidence() == (0, ["2020-0422-0001"])
