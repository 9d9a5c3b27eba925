"""A limit, and those who are limited -> the claims that an amount, or what each of them gets of it, stays below it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Links
from bangfu.documents.linking.sums import claim_of, mention_at
from bangfu.documents.reading.structure import Mention

_RANKS, _MOST_LIMITED = 3, 2


def limits(scene: Scene, links: Links, stated: Mention) -> Iterator[Linked]:
    limited = links.of("limited", stated.index)[:_MOST_LIMITED]
    each = max((chance for _, chance in limited), default=0.0)
    for at, chance in links.of("limit", stated.index)[:_RANKS]:
        limit = mention_at(scene, at)
        if limit.quantity.base_unit != stated.quantity.base_unit:
            continue
        yield _limit(limit, (), stated, chance * (1 - each))
        for count, likely in limited:
            if count != at:
                yield _limit(limit, (mention_at(scene, count),), stated, math.sqrt(chance * likely))


def _limit(limit: Mention, limited: tuple[Mention, ...], stated: Mention, chance: float) -> Linked:
    """The amount may come to as much as the limit, times as many as there are."""
    most = math.prod((one.quantity.base_value for one in limited), start=limit.quantity.base_value)
    high = math.prod((one.quantity.span[1] for one in limited), start=limit.quantity.base_value)
    way = "×".join(one.quantity.text for one in (limit, *limited))
    claim = claim_of("standard_cap", (limit, *limited), stated, most, (Decimal(0), high), way)
    return Linked(claim, chance)
