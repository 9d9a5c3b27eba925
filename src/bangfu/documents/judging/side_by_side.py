"""Where the counts and the amounts of the same items both fail to add up: the one item that explains both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.causes import common_item
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def side_by_side(scene: Scene, found: Sequence[Relation]) -> list[Relation]:
    done = list(found)
    failing = [at for at, one in enumerate(done) if one.kind == "sum" and one.holds is False]
    for at in failing:
        for other in failing:
            if at < other and (cause := _cause(scene, done[at], done[other])):
                done[at], done[other] = replace(done[at], cause=cause), replace(done[other], cause=cause)
    return done


def _cause(scene: Scene, first: Relation, second: Relation) -> str:
    if len(first.members) != len(second.members) or _groups(scene, first) != _groups(scene, second):
        return ""
    quantities = scene.reading.quantities
    series = [[quantities[index] for index in one.members] for one in (first, second)]
    totals = [quantities[one.stated] for one in (first, second)]
    if totals[0].kind == "money":
        series.reverse()
        totals.reverse()
    return common_item(series[0], series[1], totals[0], totals[1])


def _groups(scene: Scene, relation: Relation) -> list[int]:
    return [id(scene.group_of[index]) for index in relation.members]
