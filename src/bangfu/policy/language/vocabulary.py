"""What an expression may name, gathered once for the whole rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bangfu.policy.language.types import Type
from bangfu.terms.model import Terms


@dataclass(frozen=True)
class Vocabulary:
    terms: Terms
    labels: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Every label of each code list, over all its versions."""
    ordered: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The same in the order of the lists, the newest version first."""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """`list.group` -> its labels."""
    standards: Mapping[str, Type] = field(default_factory=dict)
    programmes: frozenset[str] = frozenset()
    constants: tuple[str, ...] = ("as_of", "data_year")
    """What a run fixes."""
