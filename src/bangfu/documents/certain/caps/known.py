"""Limits of the rulebook that a text need not name: what one household may borrow as 小额信贷."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.arithmetic.standards import SMALL_LOAN_WORDS, Cap
from bangfu.documents.certain.caps.amounts import counts, is_single, is_top
from bangfu.documents.certain.caps.limits import Limit, limits_of
from bangfu.documents.certain.caps.topics import product_of, title_of
from bangfu.documents.reading.structure import Mention

_SMALL = re.compile(r"小额信贷|小额贷款|小额信用贷|扶贫小额|户贷")
_BEYOND = 10
_OF_PLACE = re.compile(r"^[、;::,]?(?:其中)?[一-龥]{1,4}[村镇乡](?:发放|放贷|贷款|有|为)?$")
_LENT = re.compile(r"贷|发放|放款|最[高多大]|合计|共|获|得|达|为|每户|有[一1]户|各|[一1]户$|某$")
_OTHER = re.compile(
    r"收入|产值|利息|贴息|逾期|不良|代偿|补偿|担保金|奖|补助|存款|投资|成本|企业|合作社|公司|农场|结清|累计|偿还|归还|收回|追回|还款|销售"
)
_EACH_OF_SOME = re.compile(r"(?:每户|各|均为|户均)(?:均|都|实际|实)?(?:贷款|贷了?|获贷|发放|借款|得贷)?$")
_OTHER_LENDER = re.compile(r"基金|大户|另有|主体|企业|合作社|[一-龥](?<!小额信)贷(?!款|[户了出])")
_TWICE = re.compile(r"两次|两轮|先后|续贷|滚动|前后")


def small_loans_exceeded(scene: Scene, known: Sequence[Cap]) -> Iterator[Relation]:
    """One household's loan above the limit in force, where the text itself names no limit for such."""
    most = next((cap.limit for cap in known if cap.words == SMALL_LOAN_WORDS), None)
    if most is None or not _SMALL.search(scene.reading.flat):
        return
    if not any(_limits_small(scene, limit) for limit in limits_of(scene)):
        yield from _exceeded(scene, most)


def _exceeded(scene: Scene, most: Decimal) -> Iterator[Relation]:
    for mention in scene.mentions:
        if not _is_beyond(mention, most) or not _is_of_small(scene, mention):
            continue
        if _is_loan(scene, mention, most) and (is_single(scene, mention) or _is_each_of_some(scene, mention)):
            yield _told(mention, most)
        elif (count := _count_of_list(scene, mention, most)) is not None:
            yield _told_of_many(mention, count, most)


def _is_of_small(scene: Scene, mention: Mention) -> bool:
    """So the sentence or the line says; or nothing there names a loan, and the text is of such."""
    product = product_of(scene, mention)
    return product == "小额" or (not product and _SMALL.search(title_of(scene)) is not None)


def _count_of_list(scene: Scene, mention: Mention, most: Decimal) -> Mention | None:
    """龙门镇136户、625.6万元;双河乡108户、572.4万元: more than the limit for each of them."""
    before = scene.before(mention)[-1:]
    if not before or before[0].quantity.base_unit != "户" or mention.gap not in ("、", ",", ""):
        return None
    count = before[0]
    if not _OF_PLACE.search(count.gap) or not count.quantity.base_value:
        return None
    least = mention.quantity.bounds()[0] / count.quantity.base_value
    return count if most < least < most * 2 else None


def _limits_small(scene: Scene, limit: Limit) -> bool:
    return limit.mention.quantity.kind == "money" and product_of(scene, limit.mention) == "小额"


def _is_beyond(mention: Mention, most: Decimal) -> bool:
    quantity = mention.quantity
    if quantity.kind != "money" or "万" not in quantity.text or not quantity.is_exact:
        return False
    return quantity.base_value > most


def _is_loan(scene: Scene, mention: Mention, most: Decimal) -> bool:
    words = mention.left
    if mention.quantity.base_value > most * _BEYOND or _OTHER.search(words) or _TWICE.search(words):
        return False
    return bool(_LENT.search(words)) and not [
        one for one in counts(scene, mention) if not is_top(mention) and not _EACH_OF_SOME.search(words)
    ]


def _is_each_of_some(scene: Scene, mention: Mention) -> bool:
    """其中3户每户贷款8万元."""
    before = scene.before(mention)[-1:]
    if before and _OTHER_LENDER.search(before[0].left + before[0].right):
        return False
    return bool(
        _EACH_OF_SOME.search(mention.left)
        and "户均" not in mention.left
        and before
        and before[0].quantity.base_unit == "户"
        and before[0].quantity.base_value < 50
    )


def _told(mention: Mention, most: Decimal) -> Relation:
    said = f"{mention.quantity.text}超过小额信贷单户{shown(most, mention.quantity)}的政策上限"
    cause = "数字写错,或者超标准、混入了其他贷款"
    return Relation("standard_cap", (), mention.index, most, False, "error", said, cause)


def _told_of_many(mention: Mention, count: Mention, most: Decimal) -> Relation:
    each = (mention.quantity.base_value / count.quantity.base_value / 10_000).quantize(Decimal("0.01"))
    limit = shown(most, mention.quantity)
    said = (
        f"{mention.quantity.text}÷{count.quantity.text},平均每户{each}万元,超过小额信贷单户{limit}的政策上限"
    )
    worst = most * count.quantity.base_value
    cause = "数字写错,或者超标准、混入了其他贷款"
    return Relation("standard_cap", (count.index,), mention.index, worst, False, "error", said, cause)
