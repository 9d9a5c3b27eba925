"""The container of the old Office formats: which streams it has, and the bytes of one.

Read here only to see what the file is and to look into the workbook stream; the cells are read by calamine.
"""

from __future__ import annotations

import struct

from bangfu.spreadsheets.package import BROKEN, Refused
from bangfu.spreadsheets.sniff import RESEND

_HEADER_BYTES = 512
_ENTRY_BYTES = 128
_LAST_SECTOR = 0xFFFFFFFA
_ENCRYPTED = (
    "文件设了打开密码,读不了。请用 WPS 或 Excel 输入密码打开,"
    "在“文件-文档加密(保护工作簿)”里清除密码,另存后再交。"
)


class OleFile:
    """Streams by name. Raises Refused when the container is cut off or damaged."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER_BYTES:
            raise Refused(BROKEN)
        self._data = data
        shift, mini_shift = struct.unpack_from("<2H", data, 30)
        if shift not in (9, 12) or not 0 < mini_shift < shift:
            raise Refused(BROKEN)
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        self._directory, _, self._cutoff, mini_fat, _, difat = struct.unpack_from("<6I", data, 48)
        self._fat = self._read_fat(difat)
        self._mini_fat = self._as_table(self._chain(mini_fat)) if mini_fat < _LAST_SECTOR else ()
        self.streams, self._mini_stream = self._read_directory()

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._data[start : start + self._size]

    def _as_table(self, content: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])

    def _read_fat(self, difat: int) -> tuple[int, ...]:
        numbers = list(struct.unpack_from("<109I", self._data, 76))
        sectors_left = len(self._data) // self._size + 1
        while difat < _LAST_SECTOR and sectors_left:
            table = self._as_table(self._sector(difat))
            if not table:
                break
            numbers.extend(table[:-1])
            difat, sectors_left = table[-1], sectors_left - 1
        return self._as_table(b"".join(self._sector(n) for n in numbers if n < _LAST_SECTOR))

    def _chain(self, number: int) -> bytes:
        parts: list[bytes] = []
        while number < _LAST_SECTOR:
            # A damaged table may run in a circle: no chain is longer than the table.
            if number >= len(self._fat) or len(parts) > len(self._fat):
                raise Refused(BROKEN)
            parts.append(self._sector(number))
            number = self._fat[number]
        return b"".join(parts)

    def _read_directory(self) -> tuple[dict[str, tuple[int, int]], bytes]:
        content = self._chain(self._directory)
        streams: dict[str, tuple[int, int]] = {}
        mini_stream = b""
        for start in range(0, len(content) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = content[start : start + _ENTRY_BYTES]
            (name_bytes,) = struct.unpack_from("<H", entry, 64)
            name = entry[: max(min(name_bytes, 64) - 2, 0)].decode("utf-16-le", errors="replace")
            first, size = struct.unpack_from("<2I", entry, 116)
            if entry[66] == 5:
                mini_stream = self._chain(first) if first < _LAST_SECTOR else b""
            elif entry[66] == 2:
                streams[name] = (first, size)
        return streams, mini_stream

    def stream(self, name: str) -> bytes:
        first, size = self.streams[name]
        if size >= self._cutoff:
            content = self._chain(first)[:size]
            if len(content) < size:
                raise Refused(BROKEN)
            return content
        parts: list[bytes] = []
        while first < _LAST_SECTOR:
            if first >= len(self._mini_fat) or len(parts) > len(self._mini_fat):
                raise Refused(BROKEN)
            parts.append(self._mini_stream[first * self._mini_size : (first + 1) * self._mini_size])
            first = self._mini_fat[first]
        return b"".join(parts)[:size]


def workbook_stream(data: bytes) -> bytes:
    """The workbook stream of an .xls; raises Refused for encrypted workbooks and other Office files."""
    container = OleFile(data)
    if "EncryptedPackage" in container.streams:
        raise Refused(_ENCRYPTED)
    for name in ("Workbook", "Book", "WORKBOOK", "BOOK"):
        if name in container.streams:
            return container.stream(name)
    if "WordDocument" in container.streams:
        raise Refused(
            f"这是 Word 文档(.doc),不是表格。如果表在文档里,请复制到 Excel 存成 .xlsx;否则{RESEND[1:]}"
        )
    if "PowerPoint Document" in container.streams:
        raise Refused(f"这是 PPT 演示文稿,不是表格。{RESEND}")
    raise Refused(f"这是老的 Office 文件,但里面没有工作簿,可能已损坏。{RESEND}")


def refuse_encrypted() -> Refused:
    return Refused(_ENCRYPTED)
