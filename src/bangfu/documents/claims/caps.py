"""Amounts above a limit that the text itself names: 每户不超过5000元 …领得最多的5600元; 12户共放64万元."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket, overlap
from bangfu.documents.reading.structure import Mention

_CAP = re.compile(
    r"(?:不(?:得|能|可|应)?(?:超过|高于|突破|大于)|最高(?!的|一)|上限|封顶|限额|以内|控制在|至多|顶格)[^,。;\d]{0,8}$"
)
_CAP_AFTER = re.compile(
    r"(?:以内|以下|封顶|为限|为上限|(?:/[户人笔])?的?(?:规定|上限|红线|限额|额度|封顶线))"
)
_SINGLE = re.compile(
    r"最多|最高|一户|一例|一笔|一家|一人|某|单户|单笔|单次|个人|有人|其中\d户|1户|户均|人均|每户|每人|每笔"
)
_REACH = 60
_NONE = frozenset({"share", "point", "times", "age", "time"})


def cap_claims(sight: Sight) -> Iterator[Claim]:
    """Only amounts above the limit are claims: `stated` is the amount, the members are the limit and the count."""
    mentions = sight.scene.mentions
    for at, cap in enumerate(mentions):
        if cap.quantity.kind not in _NONE and _names_limit(cap):
            for one in mentions[max(0, at - _REACH) : at + _REACH]:
                if one is not cap and one.is_like(cap) and not _names_limit(one):
                    yield from _above(sight, cap, one)


def _names_limit(one: Mention) -> bool:
    return bool(_CAP.search(one.left) or _CAP_AFTER.match(one.right) or one.quantity.approx == "最多")


def _above(sight: Sight, cap: Mention, one: Mention) -> Iterator[Claim]:
    limit = cap.quantity.bounds()[1]
    if limit <= 0 or one.quantity.base_value <= limit:
        return
    if one.quantity.base_value <= limit * 20:
        yield _claim(sight, cap, one, None)
    group = [
        other
        for other in (*sight.scene.before(one)[-2:], *sight.scene.after(one)[:1])
        if other.quantity.base_unit in ("户", "人", "笔", "个", "人次", "户次", "家")
    ]
    for count in group:
        average = (
            one.quantity.base_value / count.quantity.base_value
            if count.quantity.base_value > 1
            else Decimal(0)
        )
        if limit < average <= limit * 3:
            yield _claim(sight, cap, one, count)


def _claim(sight: Sight, cap: Mention, one: Mention, count: Mention | None) -> Claim:
    limit = cap.quantity.base_value * (count.quantity.base_value if count else 1)
    members = (cap, count) if count else (cap,)
    way = f"{count.quantity.text}×{cap.quantity.text}" if count else cap.quantity.text
    return Claim(
        "standard_cap", members, one, limit, limit, limit, way, True, partial(_cues, sight, cap, one, count)
    )


def _cues(sight: Sight, cap: Mention, one: Mention, count: Mention | None) -> Iterator[str]:
    form = "each" if count else "one"
    words = sight.scene.clause(one)
    yield f"form={form}"
    yield from sight.pair(cap, one, form)
    yield from sight.state(one, f"{form}.one")
    yield f"{form}.names={overlap(sight.names(cap), sight.names(one))}"
    shared = len(sight.names(cap) & sight.sentence_names(one))
    yield f"{form}.topic={bucket(shared, (0, 1, 2, 4))}"
    yield f"{form}.line-topic={bucket(len(sight.sentence_names(cap) & sight.sentence_names(one)), (0, 1, 2, 4, 8))}"
    if _SINGLE.search(words):
        yield f"{form}.single"
    if re.search(r"超|违|不符|整改|查处|追回|退", sight.scene.sentence_words(one)):
        yield f"{form}.admitted"
    per = re.search(r"每?([户人笔家例次]|人次)", cap.left)
    if per and count and count.quantity.base_unit[0] == per[1][0]:
        yield f"{form}.unit=same"
    elif per and count:
        yield f"{form}.unit=other"
    ratio = one.quantity.base_value / cap.quantity.base_value / (count.quantity.base_value if count else 1)
    yield f"{form}.over={bucket(int(ratio * 10), (11, 13, 16, 20, 30, 60))}"
