"""When two written names may be one person's."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal

from bangfu.linkage.variants import FOLD
from bangfu.terms.homophones import sound_of

Agreement = Literal["equal", "sound", "one_character", "inserted", "masked"]
# Smaller is stronger; names of equal strength compete for a row.
STRENGTH: dict[Agreement, int] = {"equal": 0, "sound": 1, "one_character": 2, "inserted": 2, "masked": 3}
WORDS: dict[Agreement, str] = {
    "equal": "姓名一致",
    "sound": "姓名同音",
    "one_character": "姓名差一字",
    "inserted": "姓名多一字或少一字",
    "masked": "姓名部分隐去,其余一致",
}
_BRACKETED = re.compile(r"\([^()]*\)")
_HIDDEN = frozenset("*?□■○●◯_")
_DOTS = frozenset("·•・‧∙.。-⋅")


@lru_cache(maxsize=400_000)
def name_key(text: str) -> str:
    """The name as it is compared: no blanks, bracketed remarks, middle dots or traditional characters."""
    if text.isalpha() and not text.isascii():
        return unicodedata.normalize("NFKC", text).translate(FOLD)
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    kept = (c for c in text if c not in _DOTS and unicodedata.category(c)[0] not in "ZC")
    return "".join(kept).translate(FOLD).upper()


def agreement(left: str, right: str) -> Agreement | None:
    """How two name keys agree, or None when they are different names.

    One differing character is allowed only together with other evidence: it also tells brothers apart.
    """
    if left == right:
        return "equal" if left else None
    if len(left) == len(right):
        return _agree_by_place(left, right)
    if abs(len(left) - len(right)) == 1 and min(len(left), len(right)) >= 2:
        longer, shorter = (left, right) if len(left) > len(right) else (right, left)
        return "inserted" if _is_dropped(longer, shorter) else None
    return None


def _agree_by_place(left: str, right: str) -> Agreement | None:
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    if all(a in _HIDDEN or b in _HIDDEN for a, b in differing):
        return "masked" if len(differing) < len(left) else None
    if sound_of(left) == sound_of(right):
        return "sound"
    return "one_character" if len(differing) == 1 and len(left) >= 2 else None


def _is_dropped(longer: str, shorter: str) -> bool:
    place = next((i for i, c in enumerate(shorter) if longer[i] != c), len(shorter))
    return longer[place + 1 :] == shorter[place:]
