"""What a file is, by its first bytes: extensions lie (.xls that is a web page, .xlsx that is a photo)."""

from __future__ import annotations

import re
from enum import Enum


class FileKind(Enum):
    EMPTY = "空文件"
    ZIP = "zip"
    OLE = "OLE"
    HTML = "网页"
    TEXT = "文本"
    REFUSED = "不是表格"


RESEND = "请找对方重新发送原表(.xlsx、.xls 或 .csv)。"

# First bytes of what gets renamed or attached by mistake.
_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "图片(PNG)"),
    (b"\xff\xd8\xff", "照片(JPEG)"),
    (b"GIF8", "图片(GIF)"),
    (b"BM", "图片(BMP)"),
    (b"II*\x00", "图片(TIFF)"),
    (b"MM\x00*", "图片(TIFF)"),
    (b"%PDF", "PDF 文档"),
    (b"%OFD", "OFD 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gz 压缩包"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "程序"),
    (b"SQLite format 3", "数据库文件"),
    (b"PAR1", "Parquet 数据文件"),
)
_HTML = re.compile(
    rb"^\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|meta|body|table|style|div)\b", re.I | re.S
)
_XML_TABLE = b"urn:schemas-microsoft-com:office:spreadsheet"
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes) -> tuple[FileKind, str]:
    """The kind of a file from its first 4 KB or more; for a refused one also the message."""
    if not head.strip(b"\x00"):
        return FileKind.EMPTY, _empty_message(head)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return FileKind.ZIP, ""
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return FileKind.OLE, ""
    foreign = _foreign_name(head)
    if foreign:
        return FileKind.REFUSED, f"这是{foreign},只是扩展名改成了表格,里面没有可读的表。{RESEND}"
    return _sniff_text(head)


def _empty_message(head: bytes) -> str:
    found = "文件是空的(0 字节)" if not head else "文件里全是空字节,没有内容"
    return f"{found},多半没有传成功。{RESEND}"


def _foreign_name(head: bytes) -> str:
    for magic, name in _FOREIGN:
        # Two-letter magics are also ordinary text ("BM,..."): only binary content makes them a picture.
        if head.startswith(magic) and (
            len(magic) > 2 or b"\x00" in head[:64] or head[0] > 0x7F or head[0] < 0x20
        ):
            return name
    if head[4:8] == b"ftyp":
        return "视频或手机照片(MP4/HEIC)"
    if head[:4] == b"RIFF" and head[8:12] in (b"WEBP", b"AVI ", b"WAVE"):
        return "图片或音视频"
    return ""


def _sniff_text(head: bytes) -> tuple[FileKind, str]:
    body = head[3:] if head.startswith(_BOMS[0]) else head
    if _XML_TABLE in head:
        return FileKind.REFUSED, (
            "这是“XML 表格 2003”格式,不是真正的 Excel 文件。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。"
        )
    if body[:64].lower().startswith(b"mime-version:"):
        return FileKind.REFUSED, (
            "这是“单个文件网页”(.mht),不是真正的 Excel 文件。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。"
        )
    if _HTML.match(body) or _looks_like_utf16_html(head):
        return FileKind.HTML, ""
    if head.startswith(_BOMS) or is_utf16_without_bom(head) or not _is_binary(head):
        return FileKind.TEXT, ""
    return FileKind.REFUSED, f"认不出这是什么文件:既不是 Excel,也不是 CSV 或网页表格,可能已损坏。{RESEND}"


def _looks_like_utf16_html(head: bytes) -> bool:
    if head[:2] not in _BOMS[1:]:
        return False
    codec = "utf-16-le" if head[:2] == _BOMS[1] else "utf-16-be"
    text = head[2:].decode(codec, errors="replace").encode("utf-8", errors="replace")
    return _HTML.match(text) is not None


def is_utf16_without_bom(head: bytes) -> bool:
    """True for little-endian UTF-16 without a mark: digits, commas and line ends have a zero high byte."""
    sample = head[: min(len(head), 4096) // 2 * 2]
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    return len(sample) >= 8 and even == 0 and odd > len(sample) // 10 and b"\n\x00" in sample


def _is_binary(head: bytes) -> bool:
    control = sum(head.count(bytes([code])) for code in range(32) if code not in (9, 10, 11, 12, 13, 26))
    return b"\x00" in head or control * 50 > len(head)
