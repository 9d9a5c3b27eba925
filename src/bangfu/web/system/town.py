"""What belongs to the whole office: its journal, its backups. Who has a part of the town is told so."""

from __future__ import annotations

from django.http import Http404

from bangfu.office.home import this_home
from bangfu.terms.errors import UserError
from bangfu.web.request import Request

PART_ONLY = "这里是全镇的，您的角色只管其中一部分，看不到。需要的话请联系系统管理员"


def is_for_all(request: Request, right: str) -> bool:
    return request.reader.covers(right, this_home().place)


def demand_all(request: Request, right: str) -> None:
    """UserError where the right is held for a part of the town only."""
    if not is_for_all(request, right):
        raise UserError(PART_ONLY)


def hide_from_others(request: Request, right: str) -> None:
    """Http404 for a thing that is not the reader's to know of."""
    if not is_for_all(request, right):
        raise Http404
