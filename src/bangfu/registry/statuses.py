"""What a household has been, from its dated events. Pure: no database; days are yyyymmdd.

Order that the events must keep (domain: processes, sections 1 to 5): identified first; exit only of a poor household;
return only after an exit; risk removed only while monitored; nothing after the cancellation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

Event = Literal["识别", "脱贫", "返贫", "纳入监测", "风险消除", "清退"]
EVENTS: tuple[Event, ...] = get_args(Event)
_ORDER: dict[str, int] = {event: place for place, event in enumerate(EVENTS)}


@dataclass(frozen=True)
class Happening:
    """One event of one household."""

    event: str
    on: int


@dataclass(frozen=True)
class Status:
    """What the events up to a day make of a household; the days are those of the last event of each kind."""

    is_poor: bool = False
    is_monitored: bool = False
    is_cancelled: bool = False
    identified_on: int | None = None
    exited_on: int | None = None
    returned_on: int | None = None
    monitored_on: int | None = None
    risk_removed_on: int | None = None
    cancelled_on: int | None = None


def in_order(events: Iterable[Happening]) -> list[Happening]:
    """By day; on the same day in the order in which they can follow each other."""
    return sorted(events, key=lambda item: (item.on, _ORDER.get(item.event, len(EVENTS))))


def status_on(events: Iterable[Happening], day: int) -> Status:
    """The status at the end of a day."""
    told: dict[str, Any] = {}
    for item in in_order(events):
        if item.on <= day:
            told.update(_changed_by(item))
    return Status(**told)


def contradictions(events: Sequence[Happening]) -> list[str]:
    """Why these events cannot have followed each other; empty where they can."""
    found = []
    status = Status()
    for item in in_order(events):
        why = _refusal(status, item)
        if why:
            found.append(f"{item.on} {item.event}:{why}")
        status = replace(status, **_changed_by(item))
    return found


def _refusal(status: Status, item: Happening) -> str | None:
    if item.event not in EVENTS:
        return f"没有这种事件,可用的有 {'、'.join(EVENTS)}"
    if status.is_cancelled:
        return f"这户已于 {status.cancelled_on} 清退"
    match item.event:
        case "识别" if status.identified_on is not None:
            return f"已于 {status.identified_on} 识别"
        case "脱贫" if not status.is_poor:
            return "这时不是贫困户"
        case "返贫" if status.exited_on is None or status.is_poor:
            return "这时不是已脱贫户"
        case "纳入监测" if status.is_monitored:
            return f"已于 {status.monitored_on} 纳入监测,风险没有消除"
        case "风险消除" if not status.is_monitored:
            return "这时不是监测对象"
    return None


def _changed_by(item: Happening) -> dict[str, Any]:
    """What an event makes otherwise, by the names of `Status`."""
    match item.event:
        case "识别":
            return {"is_poor": True, "identified_on": item.on}
        case "脱贫":
            return {"is_poor": False, "exited_on": item.on}
        case "返贫":
            return {"is_poor": True, "returned_on": item.on}
        case "纳入监测":
            return {"is_monitored": True, "monitored_on": item.on}
        case "风险消除":
            return {"is_monitored": False, "risk_removed_on": item.on}
        case "清退":
            return {"is_poor": False, "is_monitored": False, "is_cancelled": True, "cancelled_on": item.on}
    return {}
