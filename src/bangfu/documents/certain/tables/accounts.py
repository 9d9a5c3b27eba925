"""收入合计, 支出合计 and what is left: 结余 in the table itself or in the words below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.columns import totalled
from bangfu.documents.certain.tables.grid import Grid
from bangfu.documents.certain.tables.numbers import makes_up, slipped, sum_of
from bangfu.documents.reading.structure import Mention

_IN = re.compile(r"(?:收入|收款|进账|实收|募集|捐款|到账|来源|可用)[^,;。]{0,8}$|收[一-龥]{0,2}(?:合计|总计|共计|小计)|总收入|(?:可用|能用|可支配)[^;。]{0,12}共?$")
_OUT = re.compile(r"(?:支出|花费|开支|付出|用款|使用)[一-龥]{0,2}(?:合计|总计|共计|小计|总额)?[:为是]?$|总支出|共支[出付]?|支[一-龥]{0,2}(?:合计|共计)")
_REST = re.compile(r"(?:结余|节余|剩余|结存|余额|净余|盈余|净收[入益]|利润|[还剩]余|剩|尚余|余)[一-龥]{0,3}[:为是]?$")
_FORMER = re.compile(r"上[期年月季]|去年|期初|年初|前期|往年|历年|累计|滚存|其中")
_WHOLE = re.compile(r"合计|总计|共|小计|总|实收|实际|收入|支出")
_REACH = 1200
_LONG = 3


@dataclass(frozen=True)
class Flow:
    """A total of money that came in or went out; `repaired` is what its items make."""

    mention: Mention
    repaired: Mention | None = None


def account_faults(scene: Scene, grids: Sequence[Grid]) -> Iterator[Relation]:
    named = _names(grids)
    if not any(_OUT.search(name) or _IN.search(name) for name in named.values()):
        return
    money = [one for one in scene.mentions if one.quantity.kind == "money" and one.quantity.is_exact]
    labelled = [(one, named.get(one.index) or _words(one)) for one in money]
    for rest, words in labelled:
        if not _REST.search(words) or _FORMER.search(words):
            continue
        before = [(one, name) for one, name in labelled if 0 < rest.quantity.start - one.quantity.start < _REACH]
        came = next((one for one, name in reversed(before) if _is_flow(_IN, one, name, named)), None)
        went = next((one for one, name in reversed(before) if _is_flow(_OUT, one, name, named)), None)
        if came is not None and went is not None and not {came.index, went.index}.isdisjoint(named):
            yield from _fault(grids, came, went, rest, [one for one, _ in before])


def _is_flow(pattern: re.Pattern[str], one: Mention, words: str, named: dict[int, str]) -> bool:
    return pattern.search(words) is not None and (one.index in named or _FORMER.search(words) is None)


def _names(grids: Sequence[Grid]) -> dict[int, str]:
    """The names of the lines of totals by their one amount."""
    return {
        cell.index: row.name
        for grid in grids
        for row in grid.rows
        if row.total or _REST.search(row.name)
        for cell in [one for one in row.cells.values() if one.quantity.kind == "money"][:1]
        if sum(one.quantity.kind == "money" for one in row.cells.values()) == 1
    }


def _words(one: Mention) -> str:
    return one.left.strip()


def _fault(
    grids: Sequence[Grid], came: Mention, went: Mention, rest: Mention, before: Sequence[Mention]
) -> Iterator[Relation]:
    true = came.quantity.base_value - went.quantity.base_value
    if true <= 0 or makes_up([went, rest], came) or _with_former(came, went, rest, before):
        return
    cause = slipped(rest, true) if digits(rest.quantity) >= _LONG else ""
    cause = f"“{rest.quantity.text}”{cause},应为{shown(true, rest.quantity)}" if cause else ""
    cause = cause or _by_repair(grids, came, went, rest)
    if cause:
        said = (
            f"{came.quantity.text}-{went.quantity.text}={shown(true, rest.quantity)},文中结余写的是{rest.quantity.text}"
        )
        members = (came.index, went.index)
        yield Relation("difference", members, rest.index, true, False, "error", said, cause)


def _with_former(came: Mention, went: Mention, rest: Mention, before: Sequence[Mention]) -> bool:
    """What was left from before is added."""
    gap = rest.quantity.base_value - (came.quantity.base_value - went.quantity.base_value)
    return any(one.quantity.base_value == abs(gap) for one in before if one not in (came, went))


def _by_repair(grids: Sequence[Grid], came: Mention, went: Mention, rest: Mention) -> str:
    """It comes out with what the items of a wrong total make, or with a total in which a digit slipped."""
    for grid in grids:
        for one in totalled(grid):
            for found in one.sums:
                if found.holds or found.total not in (came, went):
                    continue
                right = sum_of(found.items)
                into, out = (
                    (right, went.quantity.base_value)
                    if found.total is came
                    else (came.quantity.base_value, right)
                )
                if rest.quantity.states(into - out):
                    return f"“{found.total.quantity.text}”应为{shown(right, found.total.quantity)}"
    return ""
