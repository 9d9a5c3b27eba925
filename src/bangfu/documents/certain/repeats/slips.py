"""Earlier figures that a slip of the pen turns into a later one, found by their digits; and how easily chance does the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from bangfu.documents.reading.quantity import Quantity, plain
from bangfu.documents.reading.structure import Mention

Slip = Literal["swapped", "turned", "moved", "unit", "digit", "dropped", "other", "old", "exchanged"]
_NOT_FIGURES = frozenset({"point", "times", "age"})
_PERSONS = re.compile(
    r"[一-龥]{0,4}?(?:孩子|娃娃?|学生|老人|群众|乡亲|职工|工人|干部|党员|村民|居民|孤儿|儿童|青年|农民|劳动力|妇女|学员|队员|队伍?里人|患者|病人|人(?!口|家|均))"
)
_TURNED = 9
_NOTHING = Decimal(0)
_SCALES = (3, 4)
"""公斤 for 吨 and 元 for 万元: the powers of ten that a lost unit takes away."""


@dataclass(frozen=True)
class Pair:
    """An earlier figure, a later one that it would be but for a slip, and how likely chance makes such a pair."""

    first: Mention
    second: Mention
    slip: Slip
    chance: float


@dataclass
class _Written:
    """A figure as digits without the zeros at either end, and the place of its last digit."""

    mention: Mention
    digits: str
    scale: int


@dataclass
class Slips:
    """All figures of one kind of unit, by what a slip of the pen leaves of their digits."""

    mentions: Sequence[Mention]
    is_back: Callable[[Mention], bool]
    """Whether a figure stands where the text looks back; one wrong digit is looked for there only."""
    _by_signs: dict[tuple[str, str, int], list[_Written]] = field(default_factory=lambda: defaultdict(list))
    _by_digits: dict[tuple[str, str], list[_Written]] = field(default_factory=lambda: defaultdict(list))
    _by_gap: dict[tuple[str, str, int, int], list[_Written]] = field(
        default_factory=lambda: defaultdict(list)
    )

    _by_value: dict[tuple[str, Decimal], list[_Written]] = field(default_factory=lambda: defaultdict(list))

    def pairs(self) -> Iterator[Pair]:
        """Each pair once, in the order of the later figure."""
        for mention in self.mentions:
            if not is_figure(mention.quantity):
                continue
            here = _written(mention)
            yield from self._before(here)
            self._keep(here)

    def _before(self, here: _Written) -> Iterator[Pair]:
        unit, size = _unit(here.mention), len(here.digits)
        full = _padded(here)
        for other in self._by_signs[unit, "".join(sorted(full)), len(full)]:
            if apart := _swapped(_padded(other), full):
                chance = (size - 1) * (1 if apart == 1 else size) / (9 * 10.0 ** (size - 1))
                yield Pair(other.mention, here.mention, "swapped" if apart < _TURNED else "turned", chance)
        for other in self._by_digits[unit, here.digits]:
            if _is_moved(other, here):
                slip: Slip = (
                    "unit" if other.mention.quantity.value == here.mention.quantity.value else "moved"
                )
                yield Pair(other.mention, here.mention, slip, 4 / (9 * 10.0 ** (size - 1)))
        for other in self._by_value[unit, here.mention.quantity.value]:
            differs = other.mention.quantity.unit != here.mention.quantity.unit
            if here.mention.quantity.kind != "share" and differs and other.digits != here.digits:
                yield Pair(other.mention, here.mention, "unit", 4 / (9 * 10.0 ** (size - 1)))
        for at in range(len(full) if self.is_back(here.mention) else 0):
            for other in self._by_gap[unit, full[:at] + "_" + full[at + 1 :], len(full), at]:
                if _padded(other) != full:
                    chance = min(1.0, 9 * size / (9 * 10.0 ** (size - 1)))
                    yield Pair(other.mention, here.mention, "digit", chance)

    def _keep(self, here: _Written) -> None:
        unit, full = _unit(here.mention), _padded(here)
        self._by_signs[unit, "".join(sorted(full)), len(full)].append(here)
        self._by_digits[unit, here.digits].append(here)
        self._by_value[unit, here.mention.quantity.value].append(here)
        for at in range(len(full)):
            self._by_gap[unit, full[:at] + "_" + full[at + 1 :], len(full), at].append(here)


def _unit(mention: Mention) -> str:
    """68个孩子 are persons."""
    unit = mention.quantity.base_unit
    return "人" if unit == "个" and _PERSONS.match(mention.right) else unit


def is_figure(quantity: Quantity) -> bool:
    """Exact, more than one digit's worth, no name of a group."""
    if not quantity.is_exact or quantity.is_label:
        return False
    if quantity.kind == "time":
        return quantity.base_value > 99
    return quantity.kind == "share" or (
        quantity.kind not in _NOT_FIGURES and (quantity.base_value > 9 or quantity.value % 1 != 0)
    )


def _written(mention: Mention, plainly: bool = False) -> _Written:
    """In its base unit, or `plainly` as it stands in the text: 7200斤 is 3600公斤."""
    whole = plain(mention.quantity.value if plainly else mention.quantity.base_value)
    front, _, back = whole.partition(".")
    digits = (front + back).lstrip("0")
    bare = digits.rstrip("0")
    return _Written(mention, bare, len(digits) - len(bare) - len(back))


def _padded(one: _Written) -> str:
    """With the zeros that its unit leaves out: 1260户 and 1206户 are of one length."""
    return one.digits + "0" * max(0, one.scale + 3)


def _swapped(one: str, other: str) -> int:
    """How far apart two swapped digits stand, `_TURNED` for three in other order; 0 where more differs."""
    wrong = [at for at, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(wrong) == 2:
        return wrong[1] - wrong[0]
    return _TURNED if len(wrong) == 3 and wrong[2] - wrong[0] == 2 else 0


def _is_moved(one: _Written, other: _Written) -> bool:
    power = one.scale - other.scale
    if not power or len(one.digits) < 2:
        return False
    first, second = one.mention.quantity, other.mention.quantity
    if first.value == second.value:
        return abs(power) in _SCALES
    return abs(power) <= 2 and (first.unit == second.unit or first.kind == second.kind != "money")


def agree(first: Quantity, second: Quantity) -> bool:
    """Equal, or one the other rounded."""
    return first.states(second.base_value) or second.states(first.base_value)


def is_near(first: Quantity, second: Quantity) -> bool:
    """Within a factor of three."""
    one, two = first.base_value, second.base_value
    return (one <= two * 3 and two <= one * 3) and one > _NOTHING < two


def slip_between(first: Mention, second: Mention) -> Slip | None:
    """Which slip of the pen, if any, makes the one figure of the other: two digits swapped, the point moved, one digit wrong."""
    plainly = first.quantity.unit == second.quantity.unit
    one, two = _written(first, plainly), _written(second, plainly)
    if one.digits == two.digits:
        power = abs(one.scale - two.scale)
        same = first.quantity.value == second.quantity.value
        return ("unit" if same else "moved") if 0 < power <= max(_SCALES) else None
    if not plainly and _written(first, True).digits == _written(second, True).digits:
        return "unit"
    least = min(one.scale, two.scale)
    left, right = (each.digits + "0" * (each.scale - least) for each in (one, two))
    if len(left) != len(right):
        short, long = sorted((left, right), key=len)
        gone = any(long[:at] + long[at + 1 :] == short for at in range(len(long)))
        return "dropped" if plainly and gone and len(short) > 1 else None
    wrong = [at for at, (here, there) in enumerate(zip(left, right, strict=True)) if here != there]
    if len(wrong) == 1:
        return "digit"
    if len(wrong) == 2 and sorted(left) == sorted(right):
        return "swapped"
    return "turned" if len(wrong) == 3 and sorted(left) == sorted(right) else None
