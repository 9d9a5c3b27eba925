"""What falls due and what is open: loans to remind of, retentions to pay, how far projects are, posts still free.

As of a day (yyyymmdd) and within a reader's scope; the columns are those that `derived` computes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from bangfu.ledger.derived import COMPUTED, REMINDED
from bangfu.ledger.models import Post, PostQuota
from bangfu.ledger.tables import ledger
from bangfu.office.facts import column
from bangfu.office.journal.rows import Row
from bangfu.registry.scope import Scope, narrowed
from bangfu.terms.loader import load_terms


@dataclass(frozen=True)
class FreePosts:
    """A village's posts of a year: how many it was given, how many are held on the day."""

    village: int
    year: int
    quota: int
    held: int

    @property
    def free(self) -> int:
        return self.quota - self.held


def with_computed(rows: QuerySet[Any], day: int) -> QuerySet[Any]:
    """The rows of a ledger with its computed columns, to be shown, filtered and sorted by as if they were stored."""
    table = rows.model.table
    fields = load_terms().table(table).fields
    found = {
        name: RawSQL(_of(table, value(day)), (), output_field=column(fields[name]))
        for name, value in COMPUTED.get(table, {}).items()
    }
    return rows.annotate(**found) if found else rows


def loans_due(scope: Scope, day: int, within: int = REMINDED[-1]) -> list[Row]:
    """Loans with money outstanding that are overdue or fall due in so many days, the most urgent first."""
    rows = with_computed(narrowed(_rows("loan"), scope), day)
    return _values("loan", rows.filter(days_to_due__lte=within).order_by("days_to_due", "id"))


def retentions_due(scope: Scope, day: int, until: int | None = None) -> list[Row]:
    """Projects whose retention is not paid and falls due until a day, `day` itself where none is named."""
    rows = with_computed(narrowed(_rows("project"), _of_places(scope), household="id"), day)
    unpaid = rows.filter(Q(retention_paid_on=None) | Q(retention_paid_on__gt=day))
    due = unpaid.filter(retention_due_on__lte=day if until is None else until)
    return _values("project", due.order_by("retention_due_on", "id"))


def project_stages(scope: Scope, day: int) -> Mapping[str, int]:
    """How many projects are at each stage."""
    rows = with_computed(narrowed(_rows("project"), _of_places(scope), household="id"), day)
    return Counter(rows.values_list("stage", flat=True))


def free_posts(scope: Scope, day: int) -> list[FreePosts]:
    """Of every village with a quota for the year of the day, in the order of the villages."""
    year = day // 10000
    quotas: Counter[int] = Counter()
    given = narrowed(PostQuota.objects.filter(data_year=year), _of_places(scope), household="id")
    for village, quota in given.values_list("village_id", "quota"):
        quotas[village] += quota or 0
    open_end = Q(ended_on=None) | Q(ended_on__gte=day)
    posts = Post.objects.filter(open_end, data_year=year, started_on__lte=day, village_id__in=list(quotas))
    held = Counter(posts.values_list("village_id", flat=True))
    return [FreePosts(village, year, quotas[village], held[village]) for village in sorted(quotas)]


def _rows(table: str) -> QuerySet[Any]:
    return ledger(table)._default_manager.all()


def _values(table: str, rows: QuerySet[Any]) -> list[Row]:
    named = {field.attname: field.column for field in ledger(table)._meta.concrete_fields}
    named.update({name: name for name in COMPUTED[table]})
    return [{named[name]: value for name, value in row.items()} for row in rows.values(*named)]


def _of(table: str, sql: str) -> str:
    """As Django names the table; a percent sign would else be taken for a parameter."""
    return re.sub(r"\bt\.", f'"{table}".', sql).replace("%", "%%")


def _of_places(scope: Scope) -> Scope:
    """What is a village's and no household's: a helper's own households do not reach it."""
    return Scope(tuple(part for part in scope.parts if part.households is None))
