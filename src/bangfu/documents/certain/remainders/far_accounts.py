"""What is left of an account whose sides stand far apart: 到账234000元 … 以上四项合计支出211000元,结余32000元.

Nothing but digits in another order may part the stated figure from the true one: so far away only that is certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.scene import Scene, can_add
from bangfu.documents.certain.remainders.readings import Way
from bangfu.documents.certain.remainders.slips import swapped
from bangfu.documents.certain.remainders.words import words_of
from bangfu.documents.reading.structure import Mention

_REST = re.compile(
    r"[结节盈]余|结存|剩|余额|余下|还余|尚余|盈利|利润|净[落得赚剩挣收余]|纯[收利]|落袋|到手|(?<!自)留存|账[上面][^,。;]{0,4}有|收支(?:相抵|差)"
)
_EARLIER = re.compile(r"(?:上|去|前|往|历)(?:年|季|月|期|半年|届)|[年期季月]初|人均|户均|每")
_OUT = re.compile(
    r"支出|开支|花费|花[了去掉]|用[去掉了]|支付|付|费用|成本|出账|投入|发放|发[了给出]|合计|共计|总计|总共|一共|小计"
)
_IN = re.compile(
    r"收入|收益|进账|进项|筹[集措得]?|捐|到账|到位|接收|收[到取缴了]|实收|募集|销售|产值|卖|有|可用|可支配|现金|合计|共|家底|总"
)
_FAR, _LEAST_DIGITS = 60, 3


def far_balance(scene: Scene, rest: Mention) -> Way | None:
    words = words_of(scene, rest)
    if rest.quantity.kind != "money" or not _REST.search(words) or _EARLIER.search(words):
        return None
    at = scene.place_of(rest)
    before = [
        one
        for one in scene.mentions[max(0, at - _FAR) : at]
        if one.is_like(rest) and can_add(one) and one.quantity.is_exact
    ]
    if _comes_out(rest, before):
        return None
    fitting = {way.left: way for way in _ways(scene, rest, before)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _ways(scene: Scene, rest: Mention, before: Sequence[Mention]) -> Iterator[Way]:
    """The nearest figure that closes what was paid, and each before it that may be what there was."""
    outs = [one for one in before if _OUT.search(_called(scene, one))]
    for out in outs[-2:]:
        for whole in before:
            if whole.quantity.base_value <= out.quantity.base_value or not _IN.search(_called(scene, whole)):
                continue
            way = Way(whole, (out,))
            missing = whole.quantity.base_value - rest.quantity.base_value
            if (_is_long(rest) and swapped(rest.quantity, way.left)) or (
                _is_long(out) and out is outs[-1] and swapped(out.quantity, missing)
            ):
                yield way


def _is_long(one: Mention) -> bool:
    return len(str(int(one.quantity.base_value / one.quantity.step)).rstrip("0")) >= 2 and (
        int(one.quantity.base_value / one.quantity.step) >= 10 ** (_LEAST_DIGITS - 1)
    )


def _called(scene: Scene, one: Mention) -> str:
    return words_of(scene, one) + one.quantity.subject + one.right[:4]


def _comes_out(rest: Mention, before: Sequence[Mention]) -> bool:
    """Whether any two figures, the greater before the lesser or behind it, leave it."""
    values = {one.quantity.base_value for one in before}
    return any(rest.quantity.states(one - other) for one in values for other in values if one > other)
