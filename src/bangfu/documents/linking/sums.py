"""Items and their total, a whole and what is taken from it -> the sums and remainders that may be meant."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from statistics import fmean

from bangfu.documents.arithmetic.parallels import says_overlap
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.claims.claim import Claim
from bangfu.documents.linking.linked import Linked
from bangfu.documents.linking.links import Likely, Links
from bangfu.documents.reading.structure import Mention

_MOST = 16
_LIKELY, _TOGETHER = (0.5, 0.25, 0.1, 0.05), (0.5, 0.2)
"""Items are taken from these chances on; from those on they belong to the same sum as another."""
_ITEM = 0.1
_TAKEN = (0.5, 0.2, 0.05)
_SURE, _COUNTED = 0.5, frozenset({"count", "person"})
_MOST_TAKEN, _MOST_WHOLES = 5, 3

_Set = tuple[int, ...]


def sums(scene: Scene, links: Links, stated: Mention) -> Iterator[Linked]:
    likely = dict(_items(scene, links.of("item", stated.index), stated)[:_MOST])
    for items in _sets(likely, links):
        if not _may_overlap(scene, (*items, stated.index)):
            yield Linked(_sum(scene, items, stated), _chance(items, likely, links))


def _may_overlap(scene: Scene, figures: Sequence[int]) -> bool:
    """Whether it is said of them, in the sentence that they share."""
    first, last = mention_at(scene, min(figures)), mention_at(scene, max(figures))
    return first.sentence == last.sentence and says_overlap(scene, first, last)


def _items(scene: Scene, likely: Likely, stated: Mention) -> list[tuple[int, float]]:
    """42家龙头企业、316个合作社,共358个: counted things add up with others where they are likely items."""
    return [
        (at, chance)
        for at, chance in likely
        if (one := mention_at(scene, at)).is_like(stated)
        or (chance >= _SURE and {one.quantity.kind, stated.quantity.kind} <= _COUNTED)
    ]


def _like(scene: Scene, likely: Likely, stated: Mention) -> list[tuple[int, float]]:
    """Between two percentages lie percentage points."""
    points = stated.quantity.kind == "point"
    return [
        (at, chance)
        for at, chance in likely
        if (one := mention_at(scene, at)).is_like(stated) or (points and one.quantity.kind == "share")
    ]


def mention_at(scene: Scene, index: int) -> Mention:
    return scene.mentions[index]


def _sets(likely: Mapping[int, float], links: Links) -> list[_Set]:
    """Those above each chance, and those that go with each of them."""
    found = [tuple(sorted(at for at, chance in likely.items() if chance >= least)) for least in _LIKELY]
    for seed, together in itertools.product(likely, _TOGETHER):
        beside = (
            at
            for at, chance in likely.items()
            if at == seed or (chance >= _ITEM and links.between(seed, at) >= together)
        )
        found.append(tuple(sorted(beside)))
    return [items for items in dict.fromkeys(found) if len(items) > 1]


def _chance(items: _Set, likely: Mapping[int, float], links: Links) -> float:
    """Of the least likely item, that they go together, and that none is left out."""
    together = fmean(links.between(one, other) for one, other in itertools.combinations(items, 2))
    left_out = (
        chance * fmean(links.between(at, one) for one in items)
        for at, chance in likely.items()
        if at not in items
    )
    return min(likely[at] for at in items) * math.sqrt(together) * (1 - max(left_out, default=0.0))


def _sum(scene: Scene, items: Sequence[int], stated: Mention) -> Claim:
    members = tuple(mention_at(scene, at) for at in items)
    low = sum((one.quantity.span[0] for one in members), Decimal(0))
    high = sum((one.quantity.span[1] for one in members), Decimal(0))
    computed = sum((one.quantity.base_value for one in members), Decimal(0))
    return claim_of("sum", members, stated, computed, (low, high), "")


def remainders(scene: Scene, links: Links, stated: Mention) -> Iterator[Linked]:
    wholes = _like(scene, links.of("whole", stated.index), stated)[:_MOST_WHOLES]
    taken = _like(scene, links.of("taken", stated.index), stated)
    for whole, chance in wholes:
        without = {at: one for at, one in taken if at != whole}
        for several in _taken(without):
            left_out = max((one for at, one in without.items() if at not in several), default=0.0)
            least = min(chance, *(without[at] for at in several))
            yield Linked(_remainder(scene, whole, several, stated), least * (1 - left_out))


def _taken(likely: Mapping[int, float]) -> list[_Set]:
    found = [tuple(sorted(at for at, chance in likely.items() if chance >= least)) for least in _TAKEN]
    found += [(at,) for at in list(likely)[:_MOST_WHOLES]]
    return [several for several in dict.fromkeys(found) if 0 < len(several) <= _MOST_TAKEN]


def _remainder(scene: Scene, whole: int, taken: Sequence[int], stated: Mention) -> Claim:
    members = tuple(mention_at(scene, at) for at in (whole, *taken))
    first, *others = (one.quantity for one in members)
    low = first.bounds()[0] - sum((one.bounds()[1] for one in others), Decimal(0))
    high = first.bounds()[1] - sum((one.bounds()[0] for one in others), Decimal(0))
    computed = first.base_value - sum((one.base_value for one in others), Decimal(0))
    way = "-".join(one.quantity.text for one in members)
    return claim_of("difference", members, stated, computed, (low, high), way)


def claim_of(
    kind: str,
    members: tuple[Mention, ...],
    stated: Mention,
    computed: Decimal,
    between: tuple[Decimal, Decimal],
    way: str,
) -> Claim:
    return Claim(kind, members, stated, computed, *between, way)  # type: ignore[arg-type]
