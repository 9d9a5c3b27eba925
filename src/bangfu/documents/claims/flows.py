"""What there was, what came in and what went out: 年初结余+收入-支出=结余; 年初87户,新增34户,消除41户,年末80户."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket
from bangfu.documents.reading.structure import Mention

_OUT = re.compile(r"支出|使用|减少|退出|消除|注销|死亡|扣除|完成|已|还|拨付")
_IN = re.compile(r"收入|增加|新增|纳入|转入|到账|上年")
_START = re.compile(r"年初|期初|上年|月初|原|结余|结转|上期")
_COMES = re.compile(
    r"新增|增加|纳入|识别|转入|迁入|出生|婚入|嫁入|收入|下达|到账|调入|补选|新[^,。;]{0,3}$|加上"
)
_GOES = re.compile(r"减少|死亡|迁出|消除|退出|支出|核减|注销|转出|清退|核销|调出|出库|发放|使用|退休|辞|扣除")


def flows(sight: Sight, rest: Mention, before: list[Mention]) -> Iterator[Claim]:
    """年初87户,新增34户,消除41户,年末80户: what came in and what went out, by their words."""
    for at, first in enumerate(before[:-1]):
        signed = [(one, sign_of(sight, one)) for one in before[at + 1 :]]
        moved = [(one, sign) for one, sign in signed if sign]
        if len(moved) < 2 or len({sign for _, sign in moved}) < 2 or sign_of(sight, first):
            continue
        bounds = [(one.quantity.bounds(), sign) for one, sign in moved]
        low, high = first.quantity.bounds()
        low += sum((edges[0] if sign > 0 else -edges[1] for edges, sign in bounds), Decimal(0))
        high += sum((edges[1] if sign > 0 else -edges[0] for edges, sign in bounds), Decimal(0))
        computed = first.quantity.base_value + sum(
            (one.quantity.base_value * sign for one, sign in moved), Decimal(0)
        )
        way = first.quantity.text + "".join(
            f"{'+' if sign > 0 else '-'}{one.quantity.text}" for one, sign in moved
        )
        cues = partial(_flow_cues, sight, rest, first, [one for one, _ in moved], len(signed) - len(moved))
        members = (first, *(one for one, _ in moved))
        yield Claim(
            "difference", members, rest, computed, low, high, way, first.sentence == rest.sentence, cues
        )


def sign_of(sight: Sight, one: Mention) -> int:
    """+1 for what came in, -1 for what went out, 0 where the words say neither or both."""
    words = sight.words(one)
    comes, goes = _COMES.search(words), _GOES.search(words)
    return 0 if bool(comes) == bool(goes) else 1 if comes else -1


def _flow_cues(
    sight: Sight, rest: Mention, first: Mention, moved: list[Mention], others: int
) -> Iterator[str]:
    yield f"flow={bucket(len(moved), (2, 3, 4))}"
    yield f"flow.others={bucket(others, (0, 1, 2))}"
    yield from sight.pair(moved[-1], rest, "flow.rest")
    yield from sight.pair(first, moved[0], "flow.first")
    for name, pattern, mention in (("start", _START, first), ("end", _ENDS, rest)):
        if pattern.search(sight.words(mention)):
            yield f"flow.{name}-word"


_ENDS = re.compile(r"年末|年底|期末|月末|季末|目前|现有|现|核查后|调整后|剩余|结余|余额|净|实有")


def balance(sight: Sight, rest: Mention, three: list[Mention], sure: str) -> Claim:
    """What there was, and came in, and went out."""
    first, second, third = three
    computed = first.quantity.base_value + second.quantity.base_value - third.quantity.base_value
    bounds = [one.quantity.bounds() for one in three]
    low, high = bounds[0][0] + bounds[1][0] - bounds[2][1], bounds[0][1] + bounds[1][1] - bounds[2][0]
    way = f"{first.quantity.text}+{second.quantity.text}-{third.quantity.text}"
    return Claim(
        "difference",
        (first, second, third),
        rest,
        computed,
        low,
        high,
        way,
        False,
        partial(_balance_cues, sight, rest, three, sure),
    )


def _balance_cues(sight: Sight, rest: Mention, three: list[Mention], sure: str) -> Iterator[str]:
    first, second, third = three
    yield f"bal.left={sure}"
    yield from sight.pair(third, rest, "bal.rest")
    yield from sight.pair(first, second, "bal.in")
    yield from sight.pair(second, third, "bal.out")
    for name, pattern, mention in (("in", _IN, second), ("out", _OUT, third), ("start", _START, first)):
        if pattern.search(sight.words(mention)):
            yield f"bal.{name}-word"
