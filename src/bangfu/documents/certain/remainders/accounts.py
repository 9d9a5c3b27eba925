"""Income and outgoings of an account: 收入合计12.5万元,支出8.7万元,结余3.8万元; what was carried over beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way
from bangfu.documents.certain.remainders.slips import slip, swapped
from bangfu.documents.certain.remainders.words import words_of
from bangfu.documents.reading.structure import Mention

_REST = re.compile(r"结余|节余|盈余|结存|余额|剩余?|净收|收支(?:相抵|差)|纯收|盈利|亏|赤字")
_START = re.compile(
    r"(?:上|去|前|往|历)(?:年|季|月|期|半年|届)|年初|期初|季初|月初|累计|期末|年末|季末|月末|账面|滚存"
)
_IN = re.compile(r"收入|收益|进账|进项|筹[集措得]|捐款|到账|接收|收到|募集")
_OUT = re.compile(r"支出|开支|花费|用[去掉]|支付|使用|花[了去掉]|费用|成本|出账")
_TOTAL = re.compile(
    r"合计|总|共|全[年季月村]|本[年季月期]|当[年季月期]|收支|全部|一共|拢共|累计|合起来|加起来|总起来"
)
_SETTLED = re.compile(r"收支|相抵|一减|两抵|抵减|收入减|相减")
_BACK, _FAR, _CLOSE = 40, 25, 14


def balance(scene: Scene, rest: Mention) -> Way | None:
    """The nearest total of what went out, and before it that of what came in."""
    words = words_of(scene, rest)
    if not _REST.search(words) or _START.search(words) or rest.quantity.kind != "money":
        return None
    at = scene.place_of(rest)
    pool = [one for one in scene.mentions[max(0, at - _BACK) : at] if one.is_like(rest) and can_add(one)]
    sides = _sides(scene, rest, pool)
    if sides is None or rest.paragraph - sides[0].paragraph > _FAR:
        return None
    income, out = sides
    way = Way(income, (out,))
    if not way.is_exact or way.left <= 0 or _comes_out(rest, pool, income, out):
        return None
    missing = income.quantity.base_value - rest.quantity.base_value
    other = swapped(out.quantity, missing) or swapped(
        income.quantity, out.quantity.base_value + rest.quantity.base_value
    )
    return way if slip(rest.quantity, way.left) or other else None


def _sides(scene: Scene, rest: Mention, pool: Sequence[Mention]) -> tuple[Mention, Mention] | None:
    """What came in and what went out; where the words settle an account, the last two totals may be unnamed."""
    income, out = _total(scene, pool, _IN, _OUT), _total(scene, pool, _OUT, _IN)
    if income is not None and out is not None:
        return income, out
    flat, end = scene.reading.flat, rest.quantity.start
    totals = [one for one in pool if _TOTAL.search(words_of(scene, one))]
    if not _SETTLED.search(flat[max(0, end - _CLOSE) : end]) or len(totals) < 2:
        return None
    return income or totals[-2], out or totals[-1]


def _comes_out(rest: Mention, pool: Sequence[Mention], income: Mention, out: Mention) -> bool:
    """Whether the last figure before it, or one side of the account, leaves it in another way."""
    values = [one.quantity.base_value for one in pool]
    return any(
        rest.quantity.states(whole - part)
        for whole, part in (
            *((one, values[-1]) for one in values),
            *((income.quantity.base_value, one) for one in values),
            *((one, out.quantity.base_value) for one in values),
        )
        if whole > part
    )


def _total(
    scene: Scene, pool: Sequence[Mention], words: re.Pattern[str], others: re.Pattern[str]
) -> Mention | None:
    """The nearest figure that the words call the whole of one side; the clause before it may name the side."""
    named = [one for one in reversed(pool) if _is_of_side(scene, one, words, others)]
    totals = [one for one in named if _TOTAL.search(words_of(scene, one))]
    heads = [one for one in named if not any(other.is_like(one) for other in scene.before(one))]
    return next(iter(totals or heads), None)


def _is_of_side(scene: Scene, one: Mention, words: re.Pattern[str], others: re.Pattern[str]) -> bool:
    own = words_of(scene, one)
    return words.search(own) is not None and others.search(own) is None
