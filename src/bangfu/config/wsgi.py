"""The application as a server calls it."""

from __future__ import annotations

import os
from contextlib import suppress

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
application = get_wsgi_application()


def _make_ready() -> None:
    """A worker takes requests when it has read what they need."""
    from django.db import DatabaseError, connection

    from bangfu.findings.rulebook import read_ahead

    with suppress(DatabaseError):  # pages say it, each time they are asked
        read_ahead()
    connection.close()


_make_ready()
