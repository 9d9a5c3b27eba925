"""The workbench as people use it: the real server, its worker and desk, and a real Chromium."""

import tests.home.conftest  # noqa: F401
