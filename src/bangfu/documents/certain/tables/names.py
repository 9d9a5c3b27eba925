"""What the names of rows and the heads of columns say: totals, parts, means, differences."""

from __future__ import annotations

import re

_WORD = r"(?:合计|总计|共计|小计|总和|总共|合并|汇总|总数|加总|相加|一共)"
_TOTAL = re.compile(
    rf"[一-龥\d两、(]{{0,9}}{_WORD}(?:[数额]|\([^()]*\))?|"
    r"(?:全(?:[省市州县区镇乡村组校年季院场园站系旗行局部司期片线段程域月周体]|系统|辖区|社区|街道|公司|中心)|本[县镇乡村区市州旗组])(?:合计|总计|小计|总数|计)?|累计|计|共"
)
_SAID = re.compile(_WORD)
_LOOSE = re.compile(
    r"(?:总|全部|已?完成|改成|改造|建成|实有|现有|共有|实际|累计|发放|参[加评])[一-龥]{1,5}|[一-龥]{1,4}(?:总[数额量]|[户人个座处件笔家台次]数)"
)
_PART = re.compile(r"其中|#|含|内含|(?:[—\-]+)?其中")
_MEAN = re.compile(
    r"均|单价|标准|每|最高|最低|年龄|价格|限额|比例|比重|率$|排名|名次|序号|得分|分数|日期|时间|宽|厚|高度|深"
)
_SUM_HEAD = re.compile(r"合计|总计|小计|共计|总额|总数|合 ?计|计$|全年合计|总[一-龥]{1,3}")
_LEFT_HEAD = re.compile(
    r"[未欠剩余差减缺]|核减|核增|审减|结[余转存]|增减|增加|增长|净增|增量|变化|盈亏|损耗|缺口|利润|收益"
)
_ASIDE = re.compile(r"封顶|按[^每]{1,10}计|不含|另|扣|部分|折半|减半|补发|含|优惠|免|上限|暂|预")


def is_total(name: str) -> bool:
    return _TOTAL.fullmatch(name) is not None


def is_said_total(name: str) -> bool:
    """合计 and the like, which cannot be but the sum of rows; 全镇 can."""
    return _SAID.search(name) is not None


def is_loose_total(name: str) -> bool:
    """改成户数 below the kinds: a sum if figures agree."""
    return _LOOSE.fullmatch(name) is not None


def is_part(name: str) -> bool:
    return _PART.match(name) is not None


def is_mean(head: str) -> bool:
    return _MEAN.search(head) is not None


def is_sum_head(head: str) -> bool:
    return _SUM_HEAD.search(head) is not None


def is_left_head(head: str) -> bool:
    return _LEFT_HEAD.search(head) is not None


def is_exception(words: str) -> bool:
    """A remark that says why the row does not follow the rule."""
    return _ASIDE.search(words) is not None
