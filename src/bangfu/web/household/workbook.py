"""The list as a workbook: what is seen, who took it and why, numbers starred unless asked for in full."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from bangfu.ledger.scope import scope_of
from bangfu.office.access import record_export, watermark
from bangfu.office.masking import masked
from bangfu.office.readers import Reader
from bangfu.registry.listing import HouseholdFilter, Listed, all_households
from bangfu.registry.scope import NOTHING, Scope
from bangfu.spreadsheets.write import Column, open_book, write_table
from bangfu.terms.errors import UserError

MOST = 20_000
"""Households in one workbook: more would keep the page waiting for longer than a minute."""
_COLUMNS: tuple[Column, ...] = (
    ("序号", 6, "count"),
    ("户编号", 15, "id"),
    ("户主", 10, "label"),
    ("户主证件号码", 21, "id"),
    ("行政村", 12, "label"),
    ("自然村", 10, "label"),
    ("村民小组", 9, "label"),
    ("人口", 6, "count"),
    ("状态", 9, "label"),
    ("监测", 11, "label"),
    ("监测对象类别", 13, "label"),
    ("户属性", 14, "label"),
    ("本地分类", 9, "label"),
    ("脱贫年度", 9, "count"),
    ("收入年度", 9, "count"),
    ("人均纯收入(元)", 13, "money"),
    ("联系电话", 13, "id"),
    ("帮扶责任人", 11, "label"),
)


def household_workbook(
    reader: Reader, scope: Scope, asked: HouseholdFilter, *, day: int, reason: str, in_full: bool
) -> HttpResponse:
    """The file, once it is written down that it is taken. UserError without a reason and for too many households.

    `in_full` shows numbers of the households whose numbers the reader may reveal.
    """
    if not reason.strip():
        raise UserError("请写明导出的用途")
    in_clear = scope_of(reader, "personal.reveal") if in_full else NOTHING
    if in_full and in_clear == NOTHING:
        raise UserError("您的角色不能导出完整号码,请去掉“写完整号码”再导出")
    rows = all_households(scope, asked, day=day, most=MOST + 1)
    at = f"{timezone.localtime():%Y-%m-%d %H:%M}"
    with tempfile.TemporaryDirectory(prefix="bangfu-export-") as folder:
        path = Path(folder) / "list.xlsx"
        counted = [0]
        with open_book(path, constant_memory=True) as book:
            write_table(
                book,
                "农户",
                _COLUMNS,
                _lines(rows, in_clear, counted),
                title="农户清单",
                note=watermark(reader, on=at, reason=reason),
            )
        if counted[0] > MOST:
            raise UserError(f"超过 {MOST} 户,没有导出。请先按村等条件缩小范围")
        what = "农户清单(完整号码)" if in_full else "农户清单"
        record_export(reader, what=what, reason=reason, rows=counted[0])
        content = path.read_bytes()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    name = content_disposition_header(True, f"农户清单-{day}.xlsx")
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": name or ""})


def _lines(rows: Iterator[Listed], in_clear: Scope, counted: list[int]) -> Iterator[tuple[object, ...]]:
    for row in rows:
        counted[0] += 1
        is_clear = in_clear.has(village=row.village_key, household=row.id)
        yield (
            counted[0],
            row.number,
            row.head,
            _number("id", row.head_id_no, is_clear),
            row.village,
            row.hamlet,
            row.group,
            row.size,
            row.status,
            row.monitoring,
            row.monitor_type,
            row.attribute,
            row.local_class,
            row.exit_year or None,
            row.income_year,
            None if row.income is None else Decimal(row.income) / 100,
            _number("phone", row.phone, is_clear),
            row.helper,
        )


def _number(kind: str, number: str, is_clear: bool) -> str:
    return number if is_clear or not number else masked(kind, number)
