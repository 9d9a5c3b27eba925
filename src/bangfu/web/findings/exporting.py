"""The list that is seen, as .xlsx."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from bangfu.findings import queries
from bangfu.findings.queries import STATES, FindingFilter
from bangfu.intake.rulebook import home_rulebook
from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export, watermark
from bangfu.policy.model import Policy
from bangfu.registry.scope import Scope
from bangfu.screening.hand_out import TINTS
from bangfu.screening.punctuation import full_width
from bangfu.spreadsheets.look import Look
from bangfu.spreadsheets.write import Column, open_book, write_table
from bangfu.web.findings.filters import filter_of, in_words, query_of, villages_in
from bangfu.web.request import Request
from bangfu.web.templatetags.words import SEVERITIES

MOST = 20_000
"""Rows that are written while somebody waits."""
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COLUMNS: tuple[Column, ...] = (
    ("序号", 6, "count"),
    ("疑点编号", 9, "count"),
    ("规则编号", 11, "label"),
    ("级别", 6, "label"),
    ("疑点", 22, "wrap"),
    ("村", 11, "label"),
    ("户编号", 14, "id"),
    ("姓名", 10, "label"),
    ("说明", 46, "wrap"),
    ("责任部门", 10, "label"),
    ("整改要求", 30, "wrap"),
    ("情况", 9, "label"),
)


@require_POST
def export(request: Request) -> HttpResponse:
    reason, wanted = request.POST.get("reason", "").strip(), filter_of(request.POST)
    scope = scope_of(request.reader, "table.export")
    if not reason:
        return _asked_again(request, wanted, "请写明导出的用途")
    if len(queries.numbers(scope, wanted, MOST + 1)) > MOST:
        return _asked_again(request, wanted, f"超过 {MOST:,} 条，请先按村、规则或部门缩小范围再导出")
    return _file(request, scope, wanted, reason)


def _file(request: Request, scope: Scope, wanted: FindingFilter, reason: str) -> HttpResponse:
    policy, names = home_rulebook(), dict(villages_in(scope))
    what, written = f"疑点清单（{in_words(wanted, names, policy)}）", list[int]()
    on = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    with tempfile.TemporaryDirectory(prefix="bangfu-export-") as folder:
        path = Path(folder) / "findings.xlsx"
        with open_book(path, constant_memory=True) as book:
            rows = _rows(scope, wanted, policy, written)
            note = full_width(watermark(request.reader, on=on, reason=reason))
            look = Look(empty="没有符合条件的疑点", tints=TINTS)
            write_table(book, "疑点", _COLUMNS, rows, title=what, note=note, look=look)
        content = path.read_bytes()
    record_export(request.reader, what=what, reason=reason, rows=len(written))
    name = quote(f"疑点清单{on[:10]}.xlsx")
    answer = HttpResponse(content, content_type=_TYPE)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    return answer


def _rows(
    scope: Scope, wanted: FindingFilter, policy: Policy, written: list[int]
) -> Iterator[Sequence[object]]:
    """`written` is given the numbers as they are written."""
    for place, line in enumerate(queries.all_findings(scope, wanted, MOST), 1):
        check = policy.checks.get(line.check)
        written.append(line.number)
        yield (
            place,
            line.number,
            "\n".join(check.refs) if check else "",
            SEVERITIES[line.severity],
            full_width(check.name) if check else line.check,
            line.village,
            line.household,
            line.name,
            full_width(line.explanation),
            line.department,
            full_width(check.rectify) if check else "",
            "误报" if line.is_silent else STATES[line.state],
        )


def _asked_again(request: Request, wanted: FindingFilter, wrong: str) -> HttpResponse:
    query = query_of(wanted)
    told = {"section": "findings", "query": query, "fields": list(QueryDict(query).items()), "wrong": wrong}
    told |= {"reason": request.POST.get("reason", "")}
    return render(request, "web/findings/export.html", told, status=422)
