"""References of a paper, answered by the figures that are stored: each by itself, so that every unknown one is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from bangfu.documents.fields import FieldValue, Resolver
from bangfu.intake.rulebook import home_rulebook
from bangfu.policy.model import Policy
from bangfu.policy.references import Resolved, parse_reference
from bangfu.registry.scope import Scope
from bangfu.reporting.models import FigureRun
from bangfu.reporting.opening import Openings
from bangfu.reporting.queries import answer, run_of_day
from bangfu.reporting.shown import FigureShown
from bangfu.terms.errors import UserError


@dataclass(frozen=True)
class Answers:
    """By reference the figure, or what is wrong with the reference."""

    figures: Mapping[str, FigureShown]
    resolved: Mapping[str, Resolved]
    wrong: Mapping[str, str]
    runs: Mapping[int, FigureRun] = field(default_factory=dict)
    """The counts that they are of, by day."""

    @property
    def counted_at(self) -> str:
        """When the figures were counted, in words: of the oldest count."""
        oldest = min((run.at for run in self.runs.values()), default=None)
        return "" if oldest is None else f"{timezone.localtime(oldest):%Y-%m-%d %H:%M}"

    @property
    def resolver(self) -> Resolver:
        """A figure that could not be counted is one that is not known."""

        def resolve(reference: str) -> FieldValue:
            if reference in self.wrong:
                raise UserError(self.wrong[reference])
            shown = self.figures[reference]
            return FieldValue("", shown.value, shown.unit)

        return resolve


def read_references(
    references: Iterable[str], as_of: int, policy: Policy
) -> tuple[dict[str, Resolved], dict[str, str]]:
    """Those that are written rightly, with the day that each asks for; and what is wrong with the others."""
    resolved: dict[str, Resolved] = {}
    wrong: dict[str, str] = {}
    for text in references:
        try:
            resolved[text] = parse_reference(text, policy).on(as_of)
        except UserError as error:
            wrong[text] = str(error)
    return resolved, wrong


def days_of(references: Iterable[str], as_of: int) -> set[int]:
    """The days that must have been counted, the paper's own among them."""
    resolved, _ = read_references(references, as_of, home_rulebook())
    return {as_of, *(one.as_of for one in resolved.values())}


def answers_to(
    references: Iterable[str], as_of: int, scope: Scope, counted: Mapping[int, int] | None = None
) -> Answers:
    """`counted`: by day, the runs to answer from; without it the newest of each day. UserError where a day that is needed
    has not been counted.
    """
    resolved, wrong = read_references(references, as_of, home_rulebook())
    days = {one.as_of for one in resolved.values()}
    if counted is None:
        runs = {day: run_of_day(day) for day in days}
    else:
        kept = FigureRun.objects.in_bulk(list(counted.values()))
        runs = {day: kept[counted[day]] for day in days}
    figures: dict[str, FigureShown] = {}
    with Openings() as openings:
        for text, one in resolved.items():
            try:
                figures[text] = answer(runs[one.as_of], one, scope, openings)
            except UserError as error:
                wrong[text] = str(error)
    return Answers(figures, resolved, wrong, runs)
