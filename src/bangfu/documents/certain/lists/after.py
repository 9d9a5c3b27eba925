"""The list that stands behind a count: 四个村:甲、乙、丙、丁; 四个村(甲、乙…); 四个村,分别是甲、乙…."""

from __future__ import annotations

import re
from dataclasses import replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named, items_in
from bangfu.documents.certain.lists.pieces import pieces_of
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
_OPENER = re.compile(
    r"[^,。;:!?\n(“‘、《—【\t]{0,22}[”’]?(?:\([^()、]{0,12}\)(?=[:,—分依]))?"
    r"(?P<open>\(|:|——?|,(?=" + _SAYS.pattern + r"))?"
)
_SAID = re.compile(
    rf"(?P<noun>(?:(?![都均也还没未各])[^,。;:!?\n(“‘、《—\d]){{0,20}}?)(?P<word>{_EACH}|分别[一-龥]{{0,6}}(?=\d)|{_IE}|包括|包含|涵盖|是|为|有)"
    r"(?=[^,。;:!?\n的关着过没无助利害效望机])"
)
_FAR = re.compile(
    rf"[^。;:!?\n(、]{{0,48}}?,?(?:{_EACH[:-2]}|{_IE}|名单为|逐[一条项](?:列出|列举|说明|列明))(?P<at>:?)"
)
_AFTER_MONEY = re.compile(r"[^,。;:!?\n(、]{0,12},[^,。;:!?\n(、]{0,20}(?P<at>:)")
_NO_LIST = re.compile(
    r"其中|含|不含|另|如|例如|比如|譬如|见|详见|附|注|每|按|占|原|现|较|比|以下|以上|简称|主要|重点|尤其|特别|除|下同|单位|至|截至|包括?[^、]*$|约|计|共"
)
_ONE_STEP = re.compile(r"分|依次|即|名单|具体|包括|包含|涵盖|位于|设|坐落|地点")
_AVERAGE = re.compile(r"[人户村镇乡组队班校亩次]均|平均|每[一-龥]{0,6}$|最[多少高低]")
_SORT_OPENER = re.compile(r"(?::|,(?:其中|包括|分别是|分别为|即))[:,]?\s*")
_SORTED = frozenset({"类", "方面", "种", "大", "块", "档"})
_SORT_NOUN = re.compile(r"(?:大)?(?:方面|类别|类型|渠道|来源|领域|环节|部分|板块|等次|档次|层面|类)")
_END = re.compile(r"[。!?\n]")
_COUNTS = frozenset({"count", "person", "household"})
_ACTORS = re.compile(
    r"[一-龥]{0,6}?(?P<kind>部门|单位|企业|公司|合作社|学校|小学|医院|机构|村|镇|乡|社区|街道|组|队员?|干部|党员|村民|农户|群众|人员|代表|专家|队伍|家庭)"
    r"(?P<act>[一-龥]{2,}):"
)
"""三个部门联合执法:检查门店、摊点…: those who act are no list of what they do."""
_NAMING = re.compile(
    r"如下|名单|有|是|为|依次|分别|前列|列|居|位|达|超|未|低|高|领|获|得|通过|出列|验收|通报|约谈|督办|点名|表彰|受灾|入选|当选|脱贫|摘帽|退出|合格|缺|欠|涉|空白|下列|以下|考核|检查|抽查|走访|排名|进度|支出|报名|申请|资格|社区|镇街|村民小组|小组"
)
_NUMBERED = re.compile(r"\s*(?:[((]?[一1①][))、..:是要]|①|第一|首先|[一-龥]{2}[一1][:、])")


def after(scene: Scene, mention: Mention) -> Named | None:
    """The list behind the count; 五名成员来自四个单位 may be so."""
    found = _after(scene, mention)
    if found is None or mention.quantity.base_unit != "人":
        return found
    comes_from = "来自" in scene.reading.flat[mention.quantity.end : found.start]
    return replace(found, is_sure=False) if comes_from else found


def _after(scene: Scene, mention: Mention) -> Named | None:
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
    if (found := _of_places(scene, mention)) is not None:
        return found
    for pattern, names in ((_FAR, False), (_AFTER_MONEY, True)):
        far = pattern.match(flat, at)
        if far is not None and not _other_count(scene, mention, far.start("at")):
            found = _list(scene, far.end("at"), _sentence_end(flat, far.end()), mention, names=names)
            return found
    return None


def _of_places(scene: Scene, mention: Mention) -> Named | None:
    """抽查六个乡镇612人,占33.3%,分别为:甲镇124人、乙乡…: names that end as such places do, whatever stands between."""
    flat = scene.reading.flat
    far = _FAR_PLACES.match(flat, mention.quantity.end)
    if far is None:
        return None
    found = _list(scene, far.end(), _sentence_end(flat, far.end()), mention, in_order=True)
    if found is None:
        return None
    ends = _PLACE_ENDS.get(far["kind"], far["kind"][-1])
    pieces = pieces_of(scene, found.start, found.end)
    named = [piece for piece in pieces if not piece.is_bare and piece.name[-1:] in ends]
    return replace(found, is_sure=True) if len(named) == found.most else None


_FAR_PLACES = re.compile(
    r"(?P<kind>乡镇|镇街|县区|县市区|镇|乡|村|街道|社区|学校|单位|部门)[^。;!?\n(、]{2,60}?[,:](?:分别|依次|名单)(?:是|为|如下)?:?"
)
_PLACE_ENDS = {
    "乡镇": "乡镇道",
    "镇街": "镇乡道区",
    "县区": "县区市",
    "县市区": "县区市",
    "街道": "道",
    "学校": "校学园",
    "单位": "局办委部站所院校司行社",
    "部门": "局办委部站所联",
    "社区": "区村",
}


def _of_sorts(scene: Scene, mention: Mention) -> Named | None:
    """七类问题213个:…38个、…61个: the second count is the sum of the figures, the first counts the sorts."""
    mentions, at = scene.mentions, scene.place_of(mention) + 1
    if at >= len(mentions) or mentions[at].sentence != mention.sentence or len(mentions[at].gap) > 8:
        return None
    total, flat, gap = mentions[at].quantity, scene.reading.flat, mentions[at].gap
    counts_sorts = mention.quantity.unit in _SORTED or _SORT_NOUN.match(gap) is not None
    opener = _SORT_OPENER.match(flat, total.end)
    if opener is None or not counts_sorts or total.kind not in _COUNTS or "," in gap:
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
    actors = _ACTORS.match(flat, mention.quantity.end) if found is not None and opener == ":" else None
    if found is not None and actors is not None and not _name_actors(flat, found, actors):
        found = replace(found, is_sure=False)
    if found is not None and opener == "," and word is not None and not _ONE_STEP.match(word[0]):
        found = replace(found, is_sure=found.is_sure and _are_alike(scene, found, least=3))
        found = replace(
            found, is_sure=found.is_sure and not (word[0][0] == "有" and _are_persons(scene, found))
        )
    return replace(found, is_open=True) if found is not None and open_word else found


def _name_actors(flat: str, found: Named, actors: re.Match[str]) -> bool:
    """五个村进度靠后:甲村、乙村…: what is said of them picks them out, or the items are called as they are."""
    if _NAMING.search(actors["act"]) is not None:
        return True
    first = flat[found.start : found.end].split("、")[0]
    return first.endswith(actors["kind"][-1])


def _is_name(flat: str, start: int) -> bool:
    """After a colon only 分别 and 即 are words of their own: 有机茶, 为民服务 are items."""
    return not flat.startswith(("分别", "依次", "即", "一"), start)


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


def _are_persons(scene: Scene, found: Named) -> bool:
    """设卫生室2个,有医生5人;…: who is there is no list of the rooms."""
    first = next(iter(pieces_of(scene, found.start, found.end)), None)
    return first is not None and first.figure is not None and first.figure.base_unit in ("人", "户")


def _other_count(scene: Scene, mention: Mention, end: int) -> bool:
    """Whether another count stands between, to which the list rather belongs."""
    at = scene.place_of(mention) + 1
    mentions = scene.mentions
    while at < len(mentions) and mentions[at].quantity.start < end:
        if mentions[at].quantity.kind in _COUNTS:
            return True
        at += 1
    return False


def _sentence_end(flat: str, at: int) -> int:
    match = _END.search(flat, at)
    return match.start() if match is not None else len(flat)


def _close(flat: str, at: int) -> int:
    depth = 1
    for place in range(at, min(len(flat), at + 400)):
        depth += (flat[place] == "(") - (flat[place] == ")")
        if not depth:
            return place
    return _sentence_end(flat, at)
