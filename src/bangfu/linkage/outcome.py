"""The answers: a link with its reason, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

How = Literal[
    "number",  # same number, same name
    "number_similar_name",  # same number, name with a slip
    "number_repaired",  # number with a slip, same name and village
    "number_masked",
    "number_truncated",  # Excel left fifteen digits
    "name_birth",  # no number, in the list or in the register
    "name_village",  # no number; weaker than all others
]


@dataclass(frozen=True, slots=True)
class Link:
    """The register's person meant by a row; `reason` says in Chinese what agreed."""

    person_key: int
    how: How
    reason: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Nobody, or nobody for certain; `candidates` counts the persons that came into question.

    `is_doubtful`: somebody on file may be meant all the same. A list of all villagers names many who are not on file,
    and they are no cause for doubt.
    """

    reason: str
    candidates: int = 0
    is_doubtful: bool = True


Outcome = Link | Unmatched
