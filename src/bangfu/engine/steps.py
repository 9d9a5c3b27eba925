"""The parts of a plan: named statements, and the fused pass of a subject."""

from __future__ import annotations

from dataclasses import dataclass, field

from bangfu.policy.language import nodes as n
from bangfu.policy.model import Check


@dataclass(frozen=True)
class BucketKey:
    """Features that one GROUP BY computes."""

    correlated: bool
    base: str  # table grouped by row_key (correlated) or the related table itself
    path: tuple[str, ...]
    owner: str
    relation: str
    target: str
    columns: tuple[str, ...]
    year: int | None
    depth: int
    selfish: bool = False
    """The related table is the row's own and the key the same on both sides: every group holds the row itself."""


@dataclass
class Bucket:
    key: BucketKey
    name: str
    features: dict[tuple[n.Node | None, n.Node | None, str, str], str] = field(default_factory=dict)
    nodes: dict[str, n.Aggregate] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """CREATE TEMP TABLE name AS sql."""

    name: str
    sql: str


@dataclass(frozen=True)
class Joined:
    """A join of a pass: rows of `source` as `alias`, where columns of `left` equal theirs."""

    alias: str
    source: str
    left: str
    on: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class SubjectPass:
    """The fused pass of one subject: the rows that some check hits, with all answers and values."""

    subject: str
    checks: tuple[Check, ...]
    base: str
    joined: tuple[Joined, ...]
    sql: str
    """Columns row_key; c0, c1, ... the answer of each check (NULL unknown); v0, v1, ... the values.

    It reads the base from `from_t` and what is joined as j0 from `from_j0`.
    """
    values: tuple[n.Node, ...]

    @property
    def sources(self) -> dict[str, str]:
        return {"t": self.base} | {join.alias: join.source for join in self.joined}
