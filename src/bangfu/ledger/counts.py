"""How much each ledger holds of what a reader sees. Counted once after each change of the register, then remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Any

from django.db.models import Count, Max

from bangfu.ledger.reach import reached, reaches
from bangfu.ledger.tables import ledgers
from bangfu.office.home import this_home
from bangfu.office.journal.reading import position_and_seal
from bangfu.office.journal.versions import written_at
from bangfu.policy.model import Policy
from bangfu.registry.scope import Scope

_KEPT = 32
_known: dict[Any, Counted] = {}
_lock = Lock()


@dataclass(frozen=True)
class Held:
    """How many rows, and when the latest of them was written down."""

    rows: int
    latest: datetime | None


@dataclass(frozen=True)
class Counted:
    """By ledger that is any matter of the reader's, and of the benefits by programme ("" for none)."""

    tables: Mapping[str, Held]
    programmes: Mapping[str, Held]


def counted(scope: Scope, policy: Policy) -> Counted:
    """Counts whole ledgers where nobody of the same scope has asked since the last change: seconds at millions of rows."""
    key = (this_home().key, position_and_seal(), scope, policy.hash)
    found = _known.get(key)
    if found is None:
        found = _count(scope, policy)
        with _lock:
            while len(_known) >= _KEPT:
                _known.pop(next(iter(_known)))
            _known[key] = found
    return found


def _count(scope: Scope, policy: Policy) -> Counted:
    there = [name for name in ledgers() if reaches(name, scope, policy)]
    tables = {
        name: reached(name, scope, policy).aggregate(rows=Count("pk"), last=Max("pk")) for name in there
    }
    programmes = {}
    if "benefit" in tables:
        rows = reached("benefit", scope, policy).order_by().values("programme")
        programmes = {one["programme"] or "": one for one in rows.annotate(rows=Count("pk"), last=Max("pk"))}
    at = written_at(
        [
            *((name, one["last"]) for name, one in tables.items() if one["last"]),
            *(("benefit", one["last"]) for one in programmes.values()),
        ]
    )
    return Counted(
        {name: Held(one["rows"], at.get((name, one["last"]))) for name, one in tables.items()},
        {name: Held(one["rows"], at.get(("benefit", one["last"]))) for name, one in programmes.items()},
    )
