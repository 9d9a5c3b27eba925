"""What every page shows: its menu, the business date, who is logged in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bangfu.office.home import business_day, this_home
from bangfu.office.permissions import ROLES
from bangfu.office.queries import division_name
from bangfu.office.readers import Reader
from bangfu.office.words import day_in_words


@dataclass(frozen=True)
class Entry:
    """A word of the menu: where it leads and which right it needs."""

    label: str
    route: str
    right: str
    section: str


MENU = (Entry("工作台", "desk", "desk.see", "desk"),)


def page(request: HttpRequest) -> dict[str, Any]:
    """For the templates; nothing is asked of the database before a template shows it."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        return {"reader": None}
    return {
        "reader": reader,
        "menu": [entry for entry in MENU if reader.may(entry.right)],
        "roles_held": "、".join(dict.fromkeys(ROLES[item.role].label for item in reader.holdings)),
        "office_name": SimpleLazyObject(lambda: division_name(this_home().place)),
        "business_date": SimpleLazyObject(lambda: day_in_words(business_day())),
    }
