"""Days as people type them, and this very minute."""

from __future__ import annotations

import re
from datetime import date

from django.utils import timezone

from bangfu.terms.errors import UserError

_TYPED = re.compile(r"(\d{4})[-年./](\d{1,2})[-月./](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")


def typed_day(text: str, label: str) -> int | None:
    """2020-04-22, 2020年4月22日, 2020.4.22 or 20200422 as 20200422; None where nothing was typed. UserError for all else."""
    text = text.strip()
    if not text:
        return None
    found = _TYPED.fullmatch(text)
    parts = [int(part) for part in found.groups() if part] if found else []
    try:
        return int(date(*parts).strftime("%Y%m%d"))
    except (TypeError, ValueError) as error:
        raise UserError(f"{label}写的是“{text}”，应是一个日期，如 2023-12-18") from error


def now_in_words() -> str:
    """The instant, for lines that say when a table was made."""
    return f"{timezone.localtime():%Y-%m-%d %H:%M}"
