"""The rulebook as a home uses it, read once a process: its checks take a second."""

from __future__ import annotations

from functools import cache

from bangfu.office.home import this_home
from bangfu.policy.loader import load_policy
from bangfu.policy.model import Policy


@cache
def rulebook(overlays: str = "") -> Policy:
    """With overlays, their names separated by blanks."""
    return load_policy(overlays=tuple(overlays.split()))


def home_rulebook() -> Policy:
    """With those that the home has."""
    return rulebook(this_home().overlays)
