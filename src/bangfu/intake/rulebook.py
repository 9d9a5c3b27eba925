"""The rulebook that files are read by, read once a process: its checks take seconds, and an import needs its code lists."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bangfu.policy.codelists import load_codelists
from bangfu.policy.loader import default_root, load_policy
from bangfu.policy.model import CodeList, Policy


@cache
def rulebook() -> Policy:
    return load_policy()


@cache
def codelists() -> Mapping[str, CodeList]:
    """The code lists alone, for pages: they are read in no time."""
    return load_codelists(default_root(), [])
