"""What was there and what came add up to what is there now; and totals in a unit that their items do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.closing_sums import sum_relation
from bangfu.documents.arithmetic.mistyped import retyped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import can_add
from bangfu.documents.certain.rows.candidate import Rows, class_of
from bangfu.documents.certain.rows.numbers import comes_out
from bangfu.documents.certain.rows.proofs import needed
from bangfu.documents.reading.quantity import plain
from bangfu.documents.reading.structure import Mention

_NOW = re.compile(
    r"(?:累计结[余存]|滚存结[余存]|累计滚存|[期年月季][末底](?:滚存|累计)?(?:余额|结[余存]|库存)|现存|现有|现共有|账[上面户]?现?有|"
    r"总数(?:为|达|达到|是|到)?|累计(?:有|达到?)?|增[至到加]+后?(?:共|总数)?[有为达]?|达到?|合计|一共|共有?|总共|(?:目前|现在)(?:共|还?有)?)"
    r"[一-龥]{0,6}$"
)
_WAS = re.compile(
    r"(?:上[年月期季]|去年|前期|以前年度|往年|历年|年初|月初|期初|季初|学期初|[一二三四五六七八九十\d]+月底)[一-龥]{0,4}(?:滚存|结[余存转]|余额|存|库存|有|在册)[一-龥]{0,3}$|"
    r"原有[一-龥]{0,6}$|加上原(?:来|先)?[一-龥]{0,6}$|滚存(?:结余|资金)?$|上[年期月]结转[一-龥]{0,3}$"
)
_CAME = re.compile(
    r"(?:(?:[当本今][年月期季]|本学期|本季度)[一-龥]{0,4}(?:结余|节余|盈余|净增加?|新增|结存)|新增|新纳入|新识别|新建|新购|新吸收|今年(?:新|再|拟)?[增招建]|净增)[一-龥]{0,6}$"
)
_GONE = re.compile(r"消除|退出|减少|支出|转出|死亡|注销|清退|调出|拆除|报废|用去|花了?")
_NAMED = re.compile(r"(?:共|合计|总[一-龥]{0,2}|一共|总共|加起来|合起来)$")
_MEASURED = frozenset({"money", "area", "floor", "length", "weight", "volume"})
_REACH = 8


def stocks(rows: Rows) -> Iterator[Relation]:
    mentions = rows.scene.mentions
    for at, now in enumerate(mentions):
        if not now.quantity.is_exact or now.quantity.per or not can_add(now):
            continue
        near = mentions[max(0, at - _REACH) : at]
        if _NOW.search(_said(rows, now)) or _NOW.search(now.left):
            yield from _grown(rows, now, near)
        if _NAMED.search(now.left) and now.quantity.kind in _MEASURED:
            yield from _other_unit(rows, now, near)


def _grown(rows: Rows, now: Mention, near: Sequence[Mention]) -> Iterator[Relation]:
    """当年结余8780万元,上年滚存4.542亿元,累计结余5.42亿元; 新纳入10人,加上原有的41人,现有51人."""
    alike = [one for one in near if class_of(one) == class_of(now) and one.paragraph == now.paragraph]
    was = [one for one in alike if _WAS.search(_said(rows, one))]
    came = [one for one in alike if one not in was and _CAME.search(_said(rows, one))]
    if len(was) != 1 or not came or not was[0].quantity.is_exact:
        return
    pair = (came[-1], was[0]) if came[-1].index < was[0].index else (was[0], came[-1])
    if not came[-1].quantity.is_exact or any(comes_out((was[0], one), now) for one in came):
        return
    between = rows.flat[pair[0].quantity.start : now.quantity.start]
    if _GONE.search(between):
        return
    if _is_slip(pair, now):
        yield sum_relation(pair, now, holds=False)


def _said(rows: Rows, one: Mention) -> str:
    """Its words, or those of the figure that it stands beside: 加上原有的11户41人."""
    group = rows.scene.group_of[one.index].mentions[0]
    return (one.left if group is one else group.left).rstrip("的有为共计是约")


def _is_slip(pair: Sequence[Mention], now: Mention) -> bool:
    whole = sum((one.quantity.base_value for one in pair), Decimal(0))
    return bool(
        retyped(now.quantity, whole) or any(retyped(one.quantity, needed(pair, now, one)) for one in pair)
    )


def _other_unit(rows: Rows, total: Mention, near: Sequence[Mention]) -> Iterator[Relation]:
    """32平方米、28平方米,共60公里: the sum is right in number and wrong in unit."""
    items = [one for one in near if one.sentence == total.sentence and one.quantity.kind in _MEASURED]
    if len(items) < 2 or any(one.is_like(total) for one in items[-2:]):
        return
    unit = items[-1].quantity.unit
    run: list[Mention] = []
    for one in reversed(items):
        if one.quantity.unit != unit or not one.quantity.is_exact:
            break
        run.insert(0, one)
        amount = sum((each.quantity.value for each in run), Decimal(0))
        if len(run) > 1 and amount == total.quantity.value:
            yield _unit_relation(run, total, amount, unit)
            return


def _unit_relation(run: Sequence[Mention], total: Mention, amount: Decimal, unit: str) -> Relation:
    words = "+".join(one.quantity.text for one in run)
    right = f"{plain(amount)}{unit}"
    return Relation(
        "sum",
        tuple(one.index for one in run),
        total.index,
        None,
        False,
        "error",
        f"{words}={right},文中写的是{total.quantity.text}",
        f"单位“{total.quantity.unit}”误写,应为“{unit}”",
    )
