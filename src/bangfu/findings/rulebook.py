"""The rulebook as a home uses it, read once a process: its checks take a second."""

from __future__ import annotations

from functools import cache

from bangfu.intake import rulebook as plain
from bangfu.office.home import this_home
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Policy
from bangfu.terms.forms import load_forms


@cache
def rulebook(overlays: str = "") -> Policy:
    """With overlays, their names separated by blanks."""
    return load_policy(overlays=tuple(overlays.split())) if overlays else plain.rulebook()


def home_rulebook() -> Policy:
    """With those that the home has."""
    return rulebook(this_home().overlays)


def read_ahead() -> None:
    """What pages would read when first asked: of many readers who come at once each would read all of it anew."""
    load_forms()
    plain.rulebook()
    home_rulebook()
