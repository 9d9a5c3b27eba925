"""Rows that a total closes: 甲3户、乙5户,共8户; sentences and lines with 合计 under them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.certain.rows.candidate import (
    WEIGHT,
    Candidate,
    Rows,
    class_of,
    one_of_each,
    steps,
)
from bangfu.documents.certain.rows.numbers import HOPELESS, comes_out, likeness
from bangfu.documents.certain.rows.readings import has_other_reading
from bangfu.documents.certain.rows.said import is_planned
from bangfu.documents.certain.rows.signs import makes_other, signs_of
from bangfu.documents.certain.rows.words import (
    AMONG,
    BUT,
    NAMED,
    STRONG,
    TOTAL,
    TURNS,
    is_of_them,
    said_count,
)
from bangfu.documents.reading.structure import Mention

_REACH = 40
_ABOVE = re.compile(r"以上|上述|前述|上列|所列|这|各项|各类|几项|所有|全部|两者|二者|三者")
_COMES = re.compile(
    r"[ \t]*(?:以上|上述|[两三四五六七八九十][者项类级笔种]|前述)?(?:合计|总计|共计|总共|一共|小计|共)"
)
_LONG, _LISTED = 24, 3
_NEXT = re.compile(r",[一-龥]{0,6}")
_HEADS = re.compile(r"[ \t]*[一-龥]{0,4}(?:总额|合计|总计|共计|总共|一共)")
_ENDS = re.compile(r"(?:共|合计|总计|共计|总额|总数|总和|小计)[一-龥]{0,3}$")
_BEGINS = re.compile(r"[ \t]*[一-龥]{0,4}(?:合计|总计|共计|总共|一共|小计|累计|共)")
_PERIOD_SUM = re.compile(r"(?:全年|年度|本年|当年|全学年|半年)[一-龥]{0,6}$")
_PERIOD = re.compile(
    r"春季?|秋季?|夏季|冬季|[上下]半年|[一二三四]季度|\d{1,2}[至—-]\d{1,2}月|\d{1,2}月|[一二三上下]学期|前期|后期"
)
_FIGURES = re.compile(r"\d[\d,.]*[万亿]?[一-龥]?")


def before(rows: Rows) -> Iterator[Candidate]:
    mentions = rows.scene.mentions
    for at, total in enumerate(mentions):
        words = _total_words(rows, total) if _may_be_total(rows, total) else None
        if words is None:
            continue
        yield from _closed(rows, total, mentions[max(0, at - _REACH) : at][::-1], words)


def _may_be_total(rows: Rows, total: Mention) -> bool:
    return rows.able(total) or (rows.is_whole(total) and not total.quantity.per)


def _total_words(rows: Rows, total: Mention) -> str | None:
    """The words of its clause, where they say that it is a total."""
    clause = rows.scene.clause(total)
    group = rows.scene.group_of[total.index].mentions[0]
    words = clause if group is total else rows.scene.clause(group) + clause
    bare = _FIGURES.sub("", words)
    if TOTAL.search(bare) or (said_count(words) and _ABOVE.search(words)):
        return words
    if _PERIOD_SUM.search(bare.rstrip("、")[-12:]):
        return words
    if (borrowed := _said_beside(rows, total)) is not None:
        return borrowed
    if said_count(words[-14:]) and (clause[:1] in "两三四五六七八九十二" or _ABOVE.match(clause)):
        return words
    return None


def _said_beside(rows: Rows, total: Mention) -> str | None:
    """The total words of the clause before: 合计3635人,代缴373500元; 上述各笔加在一起,全年收入38.5万元."""
    gap = rows.scene.mentions[rows.scene.place_of(total) - 1].gap if rows.scene.place_of(total) else ""
    if _NEXT.fullmatch(total.gap) and TOTAL.search(_FIGURES.sub("", gap)[-10:]):
        return gap[-10:] + total.gap
    words = total.gap[total.gap.rfind("。") + 1 :]
    if len(words) < _LONG and _ABOVE.search(words) and STRONG.search(words):
        return words
    return None


def _is_borrowed(rows: Rows, total: Mention, words: str) -> bool:
    """Whether the words of the total are another figure's, so that the other figures of the row must prove it."""
    own = rows.scene.clause(total)
    return words != own and words == _said_beside(rows, total) and not _ABOVE.search(words)


def _are_periods(rows: Rows, members: Sequence[Mention]) -> bool:
    """春季38.6万元、秋季41.2万元; 1至3月…, 4至12月…"""
    found = [match[0] for one in members for match in [_PERIOD.search(rows.called(one))] if match]
    return len(found) == len(members) == len(set(found))


def _closed(rows: Rows, total: Mention, earlier: Sequence[Mention], words: str) -> Iterator[Candidate]:
    number = said_count(words)
    kind = class_of(total)
    group = rows.scene.group_of[total.index]
    loose: list[Mention] = []
    near, stop = _collected(rows, total, [one for one in earlier if one not in group.mentions], kind, loose)
    if len(near) < 2:
        return
    columns = [near]
    for last in (False, True):
        column = one_of_each(near, last=last)
        if 1 < len(column) < len(near):
            columns.append(column)
    same = [one for one in near if one.sentence == near[-1].sentence and one.segment == near[-1].segment]
    if 1 < len(same) < len(near):
        columns.append(same)
    if any(comes_out(column, total) for column in columns) or any(
        comes_out(loose[start:], total) for start in range(len(loose) - 1)
    ):
        return
    borrowed = _is_borrowed(rows, total, words)
    beside = _beside_total(rows, columns, total) if len(group.mentions) > 1 or borrowed else None
    if borrowed and beside is None:
        return
    for column in [*columns, loose] if beside is None else [beside]:
        lengths = range(len(column) - 1) if beside is None else range(1)
        if any(comes_out(column[start:], total) for start in lengths):
            return
    members, why = (beside, "beside") if beside else _chosen(rows, columns, total, number, stop)
    if len(members) < 2 or not all(one.quantity.is_exact for one in (*members, total)):
        return
    if not TOTAL.search(words) and number is None and not beside and not _are_periods(rows, members):
        return
    if likeness(members, total) < HOPELESS:
        return
    between = rows.between(members[-1], total)
    lines = [one.paragraph for one in members]
    if len(set(lines)) not in (1, len(lines)) and members[0].paragraph != total.paragraph:
        return
    if (
        TURNS.search(rows.between(members[-2], members[-1]))
        or BUT.search(between[-16:])
        or is_of_them(between)
    ):
        return
    if number is None and NAMED.search(words) and not NAMED.search(rows.label(members[-1])):
        return
    if any(one.quantity.base_value == total.quantity.base_value for one in members):
        return
    if is_planned(total) and not any(is_planned(one) for one in members):
        return
    own = [one for one in loose if one.sentence == total.sentence]
    if number is not None and why == "number" and has_other_reading(rows, own, total, number):
        return
    signs = {f"end={why}", "side=before", f"number={_agreement(number, len(members))}"}
    signs.add("strong" if STRONG.search(words) else "weak")
    if _ABOVE.search(words):
        signs.add("above")
    if _ENDS.search(total.left):
        signs.add("said-last")
    if re.fullmatch(r"[^,;。\n]{0,12}[,;。\n]?[ \t]*[^,;。\n]{0,8}", between):
        signs.add("tight")
        if members[-1].sentence == total.sentence and _COMES.match(words):
            signs.add("comes-next")
    if members[-1].sentence != total.sentence:
        signs.add("other-sentence")
        listed = members[-1].paragraph != total.paragraph and not rows.scene.before(total)
        begins = not rows.scene.before(total) and _HEADS.match(words) is not None
        summed = "tight" in signs and (begins or _is_whole_list(rows, members, total))
        headed = _COMES.match(words) or summed or (listed and _BEGINS.match(words) and STRONG.search(words))
        if not (_ABOVE.search(words) or number == len(members) or headed):
            signs.add("far-off")
    yield Candidate(tuple(members), total, frozenset(signs | signs_of(rows, members, total, "")))


def _is_whole_list(rows: Rows, members: Sequence[Mention], total: Mention) -> bool:
    """先后实施:推进560万元、搬迁1284万元、扶持736万元。投入资金累计2580万元: the next sentence begins with the sum."""
    if len(members) < _LISTED or set(steps(rows, members)) != {"、"} or rows.scene.before(total):
        return False
    own = [one for one in rows.scene.mentions if one.sentence == members[0].sentence]
    return own[-1] is members[-1] and sum(class_of(one) == class_of(total) for one in own) == len(members)


def _beside_total(rows: Rows, columns: Sequence[list[Mention]], total: Mention) -> list[Mention] | None:
    """The row whose items make up another figure of the total's group: 甲3户9人、乙5户12人,共8户21人."""
    near = columns[0]
    ends = [near[start:] for start in range(len(near) - 1)]
    return next((column for column in (*columns, *ends) if makes_other(rows, column, total)), None)


def _is_part(rows: Rows, one: Mention, total: Mention) -> bool:
    """Whether it is a part of a figure of the row (甲50户,其中低保12户;乙…), and not an item of the row."""
    if not rows.scene.is_nested(one) or AMONG.search(rows.between(one, total)) or rows.scene.is_nested(total):
        return False
    among = rows.flat.rfind("其中", 0, one.quantity.start)
    return any(
        other.segment == one.segment and other.quantity.end <= among and class_of(other) == class_of(one)
        for other in rows.scene.before(one)
    )


def _agreement(number: int | None, length: int) -> str:
    return "none" if number is None else "same" if number == length else "other"


def _chosen(
    rows: Rows, columns: Sequence[list[Mention]], total: Mention, number: int | None, stop: str
) -> tuple[list[Mention], str]:
    """The row that the words mean: as many as are said, else all in its sentence that are marked off alike."""
    if number is not None and number > 1:
        own = [one for one in columns[0] if one.sentence == total.sentence]
        first: list[Mention] = own[-number:] if len(own) >= number else []
        for column in (first, columns[-1], *columns):
            if len(column) == number:
                return column, "number"
        for column in columns:
            if len(column) > number:
                return column[-number:], "number-last"
    in_sentence = [[one for one in column if one.sentence == total.sentence] for column in columns]
    for column in in_sentence:
        if len(column) > 1:
            return _back_to_heavier(rows, column, stop)
    return _back_to_heavier(rows, columns[0], stop)


def _back_to_heavier(rows: Rows, column: list[Mention], stop: str) -> tuple[list[Mention], str]:
    found = steps(rows, column)
    for at in range(len(found) - 2, -1, -1):
        if WEIGHT[found[at]] > max(WEIGHT[one] for one in found[at + 1 :]):
            return column[at + 1 :], "heavier"
    return column, stop


def _collected(
    rows: Rows, total: Mention, earlier: Sequence[Mention], kind: str, loose: list[Mention]
) -> tuple[list[Mention], str]:
    """The items before the total in their order, and why they begin where they begin."""
    row: list[Mention] = []
    depth = rows.depth(total)
    for one in earlier:
        if one.paragraph < total.paragraph - 12 or (row and one.paragraph < row[0].paragraph - 1):
            return row, "paragraph"
        if class_of(one) != kind:
            continue
        if rows.depth(one) > (depth if one.sentence == total.sentence else 0):
            continue
        if rows.is_total(one) and one.sentence != total.sentence and row:
            return row, "total"
        if rows.is_total(one) and row:
            if one.left.strip().startswith("共") and "、" in rows.between(one, row[0])[:8]:
                row.insert(0, one)
            return row, "total"
        if one.sentence == total.sentence and _is_part(rows, one, total):
            continue
        if can_add(one):
            loose.insert(0, one)
        if not rows.able(one):
            continue
        row.insert(0, one)
    return row, "end"
