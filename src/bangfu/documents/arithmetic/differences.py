"""Remainders: 计划A,完成B,剩余C; 增加A,减少B,净增C."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.causes import is_mistyped
from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import AMONG, Scene, can_add, own_label
from bangfu.documents.reading.structure import Mention

_LEFT = re.compile(
    r"剩余|尚余|还剩|余下|剩下|结余|结转|净增|净减|缺口|尚欠|空置|闲置|(?:还|尚)?未[一-龥]{1,6}|没有?[一-龥]{1,5}|还有|尚有|仍有|待[一-龥]{1,4}|相差|还差|尚差|余额|请假|缺席|缺勤|滞留|沉淀|可分配|净收[入益]|其余|不[一-龥]{2,3}(?:的)?$"
)
_SURE = re.compile(
    r"剩余|尚余|还剩|余下|剩下|结余|净增|净减|尚欠|结转|缺口|空置|闲置|请假|缺席|缺勤|尚欠|结转|未完成|未[一-龥]{0,2}(?:签|拨|付|支|实施|开工|完工|验收|整改|脱贫|回收|归还|到位|参|办|兑|缴|销号|消除|落实|实现|安排|使用|发放)|还差|尚差"
)
_STILL = re.compile(r"还有|尚有|仍有")
_UNDONE = re.compile(r"[一-龥]{0,6}?(?:未|没|正在|在建|待)")
_START = re.compile(r"(?:年初|期初|上年|月初)(?:结余|结转|余额)")
_IN = re.compile(r"收入|收取|增加|下达|到账")
_OUT = re.compile(r"支出|使用|拨付|支付|减少")
_END = re.compile(r"(?:年末|年底|期末|月末|累计)(?:结余|余额)|结余")
_NOT_YET = re.compile(r"[未不]([一-龥]{2})")
_CLOSELY = re.compile(r"滞留|沉淀|可分配|净收[入益]|其余")
_NET = re.compile(r"净增|净减")


def differences(scene: Scene) -> Iterator[Relation]:
    for rest in scene.mentions:
        words = rest.left if rest.left.strip("、和,") else own_label(scene.group_of[rest.index].label)
        after = scene.group_of[rest.index].mentions[-1].right
        match = _LEFT.search(words) or (_LEFT.match(after) if not rest.left.strip("、和") else None)
        if match is None or not can_add(rest) or (scene.is_nested(rest) and AMONG.search(rest.gap)):
            continue
        before = [one for one in scene.before(rest) if one.is_like(rest) and _is_amount(one)]
        before = [one for one in before if not _restates(scene, one)]
        sure = bool(_SURE.search(match[0] + words) or (_STILL.search(match[0]) and _UNDONE.match(after)))
        relation = _balance(scene, rest) or _difference(scene, rest, before, words + after[:6], sure=sure)
        if relation is not None:
            yield relation


def _balance(scene: Scene, rest: Mention) -> Relation | None:
    """年初结余A,收入B,支出C,年末结余D: A+B-C=D."""
    if not _END.search(rest.left):
        return None
    named = [
        next(
            (one for one in reversed(scene.before(rest)) if one.is_like(rest) and words.search(one.left)),
            None,
        )
        for words in (_START, _IN, _OUT)
    ]
    start, income, spent = named
    if start is None or income is None or spent is None:
        return None
    computed = start.quantity.base_value + income.quantity.base_value - spent.quantity.base_value
    members = (start.index, income.index, spent.index)
    if rest.quantity.states(computed):
        return Relation("difference", members, rest.index, computed, True)
    said = (
        f"{start.quantity.text}+{income.quantity.text}-{spent.quantity.text}={shown(computed, rest.quantity)},"
        f"文中写的是{rest.quantity.text}"
    )
    return Relation("difference", members, rest.index, computed, False, "error", said)


def _restates(scene: Scene, mention: Mention) -> bool:
    """3512000元(351.2万元): the same figure again."""
    before = scene.before(mention)[-1:]
    same = bool(before) and before[0].quantity.base_value == mention.quantity.base_value
    return same and mention.gap.strip() in ("(", "(合", "(即", "(约")


def _is_amount(mention: Mention) -> bool:
    return can_add(mention) or bool(
        re.search(r"增加|减少|新增", mention.left) and mention.quantity.kind not in ("share", "point")
    )


def _difference(
    scene: Scene, rest: Mention, before: Sequence[Mention], words: str, *, sure: bool
) -> Relation | None:
    before = [one for one in before if one.segment == rest.segment] or list(before)
    for at in range(len(before) - 1):
        whole, taken = before[at], before[at + 1 :]
        for length in range(len(taken), 0, -1):
            for start in range(len(taken) - length + 1):
                used = taken[start : start + length]
                if rest.quantity.states(_remainder(whole, used)):
                    return Relation(
                        "difference", _indexes(whole, used), rest.index, _remainder(whole, used), True
                    )
    if len(before) > 2 and before[0].quantity.base_value == before[1].quantity.base_value:
        before = before[1:]
    done_word = _NOT_YET.search(words)
    sure = sure or bool(
        done_word and before and done_word[1] in scene.label(before[-1]) and _is_split(rest, before)
    )
    sure = sure or (len(before) == 2 and _CLOSELY.search(words) is not None and _is_near(rest, before))
    if (
        len(before) > 2
        and done_word is not None
        and all(done_word[1] in scene.label(one) for one in before[1:])
    ):
        return _left_of_many(rest, before[0], before[1:])
    if len(before) != 2 or not sure:
        return None
    whole, done = before
    computed = _remainder(whole, [done])
    if not all(one.quantity.is_exact for one in (whole, done, rest)):
        return None
    if _NET.search(rest.left):
        computed = abs(computed)
        if rest.quantity.states(computed):
            return Relation("difference", (whole.index, done.index), rest.index, computed, True)
    elif computed < 0 or rest.quantity.base_value > whole.quantity.base_value:
        return None
    said = f"{whole.quantity.text}-{done.quantity.text}={shown(computed, rest.quantity)},文中写的是{rest.quantity.text}"
    return Relation("difference", (whole.index, done.index), rest.index, computed, False, "error", said)


def _is_split(rest: Mention, before: Sequence[Mention]) -> bool:
    """What was done and what was not come near what there was: 合格, 不合格 of what was tested."""
    both = rest.quantity.base_value + before[-1].quantity.base_value
    return both <= 2 * before[0].quantity.base_value <= 4 * both


def _is_near(rest: Mention, before: Sequence[Mention]) -> bool:
    """扣除…后可分配…, 其余…: settled only where the difference nearly comes out."""
    whole, done = (one.quantity.base_value for one in before)
    near = abs(whole - done - rest.quantity.base_value) * 20 <= whole
    return done < whole and (near or is_mistyped(rest.quantity, whole - done))


def _left_of_many(rest: Mention, whole: Mention, taken: Sequence[Mention]) -> Relation | None:
    """68户,2016年脱贫12户,2017年脱贫18户,还有38户未脱贫: all that was done taken from the whole."""
    if not all(one.quantity.is_exact for one in [rest, whole, *taken]):
        return None
    computed = _remainder(whole, taken)
    words = "-".join(one.quantity.text for one in [whole, *taken])
    said = f"{words}={shown(computed, rest.quantity)},文中写的是{rest.quantity.text}"
    return Relation("difference", _indexes(whole, taken), rest.index, computed, False, "error", said)


def _remainder(whole: Mention, taken: Sequence[Mention]) -> Decimal:
    return whole.quantity.base_value - sum((one.quantity.base_value for one in taken), Decimal(0))


def _indexes(whole: Mention, taken: Sequence[Mention]) -> tuple[int, ...]:
    return (whole.index, *(one.index for one in taken))
