"""The only writers of the register. Each takes an open `journal.transaction`, checks all it is given, then writes.

What cannot be true is refused whole, with every reason at once: `Refused`.
"""

from bangfu.office.refusal import Refused
from bangfu.registry.actions.correcting import correct
from bangfu.registry.actions.episodes import change_episodes, open_episodes
from bangfu.registry.actions.field_values import Said, say, withdraw_values
from bangfu.registry.actions.households import (
    add_households,
    add_persons,
    add_villages,
    change_households,
    change_persons,
    change_villages,
    set_heads,
)
from bangfu.registry.actions.memberships import Join, Leave, join, leave
from bangfu.registry.actions.records import (
    freeze_year,
    past_person,
    past_village,
    put_annual_records,
    put_person_records,
    put_village_records,
)
from bangfu.registry.actions.statuses import Classed, Happened, classify, record_statuses

__all__ = [
    "Classed",
    "Happened",
    "Join",
    "Leave",
    "Refused",
    "Said",
    "add_households",
    "add_persons",
    "add_villages",
    "change_episodes",
    "change_households",
    "change_persons",
    "change_villages",
    "classify",
    "correct",
    "freeze_year",
    "join",
    "leave",
    "open_episodes",
    "past_person",
    "past_village",
    "put_annual_records",
    "put_person_records",
    "put_village_records",
    "record_statuses",
    "say",
    "set_heads",
    "withdraw_values",
]
