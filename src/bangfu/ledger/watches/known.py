"""Every list of due things by its name."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bangfu.ledger.watches.due import Watch
from bangfu.ledger.watches.loans import loans
from bangfu.ledger.watches.projects import projects, retentions


def watches_of(table: str) -> list[Watch]:
    return [watch for watch in watches().values() if watch.table == table]


@cache
def watches() -> Mapping[str, Watch]:
    return {one.id: one for one in (*loans(), *projects(), *retentions())}
