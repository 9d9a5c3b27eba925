"""A figure with the unit that its writer may have meant."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bangfu.documents.certain.units.slip import factor_of
from bangfu.documents.reading.structure import Mention

Way = tuple[tuple[Mention, ...], str]
"""The figures that it comes out with, and how, in words."""


@dataclass(frozen=True)
class Meant:
    """The figure with the unit that its writer may have meant."""

    unit: str
    factor: Decimal
    base_unit: str


def step_of(mention: Mention) -> Decimal:
    return mention.quantity.step / factor_of(mention.quantity)
