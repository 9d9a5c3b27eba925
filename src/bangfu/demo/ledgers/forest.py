"""Compensation for protected forest in 2019: the villages' own woods and those of registered households.

Two rates make the published areas and sum come out: 13.00 yuan a mu for national and 12.75 for all other forest.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.homes import Block, Values
from bangfu.demo.ledgers.rows import UNIT, some, split, yearly
from bangfu.samples.places import Village

NATIONAL_TENTHS, PROVINCIAL_TENTHS, NATURAL_TENTHS = 22_763, 49_336, 388_788
NATIONAL, OTHER = 1_300, 1_275  # fen a mu
_OF_HOMES = {"国家级": 6_000, "省级": 12_000, "天然": 40_000}  # tenths of a mu that households hold
_HOMES = {"国家级": 60, "省级": 110, "天然": 240}
_PAID_ON = 20191125


def add_forest(rng: Random, block: Block, villages: Sequence[Village]) -> None:
    rest = {"国家级": NATIONAL_TENTHS, "省级": PROVINCIAL_TENTHS, "天然": NATURAL_TENTHS}
    plots = 0
    for kind in rest:
        homes = some(rng, block.homes, _HOMES[kind])
        areas = split(rng, _OF_HOMES[kind], len(homes), 20, 400, _step(kind))
        rest[kind] -= sum(areas)
        for home, area in zip(homes, areas, strict=True):
            plots += 1
            home.land.forest = round(home.land.forest + area / 10, 1)
            row = _row(kind, area, _plot(block.nth, plots))
            block.give("benefit", home, home.head, row)
            block.give("plot", home, home.head, _of_plot(row))
    if block.nth == 0:
        for kind, area in rest.items():
            _add_collective(rng, block, villages, kind, area)


def _add_collective(rng: Random, block: Block, villages: Sequence[Village], kind: str, area: int) -> None:
    for nth, (village, own) in enumerate(
        zip(villages, split(rng, area, len(villages), 20, area, _step(kind)), strict=True)
    ):
        row = _row(kind, own, f"{village.code}-{kind}-{nth:03d}")
        block.give_outsider("benefit", village, {**row, "full_name": f"{village.name}集体"})
        block.give_outsider("plot", village, {**_of_plot(row), "full_name": f"{village.name}集体"})


def _step(kind: str) -> int:
    """Tenths of a mu: an even number of them where the amount would else not be whole fen."""
    return 1 if kind == "国家级" else 2


def _row(kind: str, area: int, plot: str) -> Values:
    rate = NATIONAL if kind == "国家级" else OTHER
    quantity = area * UNIT // 10
    row = yearly(
        "forest_natural" if kind == "天然" else "forest_public",
        area * rate // 10,
        _PAID_ON,
        quantity=quantity,
        certified_quantity=quantity,
        quantity_unit="亩",
        unit_standard=rate,
        plot_no=plot,
    )
    return row if kind == "天然" else {**row, "benefit_class": kind}


def _of_plot(benefit: Values) -> Values:
    """The plot that a payment is for, since compensation began."""
    shared = {name: benefit.get(name) for name in ("plot_no", "programme", "benefit_class")}
    return {**shared, "area_mu": benefit["certified_quantity"], "from_year": 2014}


def _plot(block: int, nth: int) -> str:
    return f"{block:04d}-{nth:04d}"
