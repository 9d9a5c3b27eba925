"""Plain text -> Reading."""

from __future__ import annotations

_WIDE = {0xFF10 + digit: 0x30 + digit for digit in range(10)}
_WIDE |= {ord(wide): ord(narrow) for wide, narrow in zip("％．，；：（）！？＋／－～［］﹪", "%.,;:()!?+/-~[]%", strict=True)}


def flatten(text: str) -> str:
    """The same text, character for character, with full-width digits and marks made plain."""
    return text.translate(_WIDE)
