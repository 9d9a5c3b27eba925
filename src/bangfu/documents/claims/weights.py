"""weights.json -> how much each cue speaks for a claim, and what speaks for a fault, as learned from annotated texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights.json")


@dataclass(frozen=True)
class Weights:
    """By `family|kind:cue`, and by the name of what is told of an equation; what was never seen weighs nothing."""

    claims: Mapping[str, float]
    structure: Mapping[str, float]
    """Of the same names as `claims`, those that do not speak of the outcome."""
    verdict: Mapping[str, float]
    trust: Mapping[str, float]
    """By the name of what is told of a certain fault."""


@cache
def weights() -> Weights:
    content = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return Weights(**content)
