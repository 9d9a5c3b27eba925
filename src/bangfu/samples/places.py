"""The real villages of the town, and the places where people go to work."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from bangfu.policy.root import default_root
from bangfu.terms.divisions import read_divisions

PROVINCE, CITY, COUNTY, TOWN = "湖北省", "咸宁市", "赤壁市", "茶庵岭镇"
_TOWN_CODE = "421281102"
_HAMLETS = tuple(
    f"{side}{place}" for side in "上下东西新老" for place in ("湾", "岭", "畈", "冲", "塘", "坡")
)
_DISTRICTS = (
    ("广东省", "深圳市", "宝安区"),
    ("广东省", "东莞市", "东莞市"),
    ("浙江省", "宁波市", "鄞州区"),
    ("江苏省", "苏州市", "昆山市"),
    ("福建省", "泉州市", "晋江市"),
    ("湖北省", "武汉市", "江夏区"),
    ("湖北省", "咸宁市", "咸安区"),
    ("湖北省", "咸宁市", "嘉鱼县"),
)


@dataclass(frozen=True, slots=True)
class Village:
    """An administrative village as its own office writes its name."""

    code: str
    name: str


def villages() -> tuple[Village, ...]:
    """The villages of the town, by code."""
    places = read_divisions(default_root() / "divisions").within(_TOWN_CODE, "village")
    return tuple(Village(place.code, place.name.removesuffix("委会")) for place in places)


def hamlet(rng: Random) -> str:
    return rng.choice(_HAMLETS)


def work_district(rng: Random) -> tuple[str, str, str]:
    """Province, city, county; a quarter stay at home."""
    return (PROVINCE, CITY, COUNTY) if rng.random() < 0.27 else rng.choice(_DISTRICTS)
