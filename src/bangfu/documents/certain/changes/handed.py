"""Changes handed out in a row, of figures that stand in rows: 3150人、1664人,比上年的3000人、1600人分别增长5%、6%."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.changes.near import is_plain
from bangfu.documents.certain.changes.pairs import Pair
from bangfu.documents.certain.changes.times import time_of
from bangfu.documents.certain.changes.told import wrong_amount, wrong_percent
from bangfu.documents.certain.changes.words import DOWN, FROM, UP, sign_against_period, sign_of
from bangfu.documents.reading.structure import Mention

Layout = tuple[Pair, ...]

_HANDS = re.compile(
    r"分别|依次|各自|各(?=[增减升降提下上])|先后|逐[年月季次]|[前后这]?[两三四五二几](?:年|个月|季|期|年的?)"
)
_AND = re.compile(r"[、,和与及以\s]{1,3}(?:[一-龥]{0,6}?(?:增[长加]|减少|下降|提高|上升|降低)[了约近]?)?")
_MEAN = re.compile(r"年均|平均|复合|百分点|累计")
_JOINS = ("、", ",", "和", "与", "及", "以", " ")
_REACH = 16
_KINDS = frozenset({"share", "count", "household", "person", "money", "area"})


def handed_changes(scene: Scene) -> Iterator[Relation]:
    """The change of a row that does not come out where the other ones do, by one way to read the figures before."""
    done: set[int] = set()
    for one in scene.mentions:
        if one.index not in done and (row := _row(scene, one)):
            done.update(other.index for other in row)
            yield from _odd(scene, row)


def _row(scene: Scene, head: Mention) -> list[Mention]:
    at = scene.place_of(head) + 1
    if at == len(scene.mentions) or not scene.mentions[at].gap.startswith(_JOINS):
        return []
    if head.quantity.kind not in _KINDS or not _HANDS.search(head.gap) or _MEAN.search(head.gap):
        return []
    if not _direction(head):
        return []
    row = [head]
    for one in scene.after(head):
        joined = _AND.fullmatch(one.gap) and one.index == row[-1].index + 1
        if not joined or (one.quantity.kind == "share") != (head.quantity.kind == "share"):
            break
        row.append(one)
    exact = all(one.quantity.is_exact and not one.quantity.is_label for one in row)
    return row if len(row) > 1 and exact else []


def _direction(head: Mention) -> int:
    """What the words that carry the whole row say, be it 增幅依次为."""
    words = re.split(r"[;。:、]", head.gap)[-1].split(",")[-1]
    if sign := sign_of(head) or sign_against_period(head):
        return sign
    up, down = bool(UP.search(words)), bool(DOWN.search(words))
    return 0 if up == down else 1 if up else -1


def _odd(scene: Scene, row: Sequence[Mention]) -> Iterator[Relation]:
    at = scene.place_of(row[0])
    near = scene.mentions[max(0, at - _REACH) : at]
    here = [
        one
        for one in near
        if is_plain(one) and one.paragraph == row[0].paragraph and one.sentence >= row[0].sentence - 1
    ]
    after = [one for one in scene.mentions[at + len(row) : at + 3 * len(row)] if is_plain(one)]
    head = _direction(row[0])
    signs = [_sign(one, head) for one in row]
    found: list[list[tuple[Mention, Pair]]] = []
    for layout in _layouts(scene, here, after, len(row)):
        wrong = [
            (one, pair)
            for one, pair, sign in zip(row, layout, signs, strict=True)
            if not _comes_out(one, pair, sign)
        ]
        if not wrong:
            return
        if len(wrong) < len(row):
            found.append(wrong)
    if not found:
        return
    best = min(found, key=len)
    if len(best) > max(1, len(row) - 2):
        return
    for one, pair in best:
        sign = signs[row.index(one)]
        if not pair.change or (pair.change > 0) != (sign > 0):
            continue
        if one.quantity.kind == "share":
            yield wrong_percent(one, pair, abs(pair.change) / pair.old_value)
        elif one.is_like(pair.old):
            yield wrong_amount(one, pair)


def _sign(one: Mention, head: int) -> int:
    return sign_of(one) or head


def _comes_out(one: Mention, pair: Pair, sign: int) -> bool:
    change = sign * pair.change
    if one.quantity.kind == "share":
        return one.quantity.states(change / pair.old_value) or one.quantity.states(change / pair.new_value)
    return one.quantity.states(change)


def _layouts(scene: Scene, here: Sequence[Mention], after: Sequence[Mention], size: int) -> Iterator[Layout]:
    """Two rows of as many figures; each figure with its own one before; a series one longer than the row."""
    last = here[-2 * size :]
    if len(last) == 2 * size:
        first, second = last[:size], last[size:]
        if _is_past(scene, second[0]) and not _is_past(scene, first[0]):
            yield from _layout(zip(second, first, strict=True))
        elif _is_past(scene, first[0]) or FROM.search(first[0].left):
            yield from _layout(zip(first, second, strict=True))
        evens, odds = last[::2], last[1::2]
        if all(_is_past(scene, one) or FROM.search(one.left) for one in evens):
            yield from _layout(zip(evens, odds, strict=True))
        elif all(_is_past(scene, one) for one in odds):
            yield from _layout(zip(odds, evens, strict=True))
    if len(here) >= size and len(after) >= size and _is_past(scene, after[0]):
        yield from _layout(zip(after[:size], here[-size:], strict=True))
    series = here[-size - 1 :]
    if len(series) == size + 1 and all(one.is_like(series[0]) for one in series):
        yield from _layout(pairwise(series))


def _is_past(scene: Scene, one: Mention) -> bool:
    return time_of(scene, one) != "now"


def _layout(pairs: Iterable[tuple[Mention, Mention]]) -> Iterator[Layout]:
    found = tuple(Pair(old, new) for old, new in pairs)
    if all(pair.old.is_like(pair.new) for pair in found):
        yield found
