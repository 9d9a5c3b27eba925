"""Income and outgoings of an account: 收入合计12.5万元,支出8.7万元,结余3.8万元; what was carried over beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders_readings import Way, comes_out
from bangfu.documents.certain.remainders_slips import slip, swapped
from bangfu.documents.certain.remainders_words import words_of
from bangfu.documents.reading.structure import Mention

_REST = re.compile(r"结余|节余|盈余|结存|余额|剩余?|净收|收支(?:相抵|差)|纯收|盈利|亏|赤字")
_START = re.compile(r"(?:上|去|前|往|历)(?:年|季|月|期|半年|届)|年初|期初|季初|月初|累计|期末|年末|季末|月末|账面|滚存")
_IN = re.compile(r"收入|收益|进账|进项|筹[集措得]|捐款|到账|接收|收到|募集")
_OUT = re.compile(r"支出|开支|花费|用[去掉]|支付|使用|花[了去掉]|费用|成本|出账")
_TOTAL = re.compile(r"合计|总|共|全[年季月村]|本[年季月期]|当[年季月期]|收支|全部|一共|拢共|累计")
_BACK = 40


def balance(scene: Scene, rest: Mention) -> Way | None:
    """The nearest total of what went out, and before it that of what came in."""
    words = words_of(scene, rest)
    if not _REST.search(words) or _START.search(words) or rest.quantity.kind != "money":
        return None
    at = scene.place_of(rest)
    pool = [
        one for one in scene.mentions[max(0, at - _BACK) : at] if one.is_like(rest) and can_add(one)
    ]
    out, income = _total(scene, rest, pool, _OUT, _IN), _total(scene, rest, pool, _IN, _OUT)
    if out is None or income is None or rest.paragraph - income.paragraph > 25:
        return None
    way = Way(income, (out,))
    if not way.is_exact or way.left <= 0 or comes_out(scene, rest, [income, out, *pool[-3:]], [income, out]):
        return None
    missing = income.quantity.base_value - rest.quantity.base_value
    other = swapped(out.quantity, missing) or swapped(
        income.quantity, out.quantity.base_value + rest.quantity.base_value
    )
    return way if slip(rest.quantity, way.left) or other else None


def _total(
    scene: Scene, rest: Mention, pool: Sequence[Mention], words: re.Pattern[str], others: re.Pattern[str]
) -> Mention | None:
    """The nearest figure that the words call the whole of one side; the clause before it may name the side."""
    for one in reversed(pool):
        own = words_of(scene, one)
        if words.search(own) and not others.search(own) and _TOTAL.search(own):
            return one
    return None
