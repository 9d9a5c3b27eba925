"""Names that together make up a whole: 男 and 女; 新建, 改建 and 扩建."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from bangfu.documents.reading.lexicon import lexicon

Parts = Mapping[int, str]
"""The longest name of each row of names that a label bears, by the row's number."""
_ENOUGH = 3


@lru_cache(maxsize=20_000)
def parts_named(label: str) -> Parts:
    by_sign = _names_by_sign()
    named = [each for sign in set(label) for each in by_sign.get(sign, ()) if each[2] in label]
    found: dict[int, str] = {}
    for row, _, name in sorted(named):
        if len(name) > len(found.get(row, "")):
            found[row] = name
    return found


@cache
def _names_by_sign() -> dict[str, list[tuple[int, int, str]]]:
    """The names by their first sign, each with its row and its place in it."""
    found: dict[str, list[tuple[int, int, str]]] = {}
    for row, names in enumerate(lexicon().partitions):
        for place, name in enumerate(names):
            found.setdefault(name[0], []).append((row, place, name))
    return found


def make_whole(named: Sequence[Parts]) -> bool:
    """Whether all bear different names of one row, and as many as the row needs."""
    if not all(named):
        return False
    rows = lexicon().partitions
    return any(
        len({names[row] for names in named}) == len(named) >= min(len(rows[row]), _ENOUGH)
        for row in named[0]
        if all(row in names for names in named[1:])
    )
