"""Figures one after another and then their count: 甲镇5户、乙镇8户、丙镇3户,三个镇共16户."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.certain.lists.pieces import Piece, is_talk, pieces_of
from bangfu.documents.reading.structure import Mention, base_class

_SUMMED = re.compile(
    r"[^,。;:!?\n\d]{0,8}?(?:合计|共计|总计|总共|一共|共|总数|总|累计|加起来|合起来|加在一起|合在一起|拢共|之和|相加|全部|均|都)"
)
_POINTS = re.compile(r"(?:以上|上述|前述|这|就这|就是这|一共|共|合计|上列)+$")
_KIND = re.compile(
    r"[^,。;:!?\n\d]{0,6}?(村|镇|乡|社区|街道|组|县|区|局|部门|学校|小学|合作社|企业|公司|银行|机构)"
)
_PLACE = re.compile(
    r"(?:贫困|脱贫|行政|自然|重点|深度|试点|示范|受灾|偏远|边远|沿河|城郊)*(村|镇|乡|社区|街道|乡镇)(?![长员织])(?=[一-龥]{2})"
)
_CUT = re.compile(r"[,。;:!?\n(]")
_FEWEST = 3


def run_before(scene: Scene, mention: Mention) -> Named | None:
    """A run of names with figures of one unit that ends just before the count; its start must be plain to see."""
    flat, start = scene.reading.flat, mention.quantity.start
    words = _POINTS.search(flat, max(0, start - 6), start)
    end = (words.start() if words is not None else start) - 1
    if end < 0 or flat[end] not in ",。;—" or _SUMMED.match(flat, mention.quantity.end) is None:
        return None
    begin = max(flat.rfind(mark, 0, end) for mark in "。:!?】]\n") + 1
    pieces = pieces_of(scene, begin, end)
    if flat.count(";", begin, end) > 1:
        pieces = [piece for at, piece in enumerate(pieces) if at == 0 or piece.mark == ";"]
    run = _run(pieces)
    if len(run) < 2 or run[0].figure is None or base_class(run[0].figure) == base_class(mention.quantity):
        return None
    unit = base_class(run[0].figure)
    goes_on = len(run) < len(pieces) and any(
        piece.figure is not None and base_class(piece.figure) == unit and piece.end <= run[0].start
        for piece in pieces
    )
    sure = not goes_on and len(run) >= _FEWEST and _are_of_a_kind(scene, mention, run)
    return Named(len(run), len(run), False, sure, run[0].start, run[-1].end, 1, is_before=True)


def _run(pieces: Sequence[Piece]) -> list[Piece]:
    """From the last piece back, as long as a name goes with a figure of the same unit."""
    run: list[Piece] = []
    for piece in reversed(pieces):
        if piece.is_bare and run:
            continue
        if piece.figure is None or is_talk(piece) or len(piece.name) > 12:
            break
        if run and run[-1].figure is not None and base_class(piece.figure) != base_class(run[-1].figure):
            break
        run.append(piece)
    return run[::-1]


def _are_of_a_kind(scene: Scene, mention: Mention, run: Sequence[Piece]) -> bool:
    """甲镇, 乙镇, 丙乡 before 个乡镇; else the run must fill its sentence."""
    flat = scene.reading.flat
    kind = _KIND.match(flat, mention.quantity.end)
    opener = flat[run[0].start - 1 : run[0].start]
    fills = opener in ("。", ":", "\n", "")
    if _SITE.match(flat, mention.quantity.end) is not None:
        return fills
    if kind is not None:
        ends = _ENDS.get(kind[1], kind[0]) + (
            "镇乡街道社区" if "镇" in flat[kind.start() : kind.end() + 1] else ""
        )
        return all(piece.name[-1] in ends or kind[1] in piece.name for piece in run)
    return fills and mention.quantity.unit in _SORTS


_SITE = re.compile(
    r"[^,。;:!?\n\d]{0,4}?(?:安置点|安置区|片区|电站|基地|车间|站点|网点|工种|品种|产业|险种|渠道|来源|方面|档)"
)
_ENDS = {
    "部门": "局办委部站所心院会社联队团",
    "机构": "局办委部站所心院行社",
    "银行": "行社",
    "学校": "学校园",
    "企业": "司厂社业",
}
_SORTS = frozenset({"类", "种", "项", "块", "笔", "方面", "款", "档"})


def run_after_comma(scene: Scene, mention: Mention) -> Named | None:
    """由三个村联建,甲村出资40万元、乙村32万元、丙村24万元; 应收款3笔,甲组4200元、乙组3600元、砖厂11500元."""
    flat, quantity = scene.reading.flat, mention.quantity
    lead = _TO_COMMA.match(flat, quantity.end)
    if lead is None:
        return None
    kind = _KIND.match(lead["noun"])
    if kind is None and quantity.unit not in ("笔", "宗"):
        return None
    end = _STOP.search(flat, lead.end())
    pieces = pieces_of(scene, lead.end(), end.start() if end is not None else len(flat))
    run: list[Piece] = []
    for piece in pieces:
        if piece.is_bare and run:
            continue
        if piece.figure is None or is_talk(piece) or not piece.name or len(piece.name) > 12:
            break
        if base_class(piece.figure) != base_class((run or [piece])[0].figure or quantity):
            break
        run.append(piece)
    if len(run) < 2 or run[0].figure is None or base_class(run[0].figure) == base_class(quantity):
        return None
    sure = kind is None or all(kind[1] in piece.name[:8] for piece in run)
    return Named(len(run), len(run), False, sure, run[0].start, run[-1].end, 1)


_TO_COMMA = re.compile(r"(?P<noun>[^,。;:!?\n\d(、]{0,10}),(?:(?:共|合?计|总额|金额)[\d.,]+万?元,)?")
_STOP = re.compile(r"[。!?\n;]")


def named_after_comma(scene: Scene, mention: Mention) -> Named | None:
    """三座水库一度超汛限,青龙、双河、红旗水库均已回落: the last of a run of names ends as what was counted is called."""
    flat, end = scene.reading.flat, mention.quantity.end
    match = _NAMED_LATER.match(flat, end)
    if match is None:
        return None
    pieces = pieces_of(scene, match.start("names"), match.end("names"))
    if len(pieces) < 2 or any(piece.figure is not None for piece in pieces):
        return None
    short = max(len(piece.text) for piece in pieces) - len(match["noun"]) <= 5
    sure = short and not _OPEN_END.search(match["names"])
    return Named(len(pieces), len(pieces), False, sure, match.start("names"), match.end("names"), 1)


_NAMED_LATER = re.compile(
    r"(?P<noun>水库|水厂|学校|小学|中学|大桥|车间|工厂|电站|安置点|养老院|敬老院|卫生院|医院|企业|公司|合作社|乡镇|镇|村|社区|街道|基地|园区|景区|泵站|灌区|港口|隧道)"
    r"(?![、:(])[^,。;:!?\n、\d]{2,16},(?P<names>[一-龥]{2,5}(?:、[一-龥]{2,5}){1,7}(?P=noun))(?=均|都|全部|已|由|先后|分别|依次|,|。)"
)
_OPEN_END = re.compile("等")


def named_directly(scene: Scene, mention: Mention) -> Named | None:
    """三个贫困村石门沟、双塘、杨树湾均已出列: names that the text knows as such places."""
    flat, end = scene.reading.flat, mention.quantity.end
    place = _PLACE.match(flat, end)
    if place is None:
        return None
    cut = _CUT.search(flat, place.end())
    pieces = pieces_of(scene, place.end(), cut.start() if cut is not None else len(flat))
    names = [piece.text for piece in pieces[:-1]]
    if len(pieces) < 2 or any(piece.figure is not None for piece in pieces) or max(map(len, names)) > 5:
        return None
    known = all(name.endswith(tuple("村镇乡")) or f"{name}{place[1][-1]}" in flat for name in names)
    return Named(len(pieces), len(pieces), "等" in pieces[-1].text, known, place.end(), pieces[-1].end, 1)
