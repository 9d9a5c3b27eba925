"""Is this really a photo or a PDF? Told from the content; a name can be anything."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

PNG = b"\x89PNG\r\n\x1a\n"
LARGEST_SIDE = 30_000  # pixels; the largest phone photos have 16,384
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
_TAIL = 2_048  # bytes at the end of a PDF where its end mark stands


@dataclass(frozen=True)
class Media:
    """A type that is taken as evidence: as browsers call it, with the ending that a file of it gets."""

    type: str
    label: str
    suffix: str


JPEG_PHOTO = Media("image/jpeg", "JPEG 照片", ".jpg")
PNG_PICTURE = Media("image/png", "PNG 图片", ".png")
WEBP_PICTURE = Media("image/webp", "WebP 图片", ".webp")
PDF_DOCUMENT = Media("application/pdf", "PDF 文件", ".pdf")
TAKEN: Mapping[str, Media] = {
    media.type: media for media in (JPEG_PHOTO, PNG_PICTURE, WEBP_PICTURE, PDF_DOCUMENT)
}
SUFFIXES: Mapping[str, tuple[Media, ...]] = {
    ".jpg": (JPEG_PHOTO,),
    ".jpeg": (JPEG_PHOTO,),
    ".png": (PNG_PICTURE,),
    ".webp": (WEBP_PICTURE,),
    ".pdf": (PDF_DOCUMENT,),
}
"""The endings that a name may have; phones mix up those of pictures, so only being a picture counts."""


def begins_as(head: bytes) -> Media | None:
    """The type that the first dozen bytes promise; None for what is not taken."""
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG_PHOTO
    if head.startswith(PNG):
        return PNG_PICTURE
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP_PICTURE
    return PDF_DOCUMENT if head.startswith(b"%PDF-") else None


def is_whole(media: Media, content: bytes) -> bool:
    """Whether the content has the structure of its type from the beginning to its end."""
    try:
        return _WHOLE[media.type](content)
    except (IndexError, struct.error):
        return False


def _is_jpeg(content: bytes) -> bool:
    place, has_frame = 2, False
    while content[place] == 0xFF:
        marker = content[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _WITHOUT_LENGTH:
            place += 2
        elif marker == 0xDA:
            return has_frame and content.find(b"\xff\xd9", place) > 0
        else:
            if marker in _START_OF_FRAME:
                has_frame = _is_size(*struct.unpack_from(">HH", content, place + 5))
            place += 2 + struct.unpack_from(">H", content, place + 2)[0]
    return False


def _is_png(content: bytes) -> bool:
    place, is_first, has_data = len(PNG), True, False
    while True:
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 4 : place + 8 + length]
        if struct.unpack_from(">I", content, place + 8 + length)[0] != zlib.crc32(body):
            return False
        if is_first and (kind != b"IHDR" or not _is_size(*struct.unpack_from(">II", body, 4))):
            return False
        if kind == b"IEND":
            return has_data
        has_data = bool(has_data or kind == b"IDAT")
        place, is_first = place + 12 + length, False


def _is_webp(content: bytes) -> bool:
    length, kind = struct.unpack_from("<I", content, 4)[0], content[12:16]
    inner = struct.unpack_from("<I", content, 16)[0]
    fits = length + 8 <= len(content) and inner + 12 <= length
    return bool(fits and inner > 0) and kind in (b"VP8 ", b"VP8L", b"VP8X")


def _is_pdf(content: bytes) -> bool:
    tail = content[-_TAIL:]
    return b" obj" in content and b"startxref" in tail and b"%%EOF" in tail


def _is_size(one: int, other: int) -> bool:
    return 0 < one <= LARGEST_SIDE and 0 < other <= LARGEST_SIDE


_WHOLE: Mapping[str, Callable[[bytes], bool]] = {
    JPEG_PHOTO.type: _is_jpeg,
    PNG_PICTURE.type: _is_png,
    WEBP_PICTURE.type: _is_webp,
    PDF_DOCUMENT.type: _is_pdf,
}
