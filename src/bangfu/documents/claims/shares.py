"""Every pair of quantities that a percentage may be the share of: A is p % of B, p % of B were done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from bangfu.documents.claims.claim import Claim
from bangfu.documents.claims.cues import Sight, bucket, overlap
from bangfu.documents.claims.joint_shares import joint_shares
from bangfu.documents.claims.share_forms import AND, NO_PARTS, PARTS_BACK, Share, share_of
from bangfu.documents.reading.structure import Mention

_WHOLES_BACK, _FAR = 20, 80
_CHANGE = re.compile(
    r"(?:增长|增加|增幅|提高|提升|上升|上浮|涨幅|上涨|涨了?|多了?|下降|减少|降低|降幅|缩减|下浮|少了?|压减|回落|下调|降了?|增速)(?:分别|约|近|了|为|达)*$"
)
_PLACES = frozenset({"张", "个", "人", "条", "份", "户"})


def share_claims(sight: Sight) -> Iterator[Claim]:
    for mention in sight.scene.mentions:
        if (
            mention.quantity.kind in ("share", "times")
            and not mention.quantity.is_label
            and not _is_change(sight, mention)
        ):
            yield from _of(sight, share_of(sight, mention))


def _is_change(sight: Sight, mention: Mention) -> bool:
    """增长8%, 降幅为3%; not 提高到85%, nor 增加值占12%."""
    row = sight.scene.row_of(mention)
    words = re.split(r"[,;。:]", row[0].left if row else mention.left)[-1]
    return _CHANGE.search(words) is not None


def _of(sight: Sight, share: Share) -> Iterator[Claim]:
    yield from joint_shares(sight, share)
    for rank, part in enumerate(_parts(sight, share.mention)):
        for order, whole in enumerate(_wholes(sight, share, part)):
            if whole.quantity.base_value > 0 and not share.mention.is_like(whole):
                yield _claim(sight, share, part, whole, rank, order)


def _parts(sight: Sight, share: Mention) -> list[Mention]:
    """The nearest quantities before the share, nearest first, and those right after it."""
    before = [one for one in sight.scene.before(share) if one.quantity.kind not in NO_PARTS]
    if len(before) < 3:
        earlier = [one for one in sight.scene.before(share, paragraph=True) if one.sentence != share.sentence]
        before = [*[one for one in earlier if one.quantity.kind not in NO_PARTS][-4:], *before]
    if not before and sight.scene.place_of(share):
        before = [one for one in sight.scene.sentence_before(share) if one.quantity.kind not in NO_PARTS]
    after = [one for one in sight.scene.after(share)[:2] if one.quantity.kind not in NO_PARTS]
    return [*reversed(before[-PARTS_BACK:]), *after]


def _wholes(sight: Sight, share: Share, part: Mention) -> list[Mention]:
    """What the part may be part of: the quantities of its unit about it, nearest first; far away the greater ones."""
    mention, scene = share.mention, sight.scene
    near = [one for one in scene.before(mention, paragraph=True) if one is not part and _alike(one, part)]
    found = list(reversed(near[-_WHOLES_BACK:]))
    found += [one for one in scene.after(mention)[:3] if one is not part and _alike(one, part)]
    far = scene.mentions[: scene.place_of(mention)][-_FAR:]
    if part.sentence == mention.sentence or part.sentence + 1 >= mention.sentence:
        found += [
            one
            for one in reversed(far)
            if one.paragraph != mention.paragraph
            and one.is_like(part)
            and one.quantity.base_value >= part.quantity.base_value
        ]
    return found


def _alike(one: Mention, part: Mention) -> bool:
    if one.is_like(part):
        return True
    units = {one.quantity.base_unit, part.quantity.base_unit}
    return len(units) == 2 and (units < _PLACES or {one.quantity.kind, part.quantity.kind} == {"count"})


def _claim(sight: Sight, share: Share, part: Mention, whole: Mention, rank: int, order: int) -> Claim:
    one, other = part.quantity, whole.quantity
    low, high = ratio_bounds(part, whole)
    tight = (
        part.sentence == share.mention.sentence == whole.sentence
        and share.mention.index - part.index <= 2
        and order < 2
    )
    return Claim(
        "share",
        (part, whole),
        share.mention,
        one.base_value / other.base_value,
        low,
        high,
        f"{one.text}÷{other.text}",
        tight,
        partial(_cues, sight, share, part, whole, rank, order),
    )


def _cues(sight: Sight, share: Share, part: Mention, whole: Mention, rank: int, order: int) -> Iterator[str]:
    yield from share.cues
    yield f"part.rank={bucket(rank)}"
    yield f"whole.order={bucket(order)}"
    yield from sight.state(part, "part")
    yield from sight.state(whole, "whole")
    yield from sight.pair(part, share.mention, "part")
    yield from sight.pair(whole, part, "whole")
    of_part, of_whole = sight.names(part), sight.names(whole)
    yield f"{share.form}.name-part={overlap(share.named, of_part)}"
    yield f"{share.form}.name-whole={overlap(share.named, of_whole)}"
    yield f"part-whole={overlap(of_part, of_whole)}"
    if part.quantity.base_unit != whole.quantity.base_unit:
        yield "other-unit" if part.is_like(whole) else "other-class"
    if part.quantity.base_value > whole.quantity.base_value:
        yield "part>whole"
    if _is_greatest(sight, whole):
        yield "whole.greatest"
    yield from _in_row(sight, share.mention, part)
    if sight.between(part, whole) == 0 and part.index == share.mention.index - 1:
        yield f"{share.form}.three-in-a-row"


def _in_row(sight: Sight, share: Mention, part: Mention) -> Iterator[str]:
    """甲、乙、丙分别为3户、2户、1户,占50%、33.3%、16.7%: the second share is of the second figure."""
    here = sight.scene.sentence_of(share).mentions
    at = here.index(share)
    first = last = at
    while first and here[first - 1].is_like(share) and here[first].gap.strip() in AND:
        first -= 1
    while last + 1 < len(here) and here[last + 1].is_like(share) and here[last + 1].gap.strip() in AND:
        last += 1
    length = last - first + 1
    if length < 2 or part not in here:
        return
    before = [one for one in here[:first] if one.is_like(part)][-length:]
    after = [one for one in here[last + 1 :] if one.is_like(part)][:length]
    aligned = any(len(row) == length and row[at - first] is part for row in (before, after))
    yield "row.in-order" if aligned else "row.out-of-order"


def _is_greatest(sight: Sight, whole: Mention) -> bool:
    """Whether nothing of its unit before it in its line is greater."""
    before = sight.scene.before(whole, paragraph=True)
    return all(one.quantity.base_value <= whole.quantity.base_value for one in before if one.is_like(whole))


def ratio_bounds(part: Mention, whole: Mention) -> tuple[Decimal, Decimal]:
    """The least and the greatest ratio that the rounding of both leaves open; the same where both are counts."""
    low, high = part.quantity.span
    least, most = whole.quantity.span
    if least <= 0 or most <= 0:
        ratio = part.quantity.base_value / whole.quantity.base_value
        return ratio, ratio
    return low / most, high / least
