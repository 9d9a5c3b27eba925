"""`python -m bangfu`: the same as `bangfu`, for programs that start one another and Pythons without scripts."""

from __future__ import annotations

from bangfu.cli.main import entry

if __name__ == "__main__":
    entry()
