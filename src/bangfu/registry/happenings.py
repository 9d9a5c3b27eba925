"""The recorded events of households. Pure reading."""

from __future__ import annotations

from collections.abc import Iterable

from bangfu.office.journal.rows import batched
from bangfu.registry.models import StatusEvent
from bangfu.registry.statuses import Happening


def happenings_of(households: Iterable[int]) -> dict[int, list[Happening]]:
    """The recorded events of each household; an empty list where there is none."""
    ids = list(dict.fromkeys(households))
    found: dict[int, list[Happening]] = {household: [] for household in ids}
    for some in batched(ids):
        rows = StatusEvent.objects.filter(household_id__in=some).order_by("id")
        for household, event, on in rows.values_list("household_id", "event", "happened_on"):
            found[household].append(Happening(event, on))
    return found
