"""Shares that a rule sets, and what was taken by them further on: 公益金20%、维修金10%…本年提取公益金4.4万元、维修金2.02万元."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.shares.pairs import Pair
from bangfu.documents.certain.shares.slips import slip_of
from bangfu.documents.certain.shares.words import pairs_of
from bangfu.documents.reading.structure import Mention

_SETS = re.compile(
    r"按|比例|提取|计提|提留|分配|救助|补助|报销|补贴|分红|负担|承担|分担|奖励|奖补|给予|留存|返还|分成|分摊|五五|切块|统筹"
)
_SHARED = re.compile(r"占|率|同比|环比|增长|下降|完成|分别|提高|降低")
_COMMON = re.compile(r"[按给予以提取留计用于为]|比例|其中|标准|住院|政策范围内|本年|今年|全年|当年")
_REACH, _BACK = 30, 40
_LEAST, _MOST = 2, 6
_SLIP = 1.0


@dataclass(frozen=True)
class Rule:
    """The shares of one sentence with the pairs of signs that tell their names apart."""

    shares: tuple[Mention, ...]
    names: tuple[frozenset[str], ...]


def wrong_by_rule(scene: Scene) -> Iterator[tuple[Mention, Pair]]:
    for sentence in scene.sentences:
        shares = [one for one in sentence.mentions if _is_set(one)]
        if _LEAST <= len(shares) <= _MOST and _SETS.search(scene.reading.flat[sentence.start : sentence.end]):
            rule = _rule(shares)
            if rule is not None:
                yield from _wrong(scene, rule)


def _is_set(one: Mention) -> bool:
    quantity = one.quantity
    is_share = quantity.kind == "share" and quantity.is_exact and 0 < quantity.base_value <= 1
    return is_share and not quantity.is_label and not _SHARED.search(one.left)


def _rule(shares: Sequence[Mention]) -> Rule | None:
    names = [pairs_of(_COMMON.sub(" ", _own_name(one.left))) for one in shares]
    common = frozenset.intersection(*names)
    own = tuple(name - common for name in names)
    return Rule(tuple(shares), own) if all(own) else None


def _own_name(words: str) -> str:
    """收益按公积金: what is to be taken, and not what it is taken from; 特困人员按 names who is given it."""
    return next((piece for piece in reversed(words.split("按")) if piece.strip(" 、,")), words)


def _wrong(scene: Scene, rule: Rule) -> Iterator[tuple[Mention, Pair]]:
    at = scene.place_of(rule.shares[-1]) + 1
    later = scene.mentions[at : at + _REACH]
    money = [one for one in later if one.quantity.kind == "money" and not one.quantity.per]
    taken = [next((one for one in money if _bears(name, one)), None) for name in rule.names]
    found = [one for one in taken if one is not None]
    if len(found) == len(rule.shares) == len({one.index for one in found}):
        first = scene.place_of(rule.shares[0])
        earlier = [
            one
            for one in scene.mentions[max(0, first - _BACK) : first]
            if one.quantity.kind == "money" and not one.quantity.per
        ]
        for base in (*reversed(earlier), *(one for one in money if one not in found)):
            pairs = [Pair(one, base) for one in found]
            if _comes_out_but_one(rule, pairs):
                yield from _odd(rule, pairs)
                return
    yield from _wrong_in_pieces(rule, later)


def _wrong_in_pieces(rule: Rule, later: Sequence[Mention]) -> Iterator[tuple[Mention, Pair]]:
    """低保对象…自付82.4万元,救助57.68万元;监测对象…自付37.5万元,救助22.5万元: each with its own base."""
    pieces = [_piece(name, later) for name in rule.names]
    pairs = [Pair(piece[1], piece[0]) for piece in pieces if len(piece) > 1]
    if len(pairs) == len(rule.shares) > _LEAST and _comes_out_but_one(rule, pairs):
        yield from _odd(rule, pairs)


def _piece(name: frozenset[str], later: Sequence[Mention]) -> list[Mention]:
    """The sums of money from the figure that bears the name to the next piece."""
    head = next((one for one in later if _bears(name, one)), None)
    if head is None:
        return []
    same = [one for one in later if one.sentence == head.sentence and one.segment == head.segment]
    return [one for one in same if one.index >= head.index and one.quantity.kind == "money"]


def _bears(name: frozenset[str], one: Mention) -> bool:
    right = "" if one.right.startswith(("、", ",", ";", "和")) else one.right[:8]
    return bool(name & pairs_of(one.left + " " + right))


def _comes_out(share: Mention, pair: Pair) -> bool:
    part, amount = pair.part.quantity, share.quantity.base_value * pair.whole.quantity.base_value
    return part.states(amount) or abs(part.base_value - amount) < part.step


def _comes_out_but_one(rule: Rule, pairs: Sequence[Pair]) -> bool:
    if any(pair.whole.quantity.base_value <= 0 or pair.whole is pair.part for pair in pairs):
        return False
    right = [_comes_out(share, pair) for share, pair in zip(rule.shares, pairs, strict=True)]
    if sum(right) != len(pairs) - 1:
        return False
    odd = right.index(False)
    slipped = slip_of(rule.shares[odd].quantity, pairs[odd]).weight > _SLIP
    return pairs[odd].ratio < 1 and (len(pairs) > _LEAST or slipped)


def _odd(rule: Rule, pairs: Sequence[Pair]) -> Iterator[tuple[Mention, Pair]]:
    for share, pair in zip(rule.shares, pairs, strict=True):
        if not _comes_out(share, pair):
            yield share, pair
