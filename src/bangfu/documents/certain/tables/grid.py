"""Runs of lines -> grids: heads, rows with names, and in each cell the one figure that it states."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.tables.lines import Line, Piece, blocks_in
from bangfu.documents.certain.tables.names import is_mean, is_part, is_total
from bangfu.documents.reading.structure import Mention, base_class

_BEFORE = re.compile(r"[^\d,;。:]{0,7}")
_BEHIND = re.compile(r"(?:/[一-龥]{1,3}|\([^\d()]{0,8}\))?")
_REMARKED = re.compile(r"[^()]*?(\([^()]*\d[^()]*\))")
_NOTHING = re.compile(r"[-—–_/\\.·*×无空零略… ]*")
_ORDINAL = re.compile(r"[\d①-⑳一二三四五六七八九十]{1,3}[.、]?")
_FIGURE = re.compile(r"\d")
_YEARS = re.compile(r"(?:19|20)\d\d年?")


@dataclass(frozen=True)
class Row:
    """`cells` are the figures by column; `words` are the pieces that hold none, or more than one, by column."""

    name: str
    cells: dict[int, Mention]
    words: dict[int, Piece]
    total: bool = False
    part: bool = False


@dataclass(frozen=True)
class Grid:
    heads: dict[int, str]
    rows: tuple[Row, ...]
    start: int
    end: int
    classes: dict[int, str] = field(default_factory=dict)

    @property
    def items(self) -> list[Row]:
        return [row for row in self.rows if not row.total]

    def head(self, column: int) -> str:
        return self.heads.get(column, "")


def grids_in(scene: Scene) -> Iterator[Grid]:
    mentions = scene.mentions
    starts = [one.quantity.start for one in mentions]
    for block in blocks_in(scene.reading.flat):
        for part in _apart(block):
            grid = _grid(part, mentions, starts)
            if grid is not None:
                yield grid


def _apart(block: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """A line of heads below rows with figures opens a new table."""
    begin = 0
    for at in range(1, len(block)):
        if _is_head(block[at]) and any(not _is_head(line) for line in block[begin:at]):
            yield block[begin:at]
            begin = at
    yield block[begin:]


def _is_head(line: Line) -> bool:
    named = [one for one in line.pieces if one.text]
    figures = [one for one in named if _FIGURE.search(one.text) and not _YEARS.match(one.text)]
    return len(named) > 1 and not figures and not any(_NOTHING.fullmatch(one.text) for one in named)


def _grid(lines: Sequence[Line], mentions: Sequence[Mention], starts: Sequence[int]) -> Grid | None:
    placed = _aligned(lines)
    if placed is None:
        return None
    heads = placed[0] if _is_head(lines[0]) else {}
    body = placed[1:] if heads else placed
    read = [_read(pieces, mentions, starts) for pieces in body]
    names = _names_column(read)
    rows = _rows(read, names)
    if sum(bool(row.cells) for row in rows) < 2:
        return None
    classes = _classes(rows)
    named = {at: "".join(one.text.split()) for at, one in heads.items()}
    means = {at for at, head in named.items() if is_mean(head)}
    shifted = tuple(_in_place(row, classes, means) for row in rows)
    return Grid(named, shifted, lines[0].start, _end(lines), _classes(shifted))


def _end(lines: Sequence[Line]) -> int:
    return max(one.end for one in lines[-1].pieces)


def _aligned(lines: Sequence[Line]) -> list[dict[int, Piece]] | None:
    """Each line's pieces by column; two tabs may open an empty cell or only push a column to its place."""
    full = [list(line.pieces) for line in lines]
    while_empty = [_without_last_empty(pieces) for pieces in full]
    dense = [[one for one in pieces if one.text] for pieces in full]
    if len({len(one) for one in dense}) == 1 and len({len(one) for one in while_empty}) > 1:
        return [dict(enumerate(pieces)) for pieces in dense]
    if lines[0].style in ("tab", "bar"):
        return [{at: one for at, one in enumerate(pieces) if one.text} for pieces in full]
    width = Counter(len(pieces) for pieces in dense).most_common(1)[0][0]
    if lines[0].style == "space" and width < 2:
        return None
    return [dict(enumerate(pieces)) if len(pieces) == width else _guessed(pieces, width) for pieces in dense]


def _without_last_empty(pieces: Sequence[Piece]) -> list[Piece]:
    kept = list(pieces)
    while kept and not kept[-1].text:
        kept.pop()
    return kept


def _guessed(pieces: Sequence[Piece], width: int) -> dict[int, Piece]:
    """A line with fewer cells: its name, and its figures from the right if they are units apart; else its name only."""
    if len(pieces) > width:
        return {0: pieces[0]} if pieces else {}
    return {0: pieces[0], **{width - len(pieces) + at: one for at, one in enumerate(pieces) if at}}


@dataclass
class _Read:
    cells: dict[int, Mention]
    words: dict[int, Piece]


def _read(pieces: dict[int, Piece], mentions: Sequence[Mention], starts: Sequence[int]) -> _Read:
    found = _Read({}, {})
    for column, piece in pieces.items():
        inside = mentions[bisect_left(starts, piece.start) : bisect_left(starts, piece.end)]
        bracket = _REMARKED.fullmatch(piece.text)
        if inside and bracket and inside[0].quantity.end <= piece.start + bracket.start(1):
            shown = Piece(piece.start, piece.text[: bracket.start(1)])
            if _states(shown, inside[0]):
                found.cells[column] = inside[0]
                found.words[-1 - column] = Piece(piece.start + bracket.start(1), bracket[1])
                continue
        if len(inside) == 1 and _states(piece, inside[0]):
            found.cells[column] = inside[0]
        else:
            found.words[column] = piece
    return found


def _states(piece: Piece, mention: Mention) -> bool:
    """Whether the cell says no more than the figure: 占41.9%, 2400元/人."""
    before = piece.text[: mention.quantity.start - piece.start]
    behind = piece.text[mention.quantity.end - piece.start :]
    return _BEFORE.fullmatch(before) is not None and _BEHIND.fullmatch(behind) is not None


def _names_column(read: Sequence[_Read]) -> int:
    counts: Counter[int] = Counter()
    for one in read:
        counts.update(
            at
            for at, piece in one.words.items()
            if at >= 0 and not _ORDINAL.fullmatch(piece.text) and not _NOTHING.fullmatch(piece.text)
        )
    return next((at for at in sorted(counts) if counts[at] * 2 > len(read)), 0)


def _rows(read: Sequence[_Read], names: int) -> list[Row]:
    rows: list[Row] = []
    nested = -1
    for one in read:
        named = one.words.get(names) or next(
            (one.words[at] for at in sorted(one.words) if 0 <= at < names), None
        )
        first = next((one.words[at] for at in sorted(one.words) if at >= 0), None)
        if first is not None and is_total("".join(first.text.split())):
            named = first
        name = "".join(named.text.split()) if named is not None else ""
        part = is_part(name)
        if part:
            nested = named.indent if named is not None else 0
        elif nested >= 0 and named is not None and named.indent > nested:
            part = True
        else:
            nested = -1
        words = {at: piece for at, piece in one.words.items() if piece is not named}
        rows.append(Row(name, one.cells, words, is_total(name), part))
    return rows


def _classes(rows: Sequence[Row]) -> dict[int, str]:
    """What most cells of each column count."""
    found: dict[int, str] = {}
    for column in sorted({column for row in rows for column in row.cells}):
        counts = Counter(base_class(row.cells[column].quantity) for row in rows if column in row.cells)
        found[column] = counts.most_common(1)[0][0]
    return found


def _in_place(row: Row, classes: Mapping[int, str], means: Set[int]) -> Row:
    """A line of totals that leaves empty cells out: its figures stand where the others of their kind do."""
    kinds = {column: base_class(one.quantity) for column, one in row.cells.items()}
    fits = all(classes[column] == kind and column not in means for column, kind in kinds.items())
    if not row.total or fits or max((*row.cells, *row.words), default=0) >= max(classes):
        return row
    columns = [column for column in classes if classes[column] in kinds.values()]
    for shift in range(1, len(classes) + 1):
        moved = {column + shift: one for column, one in row.cells.items()}
        if all(
            classes.get(column) == base_class(one.quantity) and column not in means
            for column, one in moved.items()
        ):
            return replace(row, cells=moved)
    if [classes[column] for column in columns] == list(kinds.values()):
        return replace(row, cells=dict(zip(columns, row.cells.values(), strict=True)))
    return row
