"""A zip container looked into before it is parsed: what it is, and how large it really becomes."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bangfu.spreadsheets import limits
from bangfu.spreadsheets.sniff import RESEND

_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_READ_BYTES = 1 << 18
_CHUNK_BYTES = 1 << 22


class Refused(Exception):
    """The file cannot or must not be read; the text says why and what to do, in Chinese."""


BROKEN = f"文件没传完整或已损坏(压缩结构不完整)。请先在电脑上试着打开,打不开就{RESEND[1:]}"


def open_package(path: Path) -> zipfile.ZipFile:
    """Open a zip that is an Excel workbook; raises Refused for a broken one and for other zips."""
    try:
        package = zipfile.ZipFile(path)
    except (
        zipfile.BadZipFile,
        EOFError,
        ValueError,
        struct.error,
        NotImplementedError,
        UnicodeError,
    ) as error:
        raise Refused(BROKEN) from error
    reason = _foreign_reason(package)
    if reason:
        package.close()
        raise Refused(reason)
    return package


def _foreign_reason(package: zipfile.ZipFile) -> str:
    names = [name.replace("\\", "/").lower() for name in package.namelist()]
    if len(names) > limits.MAX_ZIP_ENTRIES:
        return f"压缩结构里有 {len(names)} 个文件,不是正常的表格。{RESEND}"
    if any(entry.flag_bits & 1 for entry in package.infolist()):
        return "这是带密码的压缩包。请解压并去掉密码后,把里面的表格单独上传。"
    if any(name.endswith("workbook.xml") for name in names):
        return ""
    if any(name.endswith("xl/workbook.bin") for name in names):
        return "这是二进制工作簿(.xlsb)。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。"
    if any(name.startswith("word/") for name in names):
        return f"这是 Word 文档,不是表格。如果表在文档里,请复制到 Excel 存成 .xlsx;否则{RESEND[1:]}"
    if any(name.startswith("ppt/") for name in names):
        return f"这是 PPT 演示文稿,不是表格。{RESEND}"
    if "content.xml" in names:
        return "这是 OpenDocument 文件(.ods)。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。"
    if any(name.endswith((".xlsx", ".xls", ".csv")) for name in names):
        return "这是压缩包,表格在里面。请解压后把表格单独上传。"
    return f"这是压缩包,里面没有 Excel 工作簿。{RESEND}"


def stream_entry(file: BinaryIO, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of an entry in pieces of at most a few MB.

    The sizes in the directory are not believed: `zipfile` stops at the declared size, the parser does not.
    """
    file.seek(entry.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\x03\x04":
        raise Refused(BROKEN)
    fields = _LOCAL_HEADER.unpack(header)
    file.seek(fields[-2] + fields[-1], 1)
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from _stored(file, entry.compress_size)
    elif entry.compress_type == zipfile.ZIP_DEFLATED:
        yield from _inflated(file, entry.compress_size)
    else:
        raise Refused("文件用了少见的压缩方式,读不了。请用 WPS 或 Excel 打开,另存为 .xlsx 后再交。")


def _stored(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left > 0:
        piece = file.read(min(left, _CHUNK_BYTES))
        if not piece:
            raise Refused(BROKEN)
        left -= len(piece)
        yield piece


def _inflated(file: BinaryIO, left: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-15)
    pending = b""
    while not inflater.eof:
        if not pending:
            pending = file.read(min(left, _READ_BYTES))
            left -= len(pending)
            if not pending:
                raise Refused(BROKEN)
        try:
            piece = inflater.decompress(pending, _CHUNK_BYTES)
        except zlib.error as error:
            raise Refused(BROKEN) from error
        pending = inflater.unconsumed_tail
        if piece:
            yield piece


class SizeGuard:
    """Adds up what really comes out of a package and refuses a file that swells without end."""

    def __init__(self) -> None:
        self.total = 0

    def watch(self, pieces: Iterator[bytes], packed: int) -> Iterator[bytes]:
        """Pass the pieces of one entry through; raises Refused once they exceed the limits."""
        size = 0
        for piece in pieces:
            size += len(piece)
            self.total += len(piece)
            if size > limits.RATIO_FREE_BYTES and size > limits.MAX_PACKING_RATIO * max(packed, 1):
                raise Refused(
                    _swelling(f"已超过 {size // 1_000_000} MB,是压缩前的 {size // max(packed, 1)} 倍")
                )
            if self.total > limits.MAX_UNPACKED_BYTES:
                raise Refused(_swelling(f"已超过 {self.total // 1_000_000} MB"))
            yield piece


def _swelling(found: str) -> str:
    return (
        f"文件展开后异常巨大({found}),正常的表不会这样,为防卡死没有读入。"
        "请打开原表,只把有内容的行列复制到新工作簿另存后再交。"
    )
