"""Which of several rates that stand near each other a count and an amount belong to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bangfu.documents.certain.products.counts import may_count
from bangfu.documents.certain.products.each import Each
from bangfu.documents.certain.products.judge import Triple
from bangfu.documents.certain.products.spoken import is_risen

_REACH = 7


def are_rivals(each: Each, other: Each) -> bool:
    """Another rate of the neighbourhood, of the same things, that the amount may be reckoned by."""
    one, two = each.mention, other.mention
    near = abs(one.index - two.index) <= _REACH and abs(one.paragraph - two.paragraph) <= 1
    return one is not two and near and one.is_like(two)


def is_anothers(triple: Triple, rates: Mapping[int, Each]) -> bool:
    """旱地65亩 with the rate of 水田; 去年1100元,今年1250元: what is paid now with the rate before it was raised."""
    mention = triple.each.mention
    later = rates.get(mention.index + 1)
    if later is not None and is_risen(later.mention) and later.mention.is_like(mention):
        return triple.total.index > later.mention.index
    rivals = [one for one in rates.values() if are_rivals(triple.each, one)]
    own, theirs = names_said(triple, rivals)
    return bool(theirs) and not own


def names_said(triple: Triple, rivals: Sequence[Each]) -> tuple[set[str], set[str]]:
    """What of the rate's own words, and what of the words of others, stands before count and amount."""
    count, total = triple.count, triple.total
    like = [one for one in rivals if count is not None and may_count(one, count)]
    mine = _pieces(triple.each.mention.left)
    others = {piece for one in like for piece in _pieces(one.mention.left)}
    said = _pieces(count.left if count is not None else "") | _pieces(total.left)
    return (mine - others) & said, (others - mine) & said


def may_belong(triple: Triple, rivals: Sequence[Each]) -> bool:
    """Where several rates of such things stand near, the name or the place in the clause tells which is meant."""
    each, count = triple.each, triple.count
    like = [one for one in rivals if count is not None and may_count(one, count)]
    if not like or count is None:
        return True
    if is_risen(each.mention) and {one.mention.index for one in like} == {each.mention.index - 1}:
        return count.index > each.mention.index
    own, theirs = names_said(triple, rivals)
    return bool(own) and not theirs


def _pieces(words: str) -> set[str]:
    return {words[at : at + 2] for at in range(len(words) - 1)}
