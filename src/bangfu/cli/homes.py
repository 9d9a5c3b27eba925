"""Starting Django for the commands that keep a register; the others do without it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bangfu.config.env import read_env


@contextmanager
def started(home: Path | None, *, opens: bool = True) -> Iterator[None]:
    """The register of `home` (else of BANGFU_HOME) is open; what its disk or file makes it say is put in words.

    Commands that make the register do not open one.
    """
    if home is not None:
        os.environ["BANGFU_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bangfu.config.settings")
    read_env()
    import django

    django.setup()
    from bangfu.office.home import open_home
    from bangfu.office.trouble import in_words

    with in_words():
        if opens:
            open_home()
        yield


def actor() -> str:
    """Who works at this machine."""
    return getpass.getuser()
