"""The number agrees, its unit does not: 由35升提高到60吨; 32平方米、28平方米,共60公里; 386万亩,人均1200公顷."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from bangfu.documents.arithmetic.relation import Relation
from bangfu.documents.arithmetic.scene import Scene
from bangfu.documents.certain.units.slip import digits_of, factor_of, is_each, slip
from bangfu.documents.reading.structure import Mention

_FAMILIES: tuple[dict[str, Decimal], ...] = (
    {
        "平方米": Decimal(1),
        "亩": Decimal(2000) / 3,
        "公顷": Decimal(10_000),
        "平方公里": Decimal(10**6),
    },
    {"米": Decimal(1), "公里": Decimal(1000)},
    {"公斤": Decimal(1), "斤": Decimal("0.5"), "吨": Decimal(1000), "克": Decimal("0.001")},
    {"千瓦": Decimal(1), "兆瓦": Decimal(1000)},
    {"升": Decimal("0.001"), "立方米": Decimal(1), "方": Decimal(1), "吨": Decimal(1)},
    {"元": Decimal(1)},
)
_MYRIADS = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(10**8)}
_UNIT = re.compile(r"(万|亿)?(.+)")
_ALSO = {"千米": "公里", "平米": "平方米", "千克": "公斤", "立方": "立方米"}
_FROM = re.compile(r"(?:由|从)[^,。;]{0,14}$")
_TO = re.compile(
    r"^[^,。;\d]{0,6}(?:提高|提升|增加|增长|上升|扩大|下降|减少|降低|降|升|增|涨|压减|缩短|发展|扩|变)?"
    r"(?:到|至|为)[约近]*$"
)
_THAN = re.compile(
    r"^[,、(]?(?:比|较)[^,。;\d]{0,12}"
    r"(?:多|少|增|减|高|低|长|短|提高|增加|减少|下降)(?:了|出|收|产|加)?[约近]*$"
)
_SUMMED = re.compile(
    r"^[,、;]?(?:[两三四五六七八九]\w{1,2})?"
    r"(?:共|合计|总计|共计|一共|总共|加起来|合起来)(?:面积|长度|总长)?(?:约|为|有)?$"
)
_MEAN = re.compile(
    r"(?:[人户村车座家处站棚社组镇乡校点亩台辆名个]|平)均[^,。;\d]{0,6}$|平均每[一-龥]{1,3}[^,。;\d]{0,4}$"
)
_AGAIN = re.compile("[一-龥]{2}")
_APART, _NEAR = 100, 5
_LEAST_DIGITS = 3
_MOST_ITEMS = 5


def number_agrees(scene: Scene, mention: Mention) -> Relation | None:
    """At most one doubt a figure; only where with another unit of the same measure the number is what it must be."""
    if not mention.quantity.is_exact or mention.quantity.value <= 0:
        return None
    return (
        _moved(scene, mention)
        or _compared(scene, mention)
        or _summed(scene, mention)
        or _mean(scene, mention)
    )


class Again:
    """五年节水灌溉面积21.2万公顷, where it was 21.2万亩 before; 低收入农户214人, where they were 214户."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._said: dict[Decimal, list[Mention]] = defaultdict(list)
        for one in scene.mentions:
            if one.quantity.is_exact and digits_of(one.quantity) >= _LEAST_DIGITS:
                self._said[_split(one)[0]].append(one)

    def doubt(self, mention: Mention) -> Relation | None:
        number, unit = _split(mention)
        alike = [one for one in self._said.get(number, ()) if one is not mention]
        if not alike or not mention.quantity.is_exact or any(_split(one)[1] == unit for one in alike):
            return None
        nouns = _nouns(mention)
        for one in alike:
            if one.index >= mention.index or one.paragraph == mention.paragraph:
                continue
            heads = {unit, _split(one)[1]} == {"户", "人"} and _is_pair(self._scene, one)
            if (heads or _sizes(one, mention) is not None) and nouns & _nouns(one):
                return _told(one, mention, "前文的单位不同")
        return None


def _split(mention: Mention) -> tuple[Decimal, str]:
    """The number without its unit, 万 in it: 386万亩 is 3,860,000 and 亩."""
    match = _UNIT.fullmatch(mention.quantity.unit)
    if match is None:
        return mention.quantity.value, mention.quantity.unit
    unit = _ALSO.get(match[2], match[2])
    return mention.quantity.value * _MYRIADS[match[1] or ""], unit


def _sizes(one: Mention, other: Mention) -> tuple[Decimal, Decimal] | None:
    """What their units are worth, where they measure the same by different units."""
    first, second = _split(one)[1], _split(other)[1]
    if first == second:
        return None
    family = next((family for family in _FAMILIES if first in family and second in family), None)
    return (family[first], family[second]) if family is not None else None


def _differ_by_unit(one: Mention, other: Mention) -> bool:
    """Numbers of one size, worth more than a hundred times one another."""
    sizes = _sizes(one, other)
    if sizes is None:
        return False
    numbers = _split(other)[0] / _split(one)[0] if _split(one)[0] else Decimal(0)
    if not Decimal(1) / _NEAR <= numbers <= _NEAR:
        return False
    worth = numbers * sizes[1] / sizes[0]
    return worth > _APART or worth * _APART < 1


def _moved(scene: Scene, mention: Mention) -> Relation | None:
    """由35升提高到60吨."""
    before = scene.before(mention)[-1:]
    if not before or not _TO.match(mention.gap) or not _FROM.search(before[0].left):
        return None
    return _told(before[0], mention, "前后相差太大") if _differ_by_unit(before[0], mention) else None


def _compared(scene: Scene, mention: Mention) -> Relation | None:
    """日增重1.1吨,比传统养法多0.3公斤."""
    after = scene.after(mention)[:1]
    if not after or not _THAN.match(after[0].gap):
        return None
    return _told(after[0], mention, "与所比的差数不相称") if _differ_by_unit(after[0], mention) else None


def _summed(scene: Scene, mention: Mention) -> Relation | None:
    """小学旁32平方米,村委会旁28平方米,共60公里."""
    if not _SUMMED.match(mention.gap):
        return None
    items: list[Mention] = []
    number, unit = _split(mention)
    for one in reversed(scene.before(mention)[-_MOST_ITEMS:]):
        if is_each(one) or (items and _split(one)[1] != _split(items[0])[1]):
            break
        items.append(one)
        total = sum((_split(item)[0] for item in items), Decimal(0))
        measured = one.quantity.kind in _MEASURED and mention.quantity.kind in _MEASURED
        if len(items) > 1 and total == number and measured and _split(one)[1] != unit:
            if one.quantity.base_unit == mention.quantity.base_unit and _sizes(one, mention) is None:
                return None
            said = (
                f"{'、'.join(item.quantity.text for item in reversed(items))}加起来是{mention.quantity.text}"
            )
            return slip(items[::-1], mention, None, said, f"单位应为“{items[0].quantity.unit}”")
    return None


_MEASURED = frozenset({"money", "length", "weight", "area", "floor", "volume", "power"})


def _mean(scene: Scene, mention: Mention) -> Relation | None:
    """386万亩,3216名,人均1200公顷: the mean of what stands before, in the unit of that."""
    if mention.quantity.kind == "money" or not _MEAN.search(mention.left):
        return None
    near = scene.before(mention)
    totals = [one for one in near[-4:] if _is_of_family(one, mention) and not is_each(one)]
    counts = [
        one
        for one in scene.before(mention, paragraph=True)[-8:]
        if one.quantity.kind in _COUNTED and one.quantity.base_value > 1
    ]
    for total in totals:
        for count in counts:
            mean = total.quantity.base_value / count.quantity.base_value
            if mention.quantity.states(mean):
                return None
            for unit, worth in _others(total, mention):
                if _states(mention, mean * _worth(total) / worth):
                    said = f"{total.quantity.text}÷{count.quantity.text}平均不是{mention.quantity.text}"
                    return slip((total, count), mention, mean, said, f"单位应为“{unit}”")
    return None


_COUNTED = frozenset({"count", "person", "household"})


def _is_of_family(one: Mention, mention: Mention) -> bool:
    return one.quantity.is_exact and any(
        _split(one)[1] in family and _split(mention)[1] in family for family in _FAMILIES
    )


def _worth(one: Mention) -> Decimal:
    """What a base unit of its quantity is worth in the least unit of its family."""
    unit = _split(one)[1]
    family = next(family for family in _FAMILIES if unit in family)
    number, _ = _split(one)
    return number * family[unit] / one.quantity.base_value


def _others(total: Mention, mention: Mention) -> Iterator[tuple[str, Decimal]]:
    own, unit = _split(mention)[1], _split(total)[1]
    family = next(family for family in _FAMILIES if own in family and unit in family)
    for name, worth in family.items():
        for myriad, times in _MYRIADS.items():
            if (name != own or times > 1) and (name == unit or times == 1) and myriad != "亿":
                yield f"{myriad}{name}", worth * times


def _states(mention: Mention, true: Decimal) -> bool:
    number = mention.quantity.value
    step = mention.quantity.step / factor_of(mention.quantity)
    return number >= 10 and abs(true - number) <= step / 2


def _is_pair(scene: Scene, one: Mention) -> bool:
    """214户376人: the persons are told apart."""
    after = scene.after(one)[:1]
    return bool(after) and after[0].quantity.base_unit == "人" and after[0].gap in ("", "、", ",")


def _nouns(mention: Mention) -> set[str]:
    words = mention.left[-12:] + mention.right[:8]
    return {words[at : at + 2] for at in range(len(words) - 1) if _AGAIN.fullmatch(words[at : at + 2])}


def _told(other: Mention, mention: Mention, said: str) -> Relation:
    words = f"“{other.quantity.text}”与“{mention.quantity.text}”{said}"
    unit = other.quantity.unit
    return slip((other,), mention, None, words, f"单位应为“{unit}”")
