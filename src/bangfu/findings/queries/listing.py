"""Findings in pages, the latest and gravest first, at the same cost among thousands and among millions.

A page is read from the start of an index. Where several checks or villages are wanted, the first of each are read from
theirs, and the page is the first of these: `tally` knows which checks and villages have any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.db.models.fields.tuple_lookups import (  # type: ignore[import-untyped]  # the stubs lack it
    Tuple,
    TupleGreaterThan,
    TupleLessThan,
)

from bangfu.findings.comparing import Since
from bangfu.findings.models import FalseAlarm, Finding
from bangfu.findings.queries.standing import since
from bangfu.findings.queries.tally import Cell, cells_with, checks_with, is_counted, total, villages_of
from bangfu.findings.queries.wanted import MOST, Count, FindingFilter, Line, Page, told_place
from bangfu.findings.reach import reached
from bangfu.registry.scope import Scope

SIZE = 50
_PARTS = 400
"""SQLite takes 500 parts in one statement."""
_OF_HOUSEHOLD = 12
"""Digits of a 户编号."""
_SOME_CHECK, _SOME_VILLAGE = "\0", -1
"""Stand for what each part of a statement names: the statement is made once."""
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Order:
    """The columns that a list is sorted by, the last of them the number; all one way."""

    columns: tuple[str, ...]
    is_falling: bool

    @property
    def kinds(self) -> tuple[type[int] | type[str], ...]:
        return tuple(str if name in ("name", "household") else int for name in self.columns)

    def sorted(self, rows: QuerySet[Finding]) -> QuerySet[Finding]:
        return rows.order_by(*(f"-{name}" if self.is_falling else name for name in self.columns))

    def beyond(self, rows: QuerySet[Finding], place: Sequence[Any]) -> QuerySet[Finding]:
        lookup = TupleLessThan if self.is_falling else TupleGreaterThan
        return rows.filter(lookup(Tuple(*(F(name) for name in self.columns)), tuple(place)))

    def sql(self) -> str:
        way = " DESC" if self.is_falling else ""
        return ", ".join(f"{number + 1}{way}" for number in range(len(self.columns)))


LATEST = Order(("since_run_id", "rank", "id"), True)
GONE = Order(("gone_run_id", "rank", "id"), True)
BY_NAME = Order(("name", "id"), False)
BY_HOUSEHOLD = Order(("household", "id"), False)


def findings(scope: Scope, wanted: FindingFilter, *, after: str | None = None, size: int = SIZE) -> Page:
    """A page of findings; `after` as the page before gave it."""
    order, against = _order(wanted), since()
    ids = _ids(scope, wanted, order, against, told_place(after, order.kinds), size + 1)
    lines = _lines([row[-1] for row in ids[:size]], against)
    more = "~".join(str(value) for value in ids[size - 1]) if len(ids) > size else None
    return Page(tuple(lines), more)


def all_findings(scope: Scope, wanted: FindingFilter, most: int) -> Iterator[Line]:
    """The same one after the other, page by page, no more than `most`."""
    after: str | None = None
    while most > 0:
        page = findings(scope, wanted, after=after, size=min(most, 1_000))
        yield from page.lines
        most, after = most - len(page.lines), page.after
        if after is None:
            return


def numbers(scope: Scope, wanted: FindingFilter, most: int) -> list[int]:
    """The numbers of what is wanted in the order of the list, no more than `most`."""
    return [row[-1] for row in _ids(scope, wanted, _order(wanted), since(), None, most)]


def count(scope: Scope, wanted: FindingFilter) -> Count:
    """How many are wanted: by the kept counts where they know it, else counted up to a limit."""
    if wanted.is_of_tally and is_counted(scope):
        return Count(total(scope, wanted))
    found = len(numbers(scope, wanted, MOST + 1))
    return Count(min(found, MOST), found <= MOST)


def findings_of_household(scope: Scope, household_key: int) -> tuple[Line, ...]:
    """What there is now of a household and its members, silent ones too, the latest and gravest first."""
    rows = reached(Finding.objects.filter(household_key=household_key, gone_run__isnull=True), scope)
    ids = LATEST.sorted(rows).values_list("pk", flat=True)
    return tuple(_lines(list(ids), since()))


# -- which rows --------------------------------------------------------------------------------------


def _order(wanted: FindingFilter) -> Order:
    if wanted.state == "gone":
        return GONE
    if wanted.text and wanted.village is None:
        return BY_HOUSEHOLD if wanted.text[0].isdigit() else BY_NAME
    return LATEST


def _ids(
    scope: Scope, wanted: FindingFilter, order: Order, against: Since, place: Sequence[Any] | None, size: int
) -> list[tuple[Any, ...]]:
    """The sort columns of the first rows, the number last."""
    rows = order.sorted(_narrowed(scope, wanted, against))
    if place is not None:
        rows = order.beyond(rows, place)
    cells = _cells(scope, wanted, order)
    if not cells:
        return []
    if len(cells) == 1:
        return list(rows.filter(cells[0].condition()).values_list(*order.columns)[:size])
    return _first_of_each(rows, cells, order, size)


def _narrowed(scope: Scope, wanted: FindingFilter, against: Since) -> QuerySet[Finding]:
    is_gone = wanted.state == "gone"
    rows = Finding.objects.filter(aside_run__isnull=True) if is_gone else Finding.objects.all()
    rows = reached(rows.filter(gone_run__isnull=not is_gone), scope)
    for condition in _conditions(wanted, against):
        rows = rows.filter(condition)
    return rows


def _conditions(wanted: FindingFilter, against: Since) -> Iterator[Q]:
    if wanted.check:
        yield Q(check_id=wanted.check)
    if wanted.family:
        yield Q(check_id__startswith=f"{wanted.family}.")
    if wanted.village is not None:
        yield Q(village_key=wanted.village)
    if wanted.department:
        yield Q(department=wanted.department)
    if wanted.severity:
        yield Q(severity=wanted.severity)
    if wanted.text:
        yield _beginning(wanted.text)
    if wanted.is_handed_out is not None:
        yield Q(is_handed_out=wanted.is_handed_out)
    yield from _decided(wanted.is_silent)
    yield from _standing(wanted.state, against)


def _decided(is_silent: bool | None) -> Iterator[Q]:
    if is_silent is False:
        yield Q(is_silent=False)
    if is_silent is True:
        decided = FalseAlarm.objects.filter(withdrawn_on__isnull=True)
        yield Q(is_silent=True, pk__in=decided.values("finding_no"))


def _standing(state: str, against: Since) -> Iterator[Q]:
    if state in ("new", "returned"):
        yield Q(since_run__gte=against.run)
    if state == "new":
        yield Q(first_run__gte=against.run)
    if state == "returned":
        yield Q(first_run__lt=against.run)
    if state == "remaining":
        yield Q(since_run__lt=against.run)


def _beginning(text: str) -> Q:
    """Numbers begin with digits, names do not; a 人编号 is the 户编号 and two digits more."""
    if not text[0].isdigit():
        return _starts("name", text)
    home = _starts("household", text)
    return home if len(text) <= _OF_HOUSEHOLD else home | Q(household=text[:_OF_HOUSEHOLD], subject=text)


def _starts(column: str, text: str) -> Q:
    """Both databases have an index for beginnings, but not by the same comparison."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + _LAST})
    return Q(**{f"{column}__startswith": text})


# -- where they are read -----------------------------------------------------------------------------


def _cells(scope: Scope, wanted: FindingFilter, order: Order) -> Sequence[Cell]:
    """What indexes begin with; together they reach all that is wanted. None: there is nothing."""
    if order is not LATEST or not is_counted(scope) or wanted.is_silent is True or wanted.is_handed_out:
        return [Cell()]
    villages = villages_of(scope, wanted)
    if _names_checks(scope, wanted) or wanted.state == "returned":
        cells = checks_with(scope, wanted) if villages is None else cells_with(scope, wanted)
        if len(cells) <= _PARTS:
            return cells
    if villages is None or len(villages) > _PARTS:
        return [Cell()]
    return [Cell(None, village) for village in villages]


def _names_checks(scope: Scope, wanted: FindingFilter) -> bool:
    """Whether it is about some checks only."""
    departments = any(part.departments is not None for part in scope.parts)
    return bool(departments or wanted.check or wanted.family or wanted.department or wanted.severity)


def _first_of_each(
    rows: QuerySet[Finding], cells: Sequence[Cell], order: Order, size: int
) -> list[tuple[Any, ...]]:
    """The first rows of all cells together, each cell read from its own index. All cells name the same things."""
    like = Cell(cells[0].check and _SOME_CHECK, cells[0].village and _SOME_VILLAGE)
    asked = rows.filter(like.condition()).values_list(*order.columns)[:size]
    text, parameters = asked.query.sql_with_params()
    texts, given = list[str](), list[Any]()
    for number, cell in enumerate(cells):
        named = {_SOME_CHECK: cell.check, _SOME_VILLAGE: cell.village}
        texts.append(f"SELECT * FROM ({text}) part_{number}")
        given.extend(named.get(parameter, parameter) for parameter in parameters)
    with connection.cursor() as cursor:
        cursor.execute(f"{' UNION ALL '.join(texts)} ORDER BY {order.sql()} LIMIT {size}", given)
        return list(cursor.fetchall())


# -- lines -------------------------------------------------------------------------------------------


def _lines(ids: Sequence[int], against: Since) -> Iterator[Line]:
    """In the order of the ids."""
    rows = {row.pk: row for row in Finding.objects.filter(pk__in=ids).defer("told")}
    for number in ids:
        if number in rows:
            yield line_of(rows[number], against)


def line_of(row: Finding, against: Since) -> Line:
    return Line(
        number=row.pk,
        check=row.check_id,
        severity=row.severity,
        table=row.table,
        subject=row.subject,
        name=row.name,
        household=row.household,
        household_key=row.household_key,
        village=row.village,
        village_key=row.village_key,
        department=row.department,
        explanation=row.explanation,
        state=against.state(row.first_run_id, row.since_run_id, row.gone_run_id),
        is_silent=row.is_silent,
        is_handed_out=row.is_handed_out,
    )
