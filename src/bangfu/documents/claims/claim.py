"""One reading of some quantities: that these members give that figure, with all that speaks for and against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from bangfu.documents.arithmetic.relation import Kind
from bangfu.documents.reading.structure import Mention


@dataclass(eq=False)
class Claim:
    """`computed` is in base units of `stated`, `low` and `high` what the members' own rounding leaves open.

    `way` is how it is computed, for the eye (86人÷120人); of a sum it is left to its members. `cues` gives the
    names of the weights, when asked.
    A claim that is not `tight` is worth a look only if it comes out, or fails by a slip of the pen.
    A text has thousands, so it is not frozen, which would take thrice as long to make.
    """

    kind: Kind
    members: tuple[Mention, ...]
    stated: Mention
    computed: Decimal
    low: Decimal
    high: Decimal
    way: str
    tight: bool
    cues: Callable[[], Iterable[str]]

    @cached_property
    def everything(self) -> frozenset[int]:
        return frozenset(one.index for one in (*self.members, self.stated))
