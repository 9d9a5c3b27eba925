"""What kinds of job there are. Each station registers its own when Django starts; none knows those above it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bangfu.jobs.work import Work

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Kind:
    """`run` does the work and gives what came of it, as JSON without personal data.

    It must be safe to be run again after it was killed at any instant: what is done already is told, not done twice.
    `starts` and `sees` are the rights to start one and to see those of others; `page` names the page of what it made,
    whose number stands in the result or the parameters under `number`. One that `is_daily` is queued every day.
    """

    id: str
    label: str
    run: Callable[[Work], Result]
    starts: str
    sees: str
    page: str = ""
    number: str = ""
    is_daily: bool = False


_KINDS: dict[str, Kind] = {}
_AFTER: dict[str, list[Callable[[Work, Result], object]]] = {}


def register(*kinds: Kind) -> None:
    """Called by the `ready` of a station."""
    _KINDS.update((kind.id, kind) for kind in kinds)


def after(kind: str, follow: Callable[[Work, Result], object]) -> None:
    """`follow` is called when a job of the kind has run, each time it is run: it must be safe to be called again."""
    if follow not in _AFTER.setdefault(kind, []):
        _AFTER[kind].append(follow)


def kind_of(name: str) -> Kind | None:
    """None for one that this program does not have."""
    return _KINDS.get(name)


def kinds() -> Mapping[str, Kind]:
    return _KINDS


def followers(kind: str) -> list[Callable[[Work, Result], object]]:
    return _AFTER.get(kind, [])
