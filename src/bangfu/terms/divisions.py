"""Places: the 12-digit division codes, and finding one by the name that somebody typed."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from bangfu.terms.homophones import sound_of

How = Literal[
    "code", "exact", "alias", "ending", "homophone", "one_character", "ambiguous", "unknown", "empty"
]
LEVELS = ("province", "city", "county", "town", "village")
_PREFIX_LENGTHS = {"province": 2, "city": 4, "county": 6, "town": 9, "village": 12}
_VILLAGE_ENDING = re.compile(r"(社区居民委员会|社区居委会|居民委员会|居委会|社区|村民委员会|村委会|村)$")
_OTHER_ENDING = re.compile(r"(街道办事处|人民政府|街道办|办事处|街道|镇|乡|自治县|县|市|区|省)$")
_BRACKETED = re.compile(r"\([^()]*\)")


class DivisionsError(ValueError):
    """A division table that cannot be used; the message lists every problem with its file and line."""


@dataclass(frozen=True, slots=True)
class Division:
    """One place; `aliases` are other spellings in use."""

    code: str
    name: str
    level: str
    aliases: tuple[str, ...] = ()

    @property
    def prefix(self) -> str:
        return self.code[: _PREFIX_LENGTHS[self.level]]


class Resolution(NamedTuple):
    """The place meant by a name, and how it was found; `names` are the places it may be."""

    code: str | None
    how: How
    names: tuple[str, ...] = ()

    @property
    def message(self) -> str:
        """What a user should be told; empty where the name is right."""
        listed = "、".join(self.names)
        return {
            "homophone": f"疑为{listed}(同音字)",
            "one_character": f"疑为{listed}(一字之差)",
            "ending": f"疑为{listed}",
            "ambiguous": f"有几个地方叫这个名字:{listed},请写明",
            "unknown": "没有这个地方,请核对名称",
            "empty": "没有填写",
        }.get(self.how, "")


def area_prefix(code: str) -> str:
    """The prefix that all places within an area share: 421281102 for the town 421281102000."""
    code = code.ljust(12, "0")
    for level in reversed(LEVELS):
        length = _PREFIX_LENGTHS[level]
        start = length - 2 if length <= 6 else length - 3
        if code[start:length].strip("0"):
            return code[:length]
    return ""


def clean_place(text: str) -> str:
    """The name without blanks of any kind and without remarks in brackets."""
    text = _BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    return "".join(c for c in text if unicodedata.category(c)[0] not in "ZC")


def split_village(name: str) -> tuple[str, str]:
    """Stem and kind (村, 社区 or empty) of a village's name: a town may have both 羊楼洞村 and 羊楼洞社区."""
    name = clean_place(name)
    match = _VILLAGE_ENDING.search(name)
    if match is None or match.start() == 0:
        return name, ""
    kind = "村" if match[0].startswith("村") else "社区"
    stem = name[: match.start()]
    # 罗县村村委会 is 罗县村 and not 罗县村村.
    return (stem[:-1] if kind == "村" and stem.endswith("村") and len(stem) > 2 else stem), kind


def _split(name: str, level: str) -> tuple[str, str]:
    if level == "village":
        return split_village(name)
    name = clean_place(name)
    match = _OTHER_ENDING.search(name)
    return (name[: match.start()], match[0]) if match and match.start() else (name, "")


class Divisions:
    """The division table: by code, by area, and by name within an area."""

    def __init__(self, rows: Iterable[Division]) -> None:
        self._by_code = {row.code: row for row in rows}
        self._resolved: dict[tuple[str, str, str], Resolution] = {}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __len__(self) -> int:
        return len(self._by_code)

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def get(self, code: str) -> Division | None:
        return self._by_code.get(code.ljust(12, "0"))

    def name_of(self, code: str) -> str:
        """The name, or the code itself when it is not in the table."""
        found = self.get(code)
        return found.name if found else code

    def within(self, area: str, level: str) -> tuple[Division, ...]:
        """All places of a level within an area, in the order of their codes; area empty: everywhere."""
        prefix = area_prefix(area)
        found = (d for d in self._by_code.values() if d.level == level and d.code.startswith(prefix))
        return tuple(sorted(found, key=lambda d: d.code))

    def parents_of(self, code: str) -> tuple[Division, ...]:
        """From the province down to the place's own parent, as far as the table has them."""
        lengths = (length for length in _PREFIX_LENGTHS.values() if length < len(area_prefix(code)))
        return tuple(d for length in lengths if (d := self.get(code[:length])))

    def resolve_village(self, name: str, town_code: str = "") -> Resolution:
        """The village meant by a name in a town or a wider area; unpacks to (code or None, how, names)."""
        return self.resolve(name, town_code, "village")

    def resolve(self, name: str, area: str, level: str) -> Resolution:
        key = (name, area, level)
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._search(name, area, level)
        return found

    def _search(self, name: str, area: str, level: str) -> Resolution:
        wanted = clean_place(name)
        if not wanted:
            return Resolution(None, "empty")
        places = self.within(area, level)
        if wanted.isdigit():
            found = self.get(wanted)
            return _one("code", [found]) if found in places and found else Resolution(None, "unknown")
        found_whole = _match_name(wanted, level, places)
        bare = self._without_parents(wanted, places)
        # 官塘驿林场虚拟生活区 begins with its town's name and yet is a whole name.
        if bare == wanted or found_whole.how in ("exact", "alias"):
            return found_whole
        return _match_name(bare, level, places)

    def _without_parents(self, name: str, places: tuple[Division, ...]) -> str:
        """Drops the province, city, county and town written in front of a name, in this order."""
        for parent in dict.fromkeys(p for place in places for p in self.parents_of(place.code)):
            if len(name) > len(parent.name):
                name = name.removeprefix(parent.name)
        return name


def _match_name(wanted: str, level: str, places: tuple[Division, ...]) -> Resolution:
    """Equal names win over aliases, those over other endings, homophones and slips; never one of several."""
    stem, kind = _split(wanted, level)
    stems = [(place, *_split(place.name, level)) for place in places]
    aliased = [(place, *_split(alias, level)) for place in places for alias in place.aliases]
    steps: tuple[tuple[How, list[Division]], ...] = (
        ("exact", [p for p, s, k in stems if s == stem and k == kind]),
        ("alias", [p for p, s, k in aliased if s == stem and kind in (k, "")]),
        ("exact", [p for p, s, _ in stems if s == stem and not kind]),
        ("ending", [p for p, s, _ in stems if s == stem]),
        ("homophone", [p for p, s, k in stems if sound_of(s) == sound_of(stem) and kind in (k, "")]),
        ("homophone", [p for p, s, _ in stems if sound_of(s) == sound_of(stem)]),
        ("one_character", [p for p, s, _ in stems if _one_character_off(s, stem)]),
    )
    for how, found in steps:
        if found:
            return _one(how, found)
    return Resolution(None, "unknown")


def _one(how: How, found: list[Division]) -> Resolution:
    names = tuple(place.name for place in found)
    return Resolution(found[0].code, how, names) if len(found) == 1 else Resolution(None, "ambiguous", names)


def _one_character_off(left: str, right: str) -> bool:
    # Of two characters one is half the name: 温泉 is not 白泉.
    return len(left) == len(right) >= 3 and sum(a != b for a, b in zip(left, right, strict=True)) == 1


def read_divisions(folder: Path) -> Divisions:
    """Every .csv table (code, name, level, aliases) of a folder; DivisionsError lists all that is wrong."""
    rows: list[Division] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [head for head in ("code", "name", "level") if head not in (reader.fieldnames or ())]
            if missing:
                problems.append(f"{path.name}:缺少列 {'、'.join(missing)},表头应为 code,name,level,aliases")
                continue
            for row in reader:
                problems.extend(f"{path.name} 第{reader.line_num}行:{fault}" for fault in _faults_of(row))
                aliases = tuple(a for a in (row.get("aliases") or "").split("|") if a)
                rows.append(Division(row["code"], row["name"], row["level"], aliases))
    problems.extend(_repeated_codes(rows))
    if problems:
        raise DivisionsError("\n".join(problems))
    return Divisions(rows)


def _faults_of(row: dict[str, str]) -> Iterator[str]:
    if not re.fullmatch(r"[0-9]{12}", row["code"] or ""):
        yield f"区划代码“{row['code']}”应为12位数字,请改正"
    if row["level"] not in LEVELS:
        yield f"级别“{row['level']}”应为 {'、'.join(LEVELS)} 之一,请改正"
    elif len(area_prefix(row["code"] or "")) != _PREFIX_LENGTHS[row["level"]]:
        yield f"区划代码“{row['code']}”不是 {row['level']} 一级的代码,请核对代码或级别"
    if not (row["name"] or "").strip():
        yield f"区划代码“{row['code']}”没有名称,请补上"


def _repeated_codes(rows: list[Division]) -> Iterator[str]:
    names: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        names[row.code].append(row.name)
    for code, found in names.items():
        if len(found) > 1:
            yield f"区划代码“{code}”出现{len(found)}次({'、'.join(found)}),请只留一行"
