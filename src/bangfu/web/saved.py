"""Which form has been saved: the next page tells the browser, which then drops the draft that it kept of it.

A view that has saved what `<form data-draft="task-12-answer">` sent says `mark_saved(request, "task-12-answer")` and
redirects. The name goes through the session, so it must say nothing of a person; `base.html` puts it into
`<main data-saved>`, once.
"""

from __future__ import annotations

from django.http import HttpRequest

_KEY = "saved"


def mark_saved(request: HttpRequest, draft: str) -> None:
    """The form with this `data-draft` is saved."""
    request.session[_KEY] = [*request.session.get(_KEY, ()), draft]


def take_saved(request: HttpRequest) -> str:
    """What was saved since the last page, parted by blanks."""
    return " ".join(request.session.pop(_KEY, ()))
