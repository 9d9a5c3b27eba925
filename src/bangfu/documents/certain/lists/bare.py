"""Lists that no word announces: 五种机具,插秧机、无人机…; 四处文物,石拱桥1座、碉楼1座…; 9个点,甲、乙…各1个."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.certain.lists.kinds import are_alike, fits
from bangfu.documents.certain.lists.pieces import Piece, pieces_of
from bangfu.documents.reading.structure import Mention

_OPENER = re.compile(
    r"(?:(?P<noun>[^,。;:!?\n、()\d“”的]{0,12}))[”’]?(?P<mark>[,。:]|(?:[,。:]?\n))\s*(?P<word>分别是|分别为|即|"
    r"就是|包括|有|是)?:?"
)
_END = re.compile(r"[。!?\n;]")
_STOP = re.compile(r"[。!?\n]")
_EACH_ONE = re.compile(
    r"(?:均|都)?各(?:自)?(?:有|设|建|配|安装?|装|选|办|开|设立|建有|建成|设有|新建|修|得|发|派)?(?:了)?(?:[一1])[一-龥]{0,3}$"
)
_SAID = re.compile(
    r"(?:均|都|全部|各|已|先后|分别|同时|一起|共同|依次|也|率先|正|由|在|被|获|入选|上榜|达|出列|完成|通过)"
)
_LAST = re.compile(r"^(?:以及|还有|及|和|与|外加)")
_JOIN = re.compile(r"以及|及|和|与(?!会)|暨")
_OPEN = re.compile(r"等|…|之类|其他|其它|其余|另")
_GOES_ON = re.compile(r"[,;](?:另|还|以及|外加|其余|剩)")
_UNIT = re.compile(r"\d[\d.,]*(万?亿?[一-龥]{1,2})")
_TALK = re.compile(r"其中|合计|共|总|以上|上述|三项|各|均")


def bare_after(scene: Scene, mention: Mention) -> Named | None:
    flat = scene.reading.flat
    opener = _OPENER.match(flat, mention.quantity.end)
    if opener is None or (opener["noun"] or "").endswith(("中", "里", "内", "当中")):
        return None
    start = opener.end()
    if opener["mark"] in ("。", ":", ",") and (found := _of_segments(flat, mention, opener)) is not None:
        return found
    stop = _END.search(flat, start)
    end = stop.start() if stop is not None else len(flat)
    if "、" not in flat[start:end]:
        return None
    run = _run(pieces_of(scene, start, end))
    if len(run) < 2:
        return None
    noun = opener["noun"] or _noun_before(mention)
    if _GOES_ON.match(flat, run[-1].end):
        return None
    return _each_one(run) or _names(mention, noun, opener["mark"], run, flat[run[-1].end : run[-1].end + 3])


def _noun_before(mention: Mention) -> str:
    """落后的指标有三项,…: the noun stands before its count."""
    found = _NOUN_HAS.search(mention.left)
    return found[1] if found is not None else ""


_NOUN_HAS = re.compile(r"([一-龥]{2,4}?)(?:还有|共有|主要有|有|共|是|为|计)$")


def _run(pieces: Sequence[Piece]) -> list[Piece]:
    """Up to the first comma; what begins with 以及 after it is the last of the list."""
    run: list[Piece] = []
    for piece in pieces:
        if run and piece.mark != "、":
            if piece.mark == "," and _LAST.match(piece.text):
                run.append(piece)
            break
        run.append(piece)
    return run


def _each_one(run: Sequence[Piece]) -> Named | None:
    """Each with a figure of one, or all of them with 各1个 at the end: no sum but a list."""
    figures = [piece.figure for piece in run]
    last = _EACH_ONE.search(run[-1].text)
    ones = all(
        one is not None and one.is_exact and one.base_value == 1 and one.kind in _COUNTS for one in figures
    )
    if last is not None and all(one is None for one in figures[:-1]):
        names = [piece.text for piece in run[:-1]] + [run[-1].text[: last.start()]]
    elif ones and all(
        piece.figure is not None and piece.figure.end == piece.end and len(piece.name) > 1 for piece in run
    ):
        names = [piece.name for piece in run]
    else:
        return None
    if len(names) < 3 or max(map(len, names)) > 12 or any(_OPEN.search(name) for name in names):
        return None
    count = len(names) + (len(_sides(names[-1])) - 1 if last is not None else 0)
    return Named(count, count, False, True, run[0].start, run[-1].end, 2)


_COUNTS = frozenset({"count", "household", "person"})


def _sides(name: str) -> list[str]:
    sides = [side for side in _JOIN.split(name) if side]
    return sides if len(sides) > 1 and min(map(len, sides)) > 1 else [name]


def _names(mention: Mention, noun: str, mark: str, run: Sequence[Piece], after: str) -> Named | None:
    if any(piece.figure is not None for piece in run):
        return None
    said = _SAID.search(run[-1].text)
    if said is not None and said.start() < 2:
        return None
    last = run[-1].text[: said.start()] if said is not None else run[-1].text
    names = [*(_LAST.sub("", piece.text) for piece in run[:-1]), *_sides(_LAST.sub("", last))]
    names = [name.strip("“”‘’《》 ") for name in names]
    if len(names) < 3 or min(map(len, names)) < 2 or any(_OPEN.search(name) for name in names):
        return None
    closed = after[:1] in ("。", "", "\n") or mark == ","
    fills = (
        bool(noun)
        and (after[:1] in ("。", "") or after == ",其中")
        and said is None
        and mark == ","
        and are_alike(names)
    )
    sure = closed and (fills or fits(noun, mention.quantity.unit, names))
    return Named(len(names), len(names), False, sure, run[0].start, run[-1].end, 1 if len(names) < 6 else 2)


def _of_segments(flat: str, mention: Mention, opener: re.Match[str]) -> Named | None:
    """项目3个。传染病区,额度4500万元;水厂,额度6200万元;…: each piece between semicolons has a figure of one unit."""
    start = opener.end()
    stop = _STOP.search(flat, start)
    end = stop.start() if stop is not None else len(flat)
    segments = flat[start:end].split(";")
    if len(segments) < 3 or (opener["mark"] == "," and "," not in segments[0]):
        return None
    units = [found[1][-1] if (found := _UNIT.search(segment)) is not None else "" for segment in segments]
    heads = [segment.split(",")[0] for segment in segments]
    if "" in units or len(set(units)) > 1 or any("," not in segment for segment in segments):
        return None
    if any(len(head) > 14 or _TALK.match(head) or _UNIT.search(head) for head in heads):
        return None
    if mention.quantity.text.endswith(units[0]):
        return None
    return Named(len(segments), len(segments), False, True, start, end, 1)


_MARKERS = ("其{}", "{}是", "第{}", "{}来")
_DIGITS = "一二三四五六七八九"
_LEAD_TO = re.compile(r"[^,。;:!?\n]{0,6}[。:,;]\s*")
_ONE_BY_ONE = re.compile(
    r"(?:^|[,;])(?:另外?|还有|再有|再)?[一1](?P<unit>[个名户家处所座条位])[^,;。]{0,6}?(?:是|在|叫|为|去|由|来自)"
)


def told_one_by_one(scene: Scene, mention: Mention) -> Named | None:
    """两条。其一,…;其二,…;其三,…。 and 3个,一个是…,一个是…。"""
    flat = scene.reading.flat
    lead = _LEAD_TO.match(flat, mention.quantity.end)
    if lead is None:
        return None
    start = lead.end()
    for marker in _MARKERS:
        if flat.startswith(marker.format("一"), start):
            return _marked(flat, start, marker)
    stop = _STOP.search(flat, start)
    end = stop.start() if stop is not None else len(flat)
    found = [
        one for one in _ONE_BY_ONE.finditer(flat, start - 1, end) if one["unit"] == mention.quantity.unit
    ]
    if len(found) < 2 or found[0].start() > start:
        return None
    return Named(len(found), len(found), False, True, start, end, 1)


def _marked(flat: str, start: int, marker: str) -> Named | None:
    end = flat.find("\n", start)
    words = flat[start : end if end >= 0 else len(flat)]
    count, place = 0, 0
    while count < len(_DIGITS) and (at := words.find(marker.format(_DIGITS[count]), place)) >= 0:
        count, place = count + 1, at + 1
    if count < 2 or count == len(_DIGITS) or words.count(marker.format("一")) > 1:
        return None
    return Named(count, count, False, marker == "其{}", start, start + place, 1)
