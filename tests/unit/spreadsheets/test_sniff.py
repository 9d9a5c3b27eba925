"""What a file is, by its first bytes."""

from __future__ import annotations

import pytest

from bangfu.spreadsheets.sniff import FileKind, sniff


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b"\x00" * 100, FileKind.EMPTY),
        (b"PK\x03\x04rest", FileKind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", FileKind.OLE),
        (b"<html><body><table>", FileKind.HTML),
        (b"\xef\xbb\xbf  <!DOCTYPE html><table>", FileKind.HTML),
        (b"\xff\xfe" + "<table>".encode("utf-16-le"), FileKind.HTML),
        ("姓名,村\r\n".encode("gbk"), FileKind.TEXT),
        ("姓名,村\r\n".encode("utf-16"), FileKind.TEXT),
        ("a,b\r\n1,2\r\n3,4\r\n".encode("utf-16-le"), FileKind.TEXT),
        (b"BM,2023\r\n", FileKind.TEXT),
        (b"\x89PNG\r\n\x1a\n", FileKind.REFUSED),
        (b"%PDF-1.7", FileKind.REFUSED),
        (b"\x01\x02\x03\x04\x00\x07" * 20, FileKind.REFUSED),
    ],
)
def test_kind_is_told_by_content(head: bytes, kind: FileKind) -> None:
    assert sniff(head)[0] is kind


@pytest.mark.parametrize(
    ("head", "named"),
    [
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "XML 表格"),
        (b"MIME-Version: 1.0\r\n", "单个文件网页"),
    ],
)
def test_refusal_names_what_it_is_and_what_to_do(head: bytes, named: str) -> None:
    message = sniff(head)[1]
    assert named in message
    assert "请" in message
