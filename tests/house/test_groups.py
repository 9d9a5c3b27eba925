"""Tests of one group run in one process: each process of browser tests would make and serve towns of its own."""

from __future__ import annotations

import os

import pytest


@pytest.mark.xdist_group("house")
def test_groups_are_known_to_the_scheduler(request: pytest.FixtureRequest) -> None:
    """The scheduler goes by the end of the name; a pytest that xdist does not know leaves it out without a word."""
    is_alone = "PYTEST_XDIST_WORKER" not in os.environ
    assert is_alone or request.node.nodeid.endswith("@house")
