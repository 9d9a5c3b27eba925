"""Words of growth and decline, and of what it was before and is now."""

from __future__ import annotations

import re
from functools import lru_cache

from bangfu.documents.reading.structure import Mention

UP = re.compile(
    r"增长|增加|增幅|增速|增收|增产|增|提高|提升|上升|上浮|上涨|涨幅|涨|扩大|多|净增|新增|超过|高出|高|快|添|加码|扩容|扩|调高|上调|攀升|回升|走高|递增|壮大|追加|延长|充实"
)
DOWN = re.compile(
    r"下降|减少|降低|降幅|降|净减|减幅|减|缩减|压减|压缩|下浮|下调|下跌|跌|回落|缩短|缩小|少|低|慢|省下?|节约|节省|省|收窄|下滑|走低|调低|下挫|锐减|递减|萎缩|缩"
)
_CHANGE = re.compile(
    rf"(?:{UP.pattern}|{DOWN.pattern})(?:幅度?|率|速)?(?:了|约|近|为|达|达到|共|是|就|有|出)*$|[多少增减][一-龥]?(?![到至为达成的])[一-龥]$"
)
REACHED = re.compile(r"[到至成为](?:了)?(?:今年|现在|目前|本年|(?:20)?\d\d年[底末]?)?(?:的)?[^,;。:\d]{0,6}$")
FROM = re.compile(r"(?:由|从|自)[^,;。:]*$")
AGAINST = re.compile(
    r"(?:比|较|同比|与|和|跟|对比|相比)[^,;。:]*$|(?:上年|去年|同期|上月|上季度?|年初|上期|前年)[^,;。:]{0,8}$"
)
RISEN = re.compile(r",(?:比|较|同比|与)(?:[^,今本当]{0,10})$")
_PRONE = re.compile(r"年均|复合|平均每年|年平均|环比|累计增长|百分点")
SHARE = re.compile(r"占|其中|任务|计划|目标|率(?:为|达)?$")


LAST = re.compile(
    r"(?:上|去|前|昨)(?:一?年|一?个?月|季度?|日|期|次|周|旬|批|轮|届|学期)|同期|年初|月初|期初|去年|原来?|此前|当初|"
    r"(?:[造改治迁转并行革建级社扶理整训]|实施|项目)前(?![列期往景茅者])"
)
NOW = re.compile(
    r"今年|本年|本月|本期|本季|当年|现|目前|年末|年底|期末|月末|如今|到|本[周旬批轮]|"
    r"[造改治迁转并行革建级社扶理整训施]后(?![期备勤续台])"
)
LIGHT = re.compile(rf"今年|本年|同比|环比|比|较|人?户?总?[数量额](?=[^数量额]*$)|{UP.pattern}|{DOWN.pattern}")


_NORM = re.compile(r"(?:[高低多少]于|超过?|要求|目标|标准|上限|下限|红线|不足|控制在|达到)(?:的|为|是)?$")
_NORM_AFTER = re.compile(r"的(?:[一-龥]{0,4})(?:要求|标准|进度|目标|红线|上限|下限|警戒|控制|底线|门槛|指标)")


def is_norm(mention: Mention) -> bool:
    """符合不高于40%的要求: what is asked for, and not what it is."""
    return bool(_NORM.search(mention.left) and _NORM_AFTER.match(mention.right.strip() or "的要求"))


def sign_of(mention: Mention) -> int:
    """+1 for a rise, -1 for a fall, 0 where the words right before say neither."""
    return _sign_in(mention.left)


@lru_cache(maxsize=20_000)
def _sign_in(left: str) -> int:
    words = _CLAUSE.split(left)[-1]
    if not _CHANGE.search(words) or _PRONE.search(words):
        return 0
    return 1 if _last(UP, words) > _last(DOWN, words) else -1


def sign_against_period(mention: Mention) -> int:
    """The same of a change against the month or quarter before (环比)."""
    if "环比" not in mention.left:
        return 0
    words = _CLAUSE.split(mention.left)[-1]
    if "环比" not in words or not _CHANGE.search(words):
        return 0
    return 1 if _last(UP, words) > _last(DOWN, words) else -1


_CLAUSE = re.compile(r"[,;。:、]")


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((match.end() for match in pattern.finditer(words)), default=-1)


def has_stop(words: str) -> bool:
    return any(mark in words for mark in ";:()。\n")
