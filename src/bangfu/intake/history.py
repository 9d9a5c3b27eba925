"""Batches as pages show them: what came in, from whom, what became of it, what it would change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from bangfu.intake.batches import STATES
from bangfu.intake.contents import NO_DAY
from bangfu.intake.loading import ORDER
from bangfu.intake.models import Batch, Question
from bangfu.intake.preview import marked_path, preview_path
from bangfu.terms.loader import load_terms

FIRST = ("village", "household", "person", "annual_record", "monitoring_episode")


@dataclass(frozen=True)
class TableCount:
    """What a batch does to a table."""

    table: str
    label: str
    added: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class BatchSeen:
    """`is_outdated`: other batches were applied or undone since it was compared with the register."""

    number: int
    file_name: str
    size: int
    state: str
    actor: str
    received_at: datetime | None
    staged_at: datetime | None
    applied_at: datetime | None
    applied_by: str
    undone_at: datetime | None
    undone_by: str
    as_of: int | None
    given_as_of: int | None
    sheets: tuple[Mapping[str, Any], ...]
    problems: int
    refusal: str
    counts: Mapping[str, Any]
    questions: int
    open_questions: int
    is_outdated: bool

    @property
    def words(self) -> str:
        return STATES[self.state]

    @property
    def lists(self) -> str:
        """What kinds of list it has."""
        return "、".join(dict.fromkeys(sheet["name"] for sheet in self.sheets))

    @property
    def rows(self) -> int:
        return sum(sheet["rows"] for sheet in self.sheets)

    @property
    def is_unapplied(self) -> bool:
        return self.state in ("received", "refused", "staged")

    @property
    def needs_day(self) -> bool:
        """It was refused because nobody said of which day it speaks."""
        return self.state == "refused" and self.refusal.startswith(NO_DAY)

    @property
    def is_empty(self) -> bool:
        """It changes nothing."""
        return bool(self.counts) and not any(
            self.counts.get(name) for name in ("added", "changed", "joined", "left", "events")
        )

    @property
    def turn(self) -> int:
        """In which order batches are to be applied: who is on file comes before what lists say of them."""
        return min((ORDER[sheet["kind"]] for sheet in self.sheets), default=len(ORDER))

    @property
    def tables(self) -> list[TableCount]:
        """Those that the file speaks of: the register's first."""
        names = [self.counts.get(name, {}) for name in ("added", "changed", "unchanged")]
        named = set[str]().union(*names)
        ordered = [*(name for name in FIRST if name in named), *sorted(named - set(FIRST))]
        return [
            TableCount(name, load_terms().table(name).label, *(n.get(name, 0) for n in names))
            for name in ordered
        ]

    @property
    def added(self) -> int:
        return sum(self.counts.get("added", {}).values())

    @property
    def changed(self) -> int:
        return sum(self.counts.get("changed", {}).values())

    @property
    def has_preview(self) -> bool:
        return preview_path(self.number).exists()

    @property
    def has_marked(self) -> bool:
        return marked_path(self.number).exists()


def batches_seen(
    *, states: Iterable[str] = (), text: str = "", before: int | None = None, size: int = 30
) -> list[BatchSeen]:
    """The newest first; `before`: older than that number; `text`: part of the file's name."""
    found = _counted()
    if states:
        found = found.filter(state__in=list(states))
    if text:
        found = found.filter(file_name__icontains=text)
    if before is not None:
        found = found.filter(pk__lt=before)
    changed = _last_change()
    return [_seen(batch, changed) for batch in found.order_by("-pk")[:size]]


def batch_seen(number: int) -> BatchSeen | None:
    batch = _counted().filter(pk=number).first()
    return None if batch is None else _seen(batch, _last_change())


def counts_by_state() -> dict[str, int]:
    """How many batches are in each state."""
    rows = Batch.objects.values("state").annotate(count=Count("pk")).values_list("state", "count")
    return dict(rows)


def same_file(number: int) -> int | None:
    """An applied batch of the very same file."""
    digest = Batch.objects.filter(pk=number).values_list("sha256", flat=True).first()
    if not digest:
        return None
    others = Batch.objects.filter(sha256=digest, state="applied").exclude(pk=number).order_by("-pk")
    return others.values_list("pk", flat=True).first()


def questions_of(batch: int, size: int = 200) -> list[Question]:
    """What it asks, answered or not."""
    return list(Question.objects.filter(batch_id=batch).order_by("pk")[:size])


def _last_change() -> datetime | None:
    """When a batch was applied or undone last."""
    found = Batch.objects.aggregate(applied=Max("applied_at"), undone=Max("undone_at"))
    return max((at for at in found.values() if at is not None), default=None)


def _counted() -> QuerySet[Any]:
    return Batch.objects.annotate(
        asked=Count("questions"), waiting=Count("questions", filter=Q(questions__state="open"))
    )


def _seen(batch: Any, changed: datetime | None) -> BatchSeen:
    return BatchSeen(
        number=batch.pk,
        file_name=batch.file_name,
        size=batch.size,
        state=batch.state,
        actor=batch.actor,
        received_at=batch.received_at,
        staged_at=batch.staged_at,
        applied_at=batch.applied_at,
        applied_by=batch.applied_by,
        undone_at=batch.undone_at,
        undone_by=batch.undone_by,
        as_of=batch.as_of,
        given_as_of=batch.given_as_of,
        sheets=tuple(batch.sheets),
        problems=batch.problems,
        refusal=batch.refusal,
        counts=batch.counts,
        questions=batch.asked,
        open_questions=batch.waiting,
        is_outdated=batch.state == "staged" and changed is not None and batch.staged_at < changed,
    )
