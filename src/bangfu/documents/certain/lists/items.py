"""A stretch of text -> the items that it names, and how surely they are a list of what was counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.lists.pieces import Piece, is_talk, pieces_of, refers_back, unit_of
from bangfu.documents.reading.quantity import Quantity
from bangfu.documents.reading.structure import base_class

_JOINER = re.compile(
    r"以及|及其|(?<![涉以普推惠危波顾触累企])及(?![时早格])|(?<![共温缓谐总暖饱调柔])和(?![平谐睦解美气顺田林])|(?<!参)与(?!会|否|时)|暨"
)
_BRACKETED = re.compile(r"\([^()]*\)|“[^“”]*”|《[^《》]*》")
_NO_NAME = re.compile(
    r"^(?:户户|组组|村村|家家|人人|处处|个个|条条|样样|年年|有(?!机|色)|没|能(?!源|繁|力)|会(?!议|计|员|展|场)|可(?!再生|研)|已|正)|其中|均已|已全部|分别|合计|共计|总计|同比|环比|占比|所占"
)
_OPEN = re.compile(r"等(?:等|$|[^,。;、待级]{0,8}$)|…|\.\.\.|及其他|之类")
_REST = re.compile(r"^(?:其他|其它|其余|余者|另外|剩余|别的|余下)")
_SORT = re.compile(
    r"(?:类|型|方面|性质|级|等次|以上|以下|以内|合格|优秀|良好|完成|完工|在建|开工|未[一-龥]{1,3}|不[一-龥]{1,3})$"
)
_BODY = re.compile(
    r"[一-龥]{2,6}(?:局|办|委|镇|乡|村|院|站|所|社|中心|街道|社区|公司|学校|小学)(?:完成|完工|开工|在建|未[一-龥]{2})$"
)
_SORTS = frozenset({"类", "种", "档", "级", "方面", "大", "块", "项", "款"})
_DEEDS = frozenset({"件", "项", "条", "点", "个方面", "方面"})
_ROLE = re.compile(
    r"(?:常务|第一)?副?(?:队长|组长|站长|社长|班长|所长|院长|主任|书记|支书|主席|会长|经理|理事长|监事长|校长)|(?:队|组|成|社|委|监事|理事|会计|出纳)员?"
)
_DUTY = re.compile(r"负责|主抓|分管|牵头|协助|兼|主持|统筹")
_LONGEST, _LONGEST_LAST = 24, 34


@dataclass(frozen=True)
class Named:
    """From `least` to `most` members are named (a 和 may join two or stand inside one); open where 等 or 其他 follows.

    `is_sure`: that they are meant to be all that was counted. `reach`: how far a slip of the pen goes here.
    """

    least: int
    most: int
    is_open: bool
    is_sure: bool
    start: int
    end: int
    reach: int = 1
    is_before: bool = False

    def allows(self, count: int) -> bool:
        return self.least <= count <= self.most or (self.is_open and count > self.most)

    def nearest(self, count: int) -> int:
        return self.least if count < self.least else self.most

    def accuses(self, count: int) -> bool:
        off = abs(self.nearest(count) - count)
        return self.is_sure and not self.allows(count) and off <= self.reach


def items_in(
    scene: Scene, start: int, end: int, counted: Quantity, *, only_names: bool = False, in_order: bool = False
) -> Named | None:
    """The list that begins at `start`, if there is one."""
    pieces = pieces_of(scene, start, end)
    if len(pieces) < 2 or pieces[0].is_bare:
        return _bare(pieces, counted, sure=in_order)
    heads = 0
    if pieces[0].figure is None:
        heads = sum(
            _counted_in(piece) - 1 for piece in pieces if piece.mark == "、" and _counted_in(piece) > 1
        )
        pieces = [_as_name(piece) for piece in pieces]
    if counted.base_unit == "人" and (team := _by_roles(pieces)) is not None:
        return _named(team, 0, counted, only_names=only_names)
    first = next((piece.mark for piece in pieces[1:] if not piece.is_bare), "")
    if first == "、":
        found = _by_pause(pieces)
    elif any(piece.mark == ";" for piece in pieces):
        found = _by_semicolon(pieces)
    else:
        found = _by_deed(pieces, counted) or _by_clause(scene, pieces, counted) or _by_comma(pieces)
    if found is None:
        return None
    items, extra = found
    return _named(items, extra + heads, counted, only_names=only_names)


def _as_name(piece: Piece) -> Piece:
    """Among names 三棵树 is one too."""
    if piece.is_bare and piece.mark == "、" and not piece.text[0].isdigit():
        return replace(piece, figure=None)
    return piece


def _bare(pieces: Sequence[Piece], counted: Quantity, *, sure: bool) -> Named | None:
    """分别为48立方米、52立方米、26立方米: figures without names accuse only where a 分别 hands them out."""
    run: list[Piece] = []
    for piece in pieces:
        if not piece.is_bare or (run and (piece.mark != "、" or unit_of(piece) != unit_of(run[0]))):
            break
        run.append(piece)
    if len(run) < 2 or unit_of(run[0]) == base_class(counted):
        return None
    joins = sum(len(_JOINER.findall(piece.text)) for piece in run)
    sides = len(run) + joins if sure else len(run)
    return Named(sides, len(run) + joins, False, sure, run[0].start, run[-1].end)


def _by_pause(pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
    """甲、乙、丙 up to the first comma; after it may come further ones of the same make."""
    items: list[Piece] = []
    extra = 0
    for at, piece in enumerate(pieces):
        if piece.is_bare:
            if piece.mark != "、" and items[0].figure is None:
                break
            extra += _counted_in(piece)
            continue
        if piece.mark in (",", ";"):
            if not _goes_on(items, piece, pieces[at + 1 :]):
                break
            if piece.figure is None:
                extra += 1
                continue
        items.append(piece)
    return (items, extra) if len(items) > 1 else None


def _counted_in(piece: Piece) -> int:
    """老支书、妇女主任、两个寨老: some are counted instead of named."""
    figure = piece.figure
    if figure is None or figure.kind not in ("count", "person") or piece.end <= figure.end:
        return 0
    return int(figure.base_value) if figure.is_exact and figure.base_value < 10 else 0


_AND = re.compile("以及|还有")


def _goes_on(items: Sequence[Piece], piece: Piece, rest: Sequence[Piece]) -> bool:
    """Whether what follows a comma is one more item."""
    if _AND.match(piece.text) and piece.figure is None and len(piece.text) <= 14:
        return items[0].figure is None
    if is_talk(piece) or not 1 < len(piece.name) <= 12:
        return False
    if piece.figure is not None:
        return all(item.figure is not None for item in items) and unit_of(piece) == unit_of(items[0])
    if items[0].figure is not None:
        return False
    return piece.text[-1] == items[0].text[-1] or (bool(rest) and rest[0].mark == "、")


def _by_roles(pieces: Sequence[Piece]) -> list[Piece] | None:
    """队长陈某,队员林某、吴某: a comma parts the roles, and each piece is a person."""
    team: list[Piece] = []
    for piece in pieces:
        if piece.figure is not None or len(piece.text) > 8 or is_talk(piece) or _DUTY.match(piece.text):
            break
        team.append(piece)
    roles = sum(_ROLE.match(piece.text) is not None for piece in team)
    return team if roles > 1 and _ROLE.match(team[0].text) is not None and len(team) > 2 else None


def _by_semicolon(pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
    """甲村8户,2万元;乙村5户,1万元: what begins each piece between semicolons."""
    heads = [piece for at, piece in enumerate(pieces) if at == 0 or piece.mark == ";"]
    every = len(heads)
    heads = heads[: next((at for at, head in enumerate(heads) if refers_back(head)), len(heads))]
    with_figures = [head.figure is not None for head in heads]
    if len(heads) < 2 or any(with_figures) != all(with_figures):
        return None
    if all(with_figures) and len({unit_of(head) for head in heads}) > 1:
        return None
    return heads, every - len(heads)


def _by_clause(scene: Scene, pieces: Sequence[Piece], counted: Quantity) -> tuple[list[Piece], int] | None:
    """五个方面:土石方重复计量,混凝土标号套高,护栏数量不符: short clauses up to the end of the sentence."""
    flat = scene.reading.flat
    if not flat.startswith(_MATTERS, counted.end) or flat[pieces[-1].end : pieces[-1].end + 1] not in "。\n":
        return None
    short = all(
        piece.figure is None and piece.mark in ("", ",") and 3 < len(piece.text) <= 16 for piece in pieces
    )
    return (list(pieces), 0) if short and len(pieces) > 2 and not any(map(refers_back, pieces)) else None


_MATTERS = ("方面", "原因", "问题", "情形", "不足", "短板", "类")


def _by_comma(pieces: Sequence[Piece]) -> tuple[list[Piece], int] | None:
    """甲村8户,乙村5户: only what is made alike, for a comma joins anything."""
    items = [pieces[0]]
    for piece in pieces[1:]:
        if piece.is_bare:
            continue
        if piece.mark != "," or is_talk(piece) or not 1 <= len(piece.name) <= 12:
            break
        if (piece.figure is None) != (items[0].figure is None):
            break
        if piece.figure is not None and unit_of(piece) != unit_of(items[0]):
            break
        if piece.figure is None and abs(len(piece.text) - len(items[0].text)) > 2:
            break
        items.append(piece)
    alike = items[0].figure is not None or len({item.text[-1] for item in items}) == 1
    return (items, 0) if len(items) > 2 and alike else None


def _by_deed(pieces: Sequence[Piece], counted: Quantity) -> tuple[list[Piece], int] | None:
    """四件:一组安路灯24盏,二组修晒坝320平方米,小学换课桌45套: things done, each with a figure of its own kind."""
    if counted.unit not in _DEEDS or any(piece.mark not in ("", ",") for piece in pieces):
        return None
    done = all(piece.figure is not None and len(piece.name) > 1 and not is_talk(piece) for piece in pieces)
    units = {unit_of(piece) for piece in pieces}
    return (list(pieces), 0) if done and len(pieces) > 2 and len(units) == len(pieces) else None


def _named(items: Sequence[Piece], extra: int, counted: Quantity, *, only_names: bool) -> Named | None:
    figures = [item.figure for item in items if item.figure is not None]
    if figures and len(figures) >= len(items) - 1 and _are_parts(items, counted):
        return None
    least, most = _joined(items)
    is_open = _OPEN.search(items[-1].text[-10:]) is not None or (
        _REST.match(items[-1].name) is not None and not (figures and counted.unit in _SORTS)
    )
    sure = _are_names(items) if not figures else len(figures) == len(items) and not only_names
    sure = sure and (
        not figures
        or not any(_SORT.search(item.name) and not _BODY.match(item.name) for item in items)
        or counted.unit in _SORTS
    )
    reach = _reach(int(counted.base_value), bool(figures))
    return Named(least, most + extra, is_open, sure, items[0].start, items[-1].end, reach)


def _are_parts(items: Sequence[Piece], counted: Quantity) -> bool:
    """16个项目:产业9个、劳务3个、教育4个: a sum and no list, whether it comes out or not."""
    return sum(unit_of(item) == base_class(counted) for item in items) * 2 > len(items)


def _reach(count: int, with_figures: bool) -> int:
    if with_figures:
        return 1 if count < 8 else 2
    return 1 if count < 5 else 2 if count < 9 else 3


def _are_names(items: Sequence[Piece]) -> bool:
    *others, last = items
    return (
        all(
            len(_BRACKETED.sub("", item.text)) <= _LONGEST and not _NO_NAME.search(item.text)
            for item in others
        )
        and len(_BRACKETED.sub("", last.text)) <= _LONGEST_LAST
    )


def _joined(items: Sequence[Piece]) -> tuple[int, int]:
    """A 和 in the last item alone joins two where both are like the others; elsewhere it may."""
    joins = [_sides(item) for item in items]
    if all(len(sides) == 2 for sides in joins):
        return len(items), len(items)
    count, more = len(items), sum(len(sides) - 1 for sides in joins)
    if more == len(joins[-1]) - 1 == 1:
        longest = max(len(_BRACKETED.sub("", item.name)) for item in items[:-1])
        sides = joins[-1]
        figured = items[0].figure is not None
        if min(map(len, sides)) > 1 and (
            figured or max(len(sides[0]), len(sides[1][:longest])) <= longest + 2
        ):
            return count + 1, count + 1
    return count, count + more


def _sides(item: Piece) -> list[str]:
    bare = _BRACKETED.sub("", item.text)
    sides = [side for side in _JOINER.split(bare) if side]
    return sides if len(sides) > 1 and (len(bare) < 4 or min(map(len, sides)) > 1) else [bare]
