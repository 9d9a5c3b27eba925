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
from bangfu.web.saved import take_saved


@dataclass(frozen=True)
class Entry:
    """A word of the menu: where it leads and which right it needs."""

    label: str
    route: str
    right: str
    section: str


MENU = (
    Entry("工作台", "desk", "desk.see", "desk"),
    Entry("农户", "households", "household.see", "household"),
    Entry("台账", "ledgers", "ledger.see", "ledger"),
    Entry("核查", "findings", "finding.see", "findings"),
    Entry("清单", "tasks", "task.see", "tasks"),
    Entry("导入", "imports", "import.see", "import"),
    Entry("材料", "dashboard", "figure.see", "reports"),
    Entry("材料", "verify", "text.verify", "reports"),
    Entry("材料", "paper_cards", "personal.reveal", "reports"),
    Entry("政策", "policy", "policy.see", "policy"),
    Entry("系统", "health", "health.see", "system"),
    Entry("系统", "users", "account.manage", "system"),
    Entry("系统", "journal", "journal.see", "system"),
)
"""Of several entries of a section a reader gets the first that opens."""


def page(request: HttpRequest) -> dict[str, Any]:
    """For the templates; nothing is asked of the database before a template shows it."""
    reader: Reader | None = getattr(request, "reader", None)
    if reader is None:
        return {"reader": None}
    return {
        "reader": reader,
        "menu": list({entry.section: entry for entry in reversed(MENU) if reader.may(entry.right)}.values())[
            ::-1
        ],
        "roles_held": "、".join(dict.fromkeys(ROLES[item.role].label for item in reader.holdings)),
        "office_name": SimpleLazyObject(lambda: division_name(this_home().place)),
        "saved": SimpleLazyObject(lambda: take_saved(request)),
        "business_date": SimpleLazyObject(lambda: day_in_words(business_day())),
    }
