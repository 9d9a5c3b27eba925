"""Where the rulebook lies."""

from __future__ import annotations

from pathlib import Path

from bangfu.config.env import read_env


def default_root() -> Path:
    """The office's own rulebook where BANGFU_RULEBOOK names one, else that which came with the program.

    It lies beside the package when installed, else in the checkout.
    """
    own = read_env().rulebook
    if own is not None:
        return own
    installed = Path(__file__).resolve().parents[1] / "rulebook"
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "rulebook"
