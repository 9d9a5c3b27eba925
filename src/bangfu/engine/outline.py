"""What a rule asks, as points and points below them: long conditions are read that way, not as one sentence."""

from __future__ import annotations

from dataclasses import dataclass

from bangfu.engine.wording import Wording
from bangfu.policy.language import nodes as n

_HEADS = {"and": "同时符合", "or": "符合其中一条"}
_NONE = {"and": "不同时符合", "or": "一条也不符合"}


@dataclass(frozen=True)
class Point:
    """A condition in words, or a word on what is below it."""

    text: str
    points: tuple[Point, ...] = ()


def outline(node: n.Node, wording: Wording) -> Point:
    """The conditions that are joined by and, or, also those that related rows are asked; sums and counts stay sentences."""
    match node:
        case n.Logic(op=op, items=items):
            return Point(_HEADS[op], tuple(outline(item, wording) for item in items))
        case n.Not(item=n.Logic(op=op, items=items)):
            return Point(_NONE[op], tuple(outline(item, wording) for item in items))
        case n.Not(item=n.Aggregate(fn="any") as rows):
            return _of_rows(rows, wording, f"没有这样的{wording.relation_label(rows)}", "没有")
        case n.Aggregate(fn="any"):
            return _of_rows(node, wording, f"有这样的{wording.relation_label(node)}", "有")
    return Point(wording.condition(node))


def _of_rows(node: n.Aggregate, wording: Wording, head: str, word: str) -> Point:
    """Points only where there are several: one condition is said in the sentence."""
    told = tuple(wording.asked_of_rows(node))
    if len(told) < 2:
        return Point(wording.exists(node, word))
    with wording.within():
        return Point(f"{head}，同时符合", tuple(outline(part, wording) for part in told))
