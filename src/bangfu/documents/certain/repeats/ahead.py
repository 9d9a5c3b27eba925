"""Whether a figure is one to be reached: by its own words, or by the heading under which it stands."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.words import AHEAD, DEFINITE, FUTURE, STARTING
from bangfu.documents.reading.structure import Mention

_HEADING = re.compile(
    r"(?m)^[ \u3000\t]*(?:#+ *)?(?:"
    r"[(【\[]?[一二三四五六七八九十\d]{1,3}(?:[)】\].、,:．]|\.\d)[)、.]?|第[一二三四五六七八九十]+[、,:]|[一二三四五六七八九十]是|"
    r"[问●■◆▲※·*—-]+[:、]?|[【\[(])? *"
    r"([^。;!\n]{2,24}?)(?:[。:?!\])】]|$)"
)
"""A short piece at the head of a line: 六、下周目标。 问:明年目标? 来年目标: 四、下步打算."""
_NEXT = re.compile(
    r"下一?步(?!骤)|下一?阶段|下半年|下一?季度|下个?[月周旬](?!发)|下一年|下年度?|来年|明年|次年|明后[两]?年|今后|未来|展望|打算|(?<!完成)目标(?!完成|任务完成|群体|人群)|"
    r"20\d\d年[^,。]{0,6}(?:计划|安排|任务|重点|思路)|工作(?:计划|安排|思路|要点|重点)|努力方向|设想|构想|谋划|奋斗|预期"
)
_ASKED = re.compile(
    r"(?:恳请|请求|申请|恳求|提请|请示|请(?=[县市省区上]|财政|有关|予|贵|给予|安排|追加))[^。;]{0,40}$"
)
_DONE = re.compile(r"完成|回顾|总结|情况|落实|执行|差距|进度|实现|对比|对照|进展|成效|上年|上月|去年")
_OPENS = re.compile(
    r"展望|怎么[干办走抓做]|咋[干办]|接下来|往后|今后[一-龥]{1,3}年|未来[一-龥]{1,3}年|(?:下一?步|明年|来年|下年)[^,。;]{0,6}(?:目标|打算|计划|安排|重点)"
)
_KNOWN = re.compile(
    r"(?:对|针对|围绕|用好|用足|办好|建好|稳住|守住|守好|服务好?|带好|跟踪|盯紧|盯住|盯牢|盘活|管好|管护|管理|抓好|依托|利用|发挥|巩固|比|较|在|按照?|兑现|落实|清理|化解|消化)"
    r"[^,。;:、(]{0,8}$"
)
"""Before a figure in a plan: what is worked upon, or from where one starts, is known."""
_ALL = re.compile(r"[^,。;:]{0,8}(?:全部|一律|都|均|逐[一户人个村]|挨家|一一)|的?(?:剩余|余下|缺口|遗留)")
_DONE_SO_FAR = re.compile(
    r"已|共收|共发|累计|截至|截止|目前|半年[共来]|全年[共实]|一年来|回头看|总的看|总体看|综上|以上|上述"
)
_REACHED = re.compile(
    r"(?:提高|提升|扩大|发展|增加|壮大|上升|降|压|压减|扩|升|提|达|控制|稳定|做)(?:到|至)了?$"
)
_TO_DO = re.compile(r"要(?:把|将|使|让|力争|争取|确保)|力争|争取把|确保")
_GOAL = re.compile(
    r"力争|争取(?![到了]|[^,。;]{0,8}(?:资金|项目|帮扶|援助|补助|支持|经费|捐))|确保|预计|预期|拟(?!定|合)|不得?低于|(?:要|须|应|需|得|再)(?:力争|确保|实现|达到|提高|提升|扩大|完成|突破|新增|争取|发展)|"
    r"(?:扩大|提高|提升|发展|增加|壮大|扩|提|降|压减?|控制)(?:到|至|在)[^,。;]{0,3}$|目标[为是:]?$"
)
_REPORTED = re.compile(r"由(?!于)|从(?!事)|已|如今|目前|现在|比|较|上年|去年|今年以来|全年|累计|实际")
_GROUND = re.compile(r"[^,。;]{0,30}?(?:的同时|基础上|前提下|之余)")
_NEXT_YEAR = re.compile(r"明年|来年|下年|次年|下一年|新的一年|今后|下一?步")


def is_ahead(scene: Scene, mention: Mention) -> bool:
    """Whether it is what is to be reached."""
    if STARTING.search(mention.left):
        return False
    if _is_ground(scene, mention):
        return False
    words = scene.clause(mention)
    flat, start = scene.reading.flat, scene.sentence_of(mention).start
    if mention.quantity.kind == "money" and _ASKED.search(flat, start, mention.quantity.start):
        return True
    if FUTURE.search(words + mention.right[:6]):
        return True
    if _TO_DO.search(words) and _REACHED.search(mention.left):
        return True
    if DEFINITE.search(mention.left):
        return False
    if AHEAD.search(flat, start, mention.quantity.start) or _OPENS.search(
        flat, start, mention.quantity.start
    ):
        return True
    known = _KNOWN.search(words) or _ALL.match(mention.right)
    known = known or _DONE_SO_FAR.search(flat, start, mention.quantity.start)
    return not known and bool(_NEXT.search(heading(scene, mention)))


def is_goal(scene: Scene, mention: Mention) -> bool:
    """Whether its own words set it as one to be reached, be all around it known."""
    words = scene.clause(mention)
    if _is_ground(scene, mention):
        return False
    return not _REPORTED.search(words) and bool(_GOAL.search(words))


def _is_ground(scene: Scene, mention: Mention) -> bool:
    """在确保2400万元资金所建项目发挥效益的同时: from it one goes on."""
    ground = _GROUND.match(scene.reading.flat, mention.quantity.end)
    return ground is not None and "在" in scene.clause(mention)


def is_of_next_year(scene: Scene, mention: Mention) -> bool:
    flat, start = scene.reading.flat, scene.sentence_of(mention).start
    return bool(
        _NEXT_YEAR.search(flat, start, mention.quantity.start) or _NEXT_YEAR.search(heading(scene, mention))
    )


def heading(scene: Scene, mention: Mention) -> str:
    """The heading of its section, empty where that speaks of what is done."""
    starts, titles = _headings(scene.reading.flat)
    at = bisect_right(starts, mention.quantity.start)
    return titles[at - 1] if at else ""


@lru_cache(maxsize=4)
def _headings(flat: str) -> tuple[list[int], list[str]]:
    """Where each begins, and its words."""
    found = [(one.start(1), one[1]) for one in _HEADING.finditer(flat)]
    return [start for start, _ in found], ["" if _DONE.search(title) else title for _, title in found]
