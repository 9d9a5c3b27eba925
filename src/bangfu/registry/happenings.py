"""The recorded events of households. Pure reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bangfu.registry.models import StatusEvent
from bangfu.registry.statuses import Happening

_CHUNK = 2_000


def happenings_of(households: Iterable[int]) -> dict[int, list[Happening]]:
    """The recorded events of each household; an empty list where there is none."""
    ids = list(dict.fromkeys(households))
    found: dict[int, list[Happening]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        rows = StatusEvent.objects.filter(household_id__in=ids[start : start + _CHUNK]).order_by("id")
        for household, event, on in rows.values_list("household_id", "event", "happened_on"):
            found[household].append(Happening(event, on))
    return found
