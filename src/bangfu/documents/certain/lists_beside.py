"""The list that stands beside a count: 四个村:甲、乙、丙、丁; 四个村(甲、乙…); 甲、乙、丙、丁四个村."""

from __future__ import annotations

import re
from dataclasses import replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists_items import Named, items_in, pieces_of
from bangfu.documents.reading.structure import Mention, base_class

_EACH = (
    r"(?:分别|依次|各自|逐一)(?:是|为|系|即|叫|名为|有|包括|涉及|针对|围绕|来自|通往|通向|位于|设于|设在|建在|建于|在|布设在|布局在|分布在|分布于|"
    r"分设于|分设在|坐落在|坐落于|落户|落在|落户在|由|与|同|向|对|给|从|到|授予|命名为|列为|安排在|安排给|投向|用于)?:?"
)
_IE = r"(?<![立随当旋亦迅])即(?![将可日使便时期刻行])"
_SAYS = re.compile(
    rf"(?:{_EACH}|{_IE}是?:?|也就是:?|包括:?|包含:?|涵盖:?|有:?|是:?|为:?|名单(?:是|为|如下)?:?|具体(?:是|为|有|包括|如下|名单)?(?:为|是)?:?|"
    r"名称(?:是|为)?:?|分设[在于]|分布[在于]|位于|设[在于]|坐落[在于]|地点(?:是|为|在)|主要(?:是|有|为|包括):?)"
)
_LEAD = re.compile(r"[^,。;:!?\n(“‘、《—【]{0,22}?[”’]?")
_OPENER = re.compile(
    r"[^,。;:!?\n(“‘、《—【\t]{0,22}[”’]?(?:\([^()、]{0,12}\)(?=[:,—分依]))?"
    r"(?P<open>\(|:|——?|,(?=" + _SAYS.pattern + r"))?"
)
_SAID = re.compile(
    rf"(?P<noun>(?:(?![都均也还没未各])[^,。;:!?\n(“‘、《—\d]){{0,20}}?)(?P<word>{_EACH}|分别[一-龥]{{0,6}}(?=\d)|{_IE}|包括|包含|涵盖|是|为|有)"
    r"(?=[^,。;:!?\n的关着过没无助利害效望机])"
)
_FAR = re.compile(rf"[^。;:!?\n(、]{{0,48}}?,?(?:{_EACH[:-2]}|{_IE}|名单为)(?P<at>:?)")
_AFTER_MONEY = re.compile(r"[^,。;:!?\n(、]{0,12},[^,。;:!?\n(、]{0,20}(?P<at>:)")
_NO_LIST = re.compile(
    r"其中|含|不含|另|如|例如|比如|譬如|见|详见|附|注|每|按|占|原|现|较|比|以下|以上|简称|主要|重点|尤其|特别|除|下同|单位|至|截至|包括?[^、]*$|约|计|共"
)
_ONE_STEP = re.compile(r"分|依次|即|名单|具体|包括|包含|涵盖|位于|设|坐落|地点")
_PART_WORD = re.compile(r"主要|包括|包含|有|涵盖|涉及")
_NUMBERED = re.compile(r"\s*(?:[((]?[一1①][))、..:是要]|①|第一|首先|[一-龥]{2}[一1][:、])")
_STOP = "。!?\n"
_EDGE = ",。;:!?\n("


def after(scene: Scene, mention: Mention) -> Named | None:
    """The list behind the count."""
    flat, at = scene.reading.flat, mention.quantity.end
    if _AVERAGE.search(mention.left):
        return None
    if (found := _of_sorts(scene, mention)) is not None:
        return found
    match = _OPENER.match(flat, at)
    if match is not None and match["open"] and not _other_count(scene, mention, match.start("open")):
        return _opened(scene, mention, match["open"], match.end("open"))
    said = _SAID.match(flat, at)
    if said is not None and not _other_count(scene, mention, said.start("word")):
        return _with_word(scene, mention, said)
    for pattern, names in ((_FAR, False), (_AFTER_MONEY, True)):
        far = pattern.match(flat, at)
        if far is not None and not _other_count(scene, mention, far.start("at")):
            found = _list(scene, far.end("at"), _sentence_end(flat, far.end()), mention, names=names)
            return found
    return None


_AVERAGE = re.compile(r"[人户村镇乡组队班校亩次]均|平均|每[一-龥]{0,6}$|最[多少高低]")


_SORT_OPENER = re.compile(r"(?::|,(?:其中|包括|分别是|分别为|即))[:,]?\s*")
_SORTED = frozenset({"类", "方面", "种", "大", "项", "块", "级", "档", "个"})


def _of_sorts(scene: Scene, mention: Mention) -> Named | None:
    """七类问题213个:…38个、…61个: the second count is the sum of the figures, the first counts the sorts."""
    mentions, at = scene.mentions, scene.place_of(mention) + 1
    if (
        mention.quantity.unit not in _SORTED
        or at >= len(mentions)
        or mentions[at].sentence != mention.sentence
    ):
        return None
    total, flat = mentions[at].quantity, scene.reading.flat
    opener = _SORT_OPENER.match(flat, total.end)
    if opener is None or len(mentions[at].gap) > 8 or "," in mentions[at].gap:
        return None
    pieces = pieces_of(scene, opener.end(), _sentence_end(flat, opener.end()))
    run = [piece for piece in pieces if piece.figure is not None and not piece.is_bare]
    run = [
        piece for piece in run if piece.figure is not None and base_class(piece.figure) == base_class(total)
    ]
    if len(run) < 2 or pieces[0].figure is None:
        return None
    comes_out = sum(piece.figure.base_value for piece in run if piece.figure is not None) == total.base_value
    sure = comes_out or (opener[0][0] == ":" and not mentions[at].is_like(mention))
    return Named(len(run), len(run), False, sure, opener.end(), run[-1].end)


def _opened(scene: Scene, mention: Mention, opener: str, start: int) -> Named | None:
    flat = scene.reading.flat
    if opener == "(":
        end = _close(flat, start)
        if _NO_LIST.match(flat, start):
            return None
    elif opener[0] == "—":
        end = min(found for found in (flat.find("—", start), _sentence_end(flat, start)) if found >= 0)
    else:
        end = _sentence_end(flat, start)
    word = _SAYS.match(flat, start) if opener != ":" or not _is_name(flat, start) else None
    open_word = word is not None and word[0].startswith("主要")
    begin = word.end() if word is not None and word.end() < end else start
    in_order = word is not None and word[0].startswith("分别")
    found = _list(scene, begin, end, mention, in_order=in_order)
    if found is not None and opener == "," and word is not None and not _ONE_STEP.match(word[0]):
        found = replace(found, is_sure=found.is_sure and _are_alike(scene, found, least=3))
    return replace(found, is_open=True) if found is not None and open_word else found


def _is_name(flat: str, start: int) -> bool:
    """After a colon only 分别 and 即 are words of their own: 有机茶, 为民服务 are items."""
    return re.match(r"分别|依次|即|一", flat[start : start + 2]) is None


def _with_word(scene: Scene, mention: Mention, said: re.Match[str]) -> Named | None:
    """四座大桥是甲桥、乙桥: after 是 anything may come, so only a list of things of a kind counts."""
    flat = scene.reading.flat
    in_order = said["word"].startswith("分别")
    found = _list(scene, said.end(), _sentence_end(flat, said.end()), mention, in_order=in_order)
    if found is None or _ONE_STEP.match(said["word"]):
        return found
    return replace(found, is_sure=found.is_sure and _are_alike(scene, found, least=2), reach=1)


def _list(
    scene: Scene, start: int, end: int, mention: Mention, *, names: bool = False, in_order: bool = False
) -> Named | None:
    if start >= end or _NUMBERED.match(scene.reading.flat, start):
        return None
    return items_in(scene, start, end, mention.quantity, only_names=names, in_order=in_order)


def _are_alike(scene: Scene, found: Named, *, least: int) -> bool:
    """Whether the items end in the same character (甲村、乙村), or are short names."""
    pieces = [piece for piece in pieces_of(scene, found.start, found.end) if not piece.is_bare]
    if len(pieces) < least:
        return False
    if any(piece.figure is not None for piece in pieces):
        return all(piece.figure is not None for piece in pieces)
    ends = {piece.text[-1] for piece in pieces}
    short = max(len(piece.text) for piece in pieces) <= 8 and "的" not in pieces[-1].text
    return len(ends) == 1 or (short and len(pieces) > 2)


def _other_count(scene: Scene, mention: Mention, end: int) -> bool:
    """Whether another count stands between, to which the list rather belongs."""
    at = scene.place_of(mention) + 1
    mentions = scene.mentions
    while at < len(mentions) and mentions[at].quantity.start < end:
        if mentions[at].quantity.kind in ("count", "person", "household"):
            return True
        at += 1
    return False


def before(scene: Scene, mention: Mention) -> Named | None:
    """甲、乙、丙三个村: the list that ends where the count starts."""
    flat, end = scene.reading.flat, mention.quantity.start
    while end and flat[end - 1] in '“‘" ':
        end -= 1
    begin = _left_edge(flat, end)
    if (
        end
        and flat[end - 1] in "”’"
        and flat.rfind("”“", begin, end) < 0
        and (quote := flat.rfind("“‘"["”’".index(flat[end - 1])], begin, end)) >= 0
    ):
        begin, end = quote + 1, end - 1
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
    sure = not figured and _are_members(scene, mention, texts, has_tail=tail is not None)
    return replace(found, is_open=is_open, is_sure=sure, reach=1, is_before=True)


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


def _are_members(scene: Scene, mention: Mention, texts: list[str], *, has_tail: bool) -> bool:
    """Whether what stands before the count are the things counted: 甲镇、乙镇5个村 are not."""
    quantity = mention.quantity
    later = texts[1:]
    later = [_TITLE.sub("文", text) for text in later]
    if any(len(text) > 10 or _DONE.search(text) or _NO_LIST.match(text) for text in later):
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


_TITLE = re.compile(r"《[^《》]*》|“[^“”]*”")
_MATTER = re.compile(
    r"(?:大|实|好|要|重点|突出|主要)*(?:事|事项|实事|问题|工作|任务|难题|短板|要求|目标|重点|关键|措施|举措|工程|行动|机制|政策|活动|线|关|仗|账|课|底线)"
)


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


def _sentence_end(flat: str, at: int) -> int:
    match = _END.search(flat, at)
    return match.start() if match is not None else len(flat)


_END = re.compile(r"[。!?\n]")


def _close(flat: str, at: int) -> int:
    depth = 1
    for place in range(at, min(len(flat), at + 400)):
        depth += (flat[place] == "(") - (flat[place] == ")")
        if not depth:
            return place
    return _sentence_end(flat, at)
