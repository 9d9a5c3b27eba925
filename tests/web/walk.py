"""What the walk over every address needs: a home with something in each of two villages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from bangfu.ledger import actions as ledger
from bangfu.office.journal.writing import Source, Writing, transaction
from bangfu.registry import actions
from bangfu.registry.actions import Join

VILLAGE, OTHER_VILLAGE = "421281102200", "421281102201"
HELPER = ("结对甲", "13900000001")
Arguments = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Ids of things in VILLAGE (`inside`) and in OTHER_VILLAGE (`outside`), by what they are."""

    inside: Mapping[str, Any]
    outside: Mapping[str, Any]

    def address(self, name: str, *, inside: bool) -> str:
        make = ARGUMENTS.get(name)
        return reverse(name, kwargs=dict(make(self.inside if inside else self.outside)) if make else {})

    def unknown(self, name: str) -> str:
        nobody = {key: 999_999 if isinstance(value, int) else "nothing" for key, value in self.inside.items()}
        return reverse(name, kwargs=dict(ARGUMENTS[name](nobody)))

    def is_open_to_all(self, name: str) -> bool:
        """Addresses of things that belong to no area, such as a rule."""
        return name in OF_NO_AREA

    def client(self, logged_in: Callable[..., Client], role: str) -> Client:
        """Somebody who holds the role for VILLAGE, so that the other village lies outside for every role."""
        departments = ("民政",) if role == "department_officer" else ()
        return logged_in(role, VILLAGE, departments=departments, name=HELPER[0], phone=HELPER[1])


def make_world() -> World:
    """A household with two members in each village; the one inside is paired with the helper."""
    with transaction(actor="测试", source=Source("form")) as change:
        villages = actions.add_villages(
            change,
            [
                {"village_code": VILLAGE, "village_name": "罗峰村"},
                {"village_code": OTHER_VILLAGE, "village_name": "云台山村"},
            ],
        )
        made = [_household(change, village, number) for number, village in enumerate(villages)]
        ledger.add(
            change,
            "helper_pairing",
            [
                {
                    "helper_name": HELPER[0],
                    "helper_phone": HELPER[1],
                    "household_key": made[0]["household"],
                    "started_on": 20150101,
                }
            ],
        )
    return World(*made)


def _household(change: Writing, village: int, number: int) -> dict[str, Any]:
    [household] = actions.add_households(
        change, [{"nat_household_no": f"61000000000{number}", "village_key": village, "village_name": "村"}]
    )
    head, member = actions.add_persons(
        change,
        [
            {
                "full_name": f"户主{number}",
                "nat_person_no": f"61000000000{number}01",
                "id_no": f"42999919620102{number}01X",
            },
            {
                "full_name": f"成员{number}",
                "nat_person_no": f"61000000000{number}02",
                "id_no": f"42999919880102{number}02X",
            },
        ],
    )
    actions.join(change, [Join(person, household, 20140101) for person in (head, member)])
    actions.set_heads(change, {household: head}, 20140101)
    return {"village": village, "household": household, "person": member}


ARGUMENTS: Mapping[str, Callable[[Mapping[str, Any]], Arguments]] = {}
"""By address the arguments that point to a thing."""
OF_NO_AREA: frozenset[str] = frozenset()
