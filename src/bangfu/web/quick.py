"""Jinja2 for the long parts of pages: a table of fifty rows takes it a fifth of the time of Django's own templates.

Pages stay Django templates; `{% quick "web/…/rows.html" %}` puts such a part in. ADR 19 says when to write one.
"""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, StrictUndefined

from bangfu.web.templatetags import tasks, words
from bangfu.web.templatetags.addresses import address_of


def environment(**options: Any) -> Environment:
    """Every filter of the Django templates under its own name; a missing name is an error, None is printed as nothing."""
    made = Environment(
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        finalize=_printed,
    )
    for library in (words, tasks):
        made.filters.update(library.register.filters)
    made.globals["url"] = address_of
    return made


def _printed(value: object) -> object:
    return "" if value is None else value
