"""Totals that run on: 1—9月排查1249处, 10月136处, 1—10月累计1385处; a stock, its net change, and the stock after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.certain.rows.numbers import comes_out, fine, is_one_digit, is_swap
from bangfu.documents.reading.structure import Mention

_UP_TO = re.compile(r"1[月]?(?:—|-|–|~|至|到)(\d{1,2})月")
_HALF = re.compile(r"上半年|前三季度|一季度|全年|年内")
_HALVES = {"一季度": 3, "上半年": 6, "前三季度": 9, "全年": 12}
_SUM = re.compile(r"累计|总计|合计|共")
_NET_UP = re.compile(r"净增加?[^,。;\d]{0,3}$")
_NET_DOWN = re.compile(r"净减少?[^,。;\d]{0,3}$")
_THEN = re.compile(r"[月年周季期]末|月底|年底|现有|目前|期末|在册|存栏|库存|达到?|余额")
_BEGAN = re.compile(r"[月年周季期]末|[月年]底|[月年期]初|上[周月季年]|原有|在册|存栏|库存|余额|结余")
_CAME = re.compile(r"新增|新?纳入|新识别|增加")
_NONE_LEFT = re.compile(r"[^。;]{0,8}(?:无|没有|未发生)(?:退出|减少|清退|注销|死亡|出栏)")
_PLAN = re.compile(r"任务|计划|目标|去年|上年|同期|标准|平均|均")
_BACK = 40


def running(rows: Rows) -> Iterator[Relation]:
    for at, one in enumerate(rows.scene.mentions):
        if not one.quantity.is_exact or one.quantity.per or one.quantity.kind in ("share", "point", "times"):
            continue
        yield from _up_to_now(rows, at, one)
        yield from _after_net(rows, at, one)


def _clause(rows: Rows, one: Mention) -> str:
    """Its clause and the one before it, figures left out."""
    return rows.scene.clause(one)[-20:]


def _month(words: str) -> int:
    if found := _UP_TO.findall(words):
        return int(found[-1])
    match = _HALF.search(words)
    return _HALVES.get(match[0], 0) if match else 0


def _up_to_now(rows: Rows, at: int, now: Mention) -> Iterator[Relation]:
    """What was reached before, the month since, and what is reached now; the month may stand far above."""
    words = _clause(rows, now)
    month = _month(words)
    if not month or not (_SUM.search(words) or _UP_TO.search(words)) or _PLAN.search(words):
        return
    earlier = [
        one for one in rows.scene.mentions[max(0, at - _BACK) : at][::-1] if class_of(one) == class_of(now)
    ]
    before = next(
        (
            one
            for one in earlier[:2]
            if one.sentence == now.sentence and _month(_clause(rows, one)) == month - 1
        ),
        None,
    )
    if before is None:
        before = _month_end(rows, earlier[:3], now, month - 1)
    if before is None or not before.quantity.is_exact or _PLAN.search(_clause(rows, before)):
        return
    since = [
        one
        for one in earlier
        if one is not before and _is_of_month(rows, one, month) and one.quantity.is_exact
    ]
    if not since or any(comes_out((before, one), now) for one in since):
        return
    for one in since:
        if _differ_by_slip((before, one), now):
            yield sum_relation((before, one), now, holds=False)
            return


def _month_end(rows: Rows, earlier: Sequence[Mention], now: Mention, month: int) -> Mention | None:
    end = re.compile(rf"(?<!\d){month}月[底末]|上月[底末]")
    return next(
        (one for one in earlier if one.sentence == now.sentence and end.search(_clause(rows, one))), None
    )


def _is_of_month(rows: Rows, one: Mention, month: int) -> bool:
    words = rows.scene.sentence_words(one)[: one.quantity.start - rows.scene.sentence_of(one).start]
    own = _clause(rows, one)
    if _UP_TO.search(own) or _PLAN.search(own):
        return False
    return (
        bool(re.search(rf"(?<![\d—至-]){month}月(?![底末初])|本月|当月|本季|本期|本旬", words)) or month == 0
    )


def _differ_by_slip(members: Sequence[Mention], total: Mention) -> bool:
    right = sum(fine(one) for one in members)
    gap = right - fine(total)
    if is_swap(fine(total), right) or is_one_digit(fine(total), right):
        return True
    return any(
        is_swap(fine(one), fine(one) - gap) or is_one_digit(fine(one), fine(one) - gap) for one in members
    )


def _after_net(rows: Rows, at: int, net: Mention) -> Iterator[Relation]:
    """5月底214户, 净增5户, 6月底219户: the stock after is the stock before and the net change."""
    only_in = _CAME.search(net.left) and _NONE_LEFT.search(
        rows.flat[net.quantity.end : net.quantity.end + 16]
    )
    if not _NET_UP.search(net.left) and not only_in:
        return
    mentions = rows.scene.mentions
    kind = class_of(net)
    after = next((one for one in mentions[at + 1 : at + 5] if class_of(one) == kind), None)
    if after is None or after.paragraph != net.paragraph or not _THEN.search(after.left):
        return
    earlier = [
        one
        for one in mentions[max(0, at - 12) : at]
        if class_of(one) == kind and one.paragraph == net.paragraph
    ]
    began = [one for one in earlier if _BEGAN.search(one.left) and fine(one) > fine(net) * 2]
    if len(began) != 1 or any(_NET_DOWN.search(one.left) or _NET_UP.search(one.left) for one in earlier):
        return
    if not began[0].quantity.is_exact or not after.quantity.is_exact or comes_out((began[0], net), after):
        return
    if _differ_by_slip((began[0], net), after):
        yield sum_relation((began[0], net), after, holds=False)
