"""Documents made and read back, for the tests of this folder."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from docx import Document

from bangfu.documents.word import FieldValue, Filled, Listed, Row, render_report, write_official
from bangfu.terms.errors import UserError

DAY = date(2020, 4, 22)
FIGURES = {
    "poor_households": FieldValue("", 824, "户"),
    "poor_persons": FieldValue("", 3299, "人"),
    "award_amount@2019": FieldValue("", Decimal("660480.5"), "元"),
    "post_monthly_pay": FieldValue("", Decimal(300), "元/月"),
    "unknown_yet": FieldValue("", None, "人"),
    "poor_households[村=罗峰村]": FieldValue("", 80, "户"),
    "poor_households[村=金峰村]": FieldValue("", 75, "户"),
}
VILLAGES: Listed = {"各村": [{"村名": "罗峰村"}, {"村名": "金峰村"}], "无": []}


def resolve(reference: str) -> FieldValue:
    if reference not in FIGURES:
        raise UserError(f"没有指标 {reference}")
    return FIGURES[reference]


def opened(content: bytes) -> Any:
    return Document(BytesIO(content))


def document_of(*paragraphs: str) -> Any:
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return document


def saved(document: Any) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def filled(template: Any, *, words: Row | None = None, lists: Listed = VILLAGES) -> Filled:
    content = template if isinstance(template, bytes) else saved(template)
    return render_report(content, resolve, day=DAY, words=words, lists=lists, name="报告.docx")


def texts(template: Any, *, words: Mapping[str, Any] | None = None, lists: Listed = VILLAGES) -> list[str]:
    """The paragraphs of the filled document."""
    return [one.text for one in opened(filled(template, words=words, lists=lists).content).paragraphs]


def text(template: str, **more: Any) -> str:
    return "\n".join(texts(document_of(template), **more))


def official(source: str) -> Any:
    return opened(write_official(source, day=DAY))
