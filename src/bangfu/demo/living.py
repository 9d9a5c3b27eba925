"""A home's house, land and water; enough land for what it is awarded."""

from __future__ import annotations

from random import Random

from bangfu.samples.household import House, Land


def house_of(rng: Random, size: int) -> House:
    return House(
        area=min(180, rng.randint(18, 32) * size + 30),
        structure=rng.choice(("砖混", "砖混", "砖木", "钢混")),
        road=rng.choice(("水泥路", "水泥路", "水泥路", "沥青路", "砂石路")),
        road_km=rng.randint(1, 30) / 10,
        fuel=rng.choice(("柴草", "清洁能源", "清洁能源", "煤炭")),
    )


def land_of(rng: Random) -> Land:
    """In mu, to one tenth."""
    farm = rng.randint(15, 70) / 10
    return Land(
        farm=farm,
        irrigated=round(farm * rng.uniform(0.4, 0.9), 1),
        forest=rng.choice((0.0, rng.randint(20, 200) / 10, rng.randint(20, 300) / 10)),
        reforest=rng.choice((0.0, 0.0, 1.2, 2.5)),
        orchard=rng.choice((0.0, 0.5, 1.3, 2.0)),
        water=0.0,
    )
