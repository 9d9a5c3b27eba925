"""Items that are sentences: 三条建议。要…。要…。; 五个县区。甲区46件,…。乙县41件,…; 三点希望:别…,别…,也别…."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import Mention, base_class

_ASKED = re.compile(
    r"[一-龥]{0,4}(?:建议|要求|意见|希望|任务|措施|请求|倡议|提醒|打算|工作|事|期望|嘱咐|叮嘱|承诺|保证|纪律|禁令)[”’]?(?P<mark>[。::])\s*"
)
_CALL = re.compile(
    r"[也还更再并]?(?P<word>要|别|请|须|必须|应当?|建议|希望|严禁|不得|不要|不能|不准|不许|坚决|继续|抓好|做好|切实|进一步|着力|务必)"
)
_NAMED = re.compile(
    r"[一-龥]{0,6}?(?P<kind>县区|区县|乡镇|镇街|县|区|市|镇|乡|村|街道|社区|组|部门|单位|局|学校|企业)。"
)
_HEAD = re.compile(r"(?P<name>[一-龥]{2,8}?)(?=\d|[一二三四五六七八九十]+[个户人件处项])")
_ENDS = {
    "县区": "县区市",
    "区县": "县区市",
    "乡镇": "乡镇",
    "镇街": "乡镇道区",
    "部门": "局办委部站所",
    "单位": "局办委部站所院校司行社",
    "学校": "校学园",
    "企业": "司厂社",
    "街道": "道",
    "社区": "区村",
}
_SENTENCE, _CLAUSE = re.compile(r"[^。;!?\n]+"), re.compile(r"[^,。;!?\n]+")
_FEWEST = 2


def sentences_after(scene: Scene, mention: Mention) -> Named | None:
    """The run of sentences right behind the count that begin alike."""
    flat, at = scene.reading.flat, mention.quantity.end
    asked = _ASKED.match(flat, at)
    if asked is not None:
        return _calls(flat, asked)
    named = _NAMED.match(flat, at)
    return _places(scene, mention, named) if named is not None else None


def _calls(flat: str, asked: re.Match[str]) -> Named | None:
    """Sentences, or clauses of one, that begin with the same call."""
    start = asked.end()
    end = flat.find("\n", start) if flat.find("\n", start) >= 0 else len(flat)
    for pattern in (_SENTENCE, _CLAUSE):
        pieces = list(pattern.finditer(flat, start, end))
        words = [_call(piece[0]) for piece in pieces]
        run = words[: next((at for at, word in enumerate(words) if not word or word != words[0]), len(words))]
        if len(run) < _FEWEST:
            continue
        ends_here = len(run) == len(pieces) or flat[pieces[len(run)].start() - 1] in "。\n"
        sure = ends_here and (pattern is _SENTENCE or len(run) > _FEWEST)
        return Named(len(run), len(run), False, sure, start, pieces[len(run) - 1].end(), 1)
    return None


def _call(words: str) -> str:
    match = _CALL.match(words.strip())
    return match["word"] if match is not None else ""


def _places(scene: Scene, mention: Mention, named: re.Match[str]) -> Named | None:
    """安阳区46件,集中在…。清水县41件,…: each sentence opens with such a name and a figure of one unit."""
    flat, start = scene.reading.flat, named.end()
    stop = flat.find("\n", start)
    ends = _ENDS.get(named["kind"], named["kind"])
    units: list[str] = []
    last = start
    for piece in re.finditer(r"[^。;\n]+", flat[start : stop if stop >= 0 else len(flat)]):
        head = _HEAD.match(piece[0])
        figure = _figure_at(scene, start + piece.start() + head.end()) if head is not None else None
        if head is None or figure is None or head["name"][-1] not in ends:
            break
        units.append(base_class(figure))
        last = start + piece.end()
    if len(units) <= _FEWEST or not _all_same(units) or units[0] == base_class(mention.quantity):
        return None
    return Named(len(units), len(units), False, True, start, last, 1)


def _all_same(units: Sequence[str]) -> bool:
    return len(set(units)) == 1


def _figure_at(scene: Scene, place: int) -> Quantity | None:
    quantities = scene.reading.quantities
    at = bisect_left(quantities, place, key=lambda one: one.start)
    return quantities[at] if at < len(quantities) and quantities[at].start == place else None
