"""How the system itself stands, for who keeps it: nothing of any household."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bangfu.jobs.queries import has_worker, last_job
from bangfu.office.accounts import accounts

BACKUP = "backup"


@dataclass(frozen=True)
class SystemState:
    """`idle`: accounts that nobody has logged in with yet, their first password unchanged."""

    accounts: int
    switched_off: int
    idle: int
    locked: int
    has_worker: bool
    backed_up_at: datetime | None


def system_state() -> SystemState:
    listed = list(accounts())
    last = last_job(BACKUP)
    return SystemState(
        accounts=len(listed),
        switched_off=sum(not one.is_active for one in listed),
        idle=sum(one.is_active and one.must_change_password for one in listed),
        locked=sum(one.locked_until is not None for one in listed),
        has_worker=has_worker(),
        backed_up_at=last[0] if last else None,
    )
