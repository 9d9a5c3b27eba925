"""A picture of an invented house, drawn: evidence that shows nobody's home."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

WIDTH, HEIGHT = 480, 320
_SKY, _GROUND, _WALL, _ROOF, _DOOR = (
    (188, 214, 230),
    (132, 150, 104),
    (236, 226, 206),
    (142, 62, 50),
    (92, 70, 52),
)
Colour = tuple[int, int, int]


def house_photo() -> bytes:
    """A PNG file."""
    lines = b"".join(b"\0" + b"".join(bytes(_colour(x, y)) for x in range(WIDTH)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunks(parts))


def _chunks(parts: tuple[tuple[bytes, bytes], ...]) -> Iterator[bytes]:
    for kind, data in parts:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _colour(x: int, y: int) -> Colour:
    if 225 <= x < 260 and 190 <= y < 260:
        return _DOOR
    if 120 <= x < 360 and 150 <= y < 260:
        return _WALL
    if 80 <= y < 150 and abs(x - 240) < 60 + (y - 80) * 1.2:
        return _ROOF
    return _SKY if y < 230 else _GROUND
