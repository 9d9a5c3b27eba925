"""收入合计, 支出合计 and what is left: 结余 in the table itself or in the words below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.columns import totalled
from bangfu.documents.certain.tables.grid import Grid
from bangfu.documents.certain.tables.numbers import makes_up, slipped, sum_of
from bangfu.documents.reading.structure import Mention

_IN = re.compile(
    r"(?:收入|收款|进账|实收|募集|捐款|到账|来源|可用)[^,;。]{0,8}$|收[一-龥]{0,2}(?:合计|总计|共计|小计)|总收入|(?:可用|能用|可支配)[^;。]{0,12}共?$"
)
_OUT = re.compile(
    r"(?:支出|花费|开支|付出|用款|使用)[一-龥]{0,2}(?:合计|总计|共计|小计|总额)?[:为是]?$|总支出|共支[出付]?|支[一-龥]{0,2}(?:合计|共计)"
)
_REST = re.compile(
    r"(?:结余|节余|剩余|结存|余额|净余|盈余|净收[入益]|利润|[还剩]余|剩|尚余|余)(?:资金|款项?|额|金|现金|资产)?(?:共|计|有|了|约|仅|还有|合计|为|是|:)*$"
)
_FORMER = re.compile(r"上[期年月季]|去年|期初|年初|前期|往年|历年|累计|滚存|其中")
_SIDED = re.compile(r"[收支余剩存]|花|进账|盈|利润")
_SPENT, _CAME = re.compile(r"支|花|开销|用到|用在|使用"), re.compile(r"收|进账|来源")
_LEFT_WORDS = r"(?:结余|节余|余额|结存|结转|滚存)[一-龥]{0,2}[:为是]?$"
_OPENING = re.compile(rf"(?:上[期年月季]|去年|[期年季月]初|前期|原)[一-龥]{{0,4}}{_LEFT_WORDS}")
_CLOSING = re.compile(rf"(?:[期年季月]末|[期年季月]底|累计|现|滚存)[一-龥]{{0,4}}{_LEFT_WORDS}|现存$")
_REACH = 1200
_LONG = 3


def account_faults(scene: Scene, grids: Sequence[Grid]) -> Iterator[Relation]:
    named = _names(scene, grids)
    if not any(_OUT.search(name) or _IN.search(name) for name in named.values()):
        return
    money = [one for one in scene.mentions if one.quantity.kind == "money" and one.quantity.is_exact]
    labelled = [(one, named.get(one.index) or _words(one)) for one in money]
    for rest, words in labelled:
        if not _REST.search(words) or _FORMER.search(words):
            continue
        before = [
            (one, name) for one, name in labelled if 0 < rest.quantity.start - one.quantity.start < _REACH
        ]
        came = next((one for one, name in reversed(before) if _is_flow(_IN, one, name, named)), None)
        went = next((one for one, name in reversed(before) if _is_flow(_OUT, one, name, named)), None)
        if came is not None and went is not None and not {came.index, went.index}.isdisjoint(named):
            former = [one for one, name in before if _FORMER.search(name)]
            yield from _fault(grids, came, went, rest, former)
            yield from _closing(labelled, came, went, rest)


def _is_flow(pattern: re.Pattern[str], one: Mention, words: str, named: dict[int, str]) -> bool:
    other = _OUT if pattern is _IN else _IN
    own = pattern.search(words) is not None and (pattern is _OUT or other.search(words) is None)
    return own and (one.index in named or _FORMER.search(words) is None)


def _names(scene: Scene, grids: Sequence[Grid]) -> dict[int, str]:
    """The names of the lines of totals by their one amount; 合计 below 二、支出 is 支出合计."""
    return {
        cell.index: row.name if _SIDED.search(row.name) else _lead(scene, grid) + row.name
        for grid in grids
        for row in grid.rows
        if row.total or _REST.search(row.name)
        for cell in [one for one in row.cells.values() if one.quantity.kind == "money"][:1]
        if sum(one.quantity.kind == "money" for one in row.cells.values()) == 1
    }


def _lead(scene: Scene, grid: Grid) -> str:
    """Whether the line above the grid speaks of what came in or of what was spent."""
    above = scene.reading.flat[max(0, grid.start - 40) : grid.start].rstrip("\n").rsplit("\n", 1)[-1]
    out, came = _SPENT.search(above), _CAME.search(above)
    return "" if (out is None) == (came is None) else "支出" if out is not None else "收入"


def _words(one: Mention) -> str:
    return one.left.strip()


def _fault(
    grids: Sequence[Grid], came: Mention, went: Mention, rest: Mention, former: Sequence[Mention]
) -> Iterator[Relation]:
    true = came.quantity.base_value - went.quantity.base_value
    if true <= 0 or makes_up([went, rest], came) or _with_former(came, went, rest, former):
        return
    cause = slipped(rest, true) if digits(rest.quantity) >= _LONG else ""
    cause = f"“{rest.quantity.text}”{cause},应为{shown(true, rest.quantity)}" if cause else ""
    cause = cause or _by_repair(grids, came, went, rest)
    if cause:
        said = f"{came.quantity.text}-{went.quantity.text}={shown(true, rest.quantity)},文中结余写的是{rest.quantity.text}"
        members = (came.index, went.index)
        yield Relation("difference", members, rest.index, true, False, "error", said, cause)


def _closing(
    labelled: Sequence[tuple[Mention, str]], came: Mention, went: Mention, rest: Mention
) -> Iterator[Relation]:
    """上季结余8.44, 本季结余3.68, 季末结余12.12: what was left before is added to what is left now."""
    former = next((one for one, name in labelled if _OPENING.search(name)), None)
    last = next((one for one, name in labelled if _CLOSING.search(name) and one.index > rest.index), None)
    if former is None or last is None or last is rest or makes_up([former, rest], last):
        return
    true = former.quantity.base_value + rest.quantity.base_value
    right = came.quantity.base_value - went.quantity.base_value
    cause = slipped(last, true)
    cause = f"“{last.quantity.text}”{cause},应为{shown(true, last.quantity)}" if cause else ""
    if not cause and last.quantity.states(former.quantity.base_value + right):
        cause = f"“{rest.quantity.text}”应为{shown(right, rest.quantity)}"
    if cause:
        said = f"{former.quantity.text}+{rest.quantity.text}={shown(true, last.quantity)},文中写的是{last.quantity.text}"
        yield Relation("sum", (former.index, rest.index), last.index, true, False, "error", said, cause)


def _with_former(came: Mention, went: Mention, rest: Mention, former: Sequence[Mention]) -> bool:
    """What was left from before is added."""
    gap = rest.quantity.base_value - (came.quantity.base_value - went.quantity.base_value)
    return any(one.quantity.base_value == abs(gap) for one in former if one not in (came, went))


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
