"""The years' incomes as bars: lengths and places for an SVG that needs no style of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bangfu.registry.incomes import YearOfIncome

WIDTH, HEIGHT = 480, 220
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 8, 24, 24
_STEPS = (1, 2, 2.5, 5, 10)
_TICKS = 4


@dataclass(frozen=True)
class Piece:
    """A part of a bar; `place` is that of the part among the year's, for its colour."""

    place: int
    label: str
    amount: int
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    year: int
    x: float
    width: float
    middle: float
    top: float
    per_capita: int | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Chart:
    """`ticks` are heights with the yuan they stand for; `legend` the places and names of the parts."""

    width: int
    height: int
    left: int
    right: int
    bottom: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    legend: tuple[tuple[int, str], ...]


def income_chart(years: Sequence[YearOfIncome]) -> Chart | None:
    """None where no year has an income to draw."""
    most = max((year.gross for year in years), default=0)
    if most <= 0:
        return None
    step = _step(most / 100)
    top = step * -(-most // (100 * step))
    room = (WIDTH - _LEFT - _RIGHT) / len(years)
    bars = tuple(_bar(year, _LEFT + place * room, room, top) for place, year in enumerate(years))
    ticks = tuple((_y(amount * 100, top), round(amount)) for amount in _multiples(step, top))
    parts = [(place, part.label) for place, part in enumerate(years[-1].parts) if part.sign > 0]
    return Chart(WIDTH, HEIGHT, _LEFT, WIDTH - _RIGHT, HEIGHT - _BOTTOM, bars, ticks, tuple(parts))


def _bar(year: YearOfIncome, x: float, room: float, top: float) -> Bar:
    pieces: list[Piece] = []
    below = 0
    for place, part in enumerate(year.parts):
        amount = part.amount or 0
        if part.sign > 0 and amount > 0:
            y = _y(below + amount, top)
            pieces.append(Piece(place, part.label, amount, y, round(_y(below, top) - y, 1)))
            below += amount
    width = min(40.0, room * 0.6)
    middle = round(x + room / 2, 1)
    return Bar(
        year=year.year,
        x=round(middle - width / 2, 1),
        width=round(width, 1),
        middle=middle,
        top=_y(below, top) - 6,
        per_capita=year.told_per_capita,
        pieces=tuple(pieces),
    )


def _y(fen: float, top: float) -> float:
    return round(HEIGHT - _BOTTOM - fen / 100 / top * (HEIGHT - _TOP - _BOTTOM), 1)


def _step(most: float) -> float:
    """A round number of yuan that goes some four times into the most."""
    rough, power = most / _TICKS, 1.0
    while power * 10 <= rough:
        power *= 10
    return next(power * step for step in _STEPS if power * step >= rough)


def _multiples(step: float, top: float) -> list[float]:
    return [step * count for count in range(int(top / step) + 1)]
