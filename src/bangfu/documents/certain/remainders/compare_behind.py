"""What is compared with stands behind the difference: 外出务工4836人,同比增加302人(去年同期4534人)."""

from __future__ import annotations

from collections.abc import Sequence

from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.remainders.compare_words import BEHIND
from bangfu.documents.certain.remainders.slips import slip
from bangfu.documents.reading.structure import Mention


def with_benchmark_behind(
    scene: Scene, stated: Mention, pool: Sequence[Mention]
) -> tuple[Mention, Mention] | None:
    """外出务工4836人,同比增加302人(去年同期4534人)."""
    at, last = scene.place_of(stated), pool[-1]
    for behind in scene.mentions[at + 1 : at + 2]:
        if behind.is_like(last) and behind.sentence == last.sentence == stated.sentence:
            bracket = scene.between(stated, behind)
            true = abs(behind.quantity.base_value - last.quantity.base_value)
            if BEHIND.search(bracket) and slip(stated.quantity, true) and last.quantity.is_exact:
                return (last, behind)
    return None
