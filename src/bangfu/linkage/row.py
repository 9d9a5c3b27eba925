"""One row of a list, cleaned for comparison."""

from __future__ import annotations

from typing import NamedTuple

from bangfu.linkage.numbers import Number


class Row(NamedTuple):
    """`name`, `head` and `village` are keys (empty when not given); `birth` is yyyymmdd or None."""

    written_name: str
    name: str
    number: Number
    village: str
    birth: int | None = None
    head: str = ""
