"""Which unit each column of a table has: its head's, its noun's, the title's, the prose's, or its neighbour's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from bangfu.documents.reading.lexicon import Unit
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.tables.blocks import Table
from bangfu.documents.reading.tables.measures import (
    AREA,
    MONEY,
    NEVER,
    SHARE,
    Measure,
    measure_called,
    measure_in_head,
    noun_of,
    units_said,
)
from bangfu.documents.reading.tables.rows import Cell

_UNIT_HEAD = re.compile(r"(?:计量)?单位")
_STATE = re.compile(
    r"[应已未实新拟待需可][一-龥]{1,4}|(?:年度|全年|年初|本期|本年|本月|上年|去年|今年|上月|累计|当月|同期)?(?:计划|完成|目标|任务|开工|竣工|新增|退出|减少|增加|期初|期末|年初|年末|合计|总计|小计|总数|预算|执行|实际|本期|上期|同期|累计|完成数|任务数|计划数)+|"
    r"(?:[省市县区镇乡村境州旗][内外际])+|[男女]性?|其中|(?:19|20)\d\d年?.{0,4}|\d{1,2}月份?|第?[一二三四]季度|[上下]半年|(?:本|上|去|今)[年月季]"
)
_TITLE_WORDS = re.compile(
    r"^.*[::]|\([^()]*\)|^附?[表件]?[一二三四\d]*|[一-龥]*(?:情况|统计|汇总|明细|一览|分布|进度|公示|台账|表|如下|见下)+[::]?$"
)
_TOTAL_HEAD = re.compile(r"合计|小计|总计|共计|总数")
_PLAUSIBLE_YUAN = Decimal(1000)
_FRACTION = Measure(Unit("", "比例", Decimal(1), "share"))
_TOLD_BY = 3
"""So many digits that are the same in the prose are no chance."""


class Prose:
    """The quantities of the text around the tables, by value and by the words before them."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        self._by_value: dict[Decimal, list[Quantity]] = {}
        self._before: list[tuple[str, Quantity]] = []
        for one in quantities:
            self._by_value.setdefault(one.value, []).append(one)
            self._before.append((text[max(0, one.start - 12) : one.start], one))

    def unit_of(self, head: str, figures: Sequence[Decimal]) -> Measure | None:
        """What the prose calls the column's figures: the same long numbers, or the words of the head before a number."""
        said = Counter(
            one.unit
            for figure in figures
            if len(figure.normalize().as_tuple().digits) >= _TOLD_BY
            for one in self._by_value.get(figure, ())
        )
        if said and (found := measure_called(said.most_common(1)[0][0])) is not None:
            return found
        if len(head) < 2:
            return None
        named = Counter(one.unit for words, one in self._before if head in words and one.kind != "share")
        return measure_called(named.most_common(1)[0][0]) if named else None


def measures_of(table: Table, prose: Prose) -> dict[int, Measure]:
    """By column; a column whose unit nobody can tell is left out."""
    columns = table.figure_columns()
    listed = units_said(table.lead) or units_said(table.after)
    found = _stated(table, columns)
    rest = [one for one in columns if one not in found and noun_of(table.heads[one]) != SHARE]
    if len(listed) > 1 and len(listed) == len(rest):
        found |= dict(zip(rest, listed, strict=True))
    for column in columns:
        measure = found.get(column) or _by_noun(table, column, listed, prose)
        if measure is not None:
            found[column] = measure
    found |= _by_total(table, columns, found)
    return found | _by_neighbour(table, columns, found)


def _by_total(table: Table, columns: Sequence[int], found: Mapping[int, Measure]) -> dict[int, Measure]:
    """甲 乙 丙 小计(人): columns without a unit count what they add up to in most lines."""
    unknown = [one for one in columns if one not in found]
    for total in columns if unknown else ():
        if total not in found or not _TOTAL_HEAD.search(table.heads[total]):
            continue
        like = [one for one in columns if one != total and found.get(one, found[total]) == found[total]]
        if sum(_adds_up(row, like, total) for row in table.rows) * 2 > len(table.rows):
            return {one: found[total] for one in unknown if one in like}
    return {}


def _adds_up(row: Sequence[Cell], parts: Sequence[int], total: int) -> bool:
    cells = [row[one] for one in (*parts, total) if one < len(row)]
    if len(cells) <= len(parts) or not all(one.is_figure for one in cells):
        return False
    *members, stated = (value_of(one.text) for one in cells)
    return sum(members) == stated


def _stated(table: Table, columns: Sequence[int]) -> dict[int, Measure]:
    """The units that the heads state themselves."""
    stated = {column: measure_in_head(table.heads[column]) for column in columns}
    return {column: measure for column, measure in stated.items() if measure is not None}


def _by_noun(table: Table, column: int, listed: Sequence[Measure], prose: Prose) -> Measure | None:
    head = table.heads[column]
    noun = noun_of(head)
    figures = figures_of(table, column)
    if noun == NEVER:
        return None
    if noun == SHARE:
        return _FRACTION if _are_fractions(figures) and "%" not in head else measure_called("%")
    if noun == MONEY:
        return _of_kind("money", listed) or prose.unit_of(head, figures) or _plain_yuan(figures)
    if noun == AREA:
        return _of_kind("area", listed) or _of_kind("floor", listed) or prose.unit_of(head, figures)
    if noun:
        known = measure_called(noun)
        return next((one for one in listed if known and one.unit.base == known.unit.base), known)
    return (listed[0] if len(listed) == 1 else None) or prose.unit_of(head, figures)


def _are_fractions(figures: Sequence[Decimal]) -> bool:
    """0.853 under 支付率, as a workbook keeps it, is no thousandth."""
    whole = all(figure == figure.to_integral_value() for figure in figures)
    return bool(figures) and not whole and max(map(abs, figures)) <= 1


def _of_kind(kind: str, listed: Sequence[Measure]) -> Measure | None:
    return next((one for one in listed if one.unit.kind == kind), None)


def _plain_yuan(figures: Sequence[Decimal]) -> Measure | None:
    """Whole amounts of thousands are 元: nobody writes 55400 in 万元 without saying so."""
    whole = all(figure == figure.to_integral_value() for figure in figures)
    return measure_called("元") if figures and whole and max(figures) >= _PLAUSIBLE_YUAN else None


def _by_neighbour(table: Table, columns: Sequence[int], found: Mapping[int, Measure]) -> dict[int, Measure]:
    """已务工 and 省外 beside 劳动力 count the same: heads that only say in what state."""
    known = {column: one for column, one in found.items() if one.unit.kind != "share"}
    title = _title_measure(table)
    more: dict[int, Measure] = {}
    for column in columns:
        if column in found or noun_of(table.heads[column]):
            continue
        if not _STATE.fullmatch(table.heads[column]):
            continue
        beside = max((one for one in known if one < column), default=min(known, default=None))
        measure = title if beside is None else known[beside]
        if measure is not None:
            more[column] = known[column] = measure
    return more


def _title_measure(table: Table) -> Measure | None:
    words = _TITLE_WORDS.sub("", table.lead.rsplit("\n", 1)[-1])
    words = _TITLE_WORDS.sub("", words)
    noun = noun_of(words) if words else ""
    return measure_called(noun) if noun else None


def figures_of(table: Table, column: int) -> list[Decimal]:
    return [value_of(row[column].text) for row in table.rows if column < len(row) and row[column].is_figure]


def value_of(figure: str) -> Decimal:
    return Decimal(figure.replace(",", "").replace("−", "-"))


def unit_column(table: Table) -> int | None:
    """The column that names the unit of each row."""
    return next((at for at, head in enumerate(table.heads) if _UNIT_HEAD.fullmatch(head)), None)


def measure_of_row(table: Table, row_name: str, unit: str) -> Measure | None:
    """The unit that a row names itself: in its column 单位, or behind its name; 耕地面积(亩)."""
    return measure_called(unit) if unit else measure_in_head(row_name)


def measure_of_name(row_name: str) -> Measure | None:
    """What a row counts by its noun: 培训人数 under 2021年."""
    noun = noun_of(row_name)
    if noun in ("", NEVER, MONEY, AREA):
        return None
    return measure_called("%" if noun == SHARE else noun)
