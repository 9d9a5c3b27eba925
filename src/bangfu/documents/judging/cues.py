"""What speaks for and against a doubt, by name: its slip, the claims of linked figures around it, and what the network says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bangfu.documents.arithmetic.mistyped import digits
from bangfu.documents.judging.doubts import Doubt
from bangfu.documents.judging.links import LinkedView
from bangfu.documents.judging.mended import LEAST, Mending
from bangfu.documents.judging.odds import logit
from bangfu.documents.judging.one_more import with_one_more
from bangfu.documents.judging.slips import slip_of, span_of
from bangfu.documents.linking.arcs import OF_ITSELF, ROLES
from bangfu.documents.linking.links import LEAST_WRONG, Links
from bangfu.documents.reading.quantity import Quantity

Cues = Iterator[tuple[str, float]]
SHIFT = 4.0
"""So that what is hardly known speaks neither for nor against."""
_WRONG, _MENDED = 5.3, 4.6
"""What the network takes for no claim speaks neither for nor against."""


def of_slip(one: Doubt, quantities: Sequence[Quantity]) -> Cues:
    relation, family = one.relation, one.family
    slip = slip_of(relation, quantities)
    for name in (
        f"kind={relation.kind}",
        f"slip={slip}",
        f"{family}/{slip}",
        f"digits={min(digits(quantities[one.stated]), 4)}",
        f"{family}/members={min(len(relation.members), 4)}",
        f"{family}/span={span_of([quantities[at] for at in one.everything])}",
    ):
        yield name, 1.0
    if where := with_one_more(relation, quantities):
        yield f"one.more={where}", 1.0
        yield f"one.more={where}/{family}", 1.0


def of_network(one: Doubt, claims: LinkedView, links: Links, quantities: Sequence[Quantity]) -> Cues:
    roles = ROLES.get(one.relation.kind)
    if roles is None:
        return
    yield from _of_wrong(one, links)
    if not OF_ITSELF.issuperset(roles):
        yield from _of_claims(one, claims, quantities)


def _of_claims(one: Doubt, claims: LinkedView, quantities: Sequence[Quantity]) -> Cues:
    family = one.family
    chance = claims.same(family, one.everything)
    if chance:
        for name in ("link", f"link/{family}", f"link/{slip_of(one.relation, quantities)}"):
            yield name, logit(chance) + SHIFT - 1
    else:
        yield "link.none", 1.0
        yield f"link.none/{family}", 1.0
        yield "link.stated", logit(max(claims.failing(one.relation.kind, one.stated), 0.01)) + SHIFT - 1
    for name, alike in (("same", True), ("other", False)):
        weight = logit(max(claims.rival(one.stated, family, alike=alike), 0.01)) + SHIFT + 0.6
        yield f"rival.{name}", weight
        yield f"rival.{name}/{family}", weight
    explained = claims.explained(one.everything)
    if explained > 0.05:
        yield "explained", logit(explained) + SHIFT - 1
    yield "members.sound", claims.soundness(one.relation.members)
    yield from _of_mended(one, claims.mending)


def _of_mended(one: Doubt, mending: Mending) -> Cues:
    """What would come out, and what no more, were the figure stated, or a member, what it ought to be."""
    for place, found in (("stated", mending.stated(one.relation)), ("member", mending.member(one.relation))):
        if found is None:
            yield f"mended.{place}.none", 1.0
            continue
        for name, chance in (("fixed", found.fixed), ("broken", found.broken)):
            value = logit(max(chance, LEAST)) + _MENDED
            yield f"mended.{place}.{name}", value
            yield f"mended.{place}.{name}/{one.family}", value


def _of_wrong(one: Doubt, links: Links) -> Cues:
    """How likely the network takes these figures, or some for this one, for a claim that does not come out."""
    kind, members = one.relation.kind, one.relation.members
    same = logit(max(links.wrongness(kind, members, one.stated), LEAST_WRONG)) + _WRONG
    some = logit(max(links.wrong_at(kind, one.stated), LEAST_WRONG)) + _WRONG
    for name, value in (("wrong", same), ("wrong.some", some)):
        yield name, value
        yield f"{name}/{one.family}", value
