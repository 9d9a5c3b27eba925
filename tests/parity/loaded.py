"""The whole rulebook, loaded once for all tests that need it."""

from __future__ import annotations

from functools import cache

from bangfu.policy.loader import load_policy
from bangfu.policy.model import Policy


@cache
def policy() -> Policy:
    return load_policy()
