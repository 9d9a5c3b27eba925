"""Batches are the whole office's: who holds a role for a part of it sees none of them."""

from __future__ import annotations

from django.http import Http404

from bangfu.intake.history import BatchSeen, batch_seen
from bangfu.office.home import this_home
from bangfu.terms.errors import UserError
from bangfu.web.request import Request

PART_ONLY = "导入的批次是全镇的，您的角色只管其中一部分，看不到也不能导入。需要的话请联系系统管理员"


def is_for_all(request: Request, right: str) -> bool:
    return request.reader.covers(right, this_home().place)


def demand_all(request: Request, right: str = "import.load") -> None:
    """UserError where the right is held for a part of the town only."""
    if not is_for_all(request, right):
        raise UserError(PART_ONLY)


def found_batch(request: Request, number: int, right: str = "import.see") -> BatchSeen:
    """Http404 where there is none, or it is not the reader's to see."""
    seen = batch_seen(number) if is_for_all(request, right) else None
    if seen is None:
        raise Http404
    return seen
