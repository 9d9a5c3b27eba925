"""The rulebook as a home uses it, read once a process: its checks take a second, and an import needs its code lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bangfu.office.home import this_home
from bangfu.policy.codelists import load_codelists
from bangfu.policy.loader import load_policy
from bangfu.policy.model import CodeList, Policy
from bangfu.policy.root import default_root


@cache
def rulebook(overlays: str = "") -> Policy:
    """With overlays, their names separated by blanks."""
    return load_policy(overlays=tuple(overlays.split()))


def home_rulebook() -> Policy:
    """With those that the home has."""
    return rulebook(this_home().overlays)


@cache
def codelists() -> Mapping[str, CodeList]:
    """The code lists alone, for pages: they are read in no time."""
    return load_codelists(default_root(), [])
