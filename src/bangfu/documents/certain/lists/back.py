"""A count of names said before: 到了甲村、乙村和丙村。…四个村均…; 上述五个村, 以上四个站所."""

from __future__ import annotations

import re
from dataclasses import replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.items import Named
from bangfu.documents.certain.lists.kinds import ends_of, fits, is_place
from bangfu.documents.reading.structure import Mention

_EDGE = re.compile(r"(?:^|[,。;\n\u3000])\s*(?P<word>上述|以上|这|前述|上列|所列|以上所列|前面)?$")
_NOUN = re.compile(
    r"(?P<noun>(?:贫困|脱贫|行政|自然|重点|试点|示范|受灾|沿河|获奖|上榜|入选|"
    r"先进)?[^,。;:!?\n、()\d均都各全已共合也同]{1,5}?)(?P<said>均|都|各|全部|也都|共|合计|已全|已均|已经?|一同|"
    r"同时|加起来|年底|今年|明年|(?=[,。])|将|每|按|拟|按期|于|得|获)"
)
_PLAIN = re.compile(
    r"(?P<noun>[^,。;:!?\n、()\d]{0,3}?(?:单位|部门|站所|企业|学校|合作社|村|镇|乡|社区|局|县|区))(?P<said>)"
)
_SURE_SAID = re.compile(r"均|都|各|全部|也都|已|一同")
_RUN = re.compile(r"[^,。;:!?\n、()]{1,24}(?:、[^,。;:!?\n、()]{1,14})+")
_LEAD = re.compile(
    r".*(?:的有|有|是|为|到了|到|在|了|由|对|给|向|从|括|即|含|的村|选中|确定|抽查|走访|检查|走进|查看|选取|选择|选定)"
)
_OF_ALL = re.compile(r"各[村镇乡组家]$|的$")
_JOIN = re.compile(r"以及|及|和|与|暨")
_OPEN = re.compile(r"等|…|之类|其他|其它|其余|另")
_OTHERS = re.compile(r"其余|其他|剩|另|还有|外")
_LINE = re.compile(r"[ \u3000]*(?P<name>[一-龥]{2,8})(?:[ \u3000\t:]+|(?=\d))\S.*")
_BEFORE = 200


def back(scene: Scene, mention: Mention) -> Named | None:
    flat, start = scene.reading.flat, mention.quantity.start
    edge = _EDGE.search(flat, max(0, start - 6), start)
    noun = _NOUN.match(flat, mention.quantity.end)
    if edge is None:
        return None
    word = edge["word"]
    if word and mention.quantity.base_unit == "人":
        return _persons(flat, edge.start())
    noun = noun or (_PLAIN.match(flat, mention.quantity.end) if word else None)
    if noun is None:
        return None
    if word and (found := _lines(flat, edge.start(), noun["noun"])) is not None:
        return found
    if not word and not _SURE_SAID.match(noun["said"]):
        return None
    found = _names(flat, edge.start(), noun["noun"], mention)
    return (
        found if found is None or not _is_announced(scene, mention, found) else replace(found, is_sure=False)
    )


def _is_announced(scene: Scene, mention: Mention, found: Named) -> bool:
    """八个村:甲、乙…。截至12月,8个村: the list is that of the first count, which is told."""
    start = max(0, found.start - 24)
    near = scene.mentions[max(0, scene.place_of(mention) - 12) : scene.place_of(mention)]
    return any(
        start < one.quantity.end <= found.start and one.quantity.base_value == mention.quantity.base_value
        for one in near
    )


def _names(flat: str, end: int, noun: str, mention: Mention) -> Named | None:
    begin = _sentence_start(flat, end)
    runs = list(_RUN.finditer(flat, begin, end))
    if not runs and flat[end : end + 1] != ",":
        return None
    if not runs:
        end, begin = begin, _sentence_start(flat, begin - 1)
        runs = list(_RUN.finditer(flat, begin, end))
    if len(runs) != 1:
        return None
    run, ends = runs[0], ends_of(noun)
    names = _split(run[0], ends)
    rest = flat[begin : run.start()] + "\n" + flat[run.end() : end]
    if len(names) < 3 or _OPEN.search(run[0]) or _OTHERS.search(rest):
        return None
    if (
        ends
        and re.search(rf"[一-龥][{ends}](?![民委里内集级支部的:])", rest)
        and flat[run.start() - 1] != ":"
    ):
        return None
    sure = (
        bool(ends)
        and (is_place(noun) or mention.quantity.unit in ("个", "家", "所"))
        and fits(noun, "", names)
    )
    return Named(len(names), len(names), False, sure, run.start(), run.end(), 1, is_before=True)


def _persons(flat: str, end: int) -> Named | None:
    """张某、李某、王某。上述五人: persons named after a colon or a word."""
    runs = list(_RUN.finditer(flat, _sentence_start(flat, end), end))
    if len(runs) != 1 or _OPEN.search(runs[0][0]):
        return None
    names = _split(runs[0][0], "")
    sure = len(names) > 2 and all(_is_person(name) for name in names)
    return Named(len(names), len(names), False, sure, runs[0].start(), runs[0].end(), 1, is_before=True)


def _is_person(name: str) -> bool:
    return (2 <= len(name) <= 3 and name[0] in _SURNAMES) or (len(name) < 9 and name[-1] in _ROLES)


_ROLES = "长任记员席师理计纳"
_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜谢邹喻苏潘葛范彭鲁韦马苗方俞任袁柳鲍史唐费岑薛"
    "雷贺倪汤滕罗毕郝安常乐于傅齐康伍余元顾孟黄穆萧尹姚邵汪毛狄明成戴宋庞熊纪舒屈项祝董梁杜阮蓝闵席季贾路江童颜郭梅"
    "盛林钟徐邱骆高夏蔡田樊胡凌霍万柯管卢莫房丁邓向洪包左石崔龚程邢裴陆荣翁段焦谷车侯全班秋仲宁甘武刘景詹龙叶黎白蒲"
    "乔温庄晏柴阎聂冷辛简饶曾游覃牟冉"
)


def _sentence_start(flat: str, end: int) -> int:
    return max(max(flat.rfind(mark, max(0, end - _BEFORE), end) for mark in "。!?\n;"), -1) + 1


def _split(run: str, ends: str) -> list[str]:
    """The names of a run, the first without what leads to it, the last without what follows it."""
    first, *others = _OF_ALL.sub("", run).split("、")
    names = [side for part in others for side in _JOIN.split(part) if side]
    if len(first) > 4 and (lead := _LEAD.match(first)) is not None and len(first) - lead.end() > 1:
        first = first[lead.end() :]
    elif len(first) > 4 and first[-1:] in ends:
        first = first[-3:]
    if names and ends and names[-1][-1] not in ends:
        place = max(names[-1].rfind(mark) for mark in ends)
        names[-1] = names[-1][: place + 1] if place > 0 else names[-1]
    return [first, *names]


def _lines(flat: str, end: int, noun: str) -> Named | None:
    """农业站 春耕…⏎水利站 清淤…⏎以上三个站所: the lines above that open with such a name."""
    if flat[end : end + 1] != "\n":
        return None
    ends, names = ends_of(noun), 0
    place = end
    while place > 0:
        start = flat.rfind("\n", 0, place) + 1
        match = _LINE.fullmatch(flat, start, place)
        if match is None or match["name"][-1] not in ends:
            break
        names += 1
        place = start - 1
    opened = place > 0 and names > 1
    return Named(names, names, False, True, place, end, 1, is_before=True) if opened else None
