"""The list that ends where a count starts: 甲、乙、丙、丁四个村; 甲、乙等五个村 leaves open."""

from __future__ import annotations

import re
from dataclasses import replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named, items_in
from bangfu.documents.certain.lists.pieces import pieces_of
from bangfu.documents.reading.structure import Mention

_EDGE = ",。;:!?\n("
_TAIL = re.compile(r"(?:等等|等|这|共|共计|的|,|上述|以上)+$")
_ENDS_IN_VERB = re.compile(r"[有为是了在对到达共成由向从给至将把被用]$")
_DONE = re.compile(
    r"新建|修建|硬化|改造|建设|新增|完成|实施|购置|安装|发放|落实|开展|举办|组织|配备|维修|整治|清理|种植|发展|引进|推进|协助|帮助|建成|"
    r"投入|拨付|争取|带动|覆盖|涉及|惠及|吸纳|选派|查处|查出|发现|排查|整改|解决|抽查|走访|召开|印发|制定|出台|培育|培训|评出|表彰|申报|通过"
)
_PLACES = re.compile(
    r"(?:贫困|脱贫|行政|自然|重点|深度|试点|示范|受灾|后进|软弱|出列|先进)*(村|镇|乡|社区|街道|县|区|市|组|林场|湾|屯)"
)
_BODIES = re.compile(
    r"[一-龥]{0,6}?(?:部门|单位|产业|方面|企业|公司|合作社|学校|小学|中学|幼儿园|医院|卫生院|卫生室|银行|机构|平台|安置点|安置区|水厂|水库|"
    r"大桥|桥梁|敬老院|养老院|品种|工种|制度|办法|措施|模式|渠道|环节|领域|类别|类型|类|指标|事项|程序|行业|专业|课程|灾种|病种|基地|园区|站|所|院|厂|场|点|科室|党支部|支部|局|委)"
)
_SUFFIX = re.compile(r"(村|镇|乡|社区|街道|县|区|市|组|学校|小学|中学|医院|公司|合作社|局|银行|厂|林场)$")
_ALSO = {"镇": "镇乡", "乡": "镇乡", "街道": "镇乡街道", "社区": "村社区", "村": "村社区"}
_TITLE = re.compile(r"《[^《》]*》|“[^“”]*”")
_MATTER = re.compile(
    r"(?:大|实|好|要|重点|突出|主要)*(?:事|事项|实事|问题|工作|任务|难题|短板|要求|目标|重点|关键|措施|举措|工程|行动|机制|政策|活动|线|关|仗|账|课|底线)"
)
_NO_MEMBER = re.compile(
    r"其中|含|另|如|例如|比如|见|每|按|占|原|现|较|比|以下|以上|主要|重点|尤其|特别|除|约|计|共"
)


def before(scene: Scene, mention: Mention) -> Named | None:
    """甲、乙、丙三个村: the list that ends where the count starts."""
    flat, end = scene.reading.flat, mention.quantity.start
    while end and flat[end - 1] in '“‘" ':
        end -= 1
    if flat[end - 1 : end] == "、":
        return None
    begin = _left_edge(flat, end)
    if (
        end
        and flat[end - 1] in "”’"
        and flat.rfind("”“", begin, end) < 0
        and (quote := flat.rfind("“‘"["”’".index(flat[end - 1])], begin, end)) >= 0
    ):
        begin, end = quote + 1, end - 1
    begin = _after_attribute(scene, begin, end)
    if not any(mark in flat[begin:end] for mark in ("、", "》《", "”“")):
        return None
    part = flat[begin:end]
    tail = _TAIL.search(part)
    stop = tail.start() if tail is not None else len(part)
    is_open = tail is not None and "等" in tail[0]
    if stop == 0 or _ENDS_IN_VERB.search(part[:stop]):
        return None
    pieces = [piece for piece in pieces_of(scene, begin, begin + stop) if piece.mark in ("", "、")]
    found = items_in(scene, begin, begin + stop, mention.quantity)
    if found is None or len(pieces) < 2:
        return None
    texts = [piece.text for piece in pieces]
    figured = any(piece.figure is not None for piece in pieces)
    if figured and any(piece.figure is None for piece in pieces):
        return None
    sure = not figured and _are_members(scene, mention, texts)
    return replace(found, is_open=is_open, is_sure=sure, reach=1, is_before=True)


def _after_attribute(scene: Scene, begin: int, end: int) -> int:
    """问题率超过10%的望江、枫木…: the list starts after 的 where a figure stands before it."""
    flat = scene.reading.flat
    comma = flat.find("、", begin, end)
    place = flat.rfind("的", begin, comma) if comma > 0 else -1
    if place < 0 or not any(begin <= one.start < place for one in scene.reading.quantities):
        return begin
    return place + 1


def _are_members(scene: Scene, mention: Mention, texts: list[str]) -> bool:
    """Whether what stands before the count are the things counted: 甲镇、乙镇5个村 are not."""
    quantity = mention.quantity
    later = [_TITLE.sub("文", text) for text in texts[1:]]
    if any(len(text) > 10 or _DONE.search(text) or _NO_MEMBER.match(text) for text in later):
        return False
    noun = scene.reading.flat[quantity.end : quantity.end + 10]
    place = _PLACES.match(noun)
    kind = place[1] if place else quantity.unit if quantity.unit in "村镇乡县" else ""
    suffixes = {match[1] for text in later if (match := _SUFFIX.search(text))}
    if kind:
        if noun.startswith(("村民", "组织", "镇街", "区域")):
            return False
        return _fit(suffixes, kind, noun) and not _are_towns(scene, later, kind, noun)
    if suffixes & {"村", "镇", "乡", "社区", "街道", "县", "组"}:
        return quantity.is_label
    named = (
        _BODIES.match(noun) is not None
        or quantity.unit in ("类", "种", "大", "方面")
        or (not quantity.text[0].isdigit() and _MATTER.match(noun) is not None and max(map(len, later)) <= 6)
    )
    return quantity.is_label or (named and (not quantity.text[0].isdigit() or max(map(len, later)) <= 8))


def _fit(suffixes: set[str], kind: str, noun: str) -> bool:
    allowed = _ALSO.get(kind, kind)
    return all(suffix in allowed or suffix in noun for suffix in suffixes)


def _are_towns(scene: Scene, names: list[str], kind: str, noun: str) -> bool:
    """高塘、龙井3个村, where the text knows a 高塘镇: the villages of two towns."""
    if kind not in ("村", "社区", "组") or "镇" in noun[:3] or "乡" in noun[:3]:
        return False
    flat = scene.reading.flat
    return any(
        f"{name}{town}" in flat and f"{name}村" not in flat
        for name in names
        if len(name) > 1
        for town in "镇乡"
    )


def _left_edge(flat: str, end: int) -> int:
    depth = 0
    for at in range(end - 1, max(-1, end - 160), -1):
        char = flat[at]
        if char == ")":
            depth += 1
        elif char == "(" and depth:
            depth -= 1
        elif char in _EDGE and not depth:
            return at + 1
    return max(0, end - 160)
