"""What comes later and can not be more than what came before: 完工9个、验收11个; persons fewer than their households."""

from __future__ import annotations

from collections.abc import Iterator

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.stages.due import exceeded_dues, unentitled
from bangfu.documents.certain.stages.heads import fewer_heads
from bangfu.documents.certain.stages.inline_rows import inline_rows
from bangfu.documents.certain.stages.levels import overspent_levels
from bangfu.documents.certain.stages.named_again import named_again
from bangfu.documents.certain.stages.portions import portions
from bangfu.documents.certain.stages.proven import by_rule, without_others
from bangfu.documents.certain.stages.ranks import against_rank
from bangfu.documents.certain.stages.rates import above_all
from bangfu.documents.certain.stages.steps import overtaken_steps, side_by_slash
from bangfu.documents.certain.stages.subsets import subsets


def stages(scene: Scene) -> Iterator[Relation]:
    """Each pair of figures once."""
    told: set[frozenset[int]] = set()
    for find in (
        fewer_heads,
        exceeded_dues,
        unentitled,
        overtaken_steps,
        side_by_slash,
        against_rank,
        above_all,
        overspent_levels,
        subsets,
        named_again,
        inline_rows,
        portions,
        by_rule,
        without_others,
    ):
        for relation in find(scene):
            pair = frozenset((*relation.members, relation.stated))
            if pair not in told:
                told.add(pair)
                yield relation
