"""A table of figures as .xlsx, with the reason that is written down and printed on it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from bangfu.office.access import record_export, watermark
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, open_book, write_table
from bangfu.terms.errors import UserError
from bangfu.web.days import now_in_words
from bangfu.web.request import Request

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def reason_of(request: Request) -> str:
    """UserError without one."""
    reason = request.POST.get("reason", "").strip()[:100]
    if not reason:
        raise UserError("请写明导出的用途")
    return reason


def taken_away(
    request: Request,
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
    *,
    title: str,
) -> HttpResponse:
    """The file, once it is written down that it is taken. UserError without a reason."""
    reason, listed = reason_of(request), list(rows)

    def write(path: Path) -> None:
        with open_book(path, constant_memory=True) as book:
            note = full_width(watermark(request.reader, on=now_in_words(), reason=reason))
            write_table(
                book, name, columns, listed, title=full_width(title), note=note, look=Look(empty="没有数字")
            )

    content = written(write)
    record_export(request.reader, what=title, reason=reason, rows=len(listed))
    return as_file(content, f"{title}.xlsx")


def written(write: Callable[[Path], object]) -> bytes:
    """What `write` puts into the file that it is given."""
    with tempfile.TemporaryDirectory(prefix="bangfu-export-") as folder:
        path = Path(folder) / "table.xlsx"
        write(path)
        return path.read_bytes()


def as_file(content: bytes, name: str, kind: str = TYPE) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer
