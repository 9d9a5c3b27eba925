"""What the text itself proves to be no more than what came before: it says the rule, that nothing else came in, or the
two figures have the same digits in another order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.remainders.slips import swapped
from bangfu.documents.certain.stages.order import is_more, is_owned, out_of_order, times_differ
from bangfu.documents.certain.stages.proven_words import (
    ABSENT,
    CLOSED,
    EARLIER,
    LATER,
    NOT_LATER,
    ONLY_DOWN,
    PRICE,
    RULES,
)
from bangfu.documents.certain.units.slip import is_each
from bangfu.documents.reading.structure import Mention

_SKIP = frozenset({"share", "point", "times", "age", "time"})
_REACH, _FAR = 4, 60
_WORD = re.compile("[一-龥]")


def by_rule(scene: Scene) -> Iterator[Relation]:
    """没登记的不能挂, 未经核查的一律不予认定, 全部裁决均经开庭: what must come first is not less."""
    flat = scene.reading.flat
    for rule in RULES:
        for said in rule.finditer(flat):
            paragraphs = [one for one in scene.mentions if abs(one.quantity.start - said.start()) < _FAR * 2]
            pairs = _called(paragraphs, said["first"], said["then"], said["good"] or "")
            for earlier, later in pairs:
                if is_more(later, earlier) and not is_owned(scene, later, earlier):
                    words = f"{said[0]},{said['first']}的只有{earlier.quantity.text},{said['then']}的却有{later.quantity.text}"
                    yield out_of_order(later, earlier, words)


def _called(near: Sequence[Mention], first: str, then: str, good: str) -> Iterator[tuple[Mention, Mention]]:
    """The one figure of either name; none where a name stands before several."""
    able = [one for one in near if one.quantity.kind not in _SKIP and not is_each(one)]
    said = [(one, _words(one)) for one in able]
    befores = [one for one, words in said if first in words and good in words and then not in words]
    afters = [
        one for one, words in said if then in words and one not in befores and not NOT_LATER.search(words)
    ]
    for later in afters:
        alike = [one for one in befores if one.is_like(later)]
        if len({one.quantity.base_value for one in alike}) == 1:
            yield alike[0], later


def without_others(scene: Scene) -> Iterator[Relation]:
    """Two figures beside each other of which the later is more, where the text shuts out any other explanation."""
    for later in scene.mentions:
        if not _has_less(scene, later) or is_each(later) or NOT_LATER.search(later.left):
            continue
        earlier = _beside(scene, later)
        if earlier is None or not is_more(later, earlier) or times_differ(earlier, later):
            continue
        if not (EARLIER.search(_called_words(earlier)) and LATER.search(_called_words(later))):
            continue
        proof = _proof(scene, earlier, later)
        if proof and not is_owned(scene, later, earlier, of_price=True):
            said = f"前面只有{earlier.quantity.text},后面却有{later.quantity.text}{proof}"
            yield out_of_order(later, earlier, said)


def _has_less(scene: Scene, later: Mention) -> bool:
    """Whether any like figure just before it is less: most need no further look."""
    at, value = scene.place_of(later), later.quantity.base_value
    return later.quantity.kind not in _SKIP and any(
        one.quantity.base_value < value and one.is_like(later)
        for one in scene.mentions[max(0, at - _REACH) : at]
    )


def _words(one: Mention) -> str:
    """Its own, or those before the colon."""
    return one.left if _WORD.search(one.left) else one.gap


def _called_words(one: Mention) -> str:
    words = one.left if _WORD.search(one.left) else one.quantity.subject
    return words[-10:] + one.right[:6].split(",")[0]


def _beside(scene: Scene, later: Mention) -> Mention | None:
    """The last like figure before it, if it stands near."""
    at = scene.place_of(later)
    for one in reversed(scene.mentions[max(0, at - _REACH) : at]):
        if one.paragraph != later.paragraph or later.sentence - one.sentence > 2:
            return None
        if ABSENT.search(one.left) or scene.is_nested(one):
            continue
        if one.is_like(later) and one.quantity.unit == later.quantity.unit:
            return None if is_each(one) or NOT_LATER.search(one.left) else one
    return None


def _proof(scene: Scene, earlier: Mention, later: Mention) -> str:
    if swapped(later.quantity, earlier.quantity.base_value):
        return ",两数只是数字次序不同"
    start = scene.sentence_of(earlier).start
    words = scene.reading.flat[start : later.quantity.end + _FAR].split("\n")[0]
    price = PRICE.search(_called_words(later)) is not None
    found = (ONLY_DOWN if price else CLOSED).search(words)
    return f",文中又说“{found[0]}”" if found else ""
