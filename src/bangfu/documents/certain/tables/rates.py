"""Percentages that the prose says of a table's rows or columns: 全村进度88.1%,一组最快,91.5%;四组最慢,83.1%."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.tables.grid import Grid, Row
from bangfu.documents.certain.tables.numbers import is_near, slipped, written
from bangfu.documents.certain.tables.wholes import Prose
from bangfu.documents.reading.structure import Mention

_OTHER = re.compile(
    r"上[期年月季周次]|去年|前年|同期|比|较|目标|要求|任务|不低于|不少于|高于|低于|提高|提升|下降|降低|增|减|涨|降|加快|其余|其他"
)
_ALL = re.compile(r"全[省市州县区镇乡村组校年]|总体|整体|总的?[一-龥]{0,3}|合计|平均|综合")
_KIND = re.compile(r"[镇乡村组县市区]$")
_EMPTY = re.compile(r"\([^()]*\)|[人户个项]?数$|总[数额]$|合计|金额$")
_WHOLE = re.compile(r"^(?:全部|总|全[县镇乡村市区]|本[镇乡村]|同期|当期)")
_FITS, _ALMOST_ALL = 2, Decimal("0.995")

Pair = tuple[Mention, Mention]
Form = Callable[[Row], Pair | None]


@dataclass(frozen=True)
class Said:
    """A percentage of the prose and the line, or the column, that its clause names."""

    share: Mention
    row: Row | None
    column: int | None


def rate_faults(grid: Grid, prose: Prose) -> Iterator[Relation]:
    said = list(_said(grid, prose))
    total = next((row for row in reversed(grid.rows) if row.total), None)
    told: set[int] = set()
    for one in _between_heads(grid, prose, total):
        told.add(one.stated)
        yield one
    for forms in (_forms_of_rows(grid, total), _forms_of_columns(grid, total)):
        best = max((_outcome(form, said) for form in forms), key=_soundness, default=None)
        if best is None:
            continue
        sound, wrong = best
        for share, pair in wrong if len(wrong) * 2 <= len(sound) else ():
            true = _ratio(pair)
            cause = slipped(share, true)
            near = bool(cause) or is_near(true, share.quantity)
            if share.index not in told and near and (len(sound) >= _FITS or (cause and sound)):
                told.add(share.index)
                yield _told(share, pair, cause)


Outcome = tuple[list[Mention], list[tuple[Mention, Pair]]]


def _soundness(one: Outcome) -> tuple[int, int]:
    return len(one[0]), -len(one[1])


def _said(grid: Grid, prose: Prose) -> Iterator[Said]:
    for share in prose.below(grid):
        words = re.split(r"[;。\n]", share.gap)[-1]
        if share.quantity.kind != "share" or not share.quantity.is_exact or _OTHER.search(words):
            continue
        named = [row for row in grid.items if is_named(row.name, words)]
        heads = [at for at, head in grid.heads.items() if at in grid.classes and _is_headed(head, words)]
        if len(named) == 1:
            yield Said(share, named[0], None)
        elif not named and len(heads) == 1:
            yield Said(share, None, heads[0])
        elif not named and not heads and _ALL.search(words):
            total = next((row for row in reversed(grid.rows) if row.total), None)
            if total is not None:
                yield Said(share, total, None)


def is_named(name: str, words: str) -> bool:
    short = _KIND.sub("", name)
    return len(name) > 1 and (name in words or (len(short) > 1 and short in words))


def _between_heads(grid: Grid, prose: Prose, total: Row | None) -> Iterator[Relation]:
    """脱贫人口占用工的44.2%: the heads of two columns, of the line that is named or of the totals."""
    for share in prose.below(grid):
        words = re.split(r"[;。\n]", share.gap)[-1]
        part, mark, whole = words.rpartition("占")
        if not mark or share.quantity.kind != "share" or not share.quantity.is_exact or _OTHER.search(words):
            continue
        rows = [row for row in grid.items if is_named(row.name, words)]
        row = rows[0] if len(rows) == 1 else total if not rows else None
        parts = [at for at, head in grid.heads.items() if _core(head) and part.endswith(_core(head))]
        wholes = [
            at
            for at, head in grid.heads.items()
            if _core(head) and _WHOLE.sub("", whole).startswith(_core(head))
        ]
        if row is None or len(parts) != 1 or len(wholes) != 1 or not {*parts, *wholes} <= set(row.cells):
            continue
        pair = row.cells[parts[0]], row.cells[wholes[0]]
        if parts == wholes or not pair[0].is_like(pair[1]) or pair[1].quantity.base_value <= 0:
            continue
        true = _ratio(pair)
        if (
            true <= 1
            and not share.quantity.states(true)
            and (is_near(true, share.quantity) or slipped(share, true))
        ):
            yield _told(share, pair, slipped(share, true))


def _core(head: str) -> str:
    core = _EMPTY.sub("", head)
    return core if len(core) > 1 else ""


def _is_headed(head: str, words: str) -> bool:
    core = _EMPTY.sub("", head)
    return len(core) > 1 and core in words


def _forms_of_rows(grid: Grid, total: Row | None) -> Iterator[Callable[[Said], Pair | None]]:
    """One column divided by another in the line, or the line's part of a column's total."""
    for part in grid.classes:
        for whole in grid.classes:
            if part != whole and grid.classes[part] == grid.classes[whole]:
                yield lambda said, part=part, whole=whole: _in_line(said, part, whole)  # type: ignore[misc]
        if total is not None:
            yield lambda said, part=part: _of_total(said, part, total)  # type: ignore[misc]


def _forms_of_columns(grid: Grid, total: Row | None) -> Iterator[Callable[[Said], Pair | None]]:
    """A column's total divided by that of the column of totals: 省外占63.6%."""
    if total is None:
        return
    for whole in grid.classes:
        yield lambda said, whole=whole: _of_column(said, whole, total)  # type: ignore[misc]


def _in_line(said: Said, part: int, whole: int) -> Pair | None:
    if said.row is None or part not in said.row.cells or whole not in said.row.cells:
        return None
    return said.row.cells[part], said.row.cells[whole]


def _of_total(said: Said, part: int, total: Row) -> Pair | None:
    if said.row is None or said.row is total or part not in said.row.cells or part not in total.cells:
        return None
    return said.row.cells[part], total.cells[part]


def _of_column(said: Said, whole: int, total: Row) -> Pair | None:
    if said.column is None or said.column == whole or not {said.column, whole} <= set(total.cells):
        return None
    pair = total.cells[said.column], total.cells[whole]
    return pair if pair[0].is_like(pair[1]) else None


def _outcome(form: Callable[[Said], Pair | None], said: Sequence[Said]) -> Outcome:
    sound: list[Mention] = []
    wrong: list[tuple[Mention, Pair]] = []
    for one in said:
        pair = form(one)
        if pair is None or pair[1].quantity.base_value <= 0 or _ratio(pair) > 1:
            continue
        if not one.share.quantity.states(_ratio(pair)):
            wrong.append((one.share, pair))
        elif _ratio(pair) < _ALMOST_ALL:
            sound.append(one.share)
    return sound, wrong


def _ratio(pair: Pair) -> Decimal:
    return pair[0].quantity.base_value / pair[1].quantity.base_value


def _told(share: Mention, pair: Pair, cause: str) -> Relation:
    true = _ratio(pair)
    right = written(true, share.quantity)
    said = f"按表中{pair[0].quantity.text}÷{pair[1].quantity.text}={right},文中写的是{share.quantity.text}"
    cause = f"“{share.quantity.text}”{cause},应为{right}" if cause else ""
    return Relation("share", tuple(one.index for one in pair), share.index, true, False, "error", said, cause)
