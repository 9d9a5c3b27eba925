"""A figure said again that is not the one said before: summaries, and digits that lost their 万.

What is weighed against chance: how alike the two are called, what stands beside both, whether the later one stands where a
text looks back, whether the arithmetic around it confirms it as a figure of its own, and how rare such a slip is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bangfu.documents.arithmetic.relation import Relation, shown
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.repeats.echoes import ENOUGH, awaits, echoes
from bangfu.documents.certain.repeats.facts import IS_LEFT
from bangfu.documents.certain.repeats.groups import known_groups
from bangfu.documents.certain.repeats.likeness import Likeness
from bangfu.documents.certain.repeats.lines import row_repeats
from bangfu.documents.certain.repeats.mixed import equated, mixed
from bangfu.documents.certain.repeats.parts import is_owned
from bangfu.documents.certain.repeats.pointed import pointed
from bangfu.documents.certain.repeats.siblings import (
    asked,
    exchanged,
    old_figures,
    risen_figures,
    sibling_pairs,
)
from bangfu.documents.certain.repeats.slips import Pair, Slip, Slips
from bangfu.documents.certain.repeats.tables import table_repeats
from bangfu.documents.certain.repeats.terms import terms
from bangfu.documents.certain.repeats.words import DEFINITE
from bangfu.documents.reading.structure import Mention

_LEAST: dict[Slip, float] = {
    "swapped": 4.4,
    "turned": 4.5,
    "moved": 7.0,
    "unit": 4.5,
    "digit": 6.0,
    "dropped": 6.0,
    "other": ENOUGH,
    "old": 1.5,
    "exchanged": 0.0,
}
"""So much must speak for the two being one figure, by how they differ."""
_ONLY_BACK: frozenset[Slip] = frozenset({"digit", "moved", "turned"})
"""Told only where the text looks back: elsewhere figures differ by so little too often."""
_SURE = 20.0
_EASY = 0.01
"""A slip of two digits that chance brings so often needs a name in common."""
_NAMED, _HALF_NAMED = 2.0, 1.0
_LATER = re.compile(
    r"(?:明年|来年|次年|下年度?|下一年|后年)(?!初|一季度)[^,。;]{0,4}(?:安排|计划|拟|准备|打算|力争|争取|预计|将|要)|力争达到|[二三四五]期(?=[^间限内])|另一"
)
_HALF_SAID = 0.5
_CAUSES: dict[Slip, str] = {
    "swapped": "两个数字写颠倒了",
    "turned": "几个数字的次序写错了",
    "moved": "小数点错位,或者多写、少写了0",
    "digit": "有一个数字写错",
    "dropped": "漏写或者多写了一个数字",
    "exchanged": "两个数写反了位置",
    "old": "沿用了上年(期初)数或者计划数",
}


def repeats(scene: Scene) -> Iterator[Relation]:
    """Of each later figure the likeliest earlier one that it should repeat."""
    best: dict[int, tuple[float, Pair]] = {}
    for pair, score in _weighed(scene, Likeness(scene)):
        surplus, index = score - _LEAST[pair.slip], pair.second.index
        if surplus >= 0 and (index not in best or surplus > best[index][0]):
            best[index] = surplus, pair
    for index in sorted(best):
        yield _told(best[index][1])


def _weighed(scene: Scene, likeness: Likeness) -> Iterator[tuple[Pair, float]]:
    for pair in Slips(scene.mentions, likeness.is_back).pairs():
        if _may_be_meant(scene, likeness, pair):
            rarity = likeness.rarity(pair)
            yield pair, rarity + likeness.of(pair, _LEAST[pair.slip] - rarity)
    yield from echoes(scene, likeness)
    yield from sibling_pairs(scene, likeness)
    yield from old_figures(scene, likeness)
    yield from risen_figures(scene, likeness)
    sure = exchanged(scene), asked(scene, likeness), known_groups(scene, likeness), pointed(scene, likeness)
    more = mixed(scene, likeness), equated(scene), terms(scene, likeness)
    for pair in chain(*sure, *more, table_repeats(scene, likeness), row_repeats(scene, likeness)):
        yield pair, _SURE


def _may_be_meant(scene: Scene, likeness: Likeness, pair: Pair) -> bool:
    first, second = pair.first, pair.second
    if first.sentence == second.sentence or is_owned(scene, second):
        return False
    if _is_of_later(scene, first, second):
        return False
    if pair.slip in _ONLY_BACK and not likeness.is_back(second):
        return False
    if pair.slip in ("digit", "moved"):
        said = likeness.names.shared(first, second)[0]
        if said < _HALF_SAID and not (likeness.is_recital(second) or likeness.siblings(first, second)):
            return False
        return not awaits(scene, likeness, second)
    if pair.slip == "swapped" and pair.chance > _EASY:
        if likeness.siblings(first, second):
            return True
        if likeness.is_closing(second) and likeness.is_of_repeats(second) and likeness.proofs.confirm(first):
            return True
        states = likeness.states(first)[IS_LEFT], likeness.states(second)[IS_LEFT]
        if states[0] != states[1] or awaits(scene, likeness, second):
            return False
        back = likeness.is_late(second) or likeness.is_closing(second)
        named = likeness.names.shared(first, second)[0] >= (_HALF_NAMED if back else _NAMED)
        alike = likeness.names.heard(first, second) if back else likeness.names.common(first, second) > 0
        return named and alike and first.paragraph != second.paragraph
    return True


def _is_of_later(scene: Scene, first: Mention, second: Mention) -> bool:
    """现有143个 and 明年安排134个, or 投资7835万元 and 二期投资7385万元."""
    words = scene.clause(second)
    if DEFINITE.search(second.left) or not (later := _LATER.search(words)):
        return False
    return later[0] not in scene.clause(first) and "增" not in words


def _told(pair: Pair) -> Relation:
    one, two = pair.first.quantity, pair.second.quantity
    said = f"前文写的是{one.text},这里写的是{two.text},两处不一致"
    if one.unit != two.unit and one.text != two.text:
        said = (
            f"前文写的是{one.text},这里写的是{two.text}({shown(one.base_value, two)}与{two.text}),两处不一致"
        )
    cause = f"单位应为“{one.unit}”" if pair.slip == "unit" else _CAUSES.get(pair.slip, "")
    members = (pair.first.index,)
    return Relation("restated", members, pair.second.index, one.base_value, False, "error", said, cause)
