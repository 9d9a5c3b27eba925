"""Questions that were answered so that they are not asked again."""

from __future__ import annotations

from collections.abc import Set

from django.db.models import Q, QuerySet

from bangfu.intake.models import Batch, Question

GONE, MOVED = "名单里没有了", "换户"
STILL_HERE = "still_here"


def standing(kind: str) -> frozenset[tuple[int, str]]:
    """The persons whom an answer keeps where they are, each with the household that a file would put them into."""
    rows = _standing(kind).values_list("row", "household_no")
    return frozenset((row, number) for row, number in rows if row is not None)


def lapse(batch: Batch, seen: Set[int]) -> None:
    """Who turns up in a file is asked about anew when a later file leaves him out; undoing the batch undoes this."""
    rows = _standing(GONE).values_list("id", "row")
    turned_up = [question for question, person in rows if person in seen]
    Question.objects.filter(pk__in=turned_up).update(lapsed_by=batch)


def _standing(kind: str) -> QuerySet[Question]:
    answered = Question.objects.filter(kind=kind, answer=STILL_HERE, batch__state="applied")
    return answered.filter(Q(lapsed_by__isnull=True) | ~Q(lapsed_by__state="applied"))
