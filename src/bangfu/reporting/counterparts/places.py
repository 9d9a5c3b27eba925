"""Of which place a figure of a text is: the whole home, one of its villages, or somewhere else."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bangfu.office.home import this_home
from bangfu.office.queries import division_name, places_below, spellings_within
from bangfu.registry.queries import villages_by_name
from bangfu.terms.divisions import area_prefix

_ENDS = ("村民委员会", "居民委员会", "村委会", "居委会", "社区", "村")
_DEICTIC = re.compile(
    r"[全我本该]们?(省|市(?!场)|县|区|镇|乡|村)|我们(省|市|县|区|镇|乡|村)|全国|邻(?:镇|村|县|市|乡)"
)
_AFTER = r"(?=[共有现在的是全,、:。;(\d\s]|$)"
_NAMED = re.compile(
    rf"(?<![一-龥])(?:在|与|和|及|对|从|到|据)?[一-龥]{{2,4}}?(?:县|镇|乡|街道|村|社区){_AFTER}|"
    rf"(?<=[、和及在与对从到])[一-龥]{{2,3}}(?:县|镇|乡|村|社区){_AFTER}|(?<![一-龥])[一-龥]{{2,3}}市{_AFTER}"
)
_COMMON = re.compile(
    r".*(?:全|我|本|该|各|每|们|城|小|集|这|个|的|到|贫困|行政|自然|示范|重点|深度|出列|驻|包|联|入|进|农|下|返|家|回|所在|整|易迁|新|文明|"
    r"美丽|空心|试点|非|十|几|两|三|四|五|六|七|八|九|全部|有关|相关|其他|部分|多个)[县镇乡村]|.*(?:城|贫困|管理|新型|农村|安置|易迁)(?:社区|街道)"
)


@dataclass(frozen=True)
class Place:
    """`village` None: the whole home; `is_here` False: of no place that the ledgers have figures of."""

    village: int | None = None
    is_here: bool = True
    is_sure: bool = True


ELSEWHERE = Place(is_here=False)
HERE = Place()


class Map:
    """The places that a text names, and what it speaks of where it names none."""

    def __init__(self, text: str, home: Home) -> None:
        self._text = text
        self._home = home
        self._found = sorted(home.named_in(text), key=lambda one: one[0])
        self._starts = [start for start, *_ in self._found]
        self._usual = self._of_title()

    def at(self, position: int) -> Place:
        """The nearest place before in the sentence, else the paragraph's last, which is then not sure."""
        sentence = max(self._text.rfind(mark, 0, position) for mark in "。!?\n;") + 1
        paragraph = self._text.rfind("\n", 0, position) + 1
        index = bisect_right(self._starts, position) - 1
        if index < 0 or self._starts[index] < paragraph:
            return self._usual
        place = self._meant(index)
        if self._starts[index] >= sentence or place == self._usual:
            return place
        if not place.is_sure:
            return self._usual
        return Place(place.village, place.is_here, is_sure=False)

    @property
    def villages(self) -> frozenset[int]:
        """The villages of the home that the text names."""
        named = (self._meant(index) for index in range(len(self._found)))
        return frozenset(one.village for one in (*named, self._usual) if one.village is not None)

    def _meant(self, index: int) -> Place:
        """A name means itself; 全镇, 该村 mean the last named place of that level, else the text's own."""
        start, level, place = self._found[index]
        if place is not None:
            return place
        paragraph = self._text.rfind("\n", 0, start) + 1
        for before in range(index - 1, -1, -1):
            if self._starts[before] < paragraph:
                break
            _, other, named = self._found[before]
            if other == level and named is not None:
                return named
        return self._home.usual(level, self._usual)

    def _of_title(self) -> Place:
        """What the first line names is what the text is about, the home or its village first; else the home."""
        title = self._text.lstrip().partition("\n")[0]
        end = self._text.find(title) + len(title)
        named = [place for start, _, place in self._found if start < end and place is not None]
        own = [place for place in named if place.is_here]
        villages = [place for place in own if place.village is not None and place.is_sure]
        return next(iter((*villages[:1], *own[:1], *named[:1])), HERE)


class Home:
    """The names of the home and its villages, with other spellings in use."""

    def __init__(self) -> None:
        code = area_prefix(this_home().place)
        self.level = {9: "镇", 6: "县", 4: "市", 2: "省"}.get(len(code), "镇")
        self._own = _stem(division_name(code.ljust(12, "0")), "镇乡街道县市区省")
        self._keys = villages_by_name()
        self._villages = _villages(code, self._keys)
        self._others = _alternatives(_others(code))

    @property
    def names(self) -> tuple[str, ...]:
        """What is said of a place and not of what is counted."""
        whole = [
            f"{stem}{end}" for stem in (*self._villages, self._own) for end in ("", "村", "社区", "镇", "乡")
        ]
        return tuple(whole)

    def key_of(self, village: str) -> int | None:
        return self._keys.get(village)

    def named_in(self, text: str) -> Iterator[tuple[int, str, Place | None]]:
        """Where each name stands, its level, and the place; None for 全镇 and its like, which mean one by the context."""
        taken: list[tuple[int, int]] = []
        for stem, key in self._villages.items():
            for found in re.finditer(f"{re.escape(stem)}(?:(村|社区)|(?=[有现辖:\\s\\d]))", text):
                taken.append((found.start(), found.end()))
                yield found.start(), "村", Place(key, is_sure=found[1] is not None)
        for found in re.finditer(re.escape(self._own), text):
            taken.append((found.start(), found.end() + 1))
            yield found.start(), self.level, HERE
        for found in self._others.finditer(text):
            taken.append((found.start(), found.end()))
            yield found.start(), _level_of(found[0]), ELSEWHERE
        for found in _DEICTIC.finditer(text):
            level = found[1] or found[2] or ""
            is_other = not level or found[0].startswith("邻")
            yield found.start(), level or "国", ELSEWHERE if is_other else None
        for found in _NAMED.finditer(text):
            inside = any(start < found.end() and found.start() < end for start, end in taken)
            if not inside and not _COMMON.fullmatch(found[0]):
                yield found.start(), _level_of(found[0]), ELSEWHERE

    def usual(self, level: str, usual: Place) -> Place:
        """What 全镇 or 全村 means in a text about `usual`."""
        if level == "村":
            return usual if usual.village is not None else ELSEWHERE
        if level == self.level or (self.level == "镇" and level == "乡"):
            return HERE if usual.is_here else ELSEWHERE
        return ELSEWHERE


def _level_of(name: str) -> str:
    return {"街道": "镇", "社区": "村", "乡": "镇"}.get(
        name[-2:] if name[-2:] in ("街道", "社区") else name[-1], name[-1]
    )


def _others(code: str) -> list[str]:
    """The names of the divisions above and beside the home."""
    county = code[:6]
    above = [division_name(code[:length].ljust(12, "0")) for length in (2, 4, 6) if length < len(code)]
    beside = [
        name for one, name in places_below(county).items() if one[9:] == "000" and not one.startswith(code)
    ]
    return [name for name in (*above, *beside) if len(name) > 2 and not name.isdigit()]


def _alternatives(names: list[str]) -> re.Pattern[str]:
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)) or r"(?!)")


def _stem(name: str, ends: str) -> str:
    return name.rstrip(ends) if len(name.rstrip(ends)) >= 2 else name


def _villages(code: str, keys: Mapping[str, int]) -> Mapping[str, int]:
    """By stem: 罗峰 for 罗峰村委会; spellings of the division table as well."""
    found = {_without_end(name): key for name, key in keys.items()}
    for name, others in spellings_within(code).items():
        for other in others if _without_end(name) in found else ():
            found.setdefault(_without_end(other), found[_without_end(name)])
    return {stem: key for stem, key in found.items() if len(stem) >= 2}


def _without_end(name: str) -> str:
    for end in _ENDS:
        if name.endswith(end) and len(name) - len(end) >= 2:
            return name[: -len(end)]
    return name
