"""The root of everything that is the user's to mend: shown without a traceback, exit code 2."""

from __future__ import annotations


class UserError(Exception):
    """A message in Chinese: where, what was found, what was expected, what to do."""
