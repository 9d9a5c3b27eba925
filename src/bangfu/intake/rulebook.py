"""The rulebook that files are read by, read once a process: its checks take seconds, and an import needs its code lists."""

from __future__ import annotations

from functools import cache

from bangfu.policy.loader import load_policy
from bangfu.policy.model import Policy


@cache
def rulebook() -> Policy:
    return load_policy()
