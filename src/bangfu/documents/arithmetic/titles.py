"""A figure of the title said otherwise in the body: 2.36亿元 above, 2.63亿元 below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bangfu.documents.arithmetic.causes import is_swapped
from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import CHANGE, PER, Scene
from bangfu.documents.reading.structure import Mention

_TITLE = 60
_MARKS = re.compile(r"[。;]")
_KINDS = frozenset(
    {"money", "count", "person", "household", "person_times", "household_times", "area", "length"}
)


def titles(scene: Scene) -> Iterator[Relation]:
    flat = scene.reading.flat
    start = len(flat) - len(flat.lstrip())
    end = flat.find("\n", start)
    if end < 0 or end - start > _TITLE or _MARKS.search(flat[start:end]):
        return
    body = [one for one in scene.mentions if one.quantity.start > end]
    for said in scene.mentions:
        if said.quantity.start < end and said.quantity.kind in _KINDS and said.quantity.is_exact:
            yield from _again(said, [one for one in body if one.is_like(said)])


def _again(said: Mention, body: list[Mention]) -> Iterator[Relation]:
    """Settled where the title's figure stands nowhere, and one of its noun is a slip of the pen away."""
    same = next((one for one in body if one.quantity.states(said.quantity.base_value)), None)
    if same is not None:
        if _shares_noun(said, same):
            members = (said.index,)
            yield Relation("restated", members, same.index, said.quantity.base_value, True)
        return
    slipped = [one for one in body if _is_slip(said, one) and _shares_noun(said, one)]
    if slipped:
        one = slipped[0]
        text = f"标题写的是{said.quantity.text},这里写的是{one.quantity.text},两处不一致"
        yield Relation("restated", (said.index,), one.index, said.quantity.base_value, False, "error", text)


def _is_slip(said: Mention, one: Mention) -> bool:
    stated = one.quantity.is_exact and not PER.search(one.left) and not CHANGE.search(one.left)
    return stated and is_swapped(said.quantity, one.quantity.base_value)


def _shares_noun(said: Mention, one: Mention) -> bool:
    words = _words(one)
    noun = _words(said)
    return any(noun[at : at + 2] in words for at in range(len(noun) - 1))


def _words(mention: Mention) -> str:
    near = mention.left[-10:] + " " + mention.right[:8]
    return re.sub(r"[^一-龥 ]|[全今去]年|[全我本]?[县镇乡村市区]|共|计|已|约|达", "", near)
