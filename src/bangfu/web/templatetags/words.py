"""Filters and tags that every template has."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django import template
from django.contrib.staticfiles import finders
from django.template import Context, engines
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from markupsafe import escape

from bangfu.office.masking import masked
from bangfu.office.words import day_in_words
from bangfu.screening.punctuation import full_width
from bangfu.web.access import PUBLIC, ROUTES

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
def figured(value: Decimal | None, unit: str) -> str:
    """A figure as it is written: 1,234, of yuan with fen where there are any, a dash where there is none."""
    if value is None:
        return "—"
    has_fen = unit.startswith("元") and value != value.to_integral_value()
    return f"{value:,.2f}" if has_fen else f"{value:,f}"


@register.filter
def whole_yuan(value: int | None) -> str:
    """Fen as whole yuan with thousands, for a chart: 1,235."""
    return "" if value is None else f"{Decimal(value) / 100:,.0f}"


@register.filter
def year(value: int) -> int:
    """Of a day yyyymmdd."""
    return value // 10000


@register.filter
def year_month(value: int) -> str:
    """A day of which only the month is known: 2020-04."""
    return month(value // 100)


@register.filter
def labels(value: str | None) -> str:
    """Several chosen labels, kept as ,甲,乙,: 甲、乙."""
    return "、".join(label for label in (value or "").split(",") if label)


@register.filter
def starred(value: str | None, kind: str) -> str:
    """A number with its middle starred; `kind` is id, phone or account."""
    return masked(kind, value) if value else ""


@register.filter
def number(value: int | None) -> str:
    """With thousands."""
    return "" if value is None else f"{value:,}"


@register.filter
def told(value: object) -> str:
    """A message of a station with Chinese punctuation, as pages print it."""
    return full_width(str(value))


@register.filter
def duration(seconds: int) -> str:
    """How long something took: 8 秒, 2 分 5 秒, 1 小时 3 分."""
    if seconds < 60:
        return f"{seconds} 秒"
    minutes, rest = divmod(seconds, 60)
    if minutes < 60:
        return f"{minutes} 分 {rest} 秒"
    return f"{minutes // 60} 小时 {minutes % 60} 分"


@register.filter
def filesize(size: int) -> str:
    """Bytes as people read them: 850 KB, 12.3 MB."""
    if size < 1024 * 1024:
        return f"{max(size // 1024, 1)} KB"
    if size < 1024**3:
        return f"{size / 1024**2:.1f} MB"
    return f"{size / 1024**3:.1f} GB"


@register.filter
def severity(value: str) -> str:
    return SEVERITIES.get(value, value)


@register.simple_tag(takes_context=True)
def quick(context: Context, name: str, **more: Any) -> str:
    """A Jinja2 template with all that the page knows, and what is named here."""
    known: dict[str, Any] = {str(key): value for key, value in context.flatten().items()}
    rendered = engines["jinja2"].get_template(name).render(known | more)
    return SafeString(rendered)  # Jinja escapes what it is given


@register.simple_tag
def options(choices: Iterable[Any], chosen: object = None) -> str:
    """The options of a select: pairs of value and words, or words that are their own value."""
    told = []
    for one in choices:
        value, words = one if isinstance(one, tuple) else (one, one)
        mark = " selected" if value == chosen else ""
        told.append(f'<option value="{escape(value)}"{mark}>{escape(words)}</option>')
    return SafeString("".join(told))


@register.simple_tag(takes_context=True)
def address(context: dict[str, Any], name: str, *arguments: Any) -> str:
    """Where a thing can be looked at; empty where the reader may not, or where no page shows it."""
    reader = context.get("reader")
    right = ROUTES.get(name)
    if reader is None or right is None or not (right == PUBLIC or reader.may(right)):
        return ""
    return reverse(name, args=arguments)


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own address with some of its filters changed; None takes one away. Always back to the first page."""
    query = dict(context["request"].GET.lists())
    query.pop("after", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = [str(value)]
    return f"?{urlencode(query, doseq=True)}"
