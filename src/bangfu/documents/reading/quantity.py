"""What is read: a quantity with its place, its exact value, what it counts, and when."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

AT_LEAST = frozenset({"余", "多", "以上", "超过", "至少"})
AT_MOST = frozenset({"近", "不足", "以下", "最多"})
ABOUT = frozenset({"约", "左右", "上下", "几"})


@dataclass(frozen=True)
class Quantity:
    """`text` is `plain[start:end]`; `step` is what one in the last stated digit is worth in base units."""

    text: str
    start: int
    end: int
    value: Decimal
    unit: str
    base_value: Decimal
    base_unit: str
    kind: str
    step: Decimal
    approx: str = ""
    high: Decimal | None = None
    base_high: Decimal | None = None
    subject: str = ""
    time: str = ""
    place: str = ""
    per: str = ""
    is_label: bool = False

    @cached_property
    def is_exact(self) -> bool:
        return not self.approx and self.base_high is None

    @cached_property
    def size(self) -> float:
        """About how much it is: what decides by far is not worth an exact computation."""
        return float(self.base_value)

    @cached_property
    def added_as(self) -> str:
        """What may be added up together: 户 and 户次, 人 and 人次 count the same kind of thing."""
        return {"户次": "户", "人次": "人"}.get(self.base_unit, self.base_unit)

    def bounds(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest true value that a fair writer may have meant by these words."""
        return self._bounds

    @cached_property
    def span(self) -> tuple[Decimal, Decimal]:
        """What it may stand for in a ratio or a product: 1亿元 is not taken for what is half as much again."""
        low, high = self._bounds
        if not self.is_exact:
            return low, high
        play = abs(self.base_value) * _PLAY
        return max(low, self.base_value - play), min(high, self.base_value + play)

    @cached_property
    def steps(self) -> int:
        """How many of the last stated digit it is."""
        return int(self.base_value / self.step)

    @cached_property
    def figure(self) -> str:
        """The same in digits, without the point."""
        return str(self.steps)

    @cached_property
    def _bounds(self) -> tuple[Decimal, Decimal]:
        half = self.step / 2
        if self.base_high is not None:
            return self.base_value, self.base_high
        if self.approx in AT_LEAST:
            return self.base_value, self.base_value + self._round_part()
        if self.approx in AT_MOST:
            return self.base_value - self._round_part(), self.base_value
        if self.approx in ABOUT:
            return self.base_value * Decimal("0.85"), self.base_value * Decimal("1.15")
        return (
            (self.base_value - half, self.base_value + half)
            if self.kind in _MEASURED or self.step > 1
            else (self.base_value, self.base_value)
        )

    def states(self, true: Decimal) -> bool:
        """Whether `true`, rounded half up to the digits stated, is what is stated; or within the approximation."""
        if self.is_exact:
            near = abs(true - self.base_value) <= self.step
            return near and rounded(true, self.step) == self.base_value
        low, high = self.bounds()
        return low <= true <= high

    def cuts_off(self, true: Decimal) -> bool:
        if not self.is_exact or abs(true - self.base_value) > self.step:
            return False
        return (true / self.step).to_integral_value(ROUND_FLOOR) * self.step == self.base_value

    def _round_part(self) -> Decimal:
        """余 and 近 move within the last digit that is not zero, generously: 6000余 is below 7000."""
        magnitude = self.base_value.normalize().as_tuple()
        return (
            max(Decimal(1).scaleb(int(magnitude.exponent)), abs(self.base_value) / 10)
            if self.base_value
            else self.step
        )

    def as_json(self) -> dict[str, Any]:
        shown: dict[str, Any] = {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "value": plain(self.value),
            "unit": self.unit,
            "base_value": plain(self.base_value),
            "base_unit": self.base_unit,
            "approx": self.approx,
            "subject": self.subject,
            "time": self.time,
        }
        if self.high is not None and self.base_high is not None:
            shown |= {"high": plain(self.high), "base_high": plain(self.base_high)}
        return shown


_PLAY = Decimal("0.012")
_MEASURED = frozenset({"money", "share", "point", "area", "length", "weight"})


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """Half up, as offices round, to a multiple of `step`."""
    sign = -1 if value < 0 else 1
    return sign * (abs(value) / step).to_integral_value(ROUND_HALF_UP) * step


def plain(value: Decimal) -> str:
    """Digits without exponent or trailing zeros."""
    text = format(value.normalize(), "f")
    return "0" if text in ("-0", "") else text
