"""The members that stand beside a count: 四个贫困村:甲、乙、丙、丁; 甲、乙、丙和丁四个贫困村; 五项措施:一是…二是…."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_SAID = re.compile(r",(即|分别为|分别是|包括|有|一是)")
_ENDS = "。;!?\n"
_OPEN = {"(": ")", "“": "”", "‘": "’", "《": "》"}
_JOINERS = re.compile(r"以及|及其|及|和|与")
_ORDINALS = re.compile(
    r"(?:^|(?<=[。;:,!?\n )]))([一二三四五六七八九十]{1,2})(?:是|要)|[((]([一二三四五六七八九十]{1,2})[))]"
)
_NUMBERS = {char: at + 1 for at, char in enumerate("一二三四五六七八九十")}
_NOUN = re.compile(r"[^,。;:!?\n(“‘”’—、《]{0,16}")
_NO_ITEM = re.compile(r"[0-9%]|其中|均|已|全部|分别|共|都|覆盖|带动|通过|实现|并|为|是|在|将|进行|达")
_MAX_ITEM = 26


@dataclass(frozen=True)
class Listing:
    """How many members are named: at least and at most (a 和 may join two or stand inside one); whether 等 follows."""

    least: int
    most: int
    is_open: bool
    start: int
    end: int

    def allows(self, count: int) -> bool:
        return self.least <= count <= self.most or (self.is_open and count > self.most)


def listing_after(text: str, at: int) -> Listing | None:
    """The list after a count and its noun: after a colon, a bracket, a dash or 即/分别为."""
    noun = _NOUN.match(text, at)
    here = noun.end() if noun else at
    if here < len(text) and text[here] in "”’":
        here += 1
    lead = text[at:here]
    opener = text[here : here + 1]
    word = re.search(r"(?:即|分别为|分别是|包括|有)$", lead)
    if opener in ("(", ":", "—"):
        close = _close(text, here) if opener == "(" else _sentence_end(text, here + 1)
        return _ordinals(text, here + 1) or _listing(text, here + 1, close)
    said = _SAID.match(text, here)
    if said is not None:
        start = here + 1 if said[1] == "一是" else said.end()
        return _ordinals(text, start) or _listing(text, start, _sentence_end(text, start))
    if word is not None and word.end() == len(lead) and opener not in ("", *_ENDS):
        return _listing(text, here, _sentence_end(text, here))
    inner = re.search(r"(?:即|分别为|分别是)", lead)
    if inner is not None:
        return _listing(text, at + inner.end(), _sentence_end(text, at))
    return None


def listing_before(text: str, at: int) -> Listing | None:
    """The list that ends where a count starts: 甲、乙、丙四个村, 甲、乙、丙等四个村, 甲、乙、丙“三项保障”."""
    end = at
    while end and text[end - 1] in "“‘ ":
        end -= 1
    begin = max(text.rfind(char, 0, end) for char in ",。;:!?\n()") + 1
    part = text[begin:end]
    if "、" not in part:
        return None
    is_open = part.endswith(("等", "等等"))
    part = part.rstrip("等共这那的")
    if not part or part[-1] in "有为是了在对到达":
        return None
    return _counted(part, begin, end, is_open, before=True)


def _listing(text: str, start: int, end: int) -> Listing | None:
    part = text[start:end]
    is_open = re.search(r"等(?:等|[^,。;、]{0,6})?$", part) is not None or "等" in part[-8:]
    if "、" not in part:
        cut = re.split(r"[,;]", part)
        cut = [piece for piece in cut if piece]
        short = len(cut) > 1 and all(len(piece) <= _MAX_ITEM and not _NO_ITEM.search(piece) for piece in cut)
        return (
            Listing(len(cut), len(cut), is_open, start, end)
            if short and len({len(p) for p in cut}) <= 3
            else None
        )
    if ";" in part and all("、" not in piece for piece in part.split(";")):
        return None
    comma = _outside(part, ",;")
    if comma:
        head = part[: comma[0]]
        if "、" not in head:
            return None
        if _goes_on(part[comma[0] + 1 :]):
            return None
        part, end = head, start + comma[0]
    return _counted(part, start, end, is_open or part.rstrip().endswith("等"), before=False)


def _goes_on(rest: str) -> bool:
    """Whether what follows the comma may be more items: 甲、乙(…),丙及丁."""
    chunk = re.split(r"[,;]", rest)[0]
    return 0 < len(chunk) <= 14 and not _NO_ITEM.search(chunk)


def _counted(part: str, start: int, end: int, is_open: bool, *, before: bool) -> Listing | None:
    items = _split(part)
    if max(map(len, items), default=0) < 2:
        return None
    if len(items) < 2 or any(len(item) > _MAX_ITEM for item in items[(1 if before else 0) :]):
        return None
    joins = [len(_JOINERS.findall(_bare(item))) for item in items]
    sides = [side for side in _JOINERS.split(_bare(items[-1])) if side]
    if sum(joins) == joins[-1] == 1 and len(sides) == 2 and min(map(len, sides)) > 1:
        return Listing(len(items) + 1, len(items) + 1, is_open, start, end)
    return Listing(len(items), len(items) + sum(joins), is_open, start, end)


def _split(part: str) -> list[str]:
    cuts = [-1, *_outside(part, "、"), len(part)]
    return [
        part[left + 1 : right] for left, right in itertools.pairwise(cuts) if part[left + 1 : right].strip()
    ]


def _outside(part: str, marks: str) -> list[int]:
    """Where a mark stands outside brackets and quotes."""
    closing: list[str] = []
    found = []
    for at, char in enumerate(part):
        if closing and char == closing[-1]:
            closing.pop()
        elif char in _OPEN:
            closing.append(_OPEN[char])
        elif char in marks and not closing:
            found.append(at)
    return found


def _bare(item: str) -> str:
    return re.sub(r"[(《“][^)》”]*[)》”]", "", item)


def _ordinals(text: str, start: int) -> Listing | None:
    """一是…二是…三是…: as many as the last of an unbroken count from one."""
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    if not re.match(r"\s*(?:一是|一要|[((]一[))])", text[start:end]):
        return None
    count = 0
    for match in _ORDINALS.finditer(text, start, end):
        number = _number(match[1] or match[2])
        if number == 1 and count:
            break
        count = max(count, number)
    return Listing(count, count, False, start, end) if count > 1 else None


def _number(word: str) -> int:
    if len(word) == 1:
        return _NUMBERS[word]
    return 10 + _NUMBERS[word[1]] if word[0] == "十" else 0


def _sentence_end(text: str, at: int) -> int:
    ends = [found for char in "。!?\n" if (found := text.find(char, at)) >= 0]
    return min(ends, default=len(text))


def _close(text: str, at: int) -> int:
    found = text.find(")", at)
    return found if found >= 0 else _sentence_end(text, at)
