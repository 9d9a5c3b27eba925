"""Awards for production in 2019: every sum is that of its rows, by the standard written on the list."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from bangfu.demo.homes import Block, Home
from bangfu.demo.ledgers.rows import UNIT, YUAN, some, split, yearly
from bangfu.samples.household import Land
from bangfu.samples.places import Village

AQUATIC, AQUATIC_TENTHS, AQUATIC_MU = 122, 2_840, 300 * YUAN  # 284.0 mu: 85,200 yuan
FOREST, FOREST_TENTHS, FOREST_MU = 42, 1_136, 400 * YUAN  # 113.6 mu: 45,440 yuan
CROP, CROP_TWENTIETHS, CROP_MU = 218, 12_561, 200 * YUAN  # 628.05 mu: 125,610 yuan
LIVESTOCK, LIVESTOCK_AMOUNT = 383, 38_923_050
POULTRY, BIRD, BIRDS = (
    120,
    850,
    9_333,
)  # fen a bird; what the other animals' whole hundreds of yuan leave over
_ANIMALS = (("山羊", "只", 100 * YUAN), ("生猪", "头", 200 * YUAN), ("肉牛", "头", 500 * YUAN))
_MOST_LIVESTOCK = 4_000 * YUAN
ENTITIES, DRIVEN, ENTITY_HOUSEHOLD = 3, 10, 500 * YUAN  # 15,000 yuan
_PAID_ON = 20191210


def add_awards(rng: Random, block: Block, villages: Sequence[Village]) -> None:
    able = [home for home in block.homes if home.has_labor and not home.is_monitored]
    _add_by_area(rng, block, some(rng, able, AQUATIC), "award_aquatic")
    _add_by_area(rng, block, some(rng, able, FOREST), "award_forest")
    _add_by_area(rng, block, some(rng, able, CROP), "award_crop")
    _add_livestock(rng, block, some(rng, able, LIVESTOCK))
    if block.nth == 0:
        _add_entities(rng, block, villages)


def _add_by_area(rng: Random, block: Block, homes: list[Home], programme: str) -> None:
    total, least, most, parts, rate = {
        "award_aquatic": (AQUATIC_TENTHS, 10, 80, 10, AQUATIC_MU),
        "award_forest": (FOREST_TENTHS, 8, 80, 10, FOREST_MU),
        "award_crop": (CROP_TWENTIETHS, 10, 200, 20, CROP_MU),
    }[programme]
    for home, area in zip(homes, split(rng, total, len(homes), least, most), strict=True):
        _have(home.land, programme, area / parts)
        _give(block, home, programme, area * UNIT // parts, "亩", rate)


def _have(land: Land, programme: str, mu: float) -> None:
    """A home farms at least what it is awarded for."""
    least = round(mu + 0.05, 1)
    match programme:
        case "award_aquatic":
            land.water = max(land.water, least)
        case "award_forest":
            land.forest = max(land.forest, least)
        case "award_crop":
            land.farm = max(land.farm, least)


def _give(
    block: Block, home: Home, programme: str, quantity: int, unit: str, rate: int, **more: object
) -> None:
    row = yearly(
        programme,
        quantity * rate // UNIT,
        _PAID_ON,
        quantity=quantity,
        quantity_unit=unit,
        unit_standard=rate,
        account_no=home.account,
        **more,
    )
    block.give("benefit", home, home.head, row)


def _add_livestock(rng: Random, block: Block, homes: list[Home]) -> None:
    """Birds make up the broken sum; the rest are hundreds of yuan, made up by goats, pigs and cattle."""
    birds = split(rng, BIRDS, POULTRY, 30, 200)
    for home, count in zip(homes, birds, strict=False):
        _give(block, home, "award_livestock", count * UNIT, "只", BIRD, breed="家禽")
    left = LIVESTOCK_AMOUNT - BIRDS * BIRD
    others = homes[POULTRY:]
    for home, amount in zip(
        others, split(rng, left, len(others), 100 * YUAN, _MOST_LIVESTOCK, 100 * YUAN), strict=True
    ):
        fitting = [animal for animal in _ANIMALS if amount % animal[2] == 0]
        breed, unit, rate = rng.choice(fitting)
        _give(block, home, "award_livestock", amount // rate * UNIT, unit, rate, breed=breed)


def _add_entities(rng: Random, block: Block, villages: Sequence[Village]) -> None:
    """Small businesses that give poor households work; they are not on the register."""
    trades = ("茶叶", "竹木", "油茶")
    for place, village in enumerate(rng.sample(list(villages), ENTITIES)):
        row = yearly(
            "award_small_entity",
            DRIVEN * ENTITY_HOUSEHOLD,
            _PAID_ON,
            quantity=DRIVEN * UNIT,
            quantity_unit="户",
            unit_standard=ENTITY_HOUSEHOLD,
            full_name=f"{village.name}{trades[place]}专业合作社",
            id_no=f"93429999MA{rng.randint(10**7, 10**8 - 1)}",
        )
        block.give_outsider("benefit", village, row)
