"""Digests that make the journal one chain: a changed, removed or inserted entry breaks it where it stands.

An entry's digest covers the digest before it and its own content; a transaction's seal covers the seal before it,
its own head and the digest of its last entry. The latest seal, kept elsewhere, vouches for all before it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

START = b"\0" * 16
FIRST_SEAL = ""
_SIZE = 16
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@dataclass(frozen=True)
class Head:
    """What a transaction says of itself."""

    position: int
    at: datetime
    actor: str
    kind: str
    source: str
    reason: str
    entries: int


def canonical(values: Mapping[str, Any] | None) -> str | None:
    """The one JSON text of a row's columns."""
    if values is None:
        return None
    return _ENCODER.encode(values)


def entry_digest(
    previous: bytes, number: int, table: str, row: int, before: str | None, after: str | None
) -> bytes:
    told = f"{number}\0{table}\0{row}\0{'' if before is None else before}\0{'' if after is None else after}"
    return hashlib.blake2b(previous + told.encode(), digest_size=_SIZE).digest()


def seal_of(previous: str, head: Head, last_digest: bytes) -> str:
    told = (
        previous,
        str(head.position),
        head.at.astimezone(UTC).isoformat(timespec="microseconds"),
        head.actor,
        head.kind,
        head.source,
        head.reason,
        str(head.entries),
        last_digest.hex(),
    )
    return hashlib.sha256("\0".join(told).encode()).hexdigest()
