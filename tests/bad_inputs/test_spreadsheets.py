"""Files that cannot or must not be read: one each, with what the office is told."""

from __future__ import annotations

import struct
import time
import zlib
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.grid import open_file

SAMPLES = Path(__file__).parents[3] / "shared" / "samples" / "问题文件"


def refusal(path: Path) -> str:
    grids, problems = open_file(path, "收到的表.xlsx")
    assert grids == []
    assert len(problems) == 1
    assert problems[0].file == "收到的表.xlsx"
    assert "请" in problems[0].message
    return problems[0].message


def saved(folder: Path, content: bytes) -> Path:
    path = folder / "a.xlsx"
    path.write_bytes(content)
    return path


def workbook(folder: Path) -> Path:
    path = folder / "good.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        for row in range(200):
            sheet.write_row(row, 0, ["张三", "429999197408204314", row])
    return path


def ole(*names: str) -> bytes:
    """A container of old Office files with empty streams of these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<5H", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<8I", header, 44, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b""
    for kind, name in ((5, "Root Entry"), *((2, name) for name in names)):
        entry = bytearray(128)
        text = name.encode("utf-16-le")
        entry[: len(text)] = text
        struct.pack_into("<H", entry, 64, len(text) + 2)
        entry[66] = kind
        struct.pack_into("<I", entry, 116, 0xFFFFFFFE)
        directory += entry
    return bytes(header) + table + directory.ljust(512, b"\x00")


def test_empty_file(tmp_path: Path) -> None:
    assert "0 字节" in refusal(saved(tmp_path, b""))


def test_file_that_is_not_there(tmp_path: Path) -> None:
    assert "打不开文件" in refusal(tmp_path / "none.xlsx")


@pytest.mark.parametrize("kept", [0.3, 0.7, 0.99])
def test_upload_that_broke_off(tmp_path: Path, kept: float) -> None:
    content = workbook(tmp_path).read_bytes()
    assert "没传完整" in refusal(saved(tmp_path, content[: int(len(content) * kept)]))


def test_password_to_open(tmp_path: Path) -> None:
    assert "打开密码" in refusal(saved(tmp_path, ole("EncryptionInfo", "EncryptedPackage")))


def test_word_document_of_either_age(tmp_path: Path) -> None:
    assert "Word" in refusal(saved(tmp_path, ole("WordDocument")))
    path = tmp_path / "b.xlsx"
    with ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<x/>")
    assert "Word" in refusal(path)


def test_archive_with_the_sheet_inside(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with ZipFile(path, "w") as package:
        package.write(workbook(tmp_path), "名单.xlsx")
    assert "解压" in refusal(path)


def test_picture(tmp_path: Path) -> None:
    assert "照片" in refusal(saved(tmp_path, b"\xff\xd8\xff\xe0" + b"\x00" * 100))


def test_notice_in_place_of_a_table(tmp_path: Path) -> None:
    notice = "关于召开推进会的通知\r\n各村(社区):\r\n请于12月20日上午9时参会,不得缺席。\r\n"
    assert "纯文字" in refusal(saved(tmp_path, notice.encode("gbk")))


def test_web_page_without_a_table(tmp_path: Path) -> None:
    assert "没有表格" in refusal(saved(tmp_path, "<html><body>登录超时</body></html>".encode()))


def test_blank_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    assert "空白" in refusal(path)


def test_text_with_a_lost_quote(tmp_path: Path) -> None:
    rows = "".join(f"{n},张三,温泉村三组二号\n" for n in range(500))
    assert "双引号" in refusal(saved(tmp_path, ("序号,姓名,住址\n" + '1,"张三,温泉村\n' + rows).encode()))


def test_text_in_no_known_encoding(tmp_path: Path) -> None:
    assert "第 2 行" in refusal(saved(tmp_path, "村,姓名\n甲,".encode("gbk") + b"\xff\xff\n"))


def test_sheet_xml_that_is_no_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(workbook(tmp_path)) as old, ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name)[:300] if "sheet1" in name else old.read(name))
    assert "已损坏" in refusal(path)


def test_rare_compression(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with ZipFile(path, "w", ZIP_BZIP2) as package:
        package.writestr("xl/workbook.xml", "<x/>")
    assert "压缩方式" in refusal(path)


def bomb(path: Path, size: int) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"<row><c><v>1</v></c></row>" * (size // 26))


def test_swelling_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE_BYTES", 1_000_000)
    bomb(tmp_path / "a.xlsx", 5_000_000)
    assert "异常巨大" in refusal(tmp_path / "a.xlsx")


def test_declared_sizes_are_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FREE_BYTES", 1_000_000)
    path = tmp_path / "a.xlsx"
    bomb(path, 5_000_000)
    content = bytearray(path.read_bytes())
    true_size = struct.pack("<I", 5_000_000 // 26 * 26)
    lie = struct.pack("<I", 1000)
    assert content.count(true_size) == 2
    content = content.replace(true_size, lie)
    part = b"<row><c><v>1</v></c></row>" * 39
    # With the checksum of the first thousand bytes zipfile itself is content.
    whole = struct.pack("<I", zlib.crc32(b"<row><c><v>1</v></c></row>" * (5_000_000 // 26)))
    content = content.replace(whole, struct.pack("<I", zlib.crc32((part * 2)[:1000])))
    path.write_bytes(content)
    assert "异常巨大" in refusal(path)


def test_stray_cell_far_away(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("名单")
        sheet.write_string(0, 0, "姓名")
        sheet.write_string(200_000, 16_383, "x")
    message = refusal(path)
    assert "第 200001 行、第 16384 列" in message
    assert "“名单”" in message


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the office samples are not here")
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("空文件.xlsx", "0 字节"),
        ("低保名单(未传完).xlsx", "没传完整"),
        ("加密-财政供养.xlsx", "打开密码"),
        ("会议通知.xls", "纯文字"),
        ("现场照片.xlsx", "图片"),
        ("空白工作簿.xlsx", "空白"),
        ("超大展开.xlsx", "异常巨大"),
    ],
)
def test_office_samples_are_refused_in_time(name: str, said: str) -> None:
    started = time.perf_counter()
    assert said in refusal(SAMPLES / name)
    assert time.perf_counter() - started < 20
