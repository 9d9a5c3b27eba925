"""Filters and tags that every template has."""

from __future__ import annotations

import hashlib
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import timezone

from bangfu.office.words import day_in_words
from bangfu.screening.punctuation import full_width

register = template.Library()
SEVERITIES = {"error": "错误", "suspicion": "疑点", "reminder": "提醒"}


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file, with its content's digest: browsers may keep it, and never an old one."""
    return f"{static(path)}?v={_digest(path)}"


@lru_cache(maxsize=256)
def _digest(path: str) -> str:
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]


@register.filter
def day(value: int | None) -> str:
    """yyyymmdd as 2020-04-22; nothing where there is none."""
    return "" if value is None else day_in_words(value)


@register.filter
def month(value: int | None) -> str:
    """yyyymm as 2020-04."""
    return "" if value is None else f"{value // 100}-{value % 100:02d}"


@register.filter
def moment(value: datetime | None) -> str:
    """An instant in the office's time."""
    return "" if value is None else f"{timezone.localtime(value):%Y-%m-%d %H:%M}"


@register.filter
def yuan(value: int | None) -> str:
    """Fen as yuan with thousands: 1,234.50; nothing where there is none."""
    return "" if value is None else f"{Decimal(value) / 100:,.2f}"


@register.filter
def number(value: int | None) -> str:
    """With thousands."""
    return "" if value is None else f"{value:,}"


@register.filter
def told(value: object) -> str:
    """A message of a station with Chinese punctuation, as pages print it."""
    return full_width(str(value))


@register.filter
def severity(value: str) -> str:
    return SEVERITIES.get(value, value)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own address with some of its filters changed; None takes one away. Always back to the first page."""
    query = context["request"].GET.copy()
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"
