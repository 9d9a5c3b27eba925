"""How a household stands on a day, from its events: the words that lists show and filter by. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.registry.statuses import Happening, Status, status_on

POOR, EXITED, COMMON, CANCELLED, UNCLEAR = "贫困户", "脱贫户", "一般农户", "已销户", "状态不明"
STATUSES = (POOR, EXITED, COMMON, CANCELLED, UNCLEAR)
MONITORED, REMOVED = "监测中", "风险已消除"
BEFORE, NEVER = 0, 99_999_999
_EXITED = frozenset({"已脱贫", "稳定脱贫", "已脱贫(享受政策)", "脱贫不再享受政策"})
_POOR = frozenset({"未脱贫", "预脱贫", "返贫", "新识别"})


@dataclass(frozen=True)
class Told:
    """What is on file of a household, whatever the day; days are yyyymmdd, months yyyymm."""

    columns: Mapping[str, Any]
    events: tuple[Happening, ...] = ()
    classes: tuple[tuple[int, str], ...] = ()  # since when, in the order in which they were given
    spells: tuple[tuple[int, int | None], ...] = ()  # joined, left
    episodes: tuple[tuple[int | None, str | None], ...] = ()  # month of identification, kind


@dataclass(frozen=True)
class Standing:
    """So it is, by what is on file, from `since_on` until `until_on` (that day not): BEFORE and NEVER without an end."""

    status: str
    monitoring: str
    monitor_type: str
    exit_year: int
    local_class: str
    size: int
    since_on: int
    until_on: int

    def holds_on(self, day: int) -> bool:
        return self.since_on <= day < self.until_on


def standing_on(told: Told, day: int) -> Standing:
    """At the end of a day; events count once they have happened, columns where no event was ever recorded."""
    status, days = status_on(told.events, day), _days(told)
    monitoring = MONITORED if status.is_monitored else REMOVED if status.risk_removed_on else ""
    return Standing(
        status=_status(told, status),
        monitoring=monitoring,
        monitor_type=_monitor_type(told, day) if monitoring else "",
        exit_year=_exit_year(told, status),
        local_class=_local_class(told, day),
        size=sum(joined <= day and (left is None or day < left) for joined, left in told.spells),
        since_on=max((past for past in days if past <= day), default=BEFORE),
        until_on=min((ahead for ahead in days if ahead > day), default=NEVER),
    )


def _status(told: Told, status: Status) -> str:
    if status.is_cancelled or (told.columns["is_cancelled"] and not _ever(told, "清退")):
        return CANCELLED
    if status.is_poor:
        return POOR
    if status.exited_on is not None:
        return EXITED
    if status.monitored_on is not None:
        return COMMON
    return UNCLEAR if _ever(told, "识别") else _status_by_columns(told.columns)


def _status_by_columns(columns: Mapping[str, Any]) -> str:
    """Where nobody recorded what happened, as the last list says."""
    if columns["household_type"] == EXITED or columns["exit_status"] in _EXITED:
        return EXITED
    if columns["exit_status"] in _POOR:
        return POOR
    return COMMON if columns["household_type"] == COMMON else UNCLEAR


def _exit_year(told: Told, status: Status) -> int:
    """The register's column, once the exit has happened."""
    if status.exited_on is None and _ever(told, "脱贫"):
        return 0
    return told.columns["exit_year"] or (status.exited_on or 0) // 10000


def _monitor_type(told: Told, day: int) -> str:
    past = [(month or 0, kind or "") for month, kind in told.episodes if (month or 0) <= day // 100]
    return max(past, key=lambda one: one[0])[1] if past else ""


def _local_class(told: Told, day: int) -> str:
    past = [(since, place, label) for place, (since, label) in enumerate(told.classes) if since <= day]
    return max(past)[2] if past else ""


def _ever(told: Told, event: str) -> bool:
    return any(item.event == event for item in told.events)


def _days(told: Told) -> list[int]:
    """Every day on which something begins or ends."""
    found = [item.on for item in told.events]
    found += [since for since, _ in told.classes]
    found += [day for spell in told.spells for day in spell if day is not None]
    found += [month * 100 + 1 for month, _ in told.episodes if month is not None]
    return found
