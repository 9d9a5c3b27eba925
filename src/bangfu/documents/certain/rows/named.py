"""Totals that name their items: 甲乡、乙镇两地共32座; 岗位补贴、培训补贴、交通补助三项,全年共支出…; C、D级危房共206户."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from bangfu.documents.certain.rows.candidate import Rows
from bangfu.documents.certain.rows.scopes import Items
from bangfu.documents.reading.structure import Mention

_LIST = re.compile(
    r"(?:^|[,;。:!?\n ()]|以上|上述|按|将|把|由|其中)"
    r"(?P<names>[一-龥A-Za-z]{1,10}(?:[、和与及跟]|以及|加上?|连同)[一-龥A-Za-z、]{1,40}?)"
    r"(?P<end>[两二三四五六七八九十]个?(?:[者项样块类种笔级组家档头批路条段户]|乡镇|[乡镇村县区]|方面|部分|地|处|村|产业)|"
    r"(?=[一-龥]{0,8}(?:合计|总计|共计|总共|一共|总数|合起来|加起来|相加|(?<!公)共)))"
)
_SPLIT = re.compile(r"、|和|与|及|跟|以及|加上?|连同")
_LEVEL = re.compile(r"^[A-Za-z一二三四五六七八九甲乙丙丁]$")
_LEVELS = re.compile(r"^([A-Za-z一二三四五六七八九甲乙丙丁])([级类档等期])[一-龥]{0,4}$")
_TAIL = re.compile(r"(?:资金|补助|补贴|人员|工程|项目|户|人|队员?|总数|合计)$")
_LEADS = re.compile(r"^.*(?:以上|上述|前述|其中|按照|按|将|把|由|加上|包括)")
_SHORT, _MOST, _BACK, _HEADING = 2, 6, 50, 18


def named(rows: Rows, total: Mention, items: Items, words: str) -> Iterator[tuple[Mention, ...]]:
    """The rows that the names may mean: for each name the figures that are called by it."""
    match = next(reversed([*_LIST.finditer(words)]), None)
    if match is None:
        return
    names = _names(match["names"])
    if not 1 < len(names) <= _MOST:
        return
    start = total.quantity.start - len(words) + match.start()
    known = [one for one in items.before(total, tiny=True) if one.quantity.end <= start + 1][-_BACK:]
    choices = [_called(rows, name, known) for name in names]
    if not all(choices):
        return
    for row in itertools.islice(itertools.product(*choices), 64):
        if len({one.index for one in row}) == len(row):
            yield tuple(sorted(row, key=lambda one: one.index))


def _names(words: str) -> list[str]:
    names = [one for one in _SPLIT.split(_LEADS.sub("", words)) if one]
    last = _LEVELS.match(names[-1])
    if last and all(_LEVEL.match(one) for one in names[:-1]):
        return [f"{one}{last[2]}" for one in (*names[:-1], last[1])]
    return names


def _called(rows: Rows, name: str, known: Sequence[Mention]) -> list[Mention]:
    """Those whose own words say the name, else those in whose sentence it is said before them."""
    for said in _shorter(name):
        own = [one for one in known if said in _own_words(rows, one)]
        if own:
            return own[-3:]
        near = [one for one in known if said in _sentence_before(rows, one)]
        if near:
            return [near[0], *near[-2:]] if len(near) > 2 else near
    return []


def _shorter(name: str) -> Iterator[str]:
    yield name
    if len(short := _TAIL.sub("", name)) >= _SHORT and short != name:
        yield short
    if len(name) > _SHORT + 1:
        yield name[:_SHORT]


def _own_words(rows: Rows, one: Mention) -> str:
    return rows.label(one) + one.left[-14:]


def _sentence_before(rows: Rows, one: Mention) -> str:
    """Its line up to it, with the heading above."""
    start = rows.flat.rfind("\n", 0, one.quantity.start) + 1
    above = rows.flat.rfind("\n", 0, max(start - 1, 0)) + 1
    if start - above < _HEADING:
        start = above
    return rows.flat[max(start, one.quantity.start - 120) : one.quantity.start]
