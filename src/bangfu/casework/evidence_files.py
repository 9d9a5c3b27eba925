"""Photos and PDFs that prove what was done, kept in the home under the hash of their content.

A file is on disk before the row that names it is committed; one whose row never came does no harm.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bangfu.casework.media import SUFFIXES, TAKEN, Media, begins_as, is_whole
from bangfu.config.env import read_env
from bangfu.spreadsheets.sniff import FileKind, sniff
from bangfu.terms.errors import UserError

LIMIT = 10 * 1024 * 1024
_LONGEST_NAME = 100
_HEAD = 4_096
_ACCEPTED = "照片(JPEG、PNG、WebP)或 PDF"
_PATH = re.compile(r"[/\\\x00]|^\.+$|^[A-Za-z]:")
_IN_WORDS = {
    FileKind.EMPTY: "里面全是空字节，多半没有传成功",
    FileKind.ZIP: "是压缩包或 Office 文档",
    FileKind.OLE: "是旧版 Office 文档",
    FileKind.HTML: "是网页",
    FileKind.TEXT: "是文字",
}
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True)
class KeptFile:
    """A file that is in the home: what its content is, and the name that it is offered under again."""

    sha256: str
    name: str
    media_type: str
    size: int


def keep(name: str, chunks: Iterable[bytes]) -> KeptFile:
    """Takes a file in. UserError says what is wrong with it; nothing more is read than the limit allows.

    Refused: a name with a path or of another kind of file, an empty file, one beyond the limit, one that is no photo and
    no PDF whatever its name says, one that was cut off on its way.
    """
    shown = _clean_name(name)
    content = _read(shown, chunks)
    media = _media(shown, content)
    digest = hashlib.sha256(content).hexdigest()
    _store(path_of(digest, media.type), content)
    return KeptFile(digest, _named(shown, media), media.type, len(content))


def path_of(sha256: str, media_type: str) -> Path:
    """Where a file stands. KeyError for a type that is not taken."""
    return _folder() / sha256[:2] / f"{sha256}{TAKEN[media_type].suffix}"


def is_there(sha256: str, media_type: str) -> bool:
    """Whether the file is there and says what it said."""
    path = path_of(sha256, media_type)
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == sha256


def _clean_name(name: str) -> str:
    if _PATH.search(name.strip()):
        raise UserError("文件名里带有文件夹路径，没有接收。请只用文件名，如 照片1.jpg")
    shown = _UNPRINTABLE.sub("", unicodedata.normalize("NFC", name)).strip()
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix in (".heic", ".heif"):
        raise UserError(
            f"{shown} 是 HEIC 照片，别的电脑可能打不开。请在手机“相机 - 格式”里选“兼容性最佳”，或另存为 JPEG 再传"
        )
    if suffix and suffix not in SUFFIXES:
        raise UserError(f"{shown} 的扩展名是 {suffix}，佐证材料应是{_ACCEPTED}")
    return shown or "未命名"


def _read(shown: str, chunks: Iterable[bytes]) -> bytes:
    """All of it, as long as it may become evidence: the beginning is looked at first, the size at every chunk."""
    content = bytearray()
    for chunk in _not_empty(chunks):
        is_first = len(content) < 12 <= len(content) + len(chunk)
        content += chunk
        if is_first and begins_as(bytes(content[:12])) is None:
            raise UserError(f"{shown} {_what_it_is(bytes(content[:_HEAD]))}，佐证材料应是{_ACCEPTED}")
        if len(content) > LIMIT:
            raise UserError(
                f"{shown} 超过 {LIMIT // 1024 // 1024} MB，没有接收。请把照片压缩后（一般几百 KB 就够清楚）再传"
            )
    return bytes(content)


def _not_empty(chunks: Iterable[bytes]) -> Iterator[bytes]:
    return (chunk for chunk in chunks if chunk)


def _media(shown: str, content: bytes) -> Media:
    media = begins_as(content[:12])
    if media is None:
        raise UserError(f"{shown} {_what_it_is(content[:_HEAD])}，佐证材料应是{_ACCEPTED}")
    suffix = PurePosixPath(shown).suffix.lower()
    if suffix and (suffix == ".pdf") != (media.suffix == ".pdf"):
        raise UserError(f"{shown} 的内容其实是{media.label}，与扩展名不符。请改正文件名后再传")
    if not is_whole(media, content):
        raise UserError(
            f"{shown} 只有开头像{media.label}，内容不完整或是别的文件伪装的。请重新拍照、扫描或导出后再传"
        )
    return media


def _what_it_is(head: bytes) -> str:
    if not head:
        return "是空的（0 字节），多半没有传成功"
    kind, message = sniff(head)
    if kind in _IN_WORDS:
        return _IN_WORDS[kind]
    found = re.match(r"这是([^,。]{2,20})", message)
    return f"是{found[1]}" if found else "认不出是什么文件"


def _named(shown: str, media: Media) -> str:
    """The name with the ending of what it is, not longer than a file system takes."""
    stem = PurePosixPath(shown).stem if PurePosixPath(shown).suffix else shown
    return f"{stem[:_LONGEST_NAME]}{media.suffix}"


def _store(path: Path, content: bytes) -> None:
    if path.is_file() and path.stat().st_size == len(content):
        return
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with half.open("wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(half, path)
        _sync(path.parent)
    except OSError as error:
        raise UserError(f"佐证材料没有存成：{error.strerror or error}。请检查磁盘空间和权限后重传") from error
    finally:
        with suppress(OSError):
            half.unlink()


def _sync(folder: Path) -> None:
    """So that the name outlasts a power cut; Windows has no such call for folders."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _folder() -> Path:
    return read_env().home / "files" / "evidence"
