"""Every whole from which something is taken: 计划A,完成B,剩余C; A-B-C=D; 年初结余+收入-支出=结余."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import NOT, Sight, bucket, overlap
from bangfu.documents.claims.flows import balance, flows
from bangfu.documents.claims.sums import base_of
from bangfu.documents.reading.structure import Mention

_LEFT = re.compile(
    r"剩|余|还有|尚|仍有|未|没|待|差|不|缺|欠|净|空|闲|滞留|沉淀|可|其他|个人|自付|自筹|承担|负担|正在|在建|退|结转|其|现有|目前|实有|到位|实际|利润|纯"
)
_SURE = re.compile(r"剩余|尚余|还剩|余下|剩下|结余|尚欠|缺口|还差|尚差|相差|净|结转|其余|差额|余额")
_BACK = 9


def remainder_claims(sight: Sight) -> Iterator[Claim]:
    by_class: dict[str, list[Mention]] = {}
    for rest in sight.scene.mentions:
        if rest.quantity.kind in ("share", "point", "times", "age", "time") or rest.quantity.is_label:
            continue
        earlier = by_class.setdefault(base_of(rest), [])
        before = [one for one in earlier[-_BACK:] if rest.paragraph - one.paragraph <= 3]
        if before and can_add(rest):
            yield from _of(sight, rest, before)
        if rest.quantity.base_value > 0:
            earlier.append(rest)


def _sureness(sight: Sight, rest: Mention) -> str:
    """Whether its words say that it is what is left."""
    words = rest.left + (rest.right[:6] if rest.quantity.kind != "money" else "")
    if not re.search("[一-龥]", rest.left):
        words = sight.scene.label(rest) + words
    return "sure" if _SURE.search(words) else "maybe" if _LEFT.search(words) else "no"


def _of(sight: Sight, rest: Mention, before: list[Mention]) -> Iterator[Claim]:
    sure = _sureness(sight, rest)
    for at, start, end in _rows(rest, before):
        skipped = (
            f"skip-whole={bucket(start - at - 1)}",
            f"skip-last={bucket(len(before) - end)}",
            f"left={sure}",
        )
        yield _claim(sight, rest, before[at], before[start:end], skipped)
    for at, whole in enumerate(before):
        for earlier in before[max(0, at - 4) : at]:
            if _is_of_size(rest, whole, earlier.quantity.size, 1):
                yield _claim(sight, rest, whole, [earlier], (f"turned={sure}",))
    yield from flows(sight, rest, before)
    if len(before) >= 3:
        yield balance(sight, rest, before[-3:], sure)


def _rows(rest: Mention, before: list[Mention]) -> Iterator[tuple[int, int, int]]:
    """A whole, and the first and the last of the figures after it that may be taken from it."""
    for at, whole in enumerate(before):
        for start in range(at + 1, len(before)):
            amount = 0.0
            for end in range(start + 1, min(start + 5, len(before)) + 1):
                amount += before[end - 1].quantity.size
                if _is_of_size(rest, whole, amount, end - start):
                    yield at, start, end


def _is_of_size(rest: Mention, whole: Mention, taken: float, count: int) -> bool:
    """What is left comes near what is stated, or is a digit or a place away; or both stand close by."""
    left = whole.quantity.size - taken
    if _LEAST * left <= rest.quantity.size <= _MOST * left:
        return True
    return whole.sentence == rest.sentence and rest.index - whole.index <= count + 2


_LEAST, _MOST = 0.09, 11.0


def _claim(
    sight: Sight, rest: Mention, whole: Mention, taken: list[Mention], shape: tuple[str, ...]
) -> Claim:
    low, high = whole.quantity.bounds()
    computed, way = whole.quantity.base_value, whole.quantity.text
    for one in taken:
        quantity = one.quantity
        least, most = quantity.bounds()
        low, high, computed = low - most, high - least, computed - quantity.base_value
        way += f"-{quantity.text}"
    tight = (
        "left=no" not in shape
        and whole.sentence == rest.sentence
        and rest.index - taken[-1].index <= 2
        and taken[0].index - whole.index <= 2
    )
    return Claim(
        "difference",
        (whole, *taken),
        rest,
        computed,
        low,
        high,
        way,
        tight,
        partial(_cues, sight, rest, whole, taken, shape, computed < 0),
    )


def _cues(
    sight: Sight, rest: Mention, whole: Mention, taken: list[Mention], shape: tuple[str, ...], negative: bool
) -> Iterator[str]:
    last = taken[-1]
    yield from shape
    yield f"taken={bucket(len(taken), (1, 2, 4))}"
    for role, mention in (("whole", whole), ("last", last), ("rest", rest)):
        yield from sight.state(mention, role)
    yield from sight.pair(last, rest, "rest")
    yield from sight.pair(whole, taken[0], "whole")
    yield f"names={overlap(sight.names(rest), sight.names(last))}"
    yield f"whole-names={overlap(sight.names(rest), sight.names(whole))}"
    if negative:
        yield "negative"
    if rest.quantity.base_value > whole.quantity.base_value:
        yield "rest>whole"
    if NOT.search(sight.words(rest)):
        yield "rest.not-word"
    if len({one.sentence for one in taken}) > 1:
        yield "taken.apart"
