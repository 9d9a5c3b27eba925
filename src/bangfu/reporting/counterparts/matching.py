"""Which figure a quantity seems to be: by what is said and left unsaid, by unit, time, place and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bangfu.documents.reading.quantity import Quantity
from bangfu.reporting.counterparts.candidates import Candidate, Meaning, Named, kind_of
from bangfu.reporting.counterparts.moments import cost_of_time
from bangfu.reporting.counterparts.phrases import Phrase
from bangfu.reporting.counterparts.places import Place

Verdict = Literal["agree", "differ", "ask"]
_MISSING, _EXTRA, _WEAK, _STRANGE = 1.0, 1.0, 0.3, 0.6
_NEAR, _FAR = 0.2, 0.45
"""What it costs that a word was said before in the sentence, or in a heading, and not beside the number."""
_NONE = 9.0
_LOOSE_UNIT = 0.3
_SURE, _DOUBTFUL, _RIVAL = 0.5, 0.75, 0.25
_ALIKE = 1.1
_UNSURE_PLACE = 0.4
_LIKE = Decimal(2)
_AIM = "目标"
_LIMITS = frozenset({"超过", "以上", "至少", "不足", "以下", "最多"})


@dataclass(frozen=True)
class Fit:
    """`cost` is 0 where the text names the figure in full and says nothing else."""

    cost: float
    candidate: Candidate
    named: Named
    agrees: bool
    is_exact: bool
    """Name, unit, time and place are the figure's, and not only alike."""


@dataclass(frozen=True)
class Match:
    """A quantity and the figure it seems to be. `ask`: it differs, but it may be another figure."""

    quantity: int
    candidate: Candidate
    verdict: Verdict


class Matching:
    """`weak` are concepts that are often left unsaid; `year` is the text's own."""

    def __init__(self, known: Mapping[str, list[Named]], weak: frozenset[str], year: int) -> None:
        self._known = known
        self._weak = weak
        self._year = year

    def match(self, index: int, phrase: Phrase, place: Place) -> Match | None:
        """None where no figure is like it, or where it speaks of elsewhere."""
        if not place.is_here or not (phrase.own.concepts or phrase.own.maybe or phrase.goes_on):
            return None
        fits = sorted(
            self._fits(phrase, place), key=lambda fit: (round(fit.cost, 3), not fit.is_exact, fit.named.label)
        )
        if not fits:
            return None
        best = fits[0]
        alike = [
            one for one in fits if one.agrees and one.cost <= min(best.cost + _ALIKE, _most(phrase.quantity))
        ]
        if alike:
            return Match(index, alike[0].candidate, "agree")
        if self._is_some_of_all(phrase, best.named):
            return None
        if (
            best.cost > _DOUBTFUL
            or best.named.label
            or phrase.is_part
            or not _is_near(phrase.quantity, best.candidate)
        ):
            return None
        return Match(index, best.candidate, "differ" if self._is_sure(best, fits, phrase) else "ask")

    def _is_some_of_all(self, phrase: Phrase, named: Named) -> bool:
        """走访480户贫困户 is no count of all of them."""
        is_common = all(one.needs <= self._weak for one in named.meanings)
        return is_common and phrase.is_object and not phrase.goes_on

    def _is_sure(self, best: Fit, fits: Sequence[Fit], phrase: Phrase) -> bool:
        """The text names one figure in full and speaks of no aim or limit; nothing else that differs comes near."""
        if best.cost > _SURE or not best.is_exact or best.candidate.figure.unknown:
            return False
        if _AIM in phrase.near.concepts | phrase.far.concepts or phrase.quantity.approx in _LIMITS:
            return False
        return not any(
            other.cost <= best.cost + _RIVAL and other.candidate.value != best.candidate.value
            for other in fits
            if other.named is not best.named and not other.named.label
        )

    def _fits(self, phrase: Phrase, place: Place) -> Iterator[Fit]:
        quantity = phrase.quantity
        for named in self._known.get(kind_of(quantity.base_unit), ()):
            if named.is_rate != phrase.is_rate:
                continue
            costs = (self._cost(phrase, meaning) for meaning in named.meanings)
            cost, is_said = min(costs, key=lambda one: (one[0], not one[1]), default=(_NONE, False))
            if cost > 2:
                continue
            for candidate in named.figures:
                if candidate.village != place.village:
                    continue
                time = cost_of_time(phrase, candidate, self._year)
                if time is None:
                    continue
                loose = _LOOSE_UNIT if _unit_differs(quantity, candidate) else 0.0
                yield Fit(
                    cost + time + loose + (0 if place.is_sure else _UNSURE_PLACE),
                    candidate,
                    named,
                    quantity.states(candidate.value),
                    is_said and not time and not loose and place.is_sure,
                )

    def _cost(self, phrase: Phrase, meaning: Meaning) -> tuple[float, bool]:
        """And whether the text itself says all that must be said."""
        own, needs = phrase.own, meaning.needs
        said = own.concepts | own.maybe
        told = said | phrase.near.concepts if phrase.goes_on and phrase.quantity.base_unit != "比例" else said
        if not ((needs - self._weak) or needs) & told:
            return _NONE, False
        unsaid = needs - said
        cost = _STRANGE * len(own.strange) + sum(self._lent(need, phrase) for need in unsaid)
        for extra in own.concepts - needs - meaning.maybe:
            cost += _WEAK if extra in self._weak or phrase.goes_on else _EXTRA
        return cost, not unsaid - phrase.before.concepts

    def _lent(self, need: str, phrase: Phrase) -> float:
        """What it costs that a need is not said beside the number."""
        whole = _WEAK if need in self._weak else _MISSING
        if need in phrase.near.concepts or need in phrase.near.maybe:
            return min(whole, _NEAR)
        if need in phrase.far.concepts or need in phrase.far.maybe:
            return min(whole, _FAR)
        return whole


def _unit_differs(quantity: Quantity, candidate: Candidate) -> bool:
    return quantity.base_unit != candidate.unit and kind_of(quantity.base_unit) in ("户", "人")


def _most(quantity: Quantity) -> float:
    """Small and round numbers agree by chance: they need a likelier name."""
    digits = len(quantity.base_value.normalize().as_tuple().digits)
    if digits >= 4:
        return 1.6
    if digits == 3:
        return 1.25
    return 1.0 if digits == 2 else 0.7


def _is_near(quantity: Quantity, candidate: Candidate) -> bool:
    """What is far off is another figure; what the ledgers have none of was not entered, which is no contradiction."""
    low, high = sorted((abs(quantity.base_value), abs(candidate.value)))
    return low > 0 and high <= low * _LIKE
