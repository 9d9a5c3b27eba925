"""Monitoring episodes: from identification to the removal of the risk, several over a household's life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bangfu.office.journal.rows import batched
from bangfu.office.journal.writing import Writing
from bangfu.office.refusal import Reason, refuse
from bangfu.registry.models import MonitoringEpisode


def open_episodes(change: Writing, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """New episodes with their values at identification; each names `household_key`. The ids, in order.

    Refused: an episode without month of identification, a second one of the same household and month.
    """
    households = [row["household_key"] for row in rows]
    taken: set[tuple[int, int | None]] = set()
    for some in batched(households):
        known = MonitoringEpisode.objects.filter(household_id__in=some)
        taken.update(known.values_list("household_id", "monitored_from"))
    reasons = []
    for number, row in enumerate(rows):
        key = (row["household_key"], row.get("monitored_from"))
        if key[1] is None:
            reasons.append(Reason(number, f"户 {key[0]} 的监测没有识别时间"))
        elif key in taken:
            reasons.append(Reason(number, f"户 {key[0]} 在 {key[1]} 已经纳入监测"))
        taken.add(key)
    refuse("监测", reasons)
    return change.create(MonitoringEpisode, rows)


def change_episodes(change: Writing, values: Mapping[int, Mapping[str, Any]]) -> int:
    """Sets columns of episodes, such as the values at removal; the number that changed."""
    return change.change(MonitoringEpisode, values)
