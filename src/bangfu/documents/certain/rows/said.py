"""What the words before a total say of it: that it is one, of how many items, and of which."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from bangfu.documents.certain.rows.candidate import Rows
from bangfu.documents.certain.rows.words import STRONG, TOTAL, is_of_them, said_count
from bangfu.documents.reading.numerals import chinese_value
from bangfu.documents.reading.structure import Mention

_FIGURES = re.compile(r"\d[\d,.]*[万亿]?[一-龥]?")
_ABOVE = re.compile(
    r"(?<![元户人分岁个亩名斤项万亿年月天日米])以上|上述|前述|上列|所列|各项|各类|几项|所有|全部|[两二三四]者"
)
_TOGETHER = re.compile(
    r"合并|凑成|凑[够齐]|相加|累加|汇成|归总|加总|满打满算|拢共|拢总|[合汇并]在一[起块]|拧在一起|[两三四五六几][股笔项]并"
)
_MORE = re.compile(
    r"加上|算上|连同|连上|总(?=[一-龥]{1,5}$)|"
    r"(?:全[年县镇乡村市区校省]|一[年天月日季]|每[天月年日季]|两[季年]|当[月年季])[一-龥]{0,4}[,:]?[一-龥]{0,4}$"
)
_FIRST = re.compile(r"前([二两三四五六七八九十])[名位个家]")
_EACH_PERIOD = re.compile(r"每[月年天日季](?:合计|总计|共计|一共|共|总)[一-龥]{0,4}$")
_LEFT = re.compile(r"其中|含|不含|扣除|除去|剔除|减去|结余|剩余|余下|尚|还有|未|另有|另外")
_ADDED = re.compile(
    r"(?:加上|连同|算上|另加|再加)[一-龥]{0,3}(?:年初|上年|上月|上期|原有|原来|结转|余额|结余|滚存)?[一-龥]{0,4}$"
)
"""加上年初余额61万元: what is added is an item."""
_TOTALS = re.compile(rf"(?:{TOTAL.pattern}|各|三|两|全部|全年|[了为达约])")
_WINDOW, _PIECE, _LABEL = 48, 90, 2
_PLANNED = re.compile(r"计划(?!生育)|设计的?$|批复的?$|目标|任务|预算|预计|拟|打算|争取|力争")
_MARKS = "。;\n!?"


@dataclass(frozen=True)
class Said:
    """`words` go back to the last figure of its class, `piece` to the last full stop."""

    words: str
    piece: str
    label: str

    @cached_property
    def bare(self) -> str:
        return _FIGURES.sub("", self.words)

    @cached_property
    def number(self) -> int | None:
        """How many items are spoken of; 前三名 counts too."""
        first = _FIRST.search(self.words)
        if first is None:
            return said_count(self.words)
        value = chinese_value(first[1])
        return int(value) if value is not None else None

    @cached_property
    def piece_number(self) -> int | None:
        """四片计划8000亩,今天累计完成6687亩: the number said to another figure of the piece."""
        return said_count(self.piece)

    @cached_property
    def strong(self) -> bool:
        return STRONG.search(self.bare) is not None or _TOGETHER.search(self.bare) is not None

    @cached_property
    def weak(self) -> bool:
        return TOTAL.search(self.bare) is not None

    @cached_property
    def above(self) -> bool:
        return _ABOVE.search(self.words) is not None

    @cached_property
    def more(self) -> bool:
        return _MORE.search(self.bare) is not None

    @cached_property
    def anything(self) -> bool:
        return self.strong or self.weak or self.above or self.more or self.number is not None

    @cached_property
    def closes_piece(self) -> bool:
        """合计259人次,自付费用138.5万元,救助98.78万元: the whole piece is of totals."""
        return STRONG.match(self.piece.lstrip(" ,、:—-①②③④⑤⑥")[:8]) is not None

    @property
    def is_rest(self) -> bool:
        if is_of_them(self.words):
            return True
        return _LEFT.search(self.bare[-10:]) is not None or _ADDED.search(self.bare) is not None


def said_of(rows: Rows, total: Mention) -> Said:
    flat, end = rows.flat, total.quantity.start
    piece = max(end - _PIECE, *(flat.rfind(mark, 0, end) + 1 for mark in _MARKS))
    start = max(piece, end - _WINDOW)
    for one in rows.scene.before(total)[::-1]:
        if one.quantity.kind == total.quantity.kind and one.is_like(total):
            start = max(start, one.quantity.end)
            break
    label = _TOTALS.sub("", total.left)[-_LABEL:]
    return Said(flat[start:end], flat[piece:end], label if len(label) == _LABEL else "")


def is_planned(one: Mention) -> bool:
    """全年计划发放360万元 beside what was done is no sum of it."""
    return _PLANNED.search(one.left) is not None


def is_of_period(total: Mention) -> bool:
    """每月合计: of each month, and yet a total."""
    return _EACH_PERIOD.search(total.left) is not None
