"""Papers that were made, as pages show them: those whose whole area the reader's right reaches, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bangfu.ledger.scope import scope_of
from bangfu.office.readers import Reader
from bangfu.registry.scope import Scope
from bangfu.reporting.models import Paper
from bangfu.reporting.papers.files import ANNEX, KEPT_DAYS, LABELS, file_of_paper
from bangfu.reporting.papers.kinds import CARDS, RIGHTS
from bangfu.reporting.papers.reach import is_reached

_AT_A_TIME = 100


@dataclass(frozen=True)
class FileShown:
    """One of a paper's files; `is_there` until it is cleared away."""

    what: str
    label: str
    size: int
    is_there: bool


@dataclass(frozen=True)
class PaperShown:
    """`figures` and `told` are what it stated and what its makers should know; both empty until it is made."""

    number: int
    kind: str
    title: str
    template: str
    as_of: int
    area: str
    asked: Mapping[str, Any]
    reason: str
    actor: str
    ordered_at: datetime
    made_at: datetime | None
    job: int | None
    figures: Sequence[Mapping[str, Any]]
    told: Mapping[str, Any]
    files: Sequence[FileShown]
    rows: int

    @property
    def blanks(self) -> list[Mapping[str, Any]]:
        return [one for one in self.figures if one["value"] is None]

    @property
    def is_cleared(self) -> bool:
        return any(not one.is_there for one in self.files)

    @property
    def kept_days(self) -> int:
        return KEPT_DAYS


def papers(
    reader: Reader, kinds: Sequence[str], *, before: int | None = None, size: int = 30
) -> list[PaperShown]:
    """The newest first; `before`: older than that number. Without their figures."""
    found, scopes = [], scopes_of(reader)
    for row in _rows(kinds, before):
        if _is_of(row, scopes):
            found.append(_shown(row))
            if len(found) == size:
                break
    return found


def paper(reader: Reader, number: int, kinds: Sequence[str]) -> PaperShown | None:
    """None where there is none, or it is not the reader's to see."""
    row = Paper.objects.filter(pk=number, kind__in=kinds).first()
    return None if row is None or not _is_of(row, scopes_of(reader)) else _shown(row)


def path_of(shown: PaperShown, what: str) -> Path | None:
    """None where it was never made, and where it has been cleared away."""
    if not any(one.what == what and one.is_there for one in shown.files):
        return None
    return file_of_paper(shown.number, shown.kind, what)


def name_of(shown: PaperShown, what: str) -> str:
    """What the file is called where it is saved: no person in it."""
    suffix = "（数据明细）.xlsx" if what == ANNEX else f".{what}"
    return f"{shown.title} {shown.area} {shown.as_of}{suffix}"


def last_words() -> Mapping[str, str]:
    """The office's phone and where to complain as they were printed on cards last: they stay the same all year."""
    last = Paper.objects.filter(kind=CARDS).order_by("-pk").values_list("asked", flat=True).first()
    return dict((last or {}).get("words", {}))


def scopes_of(reader: Reader) -> Mapping[str, Scope]:
    return {right: scope_of(reader, right) for right in set(RIGHTS.values())}


def _rows(kinds: Sequence[str], before: int | None) -> Iterator[Paper]:
    rows = Paper.objects.filter(kind__in=kinds).defer("figures").order_by("-pk")
    yield from (rows if before is None else rows.filter(pk__lt=before)).iterator(_AT_A_TIME)


def _is_of(row: Paper, scopes: Mapping[str, Scope]) -> bool:
    return is_reached(scopes[RIGHTS[row.kind]], row.villages, row.households)


def _shown(row: Paper) -> PaperShown:
    return PaperShown(
        number=row.pk,
        kind=row.kind,
        title=row.title,
        template=row.template,
        as_of=row.as_of,
        area=row.area,
        asked=row.asked,
        reason=row.reason,
        actor=row.actor,
        ordered_at=row.ordered_at,
        made_at=row.made_at,
        job=row.job,
        figures=row.figures if "figures" not in row.get_deferred_fields() else [],
        told=row.told,
        files=[_file(row, what, size) for what, size in row.files.items()],
        rows=int(row.told.get("rows", 0)),
    )


def _file(row: Paper, what: str, size: int) -> FileShown:
    is_there = file_of_paper(row.pk, row.kind, what).is_file()
    return FileShown(what, LABELS[what], size, is_there)
