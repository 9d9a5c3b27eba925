"""Where the counts and the amounts of the same items both fail to add up: the one item that explains both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bangfu.documents.arithmetic.causes import common_item
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene


def side_by_side(scene: Scene, found: Sequence[Relation]) -> list[Relation]:
    """One item that mends both makes a sum that would only be asked about as certain as the other."""
    done = list(found)
    failing = [at for at, one in enumerate(done) if one.kind == "sum" and one.holds is not True]
    for at in failing:
        for other in failing:
            told = done[at].holds is False or done[other].holds is False
            if at < other and told and (cause := _cause(scene, done[at], done[other])):
                done[at], done[other] = _told(done[at], cause), _told(done[other], cause)
    return done


def _told(one: Relation, cause: str) -> Relation:
    severity = one.severity if one.holds is False else "error"
    return replace(one, holds=False, severity=severity, cause=cause)


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
