"""The list that is seen, as .xlsx: every column that anybody filled, who took it and why, its totals below."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from bangfu.ledger.columns import grouped_fields
from bangfu.ledger.listing import ListedRow, View, all_rows
from bangfu.ledger.scope import scope_of
from bangfu.ledger.totals import is_added
from bangfu.ledger.watches.known import watches
from bangfu.office.access import record_export, watermark
from bangfu.office.masking import masked, number_kind
from bangfu.office.readers import Reader
from bangfu.office.words import open_value
from bangfu.registry.queries import villages_in
from bangfu.registry.scope import EVERYTHING, NOTHING, Scope
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, Kind, open_book, write_table
from bangfu.terms.errors import UserError
from bangfu.terms.forms import written_of
from bangfu.terms.model import Field, Table
from bangfu.web.ledger.asked import Asked, asked_by
from bangfu.web.ledger.reach import table_seen, view_of, villages_of
from bangfu.web.request import Request

MOST = 20_000
"""Rows in one workbook: more would keep the page waiting for longer than a minute."""
_EXPORT = "table.export"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: Mapping[str, tuple[Kind, float]] = {
    "money": ("money", 12),
    "decimal": ("decimal", 10),
    "integer": ("count", 9),
    "date": ("date", 12),
    "month": ("month", 10),
    "code": ("label", 12),
    "codes": ("label", 16),
    "yes_no": ("label", 8),
    "text": ("wrap", 16),
}


@dataclass(frozen=True)
class Sheet:
    """What is written: the ledger, whose rows are shown with full numbers, and which columns anybody filled."""

    table: Table
    fields: Sequence[Field]
    villages: Mapping[int, str]
    in_clear: Scope
    asked: Asked
    view: View


@require_POST
def export(request: Request, table: str) -> HttpResponse:
    view = view_of(request.reader, _EXPORT)
    declared, names = table_seen(table, view), villages_in(EVERYTHING)
    asked = asked_by(request, declared, villages_of(view.scope, names), view.now)
    reason, in_full = request.POST.get("reason", ""), bool(request.POST.get("full"))
    try:
        return _workbook(request.reader, declared, names, asked, view, reason=reason, in_full=in_full)
    except UserError as refused:
        told = {"section": "ledger", "table": declared, "asked": asked, "reason": reason, "wrong": refused}
        told |= {"in_full": in_full, "may_reveal": request.reader.may("personal.reveal")}
        return render(request, "web/ledger/export.html", told, status=422)


def _workbook(
    reader: Reader,
    table: Table,
    villages: Mapping[int, str],
    asked: Asked,
    view: View,
    *,
    reason: str,
    in_full: bool,
) -> HttpResponse:
    """The file, once it is written down that it is taken. UserError without a reason and for too many rows."""
    if not reason.strip():
        raise UserError("请写明导出的用途")
    in_clear = scope_of(reader, "personal.reveal") if in_full else NOTHING
    if in_full and in_clear == NOTHING:
        raise UserError("您的角色不能导出完整号码,请去掉“写完整号码”再导出")
    rows = list(all_rows(table.name, asked.filter, view, most=MOST + 1))
    if len(rows) > MOST:
        raise UserError(f"超过 {MOST:,} 条,没有导出。请先按村、年度等条件缩小范围")
    sheet = Sheet(table, _filled(table, rows), villages, in_clear, asked, view)
    content = _written(reader, sheet, rows, reason)
    what = f"{table.label}台账{f'（{asked.in_words()}）' if asked.in_words() else ''}"
    record_export(reader, what=f"{what}（完整号码）" if in_full else what, reason=reason, rows=len(rows))
    name = content_disposition_header(True, f"{table.label}-{view.now.day}.xlsx")
    return HttpResponse(content, content_type=_TYPE, headers={"Content-Disposition": name or ""})


def _filled(table: Table, rows: Sequence[ListedRow]) -> list[Field]:
    """The columns that some row has something in, in the order of the form; whom a row means stands before them."""
    written = written_of(table)
    fields = [one for group in grouped_fields(table.name) for one in group.fields]
    return [
        one
        for one in fields
        if one.name not in written and any(row.values[one.name] not in (None, "") for row in rows)
    ]


def _written(reader: Reader, sheet: Sheet, rows: Sequence[ListedRow], reason: str) -> bytes:
    table, asked = sheet.table, sheet.asked
    title = f"{table.label}台账{f'（{asked.in_words()}）' if asked.in_words() else ''}"
    note = watermark(reader, on=f"{timezone.localtime():%Y-%m-%d %H:%M}", reason=reason)
    columns = [*_heads(sheet), *(_column(one) for one in sheet.fields)]
    total = _total(sheet, rows, len(columns) - len(sheet.fields)) if rows else None
    with tempfile.TemporaryDirectory(prefix="bangfu-export-") as folder:
        path = Path(folder) / "ledger.xlsx"
        with open_book(path, constant_memory=True) as book:
            look = Look(empty="没有符合条件的记录", total=total, frozen=1)
            write_table(book, table.label, columns, _lines(sheet, rows), title=title, note=note, look=look)
        return path.read_bytes()


def _heads(sheet: Sheet) -> list[Column]:
    links, found = sheet.table.links, list[Column]([("序号", 6, "count")])
    if "village" in links:
        found.append(("行政村", 12, "label"))
    if "household" in links:
        found += [("户编号", 15, "id"), ("户主", 10, "label")]
    if "person" in links:
        found += [("姓名", 10, "label"), ("证件号码", 21, "id")]
    if sheet.asked.filter.watch:
        found.append((watches()[sheet.asked.filter.watch].group, 24, "wrap"))
    return found


def _column(field: Field) -> Column:
    kind, width = _KINDS[field.type]
    if number_kind(field) is not None:
        kind, width = "id", 20
    unit = {"money": "（元）"}.get(field.type, "")
    return (f"{field.label}{unit}", max(width, len(field.label) * 2 + 2), kind)


def _lines(sheet: Sheet, rows: Sequence[ListedRow]) -> Iterator[tuple[object, ...]]:
    links, watch = sheet.table.links, watches().get(sheet.asked.filter.watch)
    for place, row in enumerate(rows, 1):
        values = row.values
        village, household = values.get("village_key"), values.get("household_key")
        is_clear = sheet.in_clear.has(village=village, household=household)
        told: list[object] = [place]
        if "village" in links:
            told.append(sheet.villages.get(village or 0) or values.get("village_name"))
        if "household" in links:
            told += [row.household_no, row.head]
        if "person" in links:
            number = str(values.get("id_no") or "")
            told += [row.person, number if is_clear or not number else masked("id", number)]
        if watch:
            told.append(watch.told(values, sheet.view.now))
        yield (*told, *(_value(sheet.table, one, values[one.name], is_clear) for one in sheet.fields))


def _value(table: Table, field: Field, value: Any, is_clear: bool) -> object:
    """As a cell: numbers and days as such, labels in words."""
    if value is None:
        return None
    if field.type in ("money", "decimal"):
        return Decimal(value) / (100 if field.type == "money" else 10_000)
    if field.type == "integer":
        return value
    if field.type in ("date", "month"):
        return _day(value if field.type == "date" else value * 100 + 1)
    if number_kind(field) is not None and is_clear:
        return str(value)
    return open_value(table.name, field.name, value)


def _day(value: int) -> object:
    try:
        return date(value // 10_000, value // 100 % 100, value % 100)
    except ValueError:
        return str(value)


def _total(sheet: Sheet, rows: Sequence[ListedRow], before: int) -> tuple[object, ...]:
    sums = [
        Decimal(sum(row.values[one.name] or 0 for row in rows)) / 100 if is_added(one) else None
        for one in sheet.fields
    ]
    return ("合计", *[None] * (before - 1), *sums)
