"""An empty workbook to fill in: the columns of a layout, with the labels of the code lists to choose from."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from django.http import Http404, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from bangfu.ledger.watches.due import Now
from bangfu.registry.editing.choices import choices_of
from bangfu.spreadsheets.layouts import Layout, load_layouts
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, Kind, open_book, write_table
from bangfu.terms.model import Field, Terms
from bangfu.web.ledger.reach import table_seen, view_of
from bangfu.web.request import Request

GENERIC = "benefit_list"
"""The layout in which any programme can be paid: a column names it."""
LINES = 200
"""Empty lines in which the drop-downs are offered."""
_LISTED = 250
"""Characters that Excel takes of a drop-down's labels."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KINDS: Mapping[str, Kind] = {"money": "money", "decimal": "decimal", "integer": "integer", "date": "date"}
_layouts = cache(load_layouts)


def layouts_for(table: str, programme: str = "") -> list[Layout]:
    """Lists that fill a ledger; of benefits those of the programme, and the one that takes any."""
    found = [
        layout
        for layout in _layouts()
        if layout.kind == "list" and any(emit.table == table for emit in layout.emits)
    ]
    if table != "benefit" or not programme:
        return found
    return [layout for layout in found if layout.id == GENERIC or _is_of(layout, programme)]


def _is_of(layout: Layout, programme: str) -> bool:
    return any(emit.constants.get("programme") == programme for emit in layout.emits)


@require_safe
def template(request: Request, table: str, layout: str) -> HttpResponse:
    view = view_of(request.reader)
    table_seen(table, view)
    found = next((one for one in layouts_for(table) if one.id == layout), None)
    if found is None:
        raise Http404
    programme = view.now.policy.programmes.get(request.GET.get("programme", ""))
    name = f"{programme.name if programme and found.id == GENERIC else found.name}（空表）.xlsx"
    content = empty_workbook(found, view.now, programme.name if programme else "")
    told = content_disposition_header(True, name)
    return HttpResponse(content, content_type=_TYPE, headers={"Content-Disposition": told or ""})


def empty_workbook(layout: Layout, now: Now, programme: str = "") -> bytes:
    """Its title names the list, so that it is recognised when it comes back; `programme` is the only one offered."""
    fields = list(_columns(layout, now.policy.terms))
    columns = [_column(header, field) for header, field in fields]
    rows: Sequence[Sequence[object]] = [[None] * len(columns)] * LINES
    choices = {
        header: labels for header, field in fields if (labels := _labels(field, layout, now, programme))
    }
    with tempfile.TemporaryDirectory(prefix="bangfu-empty-") as folder:
        path = Path(folder) / "empty.xlsx"
        with open_book(path) as book:
            look = Look(choices=choices)
            write_table(book, layout.name, columns, rows, title=_title(layout, programme), look=look)
        return path.read_bytes()


def _title(layout: Layout, programme: str) -> str:
    """All the words by which the list is known."""
    name = f"{programme}发放名单" if programme and layout.id == GENERIC else layout.name
    missing = [word for word in layout.titles if word not in name]
    return f"{name}（{'、'.join(missing)}）" if missing and layout.titled else name


def _columns(layout: Layout, terms: Terms) -> Iterator[tuple[str, Field]]:
    """Each column once, under the first of its spellings, those that a list must have first."""
    seen = set[str]()
    found = [
        (column.headers[0], terms.table(emit.table).fields[column.field])
        for emit in layout.emits
        for column in emit.columns
    ]
    found.sort(key=lambda one: one[1].name not in layout.required)
    for header, field in found:
        if header not in seen:
            seen.add(header)
            yield header, field


def _column(header: str, field: Field) -> Column:
    kind: Kind = _KINDS.get(field.type, "text")
    return (header, max(10, min(30, len(header) * 2 + 4)), kind)


def _labels(field: Field, layout: Layout, now: Now, programme: str) -> list[str]:
    if field.codes == "programme" and programme:
        return [programme]
    labels = [
        label
        for emit in layout.emits
        for column in emit.columns
        if column.field == field.name
        for label in column.labels
    ]
    words = list(choices_of(field, now.policy, now.day).labels.values())
    if field.type == "yes_no":
        words = ["是", "否"]
    words = [*labels, *(word for word in words if word not in labels)]
    return words if words and len(",".join(words)) <= _LISTED else []
