"""One reading of some quantities: that these members give that figure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.relation import Kind
from bangfu.documents.reading.structure import Mention


@dataclass(eq=False)
class Claim:
    """`computed` is in base units of `stated`, `low` and `high` what the members' own rounding leaves open.

    `way` is how it is computed, for the eye (86人÷120人); of a sum it is left to its members.
    A text has thousands, so it is not frozen, which would take thrice as long to make.
    """

    kind: Kind
    members: tuple[Mention, ...]
    stated: Mention
    computed: Decimal
    low: Decimal
    high: Decimal
    way: str

    @cached_property
    def everything(self) -> frozenset[int]:
        return frozenset(one.index for one in (*self.members, self.stated))
