"""The parts of pages that Jinja draws: no value becomes markup, nothing that is missing goes unnoticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from jinja2 import UndefinedError

ROWS = Template('<div>{% quick "web/household/rows.html" %}</div>')


@dataclass
class Row:
    """A household as lists have it."""

    id: int = 7
    head: str | None = None
    matches: list[object] = field(default_factory=list)
    number: str = "42010"
    village: str = "东村"
    hamlet: str | None = None
    group: str = "三组"
    size: int = 4
    status: str = "脱贫户"
    exit_year: int = 2018
    monitoring: str = ""
    monitor_type: str = ""
    attribute: str = "一般农户"
    local_class: str = ""
    income: int | None = 1_234_550
    income_year: int = 2019
    helper: str = ""


def drawn(*rows: Row) -> str:
    return str(ROWS.render(Context({"page": SimpleNamespace(rows=rows)})))


def test_a_value_is_text_and_never_markup() -> None:
    page = drawn(Row(head="<b>甲</b>", helper='"&'))
    assert "&lt;b&gt;甲&lt;/b&gt;" in page
    assert "<b>" not in page
    assert "&#34;&amp;" in page
    assert page.startswith("<div>")
    assert "&lt;table" not in page


def test_filters_and_addresses_are_those_of_all_pages() -> None:
    page = drawn(Row())
    assert "12,345.50" in page
    assert 'href="/households/7"' in page


def test_nothing_is_printed_as_nothing() -> None:
    page = drawn(Row(income=None))
    assert "None" not in page
    assert "未定户主" in page


def test_a_name_that_is_missing_is_an_error() -> None:
    with pytest.raises(UndefinedError):
        ROWS.render(Context({}))
