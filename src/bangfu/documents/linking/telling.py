"""A claim of linked figures that does not come out -> the relation that is told."""

from __future__ import annotations

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.claims.outcome import outcome
from bangfu.documents.claims.telling import doubted
from bangfu.documents.claims.weighing import Weighed
from bangfu.documents.linking.linked import Linked

_HELD_AGAINST = {
    "restated": "前文写的是{one},这里写的是{other},两处不一致",
    "part": "其中的{one}大于整体{other}",
    "households_persons": "{one}大于{other}:户数不会多于人数",
    "order": "{one}大于{other}:后者不应少于前者",
}


def told_of(one: Linked) -> Relation:
    claim = one.claim
    form = _HELD_AGAINST.get(claim.kind)
    if form is None:
        return doubted(Weighed(claim, outcome(claim), ()), sure=True)
    first, stated = claim.members[0], claim.stated
    said = form.format(one=first.quantity.text, other=stated.quantity.text)
    return Relation(claim.kind, (first.index,), stated.index, claim.computed, False, "error", said)


def held_of(one: Linked) -> Relation:
    members = tuple(member.index for member in one.claim.members)
    return Relation(one.claim.kind, members, one.stated, one.claim.computed, True)
