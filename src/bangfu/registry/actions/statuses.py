"""What happens to a household's status, and how the office classes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bangfu.office.journal.rows import batched
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.happenings import happenings_of
from bangfu.registry.models import HouseholdClass, StatusEvent
from bangfu.registry.statuses import Happening, contradictions


@dataclass(frozen=True)
class Happened:
    """An event of a household; `precision` says how much of the day (yyyymmdd) is known: 日, 月 or 年."""

    household: int
    event: str
    on: int
    reason: str | None = None
    precision: str = "日"
    src: int | None = None
    src_row: int | None = None


@dataclass(frozen=True)
class Classed:
    """The office's own class of a household from a day (yyyymmdd) on, until it is classed again."""

    household: int
    local_class: str
    on: int
    reason: str | None = None


def record_statuses(change: Writing, events: Sequence[Happened]) -> list[int]:
    """The ids of the new events, in order.

    Refused: what cannot have followed the other events of the household (see `registry.statuses`).
    """
    told = happenings_of([item.household for item in events])
    reasons: list[Reason] = []
    for number, item in enumerate(events):
        before = told[item.household]
        after = [*before, Happening(item.event, item.on)]
        known = contradictions(before)
        new = [why for why in contradictions(after) if why not in known]
        reasons.extend(Reason(number, f"户 {item.household}:{why}") for why in new)
        told[item.household] = after
    refuse("状态", reasons)
    return change.create(
        StatusEvent,
        [
            {
                "household_key": item.household,
                "event": item.event,
                "happened_on": item.on,
                "reason": item.reason,
                "precision": item.precision,
                "src": item.src,
                "src_row": item.src_row,
            }
            for item in events
        ],
    )


def classify(change: Writing, classes: Sequence[Classed]) -> list[int]:
    """The ids of the new classes, in order. Refused: a second class of the same household on the same day."""
    households = [item.household for item in classes]
    taken: set[tuple[int, int]] = set()
    for some in batched(households):
        rows = HouseholdClass.objects.filter(household_id__in=some)
        taken.update(rows.values_list("household_id", "from_on"))
    reasons = []
    for number, item in enumerate(classes):
        if (item.household, item.on) in taken:
            reasons.append(Reason(number, f"户 {item.household} 在 {item.on} 已经分类"))
        taken.add((item.household, item.on))
    refuse("分类", reasons)
    return change.create(
        HouseholdClass,
        [
            {
                "household_key": item.household,
                "local_class": item.local_class,
                "from_on": item.on,
                "reason": item.reason,
            }
            for item in classes
        ],
    )
