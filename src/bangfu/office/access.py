"""What is written down whenever somebody sees a number in full or takes a table away."""

from __future__ import annotations

from bangfu.office.journal.writing import Source, transaction
from bangfu.office.models import AccessRecord
from bangfu.office.readers import Reader
from bangfu.terms.errors import UserError


def record_reveal(reader: Reader, *, table: str, row: int, field: str) -> None:
    """A number that was masked is about to be shown in full."""
    with transaction(actor=reader.username, source=Source("reveal"), reason="查看完整号码") as change:
        told = {"kind": "查看号码", "username": reader.username}
        change.create(AccessRecord, [{**told, "object_table": table, "object_row": row, "field_name": field}])


def record_export(reader: Reader, *, what: str, reason: str, rows: int) -> None:
    """A table is about to leave the system. UserError without a reason."""
    if not reason.strip():
        raise UserError("请写明导出的用途")
    with transaction(actor=reader.username, source=Source("export"), reason=reason.strip()) as change:
        told = {"kind": "导出", "username": reader.username, "what": what, "reason": reason.strip()}
        change.create(AccessRecord, [{**told, "rows_out": rows}])


def watermark(reader: Reader, *, on: str, reason: str) -> str:
    """The line that every exported table carries."""
    return (
        f"导出人：{reader.name}（{reader.username}） 时间：{on} 用途：{reason.strip()} 内含个人信息，请勿外传"
    )
