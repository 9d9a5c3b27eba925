"""Every whole from which something is taken: 计划A,完成B,剩余C; A-B-C=D; 年初结余+收入-支出=结余."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import NOT, Sight, bucket, overlap
from bangfu.documents.claims.sums import base_of
from bangfu.documents.reading.structure import Mention

_LEFT = re.compile(
    r"剩|余|还有|尚|仍有|未|没|待|差|不|缺|欠|净|空|闲|滞留|沉淀|可|其他|个人|自付|自筹|承担|负担|正在|在建|退|结转|其|现有|目前|实有|到位|实际|利润|纯"
)
_SURE = re.compile(r"剩余|尚余|还剩|余下|剩下|结余|尚欠|缺口|还差|尚差|相差|净|结转|其余|差额|余额")
_OUT = re.compile(r"支出|使用|减少|退出|消除|注销|死亡|扣除|完成|已|还|拨付")
_IN = re.compile(r"收入|增加|新增|纳入|转入|到账|上年")
_START = re.compile(r"年初|期初|上年|月初|原|结余|结转|上期")
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
    for at, whole in enumerate(before):
        for start in range(at + 1, len(before)):
            for end in range(start + 1, min(start + 5, len(before)) + 1):
                taken = before[start:end]
                skipped = f"skip-whole={bucket(start - at - 1)}", f"skip-last={bucket(len(before) - end)}", f"left={sure}"
                yield _claim(sight, rest, whole, taken, skipped)
    for whole in before:
        other = [one for one in before if one.index < whole.index]
        for taken in other[-4:]:
            yield _claim(sight, rest, whole, [taken], (f"turned={sure}",))
    yield from _flow(sight, rest, before)
    if len(before) >= 3:
        yield _balance(sight, rest, before[-3:], sure)


def _claim(sight: Sight, rest: Mention, whole: Mention, taken: list[Mention], shape: tuple[str, ...]) -> Claim:
    low, high = whole.quantity.bounds()
    least = sum((one.quantity.bounds()[0] for one in taken), Decimal(0))
    most = sum((one.quantity.bounds()[1] for one in taken), Decimal(0))
    computed = whole.quantity.base_value - sum((one.quantity.base_value for one in taken), Decimal(0))
    way = "-".join(one.quantity.text for one in (whole, *taken))
    tight = "left=no" not in shape and whole.sentence == rest.sentence and rest.index - taken[-1].index <= 2 and taken[0].index - whole.index <= 2
    return Claim(
        "difference", (whole, *taken), rest, computed, low - most, high - least, way, tight,
        partial(_cues, sight, rest, whole, taken, shape, computed < 0),
    )  # fmt: skip


def _cues(sight: Sight, rest: Mention, whole: Mention, taken: list[Mention], shape: tuple[str, ...], negative: bool) -> Iterator[str]:
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


_COMES = re.compile(r"新增|增加|纳入|识别|转入|迁入|出生|婚入|嫁入|收入|下达|到账|调入|补选|新[^,。;]{0,3}$|加上")
_GOES = re.compile(r"减少|死亡|迁出|消除|退出|支出|核减|注销|转出|清退|核销|调出|出库|发放|使用|退休|辞|扣除")


def _flow(sight: Sight, rest: Mention, before: list[Mention]) -> Iterator[Claim]:
    """年初87户,新增34户,消除41户,年末80户: what came in and what went out, by their words."""
    for at, first in enumerate(before[:-1]):
        signed = [(one, _sign(sight, one)) for one in before[at + 1 :]]
        moved = [(one, sign) for one, sign in signed if sign]
        if len(moved) < 2 or len({sign for _, sign in moved}) < 2 or _sign(sight, first):
            continue
        bounds = [(one.quantity.bounds(), sign) for one, sign in moved]
        low, high = first.quantity.bounds()
        low += sum((edges[0] if sign > 0 else -edges[1] for edges, sign in bounds), Decimal(0))
        high += sum((edges[1] if sign > 0 else -edges[0] for edges, sign in bounds), Decimal(0))
        computed = first.quantity.base_value + sum((one.quantity.base_value * sign for one, sign in moved), Decimal(0))
        way = first.quantity.text + "".join(f"{'+' if sign > 0 else '-'}{one.quantity.text}" for one, sign in moved)
        cues = partial(_flow_cues, sight, rest, first, [one for one, _ in moved], len(signed) - len(moved))
        members = (first, *(one for one, _ in moved))
        yield Claim("difference", members, rest, computed, low, high, way, first.sentence == rest.sentence, cues)


def _sign(sight: Sight, one: Mention) -> int:
    words = sight.words(one)
    comes, goes = _COMES.search(words), _GOES.search(words)
    return 0 if bool(comes) == bool(goes) else 1 if comes else -1


def _flow_cues(sight: Sight, rest: Mention, first: Mention, moved: list[Mention], others: int) -> Iterator[str]:
    yield f"flow={bucket(len(moved), (2, 3, 4))}"
    yield f"flow.others={bucket(others, (0, 1, 2))}"
    yield from sight.pair(moved[-1], rest, "flow.rest")
    yield from sight.pair(first, moved[0], "flow.first")
    for name, pattern, mention in (("start", _START, first), ("end", _ENDS, rest)):
        if pattern.search(sight.words(mention)):
            yield f"flow.{name}-word"


_ENDS = re.compile(r"年末|年底|期末|月末|季末|目前|现有|现|核查后|调整后|剩余|结余|余额|净|实有")


def _balance(sight: Sight, rest: Mention, three: list[Mention], sure: str) -> Claim:
    """What there was, and came in, and went out."""
    first, second, third = three
    computed = first.quantity.base_value + second.quantity.base_value - third.quantity.base_value
    bounds = [one.quantity.bounds() for one in three]
    low, high = bounds[0][0] + bounds[1][0] - bounds[2][1], bounds[0][1] + bounds[1][1] - bounds[2][0]
    way = f"{first.quantity.text}+{second.quantity.text}-{third.quantity.text}"
    return Claim("difference", (first, second, third), rest, computed, low, high, way, False, partial(_balance_cues, sight, rest, three, sure))


def _balance_cues(sight: Sight, rest: Mention, three: list[Mention], sure: str) -> Iterator[str]:
    first, second, third = three
    yield f"bal.left={sure}"
    yield from sight.pair(third, rest, "bal.rest")
    yield from sight.pair(first, second, "bal.in")
    yield from sight.pair(second, third, "bal.out")
    for name, pattern, mention in (("in", _IN, second), ("out", _OUT, third), ("start", _START, first)):
        if pattern.search(sight.words(mention)):
            yield f"bal.{name}-word"
